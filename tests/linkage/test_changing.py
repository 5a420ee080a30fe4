"""Reports come and go: the index ranks as one that is built anew."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuantu.linkage.asking import asking
from nuantu.linkage.columns import Found, Registry
from nuantu.linkage.index import Index, Ranking
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.store import Change, current, load, save
from tests.linkage import people
from tests.linkage.test_search import HEARD

ASKED = (
    HEARD,
    Found(surname="欧阳", given="翀", nickname="石头", sex="M", age=30, found_day=13_000),
    Found(nickname="小梅", places=("三棵树", "乌有"), accent="52", marks=1 << 3),
)
ROWS = people.made(240, seed=8)
ROWS[200:220] = [
    row
    | {"town": "乌有镇", "village": "", "surname": "阚", "alias": "乌鸦", "lost_county": "659001"}
    for row in ROWS[200:220]
]
ROWS[220:] = [
    row | {"province": "云南省", "city": "昭通市", "county": "镇雄县"} for row in ROWS[220:]
]


def registry(rows: list[int]) -> Registry:
    """Some of the rows, with their numbers as ids."""
    of = people.registry_of([ROWS[row] for row in rows])
    of.rid[:] = rows
    return of


def scores(index: Index, found: Found) -> dict[int, float]:
    """What each report scores, by id."""
    with asking(index.coded, found, index.parameters) as question:
        whole = index.parts(question, np.arange(len(index))).sum(axis=1)
    return dict(zip(index.rid.tolist(), whole.tolist(), strict=True))


def listed(ranking: Ranking) -> list[tuple[float, int]]:
    """The list, with equal scores in the order of the ids."""
    pairs = zip(ranking.score.round(3).tolist(), ranking.rid.tolist(), strict=True)
    return sorted((-score, rid) for score, rid in pairs)


def is_as_new(index: Index, rows: list[int]) -> None:
    """All scores, the lists and how sure they are."""
    new = Index(registry(sorted(rows)))
    assert sorted(index.rid.tolist()) == sorted(rows)
    for found in ASKED:
        ours, theirs = index.search(found, 20), new.search(found, 20)
        assert scores(index, found) == pytest.approx(scores(new, found), abs=1e-4)
        assert listed(ours) == listed(theirs)
        assert ours.posterior == pytest.approx(theirs.posterior, rel=1e-3)


def test_one_id_twice_among_the_new_reports_is_refused() -> None:
    twice = registry([1, 2])
    twice.rid[:] = 7
    with pytest.raises(ValueError, match="twice"):
        people.index().add(twice)


def test_the_last_report_cannot_leave() -> None:
    with pytest.raises(ValueError, match="without reports"):
        Index(registry([3])).remove([3, 4])


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_whatever_comes_and_goes_the_ranking_is_that_of_an_index_built_anew(
    data: st.DataObject,
) -> None:
    some = st.lists(st.integers(0, len(ROWS) - 1), unique=True, max_size=60)
    here = data.draw(st.lists(st.integers(0, 199), unique=True, min_size=5, max_size=80))
    index = Index(registry(here))
    for _ in range(2):
        come, gone = data.draw(some), data.draw(some)
        left = (set(here) - set(gone)) | set(come)
        if left:
            index, here = index.changed(registry(come), gone), sorted(left)
    is_as_new(index, here)


def test_new_towns_counties_and_names_are_found_and_leave_no_trace() -> None:
    index = Index(registry(list(range(200)))).add(registry(list(range(200, 240))))
    assert 200 <= int(index.search(Found(surname="阚", places=("乌有",)), 1).rid[0]) < 220
    is_as_new(index, list(range(240)))
    is_as_new(index.remove(range(200, 240)), list(range(200)))


def test_a_corrected_report_takes_the_place_of_the_old_one() -> None:
    corrected = people.registry_of(
        [ROWS[0] | {"surname": "欧阳", "given": "翀", "sex": 2}], first=5
    )
    before = Index(registry(list(range(100))))
    after = before.add(corrected)
    assert len(after) == len(before) == 100
    assert 5 in after.search(ASKED[1], 2).rid
    assert (
        before.search(HEARD, 3).rid.tolist()
        == Index(registry(list(range(100)))).search(HEARD, 3).rid.tolist()
    )


def test_a_crash_before_the_file_was_written_is_seen_and_mended(tmp_path: Path) -> None:
    path, base = tmp_path / "reports.index", list(range(100))
    save(Index(registry(base)), path, 7)
    (tmp_path / ".reports.index.abc").write_bytes(b"half")
    asked: list[int] = []

    def since(generation: int) -> Change:
        asked.append(generation)
        return Change(registry([150, 210]), [3])

    def whole() -> Registry:
        raise AssertionError

    index = current(path, 9, since, whole)
    is_as_new(index, [row for row in [*base, 150, 210] if row != 3])
    assert asked == [7]
    assert load(path)[1] == 9
    assert len(current(path, 9, since, whole)) == 101
    assert asked == [7]


@pytest.mark.parametrize("how", ["missing", "damaged", "later", "unknown", "other"])
def test_a_file_of_no_use_gives_way_to_an_index_built_anew(tmp_path: Path, how: str) -> None:
    path = tmp_path / "reports.index"
    if how != "missing":
        save(Index(registry(list(range(60)))), path, 9 if how == "later" else 7)
    if how == "damaged":
        path.write_bytes(path.read_bytes()[:-9])
    with_ = Parameters(closing_day=13_000) if how == "other" else Parameters()
    generation = 7 if how == "other" else 8
    index = current(path, generation, lambda _: None, lambda: registry([1, 2, 3]), with_)
    assert sorted(index.rid.tolist()) == [1, 2, 3]
    assert load(path)[1] == generation
