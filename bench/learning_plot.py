"""The calibration plot as a small SVG: said against held, one line for each world."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from nuantu.routing.learning.gamma import Array

SIDE, EDGE = 360, 48
STYLE = 'font-family="sans-serif" font-size="13" role="img"'
COLOURS = ("#1f6feb", "#c2410c", "#15803d", "#7e22ce", "#0f766e")


def write_plot(target: Path, shares: Sequence[float], curves: Mapping[str, Array]) -> None:
    """Each curve holds the share of true rates inside the intervals of `shares`."""
    whole = SIDE + 2 * EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" {STYLE}>',
        "<title>Calibration: the share of true rates inside intervals, against what they say</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        _line([(0, 0), (1, 1)], "#999", dashed=True),
        _line([(0, 0), (1, 0)], "#333"),
        _line([(0, 0), (0, 1)], "#333"),
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _at(tick, tick)
        lines.append(
            f'<text x="{x:.0f}" y="{SIDE + EDGE + 18}" text-anchor="middle">{tick:.0%}</text>'
        )
        lines.append(f'<text x="{EDGE - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:.0%}</text>')
    for row, (name, held) in enumerate(curves.items()):
        colour = COLOURS[row % len(COLOURS)]
        lines.append(_line(list(zip(shares, held.tolist(), strict=True)), colour))
        y = EDGE + 18 + 18 * row
        lines.append(f'<text x="{EDGE + 12}" y="{y}" fill="{colour}">{name}</text>')
    middle = SIDE / 2 + EDGE
    lines.append(
        f'<text x="{middle:.0f}" y="{SIDE + 2 * EDGE - 8}" text-anchor="middle">interval says</text>'
    )
    lines.append(
        f'<text transform="translate(12 {middle:.0f}) rotate(-90)" text-anchor="middle">'
        "true rates inside</text>"
    )
    target.write_text("\n".join([*lines, "</svg>"]) + "\n", "utf-8")


def _at(x: float, y: float) -> tuple[float, float]:
    return EDGE + SIDE * x, EDGE + SIDE * (1 - y)


def _line(points: Sequence[tuple[float, float]], colour: str, *, dashed: bool = False) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(*point) for point in points))
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
