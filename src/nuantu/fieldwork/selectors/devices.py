"""Phones as pages and journal lines name them."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.fieldwork.models import FieldCommand, FieldDevice
from nuantu.planbook.rulebook import RuleBook

KIND = "field_device"


def minutes(book: RuleBook, kind: str) -> timedelta:
    """A parameter in minutes as a span."""
    return timedelta(minutes=book.need(kind).number)


def with_waiting() -> list[UUID]:
    """The phones of which something is kept and not settled."""
    rows = FieldDevice.objects.filter(commands__state=FieldCommand.State.WAITING)
    return list(rows.order_by("pk").values_list("public_id", flat=True).distinct())


def label(public_id: UUID) -> str:
    """A phone as journal lines name it."""
    found = FieldDevice.objects.select_related("user").filter(public_id=public_id).first()
    return _("外勤手机：%(name)s") % {"name": found.user.name} if found else _("外勤手机")


def url(public_id: UUID) -> str | None:
    """Where phones are listed."""
    return reverse("fieldwork:devices")
