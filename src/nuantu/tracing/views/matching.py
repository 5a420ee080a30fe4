"""Decisions about a suspected match: check, propose, confirm, rule out, take back."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.matches import CheckForm, ConfirmForm, ProposeForm, ReasonForm
from nuantu.tracing.models import MatchState, MissingReport
from nuantu.tracing.selectors.matches import url_of
from nuantu.tracing.selectors.obstacles import obstacle_of
from nuantu.tracing.selectors.reports import dangers_said
from nuantu.ui.outcomes import form_page, tried

Words = tuple[str | Promise, str | Promise, str | Promise]
# heading, lead, what is said when it is done
WORDS: Final[dict[str, Words]] = {
    "check": (
        _("登记核对"),
        _("一次登记一项。问寻亲人时只问不说：不说这个人在哪里、长什么样、说过什么。"),
        _("已登记。"),
    ),
    "propose": (
        _("提出是同一人"),
        _("核对齐了，由您提出；再由另一位同事确认。两个人不能是同一个账号。"),
        _("已提出，等另一位同事确认。"),
    ),
    "confirm": (
        _("确认匹配"),
        _("确认后寻人登记并入个案，姓名记为已核实，查明身份的时限停止，安排返乡的时限开始。"),
        _("已确认。"),
    ),
    "reject": (
        _("排除"),
        _("系统记住这一对，情况没有大的变化不再提示。"),
        _("已排除。"),
    ),
    "undo": (
        _("撤销确认"),
        _("登记恢复寻找，姓名改为未核实，查明身份的时限重新开始。原来的记录都保留。"),
        _("已撤销，重新查找。"),
    ),
    "retract": (
        _("撤回提出"),
        _("回到待核对；登记、姓名和时限都没有变。"),
        _("已撤回，回到待核对。"),
    ),
}


def _decide(
    request: StaffRequest,
    public_id: UUID,
    deed: str,
    form_class: type[forms.Form],
    service: Callable[..., object],
) -> HttpResponse:
    """Fetch, try, and lead back to the pair; the warning stands above the form.

    Where it cannot be done now the page says why and what to do (409), with what was typed.
    """
    found = access.match_to_decide(request.actor, public_id)
    report = MissingReport.objects.filter(pk=found.report_id).first()
    dangers = dangers_said(report) if report else ()
    form = form_class(request.POST or None)
    if not dangers:
        form.fields.pop("is_warned", None)
    is_proposal = deed == "undo" and found.state == MatchState.PROPOSED
    heading, lead, done = WORDS["retract" if is_proposal else deed]
    at = clock.now()
    context: dict[str, Any] = {"match": found, "heading": heading, "lead": lead, "dangers": dangers}
    obstacle = obstacle_of(request.actor, found, deed, at)
    if obstacle is not None:
        context |= {"form": form, "obstacle": obstacle}
        return render(request, "tracing/decide.html", context, status=409)
    gone = tried(
        request,
        form,
        lambda: service(actor=request.actor, at=at, match=found, **form.cleaned_data),
        to=url_of(public_id),
        said=str(done),
    )
    return gone or form_page(request, "tracing/decide.html", {**context, "form": form})


@staff_page(access.MATCH_DECIDE)
def check(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put down what was asked or shown."""
    return _decide(request, public_id, "check", CheckForm, services.check_match)


@staff_page(access.MATCH_DECIDE)
def propose(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The first of two says that it is he."""
    return _decide(request, public_id, "propose", ProposeForm, services.propose_match)


@staff_page(access.MATCH_DECIDE)
def confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The second of two says so too."""
    return _decide(request, public_id, "confirm", ConfirmForm, services.confirm_match)


@staff_page(access.MATCH_DECIDE)
def reject(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It is not he."""
    return _decide(request, public_id, "reject", ReasonForm, services.reject_match)


@staff_page(access.MATCH_DECIDE)
def undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The confirmation was wrong."""
    return _decide(request, public_id, "undo", ReasonForm, services.undo_match)
