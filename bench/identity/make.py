"""Make a registry of missing-person reports and queries about found persons, all invented.

    python -m bench.identity.make FOLDER --records 1000000 --queries 2000 [--seed 101] [--query-seed 102]
        [--names reports.parquet] [--noise-table 0] [--levels L1 L2 L3 L4] [--absent 0.0625]
        [--no-loss-county]

`--names`: name frequencies of a parquet file of reports instead of our own small table, read for this
run and kept nowhere. FOLDER gets registry.parquet, queries.parquet (formats of `nuantu match`, with
truth) and made.json. The same arguments make the same files. pyarrow is in requirements-peers.lock.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.identity.country import Country, read_country
from bench.identity.hearing import Hearing, Writing
from bench.identity.names import NameTable, names_like, own_names
from bench.identity.people import People, people, reports
from bench.identity.queries import LEVELS, Station

CHUNK = 250_000
ABSENT = 1_000_000  # numbers of chunks of people who are in no registry
QUERY_COLUMNS = (
    "qid", "level", "truth", "h_surname", "h_given", "h_nick", "sex", "age", "height", "places", "accent",
    "found_day", "found_county", "marks", "mode",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """Queries to be made: how many, how they are misheard, and the share about people who are in no report."""

    queries: int
    seed: int
    noise_table: int = 0
    absent: float = 0.0625
    levels: Sequence[str] = LEVELS


def main() -> None:
    """Make the files and say how long it took."""
    asked = _arguments()
    began = time.perf_counter()
    asking = Asking(asked.queries, asked.query_seed, asked.noise_table, asked.absent, asked.levels)
    made = make(
        {asked.folder: asking}, asked.records, asked.seed, asked.names, not asked.no_loss_county
    )
    print(f"{asked.folder}: {made[asked.folder]}, {time.perf_counter() - began:.0f} s")


def make(
    askings: dict[Path, Asking],
    records: int,
    seed: int,
    names_of: Path | None = None,
    loss_county: bool = True,
) -> dict[Path, dict[str, Any]]:
    """Writes queries about one registry into each folder, and the registry into the first; returns what each
    made.json says."""
    country, names = read_country(), _names(names_of)
    writings = _writings(names, country)
    stations = [
        Station(country, Hearing(writings, asking.noise_table)) for asking in askings.values()
    ]
    drawn = [_Drawn(asking, records) for asking in askings.values()]
    for folder in askings:
        folder.mkdir(parents=True, exist_ok=True)
    writer: pq.ParquetWriter | None = None
    for first, who in _chunks(seed, records, country, names):
        table = reports(np.random.default_rng([seed, first, 2]), who, country, first)
        if not loss_county:
            table["lost_county"] = np.full(len(who), "", object)
        arrow = pa.table(table)
        writer = writer or pq.ParquetWriter(next(iter(askings)) / "registry.parquet", arrow.schema)
        writer.write_table(arrow)
        for one, station in zip(drawn, stations, strict=True):
            one.ask(station, who, first)
    if writer:
        writer.close()
    about = {"records": records, "seed": seed, "names": "file" if names_of else "own"}
    return {
        folder: _written(folder, one, station, names, about | {"loss_county": loss_county})
        for folder, one, station in zip(askings, drawn, stations, strict=True)
    }


class _Drawn:
    """Whom a set of queries is about, and the queries made so far."""

    def __init__(self, asking: Asking, records: int) -> None:
        self.asking = asking
        dice = np.random.default_rng([asking.seed, 1])
        self.truths = dice.integers(0, records, asking.queries)
        self.truths[dice.permutation(asking.queries)[: self.absent]] = -1
        self.rows: dict[int, dict[str, Any]] = {}

    @property
    def absent(self) -> int:
        """How many are about people who are in no report."""
        return round(self.asking.queries * self.asking.absent)

    def ask(self, station: Station, who: People, first: int) -> None:
        """Queries about those of these people who were drawn; `first`: the number of the first of them."""
        for qid in np.flatnonzero((self.truths >= first) & (self.truths < first + len(who))):
            self._add(station, who, int(qid), int(self.truths[qid]) - first)

    def ask_strangers(self, station: Station, names: NameTable) -> None:
        """Queries about people who are in no report."""
        dice = np.random.default_rng([self.asking.seed, ABSENT])
        strangers = people(dice, max(1, self.absent), station.country, names)
        for one, qid in enumerate(np.flatnonzero(self.truths < 0)):
            self._add(station, strangers, int(qid), one)

    def _add(self, station: Station, who: People, qid: int, one: int) -> None:
        asking = self.asking
        level = asking.levels[qid % len(asking.levels)]
        dice = np.random.default_rng([asking.seed, asking.noise_table, qid, 3])
        query = {"qid": qid, "level": level, "truth": int(self.truths[qid])}
        self.rows[qid] = query | station.row(dice, who, one, level)


def _written(
    folder: Path, drawn: _Drawn, station: Station, names: NameTable, about: dict[str, Any]
) -> dict[str, Any]:
    """Writes queries.parquet, in the order of their numbers, and made.json."""
    drawn.ask_strangers(station, names)
    rows = [drawn.rows[qid] for qid in range(drawn.asking.queries)]
    pq.write_table(
        pa.table({name: [row[name] for row in rows] for name in QUERY_COLUMNS}),
        folder / "queries.parquet",
    )
    made = about | {
        "queries": len(rows),
        "absent": drawn.absent,
        "query_seed": drawn.asking.seed,
        "noise_table": drawn.asking.noise_table,
    }
    (folder / "made.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return made


def _chunks(
    seed: int, records: int, country: Country, names: NameTable
) -> Iterator[tuple[int, People]]:
    for first in range(0, records, CHUNK):
        dice = np.random.default_rng([seed, first, 1])
        yield first, people(dice, min(CHUNK, records - first), country, names)


def _names(path: Path | None) -> NameTable:
    if path is None:
        return own_names()
    table = pq.read_table(path, columns=["surname", "given", "sex", "birth_year"])
    return names_like(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _writings(names: NameTable, country: Country) -> dict[str, Writing]:
    given: Counter[str] = Counter()
    for table in names.given.values():
        for words in (table.first, table.second, table.alone):
            for word, share in zip(words.values, words.shares, strict=True):
                given[word] += share
    surnames: Counter[str] = Counter()
    for word, share in zip(names.surnames.values, names.surnames.shares, strict=True):
        if len(word) == 1:
            surnames[word] += share
    places = Counter("".join(country.home[4]) + "".join(set(country.home[3])))
    total = sum(places.values())
    for character, share in given.items():
        places[character] += round(total * share / sum(given.values()) / 2)
    return {"given": Writing(given), "surname": Writing(surnames), "place": Writing(places)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--query-seed", type=int, default=102)
    parser.add_argument("--noise-table", type=int, default=0)
    parser.add_argument("--levels", nargs="+", choices=LEVELS, default=list(LEVELS))
    parser.add_argument("--absent", type=float, default=0.0625)
    parser.add_argument("--no-loss-county", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
