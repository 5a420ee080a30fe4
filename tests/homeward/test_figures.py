"""Figures of the way home: who may open them, what counts, and the curve of those who stay away."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.homeward.rules.survival import Spell, curve, within
from nuantu.homeward.selectors import figures, flows
from nuantu.persons.models import Case, PersonFact
from nuantu.stays.models import Leaving, Stay
from tests.cast import STATION
from tests.examples import examples
from tests.stays import house

if TYPE_CHECKING:
    from tests.cast import Cast

SPELLS = st.lists(st.builds(Spell, st.integers(0, 500), st.booleans()), max_size=60)


@given(SPELLS)
@examples(100)
def test_the_share_only_falls_and_lies_in_its_interval(spells: list[Spell]) -> None:
    steps = curve(spells)
    shares = [one.share for one in steps]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= one.low <= one.share <= one.high <= 1 for one in steps)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=60), st.integers(0, 300))
@examples(100)
def test_where_everybody_was_watched_to_the_end_it_is_plain_counting(
    days: list[int], mark: int
) -> None:
    spells = [Spell(day, has_returned=True) for day in days] + [Spell(301, has_returned=False)]
    met = sum(day <= mark for day in days)
    share = within(spells, mark).share
    assert share == pytest.approx(met / len(spells))


def test_the_known_example_of_six_remissions() -> None:
    """Returned after 6, 6, 6, 7 and 10 days; watched for 6, 9, 10 and 11 without: by hand."""
    spells = [Spell(day, has_returned=True) for day in (6, 6, 6, 7, 10)]
    spells += [Spell(day, has_returned=False) for day in (6, 9, 10, 11)]
    assert [round(one.share, 4) for one in curve(spells)] == [1.0, 0.6667, 0.5333, 0.3556]


def test_a_share_that_nobody_was_watched_for_is_not_told() -> None:
    found = within([Spell(5, has_returned=False), Spell(3, has_returned=True)], 30)
    assert (found.met, found.share) == (1, None)


def _left(cast: "Cast", days: int, ago: int, way: str = "self") -> Stay:
    """He stayed so many days and left so many days ago."""
    now = clock.now()
    stay = house.a_stay(cast)
    with scope.system("a test lets somebody leave"):
        left_at = now - timedelta(days=ago)
        Stay.objects.filter(pk=stay.pk).update(
            entered_at=left_at - timedelta(days=days), left_at=left_at
        )
        Leaving.objects.create(
            stay=stay, way=way, left_at=left_at, is_declared=True, decided_by="样"
        )
        Case.objects.filter(case_id=stay.case_id).update(opened_at=left_at - timedelta(days=days))
        stay.refresh_from_db()
    return stay


@pytest.mark.django_db
def test_the_kitchen_sees_no_figures(cast: "Cast") -> None:
    assert cast.kitchen.browser().get(reverse("homeward:figures")).status_code == 403


@pytest.mark.django_db
def test_a_return_elsewhere_counts_and_only_its_day_is_told(cast: "Cast") -> None:
    gone, other = _left(cast, 4, 60), _left(cast, 9, 40, "escorted")
    again = house.a_stay(cast)
    with scope.system("a test: he is met again at another house"):
        Stay.objects.filter(pk=again.pk).update(
            person=gone.person, owner_org="JZ-522622", entered_at=clock.now() - timedelta(days=50)
        )
    with scope.enter(scope.of_actor(cast.station_head.actor)):
        today = clock.today()
        rows = figures.gone([STATION], today - timedelta(days=90), today, clock.now())
        page = figures.figures(rows, clock.now())
    assert {one.stay.pk: one.again_at is not None for one in rows} == {
        gone.pk: True,
        other.pk: False,
    }
    total = page.lines[0]
    assert (total.count, total.median, total.within[0].met) == (2, 6.5, 1)
    assert total.within[2].share is None

    browser = cast.station_head.browser()
    answer = browser.get(reverse("homeward:figure_rows", args=["again"]))
    text = answer.content.decode()
    assert gone.number in text
    assert other.number not in text
    assert "JZ-522622" not in text
    with scope.system("a test reads"):
        assert JournalEntry.objects.filter(verb="homeward.figures.read").exists()


def _from(stay: Stay, words: str, **more: str) -> Stay:
    """He told where he is from."""
    with scope.system("a test knows a home"):
        Stay.objects.filter(pk=stay.pk).update(entered_at=clock.now() - timedelta(days=5), **more)
        PersonFact.objects.create(
            person=stay.person, case_id=stay.case_id, division_code=stay.division_code,
            owner_org=stay.owner_org, recorded_at=clock.now(), kind="origin", value=words,
            certainty="claimed", source="本人", noted_at=clock.now(), noted_by="样",
        )  # fmt: skip
    return stay


@pytest.mark.django_db
@pytest.mark.rule("P10-13")
@pytest.mark.slow
def test_inflow_opens_to_its_people_and_outflow_hides_the_few(cast: "Cast") -> None:
    here = [_from(house.a_stay(cast), "贵州省贵阳市") for _one in range(2)]
    _from(house.a_stay(cast), "贵州省黔东南苗族侗族自治州凯里市")
    house.a_stay(cast)
    away = {"owner_org": "JZ-520100", "division_code": "520103000000"}
    for _one in range(2):
        _from(house.a_stay(cast), "贵州省黔东南苗族侗族自治州凯里市", **away)
    today = clock.today()
    period = (today - timedelta(days=30), today)
    with scope.enter(scope.of_actor(cast.station_head.actor)):
        inflow = {one.code: one.count for one in flows.inflow([STATION], "5226", *period)}
        outflow = flows.outflow("5226", *period)
    assert inflow == {"5201": 2, "522601": 1, "unknown": 1}
    assert [(one.code, one.count) for one in outflow] == [("5201", None)]
    page = cast.station_head.browser().get(reverse("homeward:flow_rows", args=["5201"]))
    assert all(stay.number in page.content.decode() for stay in here)
