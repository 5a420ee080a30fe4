"""Who looks whether it is done: inspections, goals, what follows a failure."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from nuantu.planbook.schema.parts import (
    DateText,
    Days,
    Named,
    Names,
    Part,
    Says,
    Statement,
    UnitRole,
    Words,
)


class Inspection(Named, title="检查"):
    """An inspection, survey or covert visit."""

    kind: Literal["joint", "covert", "survey", "double_random", "safety", "self", "regular"] = (
        Field(description="联合、暗访、调研、双随机、安全、自查、定期")
    )
    who: tuple[UnitRole, ...] = Field(min_length=1, description="谁检查")
    whom: tuple[UnitRole, ...] = Field(default=(), description="检查谁")
    about: Names = Field(default=(), description="检查什么")
    every_days: Days | None = Field(default=None, description="每几天一次")
    times: int | None = Field(default=None, ge=1, le=999, description="共几次")
    before: DateText | None = Field(default=None, description="哪天前")
    words: Words = Field(default="", description="无数字的用语，如 不定期")
    is_announced: bool = Field(default=True, description="是否事先告知被检查的单位")


class Goal(Named, title="目标"):
    """What the plan wants to reach. A headcount of zero rewards pushing people away (X24)."""

    says: Says = Field(description="要达到什么")
    measured_by: Literal["contact", "response", "follow_up", "outcome", "headcount", ""] = Field(
        default="", description="用什么衡量：接触、响应、回访、结果；headcount=街上人数"
    )


class Consequence(Named, title="问责"):
    """An event that must not happen, and what follows. People decide the result (X46)."""

    says: Says = Field(description="什么情形")
    follows: Literal["warn", "fact_file", "hold_to_account"] = Field(
        default="warn", description="警示、立卷查明事实、追究责任"
    )
    whom: Names = Field(default=(), description="追究谁")


class Oversight(Part, title="督查考核"):
    """Inspections, goals, accountability."""

    inspections: tuple[Inspection, ...] = Field(default=(), description="检查")
    goals: tuple[Goal, ...] = Field(default=(), description="目标")
    consequences: tuple[Consequence, ...] = Field(default=(), description="问责")
    assessment: tuple[Statement, ...] = Field(default=(), description="考核")
