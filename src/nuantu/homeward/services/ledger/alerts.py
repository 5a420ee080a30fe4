"""Somebody of a ledger was met, taken in or recognised elsewhere: both sides learn what they may, once for a case.

The asking organisation learns that there is an entry, which organisation keeps it and its phone; the keeping one
where and when he was seen. Neither reads anything of the other's.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.selectors import organisation_name
from nuantu.core import live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.homeward.models import LedgerAlert, LedgerEntry
from nuantu.homeward.services.ledger import judging, owing
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.persons.models import Case, Person

WHY = "who is in a ledger anywhere is told to whoever meets him, and nothing else of it"


def alert(*, at: datetime, person: Person, case: Case, seen: str, seen_at: datetime) -> int:
    """Tell both sides of every running entry of this human; how many entries. May run twice."""
    with scope.system(WHY), transaction.atomic():
        records = judging.records_of(person)
        entries = LedgerEntry.objects.select_for_update(of=("self",)).select_related(
            "person", "keeper"
        )
        found = list(
            entries.filter(person__in=records, ended_at=None).exclude(case_id=case.case_id)
        )
        return sum(_tell(at, entry, case, seen, seen_at) for entry in found)


def _tell(at: datetime, entry: LedgerEntry, case: Case, seen: str, seen_at: datetime) -> bool:
    if seen_at < entry.began_at and not case.is_open:
        return False
    row, is_new = LedgerAlert.objects.get_or_create(
        entry=entry,
        case_id=case.case_id,
        defaults={
            "person": case.person,
            "division_code": case.division_code,
            "owner_org": case.owner_org,
            "recorded_at": at,
            "keeper_org": entry.owner_org,
            "seen": seen,
            "seen_at": seen_at,
            "told_at": at,
        },
    )
    if not is_new:
        return False
    if case.owner_org != entry.owner_org:
        owing.owe(actor=SYSTEM, at=at, row=row, kind=owing.CALL)
    where = organisation_name(case.owner_org)
    note(
        entry,
        "ledger_entry.returned",
        actor=SYSTEM,
        at=at,
        summary=f"在{where}再次接受救助",
        changes={"where": where, "seen": seen},
    )
    if not owing.owed(entry.public_id, owing.RETURNED):
        owing.owe(actor=SYSTEM, at=at, row=entry, kind=owing.RETURNED, assignee=entry.keeper)
    judging.judge_again(actor=SYSTEM, at=at, entry=entry)
    live.hint("ledger", entry.division_code, entry.owner_org)
    return True


def answer_alert(*, actor: Actor, at: datetime, row: LedgerAlert, answer: str) -> LedgerAlert:
    """The asking organisation called: what was settled. Raises HomewardRefused with the field."""
    if not answer.strip():
        raise HomewardRefused(
            _("请写和谁联系了、商量的结果，例如“已联系，明天来接”。"), field="answer"
        )
    with transaction.atomic():
        held = LedgerAlert.objects.select_for_update().get(pk=row.pk)
        if held.answered_at is not None:
            raise HomewardRefused(_("这条提醒已经办结。"))
        vars(held)["answer"] = answer.strip()[:500]
        held.answered_at, held.answered_by = at, actor.name
        held.save()
        owing.keep(actor=actor, at=at, row=held, kinds=(owing.CALL,), by=held.public_id)
        note(
            held,
            "ledger_alert.answer",
            actor=actor,
            at=at,
            summary="台账提醒：已联系对方单位",
            changes={"note": answer.strip()},
        )
    return held
