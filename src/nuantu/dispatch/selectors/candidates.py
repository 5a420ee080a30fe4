"""Which teams could go for a tip, as they stand now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nuantu.core import scope
from nuantu.dispatch.models import Dispatch, TeamPosition, Tip
from nuantu.dispatch.rules.ranking import Candidate, Need, TeamNow, rank
from nuantu.dispatch.rules.states import DECLINED, LIVE_RUNS
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.operations.models import Team
from nuantu.operations.selectors import teams_for
from nuantu.places import selectors as places
from nuantu.places.models import ReliefPoint
from nuantu.routing import travel_minutes


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as the strip shows it: what it does now, where it was last, since when on shift."""

    team: Team
    runs: tuple[Dispatch, ...]
    position: TeamPosition | None
    is_position_old: bool

    @property
    def point(self) -> tuple[float, float] | None:
        """Its last position while that is fresh, else its base."""
        if self.position is not None and not self.is_position_old:
            return (self.position.lat, self.position.lon)
        if self.team.base_lat is None or self.team.base_lon is None:
            return None
        return (self.team.base_lat, self.team.base_lon)


def team_cards(division_code: str, at: datetime) -> list[TeamCard]:
    """The teams of a county, those on shift first, with their live runs and positions.

    What a team of another organisation does is told as "busy": the dispatcher must know, although
    the run's tip may not be his.
    """
    teams = teams_for(division_code, at)
    old_after = timedelta(minutes=rulings_at(division_code, at).minutes("team.position_stale"))
    ids = [team.pk for team in teams]
    with scope.system("whether a team is free is no secret between the bodies of one county"):
        runs = list(
            Dispatch.objects.filter(team_id__in=ids, state__in=LIVE_RUNS)
            .select_related("tip")
            .order_by("assigned_at")
        )
        positions = {row.team_id: row for row in TeamPosition.objects.filter(team_id__in=ids)}
    return [
        TeamCard(
            team,
            tuple(run for run in runs if run.team_id == team.pk),
            position := positions.get(team.pk),
            position is not None and at - position.at > old_after,
        )
        for team in teams
    ]


def candidates(tip: Tip, cards: list[TeamCard], at: datetime) -> list[Candidate]:
    """The teams ranked for a tip, with minutes and what speaks against each.

    A team that is on this tip already is no support to itself and left out.
    """
    declined = set(
        Dispatch.objects.filter(tip=tip, state=DECLINED).values_list("team_id", flat=True)
    )
    params = rulings_at(tip.division_code, at).travel
    need = Need(
        point=tip.point,
        flags=tip.flags,
        minutes_left=(tip.due_at - at).total_seconds() / 60,
    )
    now = [_now(card, declined) for card in cards if all(run.tip_id != tip.pk for run in card.runs)]
    return rank(need, now, lambda a, b: travel_minutes(a, b, params))


def _now(card: TeamCard, declined: set[int]) -> TeamNow:
    return TeamNow(
        team=card.team.public_id,
        name=card.team.name,
        point=card.point,
        is_on_shift=card.team.is_on_shift,
        busy_with=len(card.runs),
        has_declined=card.team.pk in declined,
        is_position_old=card.is_position_old,
        capabilities=frozenset(card.team.capabilities),
    )


def guess_for(tip: Tip, team_id: UUID, at: datetime) -> tuple[int | None, str]:
    """The estimated minutes of one team to a tip, and what the estimate rests on."""
    cards = team_cards(tip.division_code, at)
    found = [c for c in candidates(tip, cards, at) if c.team.team == team_id]
    return (found[0].minutes if found else None), rulings_at(tip.division_code, at).travel.source


@dataclass(frozen=True, slots=True)
class PointOffer:
    """A relief point that could give first help, with walking or driving minutes to the spot."""

    point: ReliefPoint
    metres: int
    minutes: int


def point_offers(tip: Tip, at: datetime, limit: int = 3) -> list[PointOffer]:
    """The nearest open relief points to a tip, then the nearest shut ones (P1-45)."""
    if tip.point is None:
        return []
    params = rulings_at(tip.division_code, at).travel
    offers = []
    for near in places.near(*tip.point, "relief_point", limit * 3):
        if isinstance(near.place, ReliefPoint):
            minutes = travel_minutes((near.place.lat, near.place.lon), tip.point, params)
            offers.append(PointOffer(near.place, round(near.metres), max(1, round(minutes))))
    return sorted(offers, key=lambda offer: (not offer.point.is_open, offer.metres))[:limit]
