"""Photos of a tip: held while the reporter still writes, then part of the tip."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nuantu.core import files, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import StoredFile
from nuantu.dispatch.models import Tip, TipPhoto
from nuantu.dispatch.selectors.placing import holder_of, home_division
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.dispatch.services.rows import write_for, write_line

HELD, OF_TIP = "dispatch.photo.held", "dispatch.photo"
HELD_FOR = timedelta(hours=24)


class TooManyPhotos(Refusal):
    """A tip carries only so many photos."""


def hold_photo(
    *, actor: Actor, at: datetime, upload: "UploadedFile[bytes]", held: int = 0
) -> StoredFile:
    """Keep a photo until its tip is sent; `held` are waiting already.

    Raises PhotoRefused, TooManyPhotos.
    """
    home = home_division()
    _check_count(held, home, at)
    holder, _is_outside = holder_of(home, home)
    with scope.system("a photo waits for the tip it belongs to"):
        return files.store(
            upload=upload,
            division_code=home,
            owner_org=holder.code,
            case_id=None,
            purpose=HELD,
            actor=actor,
            at=at,
        )


def attach_photos(*, actor: Actor, at: datetime, tip: Tip, held: Iterable[str]) -> int:
    """Give the held photos to their tip; those that are gone or taken are left out."""
    with scope.system("a photo follows the tip it was taken for"):
        rows = list(StoredFile.objects.filter(public_id__in=list(held), purpose=HELD))
        StoredFile.objects.filter(pk__in=[row.pk for row in rows]).update(
            purpose=OF_TIP,
            division_code=tip.division_code,
            owner_org=tip.owner_org,
            case_id=tip.case_id,
        )
        TipPhoto.objects.bulk_create([TipPhoto(tip=tip, file=row, added_at=at) for row in rows])
        if rows:
            _write(actor, at, tip, rows)
    return len(rows)


def add_photo(*, actor: Actor, at: datetime, tip: Tip, upload: "UploadedFile[bytes]") -> TipPhoto:
    """Add a photo to a tip. Raises PhotoRefused, TooManyPhotos (parameter photo.count)."""
    with write_for(actor, tip.owner_org):
        _check_count(TipPhoto.objects.filter(tip=tip).count(), tip.division_code, at)
        row = files.store(
            upload=upload,
            division_code=tip.division_code,
            owner_org=tip.owner_org,
            case_id=tip.case_id,
            purpose=OF_TIP,
            actor=actor,
            at=at,
        )
        photo = TipPhoto.objects.create(tip=tip, file=row, added_at=at)
        _write(actor, at, tip, [row])
    return photo


def _check_count(count: int, division_code: str, at: datetime) -> None:
    most = int(rulings_at(division_code, at).book.need("photo.count").number)
    if count >= most:
        raise TooManyPhotos(_("一条线索最多 %(most)s 张照片。") % {"most": most}, field="photo")


def _write(actor: Actor, at: datetime, tip: Tip, rows: list[StoredFile]) -> None:
    write_line(
        verb="dispatch.photo.add",
        actor=actor,
        at=at,
        tip=tip,
        summary=f"收到照片 {len(rows)} 张",
        changes={"digests": [row.original_digest for row in rows]},
    )


def sweep_held_photos(*, at: datetime) -> int:
    """Throw away photos whose report was never sent; how many. Their key goes first."""
    old = StoredFile.objects.filter(purpose=HELD, recorded_at__lt=at - HELD_FOR)
    rows = list(old[:200])
    for row in rows:
        files.discard(file=row)
    return len(rows)
