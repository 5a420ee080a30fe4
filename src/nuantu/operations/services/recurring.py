"""Patrols that recur: three a week, one a day; opened per county and ticked off with a note."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from nuantu.accounts.selectors import bureau_of, counties, station_of
from nuantu.core import journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.core.turns import wait_for_turn
from nuantu.operations.models import Duty, Operation
from nuantu.operations.rules.cadence import Slot, is_asked_today, period_of, slot_key, slots
from nuantu.operations.rules.places import county_of
from nuantu.operations.rules.rhythm import asked_on, cadence_of
from nuantu.operations.selectors import level_of, operations_at, rules_at
from nuantu.planbook import deadlines
from nuantu.planbook.rules import Ruling

KIND = "patrol.daily"
TURN = "operations.recurring"  # of a county: the job and a warning may meet


def open_recurring(*, actor: Actor, at: datetime, division_code: str) -> int:
    """Open what a division owes in its running day or week; returns how many were opened.

    A prefecture means each of its counties. Patrols of another rhythm that are open are taken back.
    Running it twice opens nothing twice.
    """
    with transaction.atomic(), scope.system("patrols are owed by the station of each county"):
        return sum(_open_for(actor, at, code) for code in _counties(division_code))


def wait_for_turns(division_code: str) -> None:
    """Keep every patrol job out of a division until the transaction ends; those at work end first."""
    for county in _counties(division_code):
        wait_for_turn(f"{TURN}:{county}")


def _counties(division_code: str) -> Iterable[str]:
    code = county_of(division_code)
    if not code[4:6].strip("0"):
        prefix = code[:4].rstrip("0").ljust(2, "0")
        return [division.code for division in counties(prefix)]
    return [code]


def _open_for(actor: Actor, at: datetime, county: str) -> int:
    wait_for_turn(f"{TURN}:{county}")
    operations = operations_at(county, at)
    owner = station_of(county) or bureau_of(county)
    if not operations or owner is None:
        return 0
    book = rules_at(county, at)
    level = level_of(county, at).level
    cadence = cadence_of(book, level)
    if cadence is None:
        return 0
    said = book.find("patrol.cadence", level=level)
    ruling, wanted = _wanted(cadence, said, county, at, book.need("patrol.same_day").number)
    _take_back_others(actor, at, county, ruling, wanted)
    _rest_on(ruling, wanted)
    missing = _still_owed(county, ruling, wanted)
    _open(actor, at, county, owner.code, operations[0], ruling, missing)
    return len(missing)


def _still_owed(
    county: str, ruling: Ruling, wanted: list[tuple[str, Slot]]
) -> list[tuple[str, Slot]]:
    """The slots that nobody has opened; patrols of a daily rhythm count for the week they fell in."""
    kept = Duty.objects.filter(kind=KIND, division_code=county).exclude(state=Duty.State.CANCELLED)
    keys = [key for key, _ in wanted]
    known = set(kept.filter(recurrence__in=keys).values_list("recurrence", flat=True))
    others = 0
    if ruling.unit != "per_day":
        begins, ends = wanted[0][1].opens_at, wanted[0][1].due_at
        done = kept.filter(state=Duty.State.DONE, done_at__gte=begins, done_at__lte=ends)
        others = done.exclude(recurrence__in=keys).count()
    free = [(key, slot) for key, slot in wanted if key not in known]
    return free[min(others, len(free)) :]


def _wanted(
    cadence: Ruling, said: Ruling | None, county: str, at: datetime, least: float
) -> tuple[Ruling, list[tuple[str, Slot]]]:
    """The slots of the running period, and the cadence as it is in that period; a day with too little
    left to patrol asks for the next day."""
    day = deadlines.local_day(at)
    number, unit = asked_on(cadence, said, day)
    if unit == "per_day" and not is_asked_today(at, timedelta(minutes=least)):
        day += timedelta(days=1)
        number, unit = asked_on(cadence, said, day)
    found = [
        (slot_key(KIND, county, unit, day, slot.number), slot) for slot in slots(number, unit, day)
    ]
    return replace(cadence, value=number, unit=unit), found


def _rest_on(ruling: Ruling, wanted: list[tuple[str, Slot]]) -> None:
    """Open patrols rest on the plan that rules now, when another came in force or it was changed."""
    slot_of = dict(wanted)
    for duty in Duty.objects.filter(recurrence__in=slot_of, state=Duty.State.OPEN):
        slot = slot_of[str(duty.recurrence)]
        now = (_basis(ruling), ruling.source[:60], _title(ruling, slot), _title_en(ruling, slot))
        if now != (duty.basis, duty.basis_rule, duty.title, duty.title_en):
            duty.basis, duty.basis_rule, duty.title, duty.title_en = now
            duty.save(update_fields=["basis", "basis_rule", "title", "title_en"])


def _basis(ruling: Ruling) -> str:
    plan = "全国默认" if ruling.is_national else ruling.plan_code
    return f"{plan} {ruling.source} {ruling.quote}".strip()


def _take_back_others(
    actor: Actor, at: datetime, county: str, ruling: Ruling, wanted: list[tuple[str, Slot]]
) -> None:
    """Open patrols of another rhythm, or above the number asked for, that are not late yet."""
    other_rhythm = ~Q(recurrence__contains=f":{ruling.unit}:")
    above_the_number = Q(due_at=wanted[0][1].due_at)
    stale = list(
        Duty.objects.filter(kind=KIND, state=Duty.State.OPEN, division_code=county, due_at__gt=at)
        .filter(other_rhythm | above_the_number)
        .exclude(recurrence__in=[key for key, _ in wanted])
    )
    if not stale:
        return
    Duty.objects.filter(pk__in=[duty.pk for duty in stale]).update(
        state=Duty.State.CANCELLED, cancel_reason=f"频次改为{rhythm(ruling)}"
    )
    journal.record(
        verb="operations.duty.cancel",
        actor=actor,
        at=at,
        subjects=[Subject("duty", duty.public_id) for duty in stale],
        division_code=county,
        owner_org=stale[0].owner_org,
        summary=f"巡查频次改为{rhythm(ruling)}，收回原定巡查 {len(stale)} 次",
        basis=ruling.source,
    )


def _open(
    actor: Actor,
    at: datetime,
    county: str,
    owner_org: str,
    operation: Operation,
    ruling: Ruling,
    fresh: list[tuple[str, Slot]],
) -> None:
    if not fresh:
        return
    # a slot that was taken back when the rhythm changed is owed anew when it changes again
    Duty.objects.filter(
        recurrence__in=[key for key, _ in fresh], state=Duty.State.CANCELLED
    ).update(recurrence=None)
    duties = Duty.objects.bulk_create(
        [
            Duty(
                kind=KIND,
                title=_title(ruling, slot),
                title_en=_title_en(ruling, slot),
                subject_kind="operation",
                subject_id=operation.public_id,
                operation=operation,
                owner_org=owner_org,
                division_code=county,
                opened_at=min(at, slot.due_at),
                warn_at=min(max(slot.warn_at, at), slot.due_at),
                due_at=slot.due_at,
                basis=_basis(ruling),
                basis_rule=ruling.source[:60],
                recurrence=key,
            )
            for key, slot in fresh
        ]
    )
    journal.record(
        verb="operations.duty.open",
        actor=actor,
        at=at,
        subjects=[Subject("duty", duty.public_id) for duty in duties],
        division_code=county,
        owner_org=owner_org,
        summary=f"街面巡查{rhythm(ruling)}：待办 {len(duties)} 次",
        basis=ruling.source,
    )
    live.hint("duties", county, owner_org)


def rhythm(ruling: Ruling) -> str:
    """The cadence in words, for example 每周3次."""
    per = {"per_day": "每天", "per_week": "每周", "per_month": "每月"}[ruling.unit]
    return f"{per}{int(ruling.number)}次"


def _title(ruling: Ruling, slot: Slot) -> str:
    if ruling.unit == "per_day":
        return "今日街面巡查" + (f"（{slot.number}/{slot.of}）" if slot.of > 1 else "")
    first, last = period_of(deadlines.local_day(slot.opens_at), ruling.unit)
    span = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    return f"街面巡查 {slot.number}/{slot.of}（{span}）"


def _title_en(ruling: Ruling, slot: Slot) -> str:
    part = f" {slot.number}/{slot.of}" if slot.of > 1 else ""
    if ruling.unit == "per_day":
        return f"Street patrol of the day{part}"
    first, last = period_of(deadlines.local_day(slot.opens_at), ruling.unit)
    return f"Street patrol{part} ({first:%d %b} to {last:%d %b})"
