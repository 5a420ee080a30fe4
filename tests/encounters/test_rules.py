"""The rules of a contact, on literals and on everything hypothesis can think of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core.retention import keep_until
from nuantu.encounters.rules import conditions, kits, outcomes, refusals, sharing

NOW = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)
chips = st.frozensets(st.sampled_from(sorted(conditions.CLASSES_OF)))
codes = st.frozensets(
    st.sampled_from(
        [
            "minor",
            "critically_ill_person",
            "sudden_illness",
            "infectious_patient",
            "elderly",
            "danger",
        ]
    )
)
KIT = (
    kits.KitItem("food", "食品", "food"),
    kits.KitItem("quilt", "棉被", "quilt"),
    kits.KitItem("masks", "防疫物资", "supplies", is_optional=True),
)


@given(chips, chips)
def test_one_more_chip_never_takes_a_class_away(some: frozenset[str], more: frozenset[str]) -> None:
    """What is seen adds up."""
    assert conditions.classes_of(some) <= conditions.classes_of(some | more)


@given(chips, st.sampled_from(["capable", "doubtful", "incapable", "", "nonsense"]))
def test_nobody_unconscious_can_decide(seen: frozenset[str], said: str) -> None:
    """A box left as it was never makes somebody able to decide."""
    found = conditions.capacity_seen(said, seen)
    if "unconscious" in seen or said == "incapable":
        assert found == "incapable"
    if "confused" in seen:
        assert found in ("doubtful", "incapable")


@given(codes, st.booleans())
def test_there_is_always_a_way_and_it_is_a_known_one(held: frozenset[str], free: bool) -> None:
    """No mix of classes leaves the team without an end to choose."""
    open_ends = outcomes.allowed(held, may_refuse=free)
    assert open_ends
    assert set(open_ends) <= set(outcomes.OUTCOMES)


@given(codes)
def test_who_may_not_refuse_is_never_left_alone(held: frozenset[str]) -> None:
    """Refused, goods only and went home are closed together, under every name."""
    assert not outcomes.LEFT_ALONE & set(outcomes.allowed(held, may_refuse=False))


@given(codes)
def test_urgent_illness_has_one_end(held: frozenset[str]) -> None:
    """Treat first: the hospital, whatever else somebody is."""
    if held & {"critically_ill_person", "sudden_illness"}:
        assert outcomes.allowed(held, may_refuse=True) == ("hospital",)


def test_an_informed_refusal_with_a_next_visit_counts_as_handled() -> None:
    """It is no failure of the team (X66); without the visit it is not handled."""
    assert outcomes.counts_as_handled("refused", is_informed=True, has_revisit=True)
    assert not outcomes.counts_as_handled("refused", is_informed=True, has_revisit=False)
    assert outcomes.counts_as_handled("hospital", is_informed=False, has_revisit=False)


def test_every_end_of_a_contact_is_an_end_of_its_tip() -> None:
    """The tip's register knows an outcome for each."""
    assert set(outcomes.TIP_OUTCOME) == set(outcomes.OUTCOMES)


@given(st.dictionaries(st.sampled_from(["food", "quilt", "masks", "gold"]), st.integers(-2, 5)))
def test_a_refuser_is_owed_every_item_or_a_word(handed: dict[str, int]) -> None:
    """Each item of the kit is given, optional, or explained; nothing is silent."""
    silent = kits.lines(KIT, handed, "", is_kit_owed=True)
    said = kits.lines(KIT, handed, "本人不要", is_kit_owed=True)
    assert [line.item.code for line in silent] == ["food", "quilt", "masks"]
    assert kits.unexplained(said) == ()
    assert {item.code for item in kits.unexplained(silent)} == {
        code for code in ("food", "quilt") if handed.get(code, 0) < 1
    }


def test_somebody_who_comes_along_is_owed_no_kit() -> None:
    """Only what was handed out is a line."""
    assert kits.lines(KIT, {"food": 2}, "", is_kit_owed=False) == (kits.Given(KIT[0], 2),)


def test_a_kit_is_read_from_a_plan_as_it_stands() -> None:
    """What is no list is no kit; a label in English is used in English."""
    (item,) = kits.read_kit([{"code": "quilt", "label": "棉被", "label_en": "quilt"}])
    assert (item.said_in("zh-hans"), item.said_in("en")) == ("棉被", "quilt")
    assert kits.read_kit(None) == ()


GOOD = refusals.RefusalFacts(
    is_informed=True,
    reason="不想去",
    has_card=True,
    card_reason="",
    evidence="taken",
    evidence_reason="",
    has_photo=True,
    revisit_at=NOW + timedelta(days=1),
)


def test_a_whole_refusal_has_no_gap() -> None:
    """Informed, reason, card, photo, next visit: nothing more is asked."""
    assert refusals.gaps(GOOD, latest=NOW + timedelta(days=3), at=NOW) == ()


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"is_informed": False}, "informed"),
        ({"reason": " "}, "reason"),
        ({"has_card": False}, "card"),
        ({"has_photo": False}, "evidence"),
        ({"evidence": "impossible", "has_photo": False}, "evidence"),
        ({"evidence": "invented", "evidence_reason": "x"}, "evidence"),
        ({"revisit_at": None}, "revisit"),
        ({"revisit_at": NOW}, "revisit"),
        ({"revisit_at": NOW + timedelta(days=4)}, "revisit"),
    ],
)
def test_each_gap_is_named(changes: dict[str, Any], gap: str) -> None:
    """The first thing to mend is said."""
    facts = replace(GOOD, **changes)
    assert refusals.gaps(facts, latest=NOW + timedelta(days=3), at=NOW) == (gap,)


def test_refusing_the_card_or_the_camera_is_no_gap() -> None:
    """Somebody who takes no card and wants no photo still refuses properly, with a word."""
    facts = replace(
        GOOD,
        has_card=False,
        card_reason="撕掉了",
        evidence="declined",
        evidence_reason="挥手不让拍",
        has_photo=False,
    )
    assert refusals.gaps(facts, latest=NOW + timedelta(days=3), at=NOW) == ()


@given(chips)
def test_a_partner_learns_needs_and_no_illness(seen: frozenset[str]) -> None:
    """Whatever was seen, the words of the notice are from a list without diagnoses."""
    told = sharing.needs(seen)
    assert set(told) <= set(sharing.NEEDS)
    assert "persuade" in told
    assert sharing.needs(seen & {"unconscious", "infectious", "confused", "suicidal"}) == (
        "persuade",
    )


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(1, 240))
def test_evidence_is_kept_for_whole_months(day: date, months: int) -> None:
    """The last day is the same day of the month, or the last one there is."""
    until = keep_until(day, months)
    assert (until.year * 12 + until.month) - (day.year * 12 + day.month) == months
    assert until.day <= day.day
    assert until > day
