"""What tests of joint patrols arrange: a department that goes out with the team of the week."""

from datetime import date
from typing import Any

from nuantu.core import clock, scope
from nuantu.operations.models import Team
from nuantu.patrols import services
from nuantu.patrols.models import JointPartner
from tests.cast import Cast


def a_partner(cast: Cast, department: str = "police", **changes: Any) -> JointPartner:
    """三棵树派出所 goes out with 夜巡一队 every night from 1 December."""
    said: dict[str, Any] = {
        "unit": "三棵树派出所", "person": "王某某（化名）", "phone": "0855-0000001",
        "from_day": date(2026, 12, 1),
    }  # fmt: skip
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        return services.add_partner(
            actor=actor,
            at=clock.now(),
            team=Team.objects.get(name="夜巡一队"),
            said=services.Partner(department, **(said | changes)),
        )
