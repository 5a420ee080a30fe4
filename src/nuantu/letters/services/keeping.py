"""What a letter says is kept until its term, on each copy by itself."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, Max, OuterRef

from nuantu.core import clock, journal, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.retention import MOST_AT_ONCE, keep_until
from nuantu.core.together import together
from nuantu.letters.models import Event, Letter, LetterLine, State
from nuantu.letters.services.lines import LETTER, put_told
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at

KEEP: Final = "keep.letter"
WHY: Final = "what a letter says is erased after its term"


def sweep_letters(*, at: datetime) -> int:
    """Erase words, facts and answers of letters with which the last thing happened longer ago than `keep.letter`; how
    many copies.

    Each copy has a key and a term of its own. One about which something is owed is kept; the sender's copy in a case
    is sealed under the key of the case and ends with that.
    """
    owed = Duty.objects.filter(
        subject_kind=LETTER, subject_id=OuterRef("public_id"), state=Duty.State.OPEN
    )
    gone = LetterLine.objects.filter(letter=OuterRef("pk"), event=Event.ERASED)
    with scope.system(WHY):
        rows = Letter.objects.filter(
            ~Exists(owed), ~Exists(gone), case_id=None, state__in=(State.ANSWERED, State.WITHDRAWN)
        )
        count = 0
        for row in rows.annotate(last_at=Max("lines__noted_at")).order_by("last_at", "pk"):
            count += _erase(row, row.last_at, at)
            if count == MOST_AT_ONCE:
                break
    return count


def _erase(letter: Letter, last_at: datetime, at: datetime) -> bool:
    months = int(rules_at(letter.division_code, last_at).need(KEEP).number)
    until = keep_until(clock.local(last_at).date(), months)
    if until >= clock.local(at).date():
        return False
    with together():
        journal.erase(
            key_ref=letter.public_id,
            actor=SYSTEM,
            at=at,
            reason=f"函的内容保存到 {until}",
            division_code=letter.division_code,
            owner_org=letter.owner_org,
        )
        put_told(SYSTEM, at, letter, Event.ERASED)
    return True
