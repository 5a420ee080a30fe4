"""What a settlement promises, as duties of the station and the bureau."""

from datetime import datetime
from typing import Final

from nuantu.accounts.selectors import bureau_of
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.homeward.models import Settlement, StepCode
from nuantu.homeward.rules import settling as rules
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, open_duty
from nuantu.planbook import calendars, deadlines
from nuantu.planbook.deadlines import Term

SETTLEMENT: Final = "settlement"
STEP, TELL = "settlement.step", "settlement.tell"
ENGLISH: Final = {
    "compare": "police compare portrait, blood and DNA again",
    "letter": "one letter for this person to civil affairs",
    "review": "civil affairs review",
    "plan": "settlement plan to the government",
    "approve": "approval of the government",
    "accept": "police accept the papers",
    "register": "register the household",
    "benefits": "link assistance and insurance",
    "undo": "tell police and government, correct or end the registration",
}
RULES: Final = {
    "register": "P1-69",
    "accept": "P1-69",
    "benefits": "P1-70",
    "undo": "P1-69",
}


def owe(actor: Actor, at: datetime, row: Settlement) -> None:
    """The step that a settlement waits for is owed by the station or the bureau."""
    code = StepCode(row.step)
    said = f"落户安置：{stored(code.label)}"
    _open(actor, at, row, STEP, (said, f"Settlement: {ENGLISH[row.step]}"), row.step)


def owe_telling(actor: Actor, at: datetime, row: Settlement) -> None:
    """Whoever was asked already is told that nothing is to be approved or registered."""
    if row.steps.exclude(code=StepCode.COMPARE).exists():
        words = (
            "落户安置：身份已查明，告知民政、政府和公安撤回",
            "Settlement: identified; tell civil affairs, government and police",
        )
        _open(actor, at, row, TELL, words, "undo")


def _open(
    actor: Actor, at: datetime, row: Settlement, kind: str, words: tuple[str, str], key: str
) -> Duty:
    ruling = rules_at(row.division_code, at).need("settlement.step", key=key)
    bureau = bureau_of(row.division_code) if key in rules.OF_BUREAU else None
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=words[0],
        title_en=words[1],
        subject=Subject(SETTLEMENT, row.public_id),
        owner_org=bureau.code if bureau else row.owner_org,
        division_code=row.division_code,
        due_at=deadlines.due(at, Term(int(ruling.number), "working_day"), calendars.national()),
        basis=ruling.source[:200],
        basis_rule=RULES.get(key, "P1-68"),
    )


def owed(row: Settlement) -> list[Duty]:
    """The open promise of the step that a settlement waits for."""
    found = Duty.objects.filter(subject_kind=SETTLEMENT, subject_id=row.public_id, kind=STEP)
    return list(found.filter(state=Duty.State.OPEN))


def take_off(actor: Actor, at: datetime, row: Settlement, reason: str) -> None:
    """That step is owed no more, whether the station or the bureau owes it."""
    with scope.system("a step that the bureau owes ends with what the station does"):
        for duty in owed(row):
            cancel_duty(actor=actor, at=at, duty=duty, reason=reason)
