"""A report that another organisation of this installation holds: asked for by letter, opened for a term, closed again."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from nuantu.accounts.selectors import organisation_names
from nuantu.accounts.services import close_grants, make_grant
from nuantu.casework.selectors.outside import speaks_against_family
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.letters import services as letters
from nuantu.letters.models import Answer, Event, Kind, Letter, LetterLine
from nuantu.letters.rules.facts import Fact
from nuantu.letters.selectors.organisations import organisation_here
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import PersonClass
from nuantu.persons.rules.classes import HARMED_BY_SOMEBODY
from nuantu.tracing.models import Match, MissingReport, Purpose
from nuantu.tracing.rules.verifying import FITS, WILLING
from nuantu.tracing.selectors import looks
from nuantu.tracing.selectors.checks import SUSPECTED, checked
from nuantu.tracing.services.consent import ReportRefused
from nuantu.tracing.services.deciding import MatchRefused
from nuantu.tracing.services.lines import MATCH, REPORT, note

WHY: Final = "the letter names the report that its holder is asked for"
MAY_SHARE: Final = "tracing.report.write"


def ask_for_report(*, actor: Actor, at: datetime, match: Match, purpose: str) -> Letter:
    """Ask whoever holds the report of a pair to open it; he sees who asks, why and for which report, nothing of the
    person. Raises MatchRefused, LetterRefused."""
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise MatchRefused(_("请写明查看目的，至少4个字。"), field="purpose")
    _may_ask(actor, match)
    with together():
        with scope.system(WHY):
            number, public_id = MissingReport.objects.values_list("number", "public_id").get(
                pk=match.report_id
            )
        return letters.ask(
            actor=actor,
            at=at,
            asked=letters.Asked(Kind.REPORT, words, (Fact("登记编号", number),)),
            to=letters.Recipient(org_code=match.holder_org),
            about=letters.About(
                MATCH,
                match.public_id,
                match.division_code,
                match.case_id,
                theirs=Subject(REPORT, public_id),
            ),
        )


def _may_ask(actor: Actor, match: Match) -> None:
    if match.state not in SUSPECTED:
        raise MatchRefused(_("这一对已经有结论，不用再请对方提供登记。"))
    if MissingReport.objects.filter(pk=match.report_id).exists():
        raise MatchRefused(_("这条登记已经看得到。"))
    if organisation_here(match.holder_org, actor.org_code) is None:
        raise MatchRefused(_("登记单位不在本系统收函，请打电话请对方核对。"))
    codes = PersonClass.objects.filter(case_id=match.case_id, withdrawn_at=None)
    is_harmed = HARMED_BY_SOMEBODY.intersection(codes.values_list("code", flat=True))
    last = {check.kind: check.result for check in checked(match)}
    if (is_harmed or speaks_against_family(match.case_id)) and last.get(WILLING) != FITS:
        raise MatchRefused(
            _(
                "家里可能有人害他：先单独问本人愿不愿意让家里知道并登记核对，愿意的才请对方提供登记。"
            )
        )


def hear_answer(actor: Actor, at: datetime, letter: Letter, line: LetterLine) -> None:
    """The holder agreed: exactly this report is open to whoever asked, for `tracing.share`. Raises LetterRefused where it
    must not be, so that nothing is answered."""
    is_yes = line.event == Event.ANSWERED and letter.answer == Answer.YES
    if letter.kind != Kind.REPORT or not is_yes or letter.subject_id is None:
        return
    report = Match.objects.select_related("report").get(public_id=letter.subject_id).report
    _may_share(actor, at, report)
    ruling = rules_at(report.division_code, at).need("tracing.share")
    until, name = at + timedelta(days=int(ruling.number)), organisation_names()[letter.owner_org]
    close_grants(at=at, key_id=report.public_id, org_code=letter.owner_org)
    make_grant(
        actor=actor,
        at=at,
        org_code=letter.owner_org,
        key_id=report.public_id,
        purpose=letter.number,
        until=until,
    )
    summary = f"提供给{name}查看，到 {clock.local(until):%Y-%m-%d}"
    changes = {"organisation": letter.owner_org, "number": letter.number, "basis": ruling.source}
    note(report, "share", actor=actor, at=at, summary=summary, changes=changes)


def _may_share(actor: Actor, at: datetime, report: MissingReport) -> None:
    """The searcher agreed to it and still does; a hidden report was opened with its warning just before."""
    if report.owner_org != actor.org_code or not actor.may(MAY_SHARE):
        raise letters.LetterRefused(
            _("提供寻人登记，由登记单位的寻亲专员或站长答复。"), field="answer"
        )
    if not report.is_open or report.is_lapsed(clock.local(at).date()):
        raise letters.LetterRefused(_("登记已了结或同意已到期，不能提供。"), field="answer")
    if report.consent_date is not None and Purpose.SHARE not in report.consent_purposes:
        raise letters.LetterRefused(
            _("寻亲人没有同意提供给其他救助机构。先问他，登记新的同意，再答复。"), field="answer"
        )
    if report.is_restricted and not looks.opened_by(report, actor, at).has(looks.IDENTITY):
        raise letters.LetterRefused(
            _("受限的登记：先到登记页面看危险提示、写明目的查看，再决定提供不提供。"),
            field="answer",
        )


def stop_sharing(
    *, actor: Actor, at: datetime, report: MissingReport, org_code: str, reason: str
) -> None:
    """Close the report again to an organisation before its term. Raises ReportRefused."""
    words = " ".join(reason.split())[:300]
    if not words:
        raise ReportRefused(_("请写明原因。"), field="reason")
    with together():
        if not close_grants(at=at, key_id=report.public_id, org_code=org_code):
            raise ReportRefused(_("已经不再提供给这个单位。"))
        name = organisation_names().get(org_code, org_code)
        changes = {"organisation": org_code, "reason": words}
        note(report, "unshare", actor=actor, at=at, summary=f"不再提供给{name}", changes=changes)
