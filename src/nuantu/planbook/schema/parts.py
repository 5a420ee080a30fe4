"""What every entry of a plan file has in common: no unknown keys, and the clause it rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from nuantu.planbook import dates
from nuantu.planbook.schema.roles import PersonClass, UnitRole

QUOTE_LENGTH = 25

Days = Annotated[int, Field(ge=1, le=3660)]
Minutes = Annotated[int, Field(ge=1, le=7 * 24 * 60)]
Count = Annotated[int, Field(ge=0, le=100_000_000)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{1,47}$")]
Words = Annotated[str, Field(max_length=20)]
Says = Annotated[str, Field(min_length=1, max_length=200)]
DateText = Annotated[
    str,
    AfterValidator(dates.validate),
    Field(
        json_schema_extra={"pattern": dates.DATE_PATTERN},
        examples=["Y-12-01", "Y+1-03-30", "Y-11-中旬", "Y+1-春节", "issue+10d", "待定"],
    ),
]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


ClauseIds = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=40)], ...],
    BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]
Names = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=60)], ...],
    BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
]


class Part(BaseModel):
    """A piece of a plan file; unknown keys are refused, so that a slip is never silent."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(Part):
    """A piece that rests on a clause of the plan's text."""

    clause: ClauseIds = Field(description="出处：规则编号或条款号，如 P9-05、三（一）")
    quote: str = Field(default="", max_length=QUOTE_LENGTH, description="原文短引，25字以内")
    derived: bool = Field(default=False, description="我们的理解，不是原文的话")


class Statement(Entry, title="一句规定"):
    """A sentence of the plan that holds no figure; kept where it belongs."""

    says: Says = Field(description="规定什么（用自己的话写）")
    says_en: str = Field(default="", max_length=240, description="英文")


class Named(Entry, title="有代号的一项"):
    """Something with a code that other programs look up, and a name that people read."""

    code: Code = Field(description="代号：小写英文，程序按它查找")
    label: str = Field(min_length=1, max_length=40, description="名称")
    label_en: str = Field(default="", max_length=80, description="英文名称")


Level = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,23}$")]
Distance = Literal["any", "near", "far"]
Period = Literal["day", "week", "month"]
Spread = Literal["own", "each_county", "each_township"]

__all__ = [
    "QUOTE_LENGTH",
    "ClauseIds",
    "Code",
    "Count",
    "DateText",
    "Days",
    "Distance",
    "Entry",
    "Level",
    "Minutes",
    "Named",
    "Names",
    "Part",
    "Period",
    "PersonClass",
    "Says",
    "Spread",
    "Statement",
    "UnitRole",
    "Words",
]
