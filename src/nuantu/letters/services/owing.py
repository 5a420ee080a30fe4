"""What is owed about a letter: an answer by the receiver; a reminder, then the province, by the sender."""

from datetime import datetime, timedelta
from typing import Final

from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.letters.models import Direction, Event, Letter, State
from nuantu.letters.selectors.letters import is_to_carry
from nuantu.letters.services.lines import LETTER
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.planbook import calendars
from nuantu.planbook.deadlines import Term, TermUnit, due

ANSWER, AWAIT, REMIND, CARRY, REPLY = (
    "letter.answer",
    "letter.await",
    "letter.remind",
    "letter.carry",
    "letter.reply",
)
TITLES: Final = {
    ANSWER: ("答复来函", "Answer a letter"),
    AWAIT: ("等对方复函", "Await the answer of a letter"),
    REMIND: ("函超时没有答复：催办", "The answer of a letter is late: remind them"),
    CARRY: ("催办后仍不答复：上报协调", "Reminded and still no answer: carry it to the province"),
    REPLY: ("对方反问：回复", "A letter was asked back: reply"),
}


def answer_due(letter_kind: str, division_code: str, at: datetime) -> tuple[datetime, str]:
    """Until when an answer is due (`letter.answer`, by kind) and on what basis."""
    ruling = rules_at(division_code, at).need("letter.answer", key=letter_kind)
    unit: TermUnit = "hour" if ruling.unit == "hour" else "working_day"
    return due(at, Term(int(ruling.number), unit), calendars.national()), ruling.source


def owe(
    actor: Actor, at: datetime, letter: Letter, kind: str, due_at: datetime, basis: str
) -> Duty:
    """A promise about one copy. It is not of the case: a late answer keeps no case from closing."""
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=f"{TITLES[kind][0]}（{letter.number}）",
        title_en=f"{TITLES[kind][1]} ({letter.number})",
        subject=Subject(LETTER, letter.public_id),
        owner_org=letter.owner_org,
        division_code=letter.division_code,
        due_at=due_at,
        basis=basis[:200],
        basis_rule="P1-33",
    )


def owe_soon(actor: Actor, at: datetime, letter: Letter, kind: str) -> Duty:
    """A promise that is due within `letter.next`."""
    ruling = rules_at(letter.division_code, at).need("letter.next")
    due_at = due(at, Term(int(ruling.number), "working_day"), calendars.national())
    return owe(actor, at, letter, kind, due_at, ruling.source)


def owed(letter: Letter, *kinds: str) -> list[Duty]:
    """What is still owed about one copy."""
    found = Duty.objects.filter(
        subject_kind=LETTER, subject_id=letter.public_id, state=Duty.State.OPEN
    )
    return list(found.filter(kind__in=kinds) if kinds else found)


def keep(actor: Actor, at: datetime, letter: Letter, *kinds: str) -> None:
    """These promises are kept; without kinds, all of them."""
    for duty in owed(letter, *kinds):
        complete_duty(actor=actor, at=at, duty=duty, evidence=letter.public_id)


def drop(actor: Actor, at: datetime, letter: Letter) -> None:
    """Nobody waits any more."""
    for duty in owed(letter):
        cancel_duty(actor=actor, at=at, duty=duty, reason="函已撤回")


def watch(*, at: datetime) -> int:
    """Once an hour: whoever let an answer become late is reminded every `letter.remind` days; reminded
    and still silent `letter.carry` days after the day, it is carried further, once. How many duties are new.

    Call it under the system scope; it may run again.
    """
    rows = Letter.objects.filter(
        direction=Direction.OUT, state=State.WAITING, due_at__lt=at
    ).prefetch_related("lines")
    count = 0
    for letter in rows.order_by("pk"):
        count += _remind(at, letter) + _carry(at, letter)
    return count


def _remind(at: datetime, letter: Letter) -> int:
    every = rules_at(letter.division_code, at).need("letter.remind")
    last = [one.noted_at for one in letter.lines.all() if one.event == Event.REMINDED]
    is_fresh = bool(last) and max(last) > at - timedelta(days=int(every.number))
    if is_fresh or owed(letter, REMIND):
        return 0
    owe_soon(SYSTEM, at, letter, REMIND)
    return 1


def _carry(at: datetime, letter: Letter) -> int:
    if not is_to_carry(letter, {one.event for one in letter.lines.all()}, at):
        return 0
    if owed(letter, CARRY):
        return 0
    owe_soon(SYSTEM, at, letter, CARRY)
    return 1
