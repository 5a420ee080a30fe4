"""What a week planned anew changes: which stops move, what is lost, what stability costs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final

from nuantu.patrols.rules.planned import Key, Stops, is_drivable, lost_promises, missing, plan_of
from nuantu.patrols.rules.situation import Situation
from nuantu.routing.objective import timed
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Problem

TEAM_LOST, URGENT, CADENCE = "team_lost", "urgent", "cadence"
ROAD_CLOSED, ROAD_OPEN = "road_closed", "road_open"
EXTRA: Final = "!"  # routing owes an urgent visit at a known place apart, under this mark
SHIFTED: Final = 5.0  # minutes; a stop of the same team that moves by less is no change to tell


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, with ids of teams and locations.

    An urgent visit at a point of its own (WGS-84 degrees) brings its `name`, the minutes it takes
    (`service_min`), the `teams` that answer for it, and in `waits` the id of what waits there;
    `latest` is the moment by which somebody was promised there, in ISO 8601, if any.
    `minutes`: what is left of a closed way takes so long, None where nothing is left. `visits`:
    promised visits a week by location on the new level, from half `since` on.
    """

    kind: str
    team: str = ""
    is_for_week: bool = False
    place: str = ""
    other: str = ""
    minutes: float | None = None
    level: str = ""
    since: int = 0
    visits: tuple[tuple[str, int], ...] = ()
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    service_min: float = 0.0
    teams: tuple[str, ...] = ()
    waits: str = ""
    latest: str = ""

    @property
    def latest_at(self) -> datetime | None:
        """The moment by which somebody should be there."""
        return datetime.fromisoformat(self.latest) if self.latest else None

    @property
    def is_spot(self) -> bool:
        """Whether it is about a point that is no key location."""
        return self.lat is not None and self.lon is not None

    def as_json(self) -> dict[str, Any]:
        """The happening as it is kept."""
        return asdict(self)

    @property
    def way(self) -> frozenset[str]:
        """Both ends of the road that it is about."""
        return frozenset((self.place, self.other))

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Happening":
        """The happening as it was kept."""
        visits = tuple((str(place), int(count)) for place, count in data.get("visits", ()))
        return Happening(**{**data, "visits": visits, "teams": tuple(data.get("teams", ()))})


def still_closed(events: Iterable[Happening]) -> tuple[Happening, ...]:
    """The closed roads that were not opened since, of events in their order; of one road the last
    word holds."""
    found: dict[frozenset[str], Happening] = {}
    for event in events:
        if event.kind in (ROAD_CLOSED, ROAD_OPEN):
            found.pop(event.way, None)
        if event.kind == ROAD_CLOSED:
            found[event.way] = event
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Timetable:
    """One route with the minute of each stop and of the return."""

    team: str
    half: int
    back: float
    stops: tuple[tuple[str, float], ...]

    @property
    def key(self) -> Key:
        """Team and half."""
        return self.team, self.half


def ready_for(now: Situation, event: Happening) -> tuple[Situation, Stops]:
    """The situation as it is put to the engine, and the routes if nobody did anything.

    A place that tonight visits anyway is not visited twice: the urgent visit takes its turn. Of a
    raised cadence the promises of the new level are put in.
    """
    if event.kind == TEAM_LOST:
        mine = {key for key in now.stops if key[0] == event.team
                and (key[1] == now.half or event.is_for_week)}  # fmt: skip
        return now, {key: row for key, row in now.stops.items() if key not in mine}
    if event.kind == URGENT:
        return _without_turn(now, event.place), now.stops
    if event.kind == CADENCE:
        visits = dict(event.visits)
        places = tuple(
            replace(place, visits_per_week=visits.get(place.id, place.visits_per_week))
            for place in now.problem.locations
        )
        return replace(now, problem=replace(now.problem, locations=places)), now.stops
    return now, now.stops


def without_besides(
    now: Situation, problem: Problem, plan: Plan, given_up: Mapping[str, int], *, is_tonight: bool
) -> Plan:
    """The plan without what the search found besides: an event is answered, the week is not mended.

    Where the event is about this half alone (`is_tonight`), the later ones stay as they are unless
    a promise would be lost by it. Of a place the visits above both what was planned and what the week
    as it was published keeps are left out; `given_up` says how many of its visits that does not. One
    that cannot be left out, because the stops after it would come before they can be visited, stays.
    `problem`: the situation as the event left it.
    """
    stops = _fewer(now, problem, {route.key: route.stops for route in plan.routes}, given_up)
    if is_tonight:
        kept = _fewer(now, problem, _as_later(now, stops), given_up)
        before, after = (plan_of(problem, some, 0.0).unmet for some in (stops, kept))
        if not lost_promises(before, after) and is_drivable(problem, kept):
            stops = kept
    return plan_of(problem, stops, 0.0)


def _fewer(now: Situation, problem: Problem, stops: Stops, given_up: Mapping[str, int]) -> Stops:
    """Routes without the visits that nothing asked for, as far as those can be left out."""
    found = _besides(now, stops, given_up)
    for some in (found, *([one] for one in found)):
        fewer = {
            key: tuple(stop for stop in row if (stop, key) not in some)
            for key, row in stops.items()
        }
        if some and is_drivable(problem, fewer):
            stops = fewer
        if not _besides(now, stops, given_up):
            break
    return stops


def _as_later(now: Situation, stops: Stops) -> Stops:
    """This half as it is planned anew, the later ones as they were."""
    later = {key: tuple(row) for key, row in now.stops.items() if key[1] != now.half and row}
    return later | {key: tuple(row) for key, row in stops.items() if key[1] == now.half}


def _besides(now: Situation, stops: Stops, given_up: Mapping[str, int]) -> list[tuple[str, Key]]:
    """The visits of a plan that nothing asked for, the latest of each place first."""
    done = Counter(visit.location for visit in now.problem.done)
    planned = Counter(stop for row in now.stops.values() for stop in row)
    after = Counter(stop for row in stops.values() for stop in row)
    found: list[tuple[str, Key]] = []
    for stop, count in after.items():
        place = now.problem.by_id.get(stop)
        owed = place.visits_per_week - given_up.get(stop, 0) - done[stop] if place else count
        keys = [
            key for key, row in stops.items() if stop in row and stop not in now.stops.get(key, ())
        ]
        keys.sort(key=lambda key: key[1], reverse=True)
        found += [(stop, key) for key in keys[: max(0, count - max(planned[stop], owed))]]
    return found


def _made(now: Situation, key: Key) -> int:
    """How many stops of a route of this half were made."""
    shift = now.problem.shift_by_key[key]
    return shift.held[0] if shift.held else 0


def was_visited(now: Situation, place: str) -> bool:
    """Whether somebody was there in this half already."""
    tonight = [key for key in now.stops if key[1] == now.half]
    done = {(visit.location, visit.night) for visit in now.problem.done}
    return (place, now.half) in done or any(
        place in now.stops[key][: _made(now, key)] for key in tonight
    )


def _without_turn(now: Situation, urgent: str) -> Situation:
    """The situation without tonight's other visits of an urgent place: one is enough, and it counts
    for the week. Where somebody was there already, all stays as it is."""
    if was_visited(now, urgent):
        return now
    tonight = [key for key in now.stops if key[1] == now.half and urgent in now.stops[key]]
    stops = dict(now.stops) | {
        key: tuple(stop for stop in now.stops[key] if stop != urgent) for key in tonight
    }
    places = tuple(
        replace(
            place,
            visits_per_week=max(0, place.visits_per_week - max(1, len(tonight))),
            closed_nights=(*place.closed_nights, now.half),
        )
        if place.id == urgent
        else place
        for place in now.problem.locations
    )
    return replace(now, problem=replace(now.problem, locations=places), stops=stops)


def known(stops: Stops) -> dict[Key, tuple[str, ...]]:
    """Routes with locations as the bureau knows them."""
    return {key: tuple(stop.removesuffix(EXTRA) for stop in row) for key, row in stops.items()}


def timetables(plan: Plan) -> dict[Key, Timetable]:
    """The routes of a plan with their minutes."""
    return {
        route.key: Timetable(
            route.team,
            route.night,
            float(route.end_min or 0.0),
            tuple(
                (stop.removesuffix(EXTRA), float(minute))
                for stop, minute in zip(route.stops, route.arrive_min or (), strict=True)
            ),
        )
        for route in plan.routes
    }


def turn_at(plan: Plan, half: int, place: str) -> tuple[str, float] | None:
    """Which team comes to an urgent place first in a half, and at which minute of the patrol day."""
    name = place + EXTRA
    found = [
        (float(minute), route.team)
        for route in plan.routes
        if route.night == half
        for stop, minute in zip(route.stops, route.arrive_min or (), strict=True)
        if stop == name
    ]
    minute, team = min(found, default=(0.0, ""))
    return (team, minute) if found else None


def tables(rows: Iterable[Mapping[str, Any]]) -> list[Timetable]:
    """Routes with their minutes, as a change keeps them."""
    return [
        Timetable(
            row["team"],
            row["half"],
            row["back"],
            tuple((str(stop), float(minute)) for stop, minute in row["stops"]),
        )
        for row in rows
    ]


def differing(
    before: Mapping[Key, Timetable], after: Mapping[Key, Timetable]
) -> tuple[list[Timetable], list[Timetable]]:
    """The routes that are not the same afterwards, both ways round."""
    keys = sorted(before.keys() | after.keys(), key=lambda key: (key[1], key[0]))
    pairs = [(_of(before, key), _of(after, key)) for key in keys]
    changed = [pair for pair in pairs if _is_changed(*pair)]
    return [old for old, _new in changed], [new for _old, new in changed]


def _of(tables: Mapping[Key, Timetable], key: Key) -> Timetable:
    return tables.get(key) or Timetable(key[0], key[1], 0.0, ())


def _is_changed(old: Timetable, new: Timetable) -> bool:
    if [stop for stop, _at in old.stops] != [stop for stop, _at in new.stops]:
        return True
    return any(abs(a - b) > SHIFTED for (_s, a), (_t, b) in zip(old.stops, new.stops, strict=True))


def moves(before: Iterable[Timetable], after: Iterable[Timetable]) -> list[dict[str, Any]]:
    """Visits that change team or half, appear or go: location, `from` and `to` as team, half and
    minute, None where there is none. Of a place the visits are paired in the order of time."""
    old, new = _visits(before), _visits(after)
    found: list[dict[str, Any]] = []
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place, []), new.get(place, [])
        kept = {visit[:2] for visit in was} & {visit[:2] for visit in now}
        gone = [visit for visit in was if visit[:2] not in kept]
        come = [visit for visit in now if visit[:2] not in kept]
        found += [
            {"location": place, "from": old_end, "to": new_end}
            for old_end, new_end in zip_longest(gone, come)
        ]
    return sorted(found, key=lambda move: _when(move["to"] or move["from"]))


def is_gained(move: Mapping[str, Any], event: Happening) -> bool:
    """Whether a move is a visit more that the event did not ask for: of what was to happen nothing
    changes."""
    return event.kind != CADENCE and move["from"] is None and move["location"] != event.place


def _when(visit: Sequence[Any]) -> tuple[int, float]:
    return int(visit[1]), float(visit[2])


def _visits(tables: Iterable[Timetable]) -> dict[str, list[tuple[str, int, float]]]:
    found: dict[str, list[tuple[str, int, float]]] = {}
    for table in tables:
        for stop, minute in table.stops:
            found.setdefault(stop, []).append((table.team, table.half, minute))
    return {stop: sorted(visits, key=_when) for stop, visits in found.items()}


def taken_over(
    late: tuple[Timetable, Timetable],
    before: Mapping[Key, Timetable],
    after: Mapping[Key, Timetable],
) -> tuple[int, int]:
    """How many stops a team left that was still out from the half before, and how many of them are
    made in this one."""
    half = late[0].half + 1
    was, now = (
        {(stop, key) for key, one in some.items() if key[1] == half for stop, _minute in one.stops}
        for some in (before, after)
    )
    left = {stop for stop, _minute in late[0].stops} - {stop for stop, _minute in late[1].stops}
    return len(left), len(left & {stop for stop, _key in now - was})


def in_time(problem: Problem, stops: Stops) -> dict[Key, tuple[str, ...]]:
    """What of the routes can be walked before each shift ends: a team that is late turns back."""
    found = {}
    for key, row in stops.items():
        shift = problem.shift_by_key[key]
        latest, kept = shift.end_min + shift.overtime_min, tuple(row)
        while kept and timed(problem, shift, kept).back > latest:
            kept = kept[:-1]
        found[key] = kept
    return found


def weighed(judge: Problem, idle: Stops, after: Stops) -> dict[str, Any]:
    """What is promised, and what is missed if nobody does anything and with the change.

    `judge`: the problem with the promises that hold now. A visit at a place that it does not know
    counts for nothing.
    """
    asked = plan_of(judge, in_time(judge, idle), 0.0)
    planned = plan_of(judge, after, 0.0)
    return {
        "promised": sum(place.visits_per_week for place in judge.locations),
        "missing_idle": missing(asked.unmet),
        "missing": missing(planned.unmet),
        "lost": [asdict(item) for item in lost_promises(asked.unmet, planned.unmet)],
        "unmet": [asdict(item) for item in planned.unmet],
        "encounters": (planned.encounters or 0.0) - (asked.encounters or 0.0),
    }
