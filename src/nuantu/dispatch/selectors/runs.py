"""Runs of teams: lists, the phone's next stop, labels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.dispatch.models import Dispatch, TeamPosition, Tip
from nuantu.dispatch.rules.flags import is_urgent
from nuantu.dispatch.rules.states import DECLINED, LIVE_RUNS, RECALLED
from nuantu.dispatch.selectors.areas import Hotline
from nuantu.dispatch.selectors.clocks import tip_clock
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.operations.models import Team
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import team_of_user
from nuantu.patrols.selectors.spots import Reported
from nuantu.places.models import Station
from nuantu.routing import haversine_metres, travel_minutes


@dataclass(frozen=True, slots=True)
class Stop:
    """A run as the team's phone shows it: the clock, the way, and what may be pressed next."""

    run: Dispatch
    clock: Clock
    metres: int | None
    minutes: int | None

    @property
    def map_url(self) -> str:
        """The spot for the phone's own map (RFC 5870); empty where none is known."""
        tip = self.run.tip
        return "" if tip.point is None else f"geo:{tip.lat},{tip.lon}?q={tip.lat},{tip.lon}"


@dataclass(frozen=True, slots=True)
class PhonePage:
    """What one team member needs now."""

    team: Team | None
    stops: list[Stop]
    call_desk: Hotline | None
    check_in_due_at: datetime | None


def phone_page(actor: Actor, at: datetime) -> PhonePage:
    """The live runs of the actor's team: the one under way first, then the urgent, then by the end of
    the clock. A tip that its patrol comes past is a stop of the patrol and stands there."""
    team = team_of_user(actor.public_id, at)
    if team is None:
        return PhonePage(None, [], _desk(actor), None)
    runs = list(
        Dispatch.objects.filter(team=team, state__in=LIVE_RUNS, spot_id=None)
        .select_related("tip", "team")
        .prefetch_related("tip__photos")
    )
    runs.sort(key=_order)
    position = TeamPosition.objects.filter(team=team).first()
    origin = (position.lat, position.lon) if position else None
    if origin is None and team.base_lat is not None and team.base_lon is not None:
        origin = (team.base_lat, team.base_lon)
    stops = [_stop(run, origin, at) for run in runs]
    return PhonePage(team, stops, _desk(actor), _check_in_due(runs, at))


def _order(run: Dispatch) -> tuple[int, bool, datetime]:
    under_way = LIVE_RUNS.index(run.state) if run.departed_at or run.arrived_at else 0
    return (-under_way, not is_urgent(run.tip.urgent_flags), run.tip.due_at)


def _stop(run: Dispatch, origin: tuple[float, float] | None, at: datetime) -> Stop:
    tip = run.tip
    if origin is None or tip.point is None:
        return Stop(run, tip_clock(tip, at), None, None)
    params = rulings_at(tip.division_code, at).travel
    minutes = travel_minutes(origin, tip.point, params)
    return Stop(
        run, tip_clock(tip, at), round(haversine_metres(origin, tip.point)), max(1, round(minutes))
    )


def _desk(actor: Actor) -> Hotline | None:
    station = Station.objects.filter(organisation_id=actor.org_code, closed_at=None).first()
    return Hotline(station.name, station.phone) if station and station.phone else None


def _check_in_due(runs: list[Dispatch], at: datetime) -> datetime | None:
    """When the team should say that it is well: the parameter after its last word."""
    if not runs:
        return None
    last = max(
        moment
        for run in runs
        for moment in (run.assigned_at, run.departed_at, run.arrived_at, run.checked_in_at)
        if moment
    )
    return last + timedelta(minutes=rulings_at(runs[0].division_code, at).minutes("team.check_in"))


def past_spots(spots: Iterable[UUID | None]) -> dict[UUID, Dispatch]:
    """The live runs with their tips by the points where patrols come past them."""
    wanted = {spot for spot in spots if spot}
    if not wanted:
        return {}
    rows = Dispatch.objects.filter(spot_id__in=wanted, state__in=LIVE_RUNS)
    return {run.spot_id: run for run in rows.select_related("tip", "team") if run.spot_id}


def reported_at(spot_id: UUID) -> Reported | None:
    """What was reported of the tip that waits at a point of a patrol."""
    run = past_spots([spot_id]).get(spot_id)
    if run is None:
        return None
    tip = run.tip
    dangers = tuple(str(Tip.Flag(flag).label) for flag in tip.urgent_flags)
    return Reported(tip.seen_text, dangers, None if tip.arrived_at else tip.due_at)


def run_past(spot_id: UUID | None) -> Dispatch | None:
    """The last run of a patrol that was sent past a tip at a point and did not leave it out."""
    if spot_id is None:
        return None
    rows = Dispatch.objects.filter(spot_id=spot_id).exclude(state__in=(DECLINED, RECALLED))
    return rows.select_related("tip", "team").order_by("-assigned_at", "-pk").first()


def runs_of(tip_pk: int) -> QuerySet[Dispatch]:
    """Every run of a tip, newest first."""
    return (
        Dispatch.objects.filter(tip_id=tip_pk)
        .select_related("team", "tip")
        .order_by("-assigned_at", "-pk")
    )


def run_list(*, state: str = "", tip: UUID | None = None) -> QuerySet[Dispatch]:
    """Runs the scope shows, newest first; `state` may also be `live`."""
    found = Dispatch.objects.select_related("team", "tip").order_by("-assigned_at", "-pk")
    if state == "live":
        found = found.filter(state__in=LIVE_RUNS)
    elif state:
        found = found.filter(state=state)
    return found.filter(tip__public_id=tip) if tip else found


def run_label(public_id: UUID) -> str:
    """A run as journal lines name it."""
    run = Dispatch.objects.select_related("team").filter(public_id=public_id).first()
    return _("派遣：%(team)s") % {"team": run.team.name} if run else _("派遣")


def run_url(public_id: UUID) -> str | None:
    """The page of the tip it is for."""
    run = Dispatch.objects.select_related("tip").filter(public_id=public_id).first()
    return reverse("dispatch:tip", args=[run.tip.public_id]) if run else None
