"""What a plan asks for on the street: patrols, response, refusal, rescue modes, notices."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nuantu.planbook.schema.identity import Basis
from nuantu.planbook.schema.parts import (
    Code,
    Days,
    Distance,
    Entry,
    Level,
    Minutes,
    Names,
    Part,
    Period,
    PersonClass,
    UnitRole,
)


class Cadence(Entry):
    """How often the streets are patrolled. A word without a figure never beats a figure (X56)."""

    level: Level = "normal"
    places: str = Field(default="", max_length=40, description="只适用于这类重点区域；空=全部")
    at_least: int | None = Field(default=None, ge=1, le=96)
    per: Period | None = None
    words: str = Field(default="", max_length=20, description="无数字的用语，如 不间断")

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """A cadence is a figure with its period, or a word."""
        if (self.at_least is None) != (self.per is None):
            raise ValueError("at_least 与 per 要一起写")
        if self.at_least is None and not self.words:
            raise ValueError("写明次数(at_least、per),或照录原文用语(words)")
        return self


class Emphasis(Entry):
    """When patrols weigh most."""

    when: Literal["night", "low_temperature", "holiday", "flood"]
    words: str = Field(min_length=1, max_length=40)


class Patrol(Part):
    """Patrols of the streets."""

    cadence: tuple[Cadence, ...] = ()
    emphasis: tuple[Emphasis, ...] = ()


class ResponseLimit(Entry):
    """Minutes from intake to the scene. ``far`` applies above the travel threshold."""

    distance: Distance = "any"
    minutes: Minutes | None = None
    words: str = Field(default="", max_length=20)

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """A limit is a number of minutes, or a word such as 及时."""
        if self.minutes is None and not self.words:
            raise ValueError("写明分钟数(minutes),或照录原文用语(words)")
        return self


class FarTravel(Entry):
    """The estimated travel that counts as really far."""

    minutes: Minutes


class RemoteGuidance(Entry):
    """Too far to arrive in time: the station guides the local point by phone."""

    says: str = Field(min_length=1, max_length=120)


class Response(Part):
    """Time limits of dispatch."""

    limits: tuple[ResponseLimit, ...] = ()
    far_travel: FarTravel | None = None
    remote_guidance: RemoteGuidance | None = None


class Notice(Entry):
    """Who is told when a person is found (X10). Every recipient on the list must be told."""

    finder: Literal["any", "informant", "citizen", "patrol_team", "township", "station"] = "any"
    classes: tuple[PersonClass, ...] = ("any",)
    outcome: Literal["any", "refused", "helped", "unidentified"] = "any"
    tell: tuple[Literal["120", "110"] | UnitRole, ...] = Field(min_length=1)
    order: Literal["together", "in_order"] = "together"
    words: str = Field(default="", max_length=20)
    share: Names = ()


class RescueMode(Entry):
    """How a class of person is helped; anything but voluntary needs a basis and an approver (X01)."""

    classes: tuple[PersonClass, ...] = Field(min_length=1)
    modes: tuple[
        Literal["voluntary", "escorted", "protective", "medical_emergency", "police", "compulsory"],
        ...,
    ] = Field(min_length=1)
    legal_basis: tuple[Basis, ...] = ()
    approver: UnitRole | None = None
    review_hours: Annotated[int, Field(ge=1, le=240)] | None = None
    may_refuse: bool = False
    treatment: str = Field(default="", max_length=120)


class KitItem(Part):
    """One item of the kit. ``code`` is the glossary's name, for example padded_clothes (棉衣)."""

    code: Code
    label: str = Field(min_length=1, max_length=20)
    label_en: str = Field(default="", max_length=40)
    quantity: int = Field(default=1, ge=1, le=99)
    is_optional: bool = False


class Kit(Entry):
    """What a refuser is given."""

    items: tuple[KitItem, ...] = Field(min_length=1)


class RefusalStep(Entry):
    """What must be done, and recorded, when somebody refuses."""

    code: Code
    says: str = Field(min_length=1, max_length=80)
    says_en: str = Field(default="", max_length=120)


class Revisit(Entry):
    """When a refuser is visited again."""

    level: Level = "normal"
    every_days: Days | None = None
    words: str = Field(default="", max_length=20)


class Refusal(Part):
    """A capable adult refuses."""

    steps: tuple[RefusalStep, ...] = ()
    kit: Kit | None = None
    revisit: tuple[Revisit, ...] = ()


class Offers(Entry):
    """What is offered first (X64)."""

    order: tuple[
        Literal["station", "temporary_lodging", "temporary_point", "street_guidance", "goods"], ...
    ] = Field(min_length=1)


class KeyLocationType(Entry):
    """A type of place to be patrolled first."""

    code: Code
    label: str = Field(min_length=1, max_length=20)
    label_en: str = Field(default="", max_length=40)


class InformantType(Entry):
    """Somebody who is asked to report."""

    code: Code
    label: str = Field(min_length=1, max_length=20)
    label_en: str = Field(default="", max_length=40)
