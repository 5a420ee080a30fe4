"""Two tables are linked one to one, new reports are watched for."""

from dataclasses import replace

import pytest

from nuantu.linkage.columns import Found
from nuantu.linkage.join import link, watch
from tests.linkage import people
from tests.linkage.test_search import HEARD


def test_a_posterior_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        link(people.index(), [HEARD], least=1.5)


def test_two_people_never_get_one_report() -> None:
    pairs = link(
        people.index(), [HEARD, replace(HEARD, given="兰英", surname="罗"), Found()], least=0.05
    )
    assert [pair.rid for pair in pairs].count(people.LUO) == 1
    assert pairs[0].rid == people.LUO
    assert len({pair.found for pair in pairs}) == len(pairs)


def test_a_new_report_is_told_to_whom_it_may_be() -> None:
    index = people.index()
    pairs = watch(index, [people.LUO, people.OUYANG], [Found(), HEARD])
    assert [(pair.found, pair.rid) for pair in pairs] == [(1, people.LUO)]
    assert pairs[0].posterior == pytest.approx(float(index.search(HEARD).posterior[0]), rel=1e-3)


def test_a_report_that_is_not_there_cannot_be_watched_for() -> None:
    with pytest.raises(KeyError, match="999999"):
        watch(people.index(), [999_999], [HEARD])
