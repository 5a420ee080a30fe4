"""Money: what a class of people is paid, by whom, in which shares; budget lines."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from nuantu.planbook.schema.parts import (
    Code,
    Count,
    DateText,
    Entry,
    Names,
    Part,
    Statement,
    UnitRole,
    Words,
)

Yuan = Annotated[Decimal, Field(ge=0, decimal_places=2)]
PayUnit = Literal["person", "household", "lump", "item", "point", "institution", "person_month"]


def _fraction(text: str) -> str:
    tidy = text.strip()
    number = Fraction(tidy[:-1]) / 100 if tidy.endswith("%") else Fraction(tidy)
    if not 0 < number <= 1:
        raise ValueError("份额要大于0、不超过1，如 1/2 或 40%")
    return tidy


Share = Annotated[
    str,
    AfterValidator(_fraction),
    Field(pattern=r"^\d+/[1-9]\d*$|^\d+(\.\d+)?%$|^1$", examples=["1/2", "40%"]),
]


class Payer(Part, title="出资方"):
    """Who pays which part. Without any share the payers pay equal parts."""

    who: str = Field(min_length=1, max_length=40, description="谁出钱，如 区、镇（街道）")
    share: Share | None = Field(default=None, description="份额，如 1/2、40%；都不写=平分")


def _as_payers(value: object) -> object:
    """``payer: 区`` and ``payer: [区, 镇]`` are short for payers without shares."""
    found = [value] if isinstance(value, str | dict) else value
    if isinstance(found, list | tuple):
        return [{"who": item} if isinstance(item, str) else item for item in found]
    return found


Payers = Annotated[
    tuple[Payer, ...],
    BeforeValidator(_as_payers, json_schema_input_type=str | Payer | list[str | Payer]),
]


class Amount(Entry, title="补助标准"):
    """Money that the plan promises a class. Without payer or unit nothing is paid (X31)."""

    code: Code = Field(description="代号，如 st_orphan")
    category: str = Field(min_length=1, max_length=60, description="发给哪类对象")
    category_en: str = Field(default="", max_length=80, description="英文")
    group: str = Field(default="", max_length=30, description="所属大类，如 优抚对象")
    yuan: Yuan | None = Field(default=None, description="每人、每户或一笔多少元")
    yuan_from: Yuan | None = Field(default=None, description="写成区间时的下限（yuan 是上限）")
    is_ceiling: bool = Field(default=False, description="原文写“不超过”“最高”：yuan 是上限")
    unit: PayUnit | None = Field(
        default=None,
        description="person 每人、household 每户、lump 一笔总额、institution 每机构……",
    )
    payer: Payers = Field(default=(), description="出资方；写一个、几个，或带份额")
    quota: Count | None = Field(default=None, description="限几人或几户")
    expected: Count | None = Field(default=None, description="预计几人或几户（只用来估算）")
    split: str = Field(default="", max_length=80, description="一笔总额怎样分到各机构")
    includes_goods: bool = Field(default=False, description="金额里已含慰问品")
    purpose: str = Field(default="", max_length=60, description="款项名称，如 参战慰问金")
    eligibility: Names = Field(default=(), description="要过哪些资格测试（eligibility 的代号）")
    is_visit_only: bool = Field(default=False, description="只慰问、不发钱")

    @model_validator(mode="after")
    def runs_upwards(self) -> Self:
        """A range begins below where it ends."""
        if self.yuan_from is not None and (self.yuan is None or self.yuan_from > self.yuan):
            raise ValueError("yuan_from 是下限，yuan 是上限")
        return self


class Stacking(Entry, title="叠加规则"):
    """Whether one person may have two classes at once (X30). Default: not, except what is named."""

    codes: tuple[Code, ...] = Field(min_length=1, description="哪些补助的代号")
    rule: Literal["highest_only", "may_stack", "ask"] = Field(
        description="只发最高一项、可以叠加，或逐人由人决定"
    )


class Payment(Part, title="发放办法"):
    """How stipends are paid out."""

    by: DateText | None = Field(default=None, description="哪天前发完")
    remainder_to: str = Field(
        default="", max_length=40, description="除不尽的零头归谁出；空=列在最前的出资方"
    )
    says: tuple[Statement, ...] = Field(default=(), description="其他规定")


class Eligibility(Entry, title="资格测试"):
    """A test that a person must pass. Income tests name their line (X61)."""

    code: Code = Field(description="代号")
    label: str = Field(min_length=1, max_length=60, description="测试什么")
    label_en: str = Field(default="", max_length=120, description="英文")
    kind: Literal["income", "age", "cause", "registered", "status", "residence", "other"] = Field(
        description="收入、年龄、致困原因、登记、身份、户籍、其他"
    )
    objects: Names = Field(default=(), description="对谁测试")
    causes: Names = Field(default=(), description="列举的原因或身份")
    below: Literal["minimum_living_line", "marginal_line", "local_average", ""] = Field(
        default="", description="收入低于哪条线：低保线、边缘线、当地平均"
    )
    per: Literal["head", "household", ""] = Field(default="", description="按人均还是按户")
    line_yuan: Yuan | None = Field(
        default=None, description="当地标准是多少元/月；各地不同，启动时填"
    )
    min_age: int | None = Field(default=None, ge=0, le=150, description="年满几岁")
    max_age: int | None = Field(default=None, ge=0, le=150, description="不超过几岁")


class BudgetLine(Entry, title="预算"):
    """A sum the plan sets aside, or the promise to set one aside (X62: no default amounts)."""

    code: Code = Field(description="代号")
    label: str = Field(min_length=1, max_length=60, description="什么钱")
    label_en: str = Field(default="", max_length=80, description="英文")
    yuan: Yuan | None = Field(default=None, description="多少元；原文没写就空着")
    kind: Literal["total", "part"] = Field(
        default="part", description="总额，还是其中一项（各项之和应等于总额）"
    )
    within: str = Field(
        default="", max_length=48, description="是哪笔总额（code）的一项；空=文件里唯一的总额"
    )
    payer: Payers = Field(default=(), description="出资方")
    source: str = Field(default="", max_length=60, description="从哪项经费列支")
    uses: Names = Field(default=(), description="用在哪里")
    who: UnitRole | None = Field(default=None, description="由谁落实")
    words: Words = Field(default="", description="无数字的用语，如 按时足额")
