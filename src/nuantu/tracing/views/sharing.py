"""A report of another organisation: ask for it; close one's own to it again."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.matches import AskForm, ReasonForm
from nuantu.tracing.selectors import late, matches, reports
from nuantu.tracing.views.late import too_late
from nuantu.ui.outcomes import form_page, tried

FORM = "tracing/share.html"


@staff_page(access.MATCH_DECIDE)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask whoever holds the report of a pair to open it, with a purpose."""
    found, to = access.match_to_decide(request.actor, public_id), matches.url_of(public_id)
    form = AskForm(request.POST or None)
    heading, at = _("请登记单位提供登记"), clock.now()
    gone = tried(
        request,
        form,
        lambda: services.ask_for_report(
            actor=request.actor, at=at, match=found, **form.cleaned_data
        ),
        to=to,
        said=_("已发函，有编号。"),
    )
    context = {
        "form": form,
        "back": to,
        "heading": heading,
        "lead": _("对方看到谁问、为什么问、问哪条登记，看不到这个人。目的里不写他在哪里、叫什么。"),
    }
    gone = gone or too_late(request, late.of_asking(request.actor, found, at), heading, to)
    return gone or form_page(request, FORM, context)


@staff_page(access.WRITE)
def stop(request: StaffRequest, public_id: UUID, org_code: str) -> HttpResponse:
    """Close a report to an organisation before the term is over."""
    found, to = access.report_to_change(request.actor, public_id), reports.url_of(public_id)
    heading = _("不再提供登记")
    form, at = ReasonForm(request.POST or None), clock.now()
    gone = tried(
        request,
        form,
        lambda: services.stop_sharing(
            actor=request.actor,
            at=at,
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
        "heading": heading,
        "lead": _("对方马上看不到这条登记；看过的有记录。"),
    }
    why = late.of_share(request.actor, found, org_code, at)
    gone = gone or too_late(request, why, heading, to)
    return gone or form_page(request, FORM, context)
