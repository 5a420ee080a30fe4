"""The risk of an entry, judged anew whenever something about it changes."""

from datetime import date, datetime
from typing import Final

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.homeward.models import LedgerEntry
from nuantu.homeward.rules.revisits import missed_in_a_row, next_visit
from nuantu.homeward.rules.risk import Judged, Known, judge
from nuantu.homeward.selectors.ledger_rules import cadence_at, feasts_after, weights_at
from nuantu.homeward.services.ledger import owing
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.same import same_humans
from nuantu.planbook import calendars, deadlines
from nuantu.planbook.deadlines import Term

SOURCE: Final = "源头治理台账"
WHY: Final = "how often somebody returned counts wherever it happened; only the number is told"


def records_of(person: Person) -> list[Person]:
    """Every record of one human, wherever it lies: confirmed links, and the same ID number. Under the system scope."""
    return list(Person.objects.filter(pk__in=same_humans([person.pk])[person.pk]))


def returns_of(entry: LedgerEntry, at: datetime) -> int:
    """How often help began for him in the months that count, here and elsewhere."""
    months = int(rules_at(entry.division_code, at).need("ledger.look_back").number)
    since = deadlines.start_of(deadlines.months_later(clock.local(at).date(), -months))
    with scope.system(WHY):
        cases = Case.objects.filter(person__in=records_of(entry.person), opened_at__gte=since)
        return cases.exclude(source=SOURCE).exclude(closing=Case.Closing.MISTAKE).count()


def judged(entry: LedgerEntry, at: datetime) -> Judged:
    """What the rule says of an entry now."""
    visits = list(entry.visits.order_by("-visited_at", "-pk")) if entry.pk else []
    age = entry.person.age_on(clock.local(at).date())
    known = Known(
        grounds=tuple(entry.grounds),
        returns=returns_of(entry, at),
        missed=missed_in_a_row(visit.found for visit in visits),
        is_locked=entry.family == "locks",
        family=entry.family,
        card=entry.card,
        band=entry.band,
        years=age.low if age else None,
    )
    return judge(known, weights_at(entry.division_code, at))


def put(entry: LedgerEntry, found: Judged, at: datetime) -> bool:
    """Keep what the rule said; whether the level changed. The caller saves."""
    before = entry.risk
    entry.risk, entry.judged_at = found.level, at
    entry.reasons = [f"{one.code} {one.points} {one.count}" for one in found.reasons]
    return before != found.level


def due_after(entry: LedgerEntry, last: date, at: datetime) -> date:
    """The day of the next visit by risk, season and feasts."""
    return next_visit(last, entry.risk, cadence_at(entry.division_code, at), feasts_after(last))


def owe_visit(*, actor: Actor, at: datetime, entry: LedgerEntry, day: date) -> None:
    """The next visit is owed by the responsible person until the end of its day; an earlier promise gives way."""
    for duty in owing.owed(entry.public_id, owing.VISIT):
        cancel_duty(actor=actor, at=at, duty=duty, reason="回访日期重新排定")
    entry.next_date = day
    entry.save(update_fields=["next_date"])
    ruling = rules_at(entry.division_code, at).need("ledger.visit", key=entry.risk)
    owing.owe(
        actor=actor,
        at=at,
        row=entry,
        kind=owing.VISIT,
        due_at=deadlines.end_of(day),
        basis=ruling.source,
        assignee=entry.keeper,
    )


def judge_again(*, actor: Actor, at: datetime, entry: LedgerEntry) -> None:
    """Judge an entry that is held; where the risk rose, the next visit comes nearer, never further away."""
    changed = put(entry, judged(entry, at), at)
    entry.save(update_fields=["risk", "reasons", "judged_at"])
    if not changed:
        return
    today = clock.local(at).date()
    last = entry.visits.order_by("-visited_at").values_list("visited_at", flat=True).first()
    since = clock.local(last or entry.began_at).date()
    wanted = max(due_after(entry, since, at), today)
    if entry.next_date is None or wanted < entry.next_date:
        owe_visit(actor=actor, at=at, entry=entry, day=wanted)


def last_moment(entry: LedgerEntry, kind: str, at: datetime) -> tuple[datetime, str]:
    """Until when the next step of a help is due, and on what basis; days roll on to a working day."""
    ruling = rules_at(entry.division_code, at).need("ledger.help", key=kind)
    term = Term(int(ruling.number), "day")
    return deadlines.due(at, term, calendars.national()), ruling.source
