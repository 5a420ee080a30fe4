"""A contact as a team puts it down: plain values, from a form or a program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.rescue import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it was; coordinates are WGS-84 degrees or unknown."""

    words: str
    division_code: str
    lat: float | None = None
    lon: float | None = None
    type_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What one sees and hears of the person; nothing of it is required but one thing to know him by."""

    name: str = ""
    sex: str = "unknown"
    age: Age | None = None
    looks: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What goes along to hospital, police or another station (F-05, thin)."""

    escort_unit: str = ""
    escort_name: str = ""
    escort_number: str = ""
    escort_phone: str = ""
    health: str = ""
    found_story: str = ""
    check_result: str = ""
    suspicion: str = "none"
    belongings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact. `offers` is code → answer; `handed` is item code → count; empty `mode` means the
    first one that the classes give; `hidden_for` is why nobody sees the photos without a purpose."""

    happened_at: datetime
    place: Place
    outcome: str
    who: Who = field(default_factory=Who)
    conditions: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    capacity: str = "capable"
    offers: Mapping[str, str] = field(default_factory=dict)
    is_informed: bool = False
    handed: Mapping[str, int] = field(default_factory=dict)
    missing_reason: str = ""
    refusal_reason: str = ""
    has_card: bool = False
    card_reason: str = ""
    evidence: str = ""
    evidence_reason: str = ""
    witness: str = ""
    guardian: str = ""
    revisit_at: datetime | None = None
    mode: str = ""
    gate: Gate = field(default_factory=Gate)
    told_by_phone: str = ""
    to_org: str = ""
    sheet: Sheet = field(default_factory=Sheet)
    note: str = ""
    closes_tip: bool = False
    breach_reason: str = ""
    hidden_for: str = ""
