"""A problem as JSON: read with every mistake named, written so that it reads back equal."""

import math
from collections.abc import Collection
from typing import Any

from nuantu.routing.json_fields import Fields, Mistakes, is_number, repeated
from nuantu.routing.problem import (
    FOREVER,
    NIGHT_HOURS,
    Closure,
    Depot,
    Done,
    Location,
    Matrix,
    Problem,
    Shift,
    Team,
    Travel,
    Weights,
    Window,
)

MOST_NIGHTS = 31
LONGEST = 60.0 * 24 * 7
FASTEST, SLOWEST = 0.01, 1000.0  # travel factors


def problem_from(data: object, matrix: Matrix | None = None) -> Problem:
    """The problem in parsed JSON. `matrix`: what its `travel.matrix_file` holds.

    Errors: FileRefused with every mistake.
    """
    return read_problem(data, matrix)[0]


def read_problem(data: object, matrix: Matrix | None = None) -> tuple[Problem, tuple[str, ...]]:
    """The problem and the keys that nothing reads. Errors: FileRefused."""
    mistakes = Mistakes()
    top = Fields(data, "", mistakes)
    nights = top.whole("nights", 7, low=1, high=MOST_NIGHTS)
    rows = {
        key: top.objects(key, optional=optional)
        for key, optional in (
            ("depots", False),
            ("locations", False),
            ("shifts", False),
            ("teams", True),
            ("done", True),
            ("closures", True),
        )
    }
    roads = Fields(top.data.get("travel") if top.has("travel") else None, "travel", mistakes)
    problem = Problem(
        name=top.text("name", ""),
        nights=nights,
        depots=tuple(map(_depot, rows["depots"])),
        locations=tuple(_location(row, nights) for row in rows["locations"]),
        shifts=tuple(_shift(row, nights) for row in rows["shifts"]),
        travel=_travel(roads, matrix),
        teams=tuple(map(_team, rows["teams"])),
        done=tuple(_done(row, nights) for row in rows["done"]),
        weights=Weights(
            top.number("travel_weight_per_min", 0.002, low=0),
            top.number("overtime_weight_per_min", 0.0, low=0),
            top.number("fairness_weight", 0.0, low=0),
        ),
        night_hours=_window(top, "night_hours") if top.has("night_hours") else NIGHT_HOURS,
        closures=tuple(_closure(row, nights) for row in rows["closures"]),
    )
    _check_names(problem, mistakes)
    _check_references(problem, mistakes)
    _check_matrix(problem, mistakes)
    mistakes.refuse_if_any()
    every = [top, roads, *(row for group in rows.values() for row in group)]
    return problem, tuple(key for fields in every for key in fields.unread())


def _point(row: Fields) -> tuple[float, float, bool]:
    on_globe = row.has("lat") or row.has("lon")
    if on_globe:
        return row.number("lon", low=-180, high=180), row.number("lat", low=-90, high=90), True
    return row.number("x_km"), row.number("y_km"), False


def _depot(row: Fields) -> Depot:
    return Depot(row.text("id"), *_point(row))


def _location(row: Fields, nights: int) -> Location:
    x, y, on_globe = _point(row)
    rates = row.numbers("rates", low=0)
    if not rates:
        row.wrong("rates", "应有每小时的预计遇见人数", "must give expected encounters by the hour")
    return Location(
        id=row.text("id"),
        x=x,
        y=y,
        on_globe=on_globe,
        service_min=row.number("service_min", low=0, high=LONGEST),
        visits_per_week=row.whole("visits_per_week", low=0, high=nights),
        min_gap_nights=row.whole("min_gap_nights", 1, low=1, high=MOST_NIGHTS),
        rates=rates,
        kind=row.text("kind", ""),
        windows=_windows(row),
        closed_nights=_nights(row, nights),
        needs=row.texts("needs"),
        night_share=row.number("night_share", 0.0, low=0, high=1),
        load=row.number("load", 0.0, low=0),
    )


def _windows(row: Fields) -> tuple[Window, ...]:
    found = []
    for item, path in row.each("windows", optional=True):
        inner = Fields({"window": item}, path, row.mistakes)
        found.append(_window(inner, "window", path))
    return tuple(found)


def _window(row: Fields, key: str, path: str = "") -> Window:
    value = row.data.get(key)
    if isinstance(value, list) and len(value) == 2 and all(map(is_number, value)):
        begin, end = float(value[0]), float(value[1])
        if begin < end:
            return begin, end
    row.mistakes.add(
        path or row.at(key),
        "应为 [开始, 结束] 两个分钟数，开始在前",
        "must be [from, to] in minutes, from before to",
    )
    return 0.0, LONGEST


def _nights(row: Fields, nights: int) -> tuple[int, ...]:
    """The nights without a visit: every one where a list of windows stands and none is in it."""
    if row.data.get("windows") == []:
        return tuple(range(nights))
    found = []
    for item, path in row.each("closed_nights", optional=True):
        if isinstance(item, int) and not isinstance(item, bool) and 0 <= item < nights:
            found.append(item)
        else:
            text = f"0 到 {nights - 1}", f"0 to {nights - 1}"
            row.mistakes.add(path, f"应为第几夜（{text[0]}）", f"must be a night from {text[1]}")
    return tuple(found)


def _team(row: Fields) -> Team:
    return Team(
        row.text("id"),
        row.texts("skills"),
        row.number("seats", low=0) if row.has("seats") else None,
        row.number("max_hours", low=0) if row.has("max_hours") else None,
        row.number("travel_factor", 1.0, low=FASTEST, high=SLOWEST),
    )


def _shift(row: Fields, nights: int) -> Shift:
    start = row.number("start_min", low=-LONGEST, high=LONGEST)
    end = row.number("end_min", low=-LONGEST, high=LONGEST)
    if end < start:
        row.wrong("end_min", "应不早于 start_min", "must not be before start_min")
    depot = row.text("start_depot")
    return Shift(
        row.text("team"),
        row.whole("night", low=0, high=nights - 1),
        depot,
        row.text("end_depot", depot),
        start,
        end,
        row.number("overtime_min", 0.0, low=0, high=LONGEST),
        _held(row) if row.has("held") else None,
    )


def _held(row: Fields) -> tuple[int, float] | None:
    """[stops, minute] of a team that waited."""
    pair = row.data.get("held")
    if not isinstance(pair, list) or len(pair) != 2 or not all(map(is_number, pair)):
        row.wrong("held", "应为 [站数, 分钟]", "must be [stops, minute]")
        return None
    return int(pair[0]), float(pair[1])


def _done(row: Fields, nights: int) -> Done:
    return Done(row.text("location"), row.whole("night", low=-MOST_NIGHTS, high=nights - 1))


def _closure(row: Fields, nights: int) -> Closure:
    return Closure(
        row.text("one"),
        row.text("other"),
        row.number("minutes", low=0),
        row.whole("night", 0, low=0, high=nights - 1),
        row.number("minute", FOREVER, low=FOREVER),
    )


def _travel(row: Fields, matrix: Matrix | None) -> Travel:
    kind = row.text("kind", "detour")
    factor = row.number("factor", 1.0, low=0)
    if kind == "matrix":
        minutes = () if matrix is None else matrix
        return Travel(matrix=minutes, matrix_file=row.text("matrix_file"), factor=factor)
    if kind != "detour":
        row.wrong("kind", "应为 detour 或 matrix", "must be detour or matrix")
    detour = row.number("detour", low=0)
    return Travel(detour, _speeds(row), row.number("fixed_min", 0.0, low=0), factor=factor)


def _speeds(row: Fields) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for item, path in row.each("speeds_kmh"):
        pair = item if isinstance(item, list) and len(item) == 2 else [0, 0]
        limit = math.inf if pair[0] is None else pair[0]
        if (limit != math.inf and not is_number(limit)) or not is_number(pair[1]) or pair[1] <= 0:
            row.mistakes.add(
                path,
                "应为 [公里上限或 null, 大于 0 的时速]",
                "must be [limit in km or null, a speed above 0]",
            )
        else:
            found.append((float(limit), float(pair[1])))
    if not found or [pair[0] for pair in found] != sorted({pair[0] for pair in found}):
        row.wrong("speeds_kmh", "公里上限应逐条增大", "the limits in km must rise")
    return tuple(found) or ((math.inf, 1.0),)


def _check_names(problem: Problem, mistakes: Mistakes) -> None:
    for key, names in (
        ("depots", [depot.id for depot in problem.depots]),
        ("locations", [place.id for place in problem.locations]),
        ("teams", [team.id for team in problem.teams]),
        ("shifts", [shift.key for shift in problem.shifts]),
        ("done", [(visit.location, visit.night) for visit in problem.done]),
    ):
        for row, name in repeated(names):
            mistakes.add(f"{key}[{row}]", f"重复：{name}", f"stands twice: {name}")
    if len({place.on_globe for place in problem.places}) > 1:
        mistakes.add(
            "locations", "坐标不能混用 x_km 与 lat", "use x_km or lat for all places, not both"
        )


def _check_references(problem: Problem, mistakes: Mistakes) -> None:
    depots = {depot.id for depot in problem.depots}
    places = {place.id for place in problem.locations}
    for row, shift in enumerate(problem.shifts):
        for key, name in (("start_depot", shift.start_depot), ("end_depot", shift.end_depot)):
            if name and name not in depots:
                mistakes.add(f"shifts[{row}].{key}", f"没有驻点 {name}", f"no depot {name}")
    for row, visit in enumerate(problem.done):
        if visit.location not in places:
            text = f"没有点位 {visit.location}", f"no location {visit.location}"
            mistakes.add(f"done[{row}].location", *text)
    _check_closures(problem, places | depots, mistakes)


def _check_closures(problem: Problem, known: Collection[str], mistakes: Mistakes) -> None:
    for row, closure in enumerate(problem.closures):
        for key, name in (("one", closure.one), ("other", closure.other)):
            if name not in known:
                text = f"没有点位或驻点 {name}", f"no location or depot {name}"
                mistakes.add(f"closures[{row}].{key}", *text)


def _check_matrix(problem: Problem, mistakes: Mistakes) -> None:
    matrix = problem.travel.matrix
    if matrix is None:
        return
    size = len(problem.places)
    if len(matrix) != size or any(len(row) != size for row in matrix):
        mistakes.add(
            "travel.matrix_file",
            f"应为 {size} 行 {size} 列的分钟数（先驻点后点位）",
            f"must hold {size} rows of {size} minutes (depots first, then locations)",
        )
    elif not all(min(row) >= 0 and sum(row) < math.inf for row in matrix):
        mistakes.add("travel.matrix_file", "分钟数不能为负或空", "minutes must be 0 or more")


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """The same problem as plain JSON; `problem_from` reads it back equal.

    A matrix stays in its file: give it to `problem_from` again.
    """
    found: dict[str, Any] = {
        "name": problem.name,
        "nights": problem.nights,
        "depots": [{"id": depot.id, **_place(depot)} for depot in problem.depots],
        "locations": [_location_json(place) for place in problem.locations],
        "shifts": [_shift_json(shift) for shift in problem.shifts],
        "travel": _travel_json(problem.travel),
        "travel_weight_per_min": problem.weights.travel_per_min,
        "overtime_weight_per_min": problem.weights.overtime_per_min,
        "fairness_weight": problem.weights.fairness,
        "night_hours": list(problem.night_hours),
    }
    found["teams"] = [_team_json(team) for team in problem.teams]
    found["done"] = [_fields(visit) for visit in problem.done]
    if problem.closures:
        found["closures"] = [_fields(closure) for closure in problem.closures]
    return found


def _team_json(team: Team) -> dict[str, Any]:
    """A factor of 1 is left out, so that files of before stay as they are."""
    unsaid = {"travel_factor"} if team.travel_factor == 1 else set()
    return {k: v for k, v in _fields(team).items() if v is not None and k not in unsaid}


def _shift_json(shift: Shift) -> dict[str, Any]:
    return {key: value for key, value in _fields(shift).items() if value is not None}


def _fields(row: Shift | Team | Done | Closure) -> dict[str, Any]:
    values = {key: getattr(row, key) for key in row.__slots__}
    return {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}


def _place(place: Depot | Location) -> dict[str, float]:
    names = ("lon", "lat") if place.on_globe else ("x_km", "y_km")
    return dict(zip(names, (place.x, place.y), strict=True))


def _location_json(place: Location) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": place.id,
        **_place(place),
        "kind": place.kind,
        "service_min": place.service_min,
        "visits_per_week": place.visits_per_week,
        "min_gap_nights": place.min_gap_nights,
        "rates": list(place.rates),
    }
    extra = {
        "windows": [list(window) for window in place.windows],
        "closed_nights": list(place.closed_nights),
        "needs": list(place.needs),
        "night_share": place.night_share,
        "load": place.load,
    }
    return found | {key: value for key, value in extra.items() if value}


def _travel_json(travel: Travel) -> dict[str, Any]:
    if travel.matrix is not None:
        return {"kind": "matrix", "matrix_file": travel.matrix_file, "factor": travel.factor}
    return {
        "kind": "detour",
        "detour": travel.detour,
        "speeds_kmh": [[None if math.isinf(a) else a, b] for a, b in travel.speeds],
        "fixed_min": travel.fixed_min,
        "factor": travel.factor,
    }
