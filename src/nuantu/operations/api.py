"""Duties, levels and rules over HTTP."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.http import actor_of
from nuantu.operations import access, selectors, services
from nuantu.operations.models import Duty
from nuantu.operations.models.kinds import is_by_hand, is_in_words
from nuantu.planbook.kinds import KINDS
from nuantu.planbook.rules import Ruling

router = Router(tags=["operations"])
Window = Literal["open", "now", "today", "week", "overdue", "done", "late", "unexplained"]


class ClockOut(Schema):
    """The clock of a promise at the moment of the answer."""

    state: str = Field(description="calm, amber, red or done")
    remaining_seconds: int = Field(description="negative once it is late")
    limit_seconds: int


class DutyOut(Schema):
    """A promise with a deadline. It holds no name and no place of a person."""

    id: UUID
    kind: str
    title: str
    owner_org: str
    division_code: str
    subject_kind: str
    subject_id: UUID
    state: str = Field(description="open, done or cancelled")
    opened_at: datetime
    warn_at: datetime
    due_at: datetime
    done_at: datetime | None
    basis: str = Field(description="the clause it rests on")
    escalation: int = Field(description="0 nobody, 1 amber, 2 leader on duty, 3 bureau")
    breach_reason: str
    clock: ClockOut

    @staticmethod
    def of(duty: Duty, at: datetime) -> "DutyOut":
        """The duty as it stands at a moment."""
        face = duty.clock(at)
        return DutyOut(
            id=duty.public_id,
            kind=duty.kind,
            title=duty.said,
            owner_org=duty.owner_org,
            division_code=duty.division_code,
            subject_kind=duty.subject_kind,
            subject_id=duty.subject_id,
            state=duty.state,
            opened_at=duty.opened_at,
            warn_at=duty.warn_at,
            due_at=duty.due_at,
            done_at=duty.done_at,
            basis=duty.basis,
            escalation=duty.escalation,
            breach_reason=duty.breach_reason,
            clock=ClockOut(
                state=face.state,
                remaining_seconds=face.remaining_seconds,
                limit_seconds=face.limit_seconds,
            ),
        )


class DutiesOut(Schema):
    """A stretch of the list and how long the whole list is."""

    total: int
    items: list[DutyOut]


class DutyQuery(Schema):
    """Filters of the list."""

    q: str = ""
    window: Window = "open"
    office: str = Field("", description="code of the organisation that owes")
    kind: str = ""
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0)


class CompleteIn(Schema):
    """Tick a duty off; `reason` says why when it is late."""

    note: str = Field(default="", max_length=500)
    reason: str = Field(default="", max_length=500)


class LevelOut(Schema):
    """The operating level of a division."""

    division_code: str
    level: str
    since: datetime | None
    until: datetime | None
    reason: str


class RuleOut(Schema):
    """What holds on one point, and from which clause."""

    kind: str
    value: Any
    unit: str
    source: str
    plan_code: str
    status: str = Field(description="verified or unverified")
    quote: str
    words: str = Field(description="what plans say without a figure")

    @staticmethod
    def of(found: Ruling) -> "RuleOut":
        """A ruling of the rule book."""
        return RuleOut(
            kind=found.kind,
            value=found.value,
            unit=found.unit,
            source=found.source,
            plan_code=found.plan_code,
            status=found.status,
            quote=found.quote,
            words=found.words,
        )


def _actor(request: HttpRequest, permission: str) -> Actor:
    actor = actor_of(request)
    if not actor.may(permission):
        raise HttpError(403, permission)
    return actor


@router.get("/duties", response=DutiesOut, url_name="duties_list")
def list_duties(request: HttpRequest, wanted: Query[DutyQuery]) -> DutiesOut:
    """Duties that the caller's organisation owes or oversees, due first."""
    _actor(request, "operations.duty.read")
    at = clock.now()
    found = selectors.duties_in(
        at=at, window=wanted.window, office=wanted.office, kind=wanted.kind, words=wanted.q
    )
    shown = found[wanted.offset : wanted.offset + wanted.limit]
    return DutiesOut(total=found.count(), items=[DutyOut.of(duty, at) for duty in shown])


@router.get("/duties/{duty_id}", response=DutyOut, url_name="duties_one")
def get_duty(request: HttpRequest, duty_id: UUID) -> DutyOut:
    """One duty."""
    actor = _actor(request, "operations.duty.read")
    return DutyOut.of(access.duty_for(actor, duty_id), clock.now())


@router.post("/duties/{duty_id}/complete", response=DutyOut, url_name="duties_complete")
def complete_duty(request: HttpRequest, duty_id: UUID, body: CompleteIn) -> DutyOut:
    """Tick off a duty of the caller's own organisation that is ticked off by hand."""
    actor = _actor(request, "operations.duty.complete")
    duty = access.own_duty_for(actor, duty_id, "operations.duty.complete")
    if not is_by_hand(duty.kind):
        raise HttpError(409, _("这件待办由它的工作自动办结，不能手工办结。"))
    if is_in_words(duty.kind) and not body.note.strip():
        raise HttpError(422, _("请写明开在哪里，或为什么没开。"))
    at = clock.now()
    services.complete_duty(actor=actor, at=at, duty=duty, note=body.note)
    if body.reason and at > duty.due_at:
        services.give_breach_reason(actor=actor, at=at, duty=duty, reason=body.reason)
    return DutyOut.of(duty, at)


@router.get("/levels/{division_code}", response=LevelOut, url_name="levels_one")
def get_level(request: HttpRequest, division_code: str) -> LevelOut:
    """The operating level of a division the caller belongs to or oversees."""
    actor = _actor(request, "operations.plan.read")
    division = access.division_for(actor, division_code.ljust(12, "0"))
    now = selectors.level_of(division.code, clock.now())
    return LevelOut(
        division_code=division.code,
        level=now.level,
        since=now.since,
        until=now.until,
        reason=now.reason,
    )


@router.get("/rules/{division_code}/{kind}", response=RuleOut, url_name="rules_one")
def get_rule(
    request: HttpRequest,
    division_code: str,
    kind: str,
    level: str = "",
    place_class: str = "",
    key: str = "",
) -> RuleOut:
    """What holds in a division on one point: own plan, else parent plan, else national default."""
    actor = _actor(request, "operations.plan.read")
    division = access.division_for(actor, division_code.ljust(12, "0"))
    book = selectors.rules_at(division.code, clock.now())
    if level and level not in book.levels:
        words = _("没有工作级别 %(level)s，这里有：%(known)s。")
        raise Refusal(words % {"level": level, "known": ", ".join(book.levels)}, field="level")
    found = kind in KINDS and book.find(kind, level=level, place_class=place_class, key=key)
    if not found:
        raise Http404
    return RuleOut.of(found)
