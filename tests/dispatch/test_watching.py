"""A team that was sent and is silent is looked for: once, and not where it is looked for already."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from nuantu.core import clock, late, scope
from nuantu.dispatch import services
from nuantu.dispatch.models import Dispatch
from nuantu.operations.models import Duty
from tests import builders

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 12, 14, 12, 30, tzinfo=clock.LOCAL)


@pytest.fixture
def run(cast: "Cast") -> Dispatch:
    """On its way since NIGHT."""
    builders.a_season()
    with clock.frozen(NIGHT):
        sent = builders.a_run(cast)
        return services.depart(actor=cast.dispatcher.actor, at=NIGHT, run=sent)


def _watch(minute: int) -> int:
    at = NIGHT + timedelta(minutes=minute)
    with clock.frozen(at), scope.system("the job of the minute"):
        return services.watch_over(at=at)


def _alarms() -> list[str]:
    found = Duty.objects.filter(kind="dispatch.no_word").order_by("pk")
    return list(found.values_list("state", flat=True))


def test_a_team_that_is_heard_of_is_not_looked_for(cast: "Cast", run: Dispatch) -> None:
    services.check_in(actor=cast.dispatcher.actor, at=NIGHT + timedelta(minutes=60), run=run)
    assert [_watch(minute) for minute in (91, 149)] == [0, 0]


@pytest.mark.slow
def test_a_silent_team_is_looked_for_once_and_its_word_ends_that(
    cast: "Cast", run: Dispatch
) -> None:
    assert [_watch(minute) for minute in (90, 91, 92, 120)] == [0, 1, 0, 0]
    services.arrive(actor=cast.dispatcher.actor, at=NIGHT + timedelta(minutes=121), run=run)
    assert _alarms() == ["done"]
    assert _watch(180) == 0


@pytest.mark.slow
def test_a_word_told_late_ends_it_only_while_it_still_says_something(
    cast: "Cast", run: Dispatch
) -> None:
    _watch(91)
    for told_minute, state in ((10, "open"), (80, "done")):
        with late.told(NIGHT + timedelta(minutes=110)):
            at = NIGHT + timedelta(minutes=told_minute)
            services.check_in(actor=cast.dispatcher.actor, at=at, run=run)
        assert _alarms() == [state]


@pytest.mark.slow
def test_a_team_that_the_leader_answered_for_is_asked_for_again_after_the_same_time(
    cast: "Cast", run: Dispatch
) -> None:
    _watch(91)
    Duty.objects.filter(kind="dispatch.no_word").update(
        state="done", done_at=NIGHT + timedelta(minutes=95)
    )
    assert [_watch(minute) for minute in (96, 181, 182)] == [0, 0, 1]
