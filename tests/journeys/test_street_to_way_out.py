"""One man from the street through the station: the team brings him, he sleeps, eats and goes.

Everything through the pages, as the people of the story do it; nobody types a fact twice.
"""

import io
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from docx import Document

from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Duty
from nuantu.operations.services import start_plan
from nuantu.papers.models import Paper
from nuantu.persons.models import Person
from nuantu.planbook import files
from nuantu.stays.models import Reception, Stay
from tests.cast import STATION, Cast
from tests.encounters.conftest import EVENING
from tests.stays.house import a_zone
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _text(word: bytes) -> str:
    """All that stands in a .docx, cells of tables too."""
    document = Document(io.BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([line.text for line in document.paragraphs] + cells)


@pytest.fixture(autouse=True)
def _tonight() -> Iterator[None]:
    with clock.frozen(EVENING), translation.override("zh-hans"):
        yield


@pytest.fixture
def brought(cast: Cast) -> Person:
    """The plans in force, a men's zone; the team met a man who comes along."""
    for code, org in (("P1", "LX-5226"), ("P9", "MZ-522601")):
        start_plan(
            actor=SYSTEM, at=EVENING, text=files.packaged_text(code), org_code=org, year=2026
        )
    a_zone(cast, "男区", "male", "adult")
    form = {
        "place": "南桥桥洞",
        "sex": "male",
        "age": "50",
        "name": "王小明",
        "looks": "灰大衣，跛脚",
        "capacity": "capable",
        "is_informed": "on",
        "has_agreed": "on",
        "happened_at": f"{clock.local(EVENING):%Y-%m-%dT%H:%M}",
        "idempotency_key": uuid4().hex,
        "outcome": "to_station",
        "to_station": STATION,
    }
    submits(cast.patroller, "/encounters/new/", form)
    return Person.objects.get()


def test_a_stranger_to_the_station_does_not_see_whom_its_teams_bring(
    cast: Cast, brought: Person
) -> None:
    refused_for(cast.nobody, cast.patroller, url="/stays/door/")
    does_not_see(page_for(cast.outsider, "/stays/door/"), "王小明")


def test_who_was_promised_a_way_to_the_station_and_does_not_come_is_missed(
    cast: Cast, brought: Person
) -> None:
    with clock.frozen(EVENING + timedelta(hours=3)):
        sees(page_for(cast.reception, "/stays/door/"), "队伍正在送来", "过了到站时限")
        [duty] = Duty.objects.filter(kind="encounter.bring_in")
        assert duty.due_at == EVENING + timedelta(hours=2)
        page = reverse("operations:duty", args=[duty.public_id])
        sees(page_for(cast.leader, page), "护送入站")
        complete = reverse("operations:duty_complete", args=[duty.public_id])
        cast.leader.browser().post(complete, {})
        duty.refresh_from_db()
        assert duty.state == "open"
        submits(cast.leader, complete, {"note": "路上说不来了，已留下被褥，明早再看"})
        does_not_see(page_for(cast.reception, "/stays/door/"), "队伍正在送来")


def test_who_was_met_under_the_bridge_sleeps_eats_and_goes(cast: Cast, brought: Person) -> None:
    door = page_for(cast.reception, "/stays/door/")
    sees(door, "队伍正在送来", "王小明", "杨二", "南桥桥洞")
    receive = reverse("stays:receive", args=[brought.public_id])
    page = submits(cast.reception, receive, {}, to="/stays/receptions/")
    row = Reception.objects.get()
    assert (row.arrival_mode, row.brought_by) == ("team", "杨二")
    assert not Duty.objects.filter(kind="encounter.bring_in", state="open").exists()
    sees(page, "王小明", "杨二")
    does_not_see(page_for(cast.reception, "/stays/door/"), "队伍正在送来")

    asked = {
        "arrival_mode": "team",
        "brought_by": "杨二",
        "health": "general",
        "telling": "tells",
        "trouble": "钱包丢了，想回家",
        "is_informed": "on",
        "security": "passed",
        "searched_by": "李接待",
    }
    decide = reverse("stays:decide", args=[row.public_id])
    page = submits(cast.reception, decide, {**asked, "decision": "admitted"}, to="/stays/")
    sees(page, "男区101-1", "还在站")
    stay = Stay.objects.get()
    home = reverse("stays:detail", args=[stay.public_id])
    not_found_for(cast.outsider, url=home)

    rounds = reverse("stays:care_round", args=["supper"])
    sees(page_for(cast.carer, rounds), "王小明", "男区101-1")
    sees(submits(cast.carer, rounds, {f"who-{stay.public_id}": "given"}), "已吃")
    submits(cast.carer, reverse("stays:roll_call"), {f"found-{stay.public_id}": "present"})
    sees(page_for(cast.station_head, "/stays/head/tonight/"), "王小明", "男区101-1")

    with clock.frozen(EVENING + timedelta(hours=13)):
        leave = f"{reverse('stays:leave', args=[stay.public_id])}?way=self"
        sees(page_for(cast.reception, leave), "自行离站声明书", "寻亲公告和走失报案")
        said = {
            "way": "self",
            "destination": "毕节老家",
            "is_declared": "on",
            "cash": "20",
            "is_cash_signed": "on",
            "check_notices": "全国救助寻亲网，无匹配",
        }
        sees(submits(cast.reception, leave, said), "已离站")
        does_not_see(page_for(cast.station_head, "/stays/head/tonight/"), "王小明")
        sees(page_for(cast.reception, "/stays/register/"), "王小明", "自行离站")

        for kind, about, says in (
            ("help_registration", row.public_id, ("王小明", "钱包丢了")),
            ("stay_record", stay.public_id, ("王小明", "男区", "毕节老家")),
        ):
            submits(cast.reception, reverse("papers:new", args=[kind, about]), {})
            issued = Paper.objects.get(kind=kind)
            word = reverse("papers:word", args=[issued.public_id, issued.version])
            text = _text(cast.reception.browser().get(word).getvalue())
            assert not [fact for fact in says if fact not in text], text
        counted = "/stays/month/helped/?station=JZ-522601&month=2026-12"
        sees(page_for(cast.section_head, counted), "王小明")
