"""A notice is withdrawn everywhere at once; each channel is owed its own withdrawal until there is proof."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Case
from nuantu.stays.rules.clocks import NOTICE as STAY_NOTICE
from nuantu.stays.services.clocks import begin
from nuantu.stays.services.clocks import owed as owed_of_stay
from nuantu.tracing.models import NoticeVersion, Posting, TracingNotice, WithdrawalCause
from nuantu.tracing.selectors import publishing
from nuantu.tracing.services.notices.holding import NoticeRefused, held
from nuantu.tracing.services.notices.lines import put_line
from nuantu.tracing.services.notices.owing import REPLACE, TAKE_DOWN, drop, owe
from nuantu.tracing.services.notices.refreshing import drop_refresh

WHY: Final = "a notice is withdrawn whichever organisation holds the case by now"
BY_ITSELF: Final = gettext_noop("本系统已自动撤下")
UNDER_WAY: Final = (TracingNotice.State.DRAFT, TracingNotice.State.STANDING)
__all__ = ["REPLACE", "TAKE_DOWN", "withdraw_notices"]


def withdraw_notices(
    *, actor: Actor, at: datetime, case: Case, cause: str, reason: str
) -> list[Posting]:
    """Withdraw every notice of a case that is drafted or stands, and give back the postings that are still up.

    Pages of this system drop it in the same transaction; each other posting gets a duty that only proof
    closes. Whoever calls again changes nothing. Raises NoticeRefused for an unknown cause or without a
    reason.
    """
    words = " ".join(reason.split())[:300]
    if cause not in WithdrawalCause.values:
        raise NoticeRefused(_("请选为什么撤回。"), field="cause")
    if not words:
        raise NoticeRefused(_("请写明原因。"), field="reason")
    with scope.system(WHY), together():
        rows = TracingNotice.objects.filter(case_id=case.case_id, state__in=UNDER_WAY)
        left: list[Posting] = []
        for row in rows.order_by("pk"):
            found = held(row)
            if found.is_under_way:
                left += _withdraw(found, actor, at, cause, words)
    return left


def _withdraw(
    notice: TracingNotice, actor: Actor, at: datetime, cause: str, words: str
) -> list[Posting]:
    was_standing = notice.is_standing
    days = rules_at(notice.division_code, at).need("keep.notice_photo").number
    notice.state = TracingNotice.State.WITHDRAWN if was_standing else TracingNotice.State.DROPPED
    notice.cause, notice.withdrawn_at = cause, at
    notice.withdrawn_by, notice.withdrawn_reason = actor.name, words
    notice.keep_until_date = clock.local(at).date() + timedelta(days=days)
    notice.save()
    in_hand = notice.versions.exclude(state=NoticeVersion.State.APPROVED)
    in_hand.update(state=NoticeVersion.State.DROPPED)
    drop_refresh(notice, actor, at)
    left = take_off(notice, actor, at)
    said = stored(WithdrawalCause(cause).label)
    changes = {"cause": cause, "reason": words, "count": len(left)}
    if was_standing:
        summary = f"撤回寻亲公告：{said}"
        put_line(notice, "notice.withdraw", actor=actor, at=at, summary=summary, changes=changes)
    else:
        summary = f"放弃寻亲公告草稿：{said}"
        put_line(notice, "notice.drop", actor=actor, at=at, summary=summary, changes=changes)
    if cause == WithdrawalCause.MISTAKE:
        _ask_anew(notice, actor, at)
    return left


def take_off(notice: TracingNotice, actor: Actor, at: datetime) -> list[Posting]:
    """Own pages drop the notice, every other posting that is up is owed its withdrawal; those others."""
    left = []
    up = Posting.objects.select_for_update().filter(notice=notice, state=Posting.State.UP)
    for posting in up.order_by("pk"):
        drop(posting, REPLACE, actor, at, "寻亲公告已撤回")
        if posting.is_own:
            posting.state, posting.down_at = Posting.State.DOWN, max(at, posting.sent_at)
            posting.down_by, posting.down_words = actor.name, BY_ITSELF
            posting.save()
        else:
            owe(posting, TAKE_DOWN, notice, actor, at)
            left.append(posting)
    return left


def _ask_anew(notice: TracingNotice, actor: Actor, at: datetime) -> None:
    """A wrong notice is no notice: while nobody knows who he is, a right one is owed within the term."""
    stay = publishing.stay_of(notice.of_case)
    if stay is None or publishing.is_known(notice.of_case) or owed_of_stay(stay, STAY_NOTICE):
        return
    begin(actor=actor, at=at, stay=stay, kind=STAY_NOTICE, start=at)
