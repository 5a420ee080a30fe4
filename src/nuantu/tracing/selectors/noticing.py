"""How notices, postings and leads are called and found, and how they follow their case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import scope
from nuantu.persons.models import Case
from nuantu.tracing.models import NoticeChannel, NoticeVersion, Posting, TracingLead, TracingNotice

ROWS: Final[dict[str, Any]] = {
    "tracing_notice": TracingNotice,
    "notice_posting": Posting,
    "tracing_lead": TracingLead,
}
WHY: Final = "an accepted hand-over moves a notice with its case"


def label_of(public_id: UUID) -> str:
    """What a notice is called in a line about it: its number, nobody's name."""
    found = TracingNotice.objects.filter(public_id=public_id).values_list("number", flat=True)
    number = found.first()
    return _("寻亲公告 %(number)s") % {"number": number} if number else _("寻亲公告")


def url_of(public_id: UUID) -> str:
    """The page of a notice."""
    return reverse("tracing:notice", args=[public_id])


def posting_label(public_id: UUID) -> str:
    """The notice and the channel."""
    row = Posting.objects.filter(public_id=public_id).select_related("notice").first()
    return f"{row.notice.number} · {row.called}" if row else _("公告发布")


def posting_url(public_id: UUID) -> str:
    """The page where the proof of a withdrawal is put down."""
    return reverse("tracing:posting", args=[public_id])


def lead_label(public_id: UUID) -> str:
    """The notice a lead is about."""
    row = TracingLead.objects.filter(public_id=public_id).select_related("notice").first()
    return _("寻亲线索 %(number)s") % {"number": row.notice.number} if row else _("寻亲线索")


def lead_url(public_id: UUID) -> str:
    """The page of a lead."""
    return reverse("tracing:lead", args=[public_id])


def channel_label(public_id: UUID) -> str:
    """The name of a channel."""
    found = NoticeChannel.objects.filter(public_id=public_id).values_list("name", flat=True)
    return found.first() or _("公告渠道")


def channel_url(public_id: UUID) -> str:
    """The list of channels."""
    return reverse("tracing:channels")


def case_of(kind: str) -> Callable[[UUID], UUID | None]:
    """How the case of a row of that kind is found."""

    def found(public_id: UUID) -> UUID | None:
        rows = ROWS[kind].objects.filter(public_id=public_id)
        case_id: UUID | None = rows.values_list("case_id", flat=True).first()
        return case_id

    return found


def move(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """Notices, versions, postings and leads of a case follow it, so that whoever holds it ends them."""
    if case_id is None:
        return
    with scope.system(WHY):
        for model in (TracingNotice, NoticeVersion, Posting, TracingLead):
            rows: Any = model.objects
            rows.filter(case_id=case_id).update(owner_org=new_owner)


def objection_to(case: Case, at: datetime) -> str:
    """A case is not closed over a notice that is still to be seen somewhere."""
    if TracingNotice.objects.filter(case_id=case.case_id, state="standing").exists():
        return _("寻亲公告还在发布，先撤回")
    up = Posting.objects.filter(case_id=case.case_id, state=Posting.State.UP)
    return _("寻亲公告还没有从各渠道撤下") if up.exists() else ""
