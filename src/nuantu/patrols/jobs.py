"""Background work of patrols."""

from uuid import UUID

from nuantu.core import clock
from nuantu.core.jobs import defer, job, periodic
from nuantu.patrols import services


@job(name="patrols.solve", in_steps=True)
def solve(week: str) -> None:
    """Plan a week that somebody asked for."""
    services.solve_waiting(week)


@periodic(name="patrols.watch_over", cron="*/1 * * * *")
def watch_over(timestamp: int) -> None:
    """Ask for every patrol team that was not heard of."""
    services.watch_over(at=clock.now())


@job(name="patrols.get_ready", in_steps=True)
def get_ready() -> None:
    """Compile the search that answers during a night."""
    services.get_ready()


@periodic(name="patrols.keep_ready", cron="*/2 * * * *")
def keep_ready(timestamp: int) -> None:
    """From the start of the worker on: compile the search of a new version before it is asked."""
    defer("patrols.get_ready")


@job(name="patrols.ask_to_adjust")
def ask_to_adjust(level: str, division: str) -> None:
    """A level changed: ask for the running weeks to be adjusted where it promises more."""
    services.ask_to_adjust(at=clock.now(), division_code=division)


@job(name="patrols.sweep_on_warning")
def sweep_on_warning(warning: str, division: str) -> None:
    """A warning holds in a county: order the sweep that its plan asks for."""
    services.sweep_on_warning(at=clock.now(), warning=UUID(warning), division_code=division)


@periodic(name="patrols.owe_next_weeks", cron="7 * * * *")
def owe_next_weeks(timestamp: int) -> None:
    """Once an hour: the week ahead is owed where a plan is in force."""
    services.owe_next_weeks(at=clock.now())


@periodic(name="patrols.owe_own_teams", cron="17 * * * *")
def owe_own_teams(timestamp: int) -> None:
    """Once an hour: towns without a team of their own are named where a plan asks for one."""
    services.owe_own_teams(at=clock.now())


@periodic(name="patrols.owe_whole_sweeps", cron="27 * * * *")
def owe_whole_sweeps(timestamp: int) -> None:
    """Once an hour: great surveys are owed until every town was looked over."""
    services.owe_whole_sweeps(at=clock.now())


@periodic(name="patrols.sweep_photos", cron="37 3 * * *")
def sweep_photos(timestamp: int) -> None:
    """Once a night: photos of stops are deleted when their day is over."""
    services.sweep_photos(at=clock.now())


@periodic(name="patrols.forget_flows", cron="47 3 * * *")
def forget_flows(timestamp: int) -> None:
    """Once a night: lines of the inflow and outflow list are erased when their term is over."""
    services.forget_flows(at=clock.now())
