"""A score is opened into what each field brings."""

import pytest

from nuantu.linkage.columns import Found
from nuantu.linkage.explain import explain, sentence
from tests.linkage import people
from tests.linkage.test_search import HEARD


def test_a_report_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="999999"):
        explain(people.index(), HEARD, 999_999)


def test_the_contributions_add_up_to_the_score_of_the_search() -> None:
    index = people.index()
    told = explain(index, HEARD, people.LUO)
    ranking = index.search(HEARD)
    assert sum(one.nats for one in told.contributions) == pytest.approx(told.score)
    assert told.score == pytest.approx(ranking.score[0], abs=1e-3)
    assert told.posterior == pytest.approx(ranking.posterior[0], rel=0.05)


def test_every_field_asked_gives_a_sentence_in_both_languages() -> None:
    told = explain(people.index(), HEARD, people.LUO)
    chinese = {one.field: sentence(one, "zh") for one in told.contributions}
    assert "湘语常把“lan”说成“nan”" in chinese["given"]
    assert "低壮镇→低庄镇" in chinese["place"]
    assert "口音" in chinese["accent"]
    assert all(
        "·" not in sentence(one, "en")
        and one.field
        in sentence(one, "en")
        .replace("family name", "surname")
        .replace("given name", "given")
        .replace("age:", "birth:")
        .replace("places of the home", "place")
        .replace("day of the loss", "lost")
        .replace("place of the loss", "county")
        for one in told.contributions
    )


def test_a_field_that_is_not_on_record_says_so() -> None:
    index = people.index()
    unknown = next(
        row
        for row, one in enumerate(people.made())
        if one["birth_year"] == -1 and one["height"] == -1
    )
    told = {
        one.field: one
        for one in explain(
            index, Found(age=40, height=160, found_day=13_000), unknown
        ).contributions
    }
    assert told["birth"].why == told["height"].why == "unknown"
    assert told["birth"].nats == 0.0
    assert sentence(told["birth"], "zh").startswith("年龄：此人“40”，登记中没有")
    assert "this person “2025-08-05”" in sentence(told["lost"], "en")


def test_an_age_without_the_day_it_was_judged_on_says_nothing() -> None:
    told = explain(people.index(), Found(age=40, accent="23"), people.LUO)
    assert {one.field for one in told.contributions} == {"accent", "marks"}
    assert any("听到“黑龙江”" in sentence(one, "zh") for one in told.contributions)
