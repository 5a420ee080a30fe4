"""Where a notice stands: sent, renewed, taken down, seen again; and the list of channels."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.tracing import access
from nuantu.tracing.forms.notices import NewChannelForm, ProofForm, SendForm, WhyForm
from nuantu.tracing.models import Posting, TracingNotice
from nuantu.tracing.selectors import late
from nuantu.tracing.selectors.channels import channels_of
from nuantu.tracing.selectors.noticing import posting_url, url_of
from nuantu.tracing.selectors.proofs import proofs_of, stands_at
from nuantu.tracing.services import notices as services
from nuantu.tracing.views.late import too_late
from nuantu.ui.outcomes import do, form_page, tried
from nuantu.ui.photos import photo_page


@staff_page(access.NOTICE_WRITE)
def send(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put down where the notice went out, or that it failed."""
    found, at = access.notice_to_change(request.actor, public_id), clock.now()
    channels = [one for one in channels_of(found.division_code, at) if not one.is_closed]
    first = {"channel": request.GET.get("channel", "")}
    form = SendForm(request.POST or None, request.FILES or None, channels=channels, initial=first)
    gone = tried(
        request,
        form,
        lambda: _sent(request, form, found),
        to=url_of(public_id),
        said=_("已记录。"),
    )
    context = {"form": form, "notice": found, "channels": channels, "back_url": url_of(public_id)}
    gone = gone or too_late(request, late.of_notice(found), _("登记发布"), url_of(public_id))
    return gone or form_page(request, "tracing/send.html", context)


def _sent(request: StaffRequest, form: SendForm, notice: TracingNotice) -> Posting:
    actor, at, data = request.actor, clock.now(), form.cleaned_data
    if data["is_failed"]:
        return services.say_failed(
            actor=actor, at=at, notice=notice, sent=form.sent(), reason=data["result"]
        )
    return services.send(actor=actor, at=at, notice=notice, sent=form.sent(), proof=form.proof())


@staff_page(access.NOTICES)
def posting(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One channel: its proof, what is owed."""
    found = access.posting_for(request.actor, public_id)
    owed = Duty.objects.filter(subject_id=found.public_id, state=Duty.State.OPEN).first()
    context = {
        "posting": found,
        "proofs": proofs_of(found),
        "notice": found.notice,
        "clock": owed.clock(clock.now()) if owed else None,
        "may_write": access.may_work_on(request.actor, found.notice, access.NOTICE_WRITE),
        "subject": Subject(services.POSTING, found.public_id),
    }
    return render(request, "tracing/posting.html", context)


@staff_page(access.NOTICE_WRITE)
def down(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It is gone from there."""
    found = access.posting_to_change(request.actor, public_id)
    form = ProofForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.take_down(
            actor=request.actor, at=clock.now(), posting=found, proof=form.proof()
        ),
        to=url_of(found.notice.public_id),
        said=_("已撤下。"),
    )
    lead = _("打开链接或到现场看过，确实没有了再登记。留一样凭据：打不开的链接、截图，或谁确认的。")
    return gone or _page(request, form, found, "down", lead)


@staff_page(access.NOTICE_WRITE)
def replace(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It shows the newest version there."""
    found = access.posting_to_change(request.actor, public_id)
    form = ProofForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.replace_posting(
            actor=request.actor, at=clock.now(), posting=found, proof=form.proof()
        ),
        to=url_of(found.notice.public_id),
        said=_("已换成新内容。"),
    )
    lead = _("渠道已经显示新内容的，留下凭据。")
    return gone or _page(request, form, found, "replace", lead)


@staff_page(access.NOTICE_WRITE)
def again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It was seen there again."""
    found = access.posting_to_change(request.actor, public_id)
    form = WhyForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.stands_again(
            actor=request.actor, at=clock.now(), posting=found, **form.cleaned_data
        ),
        to=url_of(found.notice.public_id),
        said=_("已记录。"),
    )
    lead = _("撤下以后又看到的，写明在哪里看到。公告已撤回的，马上重新要求撤下。")
    return gone or _page(request, form, found, "again", lead)


HEADINGS: Final = {
    "down": gettext_lazy("登记撤下"),
    "replace": gettext_lazy("换成新内容"),
    "again": gettext_lazy("又看到了"),
}


def _page(
    request: StaffRequest, form: object, found: Posting, deed: str, lead: str
) -> HttpResponse:
    heading, back = f"{found.called} · {HEADINGS[deed]}", posting_url(found.public_id)
    gone = too_late(request, late.of_posting(found, deed), heading, back)
    context = {
        "form": form,
        "notice": found.notice,
        "heading": heading,
        "lead": lead,
        "back_url": back,
        "posting": found,
        "stands": stands_at(found),
    }
    return gone or form_page(request, "tracing/posting_deed.html", context)


@staff_page(access.NOTICES)
def proof(request: StaffRequest, public_id: UUID, proof_id: UUID) -> HttpResponse:
    """A screenshot that shows it there, or gone; also one that a later one replaced."""
    found = access.posting_for(request.actor, public_id)
    row = found.proofs.filter(public_id=proof_id).select_related("file").first()
    if row is None or row.file is None:
        raise Http404
    return photo_page(row.file)


@staff_page(access.CHANNELS)
def channels(request: StaffRequest) -> HttpResponse:
    """Every channel, where it comes from, and the form of a new one."""
    form = NewChannelForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.add_channel(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=reverse("tracing:channels"),
        said=_("已加上。"),
    )
    rows = channels_of(request.actor.division_code, clock.now())
    return gone or form_page(request, "tracing/channels.html", {"form": form, "channels": rows})


@staff_page(access.CHANNELS)
def switch(request: StaffRequest, code: str) -> HttpResponse:
    """Close a channel or open it again."""
    rows = channels_of(request.actor.division_code, clock.now())
    found = next((one for one in rows if one.code == code), None)
    if found is None:
        raise Http404
    return do(
        request,
        lambda: services.open_or_close_channel(
            actor=request.actor, at=clock.now(), channel=found, is_closed=not found.is_closed
        ),
        to=reverse("tracing:channels"),
        said=_("已重新启用。") if found.is_closed else _("已停用。"),
    )
