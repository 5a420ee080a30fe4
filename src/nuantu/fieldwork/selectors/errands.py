"""The part of the bundle for visits that somebody answers for: whom, where, until when.

No reason, no illness, no note of an earlier visit; a restricted person is called as on every list.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from nuantu.accounts.selectors import place_name
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.fieldwork.rules.commands import REVISIT
from nuantu.homeward.access import LEDGER_WRITE
from nuantu.homeward.models import LedgerEntry
from nuantu.persons.selectors import card_of

# So many days before it is due a visit is on the phone already.
AHEAD: Final = timedelta(days=7)


def errands_of(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The revisits that this keeper owes soon, late ones first; run in his scope."""
    if not actor.may(LEDGER_WRITE):
        return []
    today = clock.local(at).date()
    rows = LedgerEntry.objects.filter(
        keeper__public_id=actor.public_id,
        owner_org=actor.org_code,
        ended_at=None,
        next_date__lte=today + AHEAD,
    ).select_related("person__photo")
    return [
        {
            "id": str(one.public_id),
            "kind": REVISIT,
            "title": card_of(one.person, at).called,
            "words": f"{one.number} · {place_name(one.division_code)}",
            "due": f"{one.next_date:%m-%d}" if one.next_date else "",
            "is_late": bool(one.next_date and one.next_date < today),
        }
        for one in rows.order_by("next_date", "pk")
    ]
