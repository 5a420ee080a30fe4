"""Nobody has to remember a notice: what becomes known of somebody withdraws it, and an hourly look finds
what was missed."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_noop as _

from nuantu.core import scope
from nuantu.core.actors import SYSTEM
from nuantu.core.together import together
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.same import same_human
from nuantu.tracing.models import Posting, TracingNotice, WithdrawalCause
from nuantu.tracing.selectors import publishing
from nuantu.tracing.services.notices.holding import held, published
from nuantu.tracing.services.notices.owing import TAKE_DOWN, owe
from nuantu.tracing.services.notices.refreshing import owe_refresh
from nuantu.tracing.services.notices.withdrawing import UNDER_WAY, withdraw_notices

WHY: Final = "notices of every organisation are looked after"
REASONS: Final = {
    WithdrawalCause.IDENTIFIED: _("姓名或身份证号已核实"),
    WithdrawalCause.DIED: _("已登记死亡"),
    WithdrawalCause.DANGER: _("发布以后标了危险，请评估后再决定是否重新发布"),
}


def cause_to_withdraw(notice: TracingNotice) -> WithdrawalCause | None:
    """Why a notice may not stand any longer, as far as the records say."""
    case = notice.of_case
    if publishing.is_known(case):
        return WithdrawalCause.IDENTIFIED
    if publishing.is_dead(case):
        return WithdrawalCause.DIED
    version = published(notice)
    if version is not None and version.approved_at is not None:
        marked = publishing.dangers_of(case)
        is_new = marked.filter(decided_at__gt=version.approved_at).exists()
        if is_new or (not version.danger_basis and marked.exists()):
            return WithdrawalCause.DANGER
    return None


def look_again(*, at: datetime, person: Person) -> int:
    """Something became known of a person: withdraw his notices where it asks for that; how many."""
    with scope.system(WHY):
        rows = TracingNotice.objects.filter(
            of_case__person__in=same_human(person), state__in=UNDER_WAY
        )
        return sum(_settle(row, at) for row in rows.order_by("pk"))


def watch_notices(*, at: datetime) -> int:
    """Every notice that stands has one duty to refresh it, every posting of a withdrawn one its duty to be
    taken down, though somebody cancelled it; how many were put right."""
    mended = 0
    with scope.system(WHY):
        for row in TracingNotice.objects.filter(state__in=UNDER_WAY).order_by("pk"):
            mended += _settle(row, at)
        up = Posting.objects.filter(state=Posting.State.UP).exclude(notice__state="standing")
        for posting in up.order_by("pk"):
            with together():
                owe(posting, TAKE_DOWN, held(posting.notice), SYSTEM, at)
    return mended


def _settle(row: TracingNotice, at: datetime) -> int:
    with together():
        notice = held(row)
        cause = cause_to_withdraw(notice) if notice.is_under_way else None
        if cause is None:
            if notice.is_standing:
                owe_refresh(notice, SYSTEM, at)
            return 0
        case: Case = notice.of_case
        withdraw_notices(actor=SYSTEM, at=at, case=case, cause=cause, reason=REASONS[cause])
    return 1
