"""The notices of a case on the page of whom nobody knows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from nuantu.core.actors import Actor
from nuantu.tracing.models import IdentitySearch, TracingNotice
from nuantu.tracing.selectors.notices import cards_of
from nuantu.tracing.selectors.sections import Section

READ, WRITE = "tracing.notice.read", "tracing.notice.write"


def _read(actor: Actor, search: IdentitySearch, at: datetime) -> Mapping[str, Any]:
    rows = TracingNotice.objects.select_related("of_case__person").filter(case_id=search.case_id)
    cards = cards_of(rows.order_by("-pk"), at)
    may_begin = actor.may(WRITE) and search.owner_org == actor.org_code
    is_under_way = any(card.notice.is_under_way for card in cards)
    begin = f"{reverse('tracing:notice_new')}?case={search.case_id}"
    return {"cards": cards, "new_url": begin if may_begin and not is_under_way else ""}


NOTICES: Final = Section(
    "notices", "tracing/_notice_section.html", READ, _read, order=40, safe_when_masked=True
)
