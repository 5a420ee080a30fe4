"""What cannot be read is kept as it came and waits for a person; nothing is dropped."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from nuantu.core.errors import Refusal
from nuantu.core.journal import timeline
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.warnings import services
from nuantu.warnings.models import FeedState, Transmission, UnreadBody, Warning
from tests.cast import Cast
from tests.warnings.test_folder import drop
from tests.warnings.test_services import levels, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]

HALF = "黔东南气象台发布寒潮蓝"
BOMB = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;">]><alert>&c;</alert>'
NOWHERE = "寒潮蓝色预警解除"


def refused(cast: Cast, text: str, at: datetime) -> UnreadBody:
    """Take in what nobody can read; what was kept of it."""
    with pytest.raises(services.MessageUnreadable, match="原文已留存"):
        take(cast, text, at)
    return UnreadBody.objects.latest("pk")


def owed(kind: str = "warning.read") -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, state=Duty.State.OPEN))


# ── who is refused ───────────────────────────────────────────────────────────────────────────────


def test_whoever_may_not_enter_warnings_cannot_settle_one(cast: Cast, evening: datetime) -> None:
    kept = refused(cast, HALF, evening)
    url = reverse("warnings:unread", args=[kept.public_id])
    for person in (cast.patroller, cast.auditor):
        assert person.browser().post(url, {"note": "不是预警"}).status_code == 404
    kept.refresh_from_db()
    assert kept.settled_at is None


def test_it_is_not_settled_without_a_word_nor_twice(cast: Cast, evening: datetime) -> None:
    kept = refused(cast, HALF, evening)
    actor = cast.office.actor
    with pytest.raises(Refusal, match="怎么处理"):
        services.settle_unread(actor=actor, at=evening, unread=kept, note=" ")
    services.settle_unread(actor=actor, at=evening, unread=kept, note="是广告，不是预警")
    with pytest.raises(Refusal, match="已经有人"):
        services.settle_unread(actor=actor, at=evening, unread=kept, note="再来一次")


# ── kept, owed, shown ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text", [HALF, BOMB, "<alert><identifier>", '{"a": ', "今晚降温，注意保暖"]
)
def test_a_body_nobody_can_read_is_kept_byte_for_byte_and_changes_nothing(
    cast: Cast, evening: datetime, text: str
) -> None:
    kept = refused(cast, text, evening)
    assert bytes(kept.transmission.body) == text.encode()
    assert not Warning.objects.exists()
    assert levels(evening) == ("normal", "normal")
    (duty,) = owed()
    assert duty.owner_org == cast.office.actor.org_code
    assert "warning." not in duty.basis_rule
    assert duty.due_at == evening + timedelta(minutes=30)
    told = {line.verb for line in timeline(Subject("unread", kept.public_id))}
    assert told == {"warnings.unread.keep", "operations.duty.open"}


def test_the_same_nonsense_again_is_kept_once_and_a_broken_feed_owes_one_duty(
    cast: Cast, evening: datetime
) -> None:
    refused(cast, HALF, evening)
    refused(cast, HALF, evening + timedelta(minutes=5))
    refused(cast, BOMB, evening + timedelta(minutes=6))
    assert UnreadBody.objects.count() == 2
    assert len(owed()) == 1


def test_the_duty_of_a_source_is_kept_when_nothing_of_it_waits(
    cast: Cast, evening: datetime
) -> None:
    rows = [refused(cast, HALF, evening), refused(cast, BOMB, evening)]
    actor = cast.office.actor
    services.settle_unread(actor=actor, at=evening, unread=rows[0], note="电话核实，不是预警")
    assert len(owed()) == 1
    services.settle_unread(actor=actor, at=evening, unread=rows[1], note="攻击，已报信息中心")
    assert owed() == []


def test_a_file_nobody_can_read_is_shown_too(cast: Cast, evening: datetime, tmp_path: Path) -> None:
    drop(tmp_path, "坏.xml", b"<alert><identifier>", evening)
    assert services.take_folder(at=evening, folder=tmp_path) == (0, 1)
    assert UnreadBody.objects.get().transmission.source == tmp_path.name
    assert FeedState.objects.get().message_count == 1


def test_nothing_is_kept_of_an_empty_body(cast: Cast, evening: datetime) -> None:
    with pytest.raises(services.MessageUnreadable):
        take(cast, "  ", evening)
    assert not Transmission.objects.exists()


def test_a_warning_that_says_no_place_waits_for_a_person(cast: Cast, evening: datetime) -> None:
    row = take(cast, NOWHERE, evening)
    assert row.outcome == Warning.Outcome.UNLOCATED
    (duty,) = owed("warning.locate")
    assert (duty.subject_kind, duty.subject_id) == ("warning", row.public_id)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


def test_the_program_is_told_why_and_the_register_shows_it(cast: Cast, evening: datetime) -> None:
    kept = refused(cast, "<script>alert(1)</script>今晚降温", evening)
    client = cast.leader.browser()
    url = reverse("warnings:unread", args=[kept.public_id])
    assert url in client.get(reverse("warnings:register")).content.decode()
    page = client.get(url).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert(1)" not in page


@pytest.mark.slow
def test_entering_it_by_hand_settles_it(cast: Cast) -> None:
    from nuantu.core import clock

    kept = refused(cast, HALF, clock.now())
    client = cast.office.browser()
    url = f"{reverse('warnings:enter')}?unread={kept.public_id}"
    assert HALF in client.get(url).content.decode()
    entry = {
        "step": "confirm",
        "sender_name": "黔东南州气象台",
        "msg_type": "alert",
        "event": "寒潮",
        "colour": "blue",
        "status": "actual",
        "sent_at": clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M"),
        "counties": ["522601000000"],
        "description": HALF,
    }
    assert client.post(url, entry).status_code == 302
    kept.refresh_from_db()
    assert kept.settled_by == cast.office.actor.name
    assert owed() == []
