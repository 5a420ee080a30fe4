"""What a sweep can be ordered from: rules of the plans in force, divisions, who answers for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import get_language

from nuantu.accounts.models import Division, Organisation, User
from nuantu.accounts.rules.divisions import short_code
from nuantu.accounts.selectors import orgs_in
from nuantu.operations.models import Operation
from nuantu.operations.selectors import operations_at, rules_at
from nuantu.patrols.models import Sweep
from nuantu.places.selectors import location_types, type_label
from nuantu.planbook import words
from nuantu.planbook.rules import Ruling
from nuantu.warnings.rules.levels import answers_to

GRID_WORKER: Final = "grid_worker"


@dataclass(frozen=True, slots=True)
class SweepRule:
    """A sweep that a plan in force asks for: its clause, what it says, in whose words, by which
    departments, on which warnings it begins by itself, and within how many hours it then reports."""

    clause: str
    says: str
    says_en: str
    words: str
    by: tuple[str, ...] = ()
    on_warning: tuple[str, ...] = ()
    within_hours: float | None = None

    @property
    def basis(self) -> str:
        """The clause and its words, as a duty rests on them."""
        return f"{self.clause} {self.says}"

    @property
    def said(self) -> str:
        """What it says in the language of the page."""
        return self.says_en if (get_language() or "").startswith("en") else self.says


def sweep_rules(division_code: str, at: datetime) -> list[SweepRule]:
    """The sweeps that the plans in force ask for, own plan first."""
    return [_rule(ruling) for ruling in rules_at(division_code, at).every("patrol.sweep")]


def _rule(ruling: Ruling) -> SweepRule:
    value = ruling.value if isinstance(ruling.value, dict) else {}
    says = str(value.get("label", ""))
    hours = value.get("within_hours")
    return SweepRule(
        ruling.source,
        says,
        str(value.get("label_en", says)),
        ruling.words,
        tuple(value.get("by", ())),
        tuple(value.get("on_warning", ())),
        float(hours) if isinstance(hours, int | float) else None,
    )


def sweeps_on(division_code: str, at: datetime, event: str) -> list[SweepRule]:
    """The sweeps that the plans in force want as soon as a warning of an event is out."""
    return [
        rule
        for rule in sweep_rules(division_code, at)
        if any(answers_to(event, named) for named in rule.on_warning)
    ]


def departments_of(sweep: Sweep) -> list[str]:
    """The departments that the plan names for a sweep, in the language of the page."""
    rule = rule_of(sweep.division_code, sweep.recorded_at, sweep.clause) if sweep.clause else None
    return [words.said(code, get_language() or "") for code in rule.by] if rule else []


def rule_of(division_code: str, at: datetime, clause: str) -> SweepRule | None:
    """The rule with this clause, None where no plan in force has it."""
    return next((rule for rule in sweep_rules(division_code, at) if clause == rule.clause), None)


def operation_of(division_code: str, at: datetime) -> Operation | None:
    """The plan that binds a place most closely."""
    return next(iter(operations_at(division_code, at)), None)


def kinds_named(division_code: str, at: datetime) -> list[str]:
    """The kinds of place that the plans in force name; every known kind where they name none."""
    named = [ruling.key for ruling in rules_at(division_code, at).every("place.type")]
    return list(dict.fromkeys(named)) or list(location_types())


def kinds_said(codes: list[str]) -> list[str]:
    """The names of kinds of place in the language of the page."""
    return [type_label(code) for code in codes]


def divisions_below(division: Division, level: str) -> list[Division]:
    """The towns or villages of a division that are in force, itself where none is asked or known."""
    if level not in ("town", "village") or level == division.level:
        return [division]
    prefix = short_code(division.code)
    rows = Division.objects.filter(code__startswith=prefix, level=level, valid_to=None)
    return list(rows.select_related("parent").order_by("code")) or [division]


def named_below(division_code: str) -> dict[str, Division]:
    """The divisions of an area, itself too, by name and by code; a name that stands twice by code."""
    rows = Division.objects.filter(
        code__startswith=short_code(division_code), valid_to=None
    ).select_related("parent")
    found: dict[str, Division] = {}
    twice: set[str] = set()
    for row in rows:
        twice |= {row.name} & set(found)
        found[row.name] = row
        found[row.code] = row
    return {name: row for name, row in found.items() if name not in twice}


def townships_in(division_code: str) -> dict[str, str]:
    """The codes of the township offices in a division, by the nine digits of their town."""
    rows = orgs_in(short_code(division_code)[:9], Organisation.Kind.TOWNSHIP)
    return {org.division_id[:9]: org.code for org in rows if org.division_id[6:9] != "000"}


def grid_workers_of(org_code: str) -> QuerySet[User]:
    """The accounts of the grid workers of an organisation."""
    rows = User.objects.filter(organisation_id=org_code, roles__contains=[GRID_WORKER])
    return rows.filter(is_active=True).order_by("name", "pk")


def grid_workers_by_name(org_code: str) -> dict[str, User]:
    """The accounts of the grid workers of an organisation by name, without names that two have."""
    found: dict[str, list[User]] = {}
    for user in grid_workers_of(org_code) if org_code else ():
        found.setdefault(user.name, []).append(user)
    return {name: users[0] for name, users in found.items() if len(users) == 1}


def first_name_of(person: str) -> str:
    """The name that begins a line (龙某 0855-…)."""
    return next(iter(person.split()), "")


def receivers(division_code: str) -> list[tuple[str, str]]:
    """Organisations of a county that an area can be given to, by code and name."""
    rows = orgs_in(division_code[:6]).exclude(kind=Organisation.Kind.HOSPITAL)
    return [(org.code, org.name) for org in rows.order_by("kind", "name")]
