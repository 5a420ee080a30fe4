"""The page of one tip, its register, its photos and its reporter."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock, exports, journal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.dispatch import access, services
from nuantu.dispatch.forms import actions
from nuantu.dispatch.forms.filters import RegisterFilter
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors import board, duplicates, tips
from nuantu.dispatch.selectors.duties import arrivals, is_unexplained
from nuantu.dispatch.selectors.ordered import order_of_tip
from nuantu.dispatch.selectors.runs import runs_of
from nuantu.dispatch.views.deeds import Failure
from nuantu.operations.models import Handover
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

ROWS = 50


@staff_page(access.READ)
def register(request: StaffRequest) -> HttpResponse:
    """Every tip that may be seen: search, filters, pages, export."""
    form = RegisterFilter(request.GET)
    at = clock.now()
    found = tips.tip_list(form.wanted(), at)
    paginator = LongList(board.pressing(found) if form.is_pressing_first else found, ROWS)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": board.tip_cards(page.object_list, at),
        "may_export": request.actor.may(access.EXPORT),
    }
    return render(request, "dispatch/tips.html", context)


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The register as Excel, with the filters of the page; journalled as a read."""
    at = clock.now()
    found = tips.tip_list(RegisterFilter(request.GET).wanted(), at)
    journal.record(
        verb="dispatch.tip.export",
        actor=request.actor,
        at=at,
        subjects=[Subject("user", UUID(request.actor.public_id))],
        division_code=request.actor.division_code,
        owner_org=request.actor.org_code,
        summary="导出线索登记表",
        changes={"query": request.GET.urlencode()},
    )
    return exports.register_xlsx(
        _("求助线索登记"), tips.register_headings(), tips.register_rows(found, at)
    )


@staff_page(access.READ)
def tip(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One tip with everything that hangs on it."""
    return render(
        request,
        "dispatch/tip.html",
        tip_context(request, access.tip_for(request.actor, public_id)),
        fragment="dispatch/_tip.html",
    )


def tip_context(
    request: StaffRequest, row: Tip, failure: Failure | None = None, **more: Any
) -> dict[str, Any]:
    """What the page of a tip shows."""
    at = clock.now()
    subject = Subject("tip", row.public_id)
    (card,) = board.tip_cards([row], at)
    duties = arrivals(row)
    forms = tip_forms(row, failure)
    asks_breach = is_unexplained(duties, at)
    forms["close"].fields["breach_reason"].required = asks_breach
    return {
        "card": card,
        "tip": row,
        "asks_breach": asks_breach,
        "decides": access.answers_for(request.actor, row),
        "offers": Handover.objects.filter(subject_kind="tip", subject_id=row.public_id),
        "runs": runs_of(row.pk),
        "notices": row.notices.order_by("pk"),
        "ordered": order_of_tip(row, at),
        "links": duplicates.links_of(row),
        "followers": row.followers.order_by("received_at"),
        "guidances": row.guidances.order_by("-asked_at"),
        "said": row.still_there.order_by("-said_at"),
        "photos": row.photos.order_by("added_at"),
        "duties": duties,
        "lines": journal.timeline(subject)[:100],
        "forms": forms,
        "failure": failure,
        **more,
    }


def tip_forms(row: Tip, failure: Failure | None) -> dict[str, Any]:
    """Empty forms of the page, the refused one with what was typed."""
    found: dict[str, Any] = {
        "close": actions.CloseForm(),
        "urgent": actions.UrgentForm(initial={"flags": row.urgent_flags}),
        "mark": actions.MarkForm(initial={"mark": row.mark}),
        "reopen": actions.ReasonForm(),
        "explain": actions.ReasonForm(),
        "reveal": actions.RevealForm(),
        "notice": actions.NoticeForm(),
        "skip": actions.ReasonForm(),
        "guide": actions.GuidanceForm(),
        "separate": actions.ReasonForm(),
    }
    if failure is not None and failure.deed in found:
        found[failure.deed] = failure.form
    for name, form in found.items():
        form.auto_id = f"id_{name}_%s"
    return found


def tip_again(request: StaffRequest, row: Any, failure: Failure) -> HttpResponse:
    """The tip's page after a refusal; `row` is the tip or hangs on one."""
    owner = row if isinstance(row, Tip) else row.later if hasattr(row, "later") else row.tip
    return refused(request, "dispatch/tip.html", tip_context(request, owner, failure))


@staff_page(access.REVEAL)
def reporter(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who reported: asks the purpose, shows once, and is written down."""
    row = access.tip_for(request.actor, public_id, access.REVEAL)
    form = actions.RevealForm(request.POST or None)
    shown = None
    if request.method == "POST" and form.is_valid():
        shown = services.reveal_reporter(
            actor=request.actor, at=clock.now(), tip=row, purpose=form.cleaned_data["purpose"]
        )
    status = 422 if request.method == "POST" and shown is None else 200
    context = {"tip": row, "form": form, "shown": shown}
    return render(request, "dispatch/reporter.html", context, status=status)


@staff_page(access.READ)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The served copy of a photo: no EXIF, no position."""
    row = access.photo_for(request.actor, public_id)
    response = photo_page(row)
    response["Cache-Control"] = "private, max-age=300"
    return response
