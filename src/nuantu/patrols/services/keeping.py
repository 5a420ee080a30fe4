"""Photos, videos and tracks of patrols are kept until their day, and while they are held (X13)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from nuantu.core import clock, journal
from nuantu.core.actors import SYSTEM
from nuantu.core.retention import MOST_AT_ONCE, delete_past
from nuantu.core.subjects import Subject
from nuantu.patrols.models import PatrolPhoto, PatrolTrack
from nuantu.patrols.services.register_rows import KIND
from nuantu.persons.selectors.holds import held, held_cases


def sweep_photos(*, at: datetime) -> int:
    """Delete the photos and tracks whose day is over and which nothing holds; how many.

    Held are those of a patrol with a hold, and of a patrol on which somebody was met about whose
    case something is open.
    """
    runs, cases = held(KIND), held_cases()
    photos = PatrolPhoto.objects.exclude(
        Q(visit__run__public_id__in=runs) | Q(visit__contacts__case_id__in=cases)
    )
    count = delete_past(
        photos.select_related("visit__run"),
        at=at,
        subject_of=lambda photo: Subject(KIND, photo.visit.run.public_id),
    )
    tracks = PatrolTrack.objects.exclude(
        Q(run__public_id__in=runs) | Q(run__visits__contacts__case_id__in=cases)
    )
    past = tracks.filter(keep_until_date__lt=clock.local(at).date()).select_related("run")
    for track in past.order_by("keep_until_date", "pk")[:MOST_AT_ONCE]:
        _delete_track(track, at)
        count += 1
    return count


def _delete_track(track: PatrolTrack, at: datetime) -> None:
    run = track.run
    with transaction.atomic():
        journal.record(
            verb="patrols.track.delete",
            actor=SYSTEM,
            at=at,
            subjects=[Subject(KIND, run.public_id)],
            division_code=run.division_code,
            owner_org=run.owner_org,
            summary="设备轨迹保存期满，已删除",
            basis=f"保存到 {track.keep_until_date}",
            changes={"digest": track.digest},
        )
        track.delete()
