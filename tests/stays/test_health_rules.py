"""What follows from a medic's findings, as plain questions."""

import pytest

from nuantu.stays.rules import health

FEVER = 373


@pytest.mark.parametrize(
    ("signs", "tenths", "test", "is_on", "least"),
    [
        ((), 366, "", False, "fit"),
        ((), None, "", False, "fit"),
        ((), 373, "", False, "observation"),
        ((), 366, "refused", False, "fit"),
        ((), 366, "refused", True, "observation"),
        ((), 366, "positive", False, "isolation"),
        (("injury",), 366, "", False, "hospital"),
        (("infectious_patient",), 366, "positive", True, "hospital"),
    ],
)
def test_findings_set_the_mildest_result(
    signs: tuple[str, ...], tenths: int | None, test: str, *, is_on: bool, least: str
) -> None:
    assert health.least_result(signs, tenths, test, fever=FEVER, is_on=is_on) == least


def test_a_milder_result_is_told_from_a_stricter_one() -> None:
    assert health.is_mild("fit", "observation")
    assert not health.is_mild("hospital", "observation")


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ((), ()),
        (("injury",), ()),
        (("critically_ill_person",), ("ambulance",)),
        (("suspected_mental_disorder",), ("ambulance", "psychiatric")),
        (("infectious_patient", "suspected_mental_disorder"), ("ambulance", "psychiatric", "cdc")),
    ],
)
def test_the_signs_say_who_is_told(signs: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert health.told_of(signs) == told


WARDS = (
    health.Ward("far", is_designated=True, is_psychiatric=False, is_near=False),
    health.Ward("small", is_designated=False, is_psychiatric=False, is_near=True),
    health.Ward("big", is_designated=True, is_psychiatric=False, is_near=True),
    health.Ward("mind", is_designated=True, is_psychiatric=True, is_near=False),
)


@pytest.mark.parametrize(
    ("signs", "tried", "first"),
    [
        (("critically_ill_person",), (), "big"),
        (("critically_ill_person",), ("big",), "far"),
        (("suspected_mental_disorder",), (), "mind"),
        (("suspected_mental_disorder",), ("mind",), "big"),
        (("suspected_mental_disorder", "infectious_patient"), (), "big"),
        (("critically_ill_person",), ("big", "far"), "small"),
    ],
)
def test_the_hospital_to_ask_first(
    signs: tuple[str, ...], tried: tuple[str, ...], first: str
) -> None:
    assert health.in_order(WARDS, signs, tried)[0] == first


def gap(end: str, **known: bool) -> str:
    facts = {
        "is_stable": False,
        "has_certificate": False,
        "has_words": True,
        "is_protected": False,
        "is_infectious": False,
    }
    return health.end_gap(end, **(facts | known))


@pytest.mark.rule("P1-12")
def test_nobody_goes_back_or_home_before_he_is_stable() -> None:
    assert gap("to_stay") == "stable"
    assert gap("home", has_certificate=True) == "stable"
    assert gap("home", is_stable=True) == "certificate"
    assert gap("to_stay", is_stable=True, has_certificate=True) == ""


def test_a_capable_adult_may_refuse_treatment_and_others_may_not() -> None:
    assert gap("refused") == ""
    assert gap("refused", is_protected=True) == "protected"
    assert gap("refused", is_infectious=True) == "infectious"
    assert gap("left", has_words=False) == "words"
