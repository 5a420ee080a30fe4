"""Why a form of the desk cannot be sent any more, in the words in which its service refuses; empty where it can."""

from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.tracing.models import (
    IdentityRequest,
    IdentitySearch,
    LineKind,
    Match,
    MissingReport,
    Posting,
    TracingNotice,
)
from nuantu.tracing.selectors import shares
from nuantu.tracing.selectors.checks import SUSPECTED


def of_report(report: MissingReport) -> str:
    """A closed report is neither changed nor closed again."""
    if report.is_open:
        return ""
    return _("这条登记已经了结（%(state)s），不能再改。") % {"state": report.get_state_display()}


def of_withdrawal(report: MissingReport) -> str:
    """Consent is taken back once, of a closed report, too."""
    return _("寻亲人已经撤回过同意。") if report.is_withdrawn else ""


def of_share(actor: Actor, report: MissingReport, org_code: str, at: datetime) -> str:
    """Only what is open to an organisation is closed to it."""
    open_to = {one.code for one in shares.of_report(actor, report, at).shares}
    return "" if org_code in open_to else _("已经不再提供给这个单位。")


def of_asking(actor: Actor, match: Match, at: datetime) -> str:
    """A report is asked for once at a time, where nobody has decided and it cannot be seen yet."""
    if match.state not in SUSPECTED:
        return _("这一对已经有结论，不用再请对方提供登记。")
    report = MissingReport.objects.filter(pk=match.report_id).first()
    if report is not None:
        return _("这条登记已经看得到。")
    if any(row.letter.is_open for row in shares.of_match(actor, match, report, at).letters):
        return _("已经发函请对方提供，等对方答复；催问、撤回都在那封函里。")
    return ""


def of_posting(posting: Posting, deed: str) -> str:
    """What is up is taken down or renewed, what is down may be seen again."""
    if deed == "again":
        return "" if posting.state == Posting.State.DOWN else _("这一条没有撤下过。")
    if posting.state != Posting.State.UP:
        return _("这一条已经撤下，或者没有发布成功。")
    if deed == "replace" and not posting.notice.is_standing:
        return _("这份公告现在没有在发布。")
    return ""


def of_notice(notice: TracingNotice, *, is_withdrawn: bool = False) -> str:
    """What does not stand is neither sent nor renewed; what has ended is not withdrawn again."""
    if not notice.is_under_way:
        state = notice.get_state_display()
        return _("这份公告已经结束（%(state)s），不能再改。") % {"state": state}
    return "" if is_withdrawn or notice.is_standing else _("这份公告现在没有在发布。")


def of_search(search: IdentitySearch) -> str:
    """A search ends once."""
    if search.is_open:
        return ""
    return _("查询已经结束（%(state)s）。") % {"state": search.get_state_display()}


def of_request(request: IdentityRequest, deed: LineKind) -> str:
    """Nobody is reminded of what was answered, nor answered who did not ask."""
    if not request.is_open:
        return _("这份协查已经了结（%(state)s）。") % {"state": request.get_state_display()}
    if deed == LineKind.REPLIED and request.state != IdentityRequest.State.ASKS_BACK:
        return _("对方没有反问。")
    if request.state == IdentityRequest.State.TOLD and deed != LineKind.WITHDRAWN:
        return _("对方已经答复，请登记结果：查到、没有查到还是没法查。")
    return ""
