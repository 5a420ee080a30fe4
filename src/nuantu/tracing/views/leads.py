"""Leads from the public: entered, opened, judged."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.operations.models import Duty
from nuantu.tracing import access
from nuantu.tracing.forms.notices import JudgeForm, LeadForm, PurposeForm
from nuantu.tracing.selectors.notice_pages import source_of, source_until
from nuantu.tracing.selectors.noticing import lead_url, url_of
from nuantu.tracing.services import notices as services
from nuantu.ui.outcomes import form_page, tried


@staff_page(access.NOTICE_WRITE)
def new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody called, wrote or came."""
    found = access.notice_to_change(request.actor, public_id)
    form = LeadForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.take_lead(
            actor=request.actor, at=clock.now(), notice=found, told=form.told()
        ),
        to=lambda made: lead_url(made.public_id),
        said=_("已登记，请判断有没有用。"),
    )
    context = {"form": form, "notice": found, "back_url": url_of(public_id)}
    return gone or form_page(request, "tracing/lead_form.html", context)


@staff_page(access.NOTICES)
def lead(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What was said; who said it lies sealed."""
    found, at, actor = access.lead_for(request.actor, public_id), clock.now(), request.actor
    until = source_until(actor, found, at)
    owed = Duty.objects.filter(subject_id=found.public_id, state=Duty.State.OPEN).first()
    context = {
        "lead": found,
        "notice": found.notice,
        "clock": owed.clock(at) if owed else None,
        "may_write": access.may_work_on(actor, found.notice, access.NOTICE_WRITE),
        "until": until,
        "source": source_of(found) if until else "",
    }
    response = render(request, "tracing/lead.html", context)
    response["Cache-Control"] = "no-store"
    return response


@staff_page(access.NOTICE_WRITE)
def judge(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say what it is worth."""
    found = access.lead_to_change(request.actor, public_id)
    form = JudgeForm(
        request.POST or None,
        initial={"fragment_words": found.words[:400]},
        is_fragment=found.fragment_id is not None,
    )
    gone = tried(
        request,
        form,
        lambda: services.judge_lead(
            actor=request.actor, at=clock.now(), lead=found, **form.judged()
        ),
        to=lead_url(public_id),
        said=_("已判断。"),
    )
    context = {
        "form": form,
        "notice": found.notice,
        "heading": _("判断寻亲线索"),
        "lead": _("线索从不公开。有用的，在下一步里写明问谁、查什么。"),
        "back_url": lead_url(public_id),
        "lead_row": found,
    }
    return gone or form_page(request, "tracing/judge.html", context)


@staff_page(access.NOTICE_WRITE)
def reveal(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open who told it, for a purpose, for ten minutes."""
    found = access.lead_to_change(request.actor, public_id)
    form = PurposeForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.note_source(
            actor=request.actor, at=clock.now(), lead=found, **form.cleaned_data
        ),
        to=lead_url(public_id),
    )
    context = {
        "form": form,
        "notice": found.notice,
        "heading": _("查看线索来源"),
        "lead": _("显示十分钟，记录在案。"),
        "back_url": lead_url(public_id),
    }
    return gone or form_page(request, "tracing/notice_deed.html", context)
