"""Judge the report of an area: the township looks first where a plan says so, then who is over it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import SweepArea, SweepReport
from nuantu.patrols.rules.sweeps import may_be_judged
from nuantu.patrols.selectors.supervision import is_swept_by
from nuantu.patrols.services.sweep_rows import (
    State,
    SweepRefused,
    end_check,
    held_area,
    owe_report,
    told_of_area,
)

Verdict = SweepReport.Verdict
WHY: Final = "a report that was judged is owed again, or no longer, by whoever answers for the area"
UNCHECKED: Final = "镇街没有在期限内查看，由布置单位审核"


def check_report(
    *, actor: Actor, at: datetime, area: SweepArea, word: str = "", spot: str = ""
) -> SweepReport:
    """The township office passes the report of one of its villages; from then on it counts (P2-26).

    `spot` is where it went to see for itself, if anywhere. Where the office ordered the sweep, the
    report is accepted with it. Raises SweepRefused: nothing waits, another office, one's own report,
    or a doubtful one without a word.
    """
    with transaction.atomic(), scope.system(WHY):
        area, report = _to_check(actor, area)
        _needs_word(report, word)
        report.checked_at, report.checked_by = at, actor.name
        report.check_word, report.spot = word.strip()[:300], spot.strip()[:200]
        report.save(update_fields=["checked_at", "checked_by", "check_word", "spot"])
        area.state = State.REPORTED
        if area.sweep.owner_org == area.check_org:
            _judge(report, actor, at, Verdict.ACCEPTED, word)
            area.state = State.ACCEPTED
        area.save(update_fields=["state"])
        end_check(area, actor, at, note=stored(_("已查看村（居）上报")))
        said = {"reason": report.check_word, "spot": report.spot}
        told_of_area(area, "check", actor, at, "镇街查看通过", said)
    return report


def return_report(
    *, actor: Actor, at: datetime, area: SweepArea, word: str, spot: str = ""
) -> SweepReport:
    """The township office sends the report of one of its villages back with what is missing; it is
    owed anew within `sweep.again`. Raises SweepRefused as `check_report`, and without a word."""
    with transaction.atomic(), scope.system(WHY):
        area, report = _to_check(actor, area)
        report.spot = spot.strip()[:200]
        report.save(update_fields=["spot"])
        _send_back(area, report, actor, at, word)
        end_check(area, actor, at, note=stored(_("已退回村（居）上报")))
    return report


def accept_report(*, actor: Actor, at: datetime, area: SweepArea, word: str = "") -> SweepReport:
    """Accept the report of an area. A person found who led to no contact or tip asks for a word, and
    so does a report that the township did not look at in its term.

    Raises SweepRefused: no report, one's own, or a find nobody followed.
    """
    with transaction.atomic(), scope.system(WHY):
        area, report = _to_judge(actor, area, at)
        _needs_word(report, word)
        if area.state == State.CHECKING and not word.strip():
            raise SweepRefused(_("镇街还没有查看过。要认可请写一句说明。"), field="word")
        _judge(report, actor, at, Verdict.ACCEPTED, word)
        area.state = State.ACCEPTED
        area.save(update_fields=["state"])
        end_check(area, actor, at, reason=UNCHECKED)
        told_of_area(area, "accept", actor, at, "认可上报", {"reason": report.word})
    return report


def send_back(*, actor: Actor, at: datetime, area: SweepArea, word: str) -> SweepReport:
    """Send the report of an area back; it is owed anew within `sweep.again`. Raises SweepRefused."""
    with transaction.atomic(), scope.system(WHY):
        area, report = _to_judge(actor, area, at)
        _send_back(area, report, actor, at, word)
        end_check(area, actor, at, reason=UNCHECKED)
    return report


def _send_back(area: SweepArea, report: SweepReport, actor: Actor, at: datetime, word: str) -> None:
    if not word.strip():
        raise SweepRefused(_("请写明为什么退回。"), field="word")
    _judge(report, actor, at, Verdict.SENT_BACK, word)
    again = rules_at(area.division_code, at).need("sweep.again").number
    area.state = State.SENT_BACK
    area.due_at = max(area.due_at, at + timedelta(minutes=again))
    area.save(update_fields=["state", "due_at"])
    owe_report(area, actor, at, area.due_at)
    told_of_area(area, "send_back", actor, at, "退回上报", {"reason": report.word})


def _needs_word(report: SweepReport, word: str) -> None:
    loose = sum(not find.is_followed for find in report.finds.all())
    if (loose or report.doubts) and not word.strip():
        raise SweepRefused(
            _("这份上报有疑点，或发现的人还没有登记接触。要认可请写一句说明。"), field="word"
        )


def _judge(report: SweepReport, actor: Actor, at: datetime, verdict: str, word: str) -> None:
    report.verdict, report.judged_at, report.judged_by = verdict, at, actor.name
    report.word = word.strip()[:300]
    report.save(update_fields=["verdict", "judged_at", "judged_by", "word"])


def _to_check(actor: Actor, area: SweepArea) -> tuple[SweepArea, SweepReport]:
    area = held_area(area)
    if area.state != State.CHECKING or not area.sweep.is_open:
        raise SweepRefused(_("这一片没有等着查看的上报。请刷新后再看。"))
    if actor.org_code != area.check_org:
        raise SweepRefused(_("这份上报由它所在的镇街查看。"))
    report = _handed_in(area)
    if is_swept_by(report, actor):
        raise SweepRefused(_("不能查看自己排查的一片，请换一个人。"))
    return area, report


def _to_judge(actor: Actor, area: SweepArea, at: datetime) -> tuple[SweepArea, SweepReport]:
    area = held_area(area)
    if not may_be_judged(area.state, area.check_due_at, at):
        is_waiting = area.state == State.CHECKING
        raise SweepRefused(
            _("镇街还在查看这份上报，过了期限才能直接审核。")
            if is_waiting
            else _("这一片没有待审核的上报。请刷新后再看。")
        )
    report = _handed_in(area)
    if str(report.handed_by_id) == actor.public_id:
        raise SweepRefused(_("不能审核自己的上报，请换一个人。"))
    return area, report


def _handed_in(area: SweepArea) -> SweepReport:
    return area.reports.filter(handed_at__isnull=False).latest("number")
