"""The only door from a request to a stay, a bed or a zone; outsiders get not-found."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.encounters.services.owing import FOLLOW, SCREEN
from nuantu.operations.models import Duty, Handover
from nuantu.persons import access as persons
from nuantu.persons.models import Case, Person
from nuantu.stays.models import (
    Bed,
    Belonging,
    Bill,
    CloseContact,
    Complaint,
    CupboardItem,
    Death,
    DeathStep,
    Extension,
    FoodSample,
    FoodSuspicion,
    Hazard,
    HealthNotice,
    HospitalAsk,
    HospitalCare,
    Infection,
    Inquiry,
    Inspection,
    KitchenMeal,
    Medication,
    Reception,
    RollCall,
    Room,
    SafetyCheck,
    Search,
    StationIncident,
    Stay,
    VideoHold,
    Zone,
)

READ, WRITE = "stays.stay.read", "stays.stay.write"
BED, APPROVE = "stays.bed.give", "stays.exception.approve"
HOUSE = "stays.house.manage"
RECEIVE, DECIDE = "stays.reception.write", "stays.stay.decide"
LEAVE, EXPORT = "stays.leaving.write", "stays.stay.export"
CARE, MEDICINE = "stays.care.write", "stays.medicine.write"
ANSWER = "stays.complaint.answer"
HEALTH, HEAL, TREAT = "stays.health.read", "stays.health.write", "stays.health.treat"
SAFETY_READ, SAFETY = "stays.safety.read", "stays.safety.write"
SAFETY_MANAGE, INSPECT = "stays.safety.manage", "stays.inspection.write"
CUPBOARD, VIDEO = "stays.cupboard.use", "stays.video.manage"
HEAD, FIGURES = "stays.head.read", "stays.figures.read"
HAZARD_PHOTO = "stays.hazard"

Row = TypeVar("Row", Belonging, Inquiry, Extension)

Safe = TypeVar("Safe", bound=ScopedModel)


def stay_for(actor: Actor, public_id: UUID, permission: str = READ) -> Stay:
    """A stay the actor may see, else not found."""
    if actor.may(permission):
        found = (
            Stay.objects.select_related("person__photo", "reception", "with_stay__person")
            .filter(public_id=public_id)
            .first()
        )
        if found is not None:
            return found
    raise Http404


def own_stay_for(actor: Actor, public_id: UUID, permission: str) -> Stay:
    """A stay in the actor's own station, for somebody with the permission."""
    stay = stay_for(actor, public_id, permission)
    if stay.owner_org != actor.org_code:
        raise Http404
    return stay


def zone_for(actor: Actor, public_id: UUID) -> Zone:
    """A zone of the actor's own station, for those who set up the house."""
    found = Zone.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(HOUSE):
        raise Http404
    return found


def bed_for(actor: Actor, public_id: UUID, permission: str = HOUSE) -> Bed:
    """A bed of the actor's own station."""
    found = (
        Bed.objects.select_related("room__zone")
        .filter(public_id=public_id, room__zone__owner_org=actor.org_code)
        .first()
    )
    if found is None or not actor.may(permission):
        raise Http404
    return found


def reception_for(actor: Actor, public_id: UUID, permission: str = READ) -> Reception:
    """A reception the actor may see, else not found."""
    if actor.may(permission):
        found = (
            Reception.objects.select_related("person__photo", "stay")
            .filter(public_id=public_id)
            .first()
        )
        if found is not None:
            return found
    raise Http404


def own_reception_for(actor: Actor, public_id: UUID) -> Reception:
    """A reception of the actor's own station, for those who receive."""
    found = reception_for(actor, public_id, RECEIVE)
    if found.owner_org != actor.org_code:
        raise Http404
    return found


def belonging_for(actor: Actor, public_id: UUID) -> Belonging:
    """A thing kept by the actor's own station."""
    rows = Belonging.objects.filter(reception__owner_org=actor.org_code)
    return _row_if(rows.select_related("reception__person"), actor, public_id, RECEIVE)


def inquiry_for(actor: Actor, public_id: UUID) -> Inquiry:
    """A question asked by the actor's own station."""
    rows = Inquiry.objects.filter(reception__owner_org=actor.org_code)
    return _row_if(rows.select_related("reception__person"), actor, public_id, RECEIVE)


def extension_for(actor: Actor, public_id: UUID) -> Extension:
    """A longer stay in the actor's own station, for those who decide and file."""
    rows = Extension.objects.filter(stay__owner_org=actor.org_code)
    return _row_if(rows.select_related("stay__person"), actor, public_id, DECIDE)


def _row_if(rows: QuerySet[Row], actor: Actor, public_id: UUID, permission: str) -> Row:
    """The row of that id, for whoever holds the permission; or not found."""
    row = rows.filter(public_id=public_id).first()
    if row is None or not actor.may(permission):
        raise Http404
    return row


def hazard_for(actor: Actor, public_id: UUID, permission: str = SAFETY_READ) -> Hazard:
    """A hazard the actor may see; to change it, one of his own station."""
    rows = Hazard.objects.select_related(
        "photo", "repair_photo", "mender", "inspection", "check_line"
    )
    return _safe(rows, actor, public_id, permission)


def safety_check_for(actor: Actor, public_id: UUID, permission: str = SAFETY_READ) -> SafetyCheck:
    """A check the actor may see; to do it, one of his own station."""
    return _safe(SafetyCheck.objects.all(), actor, public_id, permission)


def inspection_for(actor: Actor, public_id: UUID, permission: str = SAFETY_READ) -> Inspection:
    """An inspection the actor may see; to answer it, one of his own station."""
    return _safe(Inspection.objects.all(), actor, public_id, permission)


def meal_for(actor: Actor, public_id: UUID, permission: str = SAFETY) -> KitchenMeal:
    """A meal of the actor's own kitchen."""
    return _safe(KitchenMeal.objects.all(), actor, public_id, permission)


def suspicion_for(actor: Actor, public_id: UUID) -> FoodSuspicion:
    """A suspicion of food poisoning in the actor's own station, for whoever may end it."""
    return _safe(FoodSuspicion.objects.all(), actor, public_id, SAFETY_MANAGE)


def sample_for(actor: Actor, public_id: UUID) -> FoodSample:
    """A sample in the fridge of the actor's own kitchen."""
    rows = FoodSample.objects.select_related("meal", "suspicion")
    row = rows.filter(public_id=public_id, meal__owner_org=actor.org_code).first()
    if row is None or not actor.may(SAFETY):
        raise Http404
    return row


def cupboard_item_for(actor: Actor, public_id: UUID) -> CupboardItem:
    """A thing of the actor's own cupboard."""
    return _safe(CupboardItem.objects.all(), actor, public_id, CUPBOARD)


def incident_for(actor: Actor, public_id: UUID) -> StationIncident:
    """An incident of a station the actor may see."""
    return _safe(StationIncident.objects.all(), actor, public_id, SAFETY_READ)


def hold_for(actor: Actor, public_id: UUID) -> VideoHold:
    """A hold on recordings of the actor's own station."""
    rows = VideoHold.objects.select_related("camera")
    row = rows.filter(public_id=public_id, camera__owner_org=actor.org_code).first()
    if row is None or not actor.may(VIDEO):
        raise Http404
    return row


def hazard_photo_for(actor: Actor, public_id: UUID) -> StoredFile:
    """A photo of a hazard the actor may see."""
    row = StoredFile.objects.filter(public_id=public_id, purpose=HAZARD_PHOTO).first()
    if row is None or not actor.may(SAFETY_READ):
        raise Http404
    return row


def _safe(rows: QuerySet[Safe], actor: Actor, public_id: UUID, permission: str) -> Safe:
    """A row about safety: whoever reads sees what his area has, whoever writes his own house only."""
    row = rows.filter(public_id=public_id).first()
    is_own = row is not None and row.owner_org == actor.org_code
    if row is None or not actor.may(permission) or (permission != SAFETY_READ and not is_own):
        raise Http404
    return row


def arrival_for(actor: Actor, public_id: UUID) -> Handover:
    """A person handed over to the actor's own station, for those who receive."""
    found = Handover.objects.filter(public_id=public_id, to_org=actor.org_code).first()
    if found is None or found.case_id is None or not actor.may(RECEIVE):
        raise Http404
    return found


def known_person_for(actor: Actor, public_id: UUID) -> Person:
    """Somebody on record who came to the door."""
    if not actor.may(RECEIVE):
        raise Http404
    return persons.person_for(actor, public_id)


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
    found = rows.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(permission):
        raise Http404
    return found


def ask_for(actor: Actor, public_id: UUID) -> HospitalAsk:
    """A question to a hospital that the actor's own station asked."""
    rows = HospitalAsk.objects.select_related("care__person", "hospital")
    found = rows.filter(public_id=public_id, care__owner_org=actor.org_code).first()
    if found is None or not actor.may(HEAL):
        raise Http404
    return found


def notice_for(actor: Actor, public_id: UUID) -> HealthNotice:
    """A word that the actor's own station owes somebody."""
    rows = HealthNotice.objects.select_related("care__person")
    found = rows.filter(public_id=public_id, care__owner_org=actor.org_code).first()
    if found is None or not actor.may(HEAL):
        raise Http404
    return found


def bill_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> Bill:
    """A bill for a patient of the actor's own station."""
    rows = Bill.objects.select_related("care__hospital", "person__photo")
    found = rows.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(permission):
        raise Http404
    return found


def care_of(actor: Actor, public_id: UUID) -> Stay:
    """A stay in the actor's own station, for those who care for residents."""
    return own_stay_for(actor, public_id, CARE)


def spot_for(actor: Actor, kind: str, public_id: UUID) -> Stay | Bed | Room:
    """What the card of a resident, bed or room stands for, in the actor's own station."""
    if kind == "stay":
        return care_of(actor, public_id)
    if kind == "bed":
        return bed_for(actor, public_id, CARE)
    found = Room.objects.filter(public_id=public_id, zone__owner_org=actor.org_code).first()
    if found is None or kind != "room" or not actor.may(CARE):
        raise Http404
    return found


def search_for(actor: Actor, public_id: UUID) -> Search:
    """A search of the actor's own station."""
    found = (
        Search.objects.select_related("stay__person__photo")
        .filter(public_id=public_id, owner_org=actor.org_code)
        .first()
    )
    if found is None or not actor.may(CARE):
        raise Http404
    return found


def roll_photo_for(actor: Actor, public_id: UUID) -> StoredFile:
    """The photo of a roll-call of the actor's own station."""
    row = RollCall.objects.select_related("photo").filter(public_id=public_id).first()
    if row is None or row.owner_org != actor.org_code or row.photo is None or not actor.may(CARE):
        raise Http404
    return row.photo


def complaint_for(actor: Actor, public_id: UUID) -> Complaint:
    """A complaint that the actor's organisation answers, unless it is about himself."""
    found = Complaint.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or found.about_id == actor.public_id or not actor.may(ANSWER):
        raise Http404
    return found


def health_of(actor: Actor, public_id: UUID) -> Stay:
    """A stay in the actor's own station, for those who read medical words."""
    return own_stay_for(actor, public_id, MEDICINE)


def medication_for(actor: Actor, public_id: UUID) -> Medication:
    """A medicine of a resident of the actor's own station."""
    found = (
        Medication.objects.select_related("stay__person")
        .filter(public_id=public_id, owner_org=actor.org_code)
        .first()
    )
    if found is None or not actor.may(MEDICINE):
        raise Http404
    return found


def infection_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> Infection:
    """An infection in the actor's own station."""
    rows = Infection.objects.select_related("person__photo", "stay__person")
    found = rows.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(permission):
        raise Http404
    return found


def contact_for(actor: Actor, public_id: UUID) -> CloseContact:
    """A close contact on a list of the actor's own station."""
    rows = CloseContact.objects.select_related(
        "infection__person", "infection__stay__person", "stay__person"
    )
    found = rows.filter(public_id=public_id, infection__owner_org=actor.org_code).first()
    if found is None or not actor.may(HEAL):
        raise Http404
    return found


def death_for(actor: Actor, public_id: UUID, permission: str = HEALTH) -> Death:
    """A death in the care of the actor's own station."""
    rows = Death.objects.select_related("person__photo", "stay__person")
    found = rows.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(permission):
        raise Http404
    return found


def death_step_for(actor: Actor, public_id: UUID) -> DeathStep:
    """A step after a death in the care of the actor's own station."""
    rows = DeathStep.objects.select_related("death__person", "death__stay__person")
    found = rows.filter(public_id=public_id, death__owner_org=actor.org_code).first()
    if found is None or not actor.may(HEAL):
        raise Http404
    return found
