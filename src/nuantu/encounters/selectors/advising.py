"""The judgement in words for the phone: what to do first, what is closed and why, what the gate asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.encounters.models import Outcome
from nuantu.encounters.rules import outcomes
from nuantu.encounters.rules.contact import Place
from nuantu.encounters.selectors.judging import Judgement
from nuantu.operations.selectors import leader_on_duty
from nuantu.persons.models import Case, ClassCode
from nuantu.persons.rules.classes import URGENT_ILLNESS
from nuantu.persons.rules.rescue import VOLUNTARY, Gate
from nuantu.persons.selectors import marks_of
from nuantu.places.selectors import nearest_hospital
from nuantu.planbook import sources
from nuantu.planbook.rules import Ruling

_AT_ONCE: Final = URGENT_ILLNESS | {"danger", "suicide_risk"}


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to call at once."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What the page says beside the form. `closed` are the ends that are not open for this person."""

    calls_first: bool
    tells: tuple[Told, ...]
    marks: tuple[tuple[str, str], ...]
    says: tuple[str, ...]
    may_refuse: bool
    why_not: str
    closed: tuple[str, ...]
    ways: tuple[str, ...]
    level: str
    is_raised: bool
    asks_consent: bool
    needs_gate: bool
    gate_why: str
    modes: tuple[tuple[str, str], ...]
    mode: str
    bases: tuple[str, ...]
    basis: str
    review_hours: int
    approver: str
    revisit_days: str
    revisit_source: str
    kit_source: str
    hospital: str


def advise(
    actor: Actor,
    judgement: Judgement,
    *,
    place: Place,
    outcome: str,
    gate: Gate,
    mode: str,
    at: datetime,
) -> Advice:
    """Put the judgement into words; reads who is on duty and the nearest hospital only if needed."""
    treatment = judgement.treatment
    is_taken = outcome in outcomes.TAKEN_OVER
    chosen = mode if mode in treatment.modes else judgement.mode_for(outcome)
    asks_consent = is_taken and treatment.may_consent and not treatment.may_refuse
    is_own_way = asks_consent and treatment.is_own_way(gate)
    needs_gate = is_taken and not is_own_way and (chosen != VOLUNTARY or not treatment.may_refuse)
    leader = leader_on_duty(actor.org_code, at) if needs_gate else None
    level = judgement.level
    return Advice(
        calls_first=judgement.calls_first or bool(_AT_ONCE & set(judgement.classes)),
        tells=_told(judgement.tells),
        marks=marks_of(judgement.classes),
        says=treatment.says,
        may_refuse=treatment.may_refuse,
        why_not=_why(treatment.deciding),
        closed=tuple(code for code in Outcome.values if code not in judgement.outcomes),
        ways=tuple(str(Outcome(code).label) for code in judgement.outcomes),
        level=level.level,
        is_raised=not level.is_normal,
        asks_consent=asks_consent,
        needs_gate=needs_gate,
        gate_why=_why(treatment.opened_by(chosen)),
        modes=tuple((code, str(Case.Mode(code).label)) for code in treatment.modes),
        mode=chosen,
        bases=treatment.legal_basis,
        basis=gate.legal_basis or (treatment.legal_basis[0] if treatment.legal_basis else ""),
        review_hours=treatment.review_hours,
        approver=leader.user.name if leader else "",
        revisit_days=f"{judgement.revisit_days:g}",
        revisit_source=_source(judgement.revisit_ruling),
        kit_source=_source(judgement.kit_ruling),
        hospital=_hospital(place) if judgement.calls_first else "",
    )


def _told(codes: Sequence[str]) -> tuple[Told, ...]:
    labels = {"120": _("急救"), "110": _("公安")}
    return tuple(Told(code, labels[code]) for code in codes if code in labels)


def _why(deciding: Sequence[str]) -> str:
    names = {"incapable": _("不能自己作主"), "doubtful": _("能否自己作主存疑")}
    labels = dict(ClassCode.choices)
    return _("、").join(str(names.get(code) or labels.get(code, code)) for code in deciding)


def _source(ruling: Ruling | None) -> str:
    if ruling is None:
        return ""
    source = sources.said(ruling.source, get_language() or "")
    is_named = ruling.is_national or source.startswith(f"{ruling.plan_code}-")
    return source if is_named else f"{ruling.plan_code} {source}"


def _hospital(place: Place) -> str:
    if place.lat is None or place.lon is None:
        return ""
    near = nearest_hospital(place.lat, place.lon)
    return str(near.place) if near else ""
