"""The only door from a request to a street contact; outsiders get not-found."""

from datetime import datetime
from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.core.models import StoredFile
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.encounters.models import Encounter, Evidence, ModeRequest, RefuserNotice, Revisit
from nuantu.encounters.models.choices import APPROVE_DUTY, REVIEW_DUTY
from nuantu.encounters.selectors.hidden import is_opened
from nuantu.operations.models import Duty
from nuantu.patrols import access as patrols
from nuantu.patrols.models import PatrolVisit, SweepFind
from nuantu.persons import access as persons
from nuantu.persons.models import Person
from nuantu.persons.selectors import opened_by
from nuantu.persons.selectors.pages import IDENTITY

READ, RECORD = "encounters.encounter.read", "encounters.encounter.record"
APPROVE, REVIEW = "encounters.mode.approve", "encounters.mode.review"
NOTICES, EXPORT = "encounters.notice.read", "encounters.encounter.export"


def encounter_for(actor: Actor, public_id: UUID, permission: str = READ) -> Encounter:
    """A contact the actor may see, else not found."""
    if actor.may(permission):
        found = (
            Encounter.objects.select_related("person", "team", "corrects")
            .filter(public_id=public_id)
            .first()
        )
        if found is not None:
            return found
    raise Http404


def may_reveal(actor: Actor, encounter: Encounter, at: datetime) -> bool:
    """Whether the actor may open the sealed health of the sheet: not before he took the case over."""
    return persons.may_reveal(actor, [encounter], at)


def sheet_for(actor: Actor, public_id: UUID, at: datetime) -> Encounter:
    """A contact whose sheet the actor may open; with a mere preview, not found."""
    encounter = encounter_for(actor, public_id)
    if not may_reveal(actor, encounter, at):
        raise Http404
    return encounter


def own_encounter_for(actor: Actor, public_id: UUID, permission: str) -> Encounter:
    """A contact that the actor's own organisation holds, for somebody with the permission."""
    encounter = encounter_for(actor, public_id, permission)
    if encounter.owner_org != actor.org_code:
        raise Http404
    return encounter


def request_for(actor: Actor, public_id: UUID, permission: str) -> ModeRequest:
    """The legal gate of a contact, for the organisation that asked: it decides and reviews.

    The promise stays with who acted, so its door does too when the case has changed hands.
    """
    encounter = encounter_for(actor, public_id, permission)
    if not _answers_for(actor, encounter, APPROVE_DUTY if permission == APPROVE else REVIEW_DUTY):
        raise Http404
    found = (
        ModeRequest.objects.select_related("encounter__person").filter(encounter=encounter).first()
    )
    if found is None:
        raise Http404
    return found


def _answers_for(actor: Actor, encounter: Encounter, kind: str) -> bool:
    """Whether the actor's organisation owes this promise about the contact, kept or not."""
    return Duty.objects.filter(
        kind=kind,
        subject_kind="encounter",
        subject_id=encounter.public_id,
        owner_org=actor.org_code,
    ).exists()


def revisit_for(actor: Actor, public_id: UUID) -> Revisit:
    """An open visit that the actor's own organisation owes."""
    found = Revisit.objects.select_related("encounter__person").filter(public_id=public_id).first()
    if found is None or not actor.may(RECORD) or found.encounter.owner_org != actor.org_code:
        raise Http404
    return found


def photo_for(actor: Actor, public_id: UUID, at: datetime) -> StoredFile:
    """The file of a photo the actor may see; a hidden one only after a reveal of itself."""
    found = _evidence_for(actor, public_id, at)
    if found.hidden_for and not is_opened(found, actor, at):
        raise Http404
    return found.file


def own_photo_for(actor: Actor, public_id: UUID, at: datetime) -> Evidence:
    """A photo of a contact that the actor's own organisation holds, to be used elsewhere; no video,
    and none that is hidden."""
    found = hidable_photo_for(actor, public_id, at)
    if found.hidden_for or found.file.is_video:
        raise Http404
    return found


def hidable_photo_for(actor: Actor, public_id: UUID, at: datetime) -> Evidence:
    """A photo or video of a contact that the actor's own organisation holds. Raises Http404."""
    found = _evidence_for(actor, public_id, at)
    if not actor.may(RECORD) or found.encounter.owner_org != actor.org_code:
        raise Http404
    return found


def photo_to_reveal(actor: Actor, public_id: UUID, at: datetime) -> Evidence:
    """A hidden photo that the actor may open for a purpose: not before he took the case over."""
    found = _evidence_for(actor, public_id, at)
    if not found.hidden_for or not may_reveal(actor, found.encounter, at):
        raise Http404
    return found


def _evidence_for(actor: Actor, public_id: UUID, at: datetime) -> Evidence:
    """A photo of a contact the actor may see; of a restricted person only after a reveal."""
    found = (
        Evidence.objects.select_related("file", "encounter__person")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not actor.may(READ):
        raise Http404
    person = found.encounter.person
    if person.is_restricted and not opened_by(person, actor, at).has(IDENTITY):
        raise Http404
    return found


def notice_for(actor: Actor, public_id: UUID) -> RefuserNotice:
    """What a partner was told about a place."""
    found = RefuserNotice.objects.filter(public_id=public_id).first()
    if found is None or not actor.may(NOTICES):
        raise Http404
    return found


def met_by(actor: Actor, public_id: UUID) -> Person:
    """A known person whom the actor may meet again on a form."""
    found = Person.objects.filter(public_id=public_id).first()
    if found is None or not actor.may(RECORD):
        raise Http404
    return found


def tip_met(actor: Actor, public_id: UUID) -> Tip:
    """The tip a contact answers."""
    found = Tip.objects.filter(public_id=public_id).first()
    if found is None or not actor.may(RECORD):
        raise Http404
    return found


def run_met(actor: Actor, public_id: UUID) -> Dispatch:
    """The run of a team that met somebody."""
    found = Dispatch.objects.select_related("tip", "team").filter(public_id=public_id).first()
    if found is None or not actor.may(RECORD):
        raise Http404
    return found


def stop_met(actor: Actor, public_id: UUID) -> PatrolVisit:
    """The stop of the actor's own patrol at which somebody was met."""
    if not actor.may(RECORD):
        raise Http404
    return patrols.walked_visit_for(actor, public_id)


def find_met(actor: Actor, public_id: UUID) -> SweepFind:
    """Somebody found in a sweep of an area that the actor's organisation answers for."""
    if not actor.may(RECORD):
        raise Http404
    return patrols.find_for(actor, public_id)


def may_correct(actor: Actor, encounter: Encounter) -> bool:
    """Whether the actor may mend this entry: its holder, while nobody has."""
    return (
        encounter.owner_org == actor.org_code
        and actor.may(RECORD)
        and not Encounter.objects.filter(corrects=encounter).exists()
    )


def may_decide(actor: Actor, encounter: Encounter, request: ModeRequest | None) -> bool:
    """Whether the actor may approve the mode: four eyes, in the organisation that asked."""
    return (
        request is not None
        and request.state == ModeRequest.State.ASKED
        and actor.may(APPROVE)
        and actor.public_id != request.asked_by_id
        and _answers_for(actor, encounter, APPROVE_DUTY)
    )


def may_review(actor: Actor, encounter: Encounter, request: ModeRequest | None) -> bool:
    """Whether the actor may review an approved mode."""
    return (
        request is not None
        and request.state == ModeRequest.State.APPROVED
        and not request.review
        and actor.may(REVIEW)
        and actor.public_id != request.asked_by_id
        and _answers_for(actor, encounter, REVIEW_DUTY)
    )
