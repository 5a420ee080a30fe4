"""Invented towns as OpenStreetMap files: streets in a grid, and what the test adds."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

STEP = 0.002
SOUTH, WEST = 26.5, 107.9

Way = tuple[int, Mapping[str, str], Sequence[int]]


def corner(row: int, column: int) -> int:
    """Node id of a crossing."""
    return 1000 * (row + 1) + column + 1


def spot(row: float, column: float) -> tuple[float, float]:
    """(lat, lon) of a crossing, or between two."""
    return SOUTH + row * STEP, WEST + column * STEP


def streets(size: int) -> list[Way]:
    """Streets of a grid; every third is a main road."""
    found: list[Way] = []
    for line in range(size):
        tags = {"highway": "primary" if line % 3 == 0 else "residential"}
        found.append((100 + line, tags, [corner(line, other) for other in range(size)]))
        found.append((200 + line, tags, [corner(other, line) for other in range(size)]))
    return found


def town(
    target: Path,
    size: int = 5,
    more: Iterable[Way] = (),
    nodes: Mapping[int, tuple[float, float]] | None = None,
) -> Path:
    """Writes the map and returns its path. `nodes`: further nodes by id."""
    places = {
        corner(row, column): spot(row, column) for row in range(size) for column in range(size)
    }
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for node, (lat, lon) in (places | dict(nodes or {})).items():
        lines.append(f'<node id="{node}" lat="{lat:.7f}" lon="{lon:.7f}"/>')
    for way, tags, refs in [*streets(size), *more]:
        inner = [f'<nd ref="{ref}"/>' for ref in refs]
        inner += [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
        lines.append(f'<way id="{way}">{"".join(inner)}</way>')
    target.write_text("\n".join([*lines, "</osm>"]), "utf-8")
    return target
