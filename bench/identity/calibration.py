"""Is what is said of a match true? Many queries with many absent people, misheard in several ways, in one command.

    python -m bench.identity.calibration FOLDER [--records 1000000] [--queries 5000] [--absent 0.25]
        [--noise-tables 0 3 4 7] [--labels 3200] [--labels-absent 0.25] [--seed 711] [--names reports.parquet]
        [-o figures.json]

Makes a registry, labels and a set of queries for each table of noise (`bench.identity.make`, every set of
another query seed), lets our engine learn from the labels, asks everything as one batch and prints, for each
set, for each level and for all: the error of calibration beside what a perfect engine shows by chance, alerts
on people in no report and precision with their 95 % intervals, recall. A folder that holds what the same
arguments make is used again. `--labels 0` measures the parameters as they ship.
"""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench.identity.by_nuantu import Answer, Engine
from bench.identity.make import Asking, make
from bench.identity.measure import figures, reliability

Row = dict[str, Any]
TOP = 50
SECRET = ("truth", "level", "mode")


def main() -> None:
    """Make what is missing, learn, ask, say."""
    asked = _arguments()
    _made(asked)
    labels = _rows(asked.folder / "labels")[: asked.labels]
    load, began = os.getloadavg()[0], time.perf_counter()
    registry = str(asked.folder / "labels" / "registry.parquet")
    engine = Engine(registry, [(row, row["truth"]) for row in labels])
    learnt = time.perf_counter() - began
    asking = time.perf_counter()
    queries = {table: _rows(_folder(asked, table)) for table in asked.noise_tables}
    answers = {
        table: engine.batch(
            [{key: row[key] for key in row if key not in SECRET} for row in rows], TOP
        )
        for table, rows in queries.items()
    }
    answered = time.perf_counter() - asking
    told, bins = _told(queries, answers, engine.alert)
    for name, one in told.items():
        print(f"{name:14} {_line(one)}")
    for one in bins:
        print("  said {said:.3f} right {right:.3f} of {queries}".format(**one))
    print(
        f"{learnt:.0f} s until learnt, {answered:.0f} s to answer, load {load:.1f} to {os.getloadavg()[0]:.1f}"
    )
    if asked.output:
        text = json.dumps({"told": told, "reliability": bins}, indent=1)
        asked.output.write_text(text + "\n", encoding="utf-8")


def _told(
    queries: dict[int, list[Row]], answers: dict[int, list[Answer]], alert: float
) -> tuple[dict[str, Row], list[Row]]:
    """Figures of each set, of each level and of all; and how reliable each tenth is."""
    pairs = [pair for table in queries for pair in zip(queries[table], answers[table], strict=True)]
    groups = {
        f"noise table {table}": list(zip(rows, answers[table], strict=True))
        for table, rows in queries.items()
    }
    for level in sorted({row["level"] for row, _ in pairs}):
        groups[level] = [pair for pair in pairs if pair[0]["level"] == level]
    groups["all"] = pairs
    told = {
        name: figures([row for row, _ in of], [answer for _, answer in of], alert)
        for name, of in groups.items()
    }
    return told, reliability([row for row, _ in pairs], [answer for _, answer in pairs])


def _line(told: Row) -> str:
    of, recall = told["calibration"], told["L1-L3"] if told["L1-L3"]["queries"] else told["all"]
    cells = "/".join(f"{recall[name][0]:.4f}" for name in ("@1", "@10", "@50"))
    return (
        f"error {of['expected error']:.4f} (perfect {of['perfect engine'][0]:.4f}, {of['perfect engine'][1]:.4f} at most) "
        f"said, right {of['said, right']} sure {of['sure of those present']:.3f} precision {of['precision when sure']} "
        f"said of the absent {of['0.9 said of the absent']} alerts {of['alerts on the absent']} found {cells}"
    )


def _folder(asked: argparse.Namespace, table: int) -> Path:
    return Path(asked.folder / f"noise-{table}")


def _made(asked: argparse.Namespace) -> None:
    """Makes the files unless the same arguments made them before."""
    share = asked.absent if asked.labels_absent is None else asked.labels_absent
    first = Asking(max(asked.labels, 1), asked.seed + 1, 0, share)
    askings = {asked.folder / "labels": first} | {
        _folder(asked, table): Asking(asked.queries, asked.seed + 2 + place, table, asked.absent)
        for place, table in enumerate(asked.noise_tables)
    }
    names = str(asked.names or "")
    wanted = repr((sorted(askings.items()), asked.records, asked.seed, names))
    note = asked.folder / "arguments.txt"
    if not note.exists() or note.read_text(encoding="utf-8") != wanted:
        make(askings, asked.records, asked.seed, asked.names)
        note.write_text(wanted, encoding="utf-8")


def _rows(folder: Path) -> list[Row]:
    rows: list[Row] = pq.read_table(folder / "queries.parquet").to_pylist()
    return rows


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=5000, help="of each table of noise")
    parser.add_argument("--absent", type=float, default=0.25)
    parser.add_argument("--noise-tables", type=int, nargs="+", default=[0, 3, 4, 7])
    parser.add_argument("--labels", type=int, default=3200)
    parser.add_argument("--labels-absent", type=float, help="the same share if not told")
    parser.add_argument("--seed", type=int, default=711)
    parser.add_argument("-o", "--output", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
