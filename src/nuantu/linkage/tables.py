"""The same scoring for another engine: rows and a question as plain tables, and the SQL that joins them.

A score is a sum of table entries, so any engine that joins and adds gives it: DuckDB on one machine, PostgreSQL,
Spark. What a question says (`said`) is small and goes to where the rows lie; the rows never move.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.asking import Question
from nuantu.linkage.index import Index
from nuantu.linkage.kernel_rows import ALIAS, SECOND

Columns = dict[str, NDArray[Any]]
ANY: Final = -1  # a region: alike for all
SEX: Final = 10
HOME: Final = 11  # fields beside those of `asking.GROUPS`

RANKING: Final = """
WITH scored AS (
    SELECT rows.rid, sum(said.nats) AS score
    FROM rows JOIN said
      ON said.field = rows.field AND said.code = rows.code AND said.region IN (rows.region, -1)
    GROUP BY rows.rid
)
SELECT rid, score, exp(score) / sum(exp(score)) OVER () AS share
FROM scored ORDER BY score DESC, rid
"""


def rows(index: Index) -> Columns:
    """Each field of each record as a row: `rid`, `field`, `region` of speech, `code`."""
    of = index.records
    blocks = np.repeat(np.arange(len(of.town)), np.diff(of.starts))
    codes = of.codes.astype(np.int64)
    field = np.repeat(np.arange(len(codes))[:, None], len(index), axis=1)
    bare = codes[ALIAS] == 0
    codes[ALIAS] = np.where(bare, codes[SECOND], codes[ALIAS])
    field[ALIAS] += bare
    code = np.concatenate([codes.ravel(), of.sex[blocks], of.village])
    times = len(codes) + 2
    return {
        "rid": np.tile(index.rid, times).astype(np.int64),
        "field": np.concatenate([field.ravel(), np.repeat([SEX, HOME], len(index))]),
        "region": np.tile(of.region[blocks], times).astype(np.int64),
        "code": code.astype(np.int64),
    }


def said(index: Index, question: Question) -> Columns:
    """What a question says of each code, in nats: `field`, `region`, `code`, `nats`; what says nothing is 0."""
    parts: list[tuple[int, int, NDArray[np.floating[Any]]]] = []
    for field, table in enumerate(question.tables):
        regions = range(len(table)) if len(table) > 1 else (ANY,)
        parts += [(field, region, table[max(region, 0)]) for region in regions]
    villages, homes = index.tree.levels[4], question.homes
    everyone = np.arange(len(villages.names), dtype=np.int32)
    home = homes.of(villages.parent, (villages.name_of >= 0).astype(np.int8), everyone)
    parts += [(SEX, ANY, question.asked.sex), (HOME, ANY, home)]
    sizes = [len(nats) for _, _, nats in parts]
    return {
        "field": np.repeat([field for field, _, _ in parts], sizes),
        "region": np.repeat([region for _, region, _ in parts], sizes),
        "code": np.concatenate([np.arange(size) for size in sizes]),
        "nats": np.concatenate([nats for _, _, nats in parts]).astype(np.float64),
    }
