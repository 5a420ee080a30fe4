"""Consolation visits: by whom, to whom, in which forms, with what manners."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from nuantu.planbook.schema.parts import (
    DateText,
    Named,
    Names,
    Part,
    Says,
    Spread,
    Statement,
    UnitRole,
)


class Visit(Named, title="走访慰问"):
    """A round of visits."""

    by: tuple[UnitRole, ...] = Field(default=(), description="由谁走访")
    to: Names = Field(default=(), description="走访谁")
    says: str = Field(default="", max_length=200, description="怎样走访")
    covers: Literal["all", "chosen", ""] = Field(default="", description="全部走访，还是选定的")
    level: Spread = Field(default="own", description="本级走访，还是每县、每乡镇各自走访")
    before: DateText | None = Field(default=None, description="哪天前走访完")


class AidForm(Named, title="帮扶方式"):
    """A form of help that a visit brings, such as policy, post, training, goods, money."""


class Discipline(Named, title="工作纪律"):
    """A rule of manners for those who visit."""

    says: Says = Field(description="不准什么、必须什么")


class Visits(Part, title="走访慰问"):
    """Everything about visits."""

    rounds: tuple[Visit, ...] = Field(default=(), description="走访安排")
    forms: tuple[AidForm, ...] = Field(default=(), description="帮扶方式")
    discipline: tuple[Discipline, ...] = Field(default=(), description="工作纪律")
    says: tuple[Statement, ...] = Field(default=(), description="其他规定，如 了解需求")
