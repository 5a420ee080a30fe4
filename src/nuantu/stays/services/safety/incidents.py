"""Incidents of staff safety and order: told, reported in time, concluded by the head (S1-29)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.stays.models import StationIncident
from nuantu.stays.services.safety.lines import keep_duties, note_safety

HANDLE = "incident.handle"


class IncidentRefused(Refusal):
    """An incident that cannot be put down or concluded like this."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, when and where, without names of residents."""

    kind: str
    occurred_at: datetime
    story: str
    place: str = ""
    is_somebody_hurt: bool = False
    is_police_called: bool = False


def subject_of(row: StationIncident) -> Subject:
    """An incident as duties and journal lines name it."""
    return Subject("station_incident", row.public_id)


def record_incident(*, actor: Actor, at: datetime, told: Told) -> StationIncident:
    """Put an incident down; the head owes its handling, sooner where somebody is hurt.

    Raises IncidentRefused without a story, for a moment to come, or for an assault with somebody hurt
    while nobody called the police.
    """
    if not told.story.strip():
        raise IncidentRefused(_("请写明经过。"), field="story")
    if told.occurred_at > at:
        raise IncidentRefused(_("发生时间不能晚于现在。"), field="occurred_at")
    if told.kind == "assault" and told.is_somebody_hurt and not told.is_police_called:
        words = _("工作人员被打受伤：先报110、送医，再登记“已报警”。")
        raise IncidentRefused(words, field="is_police_called")
    key = "hurt" if told.is_somebody_hurt else "normal"
    ruling = rules_at(actor.division_code, at).need(HANDLE, key=key)
    with transaction.atomic():
        row = StationIncident.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            kind=told.kind,
            occurred_at=told.occurred_at,
            place=told.place.strip()[:80],
            story=told.story.strip()[:600],
            is_somebody_hurt=told.is_somebody_hurt,
            is_police_called=told.is_police_called,
            recorded_by=actor.name,
        )
        label = stored(row.get_kind_display)
        open_duty(
            actor=actor,
            at=at,
            kind=HANDLE,
            title=f"处理站内事件：{label}",
            title_en="Handle an incident in the station",
            subject=subject_of(row),
            owner_org=row.owner_org,
            division_code=row.division_code,
            due_at=at + timedelta(hours=ruling.number),
            basis=ruling.source,
            basis_rule="S1-29",
        )
        note_safety(
            verb="stays.incident.record",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"站内事件：{label}",
            story=row.story,
        )
    return row


def conclude_incident(
    *,
    actor: Actor,
    at: datetime,
    incident: StationIncident,
    conclusion: str,
    police_answer: str = "",
) -> StationIncident:
    """How it was dealt with. Raises IncidentRefused without words, twice, or without the answer of the
    police where they were called."""
    if not conclusion.strip():
        raise IncidentRefused(_("请写明怎么处理的、怎么防止再发生。"), field="conclusion")
    if incident.is_police_called and not police_answer.strip():
        raise IncidentRefused(_("报过警的，请写明公安的处理结论。"), field="police_answer")
    with transaction.atomic():
        row = StationIncident.objects.select_for_update().get(pk=incident.pk)
        if row.concluded_at is not None:
            raise IncidentRefused(_("这件事已经办结。"))
        row.concluded_at, row.concluded_by = at, actor.name
        row.conclusion = conclusion.strip()[:400]
        row.police_answer = police_answer.strip()[:300]
        row.save()
        keep_duties(actor=actor, at=at, subject=subject_of(row), kind=HANDLE, words=row.conclusion)
        note_safety(
            verb="stays.incident.conclude",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"站内事件办结：{stored(row.get_kind_display)}",
            conclusion=row.conclusion,
        )
    return row
