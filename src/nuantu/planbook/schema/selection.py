"""Who gets it: survey, confirmation, public list, bans (摸底、确认、公示)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from nuantu.planbook.schema.parts import Entry, Named, Names, Part, Says, Statement, UnitRole, Words


class Ban(Entry, title="禁入"):
    """What happens after a false filing (X27)."""

    offence: Says = Field(description="什么行为")
    years: int | None = Field(default=None, ge=1, le=50, description="取消几年资格；空=原文没写")
    scope: str = Field(default="", max_length=60, description="取消什么资格")
    words: Words = Field(default="", description="无数字的用语，如 按规定处理")


class Confirmation(Entry, title="确认"):
    """Who confirms that an object belongs on the list; not the one who filed it (X28)."""

    object: Literal["enterprise", "person", "household"] = Field(description="企业、个人或户")
    by: tuple[UnitRole, ...] = Field(min_length=1, description="由谁确认（任一）")


class PublicList(Entry, title="张榜公示"):
    """The list that is posted before money flows (X29)."""

    days: int | None = Field(default=None, ge=1, le=60, description="公示几天；空=用默认天数")
    where: str = Field(default="", max_length=60, description="在哪里公示")
    words: Words = Field(default="", description="无数字的用语")
    shows: Names = Field(default=(), description="公示哪些内容")


class Survey(Entry, title="摸底"):
    """How the list comes about."""

    by: tuple[UnitRole, ...] = Field(min_length=1, description="由谁走访摸底")
    says: Says = Field(description="怎样摸底")


class Form(Named, title="表格"):
    """A form that goes with the list."""

    columns: Names = Field(default=(), description="栏目；原文没有附表的留空")


class Selection(Part, title="摸底、确认与公示"):
    """From the survey to the list."""

    survey: Survey | None = Field(default=None, description="摸底")
    confirmation: tuple[Confirmation, ...] = Field(default=(), description="确认")
    public_list: PublicList | None = Field(default=None, description="公示")
    bans: tuple[Ban, ...] = Field(default=(), description="弄虚作假怎么办")
    forms: tuple[Form, ...] = Field(default=(), description="表格")
    says: tuple[Statement, ...] = Field(default=(), description="其他规定，如 留档备查")
