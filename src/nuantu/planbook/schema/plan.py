"""A whole plan file."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from nuantu.planbook.schema import fieldwork, identity, readiness
from nuantu.planbook.schema.parts import Part

SCHEMA_ID: Final = "nuantu.plan/1"


class Plan(Part):
    """A relief plan (方案) as data: each value keeps the clause it came from."""

    schema_: Literal["nuantu.plan/1"] = Field(alias="schema", default="nuantu.plan/1")
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]
    title: str = Field(min_length=2, max_length=120)
    title_en: str = Field(default="", max_length=160)
    operation_type: identity.OperationType
    status: Literal["draft", "issued"] = "issued"
    issuer: identity.Issuer
    doc_number: str = Field(default="", max_length=60)
    parent: str | None = Field(default=None, description="上级方案的 code")
    instance: identity.Instance
    legal_basis: tuple[identity.Basis, ...] = ()

    window: identity.Window
    phases: tuple[identity.Phase, ...] = ()
    levels: tuple[identity.LevelName, ...] = ()
    organisation: identity.Organisation = identity.Organisation()

    warnings: readiness.Warnings = readiness.Warnings()
    patrol: fieldwork.Patrol = fieldwork.Patrol()
    response: fieldwork.Response = fieldwork.Response()
    notify: tuple[fieldwork.Notice, ...] = ()
    rescue_modes: tuple[fieldwork.RescueMode, ...] = ()
    refusal: fieldwork.Refusal = fieldwork.Refusal()
    offers: fieldwork.Offers | None = None
    key_locations: tuple[fieldwork.KeyLocationType, ...] = ()
    informants: tuple[fieldwork.InformantType, ...] = ()

    roster: tuple[readiness.WatchPost, ...] = ()
    supplies: tuple[readiness.SupplyItem, ...] = ()
    foster_inspection: readiness.FosterInspection | None = None
    tasks: tuple[readiness.FixedTask, ...] = ()
    reports: tuple[readiness.Report, ...] = ()
    major_events: readiness.MajorEvents | None = None
    vague_words: tuple[readiness.VagueWord, ...] = ()
    amounts: tuple[readiness.Amount, ...] = ()
    packs: tuple[identity.Pack, ...] = ()
    recorded: tuple[identity.Recorded, ...] = ()
