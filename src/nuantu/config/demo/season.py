"""The season of the demo: both plans in force, teams, the watch roster, moved along day by day."""

from datetime import datetime, time, timedelta
from importlib.resources import files

from nuantu.accounts.models import User
from nuantu.accounts.selectors import counties, organisation
from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Shift, Team, WatchShift
from nuantu.operations.services import make_team, plan_shift, put_on_watch, start_plan
from nuantu.planbook.files import PACKAGED

PREFECTURE = "5226"
DAY_BEGINS = time(8)
TURN = timedelta(hours=12)
DAYS_AHEAD = 2

# Name, organisation, members' logins, what the team can do, base as (lat, lon) or the county seat.
TEAMS = (
    ("凯里一队", "JZ-522601", ("team", "driver1"), ("vehicle", "woman", "miao"), None),
    ("凯里二队", "JZ-522601", ("team2",), ("vehicle", "medic", "children"), (26.5637, 108.0660)),
    ("黄平一队", "JZ-522622", ("team3",), ("vehicle", "miao"), None),
)
# Post of the plans, then who has the day and who has the night.
WATCH = {
    "leader": ("leader", "leader2"),
    "watch": ("station", "watch2"),
    "hotline": ("operator", "operator2"),
    "reception": ("reception1", "reception2"),
    "vehicle": ("driver1", "driver2"),
}


def load(*, at: datetime) -> None:
    """Start P1 for the prefecture and P9 for each county, make teams, plan the first days."""
    _start("P1", "LX-5226", at)
    for county in counties(PREFECTURE):
        _start("P9", f"MZ-{county.prefix}", at)
    for name, org, logins, capabilities, base in TEAMS:
        members = list(User.objects.filter(login__in=logins))
        make_team(
            actor=SYSTEM,
            at=at,
            name=name,
            organisation=organisation(org),
            members=members,
            lead=members[0],
            base=base,
            capabilities=capabilities,
        )
    keep_going(at=at)


def _start(plan: str, org: str, at: datetime) -> None:
    text = files("nuantu.planbook").joinpath("plans", PACKAGED[plan]).read_text("utf-8")
    today = clock.local(at).date()
    start_plan(actor=SYSTEM, at=at, text=text, org_code=org, year=today.year, shift_to=today)


def keep_going(*, at: datetime) -> None:
    """Plan shifts and watch from now to the day after tomorrow where they are not planned yet.

    A demo that is opened weeks later still has somebody to send.
    """
    first = datetime.combine(clock.local(at).date(), DAY_BEGINS, clock.LOCAL)
    begin = first if first <= at else first - TURN
    station = organisation("JZ-522601")
    teams = list(Team.objects.all())
    people = {user.login: user for user in User.objects.filter(organisation=station)}
    for turn in range(DAYS_AHEAD * 2):
        starts = begin + turn * TURN
        for team in teams:
            if not Shift.objects.filter(team=team, starts_at=starts).exists():
                plan_shift(actor=SYSTEM, at=at, team=team, starts_at=starts, ends_at=starts + TURN)
        is_night = clock.local(starts).time() != DAY_BEGINS
        for post, pair in WATCH.items():
            if not WatchShift.objects.filter(
                organisation=station, post=post, starts_at=starts
            ).exists():
                put_on_watch(
                    actor=SYSTEM,
                    at=at,
                    organisation=station,
                    post=post,
                    user=people[pair[is_night]],
                    starts_at=starts,
                    ends_at=starts + TURN,
                )
