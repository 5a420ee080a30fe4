"""Hazards: raised, given to somebody, mended, looked at again by another person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import files
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import StoredFile
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, open_duty
from nuantu.stays.models import CheckLine, Hazard, Inspection
from nuantu.stays.rules.safety import is_other_person
from nuantu.stays.services.safety.lines import keep_duties, note_safety

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MEND, LOOK_AGAIN = "safety.hazard", "safety.recheck"
PHOTO = "stays.hazard"


class HazardRefused(Refusal):
    """This cannot be done with the hazard as it stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is not in order, where, and who is to mend it. `photo` is the upload as it came."""

    what: str
    source: str = "report"
    place: str = ""
    is_urgent: bool = False
    photo: "UploadedFile[bytes] | None" = None
    mender: User | None = None
    check_line: CheckLine | None = None
    inspection: Inspection | None = None


def raise_hazard(
    *, actor: Actor, at: datetime, found: Found, owner_org: str = "", division_code: str = ""
) -> Hazard:
    """Put down a hazard of a station (the actor's own unless named) with its deadline as a duty.

    Raises HazardRefused without words, PhotoRefused for what is no photo.
    """
    if not found.what.strip():
        raise HazardRefused(_("请写明什么不对。"), field="what")
    org, division = owner_org or actor.org_code, division_code or actor.division_code
    ruling = rules_at(division, at).need(
        "safety.hazard", key="urgent" if found.is_urgent else "normal"
    )
    with transaction.atomic():
        row = Hazard.objects.create(
            division_code=division,
            owner_org=org,
            recorded_at=at,
            source=found.source,
            what=found.what.strip()[:300],
            place=found.place.strip()[:80],
            is_urgent=found.is_urgent,
            found_at=at,
            found_by=actor.name,
            mender=found.mender,
            due_at=at + timedelta(hours=ruling.number),
            photo=_kept(actor, at, org, division, found.photo),
            check_line=found.check_line,
            inspection=found.inspection,
        )
        _owe(actor, at, row, ruling.source)
        note_safety(
            verb="stays.hazard.raise",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"发现隐患：{row.what}",
            place=row.place,
            mender=found.mender.name if found.mender else "",
        )
    return row


def subject_of(row: Hazard) -> Subject:
    """A hazard as duties and journal lines name it."""
    return Subject("hazard", row.public_id)


def _kept(
    actor: Actor,
    at: datetime,
    org: str,
    division: str,
    upload: "UploadedFile[bytes] | None",
) -> StoredFile | None:
    if not upload:
        return None
    return files.store(
        upload=upload,
        division_code=division,
        owner_org=org,
        case_id=None,
        purpose=PHOTO,
        actor=actor,
        at=at,
    )


def _owe(actor: Actor, at: datetime, row: Hazard, basis: str) -> None:
    open_duty(
        actor=actor,
        at=at,
        kind=MEND,
        title="整改安全隐患",
        title_en="Mend a safety hazard",
        subject=subject_of(row),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=max(row.due_at, at),
        basis=basis[:200],
        basis_rule="P9-26",
        assignee=row.mender,
    )


def assign_hazard(
    *, actor: Actor, at: datetime, hazard: Hazard, mender: User, due_at: datetime, reason: str
) -> Hazard:
    """Say who mends it and until when; a later deadline needs a reason.

    Raises HazardRefused when it is mended already, for a moment that is over, without a reason.
    """
    if hazard.state != Hazard.State.OPEN:
        raise HazardRefused(_("这条隐患已经整改，不用再指派。"))
    if due_at <= at:
        raise HazardRefused(_("整改期限要晚于现在。"), field="due_at")
    if due_at > hazard.due_at and not reason.strip():
        raise HazardRefused(_("延长整改期限要写明原因。"), field="reason")
    before, hazard.mender, hazard.due_at = hazard.due_at, mender, due_at
    with transaction.atomic():
        hazard.save(update_fields=["mender", "due_at"])
        for duty in Duty.objects.filter(
            subject_id=hazard.public_id, kind=MEND, state=Duty.State.OPEN
        ):
            cancel_duty(actor=actor, at=at, duty=duty, reason=f"改派{mender.name}")
        _owe(actor, at, hazard, f"{actor.name}：{reason.strip() or '指派整改'}")
        note_safety(
            verb="stays.hazard.assign",
            actor=actor,
            at=at,
            subject=subject_of(hazard),
            row=hazard,
            summary=f"指派整改：{mender.name}",
            due_at=[before.isoformat(), due_at.isoformat()],
            reason=reason.strip(),
        )
    return hazard


def repair_hazard(
    *,
    actor: Actor,
    at: datetime,
    hazard: Hazard,
    note_text: str,
    photo: "UploadedFile[bytes] | None" = None,
) -> Hazard:
    """It was mended: what was done, with a photo; another person is asked to look again.

    Raises HazardRefused without words, or when somebody was faster.
    """
    if not note_text.strip():
        raise HazardRefused(_("请写明怎么整改的。"), field="note_text")
    ruling = rules_at(hazard.division_code, at).need("safety.recheck")
    with transaction.atomic():
        hazard = _held(hazard, Hazard.State.OPEN)
        hazard.state = Hazard.State.REPAIRED
        hazard.repaired_at, hazard.repaired_by = at, actor.name
        hazard.repaired_by_id = user_of(actor).public_id
        hazard.repair_note = note_text.strip()[:300]
        hazard.repair_photo = _kept(actor, at, hazard.owner_org, hazard.division_code, photo)
        hazard.save()
        keep_duties(
            actor=actor, at=at, subject=subject_of(hazard), kind=MEND, words=hazard.repair_note
        )
        open_duty(
            actor=actor,
            at=at,
            kind=LOOK_AGAIN,
            title="复查隐患整改（由另一人）",
            title_en="Look at a repair again (another person)",
            subject=subject_of(hazard),
            owner_org=hazard.owner_org,
            division_code=hazard.division_code,
            due_at=at + timedelta(days=ruling.number),
            basis=ruling.source,
            basis_rule="P9-26",
        )
        note_safety(
            verb="stays.hazard.repair",
            actor=actor,
            at=at,
            subject=subject_of(hazard),
            row=hazard,
            summary=f"隐患已整改：{hazard.what}",
            note=hazard.repair_note,
            photo=hazard.repair_photo.public_id if hazard.repair_photo else None,
        )
    return hazard


def recheck_hazard(
    *, actor: Actor, at: datetime, hazard: Hazard, is_mended: bool, note_text: str
) -> Hazard:
    """Another person looked: closed, or owed anew within the urgent term.

    Raises HazardRefused for whoever mended it himself, or without words where it is not in order.
    """
    if not is_mended and not note_text.strip():
        raise HazardRefused(_("没有改好的，请写明还差什么。"), field="note_text")
    with transaction.atomic():
        hazard = _held(hazard, Hazard.State.REPAIRED)
        looker = user_of(actor)
        if not is_other_person(hazard.repaired_by_id, looker.public_id):
            raise HazardRefused(_("整改的人不能自己复查，请另一位同事来看。"))
        hazard.rechecked_at, hazard.rechecked_by = at, actor.name
        hazard.rechecked_by_id = looker.public_id
        hazard.recheck_note = note_text.strip()[:300]
        words = hazard.recheck_note or "已改好"
        keep_duties(actor=actor, at=at, subject=subject_of(hazard), kind=LOOK_AGAIN, words=words)
        if is_mended:
            hazard.state = Hazard.State.CLOSED
        else:
            _ask_again(actor, at, hazard)
        hazard.save()
        outcome = "复查合格" if is_mended else "复查不合格"
        note_safety(
            verb="stays.hazard.recheck",
            actor=actor,
            at=at,
            subject=subject_of(hazard),
            row=hazard,
            summary=f"{outcome}：{hazard.what}",
            note=hazard.recheck_note,
            is_mended=is_mended,
        )
    return hazard


def _ask_again(actor: Actor, at: datetime, hazard: Hazard) -> None:
    ruling = rules_at(hazard.division_code, at).need("safety.hazard", key="urgent")
    hazard.state = Hazard.State.OPEN
    hazard.round_count += 1
    hazard.due_at = at + timedelta(hours=ruling.number)
    _owe(actor, at, hazard, ruling.source)


def _held(hazard: Hazard, state: str) -> Hazard:
    """The row, held until the transaction ends. Raises HazardRefused when it moved on."""
    row = Hazard.objects.select_for_update(of=("self",)).get(pk=hazard.pk)
    if row.state != state:
        raise HazardRefused(_("这条隐患已经由别人处理，请刷新看现在的状态。"))
    return row


def user_of(actor: Actor) -> User:
    """The account behind an actor. Raises HazardRefused for a program."""
    found = User.objects.filter(public_id=actor.public_id).first()
    if found is None:
        raise HazardRefused(_("要由本人登录办理。"))
    return found
