"""What a team does at a stop: arrive, find nobody, meet people, pass by with a reason, take a photo
or a short video."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, files, scope
from nuantu.core.actors import Actor
from nuantu.core.retention import keep_until
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import (
    PatrolContact,
    PatrolPhoto,
    PatrolRun,
    PatrolVisit,
    SweepFind,
)
from nuantu.patrols.rules.register import QUICK, doubts_on_zero, metres_off
from nuantu.patrols.selectors.register import limits_of, video_limits
from nuantu.patrols.services.counting import count_for_cadence, uncount
from nuantu.patrols.services.hiding import hide_photo
from nuantu.patrols.services.reaching import tell_of_visits
from nuantu.patrols.services.register_rows import (
    RunRefused,
    doubts_at,
    heard,
    held_run,
    must_be_under_way,
    told_of_run,
)
from nuantu.places.rules.told import SILENT, Told
from nuantu.planbook.rulebook import RuleBook

State = PatrolVisit.State
PURPOSE = "patrols.evidence"


def arrive(*, actor: Actor, at: datetime, visit: PatrolVisit, told: Told = SILENT) -> PatrolVisit:
    """The team is there. What the phone says of the place stands beside it and is doubted, not
    believed. Pressed twice it is one arrival; a stop that was passed by may still be visited.

    Raises RunRefused while another stop waits for its result.
    """
    with transaction.atomic():
        run, visit = _held(visit)
        if visit.state == State.ARRIVED:
            return visit
        if visit.is_done:
            raise RunRefused(_("这一站已经登记过了。"))
        waiting = run.visits.filter(state=State.ARRIVED).first()
        if waiting is not None:
            raise RunRefused(_("“%(place)s”还没有登记结果，请先登记。") % {"place": waiting.place})
        _place_told(run, visit, at, told)
        visit.state, visit.arrived_at, visit.reason = State.ARRIVED, at, ""
        visit.recorded_by = actor.name
        visit.save()
        heard(run, actor, at)
        told_of_run(run, "visit.arrive", actor, at, "到达巡查点", {"location": visit.place})
        tell_of_visits(actor=actor, at=at, visits=[visit])
    return visit


def nobody_here(*, actor: Actor, at: datetime, visit: PatrolVisit, note: str = "") -> PatrolVisit:
    """Nobody was there, which is an entry too. Raises RunRefused where people were recorded."""
    with transaction.atomic():
        run, visit = _held(visit)
        if visit.state == State.NOBODY:
            return visit
        _must_have_arrived(visit)
        if visit.contacts.exists():
            raise RunRefused(_("这一站已经登记了接触，不能记为没有人。"))
        arrived = visit.arrived_at or at
        limits = limits_of(run.division_code, at)
        visit.doubts = [*visit.doubts, *doubts_on_zero(arrived, at, limits)]
        visit.people_count = 0
        said = _leave(run, visit, State.NOBODY, actor, at, note)
        told_of_run(run, "visit.nobody", actor, at, "巡查点没有人", said)
        tell_of_visits(actor=actor, at=at, visits=[visit], why=note)
        count_for_cadence(actor=actor, at=at, run=run)
    return visit


def met_people(
    *, actor: Actor, at: datetime, visit: PatrolVisit, count: int, note: str = ""
) -> PatrolVisit:
    """People were there; `count` includes those whose contact was recorded. Raises RunRefused."""
    with transaction.atomic():
        run, visit = _held(visit)
        if visit.state == State.MET:
            return visit
        _must_have_arrived(visit)
        known = visit.contacts.count()
        if count < max(1, known):
            raise RunRefused(
                _("至少 %(n)s 人；没有人请按“没有人”。") % {"n": max(1, known)}, field="count"
            )
        visit.people_count = count
        said = _leave(run, visit, State.MET, actor, at, note)
        told_of_run(run, "visit.met", actor, at, "在巡查点见到人", said)
        tell_of_visits(actor=actor, at=at, visits=[visit], why=note)
        count_for_cadence(actor=actor, at=at, run=run)
    return visit


def pass_by(*, actor: Actor, at: datetime, visit: PatrolVisit, reason: str) -> PatrolVisit:
    """A planned stop is not visited, for a reason. Raises RunRefused without one, or once there."""
    if not reason.strip():
        raise RunRefused(_("请写明为什么不去。"), field="reason")
    with transaction.atomic():
        run, visit = _held(visit)
        if visit.is_done:
            raise RunRefused(_("这一站已经登记过了。"))
        if visit.contacts.exists():
            raise RunRefused(_("这一站已经登记了接触，不能记为没有去。"))
        visit.state, visit.reason = State.SKIPPED, reason.strip()[:300]
        visit.recorded_by = actor.name
        visit.save()
        heard(run, actor, at)
        said = {"location": visit.place, "reason": visit.reason}
        told_of_run(run, "visit.pass_by", actor, at, "没有去一站", said)
        tell_of_visits(actor=actor, at=at, visits=[visit], why=visit.reason)
    return visit


def take_back(*, actor: Actor, at: datetime, visit: PatrolVisit) -> PatrolVisit:
    """Undo a result while the run is under way: the stop is as it was on arrival, or not visited.

    Raises RunRefused where there is nothing to take back or another stop is open.
    """
    with transaction.atomic():
        run, visit = _held(visit)
        if visit.state not in (State.NOBODY, State.MET, State.SKIPPED):
            raise RunRefused(_("这一站还没有结果。"))
        if visit.arrived_at and run.visits.filter(state=State.ARRIVED).exists():
            raise RunRefused(_("请先登记正在的那一站。"))
        before = visit.state
        visit.state = State.ARRIVED if visit.arrived_at else State.PLANNED
        visit.left_at, visit.reason = None, ""
        visit.people_count = visit.contacts.count()
        visit.doubts = [code for code in visit.doubts if code != QUICK]
        visit.save()
        heard(run, actor, at)
        said = {"location": visit.place, "was": before}
        told_of_run(run, "visit.take_back", actor, at, "改登记", said)
        tell_of_visits(actor=actor, at=at, visits=[visit])
        uncount(actor=actor, at=at, run=run)
    return visit


def add_photo(
    *,
    actor: Actor,
    at: datetime,
    visit: PatrolVisit,
    upload: "UploadedFile[bytes]",
    hidden_for: str = "",
) -> PatrolPhoto:
    """Keep a photo or short video of a stop as evidence (P1-18), for as long as the parameter says
    (X13).

    Raises PhotoRefused, and RunRefused before arrival or above the number allowed.
    """
    with transaction.atomic():
        run, visit = _held(visit)
        if visit.arrived_at is None:
            raise RunRefused(_("请先按“到达”，再拍照。"), field="photo")
        book = rules_at(run.division_code, at)
        _must_have_room(visit, book, is_video=files.is_video(upload))
        file = files.store(
            upload=upload,
            division_code=run.division_code,
            owner_org=run.owner_org,
            case_id=None,
            purpose=PURPOSE,
            actor=actor,
            at=at,
            video=video_limits(book),
        )
        months = int(book.need("keep.evidence").number)
        until = keep_until(clock.local(at).date(), months)
        photo = PatrolPhoto.objects.create(
            visit=visit, file=file, taken_at=at, keep_until_date=until
        )
        heard(run, actor, at)
        said = {"location": visit.place, "digest": file.original_digest}
        words = "录像留存" if file.is_video else "拍照留存"
        told_of_run(run, "photo.add", actor, at, words, said)
        if hidden_for:
            hide_photo(actor=actor, at=at, photo=photo, why=hidden_for)
    return photo


def note_contact(
    *, actor: Actor, at: datetime, visit: PatrolVisit, contact: Subject, case_id: UUID | None
) -> PatrolContact:
    """A package above recorded a contact at this stop; told twice it is one.

    The stop stays open until the team says how many it met. A form that was sent after the run
    ended is still taken in. Raises RunRefused before arrival.
    """
    with transaction.atomic():
        run = held_run(visit.run)
        visit = PatrolVisit.objects.get(pk=visit.pk)
        if visit.arrived_at is None:
            raise RunRefused(_("请先按“到达”。"))
        row, is_new = PatrolContact.objects.get_or_create(
            subject_kind=contact.kind,
            subject_id=contact.public_id,
            defaults={"visit": visit, "case_id": case_id, "noted_at": at},
        )
        if is_new:
            visit.people_count = max(visit.people_count, visit.contacts.count())
            if visit.state in (State.NOBODY, State.MET):
                visit.state = State.MET
            else:
                visit.people_count = visit.contacts.count()
            visit.save()
            if run.is_under_way:
                heard(run, actor, at)
    return row


def replace_contact(*, old: Subject, new: Subject, case_id: UUID | None) -> None:
    """A contact was corrected by a new entry: the stop or the find where it was made leads to that one,
    and is erased with its case."""
    with scope.system("a corrected contact is tied to the stop where it was made"):
        for model in (PatrolContact, SweepFind):
            model.objects.filter(subject_kind=old.kind, subject_id=old.public_id).update(
                subject_id=new.public_id, case_id=case_id
            )


def _must_have_room(visit: PatrolVisit, book: RuleBook, *, is_video: bool) -> None:
    """Photos and videos of a stop are counted apart. Raises RunRefused."""
    most = int(book.need("video.count" if is_video else "photo.count").number)
    kept = [row.file.is_video for row in visit.photos.select_related("file")]
    if kept.count(is_video) >= most:
        words = _("一站最多 %(most)s 段视频。") if is_video else _("一站最多 %(most)s 张照片。")
        raise RunRefused(words % {"most": most}, field="photo")


def _held(visit: PatrolVisit) -> tuple[PatrolRun, PatrolVisit]:
    run = held_run(visit.run)
    must_be_under_way(run)
    return run, PatrolVisit.objects.select_related("key_location").get(pk=visit.pk)


def _must_have_arrived(visit: PatrolVisit) -> None:
    if visit.state != State.ARRIVED:
        raise RunRefused(_("请先按“到达”，再登记结果。"))


def _leave(
    run: PatrolRun, visit: PatrolVisit, state: State, actor: Actor, at: datetime, note: str
) -> dict[str, object]:
    """Write the result; what the line of the journal says of it."""
    visit.state, visit.note = state, note.strip()[:500]
    visit.left_at = max(at, visit.arrived_at or at)
    visit.recorded_by = actor.name
    visit.save()
    heard(run, actor, at)
    return {"location": visit.place, "people": visit.people_count, "doubts": visit.doubts}


def _place_told(run: PatrolRun, visit: PatrolVisit, at: datetime, told: Told) -> None:
    """Where the phone says it is, how far off, and whether that is believed."""
    place = (visit.lat, visit.lon) if visit.lat is not None and visit.lon is not None else None
    point = told.point
    visit.off_metres = metres_off(told, place)
    visit.told_lat, visit.told_lon = point or (None, None)
    visit.told_accuracy_metres = told.accuracy_metres if point else None
    visit.doubts = doubts_at(run, at, told, visit.off_metres)
