"""Revisits as they were made (F-25): how he lives, what follows at once, when the next one is due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, live
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.homeward.models import Family, Found, LedgerEntry, LedgerVisit
from nuantu.homeward.services.ledger import judging, owing
from nuantu.homeward.services.ledger.entries import follow_family, hold
from nuantu.homeward.services.lines import HomewardRefused, note


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visitor puts down; `next_date` empty is the day that risk and season give."""

    visited_at: datetime
    how: str
    found: str
    life: str = ""
    health: str = ""
    family_words: str = ""
    work: str = "unknown"
    has_left_again: bool | None = None
    is_locked_in: bool = False
    goods: str = ""
    measures: tuple[str, ...] = ()
    next_date: date | None = None


def record_visit(*, actor: Actor, at: datetime, entry: LedgerEntry, seen: Seen) -> LedgerVisit:
    """Put a visit down, keep its promise, owe what follows: freeing, searching, the next visit.

    Raises HomewardRefused with the field to mend.
    """
    _check(at, seen)
    with transaction.atomic():
        held = hold(entry)
        if seen.visited_at < held.began_at - timedelta(days=1):
            raise HomewardRefused(_("回访时间早于纳入台账的日子。"), field="visited_at")
        planned = held.next_date or clock.local(at).date()
        was_locked = held.family == Family.LOCKS
        if seen.found == Found.MET:
            held.family = _family_after(held.family, is_locked=seen.is_locked_in)
            held.save(update_fields=["family"])
        visit = _row(held, actor, at, seen, planned)
        judging.put(held, judging.judged(held, at), at)
        held.save(update_fields=["risk", "reasons", "judged_at"])
        owing.keep(actor=actor, at=at, row=held, kinds=(owing.VISIT,), by=visit.public_id)
        follow_family(actor=actor, at=at, entry=held, was_locked=was_locked)
        _follow_absence(actor, at, held, visit)
        visit.next_date = _next(held, seen, at)
        visit.save(update_fields=["next_date"])
        judging.owe_visit(actor=actor, at=at, entry=held, day=visit.next_date)
        said = stored(Found(seen.found).label)
        note(
            held,
            "ledger_entry.visit",
            actor=actor,
            at=at,
            summary=f"回访：{said}",
            changes={"found": seen.found, "how": seen.how, "risk": held.risk},
        )
    live.hint("ledger", held.division_code, held.owner_org)
    return visit


def _check(at: datetime, seen: Seen) -> None:
    if seen.visited_at > at:
        raise HomewardRefused(_("回访时间不能晚于现在。"), field="visited_at")
    if seen.found == Found.MET:
        if not seen.life.strip():
            raise HomewardRefused(_("请写生活情况，例如吃住、谁在照看。"), field="life")
        if not seen.health.strip():
            raise HomewardRefused(_("请写身体和服药情况。"), field="health")
    if seen.next_date is not None and seen.next_date <= clock.local(at).date():
        raise HomewardRefused(_("下次回访要晚于今天。"), field="next_date")


def _family_after(before: str, *, is_locked: bool) -> str:
    if is_locked:
        return Family.LOCKS
    return Family.WEAK if before == Family.LOCKS else before


def _row(entry: LedgerEntry, actor: Actor, at: datetime, seen: Seen, planned: date) -> LedgerVisit:
    return LedgerVisit.objects.create(
        entry=entry,
        planned_date=planned,
        visited_at=seen.visited_at,
        recorded_at=at,
        visited_by=actor.name,
        how=seen.how,
        found=seen.found,
        life=seen.life.strip()[:1000],
        health=seen.health.strip()[:1000],
        family_words=seen.family_words.strip()[:1000],
        work=seen.work,
        has_left_again=seen.has_left_again,
        is_locked_in=seen.is_locked_in and seen.found == Found.MET,
        goods=seen.goods.strip()[:200],
        measures=list(seen.measures),
        next_date=planned,
    )


def _follow_absence(actor: Actor, at: datetime, entry: LedgerEntry, visit: LedgerVisit) -> None:
    """Who is missing is searched; who was reached again is not."""
    if visit.found == Found.MISSING and not owing.owed(entry.public_id, owing.ABSENT):
        owing.owe(actor=actor, at=at, row=entry, kind=owing.ABSENT, assignee=entry.keeper)
    if visit.found == Found.MET:
        owing.keep(
            actor=actor,
            at=at,
            row=entry,
            kinds=(owing.ABSENT, owing.RETURNED),
            by=visit.public_id,
        )


def _next(entry: LedgerEntry, seen: Seen, at: datetime) -> date:
    """The day that was chosen, never later than risk and season ask; who was not reached is tried again soon."""
    today = clock.local(at).date()
    by_rule = judging.due_after(entry, max(clock.local(seen.visited_at).date(), today), at)
    if seen.found != Found.MET:
        by_rule = min(by_rule, today + timedelta(days=7))
    return min(seen.next_date, by_rule) if seen.next_date else by_rule
