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
from collections.abc import Iterator
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


def main() -> None:
    """Make the files and say how long it took."""
    asked = _arguments()
    began = time.perf_counter()
    country = read_country()
    names = _names(asked.names)
    hearing = Hearing(_writings(names, country), asked.noise_table)
    asked.folder.mkdir(parents=True, exist_ok=True)
    queries = _write(asked, country, names, Station(country, hearing))
    pq.write_table(
        pa.table({name: [row[name] for row in queries] for name in QUERY_COLUMNS}),
        asked.folder / "queries.parquet",
    )
    made = {
        "records": asked.records,
        "queries": len(queries),
        "absent": sum(row["truth"] < 0 for row in queries),
        "seed": asked.seed,
        "query_seed": asked.query_seed,
        "noise_table": asked.noise_table,
        "names": "file" if asked.names else "own",
        "loss_county": not asked.no_loss_county,
    }
    (asked.folder / "made.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{asked.folder}: {made}, {time.perf_counter() - began:.0f} s")


def _write(
    asked: argparse.Namespace, country: Country, names: NameTable, station: Station
) -> list[dict[str, Any]]:
    """Writes the registry in pieces; returns the queries, in the order of their numbers."""
    dice = np.random.default_rng([asked.query_seed, 1])
    absent = round(asked.queries * asked.absent)
    truths = dice.integers(0, asked.records, asked.queries)
    truths[dice.permutation(asked.queries)[:absent]] = -1
    rows: dict[int, dict[str, Any]] = {}
    writer: pq.ParquetWriter | None = None
    for first, who in _chunks(asked.seed, asked.records, country, names):
        table = reports(np.random.default_rng([asked.seed, first, 2]), who, country, first)
        if asked.no_loss_county:
            table["lost_county"] = np.full(len(who), "", object)
        arrow = pa.table(table)
        writer = writer or pq.ParquetWriter(asked.folder / "registry.parquet", arrow.schema)
        writer.write_table(arrow)
        for qid in np.flatnonzero((truths >= first) & (truths < first + len(who))):
            rows[int(qid)] = _query(asked, station, who, int(qid), int(truths[qid]) - first)
            rows[int(qid)]["truth"] = int(truths[qid])
    if writer:
        writer.close()
    strangers = people(
        np.random.default_rng([asked.query_seed, ABSENT]), max(1, absent), country, names
    )
    for one, qid in enumerate(np.flatnonzero(truths < 0)):
        rows[int(qid)] = _query(asked, station, strangers, int(qid), one)
        rows[int(qid)]["truth"] = -1
    return [rows[qid] for qid in range(asked.queries)]


def _query(
    asked: argparse.Namespace, station: Station, who: People, qid: int, one: int
) -> dict[str, Any]:
    level = asked.levels[qid % len(asked.levels)]
    dice = np.random.default_rng([asked.query_seed, asked.noise_table, qid, 3])
    return {"qid": qid, "level": level} | station.row(dice, who, one, level)


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
