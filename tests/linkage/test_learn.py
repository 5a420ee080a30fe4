"""Confirmed matches teach; so do, less, people whose report nobody knows."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nuantu.linkage.columns import Found
from nuantu.linkage.explain import record_of
from nuantu.linkage.index import Index
from nuantu.linkage.learn import (
    SUREST,
    closing_day,
    conditional_logit,
    from_matches,
    sure_from,
    without_labels,
)
from nuantu.linkage.parameters import LEAST_SURE, Parameters
from nuantu.linkage.sure import STEEPEST, shared_out
from tests.linkage import people

MATCHES = 80


@cache
def confirmed() -> tuple[list[Found], list[int]]:
    """People found in the county of their loss, with two in three of their marks, and who they are."""
    index, rng = people.index(), np.random.default_rng(3)
    found, rids = [], []
    for row in rng.choice(len(index), MATCHES, replace=False).tolist():
        record = record_of(index, row)
        found.append(
            Found(
                surname=record.surname, given=record.given, sex=("", "F", "M")[record.sex], places=(record.home[2],),
                found_day=record.lost_day + int(rng.integers(1, 40)), found_county=record.lost_county,
                marks=record.marks if rng.random() < 0.67 else 0,
            )
        )  # fmt: skip
        rids.append(int(index.rid[row]))
    return found, rids


def test_too_few_matches_teach_nothing() -> None:
    found, rids = confirmed()
    with pytest.raises(ValueError, match="at least 30"):
        from_matches(people.index(), found[:29], rids[:29])


def test_a_match_with_an_unknown_report_is_refused() -> None:
    found, rids = confirmed()
    with pytest.raises(KeyError, match="999999"):
        from_matches(people.index(), found, [*rids[:-1], 999_999])


def test_what_is_counted_moves_from_the_start_towards_the_matches() -> None:
    found, rids = confirmed()
    start = Parameters()
    learnt = from_matches(people.index(), found, rids)
    assert start.relations[0] < learnt.relations[0] < 1.0
    assert sum(learnt.relations) == pytest.approx(1.0)
    shares = [part for _, part in learnt.gaps]
    assert sum(shares[:6]) > sum(part for _, part in start.gaps[:6])
    assert sum(shares) <= 1.0 + 1e-9
    assert dict(learnt.weights).keys() == dict(start.weights).keys()


def test_people_without_a_known_report_teach_the_same_way() -> None:
    found, _ = confirmed()
    learnt = without_labels(people.index(), found[:30])
    assert learnt.relations[0] > Parameters().relations[0]
    assert learnt.weights == Parameters().weights


def test_a_field_that_misleads_loses_its_weight() -> None:
    """The first field tells the true record apart, the second is chance."""
    rng = np.random.default_rng(1)
    parts = rng.normal(0.0, 1.0, (4_000, 2))
    parts[::10, 0] += 2.0
    weights = conditional_logit(parts, np.full(400, 10), np.array([1.0, 1.0]))
    assert weights[0] > 1.4
    assert weights[1] < 0.3


def test_a_list_is_closed_where_many_were_found_on_its_last_day() -> None:
    days = [Found(sex="M", found_day=day) for day in range(98)]
    assert closing_day([]) == closing_day(days[:20]) == closing_day(days) == -1
    assert closing_day([*days, Found(sex="M", found_day=97), Found(sex="F", found_day=97)]) == 97


def test_an_alert_does_not_hang_on_a_guess_of_who_is_in_any_report() -> None:
    calibration = Parameters().calibration
    chances = [calibration.chance((ahead, 4.0, 6.0)) for ahead in np.linspace(-5.0, 10.0, 61)]
    assert chances == sorted(chances)
    assert max(np.diff(chances)) < 0.1
    assert LEAST_SURE <= calibration.sure < max(chances)
    assert max(chances) > 0.98


def test_the_fewer_are_in_no_report_the_later_is_a_record_nearly_certain() -> None:
    """100 chances each of .995, .98, .95, .92: half a person, two, five and eight of them are wrong."""
    chances = np.repeat([0.92, 0.995, 0.95, 0.98], 100)
    assert sure_from(chances, 10) == SUREST
    assert [sure_from(chances, absent) for absent in (359, 1_079, 12_000)] == [0.98, 0.95, 0.92]


def test_a_chance_above_the_share_of_the_best_makes_the_others_less_likely() -> None:
    scores = np.array([3.0, 2.0, 1.0])
    everybody = float(np.log(np.exp(scores).sum()))
    best, steep = shared_out(scores, everybody, 0.75)
    assert best == pytest.approx(0.75)
    assert best * np.exp(steep * (scores - 3.0)).sum() == pytest.approx(1.0, abs=1e-3)
    assert shared_out(scores, everybody, 0.5) == (0.5, 1.0)


def test_a_chance_never_parts_two_who_are_equally_likely() -> None:
    best, steep = shared_out(np.array([3.0, 3.0]), 3.0 + float(np.log(2.0)), 0.95)
    assert best == pytest.approx(0.5)
    assert steep <= STEEPEST


def test_parameters_of_before_keep_what_they_do_not_name() -> None:
    older = Parameters.from_json('{"calibration": {"constant": 1.0, "ahead": 0.9}}').calibration
    assert older == replace(Parameters().calibration, constant=1.0, ahead=0.9)


def test_parameters_come_back_from_their_text() -> None:
    learnt = replace(Parameters(), closing_day=13_300, weights=(("place", 0.5),))
    assert Parameters.from_json(learnt.to_json()) == learnt


@pytest.mark.parametrize(
    "text", ["", "[]", '{"nobody": 1}', '{"noise": "much"}', '{"relations": [1, 2]}']
)
def test_other_texts_are_refused_as_parameters(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Parameters.from_json(text)


def test_who_is_in_no_report_is_called_likely_far_less_than_who_is_in_one() -> None:
    found, rids = confirmed()
    index = people.index()
    strange = [replace(one, surname="龚", given="曦", places=("乌鲁木齐",)) for one in found]
    learnt = from_matches(index, [*found, *strange], [*rids, *[-1] * len(strange)])
    again = Index(people.registry_of(people.made()), learnt)
    likely = [
        float(np.mean([one.posterior[0] for one in again.search_many(asked, 1)]))
        for asked in (found[:40], strange[:40])
    ]
    assert likely[0] > 0.9
    assert likely[1] < likely[0] - 0.3
    assert learnt.calibration.ahead != Parameters().calibration.ahead
