"""The register of the demo: two nights walked and a patrol that is out, whenever it is made."""

from datetime import UTC, datetime, timedelta

import pytest

from nuantu.config import demo
from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRun

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 12, 9, 5, 40, tzinfo=UTC),
        datetime(2026, 12, 13, 18, 10, tzinfo=UTC),  # Monday, ten past two at night in China
        datetime(2026, 12, 14, 12, 5, tzinfo=UTC),  # Monday evening, minutes after the turn
    ],
)
def test_two_nights_are_walked_and_one_team_is_out(at: datetime) -> None:
    with clock.frozen(at):
        demo.load()
        with scope.system("the test looks at every run"):
            states = list(
                PatrolRun.objects.order_by("planned_since").values_list("state", flat=True)
            )
            assert states == [*["finished"] * 4, "under_way"]
            assert services.watch_over(at=at + timedelta(minutes=30)) == 0
