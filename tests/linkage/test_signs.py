"""The first look at rows says of none that it is worse than it is."""

from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from nuantu.linkage.asking import asking
from nuantu.linkage.columns import Found
from nuantu.linkage.index import Index
from nuantu.linkage.kernel_rows import ALIAS
from nuantu.linkage.kernel_signs import (
    CLASSES,
    GROUP,
    MOST,
    PLANES,
    SIGNED,
    STEPS,
    hopeful,
    hopeful_by,
)
from nuantu.linkage.signs import FIELDS
from nuantu.linkage.store import load, save
from tests.linkage import people


def asked_at_random(count: int, seed: int) -> list[Found]:
    """Questions of which each tells something else."""
    rng = np.random.default_rng(seed)
    found = []
    for row in people.made(count, seed):
        told: dict[str, Any] = {
            "surname": row["surname"], "given": row["given"], "nickname": row["alias"] or "阿英",
            "sex": "M" if row["sex"] == 1 else "F", "age": int(rng.integers(10, 90)), "found_day": 13_000,
            "height": int(rng.integers(140, 190)), "marks": row["marks"], "accent": "43",
            "places": tuple(rng.choice(["怀化", "新华村", "低庄", "三台县", "石桥"], 2)),
            "found_county": row["lost_county"],
        }  # fmt: skip
        kept = {name: value for name, value in told.items() if rng.random() < 0.5}
        found.append(Found(**{"surname": "王", **kept}))
    return found


def is_never_too_strict(index: Index, found: Found) -> None:
    """What a row lacks by its classes is no more than what it lacks by its codes."""
    classes, codes = index.coded.classes, index.records.codes
    rows = np.arange(len(index))
    of = index.records.region[index.rows.lying(rows)[0]]
    with asking(index.coded, found, index.parameters) as question:
        lacks = question.asked.lacks.reshape(-1, SIGNED, CLASSES)
        for place, field in enumerate(FIELDS):
            table = question.tables[field]
            if table.size == 1:
                assert not lacks[:, place].any()
                continue
            of_table = of if len(table) > 1 else np.zeros_like(of)
            had = index.coded.shares[field][: table.shape[1]] > 0
            best = table[:, : len(had)][:, had].max(axis=1)
            said = table[of_table, codes[field]]
            short = np.minimum((best[of_table] - said) * STEPS, MOST)
            assert (lacks[of, place, classes[field][codes[field]]] <= short + 1e-3).all()


def bytes_of(index: Index) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """The classes of each row as two planes of bytes."""
    classes, codes = index.coded.classes, index.records.codes
    of = [classes[field][codes[field]] for field in FIELDS]
    return np.array([of[0] | of[1] << 4, of[2] | of[3] << 4])


def test_no_row_seems_worse_than_it_is() -> None:
    for found in asked_at_random(30, 3):
        is_never_too_strict(people.index(), found)


def test_the_list_is_the_one_that_adding_up_everything_gives() -> None:
    index = people.many()
    for found in asked_at_random(40, 4):
        with asking(index.coded, found, index.parameters) as question:
            whole = -np.sort(-index.parts(question, np.arange(len(index))).sum(axis=1))
            ranking = index.ranked(question, 50)
        assert np.allclose(ranking.score, whole[: len(ranking.score)], atol=1e-4)


def test_the_signs_follow_reports_that_come_and_go(tmp_path: Path) -> None:
    """Also names that nobody had, in classes of their own, and after a file was read."""
    rows = people.made(300, seed=9)
    new = [
        row | {"surname": "阚", "given": f"翀{chr(0x4E00 + 37 * at)}", "lost_day": 13_500 + at}
        for at, row in enumerate(people.made(200, seed=10))
    ]
    index = Index(people.registry_of(rows)).add(people.registry_of(new, 1_000))
    index = index.remove(list(range(0, 300, 2)))
    save(index, tmp_path / "index.npz", 7)
    for one in (index, load(tmp_path / "index.npz")[0]):
        assert np.array_equal(one.rows.runs.signs[:, : len(one)], bytes_of(one))
        for found in asked_at_random(14, 11):
            is_never_too_strict(one, found)


@pytest.mark.parametrize("shuffle", ["", None])
def test_every_way_to_look_bytes_up_says_the_same(shuffle: str | None) -> None:
    """With the instruction of this processor, and as on one that has none: also at the ends and beyond 255 steps."""
    look = hopeful if shuffle is None else hopeful_by(shuffle)

    compiled: Any = numba.njit
    looked = compiled(lambda *asked: look(*asked))
    rng = np.random.default_rng(7)
    signs = rng.integers(0, 256, (PLANES, 5 * GROUP + 3), np.uint8)
    tables = rng.integers(0, 256, 2 * SIGNED * CLASSES, np.uint8)
    tables[::3] //= 32
    place = SIGNED * CLASSES
    for row in (0, 1, 17, signs.shape[1] - GROUP):
        some = signs[:, row : row + GROUP].astype(np.int64)
        codes = some[0] & 15, some[0] >> 4, some[1] & 15, some[1] >> 4
        total = sum(
            tables[place + at * CLASSES + code].astype(int) for at, code in enumerate(codes)
        )
        for most in (0, 9, 60, 254, 255):
            bits = looked(signs, signs.shape[1], row, tables, place, np.uint8(most))
            expected = np.minimum(total, 255) <= most
            assert [bool(bits >> lane & 1) for lane in range(GROUP)] == expected.tolist()


def test_nicknames_are_not_among_the_fields_first_looked_at() -> None:
    """What a report without one says hangs on its given name."""
    assert ALIAS not in FIELDS
