"""A plan and a search as pictures: SVG text, without a drawing library.

Small maps, one for each night, with a line for each team; and what the search reached over its
budget. Colours are told apart by most eyes (Okabe and Ito 2008) and repeat after eight teams.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Depot, Location, Problem
from nuantu.routing.search.engine import Progress

COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5c00", "#444444",
)  # fmt: skip
SIDE, EDGE, ACROSS = 300, 14, 4  # pixels of a map, its margin, maps in a row
WIDE, HIGH, LEFT, FOOT = 720, 300, 70, 40
TOP = 26

Place = Depot | Location
Spot = Callable[[Place], tuple[float, float]]


def plan_svg(problem: Problem, plan: Plan) -> str:
    """A map of each night: depots are squares, stops dots, a line for each team."""
    teams = sorted({shift.team for shift in problem.shifts})
    colour = {team: COLOURS[row % len(COLOURS)] for row, team in enumerate(teams)}
    rows = -(-problem.nights // ACROSS)
    spot, high = _spot(problem.places)
    width, height = min(ACROSS, problem.nights) * SIDE, rows * (high + TOP)
    parts = []
    for night in range(problem.nights):
        routes = [route for route in plan.routes if route.night == night and route.stops]
        at = (night % ACROSS) * SIDE, (night // ACROSS) * (high + TOP)
        parts.append(f'<g transform="translate({at[0]} {at[1]})">')
        parts += _night(problem, night, routes, colour, spot)
        parts.append("</g>")
    return _svg(width, height, f"{problem.name}", parts)


def _night(
    problem: Problem, night: int, routes: Sequence[Route], colour: dict[str, str], spot: Spot
) -> Iterable[str]:
    stops = sum(len(route.stops) for route in routes)
    yield f'<text x="{EDGE}" y="18">第 {night} 夜 · {len(routes)} 队 {stops} 站 / night {night}</text>'
    yield f'<g transform="translate(0 {TOP})">'
    for place in problem.locations:
        x, y = spot(place)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.5" fill="#bbb"/>'
    home = {depot.id: depot for depot in problem.depots}
    for route in routes:
        shift = problem.shift_by_key[route.key]
        places = [problem.by_id[stop] for stop in route.stops if stop in problem.by_id]
        way = [spot(home[shift.start_depot]), *map(spot, places), spot(home[shift.end_depot])]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in way)
        ink = colour[route.team]
        yield f'<polyline points="{line}" stroke="{ink}"><title>{escape(route.team)}</title></polyline>'
        for (x, y), stop in zip(way[1:-1], places, strict=True):
            dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{ink}">'
            yield f"{dot}<title>{escape(stop.id)}</title></circle>"
    for depot in problem.depots:
        x, y = spot(depot)
        yield f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="#111"/>'
    yield "</g>"


def _spot(places: Sequence[Place]) -> tuple[Spot, int]:
    """Pixels of a place, north above, both ways at one scale; and the height of the map."""
    xs, ys = [p.x for p in places] or [0.0], [p.y for p in places] or [0.0]
    span = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    scale = (SIDE - 2 * EDGE) / span
    west, north = min(xs), max(ys)
    high = round((north - min(ys)) * scale) + 2 * EDGE
    return lambda place: (EDGE + (place.x - west) * scale, EDGE + (north - place.y) * scale), high


def search_svg(told: Sequence[Progress], bound: float | None = None) -> str:
    """The value of the best plan over the budget, and how many promises it missed."""
    base, wide, high = HIGH - FOOT, WIDE - LEFT - EDGE, HIGH - FOOT - TOP
    values = [one.value for one in told] or [0.0]
    low, top = min(values), max([*values, bound or values[-1]])
    most = max([one.missing for one in told] or [0]) or 1
    across = [LEFT + one.share * wide for one in told]
    up = [base - (value - low) / ((top - low) or 1.0) * high for value in values]
    missed = [base - one.missing / most * high for one in told]
    parts = [
        f'<path d="M{LEFT} {TOP}V{base}H{LEFT + wide}" stroke="#666"/>',
        _line(across, missed, "#d55e00"),
        _line(across, up, "#0072b2"),
        f'<text x="4" y="{TOP + 6}">{top:.1f}</text><text x="4" y="{base}">{low:.1f}</text>',
        f'<text x="{LEFT}" y="{HIGH - 10}">预算 0 - 100 % / share of the budget</text>',
        f'<text x="{LEFT + 8}" y="16" fill="#0072b2">目标值 / value</text>',
        f'<text x="{LEFT + 150}" y="16" fill="#d55e00">缺 / missing (0 - {most})</text>',
    ]
    if bound:
        parts.append(
            f'<path d="M{LEFT} {TOP}H{LEFT + wide}" stroke="#009e73" stroke-dasharray="6 4"/>'
        )
        parts.append(
            f'<text x="{LEFT + 340}" y="16" fill="#009e73">上界 / bound {bound:.1f}</text>'
        )
    return _svg(WIDE, HIGH, "search", parts)


def _line(xs: Sequence[float], ys: Sequence[float], ink: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    return f'<polyline points="{points}" stroke="{ink}" stroke-width="2"/>'


def _svg(width: int, height: int, title: str, parts: Iterable[str]) -> str:
    style = "text{font:13px sans-serif}polyline,path{fill:none;stroke-width:1.2}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><title>{escape(title)}</title><style>{style}</style>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>' + "\n".join(parts) + "</svg>\n"
    )
