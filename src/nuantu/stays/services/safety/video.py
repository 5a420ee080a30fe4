"""The register of cameras and of recordings that may not be overwritten; no video is kept here."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, open_duty
from nuantu.planbook.deadlines import local_day, months_later, start_of
from nuantu.stays.models import Camera, VideoHold
from nuantu.stays.services.safety.lines import keep_duties, note_safety

SAVE = "video.save"


class VideoRefused(Refusal):
    """A camera or hold that cannot be put down like this."""


def subject_of(camera: Camera) -> Subject:
    """A camera as journal lines name it."""
    return Subject("camera", camera.public_id)


def hold_subject(hold: VideoHold) -> Subject:
    """A hold as duties name it."""
    return Subject("video_hold", hold.public_id)


def set_camera(*, actor: Actor, at: datetime, name: str, place: str, keep_months: int) -> Camera:
    """A camera of the actor's station. Raises VideoRefused for a shorter term than the law's, or a name twice."""
    least = int(rules_at(actor.division_code, at).need("video.keep").number)
    if keep_months < least:
        words = _("录像至少保存%(least)s个月。") % {"least": least}
        raise VideoRefused(words, field="keep_months")
    try:
        with transaction.atomic():
            row = Camera.objects.create(
                division_code=actor.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
                name=name.strip(),
                place=place.strip(),
                keep_months=keep_months,
            )
            note_safety(
                verb="stays.camera.add",
                actor=actor,
                at=at,
                subject=subject_of(row),
                row=row,
                summary=f"登记摄像头：{row.name}",
            )
    except IntegrityError as error:
        raise VideoRefused(_("已经有同名的摄像头。"), field="name") from error
    return row


def hold_video(
    *,
    actor: Actor,
    at: datetime,
    camera: Camera,
    from_at: datetime,
    until_at: datetime,
    reason: str,
    asked_by: str,
) -> VideoHold:
    """Recordings of a time may not be overwritten: saving them elsewhere is owed before they would be.

    Raises VideoRefused for a time that is over its term, lies ahead or runs backwards, or without words.
    """
    if until_at <= from_at or from_at > at:
        raise VideoRefused(_("起止时间不对：开始要早于结束，也不能晚于现在。"), field="until_at")
    if not reason.strip() or not asked_by.strip():
        raise VideoRefused(_("请写明为什么保全、谁要求的。"), field="reason")
    ends = start_of(months_later(local_day(from_at), camera.keep_months))
    if ends <= at:
        words = _("这段录像已过%(months)s个月保存期，可能已被覆盖，请到录像机上核实。")
        raise VideoRefused(words % {"months": camera.keep_months}, field="from_at")
    ruling = rules_at(camera.division_code, at).need("video.keep")
    with transaction.atomic():
        row = VideoHold.objects.create(
            camera=camera,
            from_at=from_at,
            until_at=until_at,
            reason=reason.strip()[:200],
            asked_by=asked_by.strip()[:80],
            placed_at=at,
            placed_by=actor.name,
            placed_by_id=actor.account_id,
            overwritten_from_at=ends,
        )
        open_duty(
            actor=actor,
            at=at,
            kind=SAVE,
            title=f"保全录像：{camera.name}",
            title_en="Save a recording before it is overwritten",
            subject=hold_subject(row),
            owner_org=camera.owner_org,
            division_code=camera.division_code,
            due_at=ends,
            basis=ruling.source,
            basis_rule="P9-25",
        )
        note_safety(
            verb="stays.video.hold",
            actor=actor,
            at=at,
            subject=subject_of(camera),
            row=camera,
            summary=f"录像保全：{camera.name}",
            reason=row.reason,
        )
    return row


def save_video(*, actor: Actor, at: datetime, hold: VideoHold, kept_in: str) -> VideoHold:
    """The recording was copied: where it lies. Raises VideoRefused without words or twice."""
    if not kept_in.strip():
        raise VideoRefused(_("请写明拷贝存放在哪里、编号。"), field="kept_in")
    with transaction.atomic():
        row = _held(hold)
        row.saved_at, row.saved_by, row.kept_in = at, actor.name, kept_in.strip()[:80]
        row.save()
        keep_duties(actor=actor, at=at, subject=hold_subject(row), kind=SAVE, words=row.kept_in)
        note_safety(
            verb="stays.video.save",
            actor=actor,
            at=at,
            subject=subject_of(row.camera),
            row=row.camera,
            summary=f"录像已拷贝：{row.camera.name}",
            kept_in=row.kept_in,
        )
    return row


def release_video(*, actor: Actor, at: datetime, hold: VideoHold, reason: str) -> VideoHold:
    """Nobody needs it any more, says somebody else than who placed the hold. Raises VideoRefused for
    one's own hold, without a reason or twice."""
    if not reason.strip():
        raise VideoRefused(_("请写明为什么不再需要。"), field="reason")
    with transaction.atomic():
        row = _held(hold, is_saving=False)
        if is_own(row, actor):
            raise VideoRefused(_("登记保全的人不能自己解除，请另一位负责人办理。"), field="reason")
        row.released_at, row.released_by = at, actor.name
        row.released_by_id = actor.account_id
        row.release_reason = reason.strip()[:200]
        row.save()
        for duty in Duty.objects.filter(subject_id=row.public_id, kind=SAVE, state=Duty.State.OPEN):
            cancel_duty(actor=actor, at=at, duty=duty, reason=row.release_reason)
        note_safety(
            verb="stays.video.release",
            actor=actor,
            at=at,
            subject=subject_of(row.camera),
            row=row.camera,
            summary=f"解除录像保全：{row.camera.name}",
            reason=row.release_reason,
        )
    return row


def is_own(hold: VideoHold, actor: Actor) -> bool:
    """Whether the same account placed it; by name only where a row from before has no account."""
    if hold.placed_by_id is None:
        return hold.placed_by == actor.name
    return hold.placed_by_id == actor.account_id


def _held(hold: VideoHold, *, is_saving: bool = True) -> VideoHold:
    row = VideoHold.objects.select_for_update(of=("self",)).select_related("camera").get(pk=hold.pk)
    if row.released_at is not None or (is_saving and row.saved_at is not None):
        raise VideoRefused(_("这条保全已经办过，请刷新看现在的状态。"))
    return row
