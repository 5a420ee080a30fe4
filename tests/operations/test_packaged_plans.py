"""Every plan that comes with Nuantu can be put in force, and its page shows what it says."""

from datetime import datetime

import pytest
from django.urls import reverse

from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import PlanRefused, start_plan
from nuantu.operations.templatetags.operations import value_said
from nuantu.planbook import files
from nuantu.planbook.dates import is_placeholder
from tests.cast import BUREAU, COUNTY, STATION, Cast
from tests.web import page_for, sees

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", files.PACKAGED)
def test_a_packaged_plan_is_put_in_force_or_says_that_it_is_a_draft(
    cast: Cast, evening: datetime, code: str
) -> None:
    text = files.packaged_text(code)
    plan = files.packaged(code).plan
    assert plan is not None
    if is_placeholder(plan.window.start) or is_placeholder(plan.window.end):
        with pytest.raises(PlanRefused, match="尚未确定"):
            start_plan(actor=SYSTEM, at=evening, text=text, org_code=BUREAU, year=2026)
        return
    operation = start_plan(actor=SYSTEM, at=evening, text=text, org_code=BUREAU, year=2026)
    assert operation.rules.count() > 5
    said = [value_said(rule) for rule in operation.rules.all()]
    assert not [words for words in said if "{" in words], "no value shows its raw structure"
    owed = Duty.objects.filter(operation=operation, kind__in=["report.submit", "plan.task"])
    assert all(duty.basis_rule.startswith((f"{code}-",)) for duty in owed)


def test_what_a_plan_pays_is_looked_up_by_its_code(cast: Cast, evening: datetime) -> None:
    start_plan(
        actor=SYSTEM, at=evening, text=files.packaged_text("P13"), org_code=BUREAU, year=2026
    )
    in_window = evening.replace(year=2026, month=1, day=20)
    book = rules_at(COUNTY, in_window)
    found = {ruling.key: ruling for ruling in book.every("stipend.amount")}
    assert len(found) == 22
    assert found["st_minimum_living_household"].source == "P13-02、P13-03"
    assert book.need("stipend.stacking", key="st_orphan").is_national


def test_the_station_owes_what_the_plan_asks_of_it_and_sees_whom_it_goes_to(
    cast: Cast, evening: datetime
) -> None:
    start_plan(actor=SYSTEM, at=evening, text=files.packaged_text("S1"), org_code=BUREAU, year=2026)
    report = Duty.objects.get(basis_rule="S1-39", kind="report.submit")
    assert report.owner_org == STATION
    page = page_for(cast.station_head, reverse("operations:duty", args=[report.public_id]))
    sees(page, "报给", "上级")


def test_the_library_says_when_a_day_is_no_working_day(cast: Cast) -> None:
    url = reverse("operations:library_plan", args=["P13"]) + "?year=2026"
    sees(page_for(cast.section_head, url), "2026-02-16", "休息日，最好在2026年2月14日前办")
    sees(page_for(cast.section_head, url, language="en"), "a day of rest; better by 14 Feb 2026")


def test_a_copy_is_kept_whole(cast: Cast, evening: datetime) -> None:
    """A plan in force must not change when its packaged template does (X40)."""
    text = files.packaged_text("P5")
    operation = start_plan(actor=SYSTEM, at=evening, text=text, org_code=BUREAU, year=2026)
    kept = files.read(operation.source_text, lambda code: None).plan
    assert kept is not None
    assert (kept.code, kept.copy_of) == ("P5", "P2")


def test_a_plan_written_for_another_year_is_checked_for_the_year_it_is_started_in(
    cast: Cast, evening: datetime
) -> None:
    """A basis that held when the plan was written may have lapsed when it is put in force."""
    text = files.packaged_text("P10").replace("year: 2021", "year: 2010", 1)
    text = text.replace("{instrument: 国务院令第381号}", "{instrument: 民发〔2006〕118号}", 1)
    with pytest.raises(PlanRefused, match="132"):
        start_plan(actor=SYSTEM, at=evening, text=text, org_code=BUREAU, year=2026)
