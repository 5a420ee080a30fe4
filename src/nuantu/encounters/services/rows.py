"""The rows of one contact."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, files
from nuantu.core.actors import Actor
from nuantu.core.retention import keep_until
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.encounters.models import (
    Encounter,
    Evidence,
    GoodsLine,
    OfferLine,
    TransferSheet,
)
from nuantu.encounters.rules import outcomes, refusals
from nuantu.encounters.rules.contact import Contact
from nuantu.encounters.services.checking import Checked, EncounterRefused
from nuantu.encounters.services.hiding import hide_photo
from nuantu.operations.selectors import rules_at, team_of_user
from nuantu.patrols.selectors.register import video_limits
from nuantu.persons.models import Case
from nuantu.planbook.rulebook import RuleBook

PURPOSE = "encounters.evidence"


def write_encounter(
    *,
    actor: Actor,
    at: datetime,
    contact: Contact,
    checked: Checked,
    case: Case,
    tip: Tip | None,
    run: Dispatch | None,
    photo_count: int,
    key_hash: str | None,
    corrects: Encounter | None,
    correction_reason: str,
) -> Encounter:
    """The contact itself."""
    place = contact.place
    team = run.team if run is not None else None
    if team is None and actor.is_signed_in and not actor.is_system:
        team = team_of_user(actor.public_id, contact.happened_at)
    evidence = contact.evidence
    if not evidence and contact.outcome == outcomes.REFUSED and photo_count:
        evidence = refusals.EVIDENCE_TAKEN
    return Encounter.objects.create(
        division_code=place.division_code,
        owner_org=actor.org_code,
        case_id=case.case_id,
        recorded_at=at,
        person=case.person,
        happened_at=contact.happened_at,
        place=place.words.strip()[:200],
        place_type=place.type_code,
        lat=place.lat,
        lon=place.lon,
        team=team,
        tip=tip,
        run=run,
        conditions=list(contact.conditions),
        classes=list(checked.judgement.classes),
        capacity=checked.judgement.capacity,
        outcome=contact.outcome,
        rescue_mode=checked.mode,
        level=checked.judgement.level.level,
        is_informed=contact.is_informed,
        refusal_reason=contact.refusal_reason.strip()[:200],
        has_card=contact.has_card,
        card_reason=contact.card_reason.strip()[:120],
        evidence=evidence,
        evidence_reason=contact.evidence_reason.strip()[:120],
        witness=contact.witness.strip()[:60],
        guardian=contact.guardian.strip()[:120],
        revisit_at=checked.revisit_at,
        to_org=contact.to_org if contact.outcome in outcomes.TAKEN_OVER else "",
        note=contact.note.strip()[:1000],
        recorded_by=actor.name,
        corrects=corrects,
        correction_reason=correction_reason.strip()[:200],
        idempotency_hash=key_hash,
    )


def write_parts(*, encounter: Encounter, contact: Contact, checked: Checked) -> None:
    """Offers in the plan's order, goods against the kit, the sheet that goes along."""
    OfferLine.objects.bulk_create(
        OfferLine(
            encounter=encounter,
            position=place,
            code=code,
            answer=contact.offers.get(code) or OfferLine.Answer.NOT_OFFERED,
        )
        for place, code in enumerate(checked.judgement.offer_order, start=1)
    )
    is_owed = contact.outcome in (outcomes.REFUSED, outcomes.GOODS)
    GoodsLine.objects.bulk_create(
        GoodsLine(
            encounter=encounter,
            item_code=line.item.code,
            label=line.item.label[:40],
            label_en=line.item.label_en[:40],
            quantity=line.quantity,
            owed_quantity=line.owed if is_owed else 0,
            missing_reason=line.reason[:120],
        )
        for line in checked.goods
    )
    if contact.outcome in outcomes.TAKEN_OVER:
        _write_sheet(encounter, contact)


def _write_sheet(encounter: Encounter, contact: Contact) -> None:
    sheet = contact.sheet
    TransferSheet.objects.create(
        case_id=encounter.case_ref,
        encounter=encounter,
        escort_unit=sheet.escort_unit.strip()[:120],
        escort_name=sheet.escort_name.strip()[:60],
        escort_number=sheet.escort_number.strip()[:20],
        escort_phone=sheet.escort_phone.strip()[:40],
        health=sheet.health.strip()[:1000],
        found_story=sheet.found_story.strip()[:500],
        check_result=sheet.check_result.strip()[:200],
        suspicion=sheet.suspicion or TransferSheet.Suspicion.NONE,
        belongings=sheet.belongings.strip()[:300],
    )


def _must_be_few(photos: "Sequence[UploadedFile[bytes]]", book: RuleBook) -> None:
    """Photos and videos are counted apart. Raises EncounterRefused."""
    videos = sum(files.is_video(one) for one in photos)
    most = int(book.need("photo.count").number)
    if len(photos) - videos > most:
        raise EncounterRefused(_("最多 %(most)s 张照片。") % {"most": most}, field="photos")
    most = int(book.need("video.count").number)
    if videos > most:
        raise EncounterRefused(_("最多 %(most)s 段视频。") % {"most": most}, field="photos")


def write_photos(
    *,
    actor: Actor,
    at: datetime,
    encounter: Encounter,
    photos: "Sequence[UploadedFile[bytes]]",
    said: Contact | None = None,
) -> list[Evidence]:
    """Photos and short videos as evidence of the case, kept as long as the parameter says (P1-10,
    X13), from the first hidden where what was `said` gives a reason.

    Raises PhotoRefused, and EncounterRefused for more than the parameters allow.
    """
    book = rules_at(encounter.division_code, at)
    _must_be_few(photos, book)
    months = int(book.need("keep.evidence").number)
    until = keep_until(clock.local(encounter.happened_at).date(), months)
    found = []
    for upload in photos:
        file = files.store(
            upload=upload,
            division_code=encounter.division_code,
            owner_org=encounter.owner_org,
            case_id=encounter.case_id,
            purpose=PURPOSE,
            actor=actor,
            at=at,
            video=video_limits(book),
        )
        found.append(
            Evidence.objects.create(
                encounter=encounter,
                file=file,
                taken_at=encounter.happened_at,
                keep_until_date=until,
            )
        )
        if said is not None and said.hidden_for:
            hide_photo(actor=actor, at=at, photo=found[-1], why=said.hidden_for)
    return found
