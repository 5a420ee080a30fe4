"""Who is on watch, and where the roster has holes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from nuantu.accounts.models import Organisation, User
from nuantu.operations.models import WatchNote, WatchShift
from nuantu.operations.rules.roster import Gap, Watch, gaps, is_manned_by, joined
from nuantu.operations.selectors.rulebooks import rules_at
from nuantu.planbook import deadlines
from nuantu.planbook.rules import Ruling
from nuantu.planbook.text import Text

DAYS: Final = 7
NOTES: Final = 20
WHOLE_DAY: Final = 24


@dataclass(frozen=True, slots=True)
class Post:
    """A post that the plan wants manned, with its clause."""

    code: str
    label: Text
    hours: int
    count: int
    is_leader: bool
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class RosterDay:
    """One post on one day: who holds it, and where nobody does."""

    day: date
    watches: tuple[WatchShift, ...]
    gaps: tuple[Gap, ...]
    is_today: bool


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One post over a week."""

    post: Post
    days: tuple[RosterDay, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """The watch roster of an organisation for a week."""

    organisation: Organisation
    days: tuple[date, ...]
    lines: tuple[RosterLine, ...]
    gap_count: int
    next_gap: Gap | None


def leader_on_duty(org_code: str, at: datetime) -> WatchShift | None:
    """The leader on duty (带班领导) of an organisation at a moment, None when nobody is down."""
    return on_watch(org_code, at).filter(is_leader=True).first()


def on_watch(org_code: str, at: datetime) -> QuerySet[WatchShift]:
    """Everybody on watch at a moment, with users."""
    return (
        WatchShift.objects.filter(
            organisation_id=org_code, starts_at__lte=at, ends_at__gt=at, cancelled_at=None
        )
        .select_related("user", "organisation")
        .order_by("-is_leader", "post", "starts_at")
    )


def posts_of(organisation: Organisation, at: datetime) -> list[Post]:
    """The posts that the plans and the national defaults want manned here, the leader first: the
    hotline, the reception and the vehicle are the station's."""
    is_station = organisation.kind == Organisation.Kind.STATION
    found = [
        _post(ruling)
        for ruling in rules_at(organisation.division_id, at).every("roster.post")
        if is_manned_by(ruling.key, is_station=is_station)
    ]
    return sorted(found, key=lambda post: not post.is_leader)


def _post(ruling: Ruling) -> Post:
    said: Mapping[str, object] = ruling.value if isinstance(ruling.value, Mapping) else {}
    label = str(said.get("label", ruling.key))
    return Post(
        code=ruling.key,
        label=Text(label, str(said.get("label_en") or label)),
        hours=int(str(said.get("hours", WHOLE_DAY))),
        count=int(str(said.get("count", 1))),
        is_leader=bool(said.get("is_leader")),
        ruling=ruling,
    )


def roster(organisation: Organisation, first: date, at: datetime) -> Roster:
    """A week of the roster with its gaps; what lies in the past is not flagged. Two queries."""
    begins, ends = (
        deadlines.start_of(first),
        deadlines.start_of(first + timedelta(days=DAYS)),
    )
    watches = list(
        WatchShift.objects.filter(
            organisation=organisation,
            cancelled_at=None,
            starts_at__lt=ends,
            ends_at__gt=begins,
        )
        .select_related("user")
        .order_by("starts_at")
    )
    days = tuple(first + timedelta(days=offset) for offset in range(DAYS))
    lines = tuple(
        RosterLine(post, tuple(_day(post, day, watches, at) for day in days))
        for post in posts_of(organisation, at)
    )
    found = joined(gap for line in lines for day in line.days for gap in day.gaps)
    return Roster(
        organisation=organisation,
        days=days,
        lines=lines,
        gap_count=len(found),
        next_gap=found[0] if found else None,
    )


def gaps_ahead(organisation: Organisation, at: datetime) -> list[Gap]:
    """The holes of the coming week, nearest first."""
    found = roster(organisation, deadlines.local_day(at), at)
    return joined(gap for line in found.lines for day in line.days for gap in day.gaps)


def _day(post: Post, day: date, watches: list[WatchShift], at: datetime) -> RosterDay:
    begins = deadlines.start_of(day)
    ends = deadlines.start_of(day + timedelta(days=1))
    held = [w for w in watches if w.post == post.code and w.starts_at < ends and w.ends_at > begins]
    holes: list[Gap] = []
    if post.hours == WHOLE_DAY and ends > at:
        plain = [Watch(w.post, str(w.user_id), w.starts_at, w.ends_at) for w in held]
        holes = gaps(plain, post=post.code, count=post.count, begins=max(begins, at), ends=ends)
    elif not held and ends > at:
        holes = [Gap(post.code, max(begins, at), ends, post.count)]
    return RosterDay(day, tuple(held), tuple(holes), deadlines.local_day(at) == day)


def watch_notes(org_code: str) -> QuerySet[WatchNote]:
    """The latest hand-over notes of a watch, newest first."""
    return WatchNote.objects.filter(owner_org=org_code).order_by("-given_at", "-pk")[:NOTES]


def people_of(organisation: Organisation) -> QuerySet[User]:
    """Who can be put on watch: the active users of the organisation."""
    return User.objects.filter(organisation=organisation, is_active=True).order_by("name", "pk")
