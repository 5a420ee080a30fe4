"""Tables of the patrol week."""

from nuantu.patrols.models.routes import PatrolRoute, PatrolStop
from nuantu.patrols.models.weeks import PatrolSearch, PatrolWeek

__all__ = ["PatrolRoute", "PatrolSearch", "PatrolStop", "PatrolWeek"]
