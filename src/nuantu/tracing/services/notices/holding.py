"""A notice is held while something of it changes: sending and withdrawing wait for each other."""

from django.utils.translation import gettext_lazy as _

from nuantu.core.errors import Refusal
from nuantu.tracing.models import NoticeVersion, TracingNotice


class NoticeRefused(Refusal):
    """The notice cannot be drafted, approved, sent or withdrawn like this."""


def held(notice: TracingNotice) -> TracingNotice:
    """The row, locked until the transaction ends, with its case and person."""
    rows = TracingNotice.objects.select_for_update(of=("self",)).select_related("of_case__person")
    return rows.get(pk=notice.pk)


def held_under_way(notice: TracingNotice) -> TracingNotice:
    """The same, where it is drafted or stands. Raises NoticeRefused for whoever comes second."""
    found = held(notice)
    if not found.is_under_way:
        raise NoticeRefused(
            _("这份公告已经结束（%(state)s），不能再改。") % {"state": found.get_state_display()}
        )
    return found


def held_standing(notice: TracingNotice) -> TracingNotice:
    """The same, where it stands. Raises NoticeRefused."""
    found = held(notice)
    if not found.is_standing:
        raise NoticeRefused(_("这份公告现在没有在发布。"))
    return found


def in_hand(notice: TracingNotice) -> NoticeVersion | None:
    """The version that is drafted, waits or was given back; there is at most one."""
    states = [
        NoticeVersion.State.DRAFT,
        NoticeVersion.State.WAITING,
        NoticeVersion.State.RETURNED,
    ]
    return notice.versions.select_related("photo").filter(state__in=states).first()


def published(notice: TracingNotice) -> NoticeVersion | None:
    """The newest approved version."""
    approved = notice.versions.select_related("photo").filter(state=NoticeVersion.State.APPROVED)
    return approved.order_by("-version").first()
