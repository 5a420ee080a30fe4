"""A second person reads a notice before anybody else does."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.together import together
from nuantu.tracing.models import NoticeVersion, Posting, TracingNotice
from nuantu.tracing.selectors import publishing
from nuantu.tracing.services.notices.drafting import check_words, desk_line
from nuantu.tracing.services.notices.holding import NoticeRefused, held_under_way, in_hand
from nuantu.tracing.services.notices.lines import put_line
from nuantu.tracing.services.notices.owing import owe_replacing
from nuantu.tracing.services.notices.refreshing import keep_refresh, owe_refresh

State = NoticeVersion.State


def ask_approval(*, actor: Actor, at: datetime, notice: TracingNotice) -> NoticeVersion:
    """Send the draft to whoever approves. Raises NoticeRefused for what cannot be approved as it stands."""
    with together():
        found = held_under_way(notice)
        row = in_hand(found)
        if row is None or not row.is_in_hand:
            raise NoticeRefused(_("没有可以送审的草稿。"))
        _check(row, found, at)
        row.state, row.returned_reason = State.WAITING, ""
        row.save()
        put_line(found, "notice.ask", actor=actor, at=at, summary=f"寻亲公告第{row.version}版送审")
    return row


def give_back(*, actor: Actor, at: datetime, notice: TracingNotice, reason: str) -> NoticeVersion:
    """Return what waits to whoever drafted it, and say why. Raises NoticeRefused."""
    words = " ".join(reason.split())[:300]
    if not words:
        raise NoticeRefused(_("请写明原因。"), field="reason")
    with together():
        found = held_under_way(notice)
        row = in_hand(found)
        if row is None or row.state != State.WAITING:
            raise NoticeRefused(_("没有等审核的公告。"))
        row.state, row.returned_reason = State.RETURNED, words
        row.save()
        changes = {"reason": words}
        summary = f"寻亲公告第{row.version}版退回修改"
        put_line(found, "notice.return", actor=actor, at=at, summary=summary, changes=changes)
    return row


def approve(*, actor: Actor, at: datetime, notice: TracingNotice) -> NoticeVersion:
    """Approve what waits; from now on it may be sent, and it replaces an older version on every channel.

    Raises NoticeRefused for whoever drafted it, and for a reason that came up since it was sent here.
    """
    with together():
        found = held_under_way(notice)
        row = in_hand(found)
        if row is None or row.state != State.WAITING:
            raise NoticeRefused(_("没有等审核的公告。"))
        if actor.account_id is None or row.drafted_by_id == actor.account_id:
            raise NoticeRefused(_("起草人不能审核自己的公告，请另一位有权限的人审核。"))
        _check(row, found, at)
        row.state, row.approved_at = State.APPROVED, at
        row.approved_by, row.approved_by_id = actor.name, actor.account_id
        row.save()
        _stand(found, row, actor, at)
        put_line(
            found,
            "notice.approve",
            actor=actor,
            at=at,
            summary=f"审核通过寻亲公告第{row.version}版",
        )
    return row


def _stand(found: TracingNotice, row: NoticeVersion, actor: Actor, at: datetime) -> None:
    is_first = not found.is_standing
    found.state = TracingNotice.State.STANDING
    found.standing_since = found.standing_since or at
    found.refreshed_at = at
    found.save()
    if not is_first:
        keep_refresh(found, actor, at, f"第{row.version}版已审核")
    owe_refresh(found, actor, at)
    for posting in found.postings.filter(state=Posting.State.UP):
        owe_replacing(posting, found, actor, at)


def _check(row: NoticeVersion, notice: TracingNotice, at: datetime) -> None:
    """What is published is checked once more: what is known of him may have changed meanwhile."""
    case = notice.of_case
    if not desk_line(notice.owner_org):
        raise NoticeRefused(
            _("本单位还没有登记电话，公告上没有可拨的号码。请管理员在“单位”里补上。")
        )
    if publishing.is_known(case):
        raise NoticeRefused(_("身份已经核实，不再发布寻亲公告。"))
    if publishing.is_dead(case):
        raise NoticeRefused(_("这个人已登记死亡，不再发布寻亲公告。"))
    if row.sex == "unknown" and not (row.features or row.clothing or row.photo_id):
        raise NoticeRefused(_("只有这些认不出人：请补体貌特征、衣着或照片。"), field="features")
    check_words(row, notice.owner_org)
    row.needs = publishing.needs_of(case, at)
    _check_basis(row)


def _check_basis(row: NoticeVersion) -> None:
    if publishing.MINOR in row.needs and row.photo_id and not row.minor_basis:
        raise NoticeRefused(
            _("可能是未成年人：放照片要写明哪位监护人（或依法监护的民政部门）同意，并且没有涉案。"),
            field="minor_basis",
        )
    if publishing.DANGER in row.needs and not row.danger_basis:
        raise NoticeRefused(
            _("他有危险标记：要写明谁评估过，为什么发布不会让伤害他的人找到他。"),
            field="danger_basis",
        )
    if publishing.CONSENT in row.needs and not row.own_consent:
        raise NoticeRefused(
            _("他说得出自己是谁：要写明他本人什么时候、怎样同意发布。"), field="own_consent"
        )
