"""Who may refuse, which treatment several classes make, and the gate before compulsion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.persons.rules.ages import Age, AgeLines
from nuantu.persons.rules.classes import DANGER_CLASSES, in_order, with_age
from nuantu.persons.rules.rescue import (
    MODES,
    NEVER_REFUSED,
    Capacity,
    Gate,
    ModeRule,
    may_refuse,
    missing_at_gate,
    needs_gate,
    treatment,
)

RULES = {
    "rough_sleeper": ModeRule(),
    "elderly": ModeRule(("voluntary", "escorted"), True, ("国务院令第381号 第五条",)),
    "disabled": ModeRule(("voluntary", "escorted"), True, ("国务院令第381号 第五条",)),
    "minor": ModeRule(
        ("escorted", "protective", "police"),
        False,
        ("未成年人保护法 第九十二条",),
        "leader_on_duty",
        24,
    ),
    "critically_ill_person": ModeRule(
        ("medical_emergency",), False, ("社会救助暂行办法 第五十一条",), "leader_on_duty", 12
    ),
    "suspected_mental_disorder": ModeRule(
        ("protective", "medical_emergency", "police"), False, ("精神卫生法 第二十八条",), "", 24
    ),
    "danger": ModeRule(("police",), False, ("民发〔2014〕132号 第九条",)),
    "occupational_beggar": ModeRule(),
    "infectious_patient": ModeRule(("medical_emergency",), False, ("社会救助暂行办法",)),
}
codes = st.frozensets(st.sampled_from(sorted(RULES)), min_size=1)
ABLE: tuple[Capacity, ...] = ("capable", "doubtful", "incapable")
capacities = st.sampled_from(ABLE)


@pytest.mark.rule("P9-13", "P1-05")
@pytest.mark.parametrize("code", sorted(NEVER_REFUSED))
def test_a_plan_cannot_open_a_refusal_that_the_law_closes(code: str) -> None:
    """Minors, the urgently ill and people in danger never end as refused, whatever a plan says."""
    lenient = {code: ModeRule(("voluntary",), may_refuse=True)}
    assert not may_refuse([code], "capable", lenient)


@pytest.mark.rule("P1-05")
def test_a_capable_adult_may_refuse() -> None:
    """An ordinary, old or disabled adult who can decide keeps the right to say no."""
    assert may_refuse(["rough_sleeper"], "capable", RULES)
    assert may_refuse(["elderly", "disabled"], "capable", RULES)


def test_somebody_unable_to_decide_does_not_refuse() -> None:
    """Incapacity ends the refusal; a doubt alone does so only with a class that explains it."""
    assert not may_refuse(["rough_sleeper"], "incapable", RULES)
    assert may_refuse(["elderly"], "doubtful", RULES)
    assert not may_refuse(["drunk"], "doubtful", RULES)


@given(codes, codes, capacities)
def test_one_more_class_never_gives_the_right_to_refuse_back(
    some: frozenset[str], more: frozenset[str], capacity: Capacity
) -> None:
    """The more protective class wins (T5): adding classes can only protect further."""
    if not may_refuse(some, capacity, RULES):
        assert not may_refuse(some | more, capacity, RULES)


@given(codes, capacities)
def test_whoever_may_refuse_is_asked_first(held: frozenset[str], capacity: Capacity) -> None:
    """Voluntary relief stands first for those who may refuse and is gone for those who may not."""
    given_treatment = treatment(held, capacity, RULES)
    if given_treatment.may_refuse:
        assert given_treatment.first_mode == "voluntary"
    else:
        assert "voluntary" not in given_treatment.modes
        assert given_treatment.deciding


@given(codes, capacities)
def test_a_treatment_is_never_empty_and_always_reviewed(
    held: frozenset[str], capacity: Capacity
) -> None:
    """There is always a mode, known to the system, an approver and a review."""
    made = treatment(held, capacity, RULES)
    assert made.modes
    assert set(made.modes) <= set(MODES)
    assert made.approver
    assert made.review_hours > 0


@given(codes, codes, capacities)
def test_the_review_comes_no_later_with_more_classes(
    some: frozenset[str], more: frozenset[str], capacity: Capacity
) -> None:
    """Of several terms the shortest holds."""
    both = treatment(some | more, capacity, RULES).review_hours
    hours = [RULES[code].review_hours for code in some | more if RULES[code].review_hours]
    assert both == min(hours, default=24)


@pytest.mark.rule("P1-11")
def test_illness_comes_before_protection() -> None:
    """A critically ill child goes to the hospital first."""
    made = treatment(["minor", "critically_ill_person"], "capable", RULES)
    assert made.first_mode == "medical_emergency"
    assert made.review_hours == 12


@pytest.mark.rule("S1-10")
def test_a_plan_that_says_compulsory_gets_protective_relief_behind_the_gate() -> None:
    """No person is locked in (Decree 381 Art. 11): the word of the plan opens no new mode."""
    rules = {"elderly": ModeRule(("compulsory",), False, ("方案",))}
    made = treatment(["elderly"], "capable", rules)
    assert "compulsory" not in made.modes
    assert "protective" in made.modes


FULL = Gate(legal_basis="国务院令第381号 第五条", reason="夜间零下五度", has_agreed=True)


def test_voluntary_relief_needs_no_gate() -> None:
    """Whoever comes along by himself is not examined."""
    assert not needs_gate("voluntary")
    assert missing_at_gate("voluntary", Gate(), treatment(["elderly"], "capable", RULES)) == ()


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "voluntary"])
def test_every_other_mode_needs_basis_and_reason(mode: str) -> None:
    """An empty gate stays shut for each of them."""
    made = treatment(["minor", "suspected_mental_disorder", "danger"], "capable", RULES)
    assert {"legal_basis", "reason"} <= set(missing_at_gate(mode, Gate(), made))


def test_a_capable_adult_is_not_taken_along_against_his_will() -> None:
    """An old man who says no is not escorted, unless danger or incapacity is found (X01)."""
    made = treatment(["elderly"], "capable", RULES)
    against = Gate(legal_basis="国务院令第381号 第五条", reason="天冷")
    assert "finding" in missing_at_gate("escorted", against, made)
    assert missing_at_gate("escorted", FULL, made) == ()
    in_danger = Gate("民发〔2014〕132号 第九条", "昏睡在雪地", is_urgent_danger=True)
    assert missing_at_gate("escorted", in_danger, made) == ()


def test_a_capable_adult_who_agrees_goes_by_his_own_way() -> None:
    """Urgently ill or infectious, he may not be left alone; but his yes makes the help voluntary."""
    agreed = Gate(has_agreed=True)
    for held in (["critically_ill_person"], ["infectious_patient"], ["danger"], ["elderly"]):
        made = treatment(held, "capable", RULES)
        assert made.is_own_way(agreed)
        assert not made.is_own_way(Gate())
        assert not made.is_own_way(Gate(has_agreed=True, is_incapable=True))
        assert not made.is_own_way(Gate(has_agreed=True, is_urgent_danger=True))


@given(codes, capacities)
def test_a_nod_of_a_child_or_of_somebody_unable_to_decide_is_no_consent(
    held: frozenset[str], capacity: Capacity
) -> None:
    """Only a capable adult whose capacity no class puts in doubt makes the help voluntary."""
    made = treatment(held, capacity, RULES)
    if "minor" in held or "suspected_mental_disorder" in held or capacity != "capable":
        assert not made.is_own_way(Gate(has_agreed=True))


def test_the_gate_before_a_drunk_person_names_that_he_is_drunk() -> None:
    """A doubt about capacity is never said without the class that gives reason for it."""
    made = treatment(["drunk", "elderly"], "doubtful", RULES)
    assert made.deciding == ("drunk", "doubtful")
    assert made.opened_by("protective") == ("drunk", "doubtful")


@given(codes, capacities)
def test_every_gate_names_the_class_that_opens_it(held: frozenset[str], capacity: Capacity) -> None:
    """Whatever the mix, a mode that is not voluntary says whom it is for."""
    made = treatment(held, capacity, RULES)
    for mode in made.modes:
        assert mode == "voluntary" or made.opened_by(mode)


def test_a_mode_the_classes_do_not_name_needs_a_finding() -> None:
    """Protective relief of an ordinary adult is no option on the form."""
    made = treatment(["rough_sleeper"], "capable", RULES)
    assert "mode" in missing_at_gate("protective", FULL, made)


@given(codes, capacities, st.sampled_from(MODES), st.text(max_size=3), st.text(max_size=3))
def test_the_gate_opens_only_with_basis_and_reason(
    held: frozenset[str], capacity: Capacity, mode: str, basis: str, reason: str
) -> None:
    """No mix of classes lets a mode through that is not voluntary and says nothing."""
    made = treatment(held, capacity, RULES)
    gate = Gate(basis, reason, is_urgent_danger=True, is_incapable=True, has_agreed=True)
    is_open = missing_at_gate(mode, gate, made) == ()
    assert is_open == (mode == "voluntary" or bool(basis.strip() and reason.strip()))


def test_the_age_makes_a_minor_even_when_nobody_ticked_it() -> None:
    """A child's class follows from the guess of the age."""
    assert with_age([], Age(15, 19), AgeLines()) == {"minor"}
    assert with_age(["elderly"], Age(40, 45), AgeLines()) == {"elderly"}
    assert with_age([], None, AgeLines()) == {"rough_sleeper"}
    assert with_age(["elderly"], Age(9, 11), AgeLines()) == {"minor"}
    assert with_age(["minor"], Age(67, 77), AgeLines()) == {"elderly"}
    assert with_age(["minor"], Age(17, 23), AgeLines()) == {"minor"}


def test_classes_stand_with_the_most_urgent_first() -> None:
    """What life hangs on is read first."""
    shown = in_order(["rough_sleeper", "minor", "critically_ill_person", "elderly"])
    assert shown == ["critically_ill_person", "minor", "elderly", "rough_sleeper"]
    assert "critically_ill_person" in DANGER_CLASSES
