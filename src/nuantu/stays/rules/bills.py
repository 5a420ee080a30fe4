"""Checking the bill of a hospital: arithmetic, days, doubled lines, the same bill twice (P1-50).

Amounts are fen. The order of payers is the parameter `medical.payer`, of a plan or the national one
(X25); nothing is collected from the person or the family (P1-06, 国务院令第381号 第10条).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

PAYERS = ("insurance", "assistance", "fund", "station")
STATION, FUND = "station", "fund"
# Sums the hospital can always put right; what it can only explain may be accepted.
_SUMS = frozenset({"arithmetic", "total"})
# what a plan may call the public purse that pays what is left
_SAME = {"finance": STATION}
_EMERGENCY = frozenset({"critically_ill_person", "sudden_illness"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a number of things or days, the price of one, what is charged."""

    item: str
    quantity: int
    unit_fen: int
    amount_fen: int
    is_by_day: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """A bill as the check sees it; the treatment ends with None while it goes on."""

    number: str
    from_date: date
    to_date: date
    total_fen: int
    lines: tuple[Line, ...]
    treated_from: date
    treated_to: date | None
    insurance_fen: int = 0


@dataclass(frozen=True, slots=True)
class Other:
    """Another bill of the same patient: number, period, total and what insurance paid; whether another
    hospital made it, so that the same days and sum are no doubled bill."""

    number: str
    from_date: date
    to_date: date
    total_fen: int
    insurance_fen: int = 0
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, by code; `about` names line or bill, amounts are fen, of a period days before
    the treatment (`said`) and after it (`right`)."""

    code: str
    about: str = ""
    said: int = 0
    right: int = 0

    @property
    def key(self) -> str:
        """What tells this fault from every other of the bill, the figures too."""
        return f"{self.code}:{self.said}:{self.right}:{self.about}"

    @property
    def is_explainable(self) -> bool:
        """Whether the lines may stand as they are once the hospital has explained them."""
        return self.code not in _SUMS


def faults(bill: Charge, others: Iterable[Other]) -> tuple[Fault, ...]:
    """Everything that does not add up, in the order of the bill."""
    days = (bill.to_date - bill.from_date).days + 1
    found = [fault for line in bill.lines for fault in _of_line(line, days)]
    total = sum(line.amount_fen for line in bill.lines)
    if bill.lines and total != bill.total_fen:
        found.append(Fault("total", said=bill.total_fen, right=total))
    found += [
        Fault("doubled_line", item)
        for (item, _unit, _many), count in Counter(
            (line.item, line.unit_fen, line.quantity) for line in bill.lines
        ).items()
        if count > 1
    ]
    early = max((bill.treated_from - bill.from_date).days, 0)
    late = max((bill.to_date - bill.treated_to).days, 0) if bill.treated_to else 0
    if early or late:
        found.append(Fault("period", said=early, right=late))
    return (*found, *_against(bill, others))


def _of_line(line: Line, days: int) -> list[Fault]:
    found = []
    right = line.quantity * line.unit_fen
    if right != line.amount_fen:
        found.append(Fault("arithmetic", line.item, line.amount_fen, right))
    if line.is_by_day and line.quantity > days:
        found.append(Fault("days", line.item, line.quantity, days))
    return found


def _against(bill: Charge, others: Iterable[Other]) -> list[Fault]:
    found = []
    for other in others:
        overlaps = other.from_date <= bill.to_date and bill.from_date <= other.to_date
        if overlaps and other.total_fen == bill.total_fen and not other.is_elsewhere:
            found.append(Fault("doubled_bill", other.number))
        if overlaps and bill.insurance_fen and bill.insurance_fen == other.insurance_fen:
            found.append(Fault("doubled_insurance", other.number, bill.insurance_fen))
    return found


def payers_for(order: Iterable[str], signs: Iterable[str]) -> tuple[str, ...]:
    """Who is asked, in the order of the parameter; the station last, it pays what is left.

    Whoever else a list names is nobody: there is no column for the person or the family. The
    emergency fund pays for emergencies only (社会救助暂行办法 第32条, ST-11).
    """
    named = dict.fromkeys(_SAME.get(one, one) for one in order)
    is_emergency = not _EMERGENCY.isdisjoint(signs)
    asked = [
        payer
        for payer in named
        if payer in PAYERS and payer != STATION and (payer != FUND or is_emergency)
    ]
    return (*asked, STATION)


def next_payer(payers: Iterable[str], answered: Iterable[str]) -> str | None:
    """Who is asked next; None when all have answered."""
    known = set(answered)
    return next((payer for payer in payers if payer not in known), None)


def left_over(total_fen: int, shares: Iterable[int | None]) -> int:
    """What nobody has taken over yet, in fen; below zero when too much was taken."""
    return total_fen - sum(share or 0 for share in shares)
