"""The citizen number: checked by GB 11643, never required, never invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.persons.rules.id_number import InvalidIdNumber, check_character, read, tidy
from nuantu.persons.rules.numbers import telling_number

TODAY = date(2026, 12, 9)
VALID = ("53010219200508011X", "11010519491231002X", "440524188001010014")


def _fault(text: str) -> str:
    with pytest.raises(InvalidIdNumber) as refused:
        read(text, today=TODAY)
    return refused.value.fault


@pytest.mark.parametrize("text", ["53010219200508011X", "11010519491231002X"])
def test_numbers_of_the_standard_pass(text: str) -> None:
    """The published examples are valid and give birth and division."""
    number = read(text, today=TODAY)
    assert number.text == text
    assert number.division == text[:6]
    assert number.birth.strftime("%Y%m%d") == text[6:14]


def test_the_number_says_the_sex() -> None:
    """An odd third figure of the sequence is a man, an even one a woman."""
    assert read("53010219200508011X", today=TODAY).sex == "male"
    assert read("11010519491231002X", today=TODAY).sex == "female"


def test_a_number_is_read_as_people_say_it() -> None:
    """Spaces, dashes, full-width figures and a small x are the same number."""
    assert read(" 530102 1920-0508 011x ", today=TODAY).text == VALID[0]
    assert tidy("５３０１０２") == "530102"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "length"),
        ("5301021920050801", "length"),
        ("530102192005080", "old"),
        ("53010219200508A11X", "characters"),
        ("530102192013080115", "date"),
        ("530102192002300115", "date"),
        ("530102202712100115", "future"),
        ("530102192005080111", "check"),
        ("5301021920050801一X", "characters"),
    ],
)
def test_the_first_fault_is_named(text: str, fault: str) -> None:
    """Whoever must mend a number learns what is wrong with it."""
    assert _fault(text) == fault


@pytest.mark.parametrize("text", VALID[:2])
def test_every_slip_of_one_figure_is_caught(text: str) -> None:
    """The check finds each single wrong figure in the first seventeen places (CO-03)."""
    tried = 0
    for place in range(17):
        for figure in set("0123456789") - {text[place]}:
            wrong = text[:place] + figure + text[place + 1 :]
            assert check_character(wrong[:17]) != wrong[17]
            tried += 1
    assert tried == 153


def test_a_division_that_no_longer_exists_is_no_fault() -> None:
    """The number names the place of first registration, which may be gone (CO-04)."""
    head = "99999919800101123"
    assert read(head + check_character(head), today=TODAY).division == "999999"


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 999_999))
def test_a_number_with_the_right_check_always_passes(birth: date, seq: int, place: int) -> None:
    """Whatever division, birth and sequence: the right last character makes it valid."""
    head = f"{place:06d}{birth:%Y%m%d}{seq:03d}"
    number = read(head + check_character(head), today=TODAY)
    assert (number.birth, number.sex) == (birth, "male" if seq % 2 else "female")


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text is either a number or a named fault."""
    faults = {"length", "old", "characters", "date", "future", "check"}
    try:
        said = read(text, today=TODAY).text
    except InvalidIdNumber as refused:
        said = refused.fault
    assert said in faults or len(said) == 18


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("想回家，电话13800000000", "mobile"),
        ("138-0000-0000", "mobile"),
        ("１３８００００００００", "mobile"),
        ("身份证 11010519491231002x 听到的", "id_number"),
        ("回执 2026120913800000000012", ""),
        ("0855-1234567，2026-12-09", ""),
    ],
)
def test_a_number_that_tells_who_somebody_is_is_found_in_words(text: str, found: str) -> None:
    """A mobile or ID number anywhere; other numbers, and digits out of longer ones, are none."""
    assert telling_number(text) == found
