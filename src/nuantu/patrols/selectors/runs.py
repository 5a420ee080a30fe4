"""A run as the team's phone and the desk show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from nuantu.accounts.models import Organisation
from nuantu.core import scope, subjects
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Team
from nuantu.operations.selectors import rules_at, team_of_user
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolVisit, PatrolWeek
from nuantu.patrols.rules.gpx import Mark, gpx
from nuantu.patrols.rules.register import JUMP
from nuantu.patrols.selectors.adjusting import changed_at
from nuantu.patrols.selectors.hidden import hidden_links
from nuantu.patrols.selectors.joint import Along, along_on
from nuantu.patrols.selectors.register import doubts_said, video_is_due, with_visits
from nuantu.patrols.selectors.spots import Reported, reported_at
from nuantu.patrols.selectors.words import half_said
from nuantu.places.models import Station
from nuantu.routing import haversine_metres

State = PatrolVisit.State
OWN_ROUTES = "a team finds the routes that were published to it"


@dataclass(frozen=True, slots=True)
class Line:
    """One stop of a run: what was planned, what was done, the gap before it, links and doubts.

    `hidden_by`: the restricted person with whom its photos hide, until he is revealed.
    `awaited_minutes`: since when a team that is out should have been there.
    """

    visit: PatrolVisit
    dwell_minutes: int | None
    late_minutes: int | None
    gap_minutes: int | None
    doubts: tuple[str, ...]
    contacts: tuple[tuple[str, str], ...]
    lacks_video: bool
    hidden_by: UUID | None = None
    awaited_minutes: int = 0


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with its stops in the order of the plan, and its sums."""

    run: PatrolRun
    half: str
    lines: tuple[Line, ...]
    planned: int
    visited: int
    missed: int
    unplanned: int
    people: int
    zeros: int
    dwell_minutes: int
    along: tuple[Along, ...] = ()


@dataclass(frozen=True, slots=True)
class MyPage:
    """What a team member needs now: the run that is out, else the routes that may begin."""

    team: Team | None
    run: PatrolRun | None
    half: str
    open: PatrolVisit | None
    next: PatrolVisit | None
    metres: int | None
    later: tuple[PatrolVisit, ...]
    done: tuple[PatrolVisit, ...]
    routes: tuple[PatrolRoute, ...]
    changed_at: datetime | None = None
    along: tuple[Along, ...] = ()
    reported: Reported | None = None
    is_late: bool = False

    @property
    def lacks_police(self) -> bool:
        """Whether the police of the roster did not come."""
        return any(one.is_absent_police for one in self.along)

    @property
    def shown(self) -> PatrolVisit | None:
        """The stop that the page is about."""
        return self.open or self.next


def my_page(actor: Actor, at: datetime) -> MyPage:
    """The patrol of the actor's own team."""
    team = team_of_user(actor.public_id, at)
    if team is None:
        return MyPage(None, None, "", None, None, None, (), (), ())
    running = PatrolRun.objects.filter(team=team, state=PatrolRun.State.UNDER_WAY)
    run = with_visits(running.order_by("planned_since")).first()
    if run is None:
        return MyPage(team, None, "", None, None, None, (), (), tuple(routes_now(team, at)))
    visits = list(run.visits.all())
    waiting = [visit for visit in visits if visit.state == State.PLANNED]
    at_stop = next((visit for visit in visits if visit.state == State.ARRIVED), None)
    first = waiting[0] if waiting else None
    told = reported_at(shown.spot_id) if (shown := at_stop or first) else None
    done = [visit for visit in visits if visit.is_done or visit.state == State.SKIPPED]
    done.sort(key=lambda visit: visit.left_at or at, reverse=True)
    return MyPage(
        team,
        run,
        half_said(run.first_day, run.half),
        at_stop,
        first,
        _metres(team, visits, first),
        tuple(waiting if at_stop else waiting[1:]),
        tuple(done),
        (),
        changed_at(run),
        tuple(along_on(run)),
        told,
        told is not None and told.due_at is not None and told.due_at < at,
    )


def desk_phone(org_code: str) -> str:
    """The phone of the team's own station; empty where it gave none."""
    own = Station.objects.filter(organisation_id=org_code, closed_at=None).exclude(phone="")
    office = Organisation.objects.filter(code=org_code).values_list("phone", flat=True)
    found = own.order_by("name").values_list("phone", flat=True).first() or office.first()
    return str(found or "")


def _metres(team: Team, visits: Sequence[PatrolVisit], target: PatrolVisit | None) -> int | None:
    """How far the next stop is from the last one, from the team's base before the first."""
    if target is None or target.lat is None or target.lon is None:
        return None
    been = [visit for visit in visits if visit.left_at and visit.lat is not None]
    last = max(been, key=lambda visit: visit.left_at or visit.run.recorded_at, default=None)
    lat, lon = (last.lat, last.lon) if last else (team.base_lat, team.base_lon)
    if lat is None or lon is None:
        return None
    return round(haversine_metres((lat, lon), (target.lat, target.lon)))


def routes_now(team: Team, at: datetime) -> list[PatrolRoute]:
    """The published routes of a team that may begin now and were not walked yet."""
    with scope.system(OWN_ROUTES):
        rows = PatrolRoute.objects.filter(
            team=team,
            week__state=PatrolWeek.State.PUBLISHED,
            leaves_at__lt=at + timedelta(days=1),
            back_at__gt=at - timedelta(days=1),
        )
        found = list(
            rows.select_related("week", "team").prefetch_related("stops").order_by("leaves_at")
        )
        ended = set(
            PatrolRun.objects.filter(team=team)
            .exclude(state=PatrolRun.State.NOT_BEGUN)
            .values_list("first_day", "half")
        )
    return [
        route
        for route in found
        if (route.week.first_day, route.half) not in ended and _is_time(route, at)
    ]


def _is_time(route: PatrolRoute, at: datetime) -> bool:
    book = rules_at(route.week.division_code, at)
    early = timedelta(minutes=book.need("patrol.early").number)
    overdue = timedelta(minutes=book.need("patrol.overdue").number)
    return route.leaves_at - early <= at < route.back_at + overdue


def run_page(run: PatrolRun, at: datetime) -> RunPage:
    """Plan against done, with gaps and dwell. The stops come in the order they were walked.

    A stop without the video that the plan asks for is marked while videos of that day are kept.
    """
    wants_video = video_is_due(run, at)
    visits = sorted(run.visits.all(), key=lambda row: (row.arrived_at is None, row.arrived_at or
                                                       row.planned_at, row.number))  # fmt: skip
    with_photos = [visit for visit in visits if visit.photos.all()]
    hidden = hidden_links(with_photos) if with_photos else {}
    lines, left = [], None
    for visit in visits:
        line = _line(visit, left, wants_video, hidden.get(visit.pk))
        lines.append(replace(line, awaited_minutes=_awaited(visit, run, at)))
        left = visit.left_at or left
    planned = [visit for visit in visits if visit.planned_at]
    dwell = sum((line.dwell_minutes or 0) for line in lines)
    return RunPage(
        run,
        half_said(run.first_day, run.half),
        tuple(lines),
        planned=len(planned),
        visited=sum(visit.is_done for visit in planned),
        missed=sum(_is_missed(visit) for visit in planned),
        unplanned=len(visits) - len(planned),
        people=sum(visit.people_count for visit in visits),
        zeros=sum(visit.state == State.NOBODY for visit in visits),
        dwell_minutes=dwell,
        along=tuple(along_on(run)),
    )


def gpx_of(page: RunPage) -> str:
    """A run as GPX: the stops that were visited, the planned order, what the phones said."""
    visits = [line.visit for line in page.lines]
    known = [visit for visit in visits if visit.lat is not None and visit.lon is not None]
    planned = sorted((visit for visit in known if visit.planned_at), key=lambda row: row.number)
    return gpx(
        f"{page.run.team.name} {page.half}",
        [_mark(visit, visit.arrived_at) for visit in known if visit.is_done],
        [_mark(visit, visit.planned_at) for visit in planned],
        [
            Mark(visit.told_lat, visit.told_lon, visit.arrived_at)
            for visit in visits
            if visit.told_lat is not None and visit.told_lon is not None
            if JUMP not in visit.doubts
        ],
    )


def _mark(visit: PatrolVisit, at: datetime | None) -> Mark:
    said = f"{visit.get_state_display()} {visit.people_count or ''}".strip()
    return Mark(visit.lat or 0.0, visit.lon or 0.0, at, visit.place, said)


def _is_missed(visit: PatrolVisit) -> bool:
    """Whether a stop was left out for good: while the team is out it may still come."""
    is_waiting = visit.state == State.PLANNED and not visit.run.is_under_way
    return visit.state == State.SKIPPED or is_waiting


def _line(
    visit: PatrolVisit, left_before: datetime | None, wants_video: bool, hidden_by: UUID | None
) -> Line:
    contacts = [Subject(row.subject_kind, row.subject_id) for row in visit.contacts.all()]
    return Line(
        visit,
        _minutes(visit.dwell),
        _minutes(visit.late_by),
        _minutes(visit.gap_after(left_before)),
        tuple(doubts_said(visit.doubts)),
        tuple((subjects.label(one), subjects.url(one) or "") for one in contacts),
        lacks_video=wants_video
        and visit.is_done
        and not any(photo.file.is_video for photo in visit.photos.all()),
        hidden_by=hidden_by,
    )


def _awaited(visit: PatrolVisit, run: PatrolRun, at: datetime) -> int:
    if not (run.is_under_way and visit.state == State.PLANNED and visit.planned_at):
        return 0
    return max(0, _minutes(at - visit.planned_at) or 0)


def _minutes(span: timedelta | None) -> int | None:
    return round(span.total_seconds() / 60) if span is not None else None
