"""What holds for somebody who was met: classes, treatment, ends that are open, kit, next visit.

The form asks this while it is filled in, the service asks it again before it writes: one judgement,
never two copies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from nuantu.dispatch.models import Tip
from nuantu.encounters.rules import conditions, outcomes
from nuantu.encounters.rules.kits import KitItem, read_kit
from nuantu.operations.selectors import LevelNow, level_of, rules_at
from nuantu.persons.models import Person, PersonClass
from nuantu.persons.rules.ages import Age, AgeLines, bands
from nuantu.persons.rules.classes import ELDERLY, MINOR, in_order, with_age
from nuantu.persons.rules.rescue import MEDICAL, POLICE, Capacity, Treatment, treatment
from nuantu.persons.selectors import age_lines, mode_rules
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Ruling

_MODE_OF: Final = {outcomes.HOSPITAL: MEDICAL, outcomes.POLICE: POLICE}
OFFERS: Final = ("station", "temporary_lodging", "temporary_point", "street_guidance", "goods")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything the rules say about one contact, with where it comes from."""

    classes: tuple[str, ...]
    capacity: str
    treatment: Treatment
    outcomes: tuple[str, ...]
    bands: frozenset[str]
    lines: AgeLines
    level: LevelNow
    calls_first: bool
    tells: tuple[str, ...]
    kit: tuple[KitItem, ...]
    kit_ruling: Ruling | None
    offer_order: tuple[str, ...]
    revisit_days: float
    revisit_ruling: Ruling | None
    approval_minutes: float
    partners_told: Ruling | None

    def mode_for(self, outcome: str) -> str:
        """How somebody who is taken along is helped unless the team says otherwise.

        Freely where he may refuse; else as the house that takes him over is for, where the classes
        allow it; else the first mode of the classes.
        """
        fitting = _MODE_OF.get(outcome, "")
        is_fitting = not self.treatment.may_refuse and fitting in self.treatment.modes
        return fitting if is_fitting else self.treatment.first_mode


def judge(
    *,
    division_code: str,
    at: datetime,
    seen: Iterable[str] = (),
    classes: Iterable[str] = (),
    capacity: str = "capable",
    age: Age | None = None,
    known_classes: Iterable[str] = (),
    reported: Iterable[str] = (),
) -> Judgement:
    """Judge what a team sees, by the rules in force at this place and moment.

    `reported` are classes that somebody else told: they hold until the team knows an age.
    """
    chips = tuple(seen)
    book = rules_at(division_code, at)
    lines = age_lines(division_code, at)
    given = {*classes, *known_classes, *conditions.classes_of(chips)}
    if age is None:
        given |= set(reported)
    held = with_age(given, age, lines)
    able = _capacity(capacity, chips)
    treated = treatment(held, able, mode_rules(held, division_code, at))
    level = level_of(division_code, at)
    kit = book.find("refusal.kit", level=level.level)
    revisit = book.find("refusal.revisit", level=level.level)
    return Judgement(
        classes=tuple(in_order(held)),
        capacity=able,
        treatment=treated,
        outcomes=outcomes.allowed(held, may_refuse=treated.may_refuse),
        bands=bands(age, lines),
        lines=lines,
        level=level,
        calls_first=bool(conditions.CALL_FIRST & set(chips)),
        tells=_tells(book, held),
        kit=read_kit(kit.value) if kit else (),
        kit_ruling=kit,
        offer_order=_offers(book),
        revisit_days=revisit.number if revisit else 1.0,
        revisit_ruling=revisit,
        approval_minutes=book.need("vague.clock", key="rescue").number,
        partners_told=_partners(book),
    )


def _capacity(said: str, chips: tuple[str, ...]) -> Capacity:
    found = conditions.capacity_seen(said, chips)
    return "incapable" if found == "incapable" else "doubtful" if found == "doubtful" else "capable"


def _tells(book: RuleBook, held: frozenset[str]) -> tuple[str, ...]:
    """Who must be told at once about these classes, as the matrix names them (T6)."""
    told: dict[str, None] = {}
    for ruling in book.every("notify"):
        value = _mapping(ruling)
        is_meant = bool(held & set(ruling.selectors))
        if is_meant and value.get("outcome", "any") == "any" and value.get("finder") == "any":
            told |= dict.fromkeys(value.get("tell", ()))
    return tuple(told)


def _partners(book: RuleBook) -> Ruling | None:
    """The line of a plan that asks to tell partner departments about a refusal (P9-30)."""
    for ruling in book.every("notify"):
        if _mapping(ruling).get("outcome") == "refused":
            return ruling
    return None


def _mapping(ruling: Ruling) -> dict[str, Any]:
    return dict(ruling.value) if isinstance(ruling.value, dict) else {}


def _offers(book: RuleBook) -> tuple[str, ...]:
    ruling = book.find("offer.order")
    said = ruling.value if ruling is not None and isinstance(ruling.value, list | tuple) else ()
    ordered = [str(code) for code in said if code in OFFERS]
    return tuple(dict.fromkeys([*ordered, *OFFERS]))


def reported_classes(tip: Tip | None) -> tuple[str, ...]:
    """The classes of an age that the reporter of a tip told; who stands there sees better."""
    return tuple(flag for flag in tip.urgent_flags if flag in (MINOR, ELDERLY)) if tip else ()


def known_classes(person: Person | None, org_code: str) -> tuple[str, ...]:
    """Classes that stand in the open case the organisation holds; they do not fall away by silence.

    Conditions of one night do: whoever was drunk or ill then is looked at anew.
    """
    if person is None:
        return ()
    held = PersonClass.objects.filter(
        person=person,
        withdrawn_at=None,
        case_id__in=person.cases.filter(owner_org=org_code, state="open").values("case_id"),
    ).values_list("code", flat=True)
    passing = {"critically_ill_person", "sudden_illness", "drunk", "danger", "rough_sleeper"}
    return tuple(code for code in held if code not in passing)
