"""Drives and events: lists that clash, sizes that do not fit, pools without a unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nuantu.planbook.checks.catalogue import found
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.donation import Drive, Size

# Median height in cm by age, boys and girls together. Source: Chinese growth references
# (0-6: 2009; 7-18: WS/T 612—2018), from memory, rounded; only used to see a gross misfit.
HEIGHT_AT: Final = {
    0: 50, 1: 76, 2: 88, 3: 96, 4: 104, 5: 111, 6: 117, 7: 125, 8: 130, 9: 136,
    10: 141, 11: 147, 12: 153, 13: 158, 14: 162, 15: 165, 16: 166, 17: 167, 18: 167,
}  # fmt: skip
MARGIN: Final = 15
STORED: Final = ("暂存", "寄存", "存放")


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about drives and events."""
    if plan.drive:
        yield from _lists(plan.drive)
        yield from _parcels(plan.drive)
        yield from _storage(plan.drive)
        if plan.drive.acceptance.size:
            yield from _size(plan.drive.acceptance.size)
        cash = plan.drive.cash
        if cash and not cash.permit:
            yield found(
                "cash_without_permit",
                "向公众募款要有公开募捐资格，写明 permit",
                "Raising money from the public needs a permit (permit)",
                clause=cash.clause,
                path=("drive", "cash"),
            )
    yield from _pools(plan)


def _lists(drive: Drive) -> Iterator[Finding]:
    taken = drive.acceptance
    accepted = {item.code: item for item in taken.accepts}
    for number, item in enumerate(taken.refuses):
        other = accepted.get(item.code)
        if other:
            yield found(
                "accepted_and_refused",
                f"“{item.label}”既收又不收",
                f"“{item.label_en or item.label}” is both taken and refused",
                clause=(*other.clause, *item.clause),
                path=("drive", "acceptance", "refuses", number),
            )
    if taken.refuses and all(item.derived for item in taken.accepts):
        yield found(
            "accept_list_lost",
            "只写了不收什么，收什么是我们推定的，请确认",
            "Only the refused goods are listed; what is taken is inferred",
            clause=taken.refuses[0].clause,
            path=("drive", "acceptance"),
        )
    names = {item.label for item in taken.accepts}
    packing = taken.packing
    for name in packing.order if packing and names else ():
        if packing and name not in names:
            yield found(
                "packing_not_accepted",
                f"装袋次序里的“{name}”不在接收之列，是笔误吗？",
                f"“{name}” is packed but not on the list; a misprint?",
                clause=packing.clause,
                path=("drive", "acceptance", "packing"),
            )


def _parcels(drive: Drive) -> Iterator[Finding]:
    """What comes by post cannot be handed back at the door."""
    conditions = drive.acceptance.conditions
    handled = any(item.otherwise in ("dispose", "ask") for item in conditions)
    if drive.carriers and conditions and not handled:
        yield found(
            "returned_by_post",
            "邮寄来的不合格衣物怎么办？（处理、或问捐赠人）",
            "What becomes of parcels that fail? (dispose, or ask the donor)",
            clause=conditions[0].clause,
            path=("drive", "acceptance", "conditions"),
        )


def _storage(drive: Drive) -> Iterator[Finding]:
    for number, item in enumerate(drive.contingencies):
        if any(word in item.then for word in STORED) and item.max_days is None:
            yield found(
                "storage_without_limit",
                f"“{item.label}”暂存几天、由谁保管没有写",
                f"“{item.label_en or item.label}”: for how many days, and who keeps it?",
                clause=item.clause,
                path=("drive", "contingencies", number),
            )


def _size(size: Size) -> Iterator[Finding]:
    oldest = HEIGHT_AT[min(size.age_to, 18)] if size.age_to is not None else None
    youngest = HEIGHT_AT[min(size.age_from, 18)] if size.age_from is not None else None
    is_short = oldest and size.height_to and size.height_to < oldest - MARGIN
    is_tall = youngest and size.height_from and size.height_from > youngest + MARGIN
    if (is_short or is_tall) and not size.accept:
        yield found(
            "size_conflict",
            f"{size.age_from}—{size.age_to}岁与{size.height_from}—{size.height_to}厘米对不上："
            "合一项就收还是两项都要合（accept）？",
            f"Ages {size.age_from} to {size.age_to} do not fit {size.height_from} to "
            f"{size.height_to} cm: take either or both (accept)?",
            clause=size.clause,
            path=("drive", "acceptance", "size"),
        )


def _pools(plan: Plan) -> Iterator[Finding]:
    for number, event in enumerate(plan.events):
        pool = event.pool
        if not pool or event.chosen is None:
            continue
        path = ("events", number, "pool")
        if not pool.unit:
            yield found(
                "pool_without_unit",
                f"“{event.label}”从多少里评选：按户还是按人？",
                f"“{event.label_en or event.label}”: chosen among households or persons?",
                clause=event.clause,
                path=path,
            )
        sizes = [size for size in (pool.count, pool.households, pool.persons) if size]
        if sizes and event.chosen > min(sizes):
            yield found(
                "more_chosen_than_pool",
                f"“{event.label}”评选{event.chosen}名，多于范围{min(sizes)}",
                f"“{event.label_en or event.label}”: {event.chosen} chosen of {min(sizes)}",
                clause=event.clause,
                path=path,
            )
