"""How checks, hazards, meals and inspections are called and found by other packages."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.stays.models import Hazard, SafetyCheck


def check_label(public_id: UUID) -> str:
    """What a check is called."""
    row = SafetyCheck.objects.filter(public_id=public_id).first()
    return row.said if row else _("安全检查")


def check_url(public_id: UUID) -> str:
    """The page of a check."""
    return reverse("stays:safety_check", args=[public_id])


def hazard_label(public_id: UUID) -> str:
    """A hazard in its own words."""
    row = Hazard.objects.filter(public_id=public_id).first()
    return row.said if row else _("安全隐患")


def hazard_url(public_id: UUID) -> str:
    """The page of a hazard."""
    return reverse("stays:hazard", args=[public_id])


def inspection_label(public_id: UUID) -> str:
    """An inspection from outside."""
    return _("外部检查")


def inspection_url(public_id: UUID) -> str:
    """The page of an inspection."""
    return reverse("stays:inspection", args=[public_id])


def meal_label(public_id: UUID) -> str:
    """A meal of the kitchen."""
    return _("开餐与留样")


def meal_url(public_id: UUID) -> str:
    """The page on which its samples are put down."""
    return reverse("stays:samples", args=[public_id])


def suspicion_label(public_id: UUID) -> str:
    """A suspicion of food poisoning."""
    return _("疑似食物中毒")


def kitchen_url(public_id: UUID) -> str:
    """The page of the kitchen."""
    return reverse("stays:kitchen")


def list_label(public_id: UUID) -> str:
    """A station's own checklist."""
    return _("检查表")


def list_url(public_id: UUID) -> str:
    """The page on which checklists are set."""
    return reverse("stays:checklists")


def station_label(public_id: UUID) -> str:
    """The name of a station."""
    rows = Organisation.objects.filter(public_id=public_id).values_list("name", flat=True)
    return rows.first() or _("救助站")


def station_url(public_id: UUID) -> str:
    """The safety page of a station."""
    code = Organisation.objects.filter(public_id=public_id).values_list("code", flat=True).first()
    return f"{reverse('stays:safety')}?station={code or ''}"


def cupboard_label(public_id: UUID) -> str:
    """The cupboard; what lies in it is for those who use it."""
    return _("药品柜")


def cupboard_url(public_id: UUID) -> str:
    """The page of a thing of the cupboard."""
    return reverse("stays:cupboard_item", args=[public_id])


def incident_label(public_id: UUID) -> str:
    """An incident, without what happened."""
    return _("站内事件")


def incident_url(public_id: UUID) -> str:
    """The page of an incident."""
    return reverse("stays:station_incident", args=[public_id])


def camera_label(public_id: UUID) -> str:
    """A camera or its recordings."""
    return _("监控录像")


def camera_url(public_id: UUID) -> str:
    """The register of cameras."""
    return reverse("stays:video")


def hold_url(public_id: UUID) -> str:
    """The page of a hold."""
    return reverse("stays:hold", args=[public_id])
