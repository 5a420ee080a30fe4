"""Warnings over HTTP: every form by its content type, once, with a sentence for what is wrong."""

import json
from typing import Any

import pytest
from django.test import Client

from nuantu.accounts.services import issue_token
from nuantu.core import clock
from nuantu.operations.selectors import level_of
from nuantu.warnings.models import Warning
from tests.cast import COUNTY, Cast, Player
from tests.warnings.conftest import EVENING
from tests.warnings.wording import CAP, NATIONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]

URL = "/api/v1/warnings"
COLD = "黔东南州气象台发布寒潮蓝色预警信号：预计未来48小时全州最低气温下降8℃以上。"


@pytest.fixture(autouse=True)
def _now() -> object:
    with clock.frozen(EVENING):
        yield


def program(player: Player) -> Client:
    """A client with the player's token."""
    assert player.user is not None
    token = issue_token(actor=player.actor, at=EVENING, name="程序", user=player.user)
    return Client(headers={"Authorization": f"Bearer {token}"})


def post(player: Player, body: str | bytes, kind: str = "text/plain") -> Any:
    data = body.encode() if isinstance(body, str) else body
    return program(player).generic("POST", URL, data, content_type=kind)


def moved(text: str) -> str:
    """A sample of November moved to the evening."""
    return text.replace("2026-11-21T17:30", "2026-12-09T19:30").replace("2026-11-23T17:30", "2026-12-11T19:30").replace("2026-11-21 18:0", "2026-12-09 19:3")  # fmt: skip


def test_without_a_token_or_the_right_nothing_is_taken(cast: Cast) -> None:
    assert Client().post(URL, COLD, content_type="text/plain").status_code == 401
    assert post(cast.patroller, COLD).status_code == 403
    assert not Warning.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "kind", "event"),
    [
        (COLD, "text/plain", "寒潮"),
        (COLD.encode("gbk"), "text/plain; charset=gbk", "寒潮"),
        (moved(CAP), "application/cap+xml", "寒潮"),
        (moved(CAP), "application/xml", "寒潮"),
        (moved(NATIONAL), "text/xml", "道路结冰"),
        (moved(NATIONAL), "text/plain", "道路结冰"),
        (json.dumps({"title": COLD, "id": "x", "adcode": "522601"}), "application/json", "寒潮"),
    ],
)
def test_every_form_is_taken_by_what_it_is(
    cast: Cast, body: str | bytes, kind: str, event: str
) -> None:
    answer = post(cast.section_head, body, kind)
    assert answer.status_code == 201, answer.content.decode()
    said = answer.json()
    assert said["event"] == event
    assert said["outcome"] == "counted"
    assert COUNTY in [row["division_code"] for row in said["coverage"]]
    assert level_of(COUNTY, EVENING).level in ("raised", "extreme")


@pytest.mark.slow
def test_the_same_message_again_is_the_same_warning(cast: Cast) -> None:
    first = post(cast.section_head, moved(CAP), "application/xml")
    again = post(cast.section_head, moved(CAP), "application/xml")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["is_repeat"]
    assert again.json()["id"] == first.json()["id"]


@pytest.mark.slow
def test_a_feed_with_several_has_the_rest_in_others(cast: Cast) -> None:
    two = COLD.replace("寒潮蓝色预警信号", "大风蓝色、寒潮黄色预警信号")
    said = post(cast.section_head, two).json()
    assert [said["event"], *(other["event"] for other in said["others"])] == ["大风", "寒潮"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "空的"),
        ("<alert><identifier>", "XML"),
        ("今天天气不错", "没有看出是哪种预警"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><alert><identifier>&x;</identifier></alert>', "DOCTYPE"),
    ],
)
def test_what_cannot_be_read_says_what_to_mend(cast: Cast, body: str, words: str) -> None:
    answer = post(cast.section_head, body)
    assert answer.status_code == 422
    assert words in answer.json()["detail"][0]["msg"]
    assert not Warning.objects.exists()


def test_too_large_a_body_is_refused(cast: Cast) -> None:
    assert post(cast.section_head, "x" * 2_100_000).status_code in (413, 422)


@pytest.mark.slow
def test_warnings_are_listed_and_read(cast: Cast) -> None:
    posted = post(cast.section_head, COLD).json()
    client = program(cast.auditor)
    listed = client.get(f"{URL}?state=live&event=寒潮").json()
    assert listed["total"] == 1
    assert listed["items"][0]["id"] == posted["id"]
    one = client.get(f"{URL}/{posted['id']}").json()
    assert one["colour"] == "blue"
    assert one["coverage"][0]["phase"] == "in_force"
    assert client.get(f"{URL}?colour=red").json()["total"] == 0
