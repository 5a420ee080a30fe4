"""A notice goes out to a channel with proof, is renewed there, comes down with proof; a failure is said."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from nuantu.core import files
from nuantu.core.actors import Actor
from nuantu.core.models import StoredFile
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt, together
from nuantu.stays.rules import clocks
from nuantu.stays.services.clocks import keep_clock
from nuantu.stays.services.clocks import owed as owed_of_stay
from nuantu.tracing.models import ChannelForm, NoticeVersion, Posting, PostingProof, TracingNotice
from nuantu.tracing.selectors import publishing
from nuantu.tracing.selectors.channels import Channel, channel_called
from nuantu.tracing.services.notices.holding import NoticeRefused, held, published
from nuantu.tracing.services.notices.lines import POSTING, put_line
from nuantu.tracing.services.notices.owing import REPLACE, TAKE_DOWN, drop, keep, owe

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PROOF: Final = "tracing.posting_proof"
State, Kind = Posting.State, PostingProof.Kind


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that it was done: an address, a number given there, a screenshot or photo, words."""

    link: str = ""
    number: str = ""
    picture: "UploadedFile[bytes] | None" = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing."""
        return not (self.link.strip() or self.number.strip() or self.picture)


@dataclass(frozen=True, slots=True)
class Sent:
    """That a notice was put out: where and when."""

    channel: str
    sent_at: datetime


def send(*, actor: Actor, at: datetime, notice: TracingNotice, sent: Sent, proof: Proof) -> Posting:
    """Put down that the newest version stands on a channel. The first one keeps the 24 hours (DL-04).

    What went out before somebody withdrew the notice is taken down like the rest: its duty opens at once.
    Raises NoticeRefused.
    """
    channel = _channel(notice, sent, at)
    is_own = channel.form == ChannelForm.OWN
    if proof.is_empty and not is_own:
        raise NoticeRefused(_("请留凭据：链接、编号或截图，至少一样。"), field="link")
    with together():
        found = held(notice)
        version = _sendable(found, is_own=is_own)
        row = _made(found, version, channel, sent.sent_at, actor, at)
        row.state = State.UP
        file = _put_proof(row, proof, actor, at)
        _save_once(row)
        _keep_proof(row, Kind.UP, proof, file, actor, at)
        summary = f"寻亲公告发布到：{channel.name}"
        _note(row, found, "posting.send", actor, at, summary)
        if found.is_standing:
            _keep_day(found, channel, actor, at)
        else:
            owe(row, TAKE_DOWN, found, actor, at)
    return row


def say_failed(
    *, actor: Actor, at: datetime, notice: TracingNotice, sent: Sent, reason: str
) -> Posting:
    """Put down that a channel did not take the notice, and why. Raises NoticeRefused."""
    channel = _channel(notice, sent, at)
    words = " ".join(reason.split())[:300]
    if not words:
        raise NoticeRefused(_("请写明为什么没有发布成功。"), field="result")
    with together():
        found = held(notice)
        version = _sendable(found, is_own=True)
        row = _made(found, version, channel, sent.sent_at, actor, at)
        row.state, row.result = State.FAILED, words
        row.save()
        summary = f"寻亲公告没有发布成功：{channel.name}"
        _note(row, found, "posting.fail", actor, at, summary, reason=words)
    return row


def replace_posting(*, actor: Actor, at: datetime, posting: Posting, proof: Proof) -> Posting:
    """The channel shows the newest version now. Raises NoticeRefused without proof, or where it is not up."""
    if proof.is_empty:
        raise NoticeRefused(_("请留凭据：链接、编号或截图，至少一样。"), field="link")
    with together():
        found, row = _held_up(posting)
        version = published(found)
        if not found.is_standing or version is None:
            raise NoticeRefused(_("这份公告现在没有在发布。"))
        row.version = version
        file = _put_proof(row, proof, actor, at)
        row.save()
        _keep_proof(row, Kind.REPLACED, proof, file, actor, at)
        keep(row, REPLACE, actor, at, row.public_id)
        summary = f"{row.channel_name}已换成第{version.version}版"
        _note(row, found, "posting.replace", actor, at, summary)
    return row


def take_down(*, actor: Actor, at: datetime, posting: Posting, proof: Proof) -> Posting:
    """It is gone from the channel, with proof; what was owed is kept. Raises NoticeRefused."""
    if proof.is_empty and not proof.words.strip():
        raise NoticeRefused(_("请留撤下的凭据：打不开的链接、截图，或谁确认的。"), field="words")
    with together():
        found, row = _held_up(posting)
        row.state, row.down_at, row.down_by = State.DOWN, max(at, row.sent_at), actor.name
        row.down_words = " ".join(proof.words.split())[:300]
        row.down_link = proof.link.strip()[:400]
        if proof.number.strip():
            row.down_words = f"{row.down_words} {proof.number.strip()}".strip()[:300]
        file = _stored(proof.picture, row, actor, at)
        row.down_digest = file.original_digest if file else ""
        row.save()
        _keep_proof(row, Kind.DOWN, proof, file, actor, at)
        keep(row, TAKE_DOWN, actor, at, row.public_id)
        drop(row, REPLACE, actor, at, "已撤下")
        _note(row, found, "posting.down", actor, at, f"已撤下：{row.channel_name}")
    return row


def stands_again(*, actor: Actor, at: datetime, posting: Posting, reason: str) -> Posting:
    """What was taken down was seen there again: it counts as up, and where the notice is withdrawn its
    withdrawal is owed anew. Raises NoticeRefused."""
    words = " ".join(reason.split())[:300]
    if not words:
        raise NoticeRefused(_("请写明在哪里又看到的。"), field="reason")
    with together():
        found = held(posting.notice)
        row = Posting.objects.select_for_update().get(pk=posting.pk)
        if row.state != State.DOWN:
            raise NoticeRefused(_("这一条没有撤下过。"))
        if row.is_own:
            raise NoticeRefused(_("本系统的公开页面自己撤下，不会再出现。要再发布，请登记发布。"))
        row.state, row.down_at, row.down_by = State.UP, None, ""
        _save_once(row)
        summary = f"又看到公告：{row.channel_name}"
        _note(row, found, "posting.again", actor, at, summary, reason=words)
        if not found.is_standing:
            owe(row, TAKE_DOWN, found, actor, at)
    return row


def _channel(notice: TracingNotice, sent: Sent, at: datetime) -> Channel:
    found = channel_called(sent.channel, notice.division_code, at)
    if found is None:
        raise NoticeRefused(_("没有这个渠道，或者已经停用。"), field="channel")
    if sent.sent_at > at:
        raise NoticeRefused(_("发布时间不能晚于现在。"), field="sent_at")
    return found


def _sendable(found: TracingNotice, *, is_own: bool) -> NoticeVersion:
    """The version that may be out there; pages of this system show no withdrawn notice."""
    version = published(found)
    if version is None:
        raise NoticeRefused(_("公告还没有审核通过，不能发布。"))
    if is_own and not found.is_standing:
        raise NoticeRefused(_("这份公告已经撤回。"))
    return version


def _made(
    notice: TracingNotice,
    version: NoticeVersion,
    channel: Channel,
    sent_at: datetime,
    actor: Actor,
    at: datetime,
) -> Posting:
    if version.approved_at is not None and sent_at < (notice.standing_since or version.approved_at):
        raise NoticeRefused(_("发布时间早于审核通过的时间。"), field="sent_at")
    return Posting(
        division_code=notice.division_code,
        owner_org=notice.owner_org,
        case_id=notice.case_id,
        recorded_at=at,
        notice=notice,
        version=version,
        channel=channel.code,
        channel_name=channel.name,
        channel_name_en=channel.name_en,
        form=channel.form,
        sent_at=sent_at,
        sent_by=actor.name,
    )


def _put_proof(row: Posting, proof: Proof, actor: Actor, at: datetime) -> StoredFile | None:
    """What was put down last stands in the row; returns the stored picture."""
    row.link, row.outside_number = proof.link.strip()[:400], proof.number.strip()[:60]
    row.result = " ".join(proof.words.split())[:300]
    file = _stored(proof.picture, row, actor, at)
    row.proof_digest = file.original_digest if file else ""
    return file


def _keep_proof(
    row: Posting, kind: str, proof: Proof, file: StoredFile | None, actor: Actor, at: datetime
) -> None:
    if proof.is_empty and not proof.words.strip():
        return
    PostingProof.objects.create(
        posting=row,
        version=row.version,
        kind=kind,
        link=proof.link.strip()[:400],
        outside_number=proof.number.strip()[:60],
        words=" ".join(proof.words.split())[:300],
        file=file,
        digest=file.original_digest if file else "",
        put_at=at,
        put_by=actor.name,
    )


def _stored(
    picture: "UploadedFile[bytes] | None", row: Posting, actor: Actor, at: datetime
) -> StoredFile | None:
    if picture is None:
        return None
    return files.store(
        upload=picture,
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        purpose=PROOF,
        actor=actor,
        at=at,
    )


def _save_once(row: Posting) -> None:
    """Raises NoticeRefused where the notice stands on this channel already."""
    try:
        with attempt():
            row.save()
    except IntegrityError as error:
        raise NoticeRefused(
            _("这份公告在这个渠道已经发布。内容变了请用“换成新内容”。"), field="channel"
        ) from error


def _held_up(posting: Posting) -> tuple[TracingNotice, Posting]:
    found = held(posting.notice)
    row = Posting.objects.select_for_update().get(pk=posting.pk)
    if not row.is_up:
        raise NoticeRefused(_("这一条已经撤下，或者没有发布成功。"))
    return found, row


def _keep_day(notice: TracingNotice, channel: Channel, actor: Actor, at: datetime) -> None:
    """The clock that the stay started is kept by what happened here."""
    stay = publishing.stay_of(notice.of_case)
    if stay is not None and owed_of_stay(stay, clocks.NOTICE):
        said = f"寻亲公告 {notice.number}：{channel.name}"
        keep_clock(actor=actor, at=at, stay=stay, kind=clocks.NOTICE, note_text=said)


def _note(
    row: Posting,
    notice: TracingNotice,
    deed: str,
    actor: Actor,
    at: datetime,
    summary: str,
    reason: str = "",
) -> None:
    changes = {"code": row.channel, "channel_en": row.channel_name_en}
    changes |= {"reason": reason} if reason else {}
    also = (Subject(POSTING, row.public_id),)
    put_line(notice, deed, actor=actor, at=at, summary=summary, changes=changes, also=also)
