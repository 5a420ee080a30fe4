"""Two registries with their queries, side by side: is what we made like what it should be like?

    python -m bench.identity.compare MADE/registry.parquet MADE/queries.parquet OTHER/registry.parquet OTHER/queries.parquet

Prints one line a measure: shares of the unknown, entropies of names in bits, ages, heights, days until
found, relation of the counties, and by level how names, places and marks suffered.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from pypinyin import lazy_pinyin

Row = dict[str, Any]
Measure = tuple[str, float]
FILES = 4


def main(paths: list[str]) -> None:
    """Print both columns of measures; queries are joined with their true records."""
    if len(paths) != FILES:
        sys.exit(__doc__)
    columns = [dict(measures(Path(paths[at]), Path(paths[at + 1]))) for at in (0, 2)]
    print(f"{'measure':44} {'made':>10} {'other':>10}")
    for name in dict.fromkeys([*columns[0], *columns[1]]):
        cells = [f"{one[name]:10.3f}" if name in one else " " * 10 for one in columns]
        print(f"{name:44} {cells[0]} {cells[1]}")


def measures(registry: Path, queries: Path) -> Iterator[Measure]:
    """All measures of one registry and its queries."""
    rows = pq.read_table(registry).to_pylist()
    asked = [row for row in pq.read_table(queries).to_pylist() if row["truth"] >= 0]
    by_rid = {row["rid"]: row for row in rows}
    yield from _registry(rows)
    for level in sorted({row["level"] for row in asked}):
        pairs = [(row, by_rid[row["truth"]]) for row in asked if row["level"] == level]
        for name, value in _pairs(pairs):
            yield f"{level} {name}", value
    yield from _gaps([(row, by_rid[row["truth"]]) for row in asked])


def _registry(rows: list[Row]) -> Iterator[Measure]:
    for column in rows[0]:
        yield f"unknown {column}", _mean(row[column] in ("", -1) for row in rows)
    yield "men", _mean(row["sex"] == "M" for row in rows)
    for name, words in (
        ("surname", (row["surname"] for row in rows)),
        ("first of given", (row["given"][0] for row in rows)),
        ("last of given", (row["given"][-1] for row in rows)),
        ("surname and given", (row["surname"] + row["given"] for row in rows)),
        ("alias", (row["alias"] for row in rows if row["alias"])),
        ("county of loss", (row["lost_county"] for row in rows)),
        ("county", (row["prov"] + row["city"] + row["county"] for row in rows)),
    ):
        yield f"entropy of {name}", _entropy(words)
    yield "given of one character", _mean(len(row["given"]) == 1 for row in rows)
    yield "marks", _mean(row["marks"].bit_count() for row in rows)
    ages = [1990 + r["lost_day"] / 365.25 - r["birth_year"] for r in rows if r["birth_year"] > 0]
    for share in (5, 25, 50, 75, 95):
        yield f"age at loss, {share} %", float(np.percentile(ages, share))
        yield f"day of loss, {share} %", float(np.percentile([r["lost_day"] for r in rows], share))
    for sex in "MF":
        grown = [
            row["height"]
            for row in rows
            if row["sex"] == sex and row["height"] > 0 and 1800 < row["birth_year"] < 1985
        ]
        yield f"grown height {sex}", float(np.mean(grown))
        yield f"grown height {sex}, deviation", float(np.std(grown))
    yield (
        "height rounded to five",
        _mean(row["height"] % 5 == 0 for row in rows if row["height"] > 0),
    )


def _pairs(pairs: list[tuple[Row, Row]]) -> Iterator[Measure]:
    for mode in range(5):
        yield f"mode {mode}", _mean(query["mode"] == mode for query, _ in pairs)
    for ours, theirs, name in (("h_surname", "surname", "surname"), ("h_given", "given", "given")):
        characters = [
            (heard, said)
            for query, truth in pairs
            if len(query[ours]) == len(truth[theirs])
            for heard, said in zip(query[ours], truth[theirs], strict=True)
        ]
        yield f"{name}: the character", _mean(a == b for a, b in characters)
        yield (
            f"{name}: a homophone",
            _mean(a != b and _sound(a) == _sound(b) for a, b in characters),
        )
        yield f"{name}: another sound", _mean(_sound(a) != _sound(b) for a, b in characters)
    cut = [(q, t) for q, t in pairs if len(t["given"]) > 1 and q["mode"] in (0, 1)]
    yield "given cut", _mean(len(query["h_given"]) == 1 for query, _ in cut)
    nicknames = [(query, truth) for query, truth in pairs if query["h_nick"]]
    yield "nickname as in the report", _mean(q["h_nick"] == t["alias"] for q, t in nicknames)
    errors = [
        query["age"] - (1990 + query["found_day"] / 365.25 - truth["birth_year"])
        for query, truth in pairs
        if truth["birth_year"] > 0
    ]
    yield "age: mean error", float(np.mean(errors))
    yield "age: deviation", float(np.std(errors))
    grown = [
        query["height"] - truth["height"]
        for query, truth in pairs
        if min(query["height"], truth["height"]) > 0 and 0 < truth["birth_year"] < 1960
    ]
    yield "height: deviation", float(np.std(grown))
    yield "height unknown", _mean(query["height"] < 0 for query, _ in pairs)
    yield "accent told", _mean(query["accent"] != "" for query, _ in pairs)
    said = [(q["accent"], t["prov"]) for q, t in pairs if q["accent"]]
    yield "accents of the commonest province", _mean(a == "41" for a, _ in said)
    both = [(query["marks"], truth["marks"]) for query, truth in pairs]
    true = sum(truth.bit_count() for _, truth in both)
    yield "marks seen", sum((q & t).bit_count() for q, t in both) / max(1, true)
    yield "marks invented", _mean((q & ~t).bit_count() for q, t in both)
    yield from _relations(pairs)
    yield from _fragments(pairs)


def _relations(pairs: list[tuple[Row, Row]]) -> Iterator[Measure]:
    known = [(q["found_county"], t["lost_county"]) for q, t in pairs if q["found_county"]]
    for size, name in ((6, "county"), (4, "city"), (2, "province")):
        if known:
            yield f"found in the {name} of the loss", _mean(a[:size] == b[:size] for a, b in known)


def _fragments(pairs: list[tuple[Row, Row]]) -> Iterator[Measure]:
    counts = [len([one for one in query["places"].split("|") if one]) for query, _ in pairs]
    yield "fragments", float(np.mean(counts))
    yield "no fragment", _mean(count == 0 for count in counts)
    exact = Counter[str]()
    for query, truth in pairs:
        for fragment in filter(None, query["places"].split("|")):
            for level in ("prov", "city", "county", "town", "village"):
                name = truth[level]
                if name and name.startswith(fragment):
                    exact[level] += 1
                    break
                if name and _sound(name).startswith(_sound(fragment)):
                    exact[level + " by sound"] += 1
                    break
    for level in ("prov", "city", "county", "town", "village"):
        yield f"fragment begins the {level}", exact[level] / len(pairs)
        yield f"fragment sounds like the {level}", exact[level + " by sound"] / len(pairs)


def _gaps(pairs: list[tuple[Row, Row]]) -> Iterator[Measure]:
    gaps = [query["found_day"] - truth["lost_day"] for query, truth in pairs]
    for share in (5, 25, 50, 75, 95):
        yield f"days until found, {share} %", float(np.percentile(gaps, share))
    last = max(query["found_day"] for query, _ in pairs)
    yield "found on the last day", _mean(query["found_day"] == last for query, _ in pairs)


def _sound(text: str) -> str:
    return " ".join(lazy_pinyin(text))


def _entropy(words: Iterable[str]) -> float:
    counts = np.array(list(Counter(words).values()), float)
    shares = counts / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])
