"""What the patrols reached, the months in figures, and what is handed on to learn from."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.patrols import access, services
from nuantu.patrols.models import PatrolRun, PatrolVisit
from nuantu.patrols.selectors import coverage
from nuantu.routing.learning.stops import PastStop, stops_from_csv
from tests import builders
from tests.builders import PATROL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
SOON = PATROL + timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> "Iterator[None]":
    with clock.frozen(SOON):
        yield


def _walk(cast: "Cast", seen_as: "Seen", stay: timedelta = timedelta(minutes=6)) -> None:
    visit = builders.a_patrol_visit(cast)
    actor, at = cast.patroller.actor, PATROL + stay
    with seen_as(cast.patroller):
        services.met_people(actor=actor, at=at, visit=visit, count=2)
        services.finish_run(actor=actor, at=at, run=visit.run)


def test_who_sees_no_run_sees_no_coverage_of_it(cast: "Cast", seen_as: "Seen") -> None:
    _walk(cast, seen_as)
    with seen_as(cast.outsider):
        actor = cast.outsider.actor
        assert coverage.months(access.runs_for(actor)) == []
        assert coverage.reached(access.runs_for(actor), access.area_of(actor), SOON) == []
    url = reverse("places:layer", args=["patrol_gaps"])
    assert cast.police.browser().get(url).status_code == 404


def test_a_visited_location_is_no_gap_until_the_term_is_over(cast: "Cast", seen_as: "Seen") -> None:
    _walk(cast, seen_as)
    with seen_as(cast.section_head):
        actor = cast.section_head.actor
        for days, names in ((0, ["北桥桥洞"]), (7, ["北桥桥洞", "南桥桥洞"])):
            at = SOON + timedelta(days=days, minutes=1)
            found = coverage.reached(access.runs_for(actor), access.area_of(actor), at)
            assert sorted(row.place.name for row in found if row.is_gap) == names


def test_the_map_says_of_each_location_when_it_was_last_visited(
    cast: "Cast", seen_as: "Seen"
) -> None:
    _walk(cast, seen_as)
    browser = cast.dispatcher.browser()
    layers = {
        key: browser.get(reverse("places:layer", args=[key])).json()["features"]
        for key in ("patrol_reached", "patrol_gaps")
    }
    (south,) = layers["patrol_reached"]
    assert south["properties"]["label"] == "南桥桥洞"
    assert "1 次，见到 2 人" in south["properties"]["note"]
    (north,) = layers["patrol_gaps"]
    assert "还没有巡查过" in north["properties"]["note"]


@pytest.mark.slow
def test_a_month_is_summed_from_its_runs(cast: "Cast", seen_as: "Seen") -> None:
    _walk(cast, seen_as)
    with seen_as(cast.office):
        (month,) = coverage.months(access.runs_for(cast.office.actor))
    assert (month.first_day.month, month.runs, month.finished) == (12, 1, 1)
    assert (month.visited, month.zeros, month.met, month.people) == (1, 0, 1, 2)
    page = cast.office.browser().get(reverse("patrols:coverage")).content.decode()
    assert "?since=2026-12-01&amp;until=2026-12-31" in page


def test_what_was_walked_is_read_by_the_engine_that_learns(cast: "Cast", seen_as: "Seen") -> None:
    _walk(cast, seen_as)
    text = cast.office.browser().get(reverse("patrols:learning")).content.decode()
    ((stop,), unread) = stops_from_csv(text, blocks=12)
    assert unread == ()
    assert isinstance(stop, PastStop)
    assert (f"{stop.night}", stop.minute, stop.found) == ("2026-12-14", 150.0, 2)
    assert stop.level == "normal"


def test_a_night_over_the_years_end_is_learnt_from_as_the_night_it_began(
    cast: "Cast", seen_as: "Seen"
) -> None:
    _walk(cast, seen_as)
    office = cast.office.browser()
    midnight = datetime(2026, 12, 31, 16, tzinfo=UTC)  # in China
    for minutes, since_six in ((-10, 350.0), (20, 380.0), (390, 750.0)):
        at = midnight + timedelta(minutes=minutes)
        with scope.system("a test moves the night to New Year's Eve"):
            PatrolRun.objects.update(first_day=date(2026, 12, 28), half=7)
            PatrolVisit.objects.update(arrived_at=at, left_at=at)
        text = office.get(reverse("patrols:learning")).content.decode()
        ((stop,), unread) = stops_from_csv(text, blocks=14)
        assert unread == ()
        assert (stop.night, stop.minute) == (date(2026, 12, 31), since_six)


def test_a_doubted_entry_teaches_nothing(cast: "Cast", seen_as: "Seen") -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        services.nobody_here(actor=cast.patroller.actor, at=PATROL, visit=visit)
        text = coverage.learning_csv(access.runs_for(cast.leader.actor))
    assert text.splitlines() == ["location,night,time,found,level"]
