"""The inflow and outflow list: enter, correct, tie to a case, end, reveal what lies sealed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.erasure import erase_case, opened
from nuantu.core.errors import Refusal
from nuantu.core.retention import keep_until
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import FlowEntry
from nuantu.persons.models import Case

FLOW = "flow_entry"
SHORTEST_PURPOSE = 4
BATCH = 500


class FlowRefused(Refusal):
    """The line cannot be written or shown like this."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody on the list; `secret` is ID number, phone, home address."""

    direction: str
    called_as: str
    whereabouts: str
    certainty: str
    source: str
    sex: str = "unknown"
    years: int | None = None
    known: str = ""
    since_date: date | None = None
    secret: str = ""


def add_flow(
    *, actor: Actor, at: datetime, division_code: str, said: Known, case: Case | None = None
) -> FlowEntry:
    """Put somebody on the list of a town or village. Raises FlowRefused for a day to come."""
    _check(said, at)
    with transaction.atomic():
        entry = FlowEntry.objects.create(
            division_code=division_code,
            owner_org=actor.org_code,
            case_id=case.public_id if case else None,
            recorded_at=at,
            noted_at=at,
            noted_by=actor.name,
            **asdict(said),
        )
        _told(entry, "add", actor, at, "列入流入流出名单")
    return entry


def correct_flow(
    *,
    actor: Actor,
    at: datetime,
    entry: FlowEntry,
    said: Known,
    reason: str,
    case: Case | None = None,
) -> FlowEntry:
    """Correct a line, with the reason; the version before is kept. An empty `secret` leaves it.

    Raises FlowRefused without a reason, for a day to come, or for a line that ended.
    """
    if not reason.strip():
        raise FlowRefused(_("请写明为什么更正。"), field="reason")
    _check(said, at)
    with transaction.atomic():
        entry = _held(entry)
        values = {name: value for name, value in asdict(said).items() if name != "secret"}
        changed = [name for name, value in values.items() if getattr(entry, name) != value]
        for name, value in values.items():
            setattr(entry, name, value)
        if case is not None and entry.case_id != case.public_id:
            secret = opened(entry.secret) if entry.secret else ""
            entry.case_id, entry.secret = case.public_id, secret
            changed.append("case_id")
        if said.secret:
            entry.secret = said.secret
            changed.append("secret")
        entry.noted_at, entry.noted_by = at, actor.name
        entry.save()
        _told(
            entry, "correct", actor, at, "更正名单", {"fields": changed, "reason": reason.strip()}
        )
    return entry


def end_flow(*, actor: Actor, at: datetime, entry: FlowEntry, reason: str) -> FlowEntry:
    """Take somebody off the list: came home, left, a mistake. Raises FlowRefused."""
    if not reason.strip():
        raise FlowRefused(_("请写明为什么销去。"), field="reason")
    with transaction.atomic():
        entry = _held(entry)
        entry.ended_at, entry.ended_by, entry.ended_reason = at, actor.name, reason.strip()[:300]
        months = rules_at(entry.division_code, at).need("keep.flow").number
        entry.keep_until_date = keep_until(clock.local(at).date(), int(months))
        entry.save(update_fields=["ended_at", "ended_by", "ended_reason", "keep_until_date"])
        _told(entry, "end", actor, at, "销去名单", {"reason": entry.ended_reason})
    return entry


def reveal_flow(*, actor: Actor, at: datetime, entry: FlowEntry, purpose: str) -> str:
    """What lies sealed, for a purpose that an auditor will read. Raises FlowRefused."""
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise FlowRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    with transaction.atomic():
        _told(entry, "reveal", actor, at, "查看名单里的敏感信息", {"purpose": words})
    return opened(entry.secret)


def forget_flows(*, at: datetime) -> int:
    """Erase what ended longer ago than `keep.flow` and belongs to no case; how many lines.

    The row stays with its days and its journal; whom it was about is gone, in its history too.
    """
    today = clock.local(at).date()
    with scope.system("what ended on the inflow and outflow list is forgotten after its term"):
        due = FlowEntry.objects.filter(keep_until_date__lt=today, case_id=None)
        entries = list(due.order_by("pk")[:BATCH])
        for entry in entries:
            with transaction.atomic():
                FlowEntry.objects.filter(pk=entry.pk).update(case_id=entry.public_id)
                erase_case(
                    case_id=entry.public_id,
                    actor=SYSTEM,
                    at=at,
                    reason="保存期满",
                    division_code=entry.division_code,
                    owner_org=entry.owner_org,
                )
    return len(entries)


def note_flow_export(*, actor: Actor, at: datetime, count: int) -> None:
    """Who took the list out of the system, and how many lines it had."""
    journal.record(
        verb="patrols.flow.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"导出流入流出名单 {count} 人",
        changes={"count": count},
    )


def _check(said: Known, at: datetime) -> None:
    if said.since_date is not None and said.since_date > clock.local(at).date():
        raise FlowRefused(_("“从何时起”不能是以后的日期。"), field="since_date")


def _held(entry: FlowEntry) -> FlowEntry:
    held = FlowEntry.objects.select_for_update().get(pk=entry.pk)
    if not held.is_open:
        raise FlowRefused(_("这一条已经销去，不能再改。"))
    return held


def _told(entry: FlowEntry, verb: str, actor: Actor, at: datetime, summary: str,
          changes: Mapping[str, Any] | None = None) -> None:  # fmt: skip
    """Who is meant stands only in the row: the line names the row, its typed words lie sealed."""
    journal.record(
        verb=f"patrols.flow.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject(FLOW, entry.public_id)],
        division_code=entry.division_code,
        owner_org=entry.owner_org,
        case_id=entry.case_id,
        summary=summary,
        changes=dict(changes or {}),
    )
