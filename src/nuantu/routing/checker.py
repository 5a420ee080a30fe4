"""An independent check of any plan: shares no code with the search, walks every route anew.

Every breach is named with its place. A promise may be missed only when the plan names it, with the
right number and a reason.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nuantu.routing.json_fields import repeated
from nuantu.routing.objective import Objective, Timed, hours_by_team, objective_of, shortfalls
from nuantu.routing.plan import Plan, Route, Unmet
from nuantu.routing.problem import Location, Problem, Shift

TOLERANCE = 1e-3  # minutes and encounters; matrices hold single precision
ROUNDED = 6e-2  # figures that a plan states may be rounded to one decimal


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is wrong with a plan."""

    code: str
    where: str
    chinese: str
    english: str

    def __str__(self) -> str:
        return f"{self.where}：{self.chinese} / {self.english}"


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found. `objective` is recomputed, never taken from the plan."""

    breaches: tuple[Breach, ...]
    objective: Objective
    promised: int
    unmet: tuple[Unmet, ...]

    @property
    def is_valid(self) -> bool:
        return not self.breaches


def check(problem: Problem, plan: Plan) -> Report:
    """Verify a plan. Breaches in the order of the week; none means that it can be driven."""
    walk = _Walk(problem)
    routes = walk.known(plan.routes)
    objective, clocks = objective_of(problem, routes)
    for key, clock in clocks.items():
        walk.route(problem.shift_by_key[key], routes[key], clock)
    walk.visits(routes)
    walk.hours(clocks)
    walk.times(plan.routes, clocks)
    walk.promises(plan.unmet, shortfalls(problem, routes, clocks))
    walk.sums(plan, objective)
    promised = sum(place.visits_per_week for place in problem.locations)
    return Report(tuple(walk.found), objective, promised, plan.unmet)


class _Walk:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.found: list[Breach] = []

    def tell(self, code: str, where: str, chinese: str, english: str) -> None:
        self.found.append(Breach(code, where, chinese, english))

    def known(self, routes: Sequence[Route]) -> dict[tuple[str, int], tuple[str, ...]]:
        """Routes of known shifts with known stops; the others are named and left out."""
        found: dict[tuple[str, int], tuple[str, ...]] = {}
        for route in routes:
            where = _place(route.key)
            if route.key not in self.problem.shift_by_key:
                self.tell("no_shift", where, "没有这个班次", "there is no such shift")
                continue
            if route.key in found:
                self.tell("shift_twice", where, "同一班次出现两次", "the shift stands twice")
                continue
            for stop in route.stops:
                if stop not in self.problem.by_id:
                    self.tell("no_location", where, f"没有点位 {stop}", f"no location {stop}")
            found[route.key] = tuple(stop for stop in route.stops if stop in self.problem.by_id)
        return found

    def route(self, shift: Shift, stops: Sequence[str], clock: Timed) -> None:
        """One route: back in time, windows, closed nights, partners, seats."""
        where = _place(shift.key)
        late = clock.back - shift.end_min - shift.overtime_min
        if late > TOLERANCE:
            self.tell(
                "late",
                where,
                f"晚 {late:.1f} 分钟返回",
                f"{late:.1f} minutes too late at its depot",
            )
        team = self.problem.team_by_id[shift.team]
        for stop, arrival in zip(stops, clock.arrivals, strict=True):
            self._stop(self.problem.by_id[stop], shift, arrival)
        load = sum(self.problem.by_id[stop].load for stop in stops)
        if team.seats is not None and load > team.seats + TOLERANCE:
            text = f"{load:g} > {team.seats:g}"
            self.tell("seats", where, f"座位不够：{text}", f"not enough seats: {text}")

    def _stop(self, place: Location, shift: Shift, arrival: float) -> None:
        where = f"{_place(shift.key)} {place.id}"
        end = arrival + place.service_min
        if place.windows and not any(
            begin - TOLERANCE <= arrival and end <= close + TOLERANCE
            for begin, close in place.windows
        ):
            text = f"{arrival:.1f}-{end:.1f}"
            self.tell("window", where, f"不在开放时间：{text}", f"not open: {text}")
        if shift.night in place.closed_nights:
            self.tell("closed", where, "这一夜不开放", "closed on this night")
        lacking = set(place.needs) - set(self.problem.team_by_id[shift.team].skills)
        if lacking:
            names = "、".join(sorted(lacking))
            self.tell("partner", where, f"缺少 {names}", f"lacks {names}")

    def visits(self, routes: Mapping[tuple[str, int], Sequence[str]]) -> None:
        """One visit per location and night, and free nights between two of them."""
        nights: dict[str, list[tuple[int, bool]]] = {p.id: [] for p in self.problem.locations}
        for visit in self.problem.done:
            nights[visit.location].append((visit.night, False))
        for (_team, night), stops in routes.items():
            for stop in stops:
                nights[stop].append((night, True))
        for place in self.problem.locations:
            for before, after in pairwise(sorted(nights[place.id])):
                if before[1] or after[1]:
                    self._pair(place, before[0], after[0])

    def _pair(self, place: Location, before: int, after: int) -> None:
        if before == after:
            self.tell(
                "twice", place.id, f"第 {after} 夜去了两次", f"visited twice on night {after}"
            )
        elif after - before < place.min_gap_nights:
            self.tell(
                "gap",
                place.id,
                f"第 {before} 夜与第 {after} 夜间隔不足 {place.min_gap_nights}",
                f"nights {before} and {after} are less than {place.min_gap_nights} apart",
            )

    def hours(self, clocks: Mapping[tuple[str, int], Timed]) -> None:
        for team, hours in hours_by_team(self.problem, clocks).items():
            most = self.problem.team_by_id[team].max_hours
            if most is not None and hours > most + TOLERANCE / 60:
                text = f"{hours:.2f} > {most:g}"
                self.tell(
                    "hours", team, f"超过每周工时：{text}", f"more hours than allowed: {text}"
                )

    def times(self, routes: Sequence[Route], clocks: Mapping[tuple[str, int], Timed]) -> None:
        """Times that a plan states must be those that its order of stops gives."""
        for route in routes:
            clock = clocks.get(route.key)
            if clock is None or len(clock.arrivals) != len(route.stops):
                continue
            stated = (*(route.arrive_min or clock.arrivals), _or(route.end_min, clock.back))
            walked = (*clock.arrivals, clock.back)
            off = max(abs(a - b) for a, b in zip(stated, walked, strict=True))
            if off > ROUNDED:
                self.tell(
                    "time",
                    _place(route.key),
                    f"所写时间与路程差 {off:.1f} 分钟",
                    f"the times written are {off:.1f} minutes off the road",
                )

    def promises(self, unmet: Sequence[Unmet], missing: Mapping[str, tuple[int, int]]) -> None:
        """What is missed is named with its number and a reason, and nothing else is."""
        for _row, key in repeated([(item.location, item.promise) for item in unmet]):
            self.tell("unmet_twice", str(key), "未兑现项重复", "named twice as not kept")
        named = Counter({(item.location, item.promise): item.missing for item in unmet})
        actual = Counter(
            {
                (place, promise): count
                for place, both in missing.items()
                for promise, count in zip(("visits", "night"), both, strict=True)
                if count
            }
        )
        for place, promise in sorted(named.keys() | actual.keys()):
            stated, real = named[place, promise], actual[place, promise]
            if stated != real:
                what = {"visits": "次", "night": "次夜间"}.get(promise, promise)
                self.tell(
                    "unnamed" if real > stated else "overstated",
                    place,
                    f"缺 {real} {what}巡访，方案写明 {stated}",
                    f"{real} missing ({promise}), the plan names {stated}",
                )
        for item in unmet:
            if not item.reason:
                self.tell("no_reason", item.location, "没有写明原因", "no reason is given")

    def sums(self, plan: Plan, objective: Objective) -> None:
        """The figures that a plan states are those of its routes; the bound stands above them."""
        for key, chinese in (("encounters", "预计遇见人数"), ("value", "目标值")):
            stated, real = getattr(plan, key), getattr(objective, key)
            if stated is not None and abs(stated - real) > ROUNDED:
                text = f"{stated:.2f}", f"{real:.2f}"
                self.tell(
                    key,
                    key,
                    f"{chinese}写作 {text[0]}，实为 {text[1]}",
                    f"{key} is written as {text[0]} and is {text[1]}",
                )
        if plan.bound is not None and plan.bound < objective.encounters - ROUNDED:
            self.tell(
                "bound", "bound", "上界低于方案本身", "the bound is below the plan's own encounters"
            )


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def _place(key: tuple[str, int]) -> str:
    return f"{key[0]} / {key[1]}"
