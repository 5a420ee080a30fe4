"""Doors to patients, bills, infections and deaths."""

from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.encounters.services.owing import FOLLOW, SCREEN
from nuantu.operations.models import Duty
from nuantu.persons.models import Case
from nuantu.stays.access.permissions import HEAL, HEALTH
from nuantu.stays.access.rows import own_row
from nuantu.stays.models import (
    Bill,
    CloseContact,
    Death,
    DeathStep,
    HealthNotice,
    HospitalAsk,
    HospitalCare,
    Infection,
    Reception,
    Stay,
)


def patient_case_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> Case:
    """The case of somebody whom the actor's own station receives, keeps or follows in hospital."""
    found = Case.objects.select_related("person__photo").filter(public_id=public_id).first()
    if found is None or not actor.may(permission) or not _is_patient(actor, found):
        raise Http404
    return found


def _is_patient(actor: Actor, case: Case) -> bool:
    own = {"case_id": case.case_id, "owner_org": actor.org_code}
    if any(rows.objects.filter(**own).exists() for rows in (Reception, Stay, HospitalCare)):
        return True
    # Taken to hospital from the street: the station owes the screening there (P1-47).
    owed = Duty.objects.filter(
        subject_kind="case", subject_id=case.public_id, owner_org=actor.org_code
    )
    return owed.filter(kind__in=(SCREEN, FOLLOW)).exists()


def care_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> HospitalCare:
    """A patient whom the actor's own station follows."""
    rows = HospitalCare.objects.select_related("person__photo", "hospital", "follower", "stay")
    return own_row(rows, actor, public_id, permission)


def ask_for(actor: Actor, public_id: UUID) -> HospitalAsk:
    """A question to a hospital that the actor's own station asked."""
    rows = HospitalAsk.objects.select_related("care__person", "hospital", "move")
    return own_row(rows, actor, public_id, HEAL, through="care__")


def notice_for(actor: Actor, public_id: UUID) -> HealthNotice:
    """A word that the actor's own station owes somebody."""
    rows = HealthNotice.objects.select_related("care__person")
    return own_row(rows, actor, public_id, HEAL, through="care__")


def bill_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> Bill:
    """A bill for a patient of the actor's own station."""
    rows = Bill.objects.select_related("care__hospital", "hospital", "person__photo")
    return own_row(rows, actor, public_id, permission)


def infection_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> Infection:
    """An infection in the actor's own station."""
    rows = Infection.objects.select_related("person__photo", "stay__person")
    return own_row(rows, actor, public_id, permission)


def contact_for(actor: Actor, public_id: UUID) -> CloseContact:
    """A close contact on a list of the actor's own station."""
    rows = CloseContact.objects.select_related(
        "infection__person", "infection__stay__person", "stay__person"
    )
    return own_row(rows, actor, public_id, HEAL, through="infection__")


def death_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> Death:
    """A death in the care of the actor's own station."""
    rows = Death.objects.select_related("person__photo", "stay__person")
    return own_row(rows, actor, public_id, permission)


def death_step_for(actor: Actor, public_id: UUID) -> DeathStep:
    """A step after a death in the care of the actor's own station."""
    rows = DeathStep.objects.select_related("death__person", "death__stay__person")
    return own_row(rows, actor, public_id, HEAL, through="death__")
