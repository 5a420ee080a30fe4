"""The part of the bundle for what somebody is sent out for by himself: whom, where, until when.

No reason, no illness, no note of an earlier visit; a restricted person is called as on every list.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from nuantu.accounts.selectors import place_name
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.fieldwork.rules.commands import ESCORT, REVISIT
from nuantu.homeward.access import LEDGER_WRITE, escorted_by
from nuantu.homeward.models import LedgerEntry
from nuantu.persons.selectors import card_of

# So many days before it is due a visit is on the phone already.
AHEAD: Final = timedelta(days=7)


def errands_of(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Whom this user brings home now, then the revisits he owes soon, late ones first; run in his scope.

    `lasts`: it stays on the list after something was told of it.
    """
    return [*_escorts(actor, at), *_revisits(actor, at)]


def _escorts(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.public_id),
            "kind": ESCORT,
            "action": _("途中、到达"),
            "title": card_of(one.person, at).called,
            "words": f"{_('护送返乡')} {one.number}",
            "due": f"{clock.local(one.expected_at):%m-%d %H:%M}" if one.expected_at else "",
            "is_late": bool(one.expected_at and one.expected_at < at),
            "lasts": True,
        }
        for one in escorted_by(actor).order_by("expected_at", "pk")
    ]


def _revisits(actor: Actor, at: datetime) -> list[dict[str, Any]]:
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
            "action": _("登记回访"),
            "title": card_of(one.person, at).called,
            "words": f"{one.number} · {place_name(one.division_code)}",
            "due": f"{one.next_date:%m-%d}" if one.next_date else "",
            "is_late": bool(one.next_date and one.next_date < today),
            "lasts": False,
        }
        for one in rows.order_by("next_date", "pk")
    ]
