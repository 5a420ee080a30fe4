"""What a team sees, in chips; which classes of person follow from it."""

from collections.abc import Iterable
from typing import Final

# Seen → classes (T5). What is seen is written down as seen; a doctor decides what it is.
CLASSES_OF: Final[dict[str, tuple[str, ...]]] = {
    "unconscious": ("critically_ill_person",),
    "breathless": ("critically_ill_person",),
    "bleeding": ("critically_ill_person",),
    "frozen": ("critically_ill_person",),
    "feverish": ("sudden_illness",),
    "in_pain": ("sudden_illness",),
    "infectious": ("infectious_patient",),
    "confused": ("suspected_mental_disorder",),
    "suicidal": ("suicide_risk", "danger"),
    "violent": ("danger",),
    "coerced": ("danger",),
    "drunk": ("drunk",),
    "immobile": ("hard_to_move",),
    "disabled": ("disabled",),
    "with_child": ("family_with_children",),
    "begging": (),
    "thin_clothes": (),
    "wet": (),
    "hungry": (),
    "unwell": (),
    "calm": (),
}
# These call 120 before anything else is written.
CALL_FIRST: Final = frozenset(
    code
    for code, classes in CLASSES_OF.items()
    if {"critically_ill_person", "sudden_illness"} & set(classes)
)
# Chips that speak against a decision of one's own.
_DOUBTFUL: Final = frozenset({"confused", "drunk", "suicidal", "coerced"})
_INCAPABLE: Final = frozenset({"unconscious"})


def classes_of(seen: Iterable[str]) -> frozenset[str]:
    """The classes that what was seen stands for; an unknown chip stands for none."""
    return frozenset(name for code in seen for name in CLASSES_OF.get(code, ()))


def capacity_seen(said: str, seen: Iterable[str]) -> str:
    """How able to decide the person is: what the team says, or worse when a chip says so.

    Nobody unconscious is "able to decide" because a box was left as it was.
    """
    chips = set(seen)
    order = ("capable", "doubtful", "incapable")
    worst = "incapable" if chips & _INCAPABLE else "doubtful" if chips & _DOUBTFUL else "capable"
    stated = said if said in order else "capable"
    return max(worst, stated, key=order.index)
