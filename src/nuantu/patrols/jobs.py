"""Background work of patrols."""

from nuantu.core.jobs import job
from nuantu.patrols import services


@job(name="patrols.solve", in_steps=True)
def solve(week: str) -> None:
    """Plan a week that somebody asked for."""
    services.solve_waiting(week)
