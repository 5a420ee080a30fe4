"""Any table is put into clusters without labels; what cannot be read is refused."""

import numpy as np
import pytest

from nuantu.linkage.generic.clusters import clusters_of, joined
from nuantu.linkage.generic.kernel import CLOSE, DIFFERENT, MISSING, SAME, SLIP, SWAPPED
from nuantu.linkage.generic.kinds import Kind
from nuantu.linkage.generic.scoring import levels_of
from nuantu.linkage.generic.table import Column, Table

COLUMNS = (
    Column("given", "name", "surname"),
    Column("surname", "name", "given"),
    Column("born", "date"),
)
GIVEN = ("Ada", "Boris", "Clara", "Dmitri", "Esther", "Felix", "Greta", "Hugo")
SURNAMES = ("Quill", "Rowan", "Saxby", "Thorne", "Umber", "Vance", "Wexford", "Yarrow")


def _people() -> list[tuple[str, str, str]]:
    whole = [
        (given, surname, f"19{10 + 8 * one + other}-0{1 + one}-1{other}")
        for one, given in enumerate(GIVEN)
        for other, surname in enumerate(SURNAMES)
    ]
    again = [(surname, given, born) for given, surname, born in whole[::2]]
    return whole + again + [(given, surname + "e", born) for given, surname, born in whole[1::2]]


def _table(rows: list[tuple[str, str, str]]) -> Table:
    names = [one.name for one in COLUMNS]
    return Table.of(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), COLUMNS)


def _level(kind: Kind, one: str, other: str) -> int:
    table = Table.of({"it": [one, other]}, (Column("it", kind),))
    there, back = levels_of(table, np.array([[0, 1], [1, 0]], np.int32))[:, 0].tolist()
    assert there == back
    return int(there)


def test_columns_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Table.of({"a": ["x"]}, (Column("nobody", "name"),))
    with pytest.raises(ValueError, match="nobody"):
        Table.of({"a": ["x"]}, (Column("a", "name", "nobody"),))
    with pytest.raises(ValueError, match="unequal"):
        Table.of({"a": ["x"], "b": []}, (Column("a", "name"), Column("b", "name")))
    with pytest.raises(ValueError, match="at least one"):
        Table.of({}, ())


@pytest.mark.parametrize(
    ("kind", "one", "other", "level"),
    [
        ("name", "Émile", "emile", SAME),
        ("name", "Dmitri", "Dmitir", SLIP),
        ("name", "J", "John", CLOSE),
        ("name", "Ada", "Hugo", DIFFERENT),
        ("name", "", "Hugo", MISSING),
        ("date", "1901-02-03", "1901-03-02", SLIP),
        ("date", "1901", "1901-03-02", CLOSE),
        ("date", "1901-02-03", "1955-11-27", DIFFERENT),
        ("code", "8011", "8017", SLIP),
        ("number", "100", "104", CLOSE),
        ("number", "100", "tall", DIFFERENT),
    ],
)
def test_values_agree_the_same_both_ways(kind: Kind, one: str, other: str, level: int) -> None:
    assert _level(kind, one, other) == level


def test_names_in_each_other_s_column_are_seen() -> None:
    table = _table([("Ada", "Quill", ""), ("Quill", "Ada", "")])
    assert levels_of(table, np.array([[0, 1]], np.int32)).tolist() == [[SWAPPED, SWAPPED, MISSING]]


def test_the_order_of_rows_changes_no_cluster() -> None:
    rows = _people()
    order = np.random.default_rng(5).permutation(len(rows))
    plain = clusters_of(_table(rows))
    mixed = clusters_of(_table([rows[at] for at in order]))
    assert plain[:64].tolist() == list(range(64))
    assert plain[64:].tolist() == [*range(0, 64, 2), *range(1, 64, 2)]
    same = plain[order][:, None] == plain[order][None, :]
    assert (same == (mixed[:, None] == mixed[None, :])).all()


def test_one_weak_pair_does_not_join_two_strong_groups() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 5], [2, 3]], np.int32)
    odds = np.array([9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 1.0])
    assert joined(6, pairs, odds).tolist() == [0, 0, 0, 1, 1, 1]
    assert joined(2, np.zeros((0, 2), np.int32), np.zeros(0)).tolist() == [0, 1]
