"""What a county promises in a week and who can go, gathered for the search."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nuantu.accounts.models import Division
from nuantu.operations.models import Operation, Shift, Team
from nuantu.operations.rules.places import county_of
from nuantu.operations.rules.rhythm import cadence_of, visits_a_week
from nuantu.operations.selectors import level_of, operations_at, rules_at
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.asking import Asked, Crew, Figures, Spot, problem_of
from nuantu.patrols.selectors.joint import with_police
from nuantu.places.models import KeyLocation
from nuantu.places.rules.hours import parse_hours
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Ruling


@dataclass(frozen=True, slots=True)
class Question:
    """The week of a county as it is put to the search; `basis` says where each figure comes from."""

    asked: Asked
    operation: Operation | None
    level: str
    basis: tuple[str, ...]


def question_of(county: str, first_day: date, at: datetime) -> Question:
    """The problem of a county's week: rules of the plan in force then, the level that holds now.

    Turns that have begun are left out. The reader's scope limits the locations.
    """
    when = max(at, halves.week_begins(first_day))
    book, level = rules_at(county, when), level_of(county, at).level
    rulings = figures_of(book)
    figures = Figures(**{name: ruling.number for name, ruling in rulings.items()})
    cadences = cadences_of(book, level, (row.kind for row in _locations(county)))
    spots = [_spot(row, cadences[row.kind]) for row in _locations(county)]
    name = f"{county} {first_day:%Y-%m-%d}"
    asked = problem_of(name, spots, crews_of(county, first_day, at), figures)
    operations = operations_at(county, when)
    said = [ruling for ruling in cadences.values() if ruling] + list(rulings.values())
    return Question(asked, next(iter(operations), None), level, tuple(_basis(said)))


def cadences_of(book: RuleBook, level: str, kinds: Iterable[str]) -> dict[str, Ruling | None]:
    """The cadence in force for each class of location, None where none is promised."""
    return {kind: cadence_of(book, level, kind) for kind in set(kinds)}


def figures_of(book: RuleBook) -> dict[str, Ruling]:
    """The dated parameters of a week by their name in `Figures`."""
    return {
        "service_min": book.need("patrol.service"),
        "gap_nights": book.need("patrol.gap"),
        "expected_by_day": book.need("patrol.expected", key="day"),
        "expected_by_night": book.need("patrol.expected", key="night"),
        "speed_kmh": book.need("travel.speed"),
        "detour": book.need("travel.detour"),
        "ready_min": book.need("travel.ready"),
        "night_start": book.need("night.start"),
        "night_end": book.need("night.end"),
        "foot_radius": book.need("patrol.foot_radius"),
        "foot_crew": book.need("patrol.foot_crew"),
        "foot_kmh": book.need("patrol.foot_speed"),
    }


def _locations(county: str) -> list[KeyLocation]:
    prefix = county_of(county)[:6]
    rows = KeyLocation.objects.filter(closed_at=None, division_code__startswith=prefix)
    return list(rows.order_by("division_code", "name", "pk"))


def _spot(row: KeyLocation, cadence: Ruling | None) -> Spot:
    return Spot(
        id=str(row.public_id),
        lat=row.lat,
        lon=row.lon,
        division_code=row.division_code,
        kind=row.kind,
        visits=visits_a_week(cadence.number, cadence.unit) if cadence else 0,
        is_night_only=row.is_night_only,
        needs_police=row.must_go_with_police,
        open_hours=parse_hours(row.open_hours),
    )


def teams_of(county: str) -> list[Team]:
    """The active teams that answer for places of a county: its own and those above it."""
    code = county_of(county)
    above = [code[:length].ljust(12, "0") for length in (2, 4)]
    mine = Team.objects.filter(is_active=True, division__code__startswith=code[:6])
    mine |= Team.objects.filter(is_active=True, division_id__in=above)
    return list(
        mine.select_related("organisation", "division")
        .prefetch_related("members")
        .order_by("name", "pk")
    )


def turns_of(
    teams: Iterable[Team], first_day: date, at: datetime
) -> dict[int, dict[int, tuple[halves.Turn, int]]]:
    """For each team its turns by half with the key of the shift; one query."""
    rows = Shift.objects.filter(
        team__in=[team.pk for team in teams],
        starts_at__lt=halves.week_ends(first_day),
        ends_at__gt=halves.week_begins(first_day),
    ).order_by("starts_at")
    shifts: dict[int, list[tuple[datetime, datetime, int]]] = {}
    for row in rows:
        shifts.setdefault(row.team_id, []).append((row.starts_at, row.ends_at, row.pk))
    return {
        pk: {
            half: turn
            for half, turn in halves.turns_of_team(first_day, of_team).items()
            if halves.moment_of(first_day, half, turn[0].start_min) >= at
        }
        for pk, of_team in shifts.items()
    }


def crews_of(county: str, first_day: date, at: datetime) -> list[Crew]:
    """The teams of a county with their turns; a team without a base starts from its division.

    The police is with a team of which they are members, and with one that they accompany on every turn.
    """
    teams = teams_of(county)
    turns = turns_of(teams, first_day, at)
    guarded = with_police(turns, first_day)
    return [_crew(team, turns.get(team.pk, {}), team.pk in guarded) for team in teams]


def _crew(team: Team, turns: Mapping[int, tuple[halves.Turn, int]], is_guarded: bool) -> Crew:
    place: Division = team.division
    has_base = team.base_lat is not None and team.base_lon is not None
    return Crew(
        id=str(team.public_id),
        division_code=team.division_id,
        lat=team.base_lat if has_base else place.lat,
        lon=team.base_lon if has_base else place.lon,
        turns=tuple(turn for _half, (turn, _key) in sorted(turns.items())),
        has_police=is_guarded or Team.Capability.POLICE in team.capabilities,
        is_on_foot=Team.Capability.FOOT in team.capabilities,
        people=len(team.members.all()),
    )


def _basis(rulings: Iterable[Ruling]) -> list[str]:
    """One line for each figure, parted by tabs: kind, key, value, unit, plan, clause, status."""
    found = [
        "\t".join(
            (
                ruling.kind,
                ruling.key or ruling.place_class,
                f"{ruling.number:g}",
                ruling.unit,
                ruling.plan_code,
                ruling.source[:160],
                ruling.status,
            )
        )
        for ruling in rulings
    ]
    return list(dict.fromkeys(found))
