"""Signing a paper: drawn on the screen, or the signed sheet photographed."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from nuantu.core import files
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import StoredFile
from nuantu.papers.models import Paper, PaperSignature, PaperVersion
from nuantu.papers.rules.kinds import Field
from nuantu.papers.selectors import kinds
from nuantu.papers.services.issuing import current_version
from nuantu.papers.services.lines import note

PURPOSE: Final = "paper_signature"
SCANNED: Final = "扫描件"
DATA_URL: Final = "data:image/png;base64,"
MOST_DRAWN: Final = 400_000
LARGEST_SIDE: Final = 2400
FEWEST_DARK: Final = 60


class SigningRefused(Refusal):
    """Nothing was drawn, the place is taken, or the paper is void."""


def sign_on_screen(
    *, actor: Actor, at: datetime, paper: Paper, slot: str, drawn: str, version: int
) -> PaperSignature:
    """Put a signature drawn on the screen (a PNG data URL) into its place on the version that was read.

    Raises SigningRefused where nothing was drawn, somebody signed there before, or that version is
    in force no more.
    """
    kind = kinds.kinds()[paper.kind]
    place = next((one for one in kind.signatures if one.code == slot), None)
    if place is None:
        raise SigningRefused(_("请选择签名的位置。"), field="slot")
    upload = SimpleUploadedFile("signature.png", _picture(drawn), content_type="image/png")
    try:
        with transaction.atomic():
            paper.refresh_from_db(from_queryset=Paper.objects.select_for_update())
            if paper.version != version:
                raise SigningRefused(_("这份文书刚重新出具，内容变了。请读过新的一版再签。"))
            return _keep(
                actor, at, current_version(paper), PaperSignature.Way.SCREEN, upload, place
            )
    except IntegrityError as error:
        raise SigningRefused(_("这个位置已经签过名；要改请重新出具。"), field="slot") from error


def sign_on_paper(
    *,
    actor: Actor,
    at: datetime,
    paper: Paper,
    upload: "UploadedFile[bytes]",
    version: int,
    places: Sequence[str],
) -> PaperSignature:
    """Keep a photo or scan of the signed sheet of a version, with the places that are signed on it.

    Raises SigningRefused and PhotoRefused.
    """
    known = {one.code for one in kinds.kinds()[paper.kind].signatures}
    if known and (not places or not known.issuperset(places)):
        raise SigningRefused(_("请选择纸上哪些位置签了名。"), field="places")
    with transaction.atomic():
        paper.refresh_from_db(from_queryset=Paper.objects.select_for_update())
        signed = paper.versions.select_related("paper").filter(version=version).first()
        if signed is None:
            raise SigningRefused(_("请选择签的是哪一版。"), field="version")
        return _keep(actor, at, signed, PaperSignature.Way.SCAN, upload, places=tuple(places))


def _keep(
    actor: Actor,
    at: datetime,
    version: PaperVersion,
    way: PaperSignature.Way,
    upload: "UploadedFile[bytes]",
    place: Field | None = None,
    places: tuple[str, ...] = (),
) -> PaperSignature:
    paper = version.paper
    kind = kinds.kinds()[paper.kind]
    if paper.is_void:
        raise SigningRefused(_("这份文书已经作废，不能再签名。"))
    file = _stored(actor, at, paper, upload)
    signature = PaperSignature.objects.create(
        issued=version,
        slot=place.code if place else "",
        way=way,
        places=list(places),
        file=file,
        signed_at=at,
        recorded_by=actor.name,
    )
    note(
        verb="papers.paper.sign",
        actor=actor,
        at=at,
        paper=paper,
        summary=f"签署文书：{kind.zh} {paper.number} {place.zh if place else SCANNED}",
        changes={
            "kind_en": kind.en,
            "place_en": place.en if place else "scan of the signed sheet",
            "version": version.version,
            "way": way.value,
            "places": list(places),
            "digest": file.original_digest,
            "values_digest": version.values_digest,
        },
    )
    return signature


def _stored(actor: Actor, at: datetime, paper: Paper, upload: "UploadedFile[bytes]") -> StoredFile:
    return files.store(
        upload=upload,
        division_code=paper.division_code,
        owner_org=paper.owner_org,
        case_id=paper.case_id,
        purpose=PURPOSE,
        actor=actor,
        at=at,
    )


def _picture(drawn: str) -> bytes:
    """The PNG behind a data URL, with something drawn on it. Raises SigningRefused."""
    nothing = SigningRefused(_("还没有签名，请在框里手写。"), field="drawn")
    if not drawn.startswith(DATA_URL) or len(drawn) > MOST_DRAWN:
        raise nothing
    try:
        content = base64.b64decode(drawn[len(DATA_URL) :], validate=True)
        image = Image.open(BytesIO(content), formats=("PNG",))
        if max(image.size) > LARGEST_SIDE:
            raise nothing
        shown = Image.new("RGBA", image.size, "white")
        shown.alpha_composite(image.convert("RGBA"))
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise nothing from error
    if sum(shown.convert("L").histogram()[:128]) < FEWEST_DARK:
        raise nothing
    return content
