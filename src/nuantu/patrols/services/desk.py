"""What the desk enters for a team: a stop that was told by word, the track of a device."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.retention import keep_until
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolRun, PatrolTrack, PatrolVisit
from nuantu.patrols.rules import track as tracks
from nuantu.patrols.rules.register import doubts_on_zero
from nuantu.patrols.selectors.register import limits_of
from nuantu.patrols.services.counting import count_for_cadence
from nuantu.patrols.services.register_rows import RunRefused, held_run, told_of_run

State = PatrolVisit.State
OUTCOMES: Final = (State.NOBODY, State.MET, State.SKIPPED)
_WHY: dict[str, str | Promise] = {
    tracks.HUGE: _("文件太大或点太多，没有导入。请按一次巡查导出轨迹。"),
    tracks.BROKEN: _("这不是能读的 GPX 文件，可能没有传完整。"),
    tracks.BOMB: _("文件里有不允许的声明，没有读取。"),
    tracks.EMPTY: _("文件里没有轨迹点。"),
    tracks.TIMELESS: _("轨迹点没有时间，不能和巡查对照。"),
    tracks.BACKWARDS: _("轨迹的时间前后颠倒，文件可能被改过，没有导入。"),
    tracks.NOWHERE: _("轨迹里有不存在的坐标，文件可能损坏或被改过。"),
    tracks.ELSEWHEN: _("轨迹的时间不在这次巡查里。请核对文件。"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a team said of a stop by word: the result, when it came and left, who told the desk."""

    outcome: str
    told_by: str
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    count: int = 0
    note: str = ""


def enter_for_team(*, actor: Actor, at: datetime, visit: PatrolVisit, said: Said) -> PatrolVisit:
    """Enter a stop for a team that could not; the entry says who told it, and that the desk wrote it.

    A run that was not begun has begun with its first stop. Raises RunRefused where the team
    recorded the stop itself, nobody is named, or the moments cannot be.
    """
    if said.outcome not in OUTCOMES or not said.told_by.strip():
        raise RunRefused(_("请写明是谁告诉站里的。"), field="told_by")
    with transaction.atomic():
        run = held_run(visit.run)
        visit = PatrolVisit.objects.select_related("key_location").get(pk=visit.pk)
        if visit.is_done and not visit.told_by:
            raise RunRefused(_("队伍自己已经登记过这一站。"))
        if run.state == PatrolRun.State.BROKEN_OFF:
            raise RunRefused(_("这次巡查已经中止。"))
        _write(visit, said, run, at)
        visit.told_by, visit.recorded_by = said.told_by.strip()[:120], actor.name
        visit.entered_at = at
        visit.save()
        if run.state == PatrolRun.State.NOT_BEGUN and visit.arrived_at:
            run.state, run.begun_at, run.begun_by = (
                run.State.UNDER_WAY,
                visit.arrived_at,
                actor.name,
            )
            run.save(update_fields=["state", "begun_at", "begun_by"])
        changes = {"location": visit.place, "state": visit.state, "told_by": visit.told_by,
                   "people": visit.people_count}  # fmt: skip
        told_of_run(run, "visit.by_desk", actor, at, "由站里代记一站", changes)
        if visit.is_done:
            count_for_cadence(actor=actor, at=at, run=run)
    return visit


def _write(visit: PatrolVisit, said: Said, run: PatrolRun, at: datetime) -> None:
    if said.outcome == State.SKIPPED:
        if not said.note.strip():
            raise RunRefused(_("请写明为什么不去。"), field="note")
        visit.state, visit.reason = State.SKIPPED, said.note.strip()[:300]
        visit.arrived_at = visit.left_at = None
        visit.people_count = 0
        return
    arrived, left = said.arrived_at, said.left_at
    if arrived is None or left is None or not run.planned_since - tracks.MARGIN <= arrived <= left:
        raise RunRefused(_("请写清到达和离开的时间，到达在前。"), field="arrived_at")
    if left > at:
        raise RunRefused(_("离开的时间还没有到。"), field="left_at")
    if (said.outcome == State.MET) != (said.count > 0):
        raise RunRefused(_("见到人要写几人；没有人填 0。"), field="count")
    if said.outcome == State.NOBODY and visit.contacts.exists():
        raise RunRefused(_("这一站已经登记了接触，不能记为没有人。"))
    visit.state, visit.note, visit.reason = said.outcome, said.note.strip()[:500], ""
    visit.arrived_at, visit.left_at, visit.people_count = arrived, left, said.count
    limits = limits_of(run.division_code, at)
    visit.doubts = doubts_on_zero(arrived, left, limits) if said.outcome == State.NOBODY else []


def load_track(
    *, actor: Actor, at: datetime, run: PatrolRun, upload: "UploadedFile[bytes]"
) -> PatrolTrack:
    """Keep the track of a device beside a run. Raises RunRefused with what is wrong with the file."""
    book = rules_at(run.division_code, at)
    most_bytes = int(book.need("patrol.track_size").number * 1_000_000)
    if (upload.size or 0) > most_bytes:
        raise RunRefused(_WHY[tracks.HUGE], field="file")
    content = upload.read()
    most_points = int(book.need("patrol.track_points").number)
    try:
        found = tracks.read_track(content, most_bytes, most_points)
        tracks.must_belong(found, run.planned_since, run.planned_until, at)
    except tracks.TrackUnreadable as error:
        raise RunRefused(_WHY[str(error)], field="file") from error
    thin, digest = tracks.thinned(found), hashlib.sha256(content).hexdigest()
    until = keep_until(clock.local(at).date(), int(book.need("keep.evidence").number))
    with transaction.atomic():
        run = held_run(run)
        if run.tracks.filter(digest=digest).exists():
            raise RunRefused(_("这个文件已经导入过。"), field="file")
        row = PatrolTrack.objects.create(
            run=run,
            file_name=(upload.name or "")[-120:],
            digest=digest,
            began_at=thin[0].at,
            ended_at=thin[-1].at,
            seconds=[round((fix.at - thin[0].at).total_seconds()) for fix in thin],
            lats=[round(fix.point[0], 6) for fix in thin],
            lons=[round(fix.point[1], 6) for fix in thin],
            jump_count=tracks.jumps(found, limits_of(run.division_code, at)),
            loaded_by=actor.name,
            recorded_at=at,
            keep_until_date=until,
        )
        changes = {"file": row.file_name, "digest": digest, "points": len(found)}
        told_of_run(run, "track.load", actor, at, "导入设备轨迹", changes)
    return row
