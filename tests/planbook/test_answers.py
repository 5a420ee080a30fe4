"""Questions of other packages, answered from P1 and P9."""

import re
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import answers, files, sources, words
from nuantu.planbook.compiler import compile_plan
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Layer
from nuantu.planbook.schema.parts import PersonClass, UnitRole

HAN = re.compile(r"[\u4e00-\u9fff]")


def _layer(code: str) -> Layer:
    plan = files.packaged(code).plan
    assert plan is not None
    return compile_plan(plan, year=2026).layer


BOOK = RuleBook((_layer("P9"), _layer("P1")), national_layer(), date(2026, 12, 9))


@pytest.mark.rule("P9-20", "P9-21")
@given(st.floats(0, 300, allow_nan=False))
def test_the_limit_is_30_or_60_minutes_by_the_travel_of_the_station(travel: float) -> None:
    """Far begins above the threshold; the answer says from which clause."""
    limit = answers.response_limit(BOOK, travel)
    assert limit.is_far == (travel > 25)
    assert limit.minutes == (60 if limit.is_far else 30)
    assert limit.ruling.source == ("P9-21" if limit.is_far else "P9-20")


@pytest.mark.parametrize(
    ("event", "colour", "level"),
    [
        ("寒潮", "蓝色", "raised"),
        ("寒潮", "黄色", "raised"),
        ("寒潮", "橙色", "extreme"),
        ("寒潮", "Red", "extreme"),
        ("寒潮", "", "raised"),
        ("暴雪", "蓝色", "raised"),
        ("道路结冰", "Ⅱ级", "extreme"),
        ("持续低温", "黄色", "raised"),
        ("低温雨雪冰冻", "黄", "raised"),
    ],
)
def test_a_winter_warning_raises_the_level(event: str, colour: str, level: str) -> None:
    """Any warning the plan names raises; orange and red are extreme."""
    found = answers.level_for_warning(BOOK, event, colour)
    assert found is not None
    assert found.level.code == level


@pytest.mark.parametrize("event", ["高温", "大雾", "霾", "雷电", "森林火险", ""])
def test_a_warning_that_no_winter_plan_names_changes_nothing(event: str) -> None:
    """Heat in a winter plan, fog and lightning are not this plan's business, whatever the colour."""
    assert answers.level_for_warning(BOOK, event, "红色") is None


def test_without_a_plan_in_force_a_warning_changes_nothing() -> None:
    """The national default maps warnings for running operations only."""
    empty = RuleBook((), national_layer(), date(2026, 7, 1))
    assert answers.level_for_warning(empty, "寒潮", "红色") is None


@pytest.mark.rule("P1-34")
def test_a_warning_brings_patrols_checks_and_relief_points() -> None:
    """Each preparation has a deadline or a rhythm, its doer and its clause."""
    found = {item.code: item for item in answers.preparations(BOOK, "raised")}
    assert set(found) == {"patrol.daily", "supplies.check", "staff.check", "reliefpoint.open"}
    assert found["patrol.daily"].every == "day"
    assert found["patrol.daily"].ruling.source == "P9-05"
    assert found["reliefpoint.open"].may_give_reason
    assert found["reliefpoint.open"].ruling.source == "P1-34"


@pytest.mark.rule("P1-23", "P1-46", "P1-47", "P9-30")
def test_the_notification_list_adds_up_and_skips_nobody() -> None:
    """Own plan, parent and default are united (X10)."""
    ill = answers.recipients(BOOK, classes=["critically_ill_person"], finder="patrol_team")
    assert {"120", "110", "psychiatric_hospital", "relief_station"} <= {who.who for who in ill}
    taxi = answers.recipients(BOOK, classes=[], finder="informant")
    assert {who.who for who in taxi} == {"relief_station", "police"}
    refused = answers.recipients(BOOK, classes=[], finder="patrol_team", outcome="refused")
    assert [who.who for who in refused] == ["partner_departments"]
    assert refused[0].share == ("所在位置", "需要什么")


def test_120_and_110_are_told_of_the_urgent_classes() -> None:
    """Minor, critical illness and danger put both numbers on the list."""
    for urgent in ("minor", "critically_ill_person", "danger"):
        told = {who.who for who in answers.recipients(BOOK, classes=[urgent], finder="citizen")}
        assert {"120", "110"} <= told, urgent


@pytest.mark.rule("P9-11")
def test_the_refusal_kit_is_the_countys() -> None:
    """Padded clothes, quilt, food; the epidemic item is there but not required."""
    kit = {item.code: item for item in answers.refusal_kit(BOOK)}
    assert set(kit) == {"padded_clothes", "quilt", "food", "epidemic_supplies"}
    assert kit["epidemic_supplies"].is_optional


@pytest.mark.rule("P9-13", "P1-05")
def test_one_class_that_may_not_refuse_is_enough() -> None:
    """An adult may refuse; a child with him may not, and the answer names the class."""
    assert answers.may_refuse(BOOK, []) == (True, ())
    assert answers.may_refuse(BOOK, ["rough_sleeper"])[0]
    allowed, against = answers.may_refuse(BOOK, ["rough_sleeper", "minor"])
    assert not allowed
    assert [mode.person_class for mode in against] == ["minor"]


def test_every_mode_that_is_not_voluntary_names_basis_approver_and_review() -> None:
    """Anything but voluntary needs a legal basis, an approver and a review (X01)."""
    for person_class in ("minor", "critically_ill_person", "suspected_mental_disorder", "danger"):
        (mode,) = answers.rescue_modes(BOOK, [person_class])
        assert mode.legal_basis
        assert mode.approver == "leader_on_duty"
        assert mode.review_hours > 0


def test_every_source_and_every_code_can_be_said_in_english() -> None:
    """No Chinese is left where an English page says where a number comes from."""
    for rule in national_layer().rules:
        english = sources.said(rule.source, "en")
        assert not HAN.search(english), english
    assert sources.said("国务院令第381号 第五十一条", "en") == "State Council Decree 381 Art. 51"
    assert sources.said("P9-03", "en") == "P9-03"
    assert sources.said("P9 P9-05") == "P9-05"
    assert sources.said("P13 P9-05", "en") == "P13 P9-05"
    codes = {*get_args(PersonClass), *get_args(UnitRole)}
    assert codes <= set(words.WORDS), codes - set(words.WORDS)
    assert not [text for text in words.WORDS.values() if HAN.search(text.en)]
