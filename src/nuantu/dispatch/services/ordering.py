"""Told one after the other about somebody from elsewhere: each with his clock, none left out in silence.

The order is the plan's (P10-24); a place without such a plan has none. Nothing here stands before a
team is sent, or somebody is warmed and taken in: care never waits for the identity step (X12).
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import override

from nuantu.accounts.models import Organisation
from nuantu.core import journal, live
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Notice, OrderedNotice, Tip
from nuantu.dispatch.rules import notices as notice_rules
from nuantu.dispatch.rules.flags import NON_LOCAL, classes_of
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.dispatch.services.rows import write_for
from nuantu.operations.models import Duty
from nuantu.operations.services import open_duty
from nuantu.persons.models import Case

KIND, ORDER = "ordered_notice", "dispatch.tell_in_order"
_KNOWS = "本站已收到线索"
State = Notice.State


def owe_for_tip(*, actor: Actor, at: datetime, tip: Tip) -> None:
    """Whom the plan wants told in order about a tip on somebody from elsewhere; asked again, nothing new."""
    if NON_LOCAL not in tip.flags or OrderedNotice.objects.filter(tip=tip).exists():
        return
    finders = {notice_rules.FINDERS.get(tip.channel, "citizen")}
    _owe(actor, at, tip, finders, classes_of(tip.urgent_flags), {"tip": tip})


def owe_for_case(*, actor: Actor, at: datetime, case: Case, codes: Collection[str]) -> None:
    """The same for a person whose class says so: met in the street, at the door, or in the station."""
    if NON_LOCAL not in codes or OrderedNotice.objects.filter(of_case=case).exists():
        return
    _owe(actor, at, case, {"patrol_team"}, frozenset(codes), {"of_case": case})


def _owe(
    actor: Actor,
    at: datetime,
    holder: Tip | Case,
    finders: set[str],
    classes: frozenset[str],
    about: dict[str, object],
) -> None:
    rulings = rulings_at(holder.division_code, at)
    kind = Organisation.objects.filter(pk=holder.owner_org).values_list("kind", flat=True).first()
    wanted = notice_rules.sequence(
        rulings.lines, finders=finders | {str(kind)}, classes=frozenset(classes)
    )
    term = rulings.book.need("vague.clock", key="rescue")
    with write_for(actor, holder.owner_org):
        rows = [
            OrderedNotice(
                division_code=holder.division_code,
                owner_org=holder.owner_org,
                case_id=holder.case_id,
                recorded_at=at,
                rank=rank,
                recipient=recipient.code,
                basis=f"{recipient.basis}；{term.source}"[:300],
                term_minutes=int(term.number),
                asked_at=at,
                **about,
                **_told_already(recipient.code, str(kind), at),
            )
            for rank, recipient in enumerate(wanted, 1)
        ]
        OrderedNotice.objects.bulk_create(rows)
        for row in rows:
            note_order("ask", actor, at, row, f"应依次通知：{row.rank} {who_is(row)}")
        start_next(actor, at, rows, since=at)


def _told_already(code: str, holder_kind: str, at: datetime) -> dict[str, object]:
    """The station that holds the row knows of it; everybody else is told by a person."""
    if code != notice_rules.STATION or holder_kind != Organisation.Kind.STATION:
        return {}
    return {
        "state": State.TOLD,
        "told_at": at,
        "settled_at": at,
        "way": Notice.Way.SYSTEM,
        "by": "系统",
        "answer": _KNOWS,
    }


def tie_to_case(*, tip: Tip, case: Case) -> None:
    """A team met the person of a tip: his case and the tip have one order, not two."""
    of_tip = OrderedNotice.objects.filter(tip=tip)
    loose = list(of_tip.filter(of_case=None))
    if loose and not OrderedNotice.objects.filter(of_case=case).exists():
        of_tip.filter(of_case=None).update(of_case=case, case_id=case.case_id)
        duties = Duty.objects.filter(public_id__in=[row.duty_id for row in loose if row.duty_id])
        duties.update(case_id=case.case_id)
    elif not of_tip.exists():
        OrderedNotice.objects.filter(of_case=case, tip=None).update(tip=tip)


def pass_terms(*, at: datetime) -> int:
    """Begin the clock of whoever waits for somebody whose term is gone by; how many.

    Runs every minute under the system scope; may run twice.
    """
    waiting = OrderedNotice.objects.filter(state=State.DUE, starts_at=None, rank__gt=1)
    begun = 0
    for row in waiting.order_by("pk"):
        chain = list(chain_of(row).select_for_update())
        before = [one for one in chain if one.rank < row.rank and one.is_due]
        over = [one.due_at for one in before if one.due_at is not None and one.due_at <= at]
        mine = next(one for one in chain if one.pk == row.pk)
        if mine.is_waiting and len(over) == len(before):
            _start(SYSTEM, at, mine, since=max(over, default=at))
            begun += 1
    return begun


def move_ordered(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """What is still to be told goes with the case to whoever takes it over."""
    if case_id is not None:
        OrderedNotice.objects.filter(case_id=case_id).update(owner_org=new_owner)


def chain_of(row: OrderedNotice) -> "QuerySet[OrderedNotice]":
    """The whole order that a row belongs to, first to last."""
    rows = OrderedNotice.objects.order_by("rank")
    return rows.filter(of_case=row.of_case_id) if row.of_case_id else rows.filter(tip=row.tip_id)


def who_is(row: OrderedNotice, language: str = "zh-hans") -> str:
    """Who is told, in the words of a language, whatever the page speaks."""
    with override(language):
        return row.recipient_label


def start_next(
    actor: Actor, at: datetime, chain: Iterable[OrderedNotice], *, since: datetime
) -> None:
    """Begin the clock of the first who still has to be told, unless it runs already."""
    first = next((one for one in chain if one.is_due), None)
    if first is not None and first.starts_at is None:
        _start(actor, at, first, since=since)


def _start(actor: Actor, at: datetime, row: OrderedNotice, *, since: datetime) -> None:
    row.starts_at, row.due_at = since, since + timedelta(minutes=row.term_minutes)
    duty = open_duty(
        actor=actor,
        at=at,
        kind=ORDER,
        title=f"外地人员：依次通知，轮到{who_is(row)}",
        title_en=f"From elsewhere: now tell {who_is(row, 'en')}",
        subject=Subject(KIND, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        case_id=row.case_id,
        due_at=max(row.due_at, at),
        basis=row.basis[:200],
        basis_rule="P10-24",
    )
    row.duty_id = duty.public_id
    row.save(update_fields=["starts_at", "due_at", "duty_id"])


def note_order(
    verb: str,
    actor: Actor,
    at: datetime,
    row: OrderedNotice,
    summary: str,
    *,
    happened_at: datetime | None = None,
) -> None:
    """One journal line about somebody in the order, and the hint to the pages that show it."""
    subjects = []
    if row.tip is not None:
        subjects.append(Subject("tip", row.tip.public_id))
    if row.of_case is not None:
        subjects.append(Subject("case", row.of_case.public_id))
        subjects.append(Subject("person", row.of_case.person.public_id))
    journal.record(
        verb=f"dispatch.order.{verb}",
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        summary=summary,
        basis=row.basis,
        changes={
            "rank": row.rank,
            "recipient": row.recipient,
            "way": row.way,
            "reason": row.reason or row.early_reason,
            "answer": row.answer,
        },
        happened_at=happened_at,
    )
    live.hint("tips", row.division_code, row.owner_org)
    live.hint("persons", row.division_code, row.owner_org)
