"""Entering somebody into the ledger, who answers for him, what changes, handing on, the end."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, journal, live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.ids import RECEIPT_ALPHABET
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.homeward.models import EndedWhy, LedgerEntry
from nuantu.homeward.selectors.ledger_rules import grounds_at
from nuantu.homeward.services.ledger import judging, owing
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.operations.models import Handover
from nuantu.operations.services import offer_handover
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import Age
from nuantu.persons.services.people import hide_minor

KEEPS = "homeward.ledger.write"


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was found out about somebody: why he is in the ledger, why he went away, what he needs (P1-72)."""

    grounds: tuple[str, ...]
    cause: str
    needs: str = ""
    family: str = "unknown"
    card: str = "unknown"
    band: str = "not_asked"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom no case of the organisation knows yet."""

    name: str
    sex: str = "unknown"
    years: int | None = None


def begin_entry(
    *,
    actor: Actor,
    at: datetime,
    who: Case | Newcomer,
    keeper: User,
    assessed: Assessed,
) -> LedgerEntry:
    """Enter somebody with the one who answers for him; the first visit is owed. Raises HomewardRefused with the field.

    A newcomer gets a record and a case of the organisation, so that what is sealed has its key.
    """
    values = _checked(actor.division_code, at, assessed)
    _check_keeper(actor, keeper)
    try:
        with together():
            case = who if isinstance(who, Case) else _case_of(actor, at, who)
            entry = LedgerEntry(
                number=_number(actor.division_code, at),
                person=case.person,
                case_id=case.case_id,
                division_code=actor.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
                keeper=keeper,
                began_at=at,
                judged_at=at,
                next_date=clock.local(at).date(),
                **values,
            )
            judging.put(entry, judging.judged(entry, at), at)
            entry.save()
            note(
                entry,
                "ledger_entry.begin",
                actor=actor,
                at=at,
                summary="纳入源头治理台账",
                changes={"grounds": list(assessed.grounds), "risk": entry.risk},
            )
            today = clock.local(at).date()
            judging.owe_visit(
                actor=actor, at=at, entry=entry, day=judging.due_after(entry, today, at)
            )
            if entry.family == "locks":
                owing.owe(actor=actor, at=at, row=entry, kind=owing.LOCKED, assignee=keeper)
    except IntegrityError as error:
        if "homeward_ledgerentry_once_at_a_time" in str(error):
            raise HomewardRefused(_("这个人已经在本单位的台账里。"), field="case") from error
        raise
    live.hint("ledger", entry.division_code, entry.owner_org)
    return entry


def _case_of(actor: Actor, at: datetime, who: Newcomer) -> Case:
    if not who.name.strip():
        raise HomewardRefused(_("请写个案编号，或写这个人的姓名。"), field="name")
    age = Age(who.years, who.years, is_estimated=False) if who.years is not None else None
    person = persons.register_person(
        actor=actor,
        at=at,
        division_code=actor.division_code,
        name=who.name.strip(),
        called_as=who.name.strip(),
        sex=who.sex,
        age=age,
    )
    case = persons.open_case(
        actor=actor,
        at=at,
        person=person,
        division_code=actor.division_code,
        source=judging.SOURCE,
    )
    hide_minor(actor=actor, at=at, person=person, case=case)
    return case


def _checked(division_code: str, at: datetime, assessed: Assessed) -> dict[str, Any]:
    known = grounds_at(division_code, at)
    if not assessed.grounds or any(code not in known for code in assessed.grounds):
        raise HomewardRefused(_("请选至少一种纳入台账的情形。"), field="grounds")
    if not assessed.cause.strip():
        raise HomewardRefused(
            _("请写流浪或走失的原因，例如“和家人争吵后离家，不记得回家的路”。"), field="cause"
        )
    return {
        "grounds": list(assessed.grounds),
        "cause": assessed.cause.strip()[:1000],
        "needs": assessed.needs.strip()[:1000],
        "family": assessed.family,
        "card": assessed.card,
        "band": assessed.band,
    }


def _check_keeper(actor: Actor, keeper: User) -> None:
    if keeper.organisation_id != actor.org_code or not can_keep(keeper):
        raise HomewardRefused(_("责任人要是本单位在用账号，而且能登记台账。"), field="keeper")


def can_keep(user: User) -> bool:
    """Whether a user may answer for an entry: his account is open and his role keeps the ledger."""
    return user.is_active and actor_for(user).may(KEEPS)


def assess_again(
    *, actor: Actor, at: datetime, entry: LedgerEntry, assessed: Assessed
) -> LedgerEntry:
    """Put right what was found out; the risk is judged anew. Raises HomewardRefused with the field."""
    values = _checked(entry.division_code, at, assessed)
    with transaction.atomic():
        held = hold(entry)
        was_locked = held.family == "locks"
        for name, value in values.items():
            vars(held)[name] = value
        held.save()
        note(
            held,
            "ledger_entry.assess",
            actor=actor,
            at=at,
            summary="更新台账情形",
            changes={"grounds": held.grounds, "family": held.family, "card": held.card},
        )
        follow_family(actor=actor, at=at, entry=held, was_locked=was_locked)
        judging.judge_again(actor=actor, at=at, entry=held)
    return held


def follow_family(*, actor: Actor, at: datetime, entry: LedgerEntry, was_locked: bool) -> None:
    """Who is locked in is freed within hours; who no longer is, is owed nothing of it."""
    is_locked = entry.family == "locks"
    if is_locked and not was_locked:
        owing.owe(actor=actor, at=at, row=entry, kind=owing.LOCKED, assignee=entry.keeper)
    elif was_locked and not is_locked:
        owing.keep(actor=actor, at=at, row=entry, kinds=(owing.LOCKED,), by=entry.public_id)


def set_keeper(
    *, actor: Actor, at: datetime, entry: LedgerEntry, keeper: User, reason: str
) -> LedgerEntry:
    """Give an entry to another responsible person, with its open promises. Raises HomewardRefused with the field."""
    _check_keeper(actor, keeper)
    if not reason.strip():
        raise HomewardRefused(_("请写为什么更换责任人，交接了什么。"), field="reason")
    with transaction.atomic():
        held = hold(entry)
        before = held.keeper
        if before is not None and before.pk == keeper.pk:
            raise HomewardRefused(_("他已经是责任人。"), field="keeper")
        held.keeper = keeper
        held.save(update_fields=["keeper"])
        owing.keep(actor=actor, at=at, row=held, kinds=(owing.KEEPER,), by=held.public_id)
        for duty in owing.everything(held):
            duty.assignee = keeper
            duty.save(update_fields=["assignee"])
        note(
            held,
            "ledger_entry.keeper",
            actor=actor,
            at=at,
            summary=f"责任人：{keeper.name}",
            changes={
                "name": keeper.name,
                "before": before.name if before else "",
                "reason": reason.strip(),
            },
        )
    return held


def name_keepers(*, at: datetime) -> int:
    """Whoever left, or lost the role, keeps nobody: his entries are to be given to others; how many. May run twice."""
    count = 0
    with scope.system("no entry of a ledger is left without a responsible person"):
        rows = LedgerEntry.objects.select_related("keeper__organisation__division")
        for entry in rows.filter(ended_at=None):
            keeper = entry.keeper
            fits = keeper is not None and keeper.organisation_id == entry.owner_org
            if keeper is not None and fits and can_keep(keeper):
                continue
            if not owing.owed(entry.public_id, owing.KEEPER):
                owing.owe(actor=SYSTEM, at=at, row=entry, kind=owing.KEEPER)
                count += 1
    return count


def offer_entry(
    *, actor: Actor, at: datetime, entry: LedgerEntry, to_org: str, reason: str
) -> Handover:
    """He moved to where another organisation answers: offer the entry with its case; it stays here until they accept.

    Raises HomewardRefused, HandoverRefused.
    """
    if not reason.strip():
        raise HomewardRefused(_("请写搬到哪里、和谁住。"), field="reason")
    with transaction.atomic():
        held = hold(entry)
        if not Case.objects.filter(case_id=held.case_id, owner_org=actor.org_code).exists():
            raise HomewardRefused(_("个案已经不在本单位，不能移交。"), field="to_org")
        handover = offer_handover(
            actor=actor,
            at=at,
            subject=Subject(owing.ENTRY, held.public_id),
            case_id=held.case_id,
            to_org=to_org,
            purpose="台账人员迁居，移交责任",
            note=reason.strip()[:200],
            division_code=held.division_code,
        )
        note(
            held,
            "ledger_entry.offer",
            actor=actor,
            at=at,
            summary="提出移交台账责任",
            changes={"reason": reason.strip()},
        )
    return handover


def move_entry(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """As `core.subjects` calls it: the entries of a case go with it, and are of the place he lives at now; the new
    holder names who answers for him."""
    if case_id is None:
        return
    at = clock.now()
    rows = LedgerEntry.objects.filter(case_id=case_id, ended_at=None)
    place = Organisation.objects.get(code=new_owner).division_id
    with scope.system("an accepted hand-over moves an entry of the ledger"):
        for entry in rows.exclude(owner_org=new_owner):
            entry.owner_org, entry.division_code, entry.keeper = new_owner, place, None
            entry.save(update_fields=["owner_org", "division_code", "keeper"])
            for duty in owing.everything(entry):
                duty.owner_org, duty.assignee = new_owner, None
                duty.save(update_fields=["owner_org", "assignee"])
            owing.owe(actor=SYSTEM, at=at, row=entry, kind=owing.KEEPER)


def end_entry(
    *, actor: Actor, at: datetime, entry: LedgerEntry, why: str, words: str
) -> LedgerEntry:
    """He is in the ledger no longer; everything owed about him ends. Raises HomewardRefused with the field."""
    if why not in EndedWhy.values:
        raise HomewardRefused(_("请选移出台账的原因。"), field="why")
    if not words.strip():
        raise HomewardRefused(
            _("请写清楚：谁核实的、什么时候，迁走的写告知了当地哪个单位。"), field="words"
        )
    with transaction.atomic():
        held = hold(entry)
        if why == EndedWhy.STEADY and owing.owed(held.public_id, owing.LOCKED, owing.ABSENT):
            raise HomewardRefused(_("还有被关锁或下落不明的事没有办结，不能移出。"), field="why")
        held.ended_at, held.ended_why, held.ended_note = at, why, words.strip()[:300]
        held.next_date = None
        held.save(update_fields=["ended_at", "ended_why", "ended_note", "next_date"])
        said = stored(EndedWhy(why).label)
        owing.take_off(actor=actor, at=at, entry=held, reason=said)
        held.helps.filter(ended_at=None).update(step="dropped", ended_at=at, due_at=None)
        note(
            held,
            "ledger_entry.end",
            actor=actor,
            at=at,
            summary=f"移出台账：{said}",
            changes={"why": why, "reason": words.strip()},
        )
    live.hint("ledger", held.division_code, held.owner_org)
    return held


def hold(entry: LedgerEntry) -> LedgerEntry:
    """The entry, locked; only one that runs. Raises HomewardRefused."""
    held = (
        LedgerEntry.objects.select_for_update(of=("self",))
        .select_related("person", "keeper")
        .get(pk=entry.pk)
    )
    if held.ended_at is not None:
        raise HomewardRefused(_("这个人已经移出台账。"))
    return held


def judge_all(*, at: datetime) -> int:
    """Months pass and returns with them: judge every entry that was not for a day; how many. May run twice."""
    count = 0
    with scope.system("the risk of every ledger is judged anew"):
        rows = LedgerEntry.objects.filter(ended_at=None, judged_at__lte=at - timedelta(hours=20))
        for entry in rows.select_related("person", "keeper").order_by("pk"):
            judging.judge_again(actor=SYSTEM, at=at, entry=entry)
            count += 1
    return count


def note_read(*, actor: Actor, at: datetime, entry: LedgerEntry) -> None:
    """Write that somebody opened what is sealed in an entry."""
    note(entry, "ledger_entry.read", actor=actor, at=at, summary="查看台账内容")


def note_ledger_export(*, actor: Actor, at: datetime, count: int) -> None:
    """Who took the ledger out of the system, and how many lines it had."""
    journal.record(
        verb="homeward.ledger.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"导出源头治理台账 {count} 条",
        changes={"count": count},
    )


def _number(division_code: str, at: datetime) -> str:
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _turn in range(4))
    return f"L{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"
