"""Bills: entered, checked, taken up with the hospital, shared among the payers in their order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.operations.selectors import rules_at
from nuantu.places.models import Hospital
from nuantu.stays.models import Bill, BillLine, HospitalCare
from nuantu.stays.rules import bills as rules
from nuantu.stays.selectors.health import bills as reads
from nuantu.stays.selectors.health.measured import signs_of
from nuantu.stays.services.health.lines import drop, keep, owe
from nuantu.stays.services.health.screening import HealthRefused
from nuantu.stays.services.lines import note

SETTLE, ACCEPT = "bill.settle", "bill.accept"
_ANSWERED = (
    "医院已答复账单：看对不上的地方能不能认可",
    "The hospital answered about a bill: say whether what does not add up is accepted",
    "paper",
    "P1-50",
)
_PROMISE = ("核实并核定医疗费用", "Check the hospital bill and say who pays", "paper", "P1-50")
BASIS = "国务院令第381号 第10条；X25"
PAID = _("前面已付清")


@dataclass(frozen=True, slots=True)
class Charged:
    """A bill as it lies on the desk; fen."""

    number: str
    from_date: date
    to_date: date
    total_fen: int
    lines: tuple[rules.Line, ...]
    hospital: Hospital | None = None


def enter_bill(*, actor: Actor, at: datetime, care: HospitalCare, charged: Charged) -> Bill:
    """Enter a bill with its lines; checking and settling it is owed (P1-50).

    It is of the hospital it names; where it names none, of the only one he lay in. Raises
    HealthRefused for a bill that is entered already, without lines, or of one hospital of several
    that it does not name.
    """
    _check_charged(charged)
    hospital = charged.hospital or _only_hospital(care)
    try:
        with transaction.atomic():
            row = Bill.objects.create(
                division_code=care.division_code,
                owner_org=care.owner_org,
                case_id=care.case_id,
                recorded_at=at,
                care=care,
                person=care.person,
                hospital=hospital,
                number=charged.number.strip()[:40],
                from_date=charged.from_date,
                to_date=charged.to_date,
                total_fen=charged.total_fen,
                payers=_payers(care, at),
                entered_at=at,
                entered_by=actor.name,
            )
            _write_lines(row, charged.lines)
    except IntegrityError as error:
        raise HealthRefused(_("这张账单已经登记过。"), field="number") from error
    with transaction.atomic():
        duty = owe(actor=actor, at=at, row=row, about="bill", kind=SETTLE, told=_PROMISE)
        row.duty_id = duty.public_id
        row.save(update_fields=["duty_id"])
        note(
            verb="stays.bill.enter",
            actor=actor,
            at=at,
            row=row,
            person=care.person,
            kind="bill",
            summary="登记医疗账单",
            changes={"number": row.number, "total_fen": row.total_fen},
        )
    return row


def _only_hospital(care: HospitalCare) -> Hospital | None:
    found = reads.hospitals_of(care)
    if len(found) > 1:
        raise HealthRefused(_("病人住过几家医院，请选是哪家医院的账单。"), field="hospital")
    return found[0] if found else None


def _check_charged(charged: Charged) -> None:
    if charged.to_date < charged.from_date:
        raise HealthRefused(_("结束日期要不早于开始日期。"), field="to_date")
    if not charged.lines:
        raise HealthRefused(_("请至少填一行费用明细。"), field="lines")


def _payers(care: HospitalCare, at: datetime) -> list[str]:
    ruling = rules_at(care.division_code, at).need("medical.payer")
    order = ruling.value if isinstance(ruling.value, list | tuple) else rules.PAYERS
    return list(rules.payers_for([str(one) for one in order], signs_of(care)))


def _write_lines(row: Bill, lines: Iterable[rules.Line]) -> None:
    BillLine.objects.bulk_create(
        BillLine(
            bill=row,
            item=line.item[:60],
            is_by_day=line.is_by_day,
            quantity=line.quantity,
            unit_fen=line.unit_fen,
            amount_fen=line.amount_fen,
        )
        for line in lines
    )


def correct_bill(*, actor: Actor, at: datetime, bill: Bill, charged: Charged, answer: str) -> Bill:
    """The hospital sent it put right, or explains it: the lines are replaced, shares begin anew, and
    nothing of the earlier lines stays accepted.

    Raises HealthRefused without an answer, without lines, or for dates that run backwards.
    """
    if not answer.strip():
        raise HealthRefused(_("请写明医院怎么答复的。"), field="answer")
    _check_charged(charged)
    with transaction.atomic():
        row = held(bill)
        row.lines.all().delete()
        row.accepted_faults.all().delete()
        _write_lines(row, charged.lines)
        row.from_date, row.to_date = charged.from_date, charged.to_date
        row.total_fen, row.state = charged.total_fen, Bill.State.OPEN
        for payer in rules.PAYERS:
            setattr(row, f"{payer}_fen", None)
            setattr(row, f"{payer}_note", "")
        row.dispute_answer = answer.strip()[:300]
        row.save()
        note(
            verb="stays.bill.correct",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="bill",
            summary="医院更正账单",
            changes={"total_fen": row.total_fen},
            sealed={"answer": row.dispute_answer},
        )
        _tell_head(actor, at, row)
    return row


def _tell_head(actor: Actor, at: datetime, row: Bill) -> None:
    """Whoever may accept what the hospital only explains hears that it has answered."""
    _drop_acceptance(actor, at, row, "医院又有答复")
    if any(one.is_explainable for one in reads.standing(row)):
        owe(actor=actor, at=at, row=row, about="bill", kind=ACCEPT, told=_ANSWERED)


def _drop_acceptance(actor: Actor, at: datetime, row: Bill, reason: str) -> None:
    drop(actor=actor, at=at, subject_id=row.public_id, kinds=(ACCEPT,), reason=reason)


def held(bill: Bill) -> Bill:
    """The row, held until the transaction ends. Raises HealthRefused for one that is closed."""
    row = Bill.objects.select_for_update(of=("self",)).select_related("care").get(pk=bill.pk)
    if not row.is_open:
        raise HealthRefused(_("这张账单已经办结。"))
    return row


def dispute(*, actor: Actor, at: datetime, bill: Bill, words: str) -> Bill:
    """Send a bill back to the hospital with what is doubted."""
    if not words.strip():
        raise HealthRefused(_("请写明哪里有疑问。"), field="words")
    with transaction.atomic():
        row = held(bill)
        row.state, row.dispute, row.disputed_at = Bill.State.DISPUTED, words.strip()[:300], at
        row.save()
        _drop_acceptance(actor, at, row, "又退医院核实")
        note(
            verb="stays.bill.dispute",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="bill",
            summary="账单退医院核实",
            sealed={"words": row.dispute},
        )
    return row


def put_share(
    *, actor: Actor, at: datetime, bill: Bill, payer: str, fen: int, words: str = ""
) -> Bill:
    """What a payer takes over, in the order of the bill (X25). Nothing is taken over for a reason
    only, as long as something is left; the station takes what is left of a bill without fault.

    Raises HealthRefused with the field to mend.
    """
    with transaction.atomic():
        row = held(bill)
        _check_share(row, payer, fen, words)
        if not fen and not words.strip() and payer != rules.STATION:
            words = stored(PAID)
        setattr(row, f"{payer}_fen", fen)
        setattr(row, f"{payer}_note", words.strip()[:120])
        if payer == rules.STATION:
            row.state, row.checked_at, row.checked_by = Bill.State.SETTLED, at, actor.name
        row.save()
        if not row.is_open:
            keep(actor=actor, at=at, subject_id=row.public_id, kinds=(SETTLE,), note="已核定")
        note(
            verb="stays.bill.share",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="bill",
            summary="登记付费方承担金额",
            basis=BASIS,
            changes={"payer": payer, "fen": fen},
            sealed={"words": words.strip()},
        )
    return row


def _check_share(row: Bill, payer: str, fen: int, words: str) -> None:
    if row.state == Bill.State.DISPUTED:
        raise HealthRefused(_("账单正在由医院核实，先登记医院的答复。"))
    wanted = rules.next_payer(row.payers, reads.answered(row))
    if payer != wanted:
        order = {"order": reads.order_words(row)}
        raise HealthRefused(_("按顺序来：%(order)s。") % order)
    left = rules.left_over(row.total_fen, reads.shares(row))
    if fen == 0 and left and payer != rules.STATION and not words.strip():
        raise HealthRefused(_("不承担的请写明原因，例如“没有参保”。"), field="words")
    if fen > left:
        raise HealthRefused(_("超过还没有着落的金额。"), field="fen")
    if payer == rules.STATION:
        _check_station(row, fen, left)


def _check_station(row: Bill, fen: int, left: int) -> None:
    if row.care.found == HospitalCare.Found.NO_OBJECT:
        raise HealthRefused(_("甄别为不是救助对象，救助站不付，请退回医院。"))
    if not row.care.found:
        raise HealthRefused(_("先到医院甄别是不是救助对象，再由救助站付。"))
    if reads.standing(row):
        raise HealthRefused(_("账单还有对不上的地方，先退医院核实。"))
    if fen != left:
        raise HealthRefused(_("救助站承担剩下的全部金额，不向本人和家属收取。"), field="fen")


def send_back(*, actor: Actor, at: datetime, bill: Bill, words: str) -> Bill:
    """A patient who is no relief object: the station does not pay, the bill goes back to the
    hospital. Raises HealthRefused for a relief object, or whose screening is not clear."""
    with transaction.atomic():
        row = held(bill)
        if row.care.found != HospitalCare.Found.NO_OBJECT:
            raise HealthRefused(_("只有甄别为不是救助对象的才能退回；查不清的先按救助对象付。"))
        row.state, row.dispute_answer = Bill.State.RETURNED, words.strip()[:300]
        row.checked_at, row.checked_by = at, actor.name
        row.save()
        keep(actor=actor, at=at, subject_id=row.public_id, kinds=(SETTLE,), note="退回医院")
        _drop_acceptance(actor, at, row, "退回医院")
        note(
            verb="stays.bill.return",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="bill",
            summary="账单退回医院，不由救助付",
            sealed={"words": row.dispute_answer},
        )
    return row
