"""A contact was tied to the wrong person: what it left there moves to the right one, and back."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import files, journal, scope
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.encounters.models import Encounter, Evidence
from nuantu.encounters.services.checking import EncounterRefused
from nuantu.persons.models import Case, PersonFact
from nuantu.persons.services.moving import move_facts

WHY: Final = "what a contact left at the wrong person may lie with another organisation by now"
MOVED, BACK = "encounters.encounter.move_parts", "encounters.encounter.put_parts_back"
_SUMMARY: Final = {
    "move_parts": "接触认错了人，连同照片和内容更正到另一人名下",
    "put_parts_back": "原来没有认错人，照片和内容放回原来的人名下",
}


def move_parts(*, actor: Actor, at: datetime, old: Encounter, new: Encounter) -> None:
    """Photos, videos and facts of a contact go where its correction is; one line stands with both
    people, also where there is nothing to move.

    Facts are those that were written with it, at its moment and by its hand. What cannot be read any
    more stays.
    """
    with transaction.atomic(), scope.system(WHY):
        facts = PersonFact.objects.filter(
            person=old.person,
            case_id=old.case_id,
            noted_at=old.recorded_at,
            noted_by=old.recorded_by,
        )
        said = _move(actor, at, list(facts.select_related("person")), old, new)
        _note("move_parts", actor, at, new, old, said)


def put_parts_back(*, actor: Actor, at: datetime, encounter: Encounter) -> None:
    """The first record was right after all: what was moved goes back to it.

    Raises EncounterRefused where nothing was moved, or it was put back before.
    """
    with transaction.atomic(), scope.system(WHY):
        old = encounter.corrects
        said = moved_of(encounter)
        if old is None or said is None:
            raise EncounterRefused(_("没有移走的内容，不用放回。"))
        facts = PersonFact.objects.filter(public_id__in=said["facts"])
        back = _move(
            actor, at, list(facts.select_related("person")), encounter, old, said["photos"]
        )
        _note("put_parts_back", actor, at, encounter, old, back)


def moved_of(encounter: Encounter) -> dict[str, list[str]] | None:
    """The ids of what was moved to a correction and not put back; None where there is nothing."""
    lines = journal.timeline(Subject("encounter", encounter.public_id)).filter(
        verb__in=(MOVED, BACK)
    )
    last = lines.order_by("-recorded_at", "-pk").first()
    if last is None or last.verb == BACK:
        return None
    parts = {name: list(last.changes.get(name, ())) for name in ("facts", "photos")}
    return parts if any(parts.values()) else None


def _move(
    actor: Actor,
    at: datetime,
    facts: list[PersonFact],
    old: Encounter,
    new: Encounter,
    only: list[str] | None = None,
) -> dict[str, list[str]]:
    case_id = new.case_ref
    case = Case.objects.select_related("person").get(case_id=case_id)
    move_facts(actor=actor, at=at, facts=facts, to=case)
    photos = []
    for photo in Evidence.objects.filter(encounter=old).select_related("file"):
        if only is None or str(photo.public_id) in only:
            before = photo.file
            photo.file = files.copy_under(file=before, case_id=case_id, at=at)
            photo.encounter = new
            photo.save()
            files.discard(file=before)
            photos.append(str(photo.public_id))
    return {"facts": [str(fact.public_id) for fact in facts], "photos": photos}


def _note(
    deed: str,
    actor: Actor,
    at: datetime,
    new: Encounter,
    old: Encounter,
    said: dict[str, list[str]],
) -> None:
    journal.record(
        verb=f"encounters.encounter.{deed}",
        actor=actor,
        at=at,
        subjects=[subject for row in (new, old) for subject in _subjects(row)],
        division_code=new.division_code,
        owner_org=new.owner_org,
        case_id=new.case_id,
        summary=_SUMMARY[deed],
        changes=dict(said),
    )


def _subjects(encounter: Encounter) -> tuple[Subject, ...]:
    return (
        Subject("encounter", encounter.public_id),
        Subject("person", encounter.person.public_id),
        Subject("case", encounter.case_ref),
    )
