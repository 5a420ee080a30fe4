"""Who issued the plan, for when, and who takes part."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from nuantu.planbook.schema.parts import Code, DateText, Entry, Level, Names, Part, UnitRole

DivisionLevel = Literal["nation", "province", "prefecture", "county", "township", "organisation"]
OperationType = Literal[
    "winter_rescue",
    "summer_rescue",
    "emergency_plan",
    "graded_response",
    "patrol_system",
    "festival_visit",
    "winter_spring_relief",
    "union_cooling",
    "donation_drive",
]


class Issuer(Part):
    """Who put the plan out."""

    name: str = Field(min_length=1, max_length=120)
    level: DivisionLevel


class Instance(Part):
    """What differs from one use of the text to the next: year and place. Names never live here."""

    year: int = Field(ge=2000, le=2099, description="行动开始的年份，即日期里的 Y")
    place: str = Field(default="", max_length=60)
    division_code: Annotated[str, Field(pattern=r"^(\d{12})?$")] = ""
    issue_date: date | None = Field(default=None, description="印发日期")


class Basis(Part):
    """A law, regulation or notice that the plan rests on; ``instrument`` is a code of laws.yaml."""

    instrument: str = Field(min_length=1, max_length=60)
    article: str = Field(default="", max_length=40)


class Window(Entry):
    """The days of the operation. ``effective_from`` is when the text itself takes effect (X09)."""

    start: DateText
    end: DateText
    effective_from: DateText = "issue"


class Phase(Entry):
    """A named stretch of the window."""

    name: str = Field(min_length=1, max_length=40)
    start: DateText
    end: DateText
    tasks: Names = ()


class LevelName(Entry):
    """An operating level of the plan's own. Ranks: normal 0, raised 10, extreme 20."""

    code: Level
    label: str = Field(min_length=1, max_length=20)
    label_en: str = Field(default="", max_length=40)
    rank: int = Field(ge=0, le=100)


class Post(Part):
    """A post of the body that leads."""

    post: str = Field(min_length=1, max_length=30)
    count: int = Field(default=1, ge=1)
    holder: str = Field(default="", max_length=60, description="由谁担任（职务，不写人名）")


class LeadBody(Entry):
    """The joint meeting or leading group that directs the operation."""

    kind: Literal["joint_meeting", "leading_group", "working_group"]
    name: str = Field(min_length=1, max_length=80)
    office_at: str = Field(default="", max_length=60)
    posts: tuple[Post, ...] = ()


class UnitTask(Entry):
    """What one member unit has to do."""

    says: str = Field(min_length=1, max_length=200)


class Unit(Part):
    """A member unit and its tasks."""

    role: UnitRole
    name: str = Field(min_length=1, max_length=60)
    tasks: tuple[UnitTask, ...] = ()


class Organisation(Part):
    """Who leads and who takes part."""

    lead: tuple[LeadBody, ...] = ()
    units: tuple[Unit, ...] = ()


class Recorded(Entry):
    """A clause that no program enforces: kept, shown, and counted."""

    topic: str = Field(min_length=1, max_length=30)
    says: str = Field(min_length=1, max_length=200)
    capability: Names = ()


class Pack(Entry):
    """Clauses that are switched on together by date, for example epidemic rules (X42)."""

    code: Code
    title: str = Field(min_length=1, max_length=40)
    is_on: bool = False
    until: DateText | None = None
    basis: tuple[Basis, ...] = ()
    reason: str = Field(default="", max_length=120, description="为什么停用或启用")
    items: tuple[Recorded, ...] = ()
