"""What every entry of a plan file has in common: no unknown keys, and the clause it rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from nuantu.planbook import dates

QUOTE_LENGTH = 25

Days = Annotated[int, Field(ge=1, le=3660)]
Minutes = Annotated[int, Field(ge=1, le=7 * 24 * 60)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{1,47}$")]
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

    clause: ClauseIds = Field(description="规则编号或条款号，如 P9-05、三（一）")
    quote: str = Field(default="", max_length=QUOTE_LENGTH, description="原文短引，25字以内")
    derived: bool = Field(default=False, description="我们的理解，不是原文的话")


Level = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,23}$")]
Distance = Literal["any", "near", "far"]
Period = Literal["day", "week", "month"]
PersonClass = Literal[
    "any",
    "rough_sleeper",
    "person_in_sudden_trouble",
    "capable_adult_refuser",
    "minor",
    "left_behind_child",
    "elderly",
    "disabled",
    "hard_to_move",
    "intellectual_disability",
    "severely_disabled_person",
    "critically_ill_person",
    "sudden_illness",
    "suspected_mental_disorder",
    "infectious_patient",
    "stranded_unidentified_person",
    "repeat_street_person",
    "easily_lost_person",
    "suicide_risk",
    "occupational_beggar",
    "non_local",
    "disaster_victim",
    "drunk",
    "woman_alone",
    "family_with_children",
    "danger",
]
UnitRole = Literal[
    "joint_meeting_office",
    "joint_meeting",
    "leading_group",
    "government",
    "civil_affairs",
    "relief_station",
    "township",
    "village_committee",
    "village_work_team",
    "grid_worker",
    "police",
    "city_management",
    "health",
    "cdc",
    "hospital",
    "ambulance",
    "psychiatric_hospital",
    "finance",
    "market_regulator",
    "fire_rescue",
    "political_legal_committee",
    "education",
    "meteorology",
    "hr_bureau",
    "enterprise",
    "school",
    "social_work_agency",
    "charity",
    "volunteer",
    "media",
    "foster_institution",
    "superior",
    "partner_departments",
    "leader_on_duty",
    "patrol_team",
    "other",
]
