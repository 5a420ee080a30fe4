"""What people really type and say: other letters, slips, little, the same name many times, a false name."""

from functools import cache

import numpy as np
import pytest

from nuantu.linkage.columns import Found
from nuantu.linkage.explain import explain, sentence
from nuantu.linkage.index import Index
from nuantu.linkage.latin import readings
from nuantu.linkage.names import surname_table
from nuantu.linkage.parameters import LEAST_SURE
from nuantu.linkage.sounds import PRIVATE, sounds
from nuantu.linkage.written import lookalikes
from tests.linkage import people

ALIM, ZHOU, OU, TWIN, NAMESAKES = 14, 15, 16, 17, range(100, 400)
SAME = Found(surname="龚", given="曦", sex="M", age=40, found_day=13_000)


@cache
def odd() -> Index:
    """Made reports, with a few whose names are seldom written alike."""
    rows = people.made(2_000, seed=9)
    rows[ALIM] |= {"surname": "", "given": "买买提·吐尔逊", "sex": 2}
    rows[ZHOU] |= {"surname": "周", "given": "未巳", "sex": 2}
    rows[OU] |= {"surname": "欧", "given": "翀", "sex": 2}
    rows[TWIN] = dict(rows[people.LUO])
    for row in NAMESAKES:
        rows[row] = rows[NAMESAKES[0]] | {
            "surname": "龚",
            "given": "曦",
            "sex": 2,
            "birth_year": 1985,
        }
    return Index(people.registry_of(rows))


def best(found: Found, top: int = 3) -> list[int]:
    """The first few reports."""
    return [int(one) for one in odd().search(found, top).rid]


def spelt(text: str) -> list[str]:
    """The likeliest reading, word by word."""
    words = readings(text)[0].words if readings(text) else ()
    return [
        " ".join("".join(sounds().syllables[ord(one) - PRIVATE]) for one in word) for word in words
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Smith Krk", []),
        ("Luó Lányīng", ["luo", "lan ying"]),
        ("LUO2 LAN2 YING1", ["luo", "lan", "ying"]),
        ("luolanying", ["luo lan ying"]),
        ("Xi'an", ["xi an"]),
        ("Lü Bu", ["lv", "bu"]),
        ("Hsiao", ["xiao"]),
        ("Wong Kar", ["huang"]),
    ],
)
def test_letters_are_read_as_syllables(text: str, words: list[str]) -> None:
    assert spelt(text) == words


def test_wade_and_giles_is_one_of_the_readings() -> None:
    heard = {"".join(sounds().syllables[ord(one.joined[0]) - PRIVATE]) for one in readings("Chang")}
    assert heard == {"chang", "zhang"}


@pytest.mark.parametrize(
    ("surname", "given"),
    [("Luo", "Lanying"), ("luolanying", ""), ("", "Lan-ying Luo"), ("LUO LANYING", ""), ("罗", "lanying"), ("羅", "蘭英")],
)  # fmt: skip
def test_a_name_in_letters_or_old_script_finds_its_bearer(surname: str, given: str) -> None:
    found = Found(surname, given, sex="F", places=("Xupu xian", "低庄"))
    assert set(best(found, 2)) == {people.LUO, TWIN}


def test_why_a_name_in_letters_fits_is_told() -> None:
    told = explain(odd(), Found(given="Lanying Luo", sex="F"), people.LUO)
    assert {one.field: one.why for one in told.contributions if one.field in {"surname", "given"}} == {
        "surname": "same_when_read", "given": "same_when_read",
    }  # fmt: skip
    assert "听到“Lanying Luo”，登记“罗”，拼写读来相同" in sentence(
        told.contributions[0], "zh"
    ) + sentence(told.contributions[1], "zh")


def test_characters_that_look_alike_are_taken_for_each_other() -> None:
    assert "巳" in lookalikes()["己"]
    assert "末" in lookalikes()["未"]
    found = Found(surname="周", given="末己", sex="M")
    assert best(found, 1) == [ZHOU]
    told = explain(odd(), found, ZHOU)
    assert next(one.why for one in told.contributions if one.field == "given") == "looks_alike"


def test_a_slip_on_a_phone_is_likelier_than_any_other_sound() -> None:
    """李 and 吉 are both 54 on nine keys."""
    li, ji, ba = (odd().search(Found(surname=one, given="", sex="M")).everybody for one in "李吉八")
    assert np.isfinite([li, ji, ba]).all()
    scores = dict(zip(*_surnames("吉"), strict=True))
    assert scores["李"] > scores["王"]


def _surnames(heard: str) -> tuple[tuple[str, ...], list[float]]:
    names = odd().coded.names
    return names.surnames, surname_table(names, heard, odd().parameters)[-1].tolist()


@pytest.mark.parametrize("given", ["买买提", "麦麦提", "买合木提·吐逊", "買買提•图尔逊"])
def test_a_name_of_a_people_is_found_in_each_of_its_spellings(given: str) -> None:
    assert ALIM in best(Found(given=given, sex="M"))


def test_a_compound_surname_may_have_been_cut() -> None:
    assert best(Found(surname="欧", given="翀", sex="M"), 2) == [OU, people.OUYANG]
    assert best(Found(surname="欧阳", given="翀", sex="M"), 2) == [people.OUYANG, OU]


def test_three_hundred_of_one_name_are_all_possible_and_none_is_likely() -> None:
    ranking = odd().search(SAME, 400)
    assert set(NAMESAKES) <= set(ranking.rid[:310].tolist())
    assert ranking.posterior[0] < 0.05
    assert ranking.posterior.sum() + ranking.absent == pytest.approx(1.0, abs=0.05)


def test_two_reports_that_nothing_tells_apart_are_said_to_be() -> None:
    found = Found(
        "罗", "兰英", sex="F", age=57, places=("溆浦", "低庄", "梨树坪"), found_day=13_000
    )
    ranking = odd().search(found)
    assert ranking.tied == 2
    assert ranking.posterior[0] < 0.5


def test_what_is_known_to_be_another_report_is_set_aside() -> None:
    """His own earlier stay, or somebody who died: the rest is as likely as if it had never stood there."""
    found = Found(
        "罗", "兰英", sex="F", age=57, places=("溆浦", "低庄", "梨树坪"), found_day=13_000
    )
    ranking = odd().search(found)
    left = ranking.without([TWIN])
    assert left.rid[0] == people.LUO
    assert left.tied == 1
    assert left.posterior[0] > 1.5 * ranking.posterior[0]
    assert left.posterior.sum() + left.absent == pytest.approx(
        1.0, abs=1.01 - ranking.posterior.sum() - ranking.absent + 0.01
    )
    assert left.sure_of(float(left.score[0])) <= 1.0
    nobody = ranking.without(ranking.rid.tolist())
    assert (len(nobody.rid), nobody.tied) == (0, 0)


def test_a_false_name_does_not_make_sure_what_all_else_denies() -> None:
    """A man of thirty who gives the name and village of a woman of fifty-seven."""
    found = Found(
        "罗", "兰英", sex="M", age=30, height=181, places=("溆浦", "低庄", "梨树坪"), accent="23", found_day=12_000,
        found_county="210102", marks=0b1011000,
    )  # fmt: skip
    ranking = people.index().search(found)
    assert ranking.posterior[0] < LEAST_SURE
    told = explain(people.index(), found, people.LUO)
    against = {one.field for one in told.contributions if one.nats < -1.0}
    assert {"sex", "birth", "lost", "county", "marks"} <= against
