"""A person is looked for among all reports."""

from contextlib import ExitStack
from dataclasses import replace

import numpy as np
import pytest

from nuantu.linkage.asking import PARTS, asking
from nuantu.linkage.columns import Found, Words
from nuantu.linkage.index import Index
from nuantu.linkage.looking import SPAN
from nuantu.linkage.many import Many
from nuantu.linkage.memory import Memory
from tests.linkage import people

HEARD = Found(
    surname="倪", given="南英", sex="F", age=56, height=157, places=("怀化", "低壮镇"), accent="43",
    found_day=13_000, found_county="431224", marks=1 << 7,
)  # fmt: skip


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is known"):
        people.index().search(Found())


def test_a_registry_without_reports_is_refused() -> None:
    with pytest.raises(ValueError, match="without reports"):
        Index(people.registry_of([]))


def test_columns_of_unlike_length_are_refused() -> None:
    rows = people.made(20)
    registry = people.registry_of(rows)
    with pytest.raises(ValueError, match="differ in length"):
        type(registry)(
            registry.rid, Words.of(["王"]), registry.given, registry.alias, registry.sex, registry.birth_year,
            registry.height, registry.home, registry.lost_day, registry.lost_county, registry.marks,
        )  # fmt: skip


def test_a_name_heard_in_dialect_finds_its_bearer() -> None:
    """罗兰英 of Xupu is written down as 倪南英: n and l run together in Hunan, and 倪 is not even that."""
    ranking = people.index().search(HEARD)
    assert ranking.rid[0] == people.LUO
    assert ranking.posterior[0] > 0.5


def test_a_compound_surname_is_found() -> None:
    ranking = people.index().search(Found(surname="欧阳", sex="M"))
    assert ranking.rid[0] == people.OUYANG


def test_a_nickname_on_record_is_found() -> None:
    assert (
        people.CHILD
        in people.index().search(Found(nickname="二娃", sex="M", age=14, found_day=13_000)).rid[:3]
    )


def test_only_sex_and_age_say_little_and_everybody_stays_possible() -> None:
    ranking = people.index().search(Found(sex="M", age=40, found_day=13_000))
    assert ranking.posterior[0] < 0.05
    assert len(ranking.rid) == 50


@pytest.mark.parametrize(
    "found",
    [
        HEARD,
        Found(given="玉", sex="F"),
        Found(nickname="小梅", places=("三棵树",)),
        Found(places=("湖南", "山东", "贵州", "四川", "河南", "凯里", "商城", "三台", "多了")),
        Found(
            surname="Smith",
            given="😀",
            nickname="ab",
            places=("abc", "𠮷村", "街道"),
            accent="zz",
            sex="M",
        ),
        Found(age=200, height=999, found_day=1, found_county="x", marks=(1 << 40) - 1),
    ],
)
def test_leaving_records_early_loses_nobody(found: Found) -> None:
    """The list is the one that adding up all fields of all records gives."""
    for index in (people.index(), people.many()):
        with asking(index.coded, found, index.parameters) as question:
            scores = index.parts(question, np.arange(len(index))).sum(axis=1)
            ranking = index.ranked(question, 50, threads=2)
        best = -np.sort(-scores)[:50]
        assert np.allclose(ranking.score, best[: len(ranking.score)], atol=2e-3)
        assert len(ranking.rid) >= (best > scores.max() - SPAN + 0.01).sum()
    assert set(PARTS) >= {"surname", "place"}


def test_the_sum_over_all_records_is_right_within_what_was_left() -> None:
    big = people.many()
    with asking(big.coded, HEARD, big.parameters) as question:
        scores = big.parts(question, np.arange(len(big))).sum(axis=1)
        ranking = big.ranked(question, 50)
    assert big.rows.step > 1
    assert ranking.everybody == pytest.approx(float(np.log(np.exp(scores).sum())), abs=0.05)


def test_many_at_once_are_answered_as_one_by_one() -> None:
    index = people.index()
    asked = [HEARD, Found(given="玉", sex="F"), Found(places=("三棵树",))]
    for one, ranking in zip(asked, index.search_many(asked, 10), strict=True):
        assert ranking.rid.tolist() == index.search(one, 10).rid.tolist()


def test_two_threads_ask_what_one_asks() -> None:
    of = people.index()
    anew = replace(of.coded, said=Memory(), accents=Memory())
    with (
        asking(of.coded, HEARD, of.parameters) as one,
        asking(anew, HEARD, of.parameters, threads=2) as two,
    ):
        assert np.array_equal(one.asked.flat, two.asked.flat)
        assert np.array_equal(one.homes.towns, two.homes.towns)
        assert np.array_equal(one.asked.most, two.asked.most)


def test_a_report_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="999999"):
        people.index().rows_of([3, 999_999])


def test_equal_twins_are_equally_likely() -> None:
    rows = people.made(200)
    rows[20] = dict(rows[people.LUO])
    ranking = Index(people.registry_of(rows)).search(HEARD)
    assert set(ranking.rid[:2].tolist()) == {people.LUO, 20}
    assert ranking.posterior[0] == pytest.approx(ranking.posterior[1])
    assert ranking.posterior[0] < 0.5 + 1e-9


def test_a_row_takes_thirty_bytes() -> None:
    assert people.index().bytes_a_row < 40.0


def test_sixteen_at_once_are_answered_as_adding_up_everything_does() -> None:
    """Also where one has told so little that he is looked at alone."""
    index = people.many()
    found = [
        HEARD,
        Found(sex="M", age=40),
        Found(surname="Smith", nickname="小梅", places=("三棵树",), accent="52"),
        *(Found(surname=one, given="玉梅", sex="F", age=40, found_day=13_000) for one in "王李张"),
        *(
            Found(nickname="小玉", places=(one,), marks=7)
            for one in ("凯里", "商城", "怀化", "李县")
        ),
        *(Found(height=one, found_county="431224", sex="M") for one in (120, 157, 190, 999)),
    ]
    with ExitStack() as open_:
        questions = [
            open_.enter_context(asking(index.coded, one, index.parameters)) for one in found
        ]
        asked = [(one.asked, index.rows.begun(one.asked)) for one in questions]
        for question, above in zip(questions, Many(index.rows).above(asked, 50), strict=True):
            scores = index.parts(question, np.arange(len(index))).sum(axis=1)
            best = -np.sort(-scores)[:50]
            listed = -np.sort(-above.scores)[:50]
            assert np.allclose(listed, best[: len(listed)], atol=2e-3)
            assert len(listed) >= (best > scores.max() - SPAN + 0.01).sum()
            assert np.allclose(scores[above.rows], above.scores, atol=2e-3)
