"""Classes of persons: what was seen and what follows from the age, in one set."""

from collections.abc import Iterable

from nuantu.persons.rules.ages import (
    Age,
    AgeLines,
    is_treated_as_elderly,
    is_treated_as_minor,
    side_of,
)

ORDINARY = "rough_sleeper"
MINOR = "minor"
ELDERLY = "elderly"

# Seen first and said in red: life and liberty hang on them.
DANGER_CLASSES = frozenset(
    {
        "critically_ill_person",
        "sudden_illness",
        "infectious_patient",
        "suspected_mental_disorder",
        "suicide_risk",
        "danger",
        "domestic_violence",
        "trafficked",
        MINOR,
    }
)
# Somebody looks for these people: where they are is told to nobody who gives no purpose.
HARMED_BY_SOMEBODY = frozenset({"domestic_violence", "trafficked"})
URGENT_ILLNESS = frozenset({"critically_ill_person", "sudden_illness"})
# Illness or disability that puts in doubt whether a refusal is the person's own decision.
CAPACITY_IN_DOUBT = frozenset(
    {"suspected_mental_disorder", "intellectual_disability", "suicide_risk", "drunk"}
)

_ORDER = (
    "critically_ill_person",
    "sudden_illness",
    MINOR,
    "danger",
    "suicide_risk",
    "domestic_violence",
    "trafficked",
    "infectious_patient",
    "suspected_mental_disorder",
    "intellectual_disability",
    "severely_disabled_person",
    "disabled",
    "hard_to_move",
    "drunk",
    ELDERLY,
    "family_with_children",
    "woman_alone",
    "left_behind_child",
    "parents_in_prison",
    "disaster_victim",
    "person_in_sudden_trouble",
    "easily_lost_person",
    "repeat_street_person",
    "stranded_unidentified_person",
    "non_local",
    "hong_kong_macao_taiwan",
    "foreign",
    "occupational_beggar",
    "capable_adult_refuser",
    ORDINARY,
)


def with_age(seen: Iterable[str], age: Age | None, lines: AgeLines) -> frozenset[str]:
    """The classes seen plus those that the age gives; nobody without a class is left: ordinary.

    A child's class never falls away because it was not ticked; nobody is both a child and old.
    """
    classes = set(seen)
    if is_treated_as_minor(age, lines):
        classes.add(MINOR)
    if age is not None and side_of(age, lines.minor) == "below":
        classes.discard(ELDERLY)
    if is_treated_as_elderly(age, lines):
        classes.add(ELDERLY)
    if age is not None and side_of(age, lines.elderly) == "above":
        classes.discard(MINOR)
    return frozenset(classes or {ORDINARY})


def in_order(classes: Iterable[str]) -> list[str]:
    """Most urgent first, unknown ones last by name."""
    rank = {code: place for place, code in enumerate(_ORDER)}
    return sorted(set(classes), key=lambda code: (rank.get(code, len(_ORDER)), code))
