"""A week of patrols as an answer: routes, what is not kept and why, and how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nuantu.routing.json_fields import Fields, Mistakes

# Why a promise is not kept: code, Chinese, English.
REASONS: Mapping[str, tuple[str, str]] = {
    "shut": ("要巡查的时段都不开放", "it is closed at all hours that are asked for"),
    "no_shift": ("一个班次也没有，需安排班次", "there is no shift at all; add one"),
    "no_team": ("没有班次能走到并按时返回", "no shift can reach it and be back in time"),
    "no_partner": ("没有带齐所需人员的班次", "no shift brings the partners it needs"),
    "no_window": ("开放时间内没有班次能到", "no shift arrives while it is open"),
    "too_few_nights": (
        "可用的夜数与间隔放不下承诺的次数",
        "nights and gaps leave no room for the promised visits",
    ),
    "no_seats": ("没有座位足够的班次", "no shift has the seats"),
    "opens_late": (
        "队伍到得早，还没开放，途中不等候；让一个班次晚些出发",
        "teams pass before it opens and do not wait; let a shift start later",
    ),
    "full": ("能去的班次都排满了，需增加班次", "every shift that could go is full; add a shift"),
    "night_full": (
        "夜间时段的班次都排满了，需增加夜间班次",
        "shifts in the night hours are full; add one",
    ),
}


@dataclass(frozen=True, slots=True)
class Route:
    """One team on one night, in the order of the stops.

    `arrive_min` holds a time per stop and `end_min` the return; both may be missing in plans from
    elsewhere.
    """

    team: str
    night: int
    stops: tuple[str, ...]
    arrive_min: tuple[float, ...] | None = None
    end_min: float | None = None

    @property
    def key(self) -> tuple[str, int]:
        return (self.team, self.night)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A promise that is not kept. `promise`: "visits", or "night" for the night share."""

    location: str
    missing: int
    reason: str
    promise: str = "visits"


@dataclass(frozen=True, slots=True)
class Plan:
    """Routes with their sums. `bound`: no plan of this problem meets more people."""

    routes: tuple[Route, ...]
    unmet: tuple[Unmet, ...] = ()
    encounters: float | None = None
    value: float | None = None
    bound: float | None = None
    cpu_seconds: float | None = None
    seed: int | None = None


def reason_text(reason: str, language: str = "zh") -> str:
    """A reason in words; one that is not in the table is its own text."""
    return REASONS.get(reason, (reason, reason))[language == "en"]


def plan_from(data: object) -> Plan:
    """The plan in parsed JSON. Errors: FileRefused with every mistake."""
    mistakes = Mistakes()
    top = Fields(data, "", mistakes)
    plan = Plan(
        routes=tuple(map(_route, top.objects("routes"))),
        unmet=tuple(map(_unmet, top.objects("unmet", optional=True))),
        encounters=_number(top, "encounters"),
        value=_number(top, "value"),
        bound=_number(top, "bound"),
        cpu_seconds=_number(top, "cpu_seconds"),
        seed=int(top.number("seed")) if top.has("seed") else None,
    )
    mistakes.refuse_if_any()
    return plan


def _number(row: Fields, key: str) -> float | None:
    return row.number(key) if row.has(key) else None


def _route(row: Fields) -> Route:
    row.each("stops")
    stops = row.texts("stops")
    times = row.numbers("arrive_min") if row.has("arrive_min") else None
    if times is not None and len(times) != len(stops):
        row.wrong("arrive_min", "应与 stops 一样多", "must have one time for each stop")
    night = row.whole("night", low=0, high=366)
    return Route(row.text("team"), night, stops, times, _number(row, "end_min"))


def _unmet(row: Fields) -> Unmet:
    known = row.text("code", "")
    return Unmet(
        row.text("location"),
        row.whole("missing", low=0, high=366),
        known or row.text("reason", ""),
        row.text("promise", "visits"),
    )


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON; `plan_from` reads it back equal."""
    sums = {
        key: getattr(plan, key) for key in ("encounters", "value", "bound", "cpu_seconds", "seed")
    }
    found: dict[str, Any] = {
        "routes": [_route_json(route) for route in plan.routes],
        "unmet": [_unmet_json(item) for item in plan.unmet],
    }
    return found | {key: value for key, value in sums.items() if value is not None}


def _route_json(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = {
        "team": route.team,
        "night": route.night,
        "stops": list(route.stops),
    }
    if route.arrive_min is not None:
        found["arrive_min"] = list(route.arrive_min)
    if route.end_min is not None:
        found["end_min"] = route.end_min
    return found


def _unmet_json(item: Unmet) -> dict[str, Any]:
    found: dict[str, Any] = {"location": item.location, "missing": item.missing}
    if item.reason in REASONS:
        found["code"] = item.reason
        found["reason"] = " / ".join(REASONS[item.reason])
    else:
        found["reason"] = item.reason
    return found | ({"promise": item.promise} if item.promise != "visits" else {})
