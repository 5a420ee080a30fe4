"""A registry in parts ranks as one index does."""

import pytest

from nuantu.linkage.columns import Found
from nuantu.linkage.index import Index, Ranking, listed
from nuantu.linkage.shards import Shards, shared, split
from tests.linkage import people
from tests.linkage.test_search import HEARD

ASKED = (
    HEARD,
    Found(given="玉", sex="F"),
    Found(nickname="二娃", places=("三棵树",), age=14, found_day=13_000),
)


def is_as_one(parts: Ranking, one: Ranking, tolerance: float) -> None:
    """The same list, as sure."""
    assert parts.rid.tolist() == one.rid.tolist()
    assert parts.score == pytest.approx(one.score, abs=1e-3)
    assert parts.posterior == pytest.approx(one.posterior, rel=tolerance, abs=tolerance)
    assert parts.absent == pytest.approx(one.absent, abs=tolerance)


def test_fewer_reports_than_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be split into 3"):
        split(Index(people.registry_of(people.made(20)[:2])).built, 3)


@pytest.mark.parametrize("found", ASKED)
def test_three_parts_rank_as_one_index(found: Found) -> None:
    index = people.index()
    parts = [Index(one, index.parameters) for one in split(index.built, 3)]
    assert sum(len(one) for one in parts) == len(index)
    shares = [shared(one, found, 20) for one in parts]
    is_as_one(listed(shares, 20, index.parameters), index.search(found, 20), 1e-6)


def test_parts_of_which_only_samples_are_added_up_are_about_as_sure() -> None:
    index = people.many()
    parts = [Index(one, index.parameters) for one in split(index.built, 3)]
    ranking = listed([shared(one, HEARD, 20) for one in parts], 20, index.parameters)
    one = index.search(HEARD, 20)
    both = min(len(one.rid), 5)
    assert ranking.rid[:both].tolist() == one.rid[:both].tolist()
    assert both > 1
    assert ranking.everybody == pytest.approx(one.everybody, abs=0.05)


@pytest.mark.slow
def test_processes_answer_as_one_index() -> None:
    index = people.index()
    with Shards(index, 2) as shards:
        with pytest.raises(ValueError, match="nothing is known"):
            shards.search(Found())
        for ranking, found in zip(shards.search_many(ASKED, 20), ASKED, strict=True):
            is_as_one(ranking, index.search(found, 20), 1e-6)
