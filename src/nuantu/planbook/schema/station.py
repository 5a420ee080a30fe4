"""Inside the station and the foster institutions: zones, care, food, safety, inspection rhythm."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from nuantu.planbook.schema.parts import (
    Days,
    Entry,
    Named,
    Names,
    Part,
    Period,
    PersonClass,
    Says,
    Statement,
    UnitRole,
    Words,
)


class Zones(Entry, title="分区居住"):
    """A zone is the combination of these traits; exceptions are approved and logged (X22)."""

    by: tuple[Literal["sex", "adult_or_minor", "health", "closed"], ...] = Field(
        min_length=1, description="按什么分区：性别、成年与否、健康、封闭分区"
    )
    exceptions: Names = Field(default=(), description="可以例外的情形，如 母亲带幼儿")


class FoodSamples(Entry, title="食品留样"):
    """Samples of every meal (X21, X53). Without figures the default holds."""

    grams: int | None = Field(default=None, ge=1, le=5000, description="每样留多少克")
    hours: int | None = Field(default=None, ge=1, le=720, description="留多少小时")
    words: Words = Field(default="", description="无数字的用语")
    at_events: bool = Field(default=False, description="有热食的活动也留样")


class Step(Named, title="站内流程"):
    """One step of the procedure in the station."""


class Care(Named, title="生活照料"):
    """Something that everybody in the station gets."""

    says: str = Field(default="", max_length=200, description="怎样提供")


class Meals(Entry, title="伙食"):
    """What a plan says on meals."""

    says: Says = Field(description="怎样供餐")
    menus: int | None = Field(default=None, ge=1, le=99, description="换几次菜谱")
    per: Period | None = Field(default=None, description="每天、每周或每月换")


class Station(Part, title="救助站"):
    """Reception, zones, care, food and safety of the relief station."""

    procedure: tuple[Step, ...] = Field(default=(), description="流程，按先后")
    zones: Zones | None = Field(default=None, description="分区居住")
    care: tuple[Care, ...] = Field(default=(), description="生活照料")
    meals: tuple[Meals, ...] = Field(default=(), description="伙食")
    food_samples: FoodSamples | None = Field(default=None, description="食品留样")
    safety: tuple[Statement, ...] = Field(default=(), description="安全：消防、食品、制度、人员")


class FosterInspection(Entry, title="托养机构检查周期"):
    """How often foster institutions are inspected (X18: of two plans the strictest holds)."""

    every_days: Days | None = Field(default=None, description="每几天检查一次")
    words: Words = Field(default="", description="无数字的用语，如 定期")


class Placement(Entry, title="托养去向"):
    """Where somebody is placed first; another place needs a recorded reason (X19)."""

    classes: tuple[PersonClass, ...] = Field(default=("any",), description="哪类人员")
    first: Literal["public_elderly_home", "public_psychiatric_institution"] = Field(
        description="先送哪里：公办养老机构、公立精神卫生机构"
    )


class Foster(Part, title="托养"):
    """People placed outside the station."""

    placement: tuple[Placement, ...] = Field(default=(), description="先送哪里")
    responsible: UnitRole | None = Field(default=None, description="送托后由谁负责")
    covert_visits: bool = Field(default=False, description="有不打招呼的暗访")
    below_standard: tuple[Literal["rectify", "end_contract"], ...] = Field(
        default=(), description="不合条件的：整改、终止合同"
    )
    says: tuple[Statement, ...] = Field(default=(), description="规定")
