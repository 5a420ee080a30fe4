"""Settling somebody whom nobody could identify, step by step, and what follows when it is known who he is."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nuantu.core import clock, live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.ids import RECEIPT_ALPHABET
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.homeward.models import (
    Settlement,
    SettlementClaim,
    SettlementEnd,
    SettlementState,
    SettlementStep,
    StepAnswer,
    StepCode,
)
from nuantu.homeward.rules import settling as rules
from nuantu.homeward.selectors.looks import newest
from nuantu.homeward.selectors.settling import last_compared, term_ends
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.homeward.services.looking import READ_AGAIN_AFTER
from nuantu.homeward.services.settling_owing import (
    SETTLEMENT,
    owe,
    owe_telling,
    owed,
    take_off,
)
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty
from nuantu.persons.models import Person
from nuantu.persons.selectors import age_lines
from nuantu.persons.selectors.same import same_human
from nuantu.stays.models import Stay
from nuantu.stays.rules import clocks
from nuantu.stays.selectors.known import is_identified
from nuantu.stays.services.clocks import keep_clock
from nuantu.stays.services.clocks import owed as clocks_owed

VERIFIED = gettext_noop("身份已核实")
LEFT = gettext_noop("已离站，先查清去向")


@dataclass(frozen=True, slots=True)
class Named:
    """What he is called and where he lives from now on, and what the name and the age rest on (SE-07)."""

    assigned_name: str
    assigned_birth_date: date
    naming: str
    placed: str
    house: str


@dataclass(frozen=True, slots=True)
class Told:
    """How a step came out: its answer, the number of the paper, the day; at the registration also what it gave."""

    answer: str
    paper: str
    done_date: date
    words: str = ""
    household: str = ""
    id_number: str = ""
    benefits: tuple[str, ...] = ()


def begin_settlement(*, actor: Actor, at: datetime, stay: Stay, named: Named) -> Settlement:
    """Begin for somebody who is stranded for longer than the term and whom nobody knows (SE-01).

    Raises HomewardRefused with the field to mend.
    """
    today = clock.local(at).date()
    if stay.left_at is not None or is_identified(stay.person):
        raise HomewardRefused(_("这个人已经离站，或身份已经查明。"))
    if today <= term_ends(stay, at):
        raise HomewardRefused(
            _("滞留还没有满期，%(day)s以后才能提出落户。")
            % {"day": f"{term_ends(stay, at):%Y-%m-%d}"}
        )
    _check_named(stay.division_code, at, named)
    try:
        with transaction.atomic():
            row = Settlement.objects.create(
                number=_number(stay.division_code, at),
                person=stay.person,
                stay=stay,
                case_id=stay.case_id,
                division_code=stay.division_code,
                owner_org=stay.owner_org,
                recorded_at=at,
                stranded_date=clock.local(stay.entered_at).date(),
                began_at=at,
                **_values(named),
            )
            note(row, "settlement.begin", actor=actor, at=at, summary="已提出落户安置")
            owe(actor, at, row)
            if clocks_owed(stay, clocks.SETTLE):
                words = f"落户安置 {row.number}"
                keep_clock(actor=actor, at=at, stay=stay, kind=clocks.SETTLE, note_text=words)
    except IntegrityError as error:
        if "homeward_settlement_one_of_a_person" in str(error):
            raise HomewardRefused(_("这个人的落户安置已经在办。")) from error
        raise
    return row


def _check_named(division_code: str, at: datetime, named: Named) -> None:
    today, line = clock.local(at).date(), age_lines(division_code, at).minor
    for field in ("assigned_name", "naming", "house"):
        if not getattr(named, field).strip():
            raise HomewardRefused(_("请填写这一项。"), field=field)
    born = named.assigned_birth_date
    if not date(1900, 1, 1) <= born <= today:
        raise HomewardRefused(_("出生日期不对。"), field="assigned_birth_date")
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if not rules.fits_the_place(years, named.placed, line):
        raise HomewardRefused(
            _("不满%(n)s周岁的安置在儿童福利机构，成年人不安置在那里。") % {"n": line},
            field="placed",
        )


def _values(named: Named) -> dict[str, object]:
    return {
        "assigned_name": named.assigned_name.strip()[:60],
        "assigned_birth_date": named.assigned_birth_date,
        "naming": named.naming.strip()[:300],
        "placed": named.placed,
        "house": named.house.strip()[:120],
    }


def take_step(*, actor: Actor, at: datetime, row: Settlement, told: Told) -> Settlement:
    """Put down how the step came out; what follows is owed. Raises HomewardRefused with the field to mend."""
    with transaction.atomic():
        held = _held(row, SettlementState.RUNNING, SettlementState.REOPENED)
        _check_told(held, at, told)
        step = SettlementStep.objects.create(
            settlement=held,
            code=held.step,
            answer=told.answer,
            paper=told.paper.strip()[:120],
            words=told.words.strip()[:300],
            done_date=told.done_date,
            done_at=at,
            done_by=actor.name,
        )
        for duty in owed(held):
            complete_duty(actor=actor, at=at, duty=duty, evidence=step.public_id)
        code, said = stored(StepCode(held.step).label), stored(StepAnswer(told.answer).label)
        note(
            held,
            "settlement.step",
            actor=actor,
            at=at,
            summary=f"{code}：{said}",
            changes={"code": held.step, "answer": told.answer, "note": told.words.strip()},
        )
        _follow(actor, at, held, told)
    live.hint("settlements", held.division_code, held.owner_org)
    return held


def _check_told(row: Settlement, at: datetime, told: Told) -> None:
    today = clock.local(at).date()
    if told.answer not in rules.answers_to(row.step):
        raise HomewardRefused(_("这一步没有这种结果。"), field="answer")
    if not told.paper.strip():
        raise HomewardRefused(_("请写文号、函号或回执号。"), field="paper")
    if told.answer != StepAnswer.DONE and not told.words.strip():
        raise HomewardRefused(_("请写退回的理由，或线索是什么。"), field="words")
    if not row.stranded_date <= told.done_date <= today:
        raise HomewardRefused(_("日期不能早于滞留开始，也不能晚于今天。"), field="done_date")
    if told.answer == StepAnswer.DONE and row.step == StepCode.REGISTER:
        _check_registering(row, at, told)
    if row.step == StepCode.BENEFITS and not told.benefits:
        raise HomewardRefused(_("请至少选一项已衔接的保障。"), field="benefits")


def _check_registering(row: Settlement, at: datetime, told: Told) -> None:
    if not told.household.strip():
        raise HomewardRefused(_("请写集体户编号。"), field="household")
    compared = last_compared(row)
    days = int(rules_at(row.division_code, at).need("settlement.fresh").number)
    if compared is None or not rules.is_fresh(compared, clock.local(at).date(), days):
        raise HomewardRefused(
            _("公安比对已超过%(n)s天，请退回重新比对，以免重复落户。") % {"n": days}, field="answer"
        )


def _follow(actor: Actor, at: datetime, row: Settlement, told: Told) -> None:
    """The next step, the step it goes back to, a halt, or the end."""
    if told.answer == StepAnswer.HIT:
        _halt(row, told.words)
    elif told.answer == StepAnswer.RETURNED:
        row.step = rules.BACK[row.step]
    elif row.step == StepCode.UNDO:
        _end(row, at, SettlementEnd.CORRECTED, told.words or told.paper)
    else:
        if row.step == StepCode.REGISTER:
            row.household, row.registered_date = told.household.strip()[:60], told.done_date
            vars(row)["id_number"] = told.id_number.strip()
        if row.step == StepCode.BENEFITS:
            row.benefits = list(told.benefits)
        following = rules.following(row.step, is_approved=_is_approved(row))
        row.step = following or row.step
        row.state = row.state if following else SettlementState.SETTLED
    row.save()
    if row.state in (SettlementState.RUNNING, SettlementState.REOPENED):
        owe(actor, at, row)


def _is_approved(row: Settlement) -> bool:
    return row.steps.filter(code=StepCode.APPROVE, answer=StepAnswer.DONE).exists()


def _halt(row: Settlement, words: str) -> None:
    row.state, row.halted_for = SettlementState.HALTED, words.strip()[:300]


def _end(row: Settlement, at: datetime, why: str, words: str) -> None:
    row.state, row.ended_at = SettlementState.ENDED, at
    row.ended_why, row.ended_note = why, words.strip()[:300]


def halt(*, actor: Actor, at: datetime, row: Settlement, words: str) -> Settlement:
    """A family or two claim him, a trace came up: everything waits for the check. Raises HomewardRefused."""
    if not words.strip():
        raise HomewardRefused(_("请写为什么暂停，例如“两家同时认领，等DNA比对”。"), field="words")
    with transaction.atomic():
        held = _held(row, SettlementState.RUNNING)
        take_off(actor, at, held, "暂停核查")
        _halt(held, words)
        held.save(update_fields=["state", "halted_for"])
        note(
            held,
            "settlement.halt",
            actor=actor,
            at=at,
            summary="落户安置暂停核查",
            changes={"reason": words.strip()},
        )
    return held


def go_on(*, actor: Actor, at: datetime, row: Settlement, words: str) -> Settlement:
    """The check came to nothing: the comparison is asked for again before anything else. Raises HomewardRefused."""
    if not words.strip():
        raise HomewardRefused(_("请写怎样核实的。"), field="words")
    with transaction.atomic():
        held = _held(row, SettlementState.HALTED)
        if SettlementClaim.objects.filter(settlement=held, answer="").exists():
            raise HomewardRefused(_("还有家属的认领没有答复，请先逐家答复。"))
        held.state, held.halted_for = SettlementState.RUNNING, ""
        if held.registered_date is None:
            held.step = StepCode.COMPARE
        held.save(update_fields=["state", "halted_for", "step"])
        note(
            held,
            "settlement.go_on",
            actor=actor,
            at=at,
            summary="核查结束，继续落户安置",
            changes={"reason": words.strip()},
        )
        owe(actor, at, held)
    return held


def end_settlement(
    *, actor: Actor, at: datetime, row: Settlement, why: str, words: str
) -> Settlement:
    """It ends: the government refused, he died or went; whoever is registered is not ended but corrected.

    Raises HomewardRefused with the field to mend.
    """
    if why not in SettlementEnd.values or why == SettlementEnd.CORRECTED:
        raise HomewardRefused(_("请选终止的原因。"), field="why")
    if not words.strip():
        raise HomewardRefused(_("请写清楚经过和依据。"), field="words")
    with transaction.atomic():
        states = (SettlementState.RUNNING, SettlementState.HALTED, SettlementState.SETTLED)
        held = _held(row, *states)
        if why == SettlementEnd.IDENTIFIED and held.registered_date:
            _reopen(actor, at, held)
            return held
        take_off(actor, at, held, "落户安置终止")
        _end(held, at, why, words)
        held.save()
        said = stored(SettlementEnd(why).label)
        note(
            held,
            "settlement.end",
            actor=actor,
            at=at,
            summary=f"落户安置终止：{said}",
            changes={"why": why, "reason": words.strip()},
        )
        if why == SettlementEnd.IDENTIFIED:
            owe_telling(actor, at, held)
    return held


def look_again(*, at: datetime, person: Person) -> int:
    """Somebody verified who a person is: what runs ends, what is registered is reopened; how many. May run twice."""
    count = 0
    with scope.system("whoever is identified is settled no longer as unknown"):
        records = same_human(person)
        if not any(is_identified(one) for one in records):
            return 0
        rows = Settlement.objects.exclude(state=SettlementState.ENDED)
        for row in rows.filter(person__in=records).exclude(state=SettlementState.REOPENED):
            end_settlement(
                actor=SYSTEM,
                at=at,
                row=row,
                why=SettlementEnd.IDENTIFIED,
                words=VERIFIED,
            )
            count += 1
    return count


def left(*, at: datetime, stay: Stay) -> int:
    """He left before he was registered: everything waits until somebody says what became of him; how many."""
    count = 0
    with scope.system("a settlement of somebody who left waits"):
        for row in Settlement.objects.filter(stay=stay, state=SettlementState.RUNNING):
            if row.registered_date is None:
                halt(actor=SYSTEM, at=at, row=row, words=LEFT)
                count += 1
    return count


def _reopen(actor: Actor, at: datetime, row: Settlement) -> None:
    """Registered and then identified: what he receives stays until the registration is corrected (SE-08)."""
    take_off(actor, at, row, "查明身份")
    row.state, row.step, row.halted_for = SettlementState.REOPENED, StepCode.UNDO, ""
    row.save(update_fields=["state", "step", "halted_for"])
    note(row, "settlement.reopen", actor=actor, at=at, summary="落户后查明身份，重新办理")
    owe(actor, at, row)


def _held(row: Settlement, *states: str) -> Settlement:
    held = (
        Settlement.objects.select_for_update(of=("self",))
        .select_related("person", "stay")
        .get(pk=row.pk)
    )
    if held.state not in states:
        raise HomewardRefused(_("这件落户安置现在不能这样办，请看它的状态。"))
    return held


def move_settlement(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """As `core.subjects` calls it: a settlement follows its case."""
    if case_id is not None:
        with scope.system("a settlement follows its case"):
            Settlement.objects.filter(case_id=case_id).update(owner_org=new_owner)
            SettlementClaim.objects.filter(case_id=case_id).update(owner_org=new_owner)


def note_settlement_read(*, actor: Actor, at: datetime, row: Settlement) -> None:
    """Write that somebody opened a settlement, once in ten minutes."""
    subject = Subject(SETTLEMENT, row.public_id)
    if newest(subject, actor, "homeward.settlement.read", at - READ_AGAIN_AFTER) is None:
        note(row, "settlement.read", actor=actor, at=at, summary="查看落户安置")


def _number(division_code: str, at: datetime) -> str:
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _turn in range(4))
    return f"A{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"
