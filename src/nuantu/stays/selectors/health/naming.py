"""How a treatment is called and found by duties and journal lines; nobody's name, no illness."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _


def care_label(public_id: UUID) -> str:
    """A treatment."""
    return _("就医跟踪")


def care_url(public_id: UUID) -> str:
    """The page of a treatment."""
    return reverse("stays:care", args=[public_id])


def bill_label(public_id: UUID) -> str:
    """The bill of a hospital."""
    return _("医疗账单")


def bill_url(public_id: UUID) -> str:
    """The page of a bill."""
    return reverse("stays:bill", args=[public_id])


def infection_label(public_id: UUID) -> str:
    """An infection in the house."""
    return _("感染处置")


def infection_url(public_id: UUID) -> str:
    """The page of an infection."""
    return reverse("stays:infection", args=[public_id])


def death_label(public_id: UUID) -> str:
    """A death."""
    return _("死亡登记")


def death_url(public_id: UUID) -> str:
    """The page of a death."""
    return reverse("stays:death", args=[public_id])
