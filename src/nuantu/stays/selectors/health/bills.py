"""A bill as its page shows it: what does not add up, who has answered, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.money import Fen, yuan
from nuantu.persons.selectors import Card
from nuantu.places.models import Hospital
from nuantu.stays.models import AcceptedFault, Bill, BillLine, HospitalCare
from nuantu.stays.rules import bills as rules


def hospitals_of(care: HospitalCare) -> list[Hospital]:
    """The hospitals he lay in during a treatment, the latest first; one query."""
    rows = care.hospitals.filter(arrived_at__isnull=False).select_related("hospital")
    found = {row.hospital_id: row.hospital for row in rows.order_by("-arrived_at")}
    return [one for one in found.values() if one is not None]


def shares(bill: Bill) -> tuple[int | None, ...]:
    """What each payer of the bill takes over, in their order; None while he has not answered."""
    return tuple(getattr(bill, f"{payer}_fen") for payer in bill.payers)


def answered(bill: Bill) -> list[str]:
    """The payers who have answered."""
    return [
        payer for payer, share in zip(bill.payers, shares(bill), strict=True) if share is not None
    ]


def payer_words(payer: str) -> str:
    """What a payer is called."""
    words = {
        "insurance": _("医保"),
        "assistance": _("医疗救助"),
        "fund": _("疾病应急救助基金"),
        "station": _("救助站"),
    }
    return str(words[payer])


def order_words(bill: Bill) -> str:
    """Who is asked, in their order."""
    return str(_("、")).join(payer_words(payer) for payer in bill.payers)


def faults(bill: Bill) -> tuple[rules.Fault, ...]:
    """What does not add up, also against the patient's other bills; two queries."""
    others = Bill.objects.filter(person_id=bill.person_id).exclude(pk=bill.pk)
    return rules.faults(
        charge_of(bill, bill.lines.order_by("pk")),
        [
            rules.Other(
                one.number,
                one.from_date,
                one.to_date,
                one.total_fen,
                one.insurance_fen or 0,
                is_elsewhere=one.hospital_id != bill.hospital_id,
            )
            for one in others.exclude(state=Bill.State.RETURNED)
        ],
    )


def accepted(bill: Bill) -> dict[rules.Fault, AcceptedFault]:
    """The faults somebody has accepted, with who and why; one query."""
    rows = bill.accepted_faults.order_by("pk")
    return {rules.Fault(one.code, one.about, one.said, one.right): one for one in rows}


def standing(bill: Bill) -> list[rules.Fault]:
    """The faults nobody has accepted; three queries."""
    known = accepted(bill)
    return [one for one in faults(bill) if one not in known]


def is_explained(bill: Bill) -> bool:
    """Whether the hospital was asked and has answered."""
    return (
        bill.state == Bill.State.OPEN and bill.disputed_at is not None and bool(bill.dispute_answer)
    )


def _treated(bill: Bill) -> tuple[datetime, datetime | None]:
    """From when until when he lay in the hospital that made the bill; one query."""
    care = bill.care
    rows = [row for row in care.hospitals.all() if row.hospital_id == bill.hospital_id]
    came = [row.arrived_at for row in rows if row.arrived_at is not None]
    if not came:
        return care.arrived_at or care.begun_at, care.ended_at
    left = [row.left_at for row in rows if row.left_at is not None]
    return min(came), max(left) if len(left) == len(came) else None


def charge_of(bill: Bill, lines: Iterable[BillLine]) -> rules.Charge:
    """A bill as the check sees it."""
    began, ended = _treated(bill)
    return rules.Charge(
        number=bill.number,
        from_date=bill.from_date,
        to_date=bill.to_date,
        total_fen=bill.total_fen,
        lines=tuple(
            rules.Line(one.item, one.quantity, one.unit_fen, one.amount_fen, one.is_by_day)
            for one in lines
        ),
        treated_from=clock.local(began).date(),
        treated_to=clock.local(ended).date() if ended else None,
        insurance_fen=bill.insurance_fen or 0,
    )


def fault_words(fault: rules.Fault) -> str:
    """What is wrong, in a sentence that says what to ask the hospital."""
    said, right = yuan(Fen(fault.said)), yuan(Fen(fault.right))
    words = {
        "arithmetic": _("%(about)s：写的是 %(said)s，数量乘单价是 %(right)s。"),
        "total": _("合计写的是 %(said)s，各行相加是 %(right)s。"),
        "days": _("%(about)s：收了 %(days)s 天，账单只有 %(most)s 天。"),
        "doubled_line": _("%(about)s 收了不止一次。"),
        "period": _("账单日期不在住院期间。"),
        "doubled_bill": _("和账单 %(about)s 日期重叠、金额相同，可能重复。"),
        "doubled_insurance": _("医保在账单 %(about)s 已报同样金额，可能重复报销。"),
    }
    return words[fault.code] % {
        "about": fault.about,
        "said": said,
        "right": right,
        "days": fault.said,
        "most": fault.right,
    }


@dataclass(frozen=True, slots=True)
class Share:
    """One payer with his answer."""

    payer: str
    label: str
    fen: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Named:
    """A fault in words, with who accepted it, when and why."""

    fault: rules.Fault
    words: str
    accepted: AcceptedFault | None


@dataclass(frozen=True, slots=True)
class BillPage:
    """Everything the page of a bill shows."""

    bill: Bill
    care: HospitalCare
    card: Card
    lines: list[BillLine]
    named: list[Named]
    shares: list[Share]
    left: int
    next_payer: str | None
    next_label: str
    order: str

    @property
    def faults(self) -> list[Named]:
        """What does not add up and nobody has accepted."""
        return [one for one in self.named if one.accepted is None]

    @property
    def accepted(self) -> list[Named]:
        """What was accepted although it does not add up."""
        return [one for one in self.named if one.accepted is not None]

    @property
    def acceptable(self) -> list[Named]:
        """What may be accepted now: the hospital was asked and answered, and it is no wrong sum."""
        if not is_explained(self.bill):
            return []
        return [one for one in self.faults if one.fault.is_explainable]


def bill_page(bill: Bill, card: Card) -> BillPage:
    """Read the page; the caller has authorised the reader."""
    waiting = rules.next_payer(bill.payers, answered(bill))
    known = accepted(bill)
    return BillPage(
        bill=bill,
        care=bill.care,
        card=card,
        lines=list(bill.lines.order_by("pk")),
        named=[Named(one, fault_words(one), known.get(one)) for one in faults(bill)],
        shares=[
            Share(payer, payer_words(payer), fen, getattr(bill, f"{payer}_note"))
            for payer, fen in zip(bill.payers, shares(bill), strict=True)
        ],
        left=rules.left_over(bill.total_fen, shares(bill)),
        next_payer=waiting,
        next_label=payer_words(waiting) if waiting else "",
        order=order_words(bill),
    )


def open_bills(actor: Actor) -> list[Bill]:
    """Bills of the station that are not settled, the oldest first."""
    return list(
        Bill.objects.filter(owner_org=actor.org_code, state__in=("open", "disputed"))
        .select_related("hospital")
        .order_by("entered_at")[:60]
    )
