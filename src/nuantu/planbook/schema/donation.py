"""A donation drive: what is taken, in which size and order, how it travels, what donors hear back."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from nuantu.planbook.schema.parts import (
    Count,
    DateText,
    Entry,
    Named,
    Names,
    Part,
    Says,
    Statement,
    UnitRole,
)


class GoodsItem(Named, title="捐赠物品"):
    """A kind of thing that is taken or refused (X33)."""

    seasons: tuple[Literal["winter", "summer", "any"], ...] = Field(
        default=("any",), description="哪个季节的"
    )


class Condition(Named, title="接收条件"):
    """A state that a thing must or must not be in, and what becomes of one that fails (X36)."""

    says: Says = Field(description="要求什么")
    otherwise: Literal["return", "do_not_send", "dispose", "wash", "mend", "ask"] = Field(
        default="return", description="不合的怎样办：退还、请勿寄、处理、清洗、修补、问捐赠人"
    )


class Size(Entry, title="尺码"):
    """For which ages and heights (X35). Height range and age range may not fit each other."""

    age_from: int | None = Field(default=None, ge=0, le=120, description="年龄从")
    age_to: int | None = Field(default=None, ge=0, le=120, description="年龄到")
    height_from: int | None = Field(default=None, ge=30, le=230, description="身高从（厘米）")
    height_to: int | None = Field(default=None, ge=30, le=230, description="身高到（厘米）")
    accept: Literal["either", "both", ""] = Field(
        default="", description="年龄、身高合一项就收，还是两项都要合；空=还没定"
    )
    about: bool = Field(default=False, description="原文写“左右”")

    @model_validator(mode="after")
    def runs_upwards(self) -> Self:
        """A range begins below where it ends."""
        for low, high in ((self.age_from, self.age_to), (self.height_from, self.height_to)):
            if low is not None and high is not None and low > high:
                raise ValueError("范围要从小写到大")
        return self


class Packing(Entry, title="装袋"):
    """Folded and bagged, from the bottom up (X63: shown as printed)."""

    order: Names = Field(default=(), description="自下而上的次序")
    form: str = Field(default="", max_length=40, description="袋里放什么表")
    says: str = Field(default="", max_length=200, description="怎样装")


class Acceptance(Part, title="接收标准"):
    """What is taken and what is not."""

    accepts: tuple[GoodsItem, ...] = Field(default=(), description="收什么")
    refuses: tuple[GoodsItem, ...] = Field(default=(), description="不收什么")
    conditions: tuple[Condition, ...] = Field(default=(), description="成色要求")
    size: Size | None = Field(default=None, description="尺码")
    packing: Packing | None = Field(default=None, description="装袋")


class Staffing(Named, title="人手"):
    """How many people do what."""

    at_least: Count | None = Field(default=None, description="至少几人")
    at_most: Count | None = Field(default=None, description="至多几人")
    who: UnitRole | None = Field(default=None, description="谁")
    says: str = Field(default="", max_length=200, description="做什么、要求什么")

    @model_validator(mode="after")
    def runs_upwards(self) -> Self:
        """At least is not above at most."""
        if self.at_least and self.at_most and self.at_least > self.at_most:
            raise ValueError("at_least 不能大于 at_most")
        return self


class Party(Named, title="参与方"):
    """An organiser, donor, receiver or beneficiary."""

    part: Literal["organiser", "host", "partner", "donor", "receiver", "beneficiary", "funder"] = (
        Field(description="主办、承办、合作、捐赠、接收、受益、出资")
    )
    count: Count | None = Field(default=None, description="几个（原文写明的）")


class Transport(Named, title="运输"):
    """One way of moving what was given."""

    says: Says = Field(description="怎样运")


class Contingency(Named, title="意外怎么办"):
    """What is done when something goes wrong."""

    when: str = Field(min_length=1, max_length=80, description="什么情况")
    then: Says = Field(description="怎么办")
    max_days: Count | None = Field(default=None, description="最多几天（如暂存宿舍，X37）")


class CashGift(Entry, title="捐款"):
    """Cash gifts: to whom, for what, with which proof (X38)."""

    paid_to: str = Field(min_length=1, max_length=60, description="直接发给谁")
    only_for: Names = Field(default=(), description="只能用来买什么")
    proof: Names = Field(default=(), description="给捐款人什么凭据")
    permit: str = Field(default="", max_length=60, description="公开募捐资格证号；没有就空着")


class Feedback(Named, title="反馈与公开"):
    """What donors, workers and the public hear afterwards."""

    to: Names = Field(default=(), description="给谁")
    says: str = Field(default="", max_length=200, description="反馈什么")


class Drive(Part, title="募捐活动"):
    """A drive from its theme to the thanks."""

    theme: tuple[Statement, ...] = Field(default=(), description="主题和目的")
    parties: tuple[Party, ...] = Field(default=(), description="主办、捐赠、接收、受益各方")
    areas: Names = Field(default=(), description="在哪些地方收")
    collection_from: DateText | None = Field(default=None, description="哪天开始收")
    acceptance: Acceptance = Field(default=Acceptance(), description="接收标准")
    staffing: tuple[Staffing, ...] = Field(default=(), description="人手")
    preparation: tuple[Statement, ...] = Field(default=(), description="准备（无日期的）")
    manners: tuple[Statement, ...] = Field(default=(), description="上门和现场要求")
    transport: tuple[Transport, ...] = Field(default=(), description="运输，按先后")
    carriers: Names = Field(default=(), description="建议的快递公司")
    addresses: tuple[Statement, ...] = Field(default=(), description="收件地址怎样给")
    contingencies: tuple[Contingency, ...] = Field(default=(), description="意外怎么办")
    cash: CashGift | None = Field(default=None, description="捐款")
    feedback: tuple[Feedback, ...] = Field(default=(), description="反馈与公开")
