"""A notice is drafted from a case: the fields of F-10, in words that may be published."""

import secrets
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.selectors import organisation
from nuantu.core import clock, files
from nuantu.core.actors import Actor
from nuantu.core.ids import RECEIPT_ALPHABET, new_id
from nuantu.core.models import StoredFile
from nuantu.core.together import attempt, together
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import OLDEST
from nuantu.tracing.models import NoticeVersion, TracingNotice
from nuantu.tracing.rules.framing import Frame, box
from nuantu.tracing.rules.said import SHORTEST_CM, TALLEST_CM
from nuantu.tracing.rules.wording import faults
from nuantu.tracing.services.notices.holding import (
    NoticeRefused,
    held_under_way,
    in_hand,
    published,
)
from nuantu.tracing.services.notices.lines import put_line

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PHOTO: Final = "tracing.notice_photo"
WORDS: Final = ("name", "features", "clothing", "found_place")
FAULTS: Final[dict[str, str | Promise]] = {
    "illness": _("不能写病名、诊断、用药。健康、智力、精神状况只在上面选。"),
    "number": _("除本单位寻亲电话外，不能写电话号码、证件号码。"),
    "place": _("不能写他现在在哪里：机构、房间、床位都不行。家属来电再说。"),
    "money": _("不能写酬谢、账号、收款方式。"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """What a notice says, and on what it rests. Ages in years, heights in centimetres."""

    sex: str
    found_date: date
    found_place: str
    name: str = ""
    age_low: int | None = None
    age_high: int | None = None
    height_low: int | None = None
    height_high: int | None = None
    health: str = "unknown"
    intellect: str = "unknown"
    mental_state: str = "unknown"
    features: str = ""
    clothing: str = ""
    changed_words: str = ""
    minor_basis: str = ""
    danger_basis: str = ""
    own_consent: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """Which photo a notice shows: none, the one of the person, a new one, or the one it has; and what part."""

    which: str = "none"
    upload: "UploadedFile[bytes] | None" = None
    frame: Frame = field(default_factory=Frame)


def draft_notice(
    *, actor: Actor, at: datetime, case: Case, text: Text, photo: Photo | None = None
) -> TracingNotice:
    """Begin a notice. Raises NoticeRefused while another is under way, or for words that may not be
    published."""
    _check(text, case.owner_org, at)
    try:
        with together():
            with attempt():
                notice = TracingNotice.objects.create(
                    public_id=new_id(),
                    division_code=case.division_code,
                    owner_org=case.owner_org,
                    case_id=case.case_id,
                    recorded_at=at,
                    of_case=case,
                    number=_number(case.division_code, at),
                )
            _write(notice, 1, text, photo, actor, at)
            put_line(notice, "notice.draft", actor=actor, at=at, summary="起草寻亲公告")
    except IntegrityError as error:
        raise NoticeRefused(_("这个人已有一份寻亲公告在办，请在那一份里继续。")) from error
    return notice


def draft_next(
    *, actor: Actor, at: datetime, notice: TracingNotice, text: Text, photo: Photo | None = None
) -> NoticeVersion:
    """Begin the next version of a notice that stands, and say what has changed since. Raises NoticeRefused."""
    _check(text, notice.owner_org, at)
    if not text.changed_words.strip():
        raise NoticeRefused(_("请写明和上一版比有什么变化。"), field="changed_words")
    with together():
        found = held_under_way(notice)
        before = published(found)
        if before is None or in_hand(found) is not None:
            raise NoticeRefused(_("还有一版没有办完，请在那一版里改。"))
        made = _write(found, before.version + 1, text, photo, actor, at, before=before)
        put_line(
            found,
            "notice.draft",
            actor=actor,
            at=at,
            summary=f"起草寻亲公告第{made.version}版",
            changes={"note": made.changed_words},
        )
    return made


def correct_draft(
    *,
    actor: Actor,
    at: datetime,
    version: NoticeVersion,
    text: Text,
    photo: Photo | None = None,
) -> NoticeVersion:
    """Write a draft anew; whoever writes counts as who drafted it. Raises NoticeRefused once it waits or
    is approved."""
    _check(text, version.owner_org, at)
    with together():
        notice = held_under_way(version.notice)
        row = in_hand(notice)
        if row is None or row.pk != version.pk or not row.is_in_hand:
            raise NoticeRefused(_("这一版已经送审或审核，不能再改。"))
        _put(row, notice, text, photo, actor, at)
        row.state = NoticeVersion.State.DRAFT
        row.save()
        put_line(notice, "notice.correct", actor=actor, at=at, summary="修改寻亲公告草稿")
    return row


def _number(division_code: str, at: datetime) -> str:
    """County, day, four letters: can be read over the phone and counts nothing."""
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _place in range(4))
    return f"XQ{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"


def _write(
    notice: TracingNotice,
    number: int,
    text: Text,
    photo: Photo | None,
    actor: Actor,
    at: datetime,
    *,
    before: NoticeVersion | None = None,
) -> NoticeVersion:
    row = NoticeVersion(
        division_code=notice.division_code,
        owner_org=notice.owner_org,
        case_id=notice.case_id,
        recorded_at=at,
        notice=notice,
        version=number,
    )
    if before is not None and photo is not None and photo.which == "kept" and before.photo:
        row.photo = files.copy_under(file=before.photo, case_id=notice.of_case.public_id, at=at)
    _put(row, notice, text, photo, actor, at)
    row.save()
    return row


def _put(
    row: NoticeVersion,
    notice: TracingNotice,
    text: Text,
    photo: Photo | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write text and photo into the row; the caller saves it."""
    for one in fields(Text):
        value = getattr(text, one.name)
        setattr(row, one.name, " ".join(value.split()) if isinstance(value, str) else value)
    row.drafted_at, row.drafted_by = at, actor.name
    if actor.account_id is None:
        raise NoticeRefused(_("公告要由有账号的人起草。"))
    row.drafted_by_id = actor.account_id
    if photo is None or photo.which == "kept":
        return
    old, row.photo = row.photo, _picture(photo, notice, actor, at)
    if old is not None:
        row.save()
        files.discard(file=old)


def _picture(photo: Photo, notice: TracingNotice, actor: Actor, at: datetime) -> StoredFile | None:
    """The chosen part of the chosen photo, as a file of its own."""
    if photo.which == "none":
        return None
    upload = photo.upload if photo.which == "new" else _of_person(notice)
    if upload is None:
        raise NoticeRefused(_("请选一张照片，或者选“不放照片”。"), field="photo")
    return files.store(
        upload=files.cut(upload, lambda width, height: box(width, height, photo.frame)),
        division_code=notice.division_code,
        owner_org=notice.owner_org,
        case_id=notice.case_id,
        purpose=PHOTO,
        actor=actor,
        at=at,
    )


def _of_person(notice: TracingNotice) -> "UploadedFile[bytes] | None":
    file = notice.of_case.person.photo
    if file is None:
        return None
    return SimpleUploadedFile("photo", files.read_served(file), content_type=file.media_type)


def _check(text: Text, org_code: str, at: datetime) -> None:
    """Raise NoticeRefused with the field for what cannot be published."""
    if not text.found_place.strip():
        raise NoticeRefused(_("请写在哪里发现的。"), field="found_place")
    if text.found_date > clock.local(at).date():
        raise NoticeRefused(_("发现日期不能是以后的日期。"), field="found_date")
    if not _is_range(text.age_low, text.age_high, 0, OLDEST):
        raise NoticeRefused(_("年龄写两头，从小到大，0到125岁。"), field="age_low")
    if not _is_range(text.height_low, text.height_high, SHORTEST_CM, TALLEST_CM):
        raise NoticeRefused(_("身高写两头，从矮到高，30到250厘米。"), field="height_low")
    check_words(text, org_code)


def check_words(said: Text | NoticeVersion, org_code: str) -> None:
    """Raise NoticeRefused with the field for words that may not be published."""
    line = desk_line(org_code)
    for one in WORDS:
        found = faults(one, getattr(said, one), line)
        if found:
            raise NoticeRefused(str(FAULTS[found[0]]), field=one)


def _is_range(low: int | None, high: int | None, least: int, most: int) -> bool:
    if low is None or high is None:
        return low is high
    return least <= low <= high <= most


def desk_line(org_code: str) -> str:
    """The telephone of the desk of an organisation; empty where none is entered."""
    return organisation(org_code).phone.strip()
