"""People without a name are called by what one sees, found by sound, and never merged."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.naming import called, sex_word, tail_of
from nuantu.persons.rules.same_person import Sketch, why_same
from nuantu.persons.rules.sounds import initials_of, search_text, sort_key, sound_of

FIFTY = Age(45, 55)


def _sketch(
    name: str = "", sex: str = "unknown", age: Age | None = None, number: str = ""
) -> Sketch:
    return Sketch(
        names=frozenset({name} - {""}),
        sounds=frozenset({sound_of(name)} - {""}),
        sex=sex,
        age=age,
        number_hashes=frozenset({number} - {""}),
    )


def test_somebody_without_a_name_is_called_by_what_one_sees() -> None:
    """Age, sex, looks and place make a name everybody in the team understands."""
    words = called(sex_word=sex_word("male", FIFTY, 18), age=FIFTY, looks="灰大衣", place="南桥")
    assert words == "约50岁男子 灰大衣 南桥"


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [
        ({"name": "  王 小明 "}, "王 小明"),
        ({"looks": "红帽子"}, "红帽子"),
        ({"age": Age(12, 12, is_estimated=False)}, "12岁人员"),
        ({}, ""),
    ],
)
def test_what_is_known_is_said_and_nothing_else(kwargs: dict[str, Any], words: str) -> None:
    """No word is invented: without anything there is nothing to call him by."""
    assert called(**kwargs) == words


def test_a_child_is_called_a_child() -> None:
    """Boys and girls below the line, men and women above, nobody by guess."""
    assert sex_word("female", Age(9, 11), 18) == "女孩"
    assert sex_word("female", Age(16, 20), 18) == "女子"
    assert sex_word("unknown", Age(9, 11), 18) == ""


def test_people_are_found_by_sound() -> None:
    """Full pinyin, initials and the characters all lead to the record."""
    text = search_text(["张三", "灰大衣"])
    assert all(part in text for part in ("张三", "zhangsan", "zs", "灰大衣", "huidayi"))
    assert initials_of("王小明") == "wxm"


def test_names_sort_by_sound() -> None:
    """安 stands before 李 before 张, as in a Chinese list."""
    assert sorted(["张三", "安宁", "李四"], key=sort_key) == ["安宁", "李四", "张三"]


def test_a_shown_number_keeps_its_head_hidden() -> None:
    """Only the last four characters are read out."""
    assert tail_of("53010219200508011X") == "•" * 14 + "011X"
    assert tail_of("011X") == "••••"


def test_the_same_number_speaks_for_one_human() -> None:
    """A number outweighs a different guess of the age."""
    assert why_same(
        _sketch("甲", age=FIFTY, number="h"), _sketch("乙", age=Age(20, 25), number="h")
    ) == ("number",)


def test_different_sexes_or_ages_rule_it_out() -> None:
    """The same name alone proves nothing when the two cannot be one."""
    man = _sketch("王小明", "male", FIFTY)
    assert why_same(man, _sketch("王小明", "female", FIFTY)) == ()
    assert why_same(man, _sketch("王小明", "male", Age(10, 12))) == ()
    assert why_same(man, _sketch("王小明", "unknown", None)) == ("name",)


def test_a_name_that_sounds_alike_is_a_weaker_reason() -> None:
    """王晓明 and 王小明 may be one man heard twice."""
    assert why_same(_sketch("王小明"), _sketch("王晓明")) == ("sound",)
    assert why_same(_sketch("王小明"), _sketch("李四")) == ()
    assert why_same(_sketch(), _sketch()) == ()


@given(st.text(max_size=80))
def test_any_text_can_be_a_name(text: str) -> None:
    """Emoji, other scripts, signs and nothing at all are found by what they are."""
    found = search_text([text])
    assert text.strip().lower() in found
    assert len(sort_key(text)) <= 160
    assert len(called(name=text)) <= 60
