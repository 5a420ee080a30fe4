"""Phones as pages and journal lines name them."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import scope
from nuantu.fieldwork.models import FieldCommand, FieldDevice
from nuantu.operations.selectors import rules_at
from nuantu.planbook.rulebook import RuleBook

KIND = "field_device"
MOST_AFTER_END: Final = 1000


def minutes(book: RuleBook, kind: str) -> timedelta:
    """A parameter in minutes as a span."""
    return timedelta(minutes=book.need(kind).number)


def may_still_deliver(device: FieldDevice, at: datetime) -> bool:
    """Whether a phone that has ended may bring what it still holds: for the days of the parameter,
    and not without end, for its token may be in other hands."""
    days = rules_at(device.division_code, at).need("field.late_days").number
    ended_at = min(device.revoked_at or device.expires_at, device.expires_at)
    if at >= ended_at + timedelta(days=days):
        return False
    with scope.system("a phone without a session is counted"):
        return device.commands.filter(received_at__gte=ended_at).count() < MOST_AFTER_END


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
