"""Another engine that joins and adds gives the same scores."""

from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pyarrow as pa
import pytest

from nuantu.linkage.asking import asking
from nuantu.linkage.columns import Found
from nuantu.linkage.tables import RANKING, rows, said
from tests.linkage import people
from tests.linkage.test_search import HEARD


@pytest.mark.skipif(find_spec("duckdb") is None, reason="requirements-peers.lock is not installed")
@pytest.mark.parametrize(
    "found",
    [
        HEARD,
        Found(nickname="小梅", places=("三棵树",), sex="F"),
        Found(given="玉", age=40, found_day=13_000),
    ],
)
def test_sql_ranks_as_the_index_does(found: Found) -> None:
    index = people.index()
    with asking(index.coded, found, index.parameters) as question:
        whole = index.parts(question, np.arange(len(index))).sum(axis=1)
        asked = pa.table(said(index, question))
    with import_module("duckdb").connect() as database:
        database.register("rows", pa.table(rows(index)))
        database.register("said", asked)
        table = database.execute(RANKING).fetchall()
    scores = dict(zip(index.rid.tolist(), whole.tolist(), strict=True))
    assert {rid: score for rid, score, _ in table} == pytest.approx(scores, abs=1e-6)
    ranking = index.search(found, 20)
    assert [score for _, score, _ in table[:20]] == pytest.approx(ranking.score.tolist(), abs=2e-3)
    assert table[0][2] == pytest.approx(
        float(np.exp(ranking.score[0] - ranking.everybody)), rel=1e-2
    )
