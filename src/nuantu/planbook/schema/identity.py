"""Who issued the plan, for when, and who takes part."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from nuantu.planbook.schema.parts import (
    Code,
    DateText,
    Entry,
    Level,
    Names,
    Part,
    Spread,
    Statement,
    UnitRole,
)

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
    "community_action",
    "public_appeal",
]


class Issuer(Part, title="印发单位"):
    """Who put the plan out."""

    name: str = Field(min_length=1, max_length=120, description="单位名称")
    level: DivisionLevel = Field(description="单位的层级")


class Instance(Part, title="实例参数"):
    """What differs from one use of the text to the next: year, place, names of organisations."""

    year: int = Field(ge=2000, le=2099, description="行动开始的年份，即日期里的 Y")
    place: str = Field(default="", max_length=60, description="地区名称")
    division_code: Annotated[str, Field(pattern=r"^(\d{12})?$")] = Field(
        default="", description="12位统计用区划代码"
    )
    issue_date: date | None = Field(
        default=None, description="印发日期，即日期里的 issue；换年份启动时随年份移动"
    )
    names: dict[str, str] = Field(
        default_factory=dict,
        description="地名和单位名（不写人名）：正文里写 {town}，这里写 town 是哪里",
    )


class Basis(Part, title="法律依据"):
    """A law, regulation or notice that the plan rests on; ``instrument`` is a code of laws.yaml."""

    instrument: str = Field(min_length=1, max_length=60, description="文件名称或文号")
    article: str = Field(default="", max_length=40, description="第几条")


class Window(Entry, title="行动起止"):
    """The days of the operation. ``effective_from`` is when the text itself takes effect (X09)."""

    start: DateText = Field(description="行动第一天")
    end: DateText = Field(description="行动最后一天（含）")
    effective_from: DateText = Field(default="issue", description="文件生效日，默认印发日")
    is_open_ended: bool = Field(
        default=False, description="原文没有截止日：end 写的是复核日，到期由人续期"
    )
    may_vary_locally: bool = Field(default=False, description="各地可以自定日期")


class Phase(Entry, title="阶段"):
    """A named stretch of the window."""

    name: str = Field(min_length=1, max_length=40, description="阶段名称")
    name_en: str = Field(default="", max_length=60, description="英文名称")
    start: DateText = Field(description="阶段第一天")
    end: DateText = Field(description="阶段最后一天（含）")
    tasks: Names = Field(default=(), description="这一阶段做什么")


class LevelName(Entry, title="工作级别"):
    """An operating level of the plan's own. Ranks: normal 0, raised 10, extreme 20."""

    code: Level = Field(description="级别代号")
    label: str = Field(min_length=1, max_length=20, description="名称")
    label_en: str = Field(default="", max_length=40, description="英文名称")
    rank: int = Field(ge=0, le=100, description="高低：常态0、加强10、极端20")


class Post(Part, title="职务"):
    """A post of the body that leads."""

    post: str = Field(min_length=1, max_length=30, description="职务，如 组长")
    count: int = Field(default=1, ge=1, description="几人")
    holder: str = Field(default="", max_length=60, description="由谁担任（职务，不写人名）")


class LeadBody(Entry, title="领导机构"):
    """The joint meeting or leading group that directs the operation."""

    kind: Literal["joint_meeting", "leading_group", "working_group"] = Field(
        description="联席会议、领导小组或工作专班"
    )
    name: str = Field(min_length=1, max_length=80, description="名称")
    at: Spread = Field(default="own", description="设在本级，还是每个县、每个乡镇各设一个")
    office_at: str = Field(default="", max_length=60, description="办公室设在哪里")
    posts: tuple[Post, ...] = Field(default=(), description="职务")


class UnitTask(Statement, title="任务"):
    """What one member unit has to do."""


class Unit(Part, title="成员单位"):
    """A member unit and its tasks."""

    role: UnitRole = Field(description="什么单位（代号）")
    name: str = Field(min_length=1, max_length=60, description="原文里的名称")
    tasks: tuple[UnitTask, ...] = Field(default=(), description="任务")


class Organisation(Part, title="组织领导"):
    """Who leads and who takes part."""

    lead: tuple[LeadBody, ...] = Field(default=(), description="领导机构")
    units: tuple[Unit, ...] = Field(default=(), description="成员单位及任务")
    principles: tuple[Statement, ...] = Field(
        default=(), description="怎样分工负责：属地管理、部门联动等原则"
    )


class Recorded(Entry, title="记录条文"):
    """A clause that no program enforces: kept, shown, and counted."""

    topic: str = Field(min_length=1, max_length=30, description="主题")
    says: str = Field(min_length=1, max_length=200, description="规定什么")
    capability: Names = Field(default=(), description="需求目录里的能力编号，如 C11")


class Pack(Entry, title="按日期启停的一组条文"):
    """Clauses that are switched on together by date, for example epidemic rules (X42)."""

    code: Code = Field(description="代号")
    title: str = Field(min_length=1, max_length=40, description="名称")
    is_on: bool = Field(default=False, description="是否启用")
    until: DateText | None = Field(default=None, description="依据到哪天为止")
    basis: tuple[Basis, ...] = Field(default=(), description="法律依据")
    reason: str = Field(default="", max_length=120, description="为什么停用或启用")
    items: tuple[Recorded, ...] = Field(default=(), description="条文")
