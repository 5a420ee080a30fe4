"""The demo's week: planned by the search, walked until now, a patrol that is out, whenever it is made; its
sweep."""

from datetime import UTC, datetime, timedelta

import pytest

from nuantu.config import demo
from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRun, PatrolVisit, PatrolWeek, SweepArea, SweepReport

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 12, 9, 5, 40, tzinfo=UTC),
        datetime(2026, 12, 13, 18, 10, tzinfo=UTC),  # Monday, ten past two at night in China
        datetime(2026, 12, 14, 12, 5, tzinfo=UTC),  # Monday evening, minutes after the turn
    ],
)
def test_the_week_keeps_every_promise_and_was_walked_and_one_team_is_out(at: datetime) -> None:
    with clock.frozen(at):
        demo.load()
        with scope.system("the test looks at every run"):
            weeks = list(PatrolWeek.objects.values_list("state", "promised", "missing").distinct())
            assert weeks == [("published", 54, 0)]
            runs = PatrolRun.objects.order_by("planned_since", "pk")
            states = list(runs.values_list("state", flat=True))
            assert len(states) > 2
            assert set(states[:-1]) == {"finished"}
            assert states[-1] == "under_way"
            assert all(run.visits.exclude(photos=None).exists() for run in runs)
            left_out = PatrolVisit.objects.filter(state="skipped").values_list("reason", flat=True)
            assert list(left_out) == ["路面结冰，绕行来不及"]
            assert services.watch_over(at=at + timedelta(minutes=30)) == 0
            _sweep_is_in_every_state(at)


def _sweep_is_in_every_state(at: datetime) -> None:
    """Accepted, implausible, waiting for the township, under way, late, sent back, in nobody's hands."""
    areas = SweepArea.objects.exclude(state="cut")
    assert set(areas.values_list("state", flat=True)) == {
        "accepted", "checking", "reported", "under_way", "sent_back", "not_begun",
    }  # fmt: skip
    blind = [area for area in areas if area.is_blind(at)]
    assert sum(area.assigned_at is None for area in blind) == 2
    assert sum(area.due_at < at for area in blind) == 1
    assert SweepReport.objects.exclude(doubts=[]).exists()
