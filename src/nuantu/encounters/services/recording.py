"""A contact is written down: one transaction, one line, and every promise it makes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, journal, live
from nuantu.core.actors import Actor
from nuantu.core.fields import keyed_hash
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.encounters.models import Encounter, Revisit
from nuantu.encounters.rules.contact import Contact
from nuantu.encounters.services import rows
from nuantu.encounters.services.checking import Checked, EncounterRefused, check
from nuantu.encounters.services.detaching import move_parts
from nuantu.encounters.services.following import follow_up
from nuantu.encounters.services.mending import take_back
from nuantu.encounters.services.people import case_of, subjects_of
from nuantu.encounters.services.tips import bring_in_line, found_on_patrol
from nuantu.encounters.services.visits import answer_revisit
from nuantu.patrols.models import PatrolVisit, SweepFind
from nuantu.patrols.services import note_contact, note_find, replace_contact
from nuantu.persons.models import Case, Person


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of writing a contact down: the row, whether it is new, why its tip is still open."""

    encounter: Encounter
    is_new: bool
    left_open: str = ""


def record_encounter(
    *,
    actor: Actor,
    at: datetime,
    contact: Contact,
    person: Person | None = None,
    tip: Tip | None = None,
    run: Dispatch | None = None,
    revisit: Revisit | None = None,
    stop: PatrolVisit | SweepFind | None = None,
    photos: "Sequence[UploadedFile[bytes]]" = (),
    idempotency_key: str = "",
    corrects: Encounter | None = None,
    correction_reason: str = "",
) -> Recorded:
    """Write one contact down; opens or continues the case, brings tip and run in line.

    1. The same form sent twice is one contact. 2. The rules are asked; what they refuse is not
    written. 3. An urgent find of a patrol becomes a tip, so that 120 and 110 are told. 4. Rows,
    promises and the tip's end follow in the same transaction.

    Raises EncounterRefused or ProtectedPerson (with the field to mend), PhotoRefused.
    """
    key_hash = (
        keyed_hash(f"encounter:{actor.public_id}:{idempotency_key}") if idempotency_key else None
    )
    before = Encounter.objects.filter(idempotency_hash=key_hash).first() if key_hash else None
    if before is not None:
        return Recorded(before, is_new=False)
    checked = check(
        actor=actor,
        at=at,
        contact=contact,
        person=person,
        photo_count=_shown(photos, corrects),
        tip=None if corrects else tip,
    )
    with transaction.atomic():
        if tip is None and corrects is None:
            found = found_on_patrol(actor=actor, at=at, contact=contact, checked=checked)
            if found is not None:
                (tip, run), contact = found, replace(contact, closes_tip=True)
        case = case_of(actor=actor, at=at, contact=contact, checked=checked, person=person, tip=tip)
        encounter = rows.write_encounter(
            actor=actor,
            at=at,
            contact=contact,
            checked=checked,
            case=case,
            tip=tip,
            run=run,
            photo_count=_shown(photos, corrects),
            key_hash=key_hash,
            corrects=corrects,
            correction_reason=correction_reason,
        )
        rows.write_parts(encounter=encounter, contact=contact, checked=checked)
        rows.write_photos(actor=actor, at=at, encounter=encounter, photos=photos, said=contact)
        _write_line(actor, at, encounter, case, contact, checked)
        follow_up(
            actor=actor, at=at, encounter=encounter, case=case, contact=contact, checked=checked
        )
        if revisit is not None:
            answer_revisit(actor=actor, at=at, revisit=revisit, met=encounter)
        if stop is not None:
            _at_stop(actor, at, stop, encounter)
        left_open = (
            bring_in_line(actor=actor, at=at, contact=contact, checked=checked, tip=tip, run=run)
            if tip is not None
            else ""
        )
        events.announce("encounters.encounter_recorded", encounter=str(encounter.public_id))
    return Recorded(encounter, is_new=True, left_open=left_open)


def _shown(photos: "Sequence[UploadedFile[bytes]]", corrects: Encounter | None) -> int:
    """How many pictures prove it, with those of the entry that is corrected."""
    return len(photos) + (corrects.photos.count() if corrects else 0)


def _at_stop(
    actor: Actor, at: datetime, stop: PatrolVisit | SweepFind, encounter: Encounter
) -> None:
    """The register of the patrol, or the report of the sweep, names the contact."""
    subject = Subject("encounter", encounter.public_id)
    if isinstance(stop, SweepFind):
        note_find(actor=actor, at=at, find=stop, led_to=subject, case_id=encounter.case_id)
        return
    note_contact(actor=actor, at=at, visit=stop, contact=subject, case_id=encounter.case_id)


def _write_line(
    actor: Actor,
    at: datetime,
    encounter: Encounter,
    case: Case,
    contact: Contact,
    checked: Checked,
) -> None:
    """The line names the outcome; what was seen and said of health lies sealed."""
    named = [*subjects_of(case, encounter.tip), Subject("encounter", encounter.public_id)]
    if encounter.run is not None:
        named.append(Subject("dispatch", encounter.run.public_id))
    verb = (
        "encounters.encounter.correct" if encounter.corrects_id else "encounters.encounter.record"
    )
    head = "更正接触" if encounter.corrects_id else "街面接触"
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=named,
        division_code=encounter.division_code,
        owner_org=encounter.owner_org,
        case_id=encounter.case_id,
        summary=f"{head}：{stored(encounter.get_outcome_display)}",
        basis="、".join(checked.judgement.treatment.sources)[:200],
        changes={
            "outcome": encounter.outcome,
            "mode": encounter.rescue_mode,
            "level": encounter.level,
            "is_informed": encounter.is_informed,
            "goods": {line.item.code: line.quantity for line in checked.goods},
            "missing": {line.item.code: line.reason for line in checked.goods if line.reason},
            "reason": encounter.correction_reason,
            "value": _given_words(checked, "zh"),
            "value_en": _given_words(checked, "en"),
        },
        sealed={
            "conditions": list(contact.conditions),
            "classes": list(checked.judgement.classes),
            "refusal_reason": contact.refusal_reason,
            "note": contact.note,
        },
        happened_at=contact.happened_at,
    )
    live.hint("encounters", encounter.division_code, encounter.owner_org)
    live.hint("persons", encounter.division_code, encounter.owner_org)


def _given_words(checked: Checked, language: str) -> str:
    """What was handed out, as the timeline reads it: 棉衣×1、食品×2."""
    given = [
        f"{line.item.said_in(language)}×{line.quantity}" for line in checked.goods if line.quantity
    ]
    return (", " if language == "en" else "、").join(given)


def correct_encounter(
    *,
    actor: Actor,
    at: datetime,
    encounter: Encounter,
    contact: Contact,
    reason: str,
    is_other_person: bool = False,
    photos: "Sequence[UploadedFile[bytes]]" = (),
    idempotency_key: str = "",
) -> Recorded:
    """Mend a mistake by a new entry; the old one stays and says which one replaced it.

    What the old entry promised and nobody has done yet is taken back; the new one promises anew.
    `is_other_person`: it was tied to the wrong person; the new entry opens a record of its own, what
    the old one left at the other person moves there, and
    the stop of a patrol or the find of a sweep leads to that one. Raises EncounterRefused without a reason or when it was corrected already.
    """
    if not reason.strip():
        raise EncounterRefused(_("请写明哪里记错了。"), field="correction_reason")
    if Encounter.objects.filter(corrects=encounter).exists():
        raise EncounterRefused(_("这条记录已经更正过，请更正新的那一条。"))
    with transaction.atomic():
        take_back(actor=actor, at=at, encounter=encounter, reason=f"更正：{reason.strip()}")
        done = record_encounter(
            actor=actor,
            at=at,
            contact=contact,
            person=None if is_other_person else encounter.person,
            tip=encounter.tip,
            run=encounter.run,
            photos=photos,
            idempotency_key=idempotency_key,
            corrects=encounter,
            correction_reason=reason,
        )
        old, new = (Subject("encounter", row.public_id) for row in (encounter, done.encounter))
        replace_contact(old=old, new=new, case_id=done.encounter.case_id)
        if is_other_person and done.is_new:
            move_parts(actor=actor, at=at, old=encounter, new=done.encounter)
    return done
