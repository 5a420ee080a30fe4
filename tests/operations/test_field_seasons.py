"""The field's plans, put in force for the year they were written for, owe what they say on the day
they say it; before and after their window they rule nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from nuantu.accounts.models import Organisation
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import operations_at, roster
from nuantu.operations.services import start_plan
from nuantu.planbook import files
from tests.cast import BUREAU, COUNTY, OTHER_COUNTY, STATION, Cast

pytestmark = pytest.mark.django_db


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(4), UTC)


def _started(code: str, year: int) -> Operation:
    return start_plan(
        actor=SYSTEM,
        at=_noon(date(year, 1, 2)),
        text=files.packaged_text(code),
        org_code=BUREAU,
        year=year,
    )


@pytest.mark.parametrize(
    ("code", "year", "first", "last"),
    [
        pytest.param(
            "P2", 2025, "2025-12-01", "2026-03-15", marks=pytest.mark.rule("P2-01"), id="P2"
        ),
        pytest.param(
            "P4", 2026, "2026-11-01", "2026-12-10", marks=pytest.mark.rule("P4-03"), id="P4"
        ),
        # the plan masks its year and says that 22 February is the Lantern Festival: 2016
        pytest.param(
            "P7", 2016, "2016-01-01", "2016-02-22", marks=pytest.mark.rule("P7-04"), id="P7"
        ),
        pytest.param(
            "P10", 2021, "2021-10-21", "2022-03-31", marks=pytest.mark.rule("P10-02"), id="P10"
        ),
        pytest.param("P9", 2022, "2022-11-11", "2023-03-15", id="P9"),
    ],
)
def test_a_plan_rules_from_its_first_day_to_its_last(
    cast: Cast, code: str, year: int, first: str, last: str
) -> None:
    operation = _started(code, year)
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    assert (operation.start_date, operation.end_date) == (begins, ends)
    for day, rules in (
        (begins - timedelta(days=1), False),
        (begins, True),
        (ends, True),
        (ends + timedelta(days=1), False),
    ):
        assert (operation in operations_at(COUNTY, _noon(day))) is rules, day
        assert operation not in operations_at(OTHER_COUNTY, _noon(day))


@pytest.mark.parametrize(
    ("code", "year", "last"),
    [
        pytest.param("P17", 2026, "2026-11-30", marks=pytest.mark.rule("P17-01"), id="P17"),
        pytest.param("S1", 2020, "2020-09-30", marks=pytest.mark.rule("S1-01"), id="S1"),
        # before the feast: done by New Year's Eve of the lunar year
        pytest.param("P13", 2026, "2026-02-16", marks=pytest.mark.rule("P13-01"), id="P13"),
    ],
)
def test_a_plan_that_begins_when_it_is_issued_ends_on_its_day(
    cast: Cast, code: str, year: int, last: str
) -> None:
    operation = _started(code, year)
    ends = date.fromisoformat(last)
    assert operation.end_date == ends
    assert operation in operations_at(COUNTY, _noon(ends))
    assert operation not in operations_at(COUNTY, _noon(ends + timedelta(days=1)))


@pytest.mark.parametrize(
    ("code", "year", "rule", "due"),
    [
        pytest.param("P4", 2026, "P4-15", "2026-10-25", marks=pytest.mark.rule("P4-15")),
        pytest.param("P4", 2026, "P4-19", "2026-11-10", marks=pytest.mark.rule("P4-19")),
        pytest.param("P4", 2026, "P4-20", "2026-11-12", marks=pytest.mark.rule("P4-20")),
        pytest.param("P4", 2026, "P4-18", "2026-11-20", marks=pytest.mark.rule("P4-18")),
        pytest.param("P6", 2018, "P6-23", "2018-01-30", marks=pytest.mark.rule("P6-23")),
        pytest.param("P6", 2018, "P6-05", "2018-02-10", marks=pytest.mark.rule("P6-05")),
        pytest.param("P6", 2018, "P6-06", "2018-02-10", marks=pytest.mark.rule("P6-06")),
        # 除夕 of that winter: the villages hold theirs before the feast
        pytest.param("P6", 2018, "P6-03", "2018-02-15", marks=pytest.mark.rule("P6-03")),
        pytest.param("P11", 2018, "P11-23", "2018-01-30"),
        pytest.param("P7", 2016, "P7-23", "2016-03-01", marks=pytest.mark.rule("P7-23")),
        pytest.param("P10", 2021, "P10-34", "2022-03-10", marks=pytest.mark.rule("P10-34")),
        pytest.param("P13", 2026, "P13-05", "2026-02-16"),
        pytest.param("S1", 2020, "S1-35", "2020-07-20", marks=pytest.mark.rule("S1-35")),
        pytest.param("S1", 2020, "S1-39", "2020-10-10", marks=pytest.mark.rule("S1-39")),
    ],
)
def test_what_a_plan_dates_is_owed_on_that_day(
    cast: Cast, code: str, year: int, rule: str, due: str
) -> None:
    """Once, by an office, with the rule as its basis, until the end of the day."""
    operation = _started(code, year)
    owed = Duty.objects.filter(operation=operation, kind__in=["report.submit", "plan.task"])
    found = [duty for duty in owed if rule in duty.basis_rule.split("、")]
    on_the_day = [duty for duty in found if clock.local(duty.due_at).date().isoformat() == due]
    assert on_the_day, [(duty.title, clock.local(duty.due_at)) for duty in found]
    assert all(duty.owner_org for duty in on_the_day)
    assert {f"{clock.local(duty.due_at):%H:%M}" for duty in on_the_day} == {"23:59"}


def test_a_report_due_before_the_end_is_owed_again_after_it(cast: Cast) -> None:
    """A summary cannot be whole before what it sums up has ended."""
    operation = _started("P10", 2021)
    reports = Duty.objects.filter(operation=operation, kind="report.submit")
    days = sorted({clock.local(duty.due_at).date() for duty in reports})
    assert days[0] == date(2022, 3, 10)
    assert days[-1] > operation.end_date


@pytest.mark.rule("S1-27", "S1-28")
def test_the_summer_plan_mans_reception_and_watch_under_a_leader_round_the_clock(
    cast: Cast,
) -> None:
    _started("S1", 2026)
    day = date(2026, 7, 8)
    with scope.system("the roster of a station"):
        station = Organisation.objects.get(code=STATION)
        found = roster(station, day, _noon(day))
    posts = {line.post.code: line.post for line in found.lines}
    assert {"leader", "watch", "reception"} <= set(posts)
    assert all(posts[code].hours == 24 for code in ("leader", "watch", "reception"))
    assert posts["leader"].is_leader
    assert found.gap_count >= 3
