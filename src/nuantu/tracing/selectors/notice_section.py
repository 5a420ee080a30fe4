"""The notices of a case on the page of whom nobody knows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from nuantu.core.actors import Actor
from nuantu.tracing.models import IdentitySearch, TracingNotice
from nuantu.tracing.selectors.notices import cards_of
from nuantu.tracing.selectors.publishing import is_dead, is_known
from nuantu.tracing.selectors.sections import Section

READ, WRITE = "tracing.notice.read", "tracing.notice.write"
UNDER_WAY: Final = (TracingNotice.State.DRAFT, TracingNotice.State.STANDING)


def _read(actor: Actor, search: IdentitySearch, at: datetime) -> Mapping[str, Any]:
    rows = TracingNotice.objects.select_related("of_case__person").filter(case_id=search.case_id)
    cards = cards_of(rows.order_by("-pk"), at)
    may_begin = search.is_open and actor.may(WRITE) and search.owner_org == actor.org_code
    is_under_way = any(card.notice.is_under_way for card in cards)
    return {
        "cards": cards,
        "new_url": _new(search.case_id) if may_begin and not is_under_way else "",
    }


def next_url(actor: Actor, notice: TracingNotice) -> str:
    """Where the next notice of the case is drafted after this one has ended; empty where none can be: another is under
    way, who he is is known, he has died."""
    case = notice.of_case
    if notice.is_under_way or not case.is_open or not actor.may(WRITE):
        return ""
    if case.owner_org != actor.org_code or is_known(case) or is_dead(case):
        return ""
    others = TracingNotice.objects.filter(case_id=case.case_id, state__in=UNDER_WAY)
    return "" if others.exists() else _new(case.case_id)


def _new(case_id: UUID | None) -> str:
    return f"{reverse('tracing:notice_new')}?case={case_id}"


NOTICES: Final = Section(
    "notices", "tracing/_notice_section.html", READ, _read, order=40, safe_when_masked=True
)
