"""What the forms of health work offer: hospitals in the order to ask, people who may follow."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nuantu.accounts.models import User
from nuantu.core.actors import Actor
from nuantu.places.models import Hospital
from nuantu.places.selectors.nearby import in_use
from nuantu.stays.models import HospitalCare
from nuantu.stays.rules import health

FOLLOWERS = ("medic", "carer", "reception", "leader", "station_head")


def hospitals(
    division_code: str, signs: Collection[str], tried: Collection[UUID] = ()
) -> list[Hospital]:
    """Hospitals of the prefecture in the order to ask; one query."""
    rows = {
        str(row.public_id): row
        for row in in_use("hospital").filter(division_code__startswith=division_code[:4])
    }
    wards = [
        health.Ward(
            key=key,
            is_designated=row.is_designated,
            is_psychiatric=row.is_psychiatric,
            is_near=row.division_code[:6] == division_code[:6],
        )
        for key, row in rows.items()
    ]
    return [rows[key] for key in health.in_order(wards, signs, {str(one) for one in tried})]


def others(care: HospitalCare, signs: Collection[str]) -> list[Hospital]:
    """The hospitals to ask for a patient, never the one he lies in."""
    found = hospitals(care.division_code, signs, tried_by(care))
    return [row for row in found if row.pk != care.hospital_id]


def here_words(care: HospitalCare) -> str:
    """Where the patient lies, and that this hospital is out of use since."""
    if care.hospital is None:
        return ""
    said = {"name": care.hospital.name, "why": care.hospital.closed_reason}
    if care.hospital.is_closed:
        return _("现在在%(name)s，这家医院已停用：%(why)s。") % said
    return _("现在在%(name)s。到达以前治疗和账单都还算这家医院的。") % said


def hospital_words(row: Hospital) -> str:
    """A hospital with what speaks for it."""
    marks = [str(_("定点医院"))] if row.is_designated else []
    if row.is_psychiatric:
        marks.append(str(_("精神科")))
    return " · ".join([row.name, *marks, row.phone])


def asked_words(row: Hospital) -> str:
    """The hospital whose answer is put down, and that it is out of use since."""
    if not row.is_closed:
        return row.name
    said = {"name": row.name, "why": row.closed_reason}
    return _("%(name)s · 医院已停用：%(why)s。没有接收的，登记后联系下一家。") % said


def tried_by(care: HospitalCare) -> set[UUID]:
    """Hospitals that refused or are full."""
    asked = care.asks.filter(answer__in=("refuses", "full"), move__dropped_at=None)
    return set(asked.values_list("hospital__public_id", flat=True))


def followers(actor: Actor) -> QuerySet[User]:
    """Who of the station may follow a patient."""
    return User.objects.filter(
        organisation__code=actor.org_code, is_active=True, roles__overlap=list(FOLLOWERS)
    ).order_by("name")
