"""Opening a report and what lies sealed in it: who, what, for which purpose."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.tracing.models import Match, MissingReport
from nuantu.tracing.selectors import looks
from nuantu.tracing.services.consent import ReportRefused
from nuantu.tracing.services.lines import note, note_match

READ_AGAIN_AFTER: Final = timedelta(minutes=10)
PARTS: Final[dict[str, str | Promise]] = {
    looks.IDENTITY: _("身份"),
    looks.SEARCHER: _("寻亲人"),
    looks.ID_NUMBER: _("身份证号"),
    looks.DANGER: _("危险情况"),
}


def reveal(
    *,
    actor: Actor,
    at: datetime,
    report: MissingReport,
    what: str,
    purpose: str,
    is_warned: bool = False,
) -> None:
    """Open one part of a report to the actor for ten minutes. Raises ReportRefused.

    Where danger is marked, whoever asks says first that he read the warning: the searcher may be the harm.
    """
    words = " ".join(purpose.split())
    if what not in PARTS:
        raise ReportRefused(_("没有这一项。"))
    if report.is_withdrawn:
        raise ReportRefused(_("寻亲人已撤回同意，内容不再显示。"))
    if report.dangers and not is_warned:
        raise ReportRefused(_("请先看危险提示，再勾选。"), field="is_warned")
    if len(words) < SHORTEST_PURPOSE:
        raise ReportRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    said = stored(PARTS[what])
    changes = {"what": what}
    note(
        report, "reveal", actor=actor, at=at, summary=f"查看：{said}", changes=changes, basis=words
    )


def note_read(*, actor: Actor, at: datetime, report: MissingReport) -> None:
    """Write that the actor opened this report, once in ten minutes."""
    if not looks.has_read_since(report, actor, at - READ_AGAIN_AFTER):
        note(report, "read", actor=actor, at=at, summary="打开寻人登记")


def note_match_read(*, actor: Actor, at: datetime, match: Match) -> None:
    """Write that the actor opened both sides of a suspected match, once in ten minutes."""
    if not looks.has_read_match_since(match, actor, at - READ_AGAIN_AFTER):
        note_match(match, "read", actor=actor, at=at, summary="打开疑似匹配")


def note_export(*, actor: Actor, at: datetime, count: int, summary: str = "导出寻人登记") -> None:
    """Who took a list out of the system, and how many lines it had."""
    journal.record(
        verb="tracing.report.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"{summary} {count} 条",
        changes={"count": count},
    )
