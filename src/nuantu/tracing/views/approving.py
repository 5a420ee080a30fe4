"""Decisions about a notice: ask, approve, give back, refresh, withdraw, print."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from nuantu.accounts.selectors import organisation
from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access
from nuantu.tracing.forms.notices import UnchangedForm, WhyForm, WithdrawNoticeForm
from nuantu.tracing.models import NoticeVersion, TracingNotice
from nuantu.tracing.selectors import late
from nuantu.tracing.selectors.noticing import url_of
from nuantu.tracing.selectors.poster import Size, poster, rows_of
from nuantu.tracing.services import notices as services
from nuantu.tracing.services.notices.holding import published
from nuantu.tracing.views.late import too_late
from nuantu.ui.outcomes import do, form_page, tried


@staff_page(access.NOTICE_WRITE)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Send the draft to whoever approves."""
    found = access.notice_to_change(request.actor, public_id)
    return do(
        request,
        lambda: services.ask_approval(actor=request.actor, at=clock.now(), notice=found),
        to=url_of(public_id),
        said=_("已送审，请另一位有权限的人审核。"),
    )


@staff_page(access.NOTICE_APPROVE)
def approve(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Approve what somebody else drafted."""
    found = access.notice_to_change(request.actor, public_id, access.NOTICE_APPROVE)
    return do(
        request,
        lambda: services.approve(actor=request.actor, at=clock.now(), notice=found),
        to=url_of(public_id),
        said=_("审核通过，可以发布了。"),
    )


@staff_page(access.NOTICE_APPROVE)
def give_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Return it to whoever drafted it."""
    found = access.notice_to_change(request.actor, public_id, access.NOTICE_APPROVE)
    form = WhyForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.give_back(
            actor=request.actor, at=clock.now(), notice=found, **form.cleaned_data
        ),
        to=url_of(public_id),
        said=_("已退回修改。"),
    )
    return gone or _page(request, form, found, _("退回修改"), _("写明改什么，起草人会看到。"))


@staff_page(access.NOTICE_WRITE)
def unchanged(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The monthly look: nothing has changed."""
    found = access.notice_to_change(request.actor, public_id)
    form = UnchangedForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.confirm_unchanged(
            actor=request.actor, at=clock.now(), notice=found, **form.cleaned_data
        ),
        to=url_of(public_id),
        said=_("已记录，下个月再提醒。"),
    )
    lead = _("每个渠道都打开看过、也问过照料员和本人，没有新情况的，在这里记录。有新情况请改内容。")
    heading = _("更新：内容没有变化")
    gone = gone or too_late(request, late.of_notice(found), heading, url_of(public_id))
    return gone or _page(request, form, found, heading, lead)


@staff_page(access.NOTICE_WRITE)
def withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Withdraw it everywhere."""
    found = access.notice_to_change(request.actor, public_id)
    form = WithdrawNoticeForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.withdraw_notices(
            actor=request.actor, at=clock.now(), case=found.of_case, **form.cleaned_data
        ),
        to=url_of(public_id),
        said=_("已撤回。每个渠道还要各自撤下并留凭据。"),
    )
    lead = _("本系统的公开页面马上撤下；其他每个渠道各开一个待办，有了凭据才办结。")
    why = late.of_notice(found, is_withdrawn=True)
    gone = gone or too_late(request, why, _("撤回公告"), url_of(public_id))
    return gone or _page(request, form, found, _("撤回公告"), lead)


def _page(
    request: StaffRequest, form: object, found: TracingNotice, heading: str, lead: str
) -> HttpResponse:
    context = {"form": form, "notice": found, "heading": heading, "lead": lead}
    return form_page(
        request, "tracing/notice_deed.html", context | {"back_url": url_of(found.public_id)}
    )


@staff_page(access.NOTICES)
def preview(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The poster as it will be printed, to be looked at first."""
    found, version = _to_print(request, public_id)
    context = {"notice": found, "rows": rows_of(found, version)}
    return render(request, "tracing/poster.html", context)


@staff_page(access.NOTICES)
def pdf(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The poster as PDF."""
    return _printed(request, public_id, "a4")


@staff_page(access.NOTICES)
def picture(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The poster as a picture for a telephone."""
    return _printed(request, public_id, "phone")


def _printed(request: StaffRequest, public_id: UUID, size: Size) -> HttpResponse:
    found, version = _to_print(request, public_id)
    made = poster(found, version, organisation(found.owner_org), size)
    services.note_print(actor=request.actor, at=clock.now(), notice=found)
    form, ending = ("application/pdf", "pdf") if size == "a4" else ("image/png", "png")
    response = HttpResponse(made, content_type=form)
    way = "attachment" if "download" in request.GET else "inline"
    response["Content-Disposition"] = f'{way}; filename="{found.number}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


def _to_print(request: StaffRequest, public_id: UUID) -> tuple[TracingNotice, NoticeVersion]:
    """Only what stands is printed: a draft or a withdrawn notice hangs nowhere. Raises Http404."""
    found = access.notice_for(request.actor, public_id)
    version = published(found)
    if version is None or not found.is_standing:
        raise Http404
    return found, version
