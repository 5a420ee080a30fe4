"""A week of patrols as a question: places with promises, teams with shifts, the roads between.

Minutes count from 18:00 of the patrol night; block k of the rates is the hour from 60k to 60k+60.
A team leaves its start depot when the shift begins, does not wait on the way, and is back at its
end depot before the shift ends. Times and numbers are checked where they are read
(`problem_json`); the dataclasses only hold them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

Matrix = Sequence[Sequence[float]]
Window = tuple[float, float]

FOREVER = -1e6  # a minute before all others
NIGHT_HOURS: Window = (240.0, 720.0)  # 22:00 to 06:00


@dataclass(frozen=True, slots=True)
class Depot:
    """Where shifts begin and end. `x_km` and `y_km` are longitude and latitude when `on_globe`."""

    id: str
    x: float
    y: float
    on_globe: bool = False


@dataclass(frozen=True, slots=True)
class Location:
    """A place with a promise: so many visits a week, so many nights apart.

    `rates`: expected encounters of a visit that arrives in each hour block. `windows`: minutes in
    which a whole visit must lie, none for always. `closed_nights`: no visit then. `needs`: skills
    or partners that the team must bring. `night_share`: share of the promised visits that must
    arrive in the problem's night hours. `load`: seats that a visit uses up.
    """

    id: str
    x: float
    y: float
    service_min: float
    visits_per_week: int
    min_gap_nights: int
    rates: tuple[float, ...]
    on_globe: bool = False
    kind: str = ""
    windows: tuple[Window, ...] = ()
    closed_nights: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    night_share: float = 0.0
    load: float = 0.0

    @property
    def night_visits(self) -> int:
        """Promised visits that must arrive in the night hours."""
        return math.ceil(self.night_share * self.visits_per_week - 1e-9)

    def rate_at(self, minute: float) -> float:
        """Expected encounters of a visit that arrives then; 0 outside the blocks."""
        block = math.floor(minute / 60)
        return self.rates[block] if 0 <= block < len(self.rates) else 0.0


@dataclass(frozen=True, slots=True)
class Team:
    """`seats` and `max_hours` (of a week) without a number have no limit.

    `travel_factor` stretches the team's minutes of moving, above 0: 10 for one that walks at 4 km/h
    where the others drive at 40. What is fixed (getting ready, a closed way) it leaves alone.
    """

    id: str
    skills: tuple[str, ...] = ()
    seats: float | None = None
    max_hours: float | None = None
    travel_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Shift:
    """One team on one night; may run over by `overtime_min` at a cost.

    `held`: (number of stops, minute) once it stood there after that many stops until that minute,
    because a plan made anew found it with nothing more to do.
    """

    team: str
    night: int
    start_depot: str
    end_depot: str
    start_min: float
    end_min: float
    overtime_min: float = 0.0
    held: tuple[int, float] | None = None

    @property
    def key(self) -> tuple[str, int]:
        return (self.team, self.night)


@dataclass(frozen=True, slots=True)
class Done:
    """A visit that was made already; nights below 0 are those before the week."""

    location: str
    night: int


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes between places: by straight distance with a detour, or by a matrix of minutes.

    The matrix, which takes no part in comparing, holds the depots first, then the locations, in the order of the problem. `factor`
    stretches every minute (ice on the road).
    """

    detour: float = 1.0
    speeds: tuple[tuple[float, float], ...] = ((math.inf, 40.0),)
    fixed_min: float = 0.0
    matrix: Matrix | None = field(default=None, compare=False, repr=False)
    matrix_file: str = ""
    factor: float = 1.0

    def by_distance(self, straight_km: float, travel_factor: float = 1.0) -> float:
        """Minutes for a straight distance: speed by the first limit above the road length."""
        road = straight_km * self.detour
        if road <= 0:
            return 0.0
        speed = next((kmh for limit, kmh in self.speeds if road < limit), self.speeds[-1][1])
        return (road / speed * 60 * travel_factor + self.fixed_min) * self.factor


@dataclass(frozen=True, slots=True)
class Closure:
    """The way between two places, both ways, takes `minutes` for who sets out from a minute of a
    night on; who was under way before that got through. Places are ids of locations or depots."""

    one: str
    other: str
    minutes: float
    night: int = 0
    minute: float = FOREVER


@dataclass(frozen=True, slots=True)
class Weights:
    """What a minute or an uneven week costs, in expected encounters.

    `fairness`: per squared hour that a team's week differs from the mean of all teams.
    """

    travel_per_min: float = 0.002
    overtime_per_min: float = 0.0
    fairness: float = 0.0


@dataclass(frozen=True)
class Problem:
    """The whole question. Equal when all parts are equal."""

    name: str
    nights: int
    depots: tuple[Depot, ...]
    locations: tuple[Location, ...]
    shifts: tuple[Shift, ...]
    travel: Travel
    teams: tuple[Team, ...] = ()
    done: tuple[Done, ...] = ()
    weights: Weights = field(default_factory=Weights)
    night_hours: Window = NIGHT_HOURS
    closures: tuple[Closure, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Location]:
        return {location.id: location for location in self.locations}

    @cached_property
    def shift_by_key(self) -> Mapping[tuple[str, int], Shift]:
        return {shift.key: shift for shift in self.shifts}

    @cached_property
    def team_by_id(self) -> Mapping[str, Team]:
        """Every team of the shifts; one that is not described has no limits and no skills."""
        described = {team.id: team for team in self.teams}
        return {s.team: described.get(s.team, Team(s.team)) for s in self.shifts} | described

    @cached_property
    def place_index(self) -> Mapping[tuple[str, str], int]:
        """Row of the travel matrix: ("depot", id) and ("location", id)."""
        depots = {("depot", depot.id): row for row, depot in enumerate(self.depots)}
        first = len(self.depots)
        return depots | {
            ("location", place.id): first + row for row, place in enumerate(self.locations)
        }

    @cached_property
    def places(self) -> tuple[Depot | Location, ...]:
        return (*self.depots, *self.locations)

    def minutes(self, origin: int, destination: int, travel_factor: float = 1.0) -> float:
        """Travel minutes between two places by their row, of a team with this factor."""
        if self.travel.matrix is not None:
            return self.travel.matrix[origin][destination] * self.travel.factor * travel_factor
        straight = straight_km(self.places[origin], self.places[destination])
        return self.travel.by_distance(straight, travel_factor)

    def factor_of(self, shift: Shift) -> float:
        """The travel factor of the team that makes a shift."""
        return self.team_by_id[shift.team].travel_factor

    @cached_property
    def travel_factors(self) -> tuple[float, ...]:
        """The different travel factors of the teams that have shifts, the fastest first."""
        return tuple(sorted({self.factor_of(shift) for shift in self.shifts})) or (1.0,)

    @cached_property
    def closed_ways(self) -> Mapping[tuple[int, int], Sequence[Closure]]:
        """Closures by the rows of their ends, both ways. Errors: KeyError for an unknown place."""
        found: dict[tuple[int, int], list[Closure]] = {}
        for closure in self.closures:
            one, other = self.row_named(closure.one), self.row_named(closure.other)
            for pair in {(one, other), (other, one)}:
                found.setdefault(pair, []).append(closure)
        return found

    def row_named(self, name: str) -> int:
        """Row of a location, or of a depot, by its id. Errors: KeyError."""
        index = self.place_index
        return index["location", name] if ("location", name) in index else index["depot", name]

    def leg(self, origin: int, destination: int, shift: Shift, minute: float) -> float:
        """Travel minutes of the team of a shift when it sets out at a minute."""
        found = self.minutes(origin, destination, self.factor_of(shift))
        if self.closures:
            for closure in self.closed_ways.get((origin, destination), ()):
                if (shift.night, minute) >= (closure.night, closure.minute):
                    found = max(found, closure.minutes)
        return found

    def in_night_hours(self, minute: float) -> bool:
        return self.night_hours[0] <= minute < self.night_hours[1]


def straight_km(a: Depot | Location, b: Depot | Location) -> float:
    """Kilometres in a straight line, on the plane or on the globe."""
    if not a.on_globe:
        return math.hypot(a.x - b.x, a.y - b.y)
    from_lat, to_lat = math.radians(a.y), math.radians(b.y)
    half_lat = math.sin((to_lat - from_lat) / 2)
    half_lon = math.sin(math.radians(b.x - a.x) / 2)
    h = half_lat**2 + math.cos(from_lat) * math.cos(to_lat) * half_lon**2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, h)))
