"""How contacts are called in lines and duties, and where their page is."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.encounters.models import Encounter


def label_of(public_id: UUID) -> str:
    """The outcome and the place; never a name."""
    found = Encounter.objects.filter(public_id=public_id).first()
    if found is None:
        return _("街面接触")
    return _("街面接触：%(outcome)s · %(place)s") % {
        "outcome": found.get_outcome_display(),
        "place": found.place,
    }


def url_of(public_id: UUID) -> str:
    """The page of a contact."""
    return reverse("encounters:detail", args=[public_id])
