"""How warnings and feeds are called where others speak of them."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.warnings.models import FeedState, Warning


def warning_label(public_id: UUID) -> str:
    """Issuer, event and colour."""
    found = Warning.objects.filter(public_id=public_id).first()
    if found is None:
        return _("气象预警")
    colour = str(found.get_colour_display()) if found.colour else ""
    return f"{found.sender_name or found.sender} {found.event_name} {colour}".strip()


def warning_url(public_id: UUID) -> str:
    """The page of a warning."""
    return reverse("warnings:warning", args=[public_id])


def feed_label(public_id: UUID) -> str:
    """The name of a feed."""
    found = FeedState.objects.filter(public_id=public_id).first()
    return _("预警源：%(name)s") % {"name": found.source} if found else _("预警源")


def feed_url(public_id: UUID) -> str:
    """Feeds are shown on the list of warnings."""
    return f"{reverse('warnings:register')}#feeds"
