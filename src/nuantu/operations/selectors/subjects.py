"""How the things of operations are called, where their pages are, and how duties change hands."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.operations.models import Duty, Handover, Operation, PlanDocument


def duty_label(public_id: UUID) -> str:
    """The title of a duty in the language of the page."""
    duty = Duty.objects.filter(public_id=public_id).first()
    return duty.said if duty else _("待办")


def duty_url(public_id: UUID) -> str:
    """The page of a duty."""
    return reverse("operations:duty", args=[public_id])


def operation_label(public_id: UUID) -> str:
    """The title of the plan in the language of the page."""
    found = Operation.objects.filter(public_id=public_id).only("title", "title_en").first()
    if found is None:
        return _("方案")
    return found.title_en or found.title if (get_language() or "").startswith("en") else found.title


def operation_url(public_id: UUID) -> str:
    """The page of a plan in force."""
    return reverse("operations:operation", args=[public_id])


def document_label(public_id: UUID) -> str:
    """The name of the file that was handed in."""
    found = PlanDocument.objects.filter(public_id=public_id).only("name").first()
    return found.name if found else _("方案文件")


def document_url(public_id: UUID) -> str:
    """The reading page of a document."""
    return reverse("operations:document", args=[public_id])


def handover_label(public_id: UUID) -> str:
    """What is handed over, and why."""
    handover = Handover.objects.filter(public_id=public_id).first()
    return _("移交：%(purpose)s") % {"purpose": handover.purpose} if handover else _("移交")


def handover_url(public_id: UUID) -> str:
    """The page of a hand-over."""
    return reverse("operations:handover", args=[public_id])


def roster_label(public_id: UUID) -> str:
    """Whose watch roster."""
    found = Organisation.objects.filter(public_id=public_id).first()
    return _("值守表 · %(org)s") % {"org": found.name} if found else _("值守表")


def roster_url(public_id: UUID) -> str | None:
    """The page of a watch roster, by the public id of its organisation."""
    found = Organisation.objects.filter(public_id=public_id).first()
    return reverse("operations:roster", args=[found.code]) if found else None
