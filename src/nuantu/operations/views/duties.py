"""The duty board, its lists, one duty, print, calendar, Excel."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock, journal, subjects
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import (
    PublicRequest,
    StaffRequest,
    public_page,
    refused,
    render,
    staff_page,
)
from nuantu.core.subjects import Subject
from nuantu.operations import access, selectors, services
from nuantu.operations.forms import CompleteForm, DutyFilterForm, ReasonForm
from nuantu.operations.models import Duty
from nuantu.operations.models.kinds import is_by_hand, is_in_words, kind_label
from nuantu.operations.rules.clocks import is_breached
from nuantu.operations.selectors.board import WINDOWS
from nuantu.operations.selectors.calendar import MOST
from nuantu.operations.views.feeds import feed_response, reader_of, token_for
from nuantu.ui import toasts
from nuantu.ui.outcomes import do, refuse
from nuantu.ui.pages import LongList

PAGE = 50
SALT = "nuantu.operations.calendar"
PAPER = 300


@staff_page("operations.duty.read")
def board(request: StaffRequest) -> HttpResponse:
    """What is due, by office and kind; my own list first."""
    at = clock.now()
    found = selectors.duty_board(request.actor, at, window=request.GET.get("window", "now"))
    context = {
        "board": found,
        "own": _lines(found.own),
        "tabs": _tabs(found.counts),
        "at": at,
        "waiting": selectors.waiting_count(request.actor),
        "feed_url": _feed_url(request),
        "may_export": request.actor.may("operations.duty.export"),
    }
    return render(request, "operations/board.html", context, fragment="operations/_board.html")


def _tabs(counts: object) -> list[tuple[str, str, str, int]]:
    named = {
        "now": _("现在"),
        "today": _("今天"),
        "week": _("本周"),
        "overdue": _("已超时"),
        "open": _("全部"),
    }
    numbers = counts if isinstance(counts, dict) else {}
    return [(name, named[name], f"?window={name}", numbers.get(name, 0)) for name in WINDOWS]


def _lines(duties: list[Duty]) -> list[dict[str, object]]:
    """Duties with what they are about, ready for a row."""
    at = clock.now()
    lines: list[dict[str, object]] = []
    for duty in duties:
        subject = Subject(duty.subject_kind, duty.subject_id)
        url = subjects.url(subject)
        lines.append({"duty": duty, "clock": duty.clock(at), "subject_url": url})
    return lines


@staff_page("operations.duty.read")
def duty_list(request: StaffRequest) -> HttpResponse:
    """The rows behind a figure: filter, search, export."""
    at = clock.now()
    form = _filter(request)
    found = selectors.duties_in(at=at, **form.wanted())
    page = LongList(found, PAGE).get_page(request.GET.get("page"))
    names = selectors.office_names(duty.owner_org for duty in page)
    context = {
        "form": form,
        "page": page,
        "lines": [
            {"duty": duty, "clock": duty.clock(at), "office": names[duty.owner_org]}
            for duty in page
        ],
        "export_url": reverse("operations:duty_export")
        if request.actor.may("operations.duty.export")
        else "",
    }
    return render(
        request, "operations/duty_list.html", context, fragment="operations/_duty_list.html"
    )


def _filter(request: StaffRequest) -> DutyFilterForm:
    seen = Duty.objects.values_list("kind", "owner_org").distinct().order_by()
    pairs = list(seen)
    kinds = {kind: kind_label(kind) for kind in sorted({pair[0] for pair in pairs})}
    offices = selectors.office_names(pair[1] for pair in pairs)
    return DutyFilterForm(
        request.GET,
        kinds=kinds,
        offices=dict(sorted(offices.items(), key=lambda item: item[1])),
    )


@staff_page("operations.duty.export")
def duty_export(request: StaffRequest) -> HttpResponse:
    """The list as Excel, with the filters that stand on the page; the export is journalled."""
    at = clock.now()
    found = list(selectors.duties_in(at=at, **_filter(request).wanted())[:MOST_FETCHED])
    names = selectors.office_names(duty.owner_org for duty in found)
    services.note_export(actor=request.actor, at=at, count=len(found))
    rows = (_register_line(duty, names) for duty in found)
    return register_xlsx(_("待办登记"), _register_headings(), rows)


def _register_headings() -> list[str]:
    return [
        _("事项"),
        _("内容"),
        _("单位"),
        _("状态"),
        _("开始"),
        _("期限"),
        _("办结"),
        _("办结人"),
        _("说明"),
        _("超时原因"),
        _("依据"),
    ]


def _register_line(duty: Duty, names: dict[str, str]) -> list[object]:
    return [
        duty.kind_label,
        duty.said,
        names[duty.owner_org],
        duty.get_state_display(),
        duty.opened_at,
        duty.due_at,
        duty.done_at,
        duty.done_by,
        duty.note,
        duty.breach_reason,
        duty.basis,
    ]


@staff_page("operations.duty.read")
def duty_print(request: StaffRequest) -> HttpResponse:
    """The duty sheet of one office for paper."""
    at = clock.now()
    office = request.GET.get("office") or request.actor.org_code
    window = request.GET.get("window", "week")
    found = list(selectors.duties_in(at=at, window=window, office=office)[:PAPER])
    context = {
        "office": selectors.office_names([office])[office],
        "lines": [{"duty": duty, "clock": duty.clock(at)} for duty in found],
    }
    return render(request, "operations/duty_print.html", context)


@staff_page("operations.duty.read")
def duty(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One duty: clock, basis, tick off, reason, history."""
    found = access.duty_for(request.actor, public_id)
    return render(request, "operations/duty.html", _duty_context(request.actor, found))


def _duty_context(actor: Actor, found: Duty, form: object = None) -> dict[str, object]:
    at = clock.now()
    subject = Subject(found.subject_kind, found.subject_id)
    is_late = is_breached(due_at=found.due_at, done_at=found.done_at, at=at)
    is_open = found.state == Duty.State.OPEN
    return {
        "duty": found,
        "clock": found.clock(at),
        "office": selectors.office_names([found.owner_org])[found.owner_org],
        "subject_label": subjects.label(subject),
        "subject_url": subjects.way(subject, actor),
        "is_late": is_late,
        "goes_to": selectors.goes_to(found),
        "is_unverified": selectors.rests_on_unverified(found),
        "is_by_hand": is_by_hand(found.kind),
        "may_complete": is_open and access.may_complete(actor, found),
        "may_cancel": is_open and access.may_cancel(actor, found),
        "asks_reason": is_late
        and not is_open
        and not found.breach_reason
        and access.may_complete(actor, found),
        "form": form or CompleteForm(is_in_words=is_in_words(found.kind)),
        "reason_form": ReasonForm(),
        "lines": journal.timeline(Subject("duty", found.public_id))[:50],
    }


@staff_page("operations.duty.complete")
def complete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Tick a duty off; a late one says why."""
    found = access.own_duty_for(request.actor, public_id, "operations.duty.complete")
    form = CompleteForm(request.POST, is_in_words=is_in_words(found.kind))
    at = clock.now()
    if not is_by_hand(found.kind):
        raise Http404
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.complete_duty(
                actor=request.actor, at=at, duty=found, note=form.cleaned_data["note"]
            )
            if reason and at > found.due_at:
                services.give_breach_reason(actor=request.actor, at=at, duty=found, reason=reason)
        except Refusal as error:
            refuse(form, error)
        else:
            undo = reverse("operations:duty_reopen", args=[public_id])
            toasts.say(request, _("已办结：%(what)s") % {"what": found.said}, undo_url=undo)
            return HttpResponseRedirect(_back(request, found))
    return refused(request, "operations/duty.html", _duty_context(request.actor, found, form))


def _back(request: StaffRequest, found: Duty) -> str:
    """Back to the board, or to the duty when it still asks why it was late."""
    if found.done_at and found.done_at > found.due_at and not found.breach_reason:
        return reverse("operations:duty", args=[found.public_id])
    return reverse("operations:board")


@staff_page("operations.duty.complete")
def reopen(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Undo a tick within ten minutes."""
    found = access.own_duty_for(request.actor, public_id, "operations.duty.complete")
    return do(
        request,
        lambda: services.reopen_duty(actor=request.actor, at=clock.now(), duty=found),
        to=reverse("operations:duty", args=[public_id]),
        said=_("已撤销办结"),
    )


@staff_page("operations.duty.complete")
def explain(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say why a promise was late."""
    found = access.own_duty_for(request.actor, public_id, "operations.duty.complete")
    reason = request.POST.get("reason", "")
    return do(
        request,
        lambda: services.give_breach_reason(
            actor=request.actor, at=clock.now(), duty=found, reason=reason
        ),
        to=reverse("operations:duty", args=[public_id]),
        said=_("已记录超时原因"),
    )


@staff_page("operations.duty.cancel")
def cancel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a promise back with its reason."""
    found = access.own_duty_for(request.actor, public_id, "operations.duty.cancel")
    reason = request.POST.get("reason", "")
    return do(
        request,
        lambda: services.cancel_duty(
            actor=request.actor, at=clock.now(), duty=found, reason=reason
        ),
        to=reverse("operations:duty", args=[public_id]),
        said=_("已取消"),
    )


def _feed_url(request: StaffRequest) -> str:
    token = token_for(request, salt=SALT)
    return request.build_absolute_uri(reverse("operations:calendar", args=[token]))


@public_page
def calendar(request: PublicRequest, token: str) -> HttpResponse:
    """The open duties of one account's organisation as iCalendar; the address itself is the key."""
    actor, _what = reader_of(token, salt=SALT, permission="operations.duty.read")
    found = selectors.duties_in(at=clock.now(), office=actor.org_code)[:MOST]
    name = _("%(org)s待办") % {"org": actor.org_name}
    text = selectors.feed(found, name=name, at=clock.now(), host=request.get_host())
    return feed_response(text)
