"""Questions that several packages ask of a rule book, answered with their provenance.

Each takes a ``RuleBook`` and plain values and returns a frozen value; the ruling inside says which
plan and clause it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nuantu.planbook.levels import Level, colour_of
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import ANY, NATIONAL, Rule, Ruling
from nuantu.planbook.text import Text

NEAR: Final = "near"
FAR: Final = "far"


@dataclass(frozen=True, slots=True)
class ResponseLimit:
    """The promised minutes to a place, and why it is near or far. Freeze it at intake."""

    minutes: int
    is_far: bool
    travel_minutes: float
    threshold_minutes: int
    ruling: Ruling
    threshold: Ruling


@dataclass(frozen=True, slots=True)
class WarningAnswer:
    """The level a warning asks for, and the rule that says so."""

    level: Level
    source: str
    plan_code: str
    quote: str
    is_derived: bool


@dataclass(frozen=True, slots=True)
class Preparation:
    """A duty that a warning brings. Exactly one of ``within_minutes`` and ``every`` is set."""

    code: str
    title: Text
    who: str
    within_minutes: int | None
    every: str
    may_give_reason: bool
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody on the notification list: ``120``, ``110`` or the role of a unit."""

    who: str
    order: str
    share: tuple[str, ...]
    source: str
    plan_code: str
    quote: str
    words: str


@dataclass(frozen=True, slots=True)
class KitItem:
    """One item that a refuser is given."""

    code: str
    label: Text
    quantity: int
    is_optional: bool


@dataclass(frozen=True, slots=True)
class RescueMode:
    """How a class of person is helped (X01)."""

    person_class: str
    modes: tuple[str, ...]
    may_refuse: bool
    legal_basis: tuple[str, ...]
    approver: str
    review_hours: int
    treatment: str
    ruling: Ruling


def response_limit(book: RuleBook, travel_minutes: float) -> ResponseLimit:
    """The limit for a place that is ``travel_minutes`` from the responsible station (P9-20, P9-21).

    Above the threshold it counts as far; at the threshold it is near.
    """
    threshold = book.need("response.far_travel")
    is_far = travel_minutes > threshold.number
    ruling = book.need("response.limit", key=FAR if is_far else NEAR)
    return ResponseLimit(
        minutes=int(ruling.number),
        is_far=is_far,
        travel_minutes=travel_minutes,
        threshold_minutes=int(threshold.number),
        ruling=ruling,
        threshold=threshold,
    )


def level_for_warning(book: RuleBook, event: str, colour: str) -> WarningAnswer | None:
    """The level that a warning of this event and colour asks for; None when no plan names it.

    ``event`` is the event's name (寒潮), ``colour`` any word for its colour, '' when unknown. Of
    several rules that fit, the highest level counts. Without a plan in force nothing changes.
    """
    if not book.layers:
        return None
    shade = colour_of(colour)
    fitting = [
        rule
        for rule in book.rules("warning.level")
        if _names(rule.selectors, event)
        and (not rule.colours or shade in rule.colours)
        and (not rule.season or rule.season == book.season)
    ]
    if not fitting:
        return None
    highest = max(fitting, key=lambda rule: book.level(str(rule.value)).rank)
    return WarningAnswer(
        level=book.level(str(highest.value)),
        source=highest.source,
        plan_code=highest.plan_code,
        quote=highest.quote,
        is_derived=highest.is_derived,
    )


def preparations(book: RuleBook, level: str) -> tuple[Preparation, ...]:
    """The duties that a warning brings at a level, own plan before parent before default."""
    return tuple(_preparation(ruling) for ruling in book.every("warning.prep", level=level))


def recipients(
    book: RuleBook,
    *,
    classes: Iterable[str],
    finder: str = ANY,
    outcome: str = ANY,
) -> tuple[Recipient, ...]:
    """Everybody who must be told of a person of these classes (X10); nobody on the list is skipped."""
    asked = {*classes, ANY}
    found: dict[str, Recipient] = {}
    for rule in book.rules("notify"):
        said = _mapping(rule.value)
        if not asked.intersection(rule.selectors):
            continue
        if said.get("finder", ANY) not in (ANY, finder):
            continue
        if said.get("outcome", ANY) not in (ANY, outcome):
            continue
        for who in _strings(said.get("tell")):
            found.setdefault(who, _recipient(who, rule, said))
    return tuple(found.values())


def refusal_kit(book: RuleBook) -> tuple[KitItem, ...]:
    """What a refuser is given by the plan (X16)."""
    items = book.need("refusal.kit").value
    if not isinstance(items, Sequence) or isinstance(items, str):
        return ()
    return tuple(_kit_item(_mapping(item)) for item in items)


def rescue_modes(book: RuleBook, classes: Iterable[str]) -> tuple[RescueMode, ...]:
    """How each of a person's classes is helped; without any class the ordinary voluntary way."""
    wanted = list(dict.fromkeys(classes)) or [ANY]
    return tuple(_rescue_mode(person_class, book) for person_class in wanted)


def may_refuse(book: RuleBook, classes: Iterable[str]) -> tuple[bool, tuple[RescueMode, ...]]:
    """Whether a refusal can stand, and the classes that forbid it (X17).

    The strictest class decides: one that may not refuse is enough.
    """
    against = tuple(mode for mode in rescue_modes(book, classes) if not mode.may_refuse)
    return not against, against


def _names(types: Sequence[str], event: str) -> bool:
    return not types or any(known in event for known in types)


def _preparation(ruling: Ruling) -> Preparation:
    said = _mapping(ruling.value)
    minutes = said.get("within_minutes")
    return Preparation(
        code=ruling.key,
        title=Text(str(said.get("title", "")), str(said.get("title_en", ""))),
        who=str(said.get("who", "")),
        within_minutes=minutes if isinstance(minutes, int) else None,
        every=str(said.get("every", "")),
        may_give_reason=bool(said.get("or_reason")),
        ruling=ruling,
    )


def _recipient(who: str, rule: Rule, said: Mapping[str, object]) -> Recipient:
    return Recipient(
        who=who,
        order=str(said.get("order", "together")),
        share=_strings(said.get("share")),
        source=rule.source,
        plan_code=rule.plan_code,
        quote=rule.quote,
        words=rule.words,
    )


def _kit_item(said: Mapping[str, object]) -> KitItem:
    label = str(said.get("label", ""))
    quantity = said.get("quantity")
    return KitItem(
        code=str(said.get("code", "")),
        label=Text(label, str(said.get("label_en") or label)),
        quantity=quantity if isinstance(quantity, int) else 1,
        is_optional=bool(said.get("is_optional")),
    )


def _rescue_mode(person_class: str, book: RuleBook) -> RescueMode:
    ruling = book.need("rescue.mode", key=person_class)
    said = _mapping(ruling.value)
    hours = said.get("review_hours")
    return RescueMode(
        person_class=person_class,
        modes=_strings(said.get("modes")),
        may_refuse=bool(said.get("may_refuse")),
        legal_basis=_strings(said.get("legal_basis")),
        approver=str(said.get("approver", "")),
        review_hours=hours if isinstance(hours, int) else 0,
        treatment=str(said.get("treatment", "")),
        ruling=ruling,
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return ()
    return tuple(str(item) for item in value)


__all__ = [
    "FAR",
    "NATIONAL",
    "NEAR",
    "KitItem",
    "Preparation",
    "Recipient",
    "RescueMode",
    "ResponseLimit",
    "WarningAnswer",
    "level_for_warning",
    "may_refuse",
    "preparations",
    "recipients",
    "refusal_kit",
    "rescue_modes",
    "response_limit",
]
