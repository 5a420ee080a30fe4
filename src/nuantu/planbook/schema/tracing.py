"""Who somebody is and where home is: search steps, notices, return, settlement."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from nuantu.planbook.schema.parts import Named, Names, Part, Says, Statement, UnitRole, Words


class SearchStep(Named, title="查询步骤"):
    """One step of the search, in the order of the list. Terms may be left to the default (X20)."""

    who: tuple[UnitRole, ...] = Field(default=("relief_station",), description="由谁做")
    within_hours: int | None = Field(default=None, ge=1, le=8760, description="多少小时内")
    within_working_days: int | None = Field(
        default=None, ge=1, le=365, description="多少个工作日内"
    )
    within_days: int | None = Field(default=None, ge=1, le=3660, description="多少天内")
    words: Words = Field(default="", description="无数字的用语，如 及时")
    says: str = Field(default="", max_length=200, description="怎样做")


class NoticeChannel(Named, title="寻亲公告渠道"):
    """Where a tracing notice is put out."""


class Settlement(Named, title="落户安置"):
    """One step for those who stay unknown (X54)."""

    who: tuple[UnitRole, ...] = Field(min_length=1, description="由谁办")
    after_days: int | None = Field(default=None, ge=1, le=3660, description="多少天仍不明后办")
    words: Words = Field(default="", description="无数字的用语，如 及时")
    says: Says = Field(description="办什么")


class ReturnHome(Named, title="送返"):
    """How somebody gets home."""

    says: Says = Field(description="怎样送返")
    mode: Literal["self", "escorted", "fetched", ""] = Field(
        default="", description="自行返乡、护送、家属来接"
    )


class Tracing(Part, title="身份查询与寻亲"):
    """Search, notices, settlement, return."""

    search: tuple[SearchStep, ...] = Field(default=(), description="查询步骤，按先后")
    channels: tuple[NoticeChannel, ...] = Field(default=(), description="公告渠道")
    linked_levels: Names = Field(default=(), description="哪几级联动")
    returns: tuple[ReturnHome, ...] = Field(default=(), description="送返")
    settlement: tuple[Settlement, ...] = Field(default=(), description="落户安置，按先后")
    says: tuple[Statement, ...] = Field(default=(), description="其他规定，如 先征得本人同意")
