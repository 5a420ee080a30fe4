"""A report of another organisation: ask for it; close one's own to it again."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.matches import AskForm, ReasonForm
from nuantu.tracing.selectors import matches, reports
from nuantu.ui.outcomes import form_page, tried

FORM = "tracing/share.html"


@staff_page(access.MATCH_DECIDE)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask whoever holds the report of a pair to open it, with a purpose."""
    found, to = access.match_to_decide(request.actor, public_id), matches.url_of(public_id)
    form = AskForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.ask_for_report(
            actor=request.actor, at=clock.now(), match=found, **form.cleaned_data
        ),
        to=to,
        said=_("已发函，有编号。"),
    )
    context = {
        "form": form,
        "back": to,
        "heading": _("请登记单位提供登记"),
        "lead": _("对方看到谁问、为什么问、问哪条登记，看不到这个人。目的里不写他在哪里、叫什么。"),
    }
    return gone or form_page(request, FORM, context)


@staff_page(access.WRITE)
def stop(request: StaffRequest, public_id: UUID, org_code: str) -> HttpResponse:
    """Close a report to an organisation before the term is over."""
    found, to = access.report_to_change(request.actor, public_id), reports.url_of(public_id)
    form = ReasonForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.stop_sharing(
            actor=request.actor,
            at=clock.now(),
            report=found,
            org_code=org_code,
            **form.cleaned_data,
        ),
        to=to,
        said=_("已收回。"),
    )
    context = {
        "form": form,
        "back": to,
        "heading": _("不再提供登记"),
        "lead": _("对方马上看不到这条登记；看过的有记录。"),
    }
    return gone or form_page(request, FORM, context)
