"""Forums, awards, clinics, meals, shows; publicity with its channels and materials."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from nuantu.planbook.schema.parts import (
    Count,
    DateText,
    Days,
    Entry,
    Named,
    Names,
    Part,
    Says,
    Spread,
    Statement,
    UnitRole,
)


class Pool(Part, title="评选范围"):
    """Out of how many the winners are chosen; the unit must be said (X41)."""

    count: Count | None = Field(default=None, description="多少")
    unit: Literal["household", "person", ""] = Field(default="", description="按户还是按人")
    households: Count | None = Field(default=None, description="共多少户")
    persons: Count | None = Field(default=None, description="共多少人")
    says: str = Field(default="", max_length=80, description="从谁里面选")


class Event(Named, title="活动"):
    """A forum, award, free clinic, meal, show or meeting."""

    kind: Literal[
        "forum", "award", "clinic", "show", "meal", "outing", "meeting", "volunteering", "stall"
    ] = Field(description="座谈、评选、义诊、演出、聚餐、游览、会议、志愿服务、摆点")
    level: Spread = Field(default="own", description="本级办，还是每县、每乡镇各办")
    who: UnitRole | None = Field(default=None, description="由谁牵头")
    start: DateText | None = Field(default=None, description="从哪天")
    before: DateText | None = Field(default=None, description="哪天前办完（含当日）")
    times_from: Count | None = Field(default=None, description="至少几场")
    times_to: Count | None = Field(default=None, description="至多几场")
    places: Names = Field(default=(), description="在哪里")
    invited: Count | None = Field(default=None, description="请几人")
    invited_by: str = Field(default="", max_length=60, description="由谁推荐")
    guests: Names = Field(default=(), description="请哪些人")
    chosen: Count | None = Field(default=None, description="评选几名")
    pool: Pool | None = Field(default=None, description="从多少里选")
    criteria: Names = Field(default=(), description="条件")
    content: Names = Field(default=(), description="做什么")
    says: str = Field(default="", max_length=200, description="其他规定")

    @model_validator(mode="after")
    def runs_upwards(self) -> Self:
        """The fewest is not above the most."""
        if self.times_from and self.times_to and self.times_from > self.times_to:
            raise ValueError("times_from 不能大于 times_to")
        return self


class Channel(Named, title="宣传渠道"):
    """A channel of publicity."""


class Material(Named, title="宣传品"):
    """Something that is printed or handed out."""

    count: Count | None = Field(default=None, description="多少份")


class Publicity(Part, title="宣传引导"):
    """What the public is told, where, and who listens to what the public says."""

    channels: tuple[Channel, ...] = Field(default=(), description="渠道")
    materials: tuple[Material, ...] = Field(default=(), description="宣传品")
    start: DateText | None = Field(default=None, description="从哪天")
    end: DateText | None = Field(default=None, description="到哪天")
    stories: tuple[Statement, ...] = Field(
        default=(), description="典型、个案：公开前须审核并匿名（X52）"
    )
    monitoring: tuple[Statement, ...] = Field(default=(), description="舆情监测")
    says: tuple[Statement, ...] = Field(default=(), description="宣传什么")


class Partner(Named, title="社会参与"):
    """Purchased services, volunteers, charities and other partners."""

    kind: Literal[
        "purchase", "volunteer", "charity", "agency", "enterprise", "public", "member"
    ] = Field(description="购买服务、志愿者、慈善、社工机构、企业、公众、本会成员")
    says: Says = Field(description="做什么")
    count: Count | None = Field(default=None, description="多少人")


class Figure(Named, title="原文里的数字"):
    """A figure of the past that the text reports; shown, never aimed at."""

    value: Count = Field(description="数值")
    unit: str = Field(default="", max_length=10, description="单位")
    over: str = Field(default="", max_length=30, description="多长时间，如 8年")
    at_least: bool = Field(default=False, description="原文写“多”“以上”")


class CaseStep(Entry, title="个案经过"):
    """A step of a case the text tells, as an example of the pace; no figure binds (X15, X58)."""

    after_days: Days | Literal[0] = Field(description="发现后第几天")
    day: DateText | None = Field(default=None, description="原文写的日期（个案所在的年份）")
    says: Says = Field(description="做了什么")
    needs_consent: bool = Field(default=False, description="须先征得本人同意（X58）")
