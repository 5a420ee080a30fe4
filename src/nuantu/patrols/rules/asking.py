"""The week of a county as a problem of `routing`: locations with promises, teams with turns.

Nothing is looked up here. Teams may visit the locations of their own division only; what nobody may
or can visit is named before anything is planned.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nuantu.patrols.rules import halves
from nuantu.patrols.rules.promises import gap_in_halves
from nuantu.places.rules.hours import Hours
from nuantu.routing.distance import haversine_metres
from nuantu.routing.problem import Depot, Location, Problem, Shift, Team, Travel
from nuantu.routing.reasons import why_visits
from nuantu.routing.twins import twins

POLICE: Final = "police"
NO_AREA, NO_BASE, TOO_MANY, ALONE = "no_area", "no_base", "too_many", "alone"
TWIN: Final = "twin"
DARK: Final = ("bridge_culvert",)  # nobody goes there on foot at night
HOURS: Final = 36  # a night turn may run on into the day after
_LENGTHS: Final = (2, 4, 6, 9)
_NEVER: Final = ("shut", "no_shift", "no_partner", "no_seats", "no_team", "no_window")


@dataclass(frozen=True, slots=True)
class Spot:
    """A key location with what it is promised in the week. `lat`, `lon`: WGS-84 degrees; `open_hours`:
    minutes after midnight, none for always."""

    id: str
    lat: float
    lon: float
    division_code: str
    kind: str
    visits: int
    is_night_only: bool = False
    needs_police: bool = False
    open_hours: Hours = ()


@dataclass(frozen=True, slots=True)
class Crew:
    """A team with its turns of the week; without a base it cannot be planned."""

    id: str
    division_code: str
    lat: float | None
    lon: float | None
    turns: tuple[halves.Turn, ...]
    has_police: bool = False
    is_on_foot: bool = False
    people: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The dated parameters: minutes, nights, people per visit, km/h, minutes after midnight; how
    far from its base a team on foot goes (metres), of how many people it is at least, its km/h."""

    service_min: float
    gap_nights: float
    expected_by_day: float
    expected_by_night: float
    speed_kmh: float
    detour: float
    ready_min: float
    night_start: float
    night_end: float
    foot_radius: float
    foot_crew: float
    foot_kmh: float


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong before the search: a code and the id of the location or team it is about."""

    code: str
    id: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The problem of a week and what stands in its way."""

    problem: Problem
    remarks: tuple[Remark, ...]


def problem_of(name: str, spots: Sequence[Spot], crews: Sequence[Crew], figures: Figures) -> Asked:
    """The week as a problem; visits above one per half cannot be asked and are remarked."""
    alone = [crew for crew in crews if crew.is_on_foot and crew.people < figures.foot_crew]
    able = [crew for crew in crews if crew.lat is not None and crew.turns and crew not in alone]
    areas = _areas(spots, able, figures)
    has_night_places = any(spot.is_night_only for spot in spots)
    problem = Problem(
        name=name,
        nights=halves.HALVES,
        depots=tuple(
            Depot(crew.id, crew.lon or 0.0, crew.lat or 0.0, on_globe=True) for crew in able
        ),
        locations=tuple(_location(spot, areas[spot.id], figures) for spot in spots),
        shifts=tuple(
            Shift(crew.id, turn.half, crew.id, crew.id, leaving, turn.end_min)
            for crew in able
            for turn in crew.turns
            for leaving in [_leaves(turn, figures) if has_night_places else turn.start_min]
        ),
        travel=_travel(figures),
        teams=tuple(
            Team(
                crew.id,
                _skills(crew, areas.values()),
                travel_factor=figures.speed_kmh / figures.foot_kmh if crew.is_on_foot else 1.0,
            )
            for crew in able
        ),
        night_hours=_night(figures),
    )
    remarks = [Remark(NO_BASE, crew.id) for crew in crews if crew.lat is None and crew.turns]
    remarks += [Remark(ALONE, crew.id) for crew in alone if crew.turns]
    remarks += [Remark(TOO_MANY, spot.id) for spot in spots if spot.visits > halves.HALVES]
    remarks += _never(problem)
    doubled = dict.fromkeys(place for pair in twins(problem) for place in pair)
    remarks += [Remark(TWIN, place) for place in doubled]
    return Asked(problem, tuple(remarks))


def _leaves(turn: halves.Turn, figures: Figures) -> float:
    """When a team sets out. It never waits on its way, so of a night it leaves when places that are
    asked for at night can be visited, unless that costs more than half of the turn."""
    opens = _night(figures)[0]
    is_worth_it = (turn.end_min - opens) * 2 >= turn.end_min - turn.start_min
    return (
        max(turn.start_min, opens) if halves.is_night(turn.half) and is_worth_it else turn.start_min
    )


def prefix_of(division_code: str) -> str:
    """The digits of a division that all places in it begin with."""
    for length in _LENGTHS:
        if not division_code[length:].strip("0"):
            return division_code[:length]
    return division_code


@dataclass(frozen=True, slots=True)
class _Area:
    """Which teams answer for a location; `need` is what a team must bring, empty for none."""

    crews: frozenset[str]
    need: str


def _areas(spots: Iterable[Spot], crews: Sequence[Crew], figures: Figures) -> Mapping[str, _Area]:
    """For each location the teams that may go there; alike ones share a need."""
    everybody = frozenset(crew.id for crew in crews)
    needs: dict[frozenset[str], str] = {}
    found = {}
    for spot in sorted(spots, key=lambda one: (one.division_code, one.id)):
        may = frozenset(crew.id for crew in crews if may_go(crew, spot, figures))
        if may == everybody and may:
            found[spot.id] = _Area(may, "")
        else:
            found[spot.id] = _Area(may, needs.setdefault(may, f"area-{len(needs) + 1}"))
    return found


def may_go(crew: Crew, spot: Spot, figures: Figures) -> bool:
    """Whether a location lies in a team's area; on foot near its base only, and at night not in
    the dark below a bridge."""
    if not spot.division_code.startswith(prefix_of(crew.division_code)):
        return False
    if not crew.is_on_foot:
        return True
    metres = haversine_metres((crew.lat or 0.0, crew.lon or 0.0), (spot.lat, spot.lon))
    is_out_at_night = any(halves.is_night(turn.half) for turn in crew.turns)
    return metres <= figures.foot_radius and not (spot.kind in DARK and is_out_at_night)


def _skills(crew: Crew, areas: Iterable[_Area]) -> tuple[str, ...]:
    found = {area.need for area in areas if area.need and crew.id in area.crews}
    return tuple(sorted(found | ({POLICE} if crew.has_police else set())))


def _location(spot: Spot, area: _Area, figures: Figures) -> Location:
    visits = min(spot.visits, halves.HALVES)
    needs = (area.need, POLICE if spot.needs_police else "")
    return Location(
        id=spot.id,
        x=spot.lon,
        y=spot.lat,
        on_globe=True,
        kind=spot.kind,
        service_min=figures.service_min,
        visits_per_week=visits,
        min_gap_nights=gap_in_halves(visits, figures.gap_nights),
        rates=_rates(spot, figures),
        windows=_windows(spot, figures),
        needs=tuple(filter(None, needs)),
    )


def _night(figures: Figures) -> tuple[float, float]:
    """The night hours in minutes of the patrol day; an end at 06:00 is the end of the day."""
    begin = halves.minute_on_day(figures.night_start)
    end = halves.minute_on_day(figures.night_end)
    return begin, end if end > begin else end + halves.DAY_MIN


def _windows(spot: Spot, figures: Figures) -> tuple[tuple[float, float], ...]:
    """When a location can be visited, in minutes of the patrol day; one that never is open where it is
    asked for has a window without a minute."""
    nights = (_night(figures),) if spot.is_night_only else ()
    if not spot.open_hours:
        return nights
    is_open = halves.windows_of(spot.open_hours, HOURS * 60)
    if not nights:
        return is_open
    shared = [
        (max(begin, dusk), min(end, dawn))
        for begin, end in is_open
        for dusk, dawn in nights
        if max(begin, dusk) < min(end, dawn)
    ]
    return tuple(shared) or ((0.0, 0.0),)


def _rates(spot: Spot, figures: Figures) -> tuple[float, ...]:
    begin, end = _night(figures)
    by_day = 0.0 if spot.is_night_only else figures.expected_by_day
    hours = (hour * 60 % halves.DAY_MIN for hour in range(HOURS))
    return tuple(figures.expected_by_night if begin <= at < end else by_day for at in hours)


def _travel(figures: Figures) -> Travel:
    return Travel(
        detour=figures.detour,
        speeds=((float("inf"), figures.speed_kmh),),
        fixed_min=figures.ready_min,
    )


def _never(problem: Problem) -> list[Remark]:
    """Locations that no turn of the week can visit, with the first reason."""
    found = []
    brought = {skill for team in problem.teams for skill in team.skills}
    for place in problem.locations:
        code = why_visits(problem, place)
        if code in _NEVER:
            is_orphan = any(need not in brought for need in place.needs if need != POLICE)
            found.append(Remark(NO_AREA if is_orphan else code, place.id))
    return found
