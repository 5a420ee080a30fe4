"""How a person is helped: who is told, in which way, what a refuser is given, which hospital."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from nuantu.planbook.schema.identity import Basis
from nuantu.planbook.schema.parts import (
    Code,
    Days,
    Entry,
    Level,
    Named,
    Names,
    Part,
    PersonClass,
    Says,
    Statement,
    UnitRole,
    Words,
)


class Notice(Entry, title="通知谁"):
    """Who is told when a person is found (X10). Every recipient on the list must be told."""

    finder: Literal["any", "informant", "citizen", "patrol_team", "township", "station"] = Field(
        default="any", description="谁发现的"
    )
    classes: tuple[PersonClass, ...] = Field(default=("any",), description="哪类人员")
    outcome: Literal["any", "refused", "helped", "unidentified"] = Field(
        default="any", description="处置结果"
    )
    tell: tuple[Literal["120", "110"] | UnitRole, ...] = Field(
        min_length=1, description="通知谁，名单上的都要通知"
    )
    order: Literal["together", "in_order"] = Field(
        default="together", description="同时通知，还是依次通知"
    )
    words: Words = Field(default="", description="无数字的用语，如 第一时间")
    share: Names = Field(default=(), description="只通报哪些内容")


class RescueMode(Entry, title="救助方式"):
    """How a class of person is helped; anything but voluntary needs a basis and an approver (X01)."""

    classes: tuple[PersonClass, ...] = Field(min_length=1, description="哪类人员")
    modes: tuple[
        Literal["voluntary", "escorted", "protective", "medical_emergency", "police", "compulsory"],
        ...,
    ] = Field(min_length=1, description="可以用的方式：自愿、护送、保护性、紧急送医、公安、强制")
    legal_basis: tuple[Basis, ...] = Field(default=(), description="法律依据")
    approver: UnitRole | None = Field(default=None, description="由谁批准")
    review_hours: Annotated[int, Field(ge=1, le=240)] | None = Field(
        default=None, description="多少小时内复核"
    )
    may_refuse: bool = Field(default=False, description="本人的拒绝是否作数")
    words: Words = Field(default="", description="原文的说法，如 强制救助（照录，不照做）")
    treatment: str = Field(default="", max_length=120, description="怎样救助")


class KitItem(Part, title="物资包里的一样"):
    """One item of the kit. ``code`` is the glossary's name, for example padded_clothes (棉衣)."""

    code: Code = Field(description="代号")
    label: str = Field(min_length=1, max_length=20, description="名称")
    label_en: str = Field(default="", max_length=40, description="英文名称")
    quantity: int = Field(default=1, ge=1, le=99, description="几件")
    is_optional: bool = Field(default=False, description="可给可不给")


class Kit(Entry, title="拒助物资包"):
    """What a refuser is given (X16)."""

    items: tuple[KitItem, ...] = Field(min_length=1, description="给些什么")


class RefusalStep(Entry, title="拒助必做事项"):
    """What must be done, and recorded, when somebody refuses."""

    code: Code = Field(description="代号")
    says: str = Field(min_length=1, max_length=80, description="做什么")
    says_en: str = Field(default="", max_length=120, description="英文")


class Revisit(Entry, title="回访间隔"):
    """When a refuser is visited again (X15)."""

    level: Level = Field(default="normal", description="工作级别")
    every_days: Days | None = Field(default=None, description="每几天回访一次")
    words: Words = Field(default="", description="无数字的用语，如 定期")


class Refusal(Part, title="本人拒绝救助"):
    """A capable adult refuses."""

    steps: tuple[RefusalStep, ...] = Field(default=(), description="必做事项")
    kit: Kit | None = Field(default=None, description="物资包")
    revisit: tuple[Revisit, ...] = Field(default=(), description="回访间隔")


class HospitalRoute(Entry, title="送医路线"):
    """Where a class of patient goes, in order, with a fallback when the first is full (X11)."""

    classes: tuple[PersonClass, ...] = Field(min_length=1, description="哪类病人")
    to: tuple[
        Literal[
            "ambulance",
            "designated_hospital",
            "hospital",
            "psychiatric_hospital",
            "public_psychiatric_hospital",
            "infectious_hospital",
            "emergency_centre",
        ],
        ...,
    ] = Field(min_length=1, description="先送哪里，满了再送哪里")
    words: Words = Field(default="", description="无数字的用语，如 立即")


class MedicalCosts(Entry, title="医疗费用"):
    """Who pays, in order. Collecting from the patient or the family is refused (X25)."""

    payers: tuple[Literal["insurance", "assistance", "fund", "station", "finance"], ...] = Field(
        default=(), description="先后由谁付：医保、医疗救助、疾病应急救助基金、救助站、财政"
    )
    collects_from_family: bool = Field(default=False, description="是否向本人或家属收费")
    words: Words = Field(default="", description="无数字的用语，如 及时")


class Medical(Part, title="医疗救治"):
    """Treat first, rescue second."""

    routes: tuple[HospitalRoute, ...] = Field(default=(), description="送医路线")
    costs: MedicalCosts | None = Field(default=None, description="费用结算")
    says: tuple[Statement, ...] = Field(default=(), description="其他规定，如 专人跟踪")


class Casework(Named, title="个案服务"):
    """Counselling, legal aid, correction and other work with one person."""

    says: str = Field(default="", max_length=200, description="怎样做")
    after_days: Days | None = Field(default=None, description="几天后再做（原文写明的）")


class Assistance(Named, title="社会救助衔接"):
    """What links a person or a household to the safety net."""

    who: tuple[UnitRole, ...] = Field(default=(), description="由谁办")
    groups: Names = Field(default=(), description="哪些人")
    says: str = Field(default="", max_length=200, description="怎样办")
    words: Words = Field(default="", description="无数字的用语，如 及时足额")


class Prevention(Named, title="源头预防"):
    """Ledger, return visits, wristbands, training: so that nobody is lost again."""

    groups: tuple[PersonClass, ...] = Field(default=(), description="哪类人员")
    says: Says = Field(description="做什么")
    goods: Names = Field(default=(), description="带什么物资")
    needs_consent: bool = Field(default=False, description="须本人或监护人同意（X50）")
