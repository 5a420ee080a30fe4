"""A notice that stands is looked at every month (DL-09): somebody says what has changed, or that nothing has."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.planbook import calendars
from nuantu.stays.rules import clocks
from nuantu.stays.services.clocks import keep_clock
from nuantu.stays.services.clocks import owed as owed_of_stay
from nuantu.tracing.models import TracingNotice
from nuantu.tracing.selectors import publishing
from nuantu.tracing.services.notices.holding import NoticeRefused, held_standing
from nuantu.tracing.services.notices.lines import NOTICE, put_line

REFRESH: Final = "tracing.refresh"


def owed_refresh(notice: TracingNotice) -> Duty | None:
    """Our own open duty to refresh a notice."""
    about = Duty.objects.filter(subject_kind=NOTICE, subject_id=notice.public_id, kind=REFRESH)
    return about.filter(state=Duty.State.OPEN).first()


def owe_refresh(notice: TracingNotice, actor: Actor, at: datetime) -> None:
    """Somebody refreshes the notice within `stay.refresh`; the clock of a stranded person's stay asks the
    same, and then it alone does."""
    stay = publishing.stay_of(notice.of_case)
    own = owed_refresh(notice)
    if stay is not None and owed_of_stay(stay, clocks.REFRESH):
        if own is not None:
            cancel_duty(actor=actor, at=at, duty=own, reason="在站时限已经在问同一件事")
        return
    if own is not None:
        return
    ruling = rules_at(notice.division_code, at).need(clocks.REFRESH)
    open_duty(
        actor=actor,
        at=at,
        kind=REFRESH,
        title="更新寻亲公告",
        title_en="Refresh a tracing notice",
        subject=Subject(NOTICE, notice.public_id),
        owner_org=notice.owner_org,
        division_code=notice.division_code,
        case_id=notice.case_id,
        due_at=clocks.ends_at(at, ruling.number, ruling.unit, calendars.national()),
        basis=ruling.source[:200],
        basis_rule="P1-64",
    )


def keep_refresh(notice: TracingNotice, actor: Actor, at: datetime, words: str) -> None:
    """The notice was refreshed: whichever duty asked for it is kept, and asks again in a month."""
    own = owed_refresh(notice)
    if own is not None:
        complete_duty(actor=actor, at=at, duty=own, evidence=notice.public_id)
    stay = publishing.stay_of(notice.of_case)
    if stay is not None and owed_of_stay(stay, clocks.REFRESH):
        said = f"寻亲公告 {notice.number}：{words}"
        keep_clock(actor=actor, at=at, stay=stay, kind=clocks.REFRESH, note_text=said)


def drop_refresh(notice: TracingNotice, actor: Actor, at: datetime) -> None:
    """A withdrawn notice is not refreshed."""
    own = owed_refresh(notice)
    if own is not None:
        cancel_duty(actor=actor, at=at, duty=own, reason="寻亲公告已撤回")


def confirm_unchanged(
    *, actor: Actor, at: datetime, notice: TracingNotice, words: str
) -> TracingNotice:
    """Somebody looked at every channel and at what is known: nothing has changed. Raises NoticeRefused."""
    said = " ".join(words.split())[:300]
    if not said:
        raise NoticeRefused(_("请写明看过哪些渠道、问过谁。"), field="words")
    with together():
        found = held_standing(notice)
        found.refreshed_at = at
        found.save()
        keep_refresh(found, actor, at, "内容没有变化")
        owe_refresh(found, actor, at)
        summary = "更新寻亲公告：内容没有变化"
        put_line(
            found, "notice.refresh", actor=actor, at=at, summary=summary, changes={"note": said}
        )
    return found
