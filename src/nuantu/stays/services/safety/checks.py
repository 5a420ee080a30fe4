"""Checks by list: asked for in their rhythm, done line by line, every fault a hazard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.core import clock
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.services import open_duty
from nuantu.stays.models import CheckLine, OwnChecklist, SafetyCheck, Zone
from nuantu.stays.rules.safety import Checklist, Line, Slot, slots_at
from nuantu.stays.selectors.safety.lists import checklists_of
from nuantu.stays.services.safety.hazards import Found, raise_hazard, user_of
from nuantu.stays.services.safety.inspections import open_planned
from nuantu.stays.services.safety.lines import keep_duties, note_safety

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

CHECK = "safety.check"


class CheckRefused(Refusal):
    """A check or checklist that cannot be put down like this."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was seen at one line; a fault with words, perhaps urgent, perhaps with a photo."""

    line: Line
    is_ok: bool
    note: str = ""
    is_urgent: bool = False
    photo: "UploadedFile[bytes] | None" = None


def subject_of(row: SafetyCheck) -> Subject:
    """A check as duties and journal lines name it."""
    return Subject("safety_check", row.public_id)


def open_checks(*, at: datetime) -> int:
    """Ask every station that has a house for the checks whose time it is, and its bureau for what
    the plans promise to inspect; how many were opened.

    Running it twice opens nothing twice. Call it under the system scope.
    """
    codes = Zone.objects.filter(closed_at=None).values_list("owner_org", flat=True).distinct()
    stations = Organisation.objects.filter(code__in=list(codes)).order_by("code")
    return sum(_open_for(org, at) + open_planned(at=at, station=org) for org in stations)


def _open_for(org: Organisation, at: datetime) -> int:
    wanted = {
        slot.name: (slot, checklist)
        for checklist in checklists_of(org.code, org.division_id, at)
        for slot in slots_at(checklist, org.code, at)
    }
    known = SafetyCheck.objects.filter(slot__in=wanted).values_list("slot", flat=True)
    fresh = [wanted[name] for name in sorted(set(wanted) - set(known))]
    for slot, checklist in fresh:
        _open(org, at, slot, checklist)
    return len(fresh)


def _open(org: Organisation, at: datetime, slot: Slot, checklist: Checklist) -> None:
    with transaction.atomic():
        row = SafetyCheck.objects.create(
            division_code=org.division_id,
            owner_org=org.code,
            recorded_at=at,
            kind=checklist.kind,
            title=checklist.title,
            title_en=checklist.title_en,
            slot=slot.name,
            due_at=slot.due_at,
        )
        open_duty(
            actor=SYSTEM,
            at=at,
            kind=CHECK,
            title=checklist.title,
            title_en=checklist.title_en,
            subject=subject_of(row),
            owner_org=org.code,
            division_code=org.division_id,
            due_at=slot.due_at,
            basis=checklist.source[:200],
            recurrence=slot.name,
        )


def start_check(*, actor: Actor, at: datetime, kind: str) -> SafetyCheck:
    """A check beside the rhythm, asked for by nobody. Raises CheckRefused for an unknown list."""
    found = {one.kind: one for one in checklists_of(actor.org_code, actor.division_code, at)}
    if kind not in found:
        raise CheckRefused(_("没有这种检查表。"))
    with transaction.atomic():
        row = SafetyCheck.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            kind=kind,
            title=found[kind].title,
            title_en=found[kind].title_en,
            due_at=at,
        )
        note_safety(
            verb="stays.check.start",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"加做检查：{row.title}",
            title_en=row.title_en,
        )
    return row


def do_check(
    *,
    actor: Actor,
    at: datetime,
    safety_check: SafetyCheck,
    answers: Sequence[Answer],
    mender: User | None = None,
) -> SafetyCheck:
    """The check was done: each fault is a hazard with a deadline, for `mender` or the station.

    Raises CheckRefused when a fault has no words, or when somebody was faster.
    """
    if any(not one.is_ok and not one.note.strip() for one in answers):
        raise CheckRefused(_("不合格的项目要写明什么不对。"))
    with transaction.atomic():
        row = SafetyCheck.objects.select_for_update().get(pk=safety_check.pk)
        if row.done_at is not None:
            raise CheckRefused(_("%(name)s 已经做了这次检查。") % {"name": row.done_by})
        row.done_at, row.done_by, row.done_by_id = at, actor.name, user_of(actor).public_id
        row.save()
        for position, one in enumerate(answers, start=1):
            _put_down(actor, at, row, position, one, mender)
        faults = sum(not one.is_ok for one in answers)
        keep_duties(
            actor=actor,
            at=at,
            subject=subject_of(row),
            kind=CHECK,
            words=f"不合格 {faults} 项" if faults else "全部合格",
        )
        note_safety(
            verb="stays.check.do",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"{row.title}，不合格 {faults} 项",
            title_en=row.title_en,
        )
    return row


def _put_down(
    actor: Actor,
    at: datetime,
    row: SafetyCheck,
    position: int,
    one: Answer,
    mender: User | None,
) -> None:
    line = CheckLine.objects.create(
        safety_check=row,
        position=position,
        says=one.line.zh,
        says_en=one.line.en,
        is_ok=one.is_ok,
        note=one.note.strip()[:200],
    )
    if one.is_ok:
        return
    found = Found(
        what=one.note.strip()[:300],
        source="check",
        is_urgent=one.is_urgent,
        photo=one.photo,
        mender=mender,
        check_line=line,
    )
    raise_hazard(
        actor=actor,
        at=at,
        found=found,
        owner_org=row.owner_org,
        division_code=row.division_code,
    )


def set_checklist(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    wanted: Checklist,
    from_date: date,
) -> OwnChecklist:
    """The station's own list from a day on, with what it rests on; an empty one asks nothing more.

    Raises CheckRefused for a day that is over, or without words where there must be some.
    """
    if from_date < clock.local(at).date():
        raise CheckRefused(_("生效日期不能早于今天。"), field="from_date")
    if not wanted.source.strip():
        raise CheckRefused(_("请写明依据，例如本站制度的名称。"), field="basis")
    with transaction.atomic():
        row, _is_new = OwnChecklist.objects.update_or_create(
            owner_org=actor.org_code,
            kind=kind,
            from_date=from_date,
            defaults={
                "division_code": actor.division_code,
                "recorded_at": at,
                "title": wanted.title.strip()[:60],
                "title_en": wanted.title_en.strip()[:80],
                "every": wanted.every,
                "hours": list(wanted.hours),
                "lines": [_joined(line) for line in wanted.lines],
                "basis": wanted.source.strip()[:120],
                "changed_by": actor.name,
            },
        )
        note_safety(
            verb="stays.checklist.set",
            actor=actor,
            at=at,
            subject=Subject("checklist", row.public_id),
            row=row,
            summary=f"调整检查表：{row.title}",
            lines=list(row.lines),
            from_date=from_date.isoformat(),
        )
    return row


def _joined(line: Line) -> str:
    return f"{line.zh} | {line.en}" if line.en else line.zh
