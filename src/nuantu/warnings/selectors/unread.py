"""What came in and could not be read, for the people who look at it."""

from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.warnings.models import UnreadBody
from nuantu.warnings.rules.decoding import decode
from nuantu.warnings.rules.message import Unreadable

SHOWN = 20_000
EXCERPT = 48


def unread_waiting() -> QuerySet[UnreadBody]:
    """Bodies that still wait for a person, the oldest first."""
    found = UnreadBody.objects.filter(settled_at=None)
    return found.select_related("transmission").order_by("pk")


def unread_lines(count: int) -> list[tuple[UnreadBody, str]]:
    """The first that wait, with how each begins."""
    return [
        (row, " ".join(unread_text(row)[: EXCERPT * 4].split())[:EXCERPT])
        for row in unread_waiting()[:count]
    ]


def unread_text(unread: UnreadBody) -> str:
    """The body as far as it can be shown: what no encoding fits is shown with gaps."""
    body = bytes(unread.transmission.body)
    try:
        return decode(body, unread.transmission.content_type).text[:SHOWN]
    except Unreadable:
        return body.decode("utf-8", errors="replace").replace("\x00", "")[:SHOWN]


def unread_label(public_id: UUID) -> str:
    """From whom it came."""
    found = UnreadBody.objects.select_related("transmission").filter(public_id=public_id).first()
    return _("看不懂的来文：%(name)s") % {"name": found.transmission.source} if found else ""


def unread_url(public_id: UUID) -> str:
    """The page on which a person says what it is."""
    return reverse("warnings:unread", args=[public_id])
