"""What a plan asks for behind the street: warnings, roster, supplies, reports, money."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nuantu.planbook.schema.parts import (
    Code,
    DateText,
    Days,
    Entry,
    Level,
    Minutes,
    Names,
    Part,
    Period,
    UnitRole,
)

Colour = Literal["蓝", "黄", "橙", "红"]


class WarningLevel(Entry):
    """Which warnings raise the operating level, and to which. No types means every type."""

    types: Names = ()
    colours: tuple[Colour, ...] = ()
    level: Level


class Preparation(Entry):
    """A duty that a warning brings to each covered county."""

    code: Code
    title: str = Field(min_length=1, max_length=60)
    title_en: str = Field(default="", max_length=80)
    who: UnitRole = "relief_station"
    within_minutes: Minutes | None = None
    every: Period | None = None
    from_level: Level = "raised"
    or_reason: bool = Field(default=False, description="做不到可以说明理由")

    @model_validator(mode="after")
    def has_a_deadline(self) -> Self:
        """A preparation is due once, or recurs while the warning holds."""
        if (self.within_minutes is None) == (self.every is None):
            raise ValueError("within_minutes(一次)与 every(重复)写且只写一个")
        return self


class WarningHours(Entry):
    """How long a warning without an end holds."""

    hours: int = Field(ge=1, le=240)


class Acknowledge(Entry):
    """How soon the leader on duty acknowledges a warning."""

    minutes: Minutes


class Warnings(Part):
    """What weather warnings do."""

    levels: tuple[WarningLevel, ...] = ()
    on_warning: tuple[Preparation, ...] = ()
    hold: WarningHours | None = None
    acknowledge: Acknowledge | None = None


class WatchPost(Entry):
    """A post of the watch roster that must be manned."""

    code: Code
    label: str = Field(min_length=1, max_length=30)
    label_en: str = Field(default="", max_length=40)
    hours: int = Field(default=24, ge=1, le=24, description="每天值守小时数")
    count: int = Field(default=1, ge=1, le=50)
    is_leader: bool = False


class SupplyItem(Entry):
    """Something that must be in stock."""

    code: Code
    label: str = Field(min_length=1, max_length=20)
    label_en: str = Field(default="", max_length=40)
    at_least: int | None = Field(default=None, ge=0)
    unit: str = Field(default="", max_length=10)


class FosterInspection(Entry):
    """How often foster institutions are inspected."""

    every_days: Days | None = None
    words: str = Field(default="", max_length=20)


class Report(Entry):
    """A report that goes up."""

    code: Code
    title: str = Field(min_length=1, max_length=60)
    title_en: str = Field(default="", max_length=80)
    stage: Literal["plan", "setup", "progress", "summary", "case"]
    sender: UnitRole
    sender_level: Literal["own", "each_county", "each_township"] = "each_county"
    addressee: UnitRole
    due: DateText | None = Field(default=None, description="截止日（含当日）")
    words: str = Field(default="", max_length=20)
    content: Names = ()

    @model_validator(mode="after")
    def has_a_deadline(self) -> Self:
        """A report has a date, or the word the text uses."""
        if self.due is None and not self.words:
            raise ValueError("写明截止日(due),或照录原文用语(words)")
        return self


class MajorEvents(Entry):
    """What goes up at once (X57)."""

    kinds: Names = ()
    within_minutes: Minutes | None = None
    words: str = Field(default="", max_length=20)


class VagueWord(Entry):
    """A word of time without a figure (X56). Without an own clock the default clock is shown."""

    word: str = Field(min_length=1, max_length=12)
    about: Literal["rescue", "paper", "inspection", "visit", "supply"]
    minutes: Annotated[int, Field(ge=1, le=365 * 24 * 60)] | None = None


class FixedTask(Entry):
    """A task with a date that is no report, for example setting up the joint meeting."""

    code: Code
    title: str = Field(min_length=1, max_length=60)
    title_en: str = Field(default="", max_length=80)
    who: UnitRole
    who_level: Literal["own", "each_county", "each_township"] = "each_county"
    due: DateText


class Amount(Entry):
    """Money that the plan promises. Without unit and payer the class is visit-only (X31)."""

    code: Code
    category: str = Field(min_length=1, max_length=60)
    yuan: Annotated[Decimal, Field(ge=0, decimal_places=2)] | None = None
    unit: Literal["person", "household", "lump", "item", "point", "institution", "person_month"] | (
        None
    ) = None
    payer: Names = ()
    is_visit_only: bool = False
