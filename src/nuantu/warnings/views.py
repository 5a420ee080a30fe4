"""Pages of warnings."""

from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.places.selectors.layers import collection
from nuantu.ui import toasts
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList
from nuantu.warnings import access, selectors, services
from nuantu.warnings.forms import (
    EndForm,
    FilterForm,
    ManualForm,
    PasteForm,
    SettleForm,
    initial_of,
)
from nuantu.warnings.models import Channel, UnreadBody, Warning
from nuantu.warnings.rules.message import Why

PAGE = 50
UNREAD = 12


def _found(request: StaffRequest) -> tuple[FilterForm, QuerySet[Warning]]:
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    return form, selectors.register(access.warnings_for(request.actor), wanted)


@staff_page("warnings.warning.read")
def register(request: StaffRequest) -> HttpResponse:
    """Every warning taken in, newest first, and the feeds that bring them."""
    form, found = _found(request)
    page = LongList(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.list_rows(page.object_list),
        "feeds": selectors.feeds(),
        "unread": selectors.unread_lines(UNREAD),
        "may_enter": request.actor.may("warnings.warning.enter"),
        "may_export": request.actor.may("warnings.warning.export"),
    }
    return render(request, "warnings/register.html", context, fragment="warnings/_rows.html")


@staff_page("warnings.warning.export")
def export(request: StaffRequest) -> HttpResponse:
    """The register as Excel, with the filters of the list."""
    _form, found = _found(request)
    return register_xlsx(_("气象预警登记"), selectors.headings(), selectors.register_rows(found))


def _story(request: StaffRequest, public_id: UUID) -> selectors.Story:
    warning = access.warning_for(request.actor, public_id)
    may = partial(access.may_answer, request.actor)
    return selectors.story(warning, clock.now(), may=may)


@staff_page("warnings.warning.read")
def warning(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One warning: as issued, whom it covers, what changed because of it, what is confirmed."""
    context = {"story": _story(request, public_id), "end_form": EndForm()}
    return render(request, "warnings/warning.html", context, fragment="warnings/_story.html")


@staff_page("warnings.warning.read")
def printed(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One warning on paper."""
    return render(request, "warnings/printed.html", {"story": _story(request, public_id)})


@staff_page("warnings.warning.read")
def original(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The body exactly as received, as a file; never shown as a page."""
    found = access.warning_for(request.actor, public_id)
    body = bytes(found.transmission.body)
    response = HttpResponse(body, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="warning-{found.public_id}.bin"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@staff_page("warnings.warning.read")
def covered(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The counties of one warning as marks of the map."""
    found = access.warning_for(request.actor, public_id)
    return JsonResponse(collection(selectors.covered_marks(found)))


@staff_page("warnings.coverage.acknowledge")
def acknowledge(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The watch leader has seen the warning, for one county or for all he answers for."""
    county = request.POST.get("county", "")
    rows = access.answerable(request.actor, public_id, "acknowledge", county)
    if request.method == "POST":
        try:
            services.acknowledge_all(actor=request.actor, at=clock.now(), coverage=rows)
        except Refusal as refusal:
            toasts.say(request, str(refusal), is_error=True)
        else:
            late = selectors.unexplained(rows, request.actor)
            if late is not None:
                toasts.say(request, _("已确认。确认已超时，请写明原因。"))
                return HttpResponseRedirect(reverse("operations:duty", args=[late.public_id]))
            toasts.say(request, _("已确认，确认人和时间已记入日志。"))
    return HttpResponseRedirect(reverse("warnings:warning", args=[public_id]))


@staff_page("warnings.coverage.confirm_end")
def confirm_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A person says that a warning without a stated end is over."""
    form = EndForm(request.POST or None)
    county = request.POST.get("county", "")
    rows = access.answerable(request.actor, public_id, "confirm_end", county)
    gone = tried(
        request,
        form,
        lambda: services.confirm_end_all(
            actor=request.actor, at=clock.now(), coverage=rows, note=form.cleaned_data["note"]
        ),
        to=reverse("warnings:warning", args=[public_id]),
        said=_("已确认结束，级别按其余预警重新计算。"),
    )
    if gone:
        return gone
    context = {"story": _story(request, public_id), "end_form": form}
    if request.method == "POST":
        return refused(request, "warnings/warning.html", context)
    return render(request, "warnings/warning.html", context)


@staff_page("warnings.warning.read")
def unread(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What could not be read, as it came; a person enters it by hand or says what it is."""
    found = access.unread_for(request.actor, public_id)
    form = SettleForm(request.POST or None)
    context = {
        "unread": found,
        "text": selectors.unread_text(found),
        "why": services.why_words(Why(found.why), found.detail),
        "others": selectors.unread_waiting().exclude(pk=found.pk)[:UNREAD],
        "may_settle": access.may_settle(request.actor, found),
        "form": form,
    }
    if request.method != "POST":
        return render(request, "warnings/unread.html", context)
    if not context["may_settle"]:
        raise Http404
    gone = tried(
        request,
        form,
        lambda: services.settle_unread(
            actor=request.actor, at=clock.now(), unread=found, note=form.cleaned_data["note"]
        ),
        to=reverse("warnings:register"),
        said=_("已处理，处理人和理由已记入日志。"),
    )
    return gone or refused(request, "warnings/unread.html", context)


def _unread_of(request: StaffRequest) -> UnreadBody | None:
    """The body that somebody enters by hand, where he came from its page."""
    try:
        wanted = UUID(request.GET.get("unread", ""))
    except ValueError:
        return None
    found = access.unread_for(request.actor, wanted)
    return found if access.may_settle(request.actor, found) else None


@staff_page("warnings.warning.enter")
def enter(request: StaffRequest) -> HttpResponse:
    """Enter a warning by hand: paste and read, look at what it would do, confirm."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "read":
        return _read_pasted(request)
    form = ManualForm(request.POST if step else None)
    context = {"form": form, "paste": PasteForm(), "step": step}
    if not step:
        if source := _unread_of(request):
            context["paste"] = PasteForm(initial={"text": selectors.unread_text(source)})
        return render(request, "warnings/enter.html", context)
    try:
        if form.is_valid() and step == "confirm":
            return _take(request, form)
        if form.is_valid():
            context["foreseen"] = _foresee(request, form.body())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return form_page(request, "warnings/enter.html", context)


def _foresee(request: StaffRequest, body: bytes) -> list[selectors.Foreseen]:
    at = clock.now()
    messages = services.read(body=body, content_type="", received_at=at)
    return selectors.foreseen(messages=messages, actor=request.actor, received_at=at)


def _read_pasted(request: StaffRequest) -> HttpResponse:
    """What was understood of a pasted text fills the form; nothing takes effect yet."""
    paste = PasteForm(request.POST)
    context = {"form": ManualForm(), "paste": paste, "step": "read"}
    if paste.is_valid():
        try:
            found = _foresee(request, paste.cleaned_data["text"].encode())
        except Refusal as refusal:
            paste.add_error("text", str(refusal))
        else:
            counties = [cover.division_code for cover in found[0].located.covers]
            context["form"] = ManualForm(initial=initial_of(found[0].message, counties))
            context["foreseen"] = found
            return render(request, "warnings/enter.html", context)
    return refused(request, "warnings/enter.html", context)


def _take(request: StaffRequest, form: ManualForm) -> HttpResponse:
    at = clock.now()
    taken = services.take_messages(
        actor=request.actor,
        at=at,
        body=form.body(),
        content_type="application/json",
        received_at=at,
        channel=Channel.MANUAL,
    )
    source = _unread_of(request)
    if source and source.settled_at is None:
        services.settle_unread(actor=request.actor, at=at, unread=source, note=_("已手工录入"))
    toasts.say(request, _("这条预警以前录过。") if taken.is_repeat else _("预警已录入。"))
    url = reverse("warnings:warning", args=[taken.warnings[0].public_id])
    return HttpResponseRedirect(url)
