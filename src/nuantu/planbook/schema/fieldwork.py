"""What a plan asks for on the street: patrols, response, key places, informants, first offers."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from nuantu.planbook.schema.parts import (
    Count,
    Distance,
    Entry,
    Level,
    Minutes,
    Named,
    Names,
    Part,
    Period,
    Says,
    Statement,
    UnitRole,
    Words,
)


class Cadence(Entry, title="巡查频次"):
    """How often the streets are patrolled. A word without a figure never beats a figure (X56)."""

    level: Level = Field(
        default="normal", description="工作级别：normal 常态、raised 加强、extreme 极端"
    )
    places: str = Field(default="", max_length=40, description="只适用于这类重点区域；空=全部")
    at_least: int | None = Field(default=None, ge=1, le=96, description="至少几次")
    per: Period | None = Field(default=None, description="每天、每周或每月")
    words: Words = Field(default="", description="无数字的用语，如 不间断")

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """A cadence is a figure with its period, or a word."""
        if (self.at_least is None) != (self.per is None):
            raise ValueError("at_least 与 per 要一起写")
        if self.at_least is None and not self.words:
            raise ValueError("写明次数(at_least、per),或照录原文用语(words)")
        return self


class Emphasis(Entry, title="巡查重点时段"):
    """When patrols weigh most."""

    when: Literal["night", "low_temperature", "holiday", "flood", "heat"] = Field(
        description="夜间、低温时段、节日前后、汛期、高温时段"
    )
    words: str = Field(min_length=1, max_length=40, description="重点是什么")
    places: Names = Field(default=(), description="只对这些种类的重点区域；空=全部")
    at_least_percent: int | None = Field(
        default=None, ge=1, le=100, description="这一时段的巡访至少占百分之几"
    )


class Tier(Entry, title="分片分级巡查"):
    """Who patrols which part of the area (X47: department and area are both keys)."""

    role: UnitRole = Field(description="谁巡查")
    area: str = Field(min_length=1, max_length=40, description="负责哪一片")
    supervises: UnitRole | None = Field(default=None, description="并督导谁的巡查")


class Schedule(Entry, title="巡查计划表"):
    """The schedule of patrols that departments write together."""

    by: tuple[UnitRole, ...] = Field(min_length=1, description="哪些部门一起制定")
    content: Names = Field(default=(), description="计划表写明什么")


class PatrolPartner(Entry, title="联合巡查单位"):
    """A department that goes on patrol together with civil affairs."""

    role: UnitRole = Field(description="哪个部门")
    says: Says = Field(description="一起做什么")


class Register(Entry, title="巡查登记"):
    """What is kept of every patrol (X13, X14)."""

    keeps: tuple[Literal["text", "photo", "video", "material"], ...] = Field(
        min_length=1, description="留存什么：文字、照片、视频、资料"
    )
    keep_months: int | None = Field(default=None, ge=1, le=600, description="保存几个月")


class Checklist(Entry, title="巡查清单"):
    """A checklist of patrols; a plan may name one without printing it (X48)."""

    name: str = Field(min_length=1, max_length=40, description="清单名称")
    items: Names = Field(default=(), description="清单内容；原文没有印出的留空，由使用者补上")


class Sweep(Entry, title="摸排"):
    """A survey of a whole area, not of single places."""

    by: tuple[UnitRole, ...] = Field(min_length=1, description="由谁摸排")
    says: Says = Field(description="怎样摸排")
    words: Words = Field(default="", description="无数字的用语，如 不漏一人")
    on_warning: Names = Field(default=(), description="发布这些预警就布置；空=不随预警")
    within_hours: int | None = Field(
        default=None, ge=1, le=720, description="随预警布置的，几小时内上报"
    )


class Patrol(Part, title="街面巡查"):
    """Patrols of the streets."""

    cadence: tuple[Cadence, ...] = Field(default=(), description="频次")
    emphasis: tuple[Emphasis, ...] = Field(default=(), description="重点时段")
    schedule: Schedule | None = Field(default=None, description="巡查计划表")
    tiers: tuple[Tier, ...] = Field(default=(), description="谁巡查哪一片")
    partners: tuple[PatrolPartner, ...] = Field(default=(), description="和哪些部门一起巡查")
    register_: Register | None = Field(default=None, alias="register", description="登记与留存")
    checklist: Checklist | None = Field(default=None, description="巡查清单")
    sweeps: tuple[Sweep, ...] = Field(default=(), description="摸排")
    says: tuple[Statement, ...] = Field(default=(), description="其他规定")


class ResponseLimit(Entry, title="到场时限"):
    """Minutes from intake to the scene. ``far`` applies above the travel threshold."""

    distance: Distance = Field(default="any", description="路程：near 近、far 远、any 不分")
    minutes: Minutes | None = Field(default=None, description="多少分钟内到场")
    words: Words = Field(default="", description="无数字的用语，如 及时")

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """A limit is a number of minutes, or a word such as 及时."""
        if self.minutes is None and not self.words:
            raise ValueError("写明分钟数(minutes),或照录原文用语(words)")
        return self


class FarTravel(Entry, title="路远的界线"):
    """The estimated travel that counts as really far."""

    minutes: Minutes = Field(description="估计行程超过多少分钟算路远")


class RemoteGuidance(Entry, title="路远时电话指导"):
    """Too far to arrive in time: the station guides the local point by phone."""

    says: str = Field(min_length=1, max_length=120, description="怎样指导")


class Response(Part, title="响应与到场"):
    """Time limits of dispatch."""

    limits: tuple[ResponseLimit, ...] = Field(default=(), description="到场时限")
    far_travel: FarTravel | None = Field(default=None, description="多远算路远")
    remote_guidance: RemoteGuidance | None = Field(default=None, description="路远时电话指导")
    says: tuple[Statement, ...] = Field(default=(), description="其他规定，如 有求必应")


class Offers(Entry, title="提供帮助的先后"):
    """What is offered first (X64)."""

    order: tuple[
        Literal["station", "temporary_lodging", "temporary_point", "street_guidance", "goods"], ...
    ] = Field(min_length=1, description="先后：救助站、临时住宿、临时救助点、街头疏导、物资")


class KeyLocationType(Named, title="重点区域类型"):
    """A type of place to be patrolled first."""


class InformantType(Named, title="线索提供人"):
    """Somebody who is asked to report."""


class Target(Named, title="工作对象"):
    """Whom the plan is for; ``lost`` marks an item whose line is missing in the source (X26)."""

    is_lost: bool = Field(default=False, description="原文缺这一项，由我们推定")


class FirstAid(Entry, title="发现后先给什么"):
    """What somebody found gets at once."""

    gives: Names = Field(min_length=1, description="先给什么，如 保暖、饮食、医疗")
    words: Words = Field(default="", description="无数字的用语，如 第一时间")


class ReliefNetwork(Entry, title="救助网络"):
    """A network, service or number of people that stands by."""

    says: Says = Field(description="是什么网络、做什么")
    levels: Count | None = Field(default=None, description="几级联动")
