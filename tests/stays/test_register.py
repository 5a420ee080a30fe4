"""The register of stays: narrowed, counted only so far, exported with restricted people masked."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.persons import services as persons
from nuantu.stays import services
from nuantu.stays.models import Stay
from nuantu.stays.selectors import register as reads
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_case_of, a_stay_in_bed
from tests.web import does_not_see, page_for, refused_for, sees

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]
URL = "/stays/register/"


def _named(cast: Cast, as_: As, name: str) -> Stay:
    case = a_case_of(cast, name=name)
    with as_(cast.reception):
        return services.enter(
            actor=cast.reception.actor,
            at=clock.now(),
            case=case,
            needs=services.Needs(sex="male"),
        )


def test_street_work_and_carers_export_nothing(cast: Cast) -> None:
    refused_for(cast.patroller, url=URL)
    refused_for(cast.carer, url=reverse("stays:export"))
    stay = a_stay_in_bed(cast)
    does_not_see(page_for(cast.outsider, URL), stay.number)


def test_it_is_narrowed_by_name_day_state_and_way(cast: Cast, as_: As) -> None:
    here, gone = _named(cast, as_, "王小明"), _named(cast, as_, "李大山")
    with as_(cast.reception), clock.frozen(NIGHT + timedelta(days=2)):
        services.leave(
            actor=cast.reception.actor,
            at=clock.now(),
            stay=gone,
            out=services.WayOut(way="self", is_declared=True),
            confirmed={"notices": "无匹配"},
        )
    for asked, seen, not_seen in (
        ("q=wangxiaoming", here, gone),
        (f"q={gone.number}", gone, here),
        ("state=left", gone, here),
        ("way=self", gone, here),
        ("state=here", here, gone),
    ):
        page = page_for(cast.carer, f"{URL}?{asked}")
        sees(page, seen.number)
        does_not_see(page, not_seen.number)
    sees(page_for(cast.carer, f"{URL}?state=left"), "自行离站", "2 夜")
    does_not_see(page_for(cast.carer, f"{URL}?from_date=2026-12-10"), here.number)


def test_it_counts_only_so_far_and_says_that_there_is_more(
    cast: Cast, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(3):
        a_stay_in_bed(cast)
    monkeypatch.setattr(reads, "MOST_COUNTED", 2)
    sees(page_for(cast.carer, URL), "只列出最近 2 条")
    monkeypatch.setattr(reads, "EXPORT_MOST", 2)
    with as_(cast.leader):
        found = reads.register(cast.leader.actor, STATION, reads.Filters())
        lines = reads.export_rows(found, clock.now())
    assert len(lines) == 3
    assert "只导出前 2 条" in str(lines[-1][0])


def test_the_sheet_masks_restricted_people_and_each_record_says_that_it_left(
    cast: Cast, as_: As
) -> None:
    stay = _named(cast, as_, "王小明")
    with as_(cast.leader):
        persons.restrict_person(
            actor=cast.leader.actor, at=NIGHT, person=stay.person, case=None, reason="亲属在站工作"
        )
    answer = cast.leader.browser().get(reverse("stays:export"))
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    text = str([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert stay.number in text
    assert "王小明" not in text
    assert JournalEntry.objects.get(verb="persons.person.export").actor_name == cast.leader.name
