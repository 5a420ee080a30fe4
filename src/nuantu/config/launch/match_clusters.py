"""`./nuantu match clusters`: which rows of any table in Latin script are of one person or thing."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final, get_args

from nuantu.config.launch.match_files import read_text, write_table
from nuantu.config.launch.trouble import Trouble
from nuantu.linkage.generic.clusters import SURE, clusters_of
from nuantu.linkage.generic.kinds import Kind
from nuantu.linkage.generic.table import Column, Table

NAMES: Final = (
    "cluster",
    "cluster_found",
)  # of the new column; the second where the table has the first
KIND_OF: Final[dict[str, Kind]] = {one: one for one in get_args(Kind)}
KINDS: Final = ", ".join(KIND_OF)


def add_to(actions: Any) -> None:
    """The command among the others."""
    action: argparse.ArgumentParser = actions.add_parser(
        "clusters",
        help="拉丁字母的任意表格中哪些行是同一人 / which rows of any table in Latin script are of one person",
    )
    action.set_defaults(run=_clusters)
    action.add_argument("file", metavar="FILE", help="表格 / a table (.parquet, .csv)")
    action.add_argument(
        "--columns",
        required=True,
        metavar="SPEC",
        help=f"列名:种类[:易混列]，以逗号分开 / column:kind[:taken for], with commas between; {KINDS}",
    )
    action.add_argument(
        "--least",
        type=float,
        default=SURE,
        help="合并所需的平均对数几率 / mean log odds between two groups that join",
    )
    action.add_argument(
        "-o",
        "--out",
        metavar="OUT.parquet",
        help="所有列加 cluster 列，写入 .parquet 或 .csv / all columns and one more, cluster, as .parquet or .csv",
    )


def columns_of(spec: str) -> tuple[Column, ...]:
    """`given:name:surname,surname:name:given,born:date` as columns. Raises Trouble for what it cannot be."""
    columns = []
    for one in spec.split(","):
        name, _, rest = one.strip().partition(":")
        told, _, swaps_with = rest.partition(":")
        kind = KIND_OF.get(told)
        if not name or kind is None:
            raise Trouble(
                f"--columns：“{one.strip()}”应为 列名:种类，种类是 {KINDS} 之一",
                f"--columns: “{one.strip()}” should be column:kind, with a kind of {KINDS}",
            )
        columns.append(Column(name, kind, swaps_with))
    names = [one.name for one in columns]
    for name in sorted({one for one in names if names.count(one) > 1}):
        raise Trouble(f"--columns：{name} 写了两次", f"--columns: {name} stands twice")
    for column in columns:
        if column.swaps_with and column.swaps_with not in names:
            raise Trouble(
                f"--columns：{column.name} 易混的列 {column.swaps_with} 不在其中",
                f"--columns: {column.swaps_with}, which {column.name} is taken for, is not among them",
            )
    return tuple(columns)


def _clusters(options: argparse.Namespace) -> int:
    columns = columns_of(options.columns)
    values = read_text(options.file, [one.name for one in columns])
    rows = len(values[columns[0].name])
    if not rows:
        raise Trouble(f"{options.file} 里没有一行", f"{options.file} holds no row")
    found = clusters_of(Table.of(values, columns), options.least).tolist()
    if options.out:
        name = next(one for one in NAMES if one not in values or one == NAMES[-1])
        write_table(options.out, {**values, name: found})
    else:
        _print(found)
    number = len(set(found))
    print(f"{rows} 行，{number} 组 / {rows} rows, {number} clusters", file=sys.stderr)
    return 0


def _print(found: Sequence[int]) -> None:
    """Clusters of two rows and more, a line each; rows count from 1, without the line of names."""
    members: dict[int, list[int]] = defaultdict(list)
    for row, cluster in enumerate(found, 1):
        members[cluster].append(row)
    for cluster, rows in members.items():
        if len(rows) > 1:
            print(cluster, *rows, sep="\t")
