"""How somebody may be helped, who may refuse, and the gate before anything that is not voluntary.

A plan names the modes of each class; here several classes become one treatment, the more
protective wins (T5), and the law's floor holds whatever a plan says: a minor, somebody urgently
ill or unable to decide never ends as "refused", and a capable adult is never forced without a
basis, urgent danger or incapacity, an approver and a review (X01, X17, TR-05).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from nuantu.persons.rules.classes import CAPACITY_IN_DOUBT, MINOR, URGENT_ILLNESS, in_order

Capacity = Literal["capable", "doubtful", "incapable"]

VOLUNTARY, ESCORTED, PROTECTIVE = "voluntary", "escorted", "protective"
MEDICAL, POLICE = "medical_emergency", "police"
# Life and health first, then protection, then guidance (priority of conflict, requirements §3).
MODES: Final = (MEDICAL, PROTECTIVE, POLICE, ESCORTED, VOLUNTARY)
# Decree 381 Art. 11: nobody is locked in. "Compulsory" (S1-10) is no mode here: a plan that says
# it gets protective relief behind the same gate.
_READ_AS: Final = {"compulsory": PROTECTIVE}
ILLNESS: Final = URGENT_ILLNESS | {"infectious_patient"}
NEVER_REFUSED: Final = frozenset({MINOR, "danger"}) | URGENT_ILLNESS
# A child, and whoever may not know what he agrees to, does not make the help voluntary by a nod.
_CONSENTS_FOR_HIM: Final = CAPACITY_IN_DOUBT | {MINOR}
DEFAULT_REVIEW_HOURS: Final = 24
DEFAULT_APPROVER: Final = "leader_on_duty"


@dataclass(frozen=True, slots=True)
class ModeRule:
    """What the rule book says on one class: modes, whether it may refuse, basis, approver, review."""

    modes: tuple[str, ...] = (VOLUNTARY,)
    may_refuse: bool = True
    legal_basis: tuple[str, ...] = ()
    approver: str = ""
    review_hours: int = 0
    treatment: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment for a person of several classes.

    `modes` run from the one to take first; `deciding` are the classes that took the right to
    refuse away; `given_by` names for each mode the classes that open it. `may_consent`: a capable
    adult, whose own agreement makes the help voluntary even where he may not be left alone.
    """

    modes: tuple[str, ...]
    may_refuse: bool
    may_consent: bool
    deciding: tuple[str, ...]
    given_by: Mapping[str, tuple[str, ...]]
    legal_basis: tuple[str, ...]
    approver: str
    review_hours: int
    says: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def first_mode(self) -> str:
        return self.modes[0]

    def opened_by(self, mode: str) -> tuple[str, ...]:
        """The classes that open the gate to a mode: what took the refusal away, else what names it."""
        return self.deciding or self.given_by.get(mode, ())

    def is_own_way(self, gate: "Gate") -> bool:
        """Whether the person goes by his own decision: he can decide, and agreed, and no urgent
        danger or incapacity was found."""
        has_finding = gate.is_urgent_danger or gate.is_incapable
        return self.may_consent and gate.has_agreed and not has_finding


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def may_refuse(classes: Iterable[str], capacity: Capacity, rules: Mapping[str, ModeRule]) -> bool:
    """Only a capable adult without urgent illness may refuse (X17, P9-13)."""
    return not who_decides(classes, capacity, rules)


def who_decides(
    classes: Iterable[str], capacity: Capacity, rules: Mapping[str, ModeRule]
) -> tuple[str, ...]:
    """What takes the right to refuse away: classes, or `incapable` / `doubtful`; empty for nobody.

    A doubt about capacity counts only with a class that gives reason for it, which is named with
    it, so that nobody loses his right because somebody ticked a box.
    """
    held = in_order(classes)
    found = [
        code
        for code in held
        if code in NEVER_REFUSED or (code in rules and not rules[code].may_refuse)
    ]
    if capacity == "incapable":
        found.append("incapable")
    elif capacity == "doubtful" and CAPACITY_IN_DOUBT.intersection(held):
        found += [code for code in held if code in CAPACITY_IN_DOUBT and code not in found]
        found.append("doubtful")
    return tuple(found)


def treatment(
    classes: Iterable[str], capacity: Capacity, rules: Mapping[str, ModeRule]
) -> Treatment:
    """The sum over the classes; where two clash, the more protective wins (T5)."""
    held = in_order(classes)
    said = [rules[code] for code in held if code in rules]
    deciding = who_decides(held, capacity, rules)
    allowed = {_READ_AS.get(mode, mode) for rule in said for mode in rule.modes}
    if URGENT_ILLNESS.intersection(held):
        allowed.add(MEDICAL)
    if deciding:
        allowed.discard(VOLUNTARY)
        allowed.add(PROTECTIVE)
    else:
        allowed.add(VOLUNTARY)
    modes = _in_order(allowed, is_ill=bool(ILLNESS.intersection(held)), is_free=not deciding)
    hours = [rule.review_hours for rule in said if rule.review_hours > 0]
    return Treatment(
        modes=modes,
        may_refuse=not deciding,
        may_consent=capacity == "capable" and not _CONSENTS_FOR_HIM.intersection(held),
        deciding=deciding,
        given_by={mode: _given_by(mode, held, rules, deciding) for mode in modes},
        legal_basis=_unique(basis for rule in said for basis in rule.legal_basis),
        approver=next((rule.approver for rule in said if rule.approver), DEFAULT_APPROVER),
        review_hours=min(hours, default=DEFAULT_REVIEW_HOURS),
        says=_unique(rule.treatment for rule in said),
        sources=_unique(rule.source for rule in said),
    )


def _given_by(
    mode: str, held: Iterable[str], rules: Mapping[str, ModeRule], deciding: tuple[str, ...]
) -> tuple[str, ...]:
    """The classes that open a mode; the law's floor opens treatment and protection by itself."""
    floor = {MEDICAL: URGENT_ILLNESS, PROTECTIVE: frozenset(deciding)}.get(mode, frozenset())
    return tuple(
        code
        for code in held
        if code in floor
        or (code in rules and mode in {_READ_AS.get(one, one) for one in rules[code].modes})
    )


def _in_order(allowed: Iterable[str], *, is_ill: bool, is_free: bool) -> tuple[str, ...]:
    """Ask first where he may say no; treat first where somebody is ill, else the hospital is last."""
    known = set(allowed)
    modes = [mode for mode in MODES if mode in known]
    if not is_ill:
        modes.sort(key=lambda mode: mode == MEDICAL)
    if is_free:
        modes.sort(key=lambda mode: mode != VOLUNTARY)
    return tuple(modes)


@dataclass(frozen=True, slots=True)
class Gate:
    """What was put down for a mode that is not voluntary."""

    legal_basis: str = ""
    reason: str = ""
    is_urgent_danger: bool = False
    is_incapable: bool = False
    has_agreed: bool = False


def needs_gate(mode: str) -> bool:
    """Whether the mode needs a class, a legal basis, an approver and a review."""
    return mode != VOLUNTARY


def missing_at_gate(mode: str, gate: Gate, given: Treatment) -> tuple[str, ...]:
    """What keeps the gate shut, as codes: mode, legal_basis, reason, finding.

    `finding`: a capable adult who did not agree may be taken along only in urgent danger or when
    found unable to decide.
    """
    if not needs_gate(mode):
        return ()
    missing = []
    has_finding = gate.is_urgent_danger or gate.is_incapable
    if mode not in given.modes and not has_finding:
        missing.append("mode")
    if not gate.legal_basis.strip():
        missing.append("legal_basis")
    if not gate.reason.strip():
        missing.append("reason")
    if given.may_refuse and not gate.has_agreed and not has_finding:
        missing.append("finding")
    return tuple(missing)
