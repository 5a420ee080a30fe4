"""The season of the demo: both plans in force, teams, the watch roster, moved along day by day."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from importlib.resources import files

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for, counties, organisation
from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Operation, Shift, Team, WatchShift
from nuantu.operations.services import (
    give_watch,
    make_team,
    plan_shift,
    put_on_watch,
    start_plan,
    take_watch,
)
from nuantu.operations.services.roster import WatchRefused
from nuantu.planbook.files import PACKAGED

PREFECTURE = "5226"
# 凯里 adds to its own plan that townships supervise their villages, as P2-26 says it.
SUPERVISED = "MZ-522601"
TIER = (
    "\npatrol:\n  tiers:\n    - {role: township, area: 镇街驻地, supervises: village_committee,"
    " clause: 演示补充, quote: 督导村居巡查工作}\n"
)
DAY_BEGINS = time(8)
TURN = timedelta(hours=12)
HANDING_OVER = timedelta(minutes=12)
ROSTER_DAYS = 9  # the week that the page shows, and the days until somebody plans on

# Name, organisation, members' logins, what the team can do, base as (lat, lon) or the county seat.
TEAMS = (
    ("凯里一队", "JZ-522601", ("team", "driver1"), ("vehicle", "woman", "miao"), None),
    ("凯里二队", "JZ-522601", ("team2",), ("vehicle", "medic", "children"), (26.5637, 108.0660)),
    ("黄平一队", "JZ-522622", ("team3",), ("vehicle", "miao"), None),
)
# Organisation, post of the plans, then who has the day and who has the night.
WATCH = (
    ("JZ-522601", "leader", ("leader", "leader2")),
    ("JZ-522601", "watch", ("station", "watch2")),
    ("JZ-522601", "hotline", ("operator", "operator2")),
    ("JZ-522601", "reception", ("reception1", "reception2")),
    ("JZ-522601", "vehicle", ("driver1", "driver2")),
    ("MZ-522601", "leader", ("deputy1", "deputy2")),
    ("MZ-522601", "watch", ("clerk1", "clerk2")),
)
# The one hole: two nights after the demo was made, and so every week, the second driver is away.
HOLE_POST, HOLE_DAYS = "vehicle", 2
NOTES = (
    "南桥桥洞的老陈不愿进站，已发被子和联系卡，明早8点前回访。\n一号车左前灯坏，已报修，今夜用二号车。",
    "体育场送医的妇女还等定点医院答复接收，请盯住移交。\n热线正常，物资间钥匙在值班室。",
)


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
    _hand_over(at)


def _start(plan: str, org: str, at: datetime) -> None:
    text = files("nuantu.planbook").joinpath("plans", PACKAGED[plan]).read_text("utf-8")
    today = clock.local(at).date()
    if org == SUPERVISED:
        text = text.replace("\npatrol:\n", TIER, 1)
    start_plan(actor=SYSTEM, at=at, text=text, org_code=org, year=today.year, shift_to=today)


def keep_going(*, at: datetime) -> None:
    """Plan the shifts and the watch of the shown week where they are not planned.

    A demo that is opened weeks later still has somebody to send.
    """
    begin = turn_begins(at)
    for turn in range(ROSTER_DAYS * 2):
        _plan_shifts(begin + turn * TURN, at)
    people = {user.login: user for user in User.objects.filter(login__in=_watchers())}
    planned = set(
        WatchShift.objects.filter(starts_at__gte=begin).values_list(
            "organisation_id", "post", "starts_at"
        )
    )
    holes = _holes(begin)
    for turn in range(ROSTER_DAYS * 2):
        starts = begin + turn * TURN
        for org, post, pair in WATCH:
            if not (post == HOLE_POST and starts in holes) and (org, post, starts) not in planned:
                _put_on_watch(org, post, people[pair[_is_night(starts)]], starts, at)


def turn_begins(at: datetime) -> datetime:
    """When the turn that runs now began: 8 in the morning or 8 in the evening."""
    first = datetime.combine(clock.local(at).date(), DAY_BEGINS, clock.LOCAL)
    if at < first:
        return first - TURN
    return first if at < first + TURN else first + TURN


def _is_night(starts: datetime) -> bool:
    return clock.local(starts).time() != DAY_BEGINS


def _holes(begin: datetime) -> set[datetime]:
    """The nights without a driver: the same weekday in every week of the demo."""
    made = Operation.objects.order_by("started_at").values_list("started_at", flat=True)[0]
    weekday = (clock.local(made).date() + timedelta(days=HOLE_DAYS)).weekday()
    turns = (begin + turn * TURN for turn in range(ROSTER_DAYS * 2))
    return {t for t in turns if _is_night(t) and clock.local(t).weekday() == weekday}


def _watchers() -> set[str]:
    return {login for _org, _post, pair in WATCH for login in pair}


def _plan_shifts(starts: datetime, at: datetime) -> None:
    for team in Team.objects.all():
        if not Shift.objects.filter(team=team, starts_at=starts).exists():
            plan_shift(actor=SYSTEM, at=at, team=team, starts_at=starts, ends_at=starts + TURN)


def _put_on_watch(org: str, post: str, user: User, starts: datetime, at: datetime) -> None:
    """Whoever was put elsewhere by hand stays there."""
    with suppress(WatchRefused):
        put_on_watch(
            actor=SYSTEM,
            at=at,
            organisation=organisation(org),
            post=post,
            user=user,
            starts_at=starts,
            ends_at=starts + TURN,
        )


def _hand_over(at: datetime) -> None:
    """The log of the station's watch: the last turn was taken over, this one waits for its taker."""
    station = organisation("JZ-522601")
    begin = turn_begins(at)
    pair = next(pair for org, post, pair in WATCH if (org, post) == (station.code, "watch"))
    now, before = pair[_is_night(begin)], pair[not _is_night(begin)]
    actors = {user.login: actor_for(user) for user in User.objects.filter(login__in=pair)}
    for number, (giver, given_at) in enumerate(((now, begin - TURN), (before, begin))):
        with clock.frozen(given_at):
            note = give_watch(
                actor=actors[giver], at=given_at, organisation=station, text=NOTES[number]
            )
        if given_at < begin:
            taker = actors[before]
            with clock.frozen(given_at + HANDING_OVER):
                take_watch(actor=taker, at=given_at + HANDING_OVER, note=note)
