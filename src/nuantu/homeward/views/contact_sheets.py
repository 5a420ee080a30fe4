"""The contact book from a table: choose it, look at its rows, let them come in."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import brought, clock
from nuantu.core.errors import Refusal
from nuantu.core.exports import register_xlsx
from nuantu.core.headings import Row
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms.contacts import ContactSheetForm
from nuantu.homeward.selectors.contacts import LABELS
from nuantu.homeward.services import contact_sheets as services
from nuantu.homeward.services.contact_sheets import Line
from nuantu.ui import toasts
from nuantu.ui.outcomes import form_page, refuse

STATES: Final = ("bad", "changed", "new", "confirmed", "same")
SALT: Final = "homeward.contacts"


def _unpacked(request: StaffRequest) -> tuple[list[Row], date]:
    """The rows that came back and their day. Raises Refusal where they are too old or somebody else's."""
    rows, day = brought.unpacked(request.actor, request.POST.get("rows", ""), salt=SALT)
    return rows, date.fromisoformat(day)


def _page(request: StaffRequest, lines: Sequence[Line], day: date, **more: Any) -> HttpResponse:
    """The rows with what each would do, and the button that lets them come in."""
    counts = {state: sum(line.state == state for line in lines) for state in STATES}
    context = {
        "lines": sorted(lines, key=lambda line: (STATES.index(line.state), line.number)),
        "counts": counts,
        "packed": brought.packed(
            request.actor,
            [(line.number, dict(line.told)) for line in lines],
            day.isoformat(),
            salt=SALT,
        ),
        "may_come": any(counts[state] for state in services.COMING),
        **more,
    }
    return render(request, "homeward/contact_rows.html", context)


def _gone(request: StaffRequest, refusal: Refusal) -> HttpResponse:
    toasts.say(request, str(refusal), is_error=True)
    return HttpResponseRedirect(reverse("homeward:contact_import"))


@staff_page(access.BOOK_WRITE)
def choose(request: StaffRequest) -> HttpResponse:
    """Choose a table; what stands in it is shown row by row before anything comes in."""
    form = ContactSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, day = form.cleaned_data["file"], form.cleaned_data["confirmed_date"]
        try:
            rows, unread = services.rows_in(file.read())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            lines = services.judged(actor=request.actor, at=clock.now(), rows=rows, day=day)
            return _page(request, lines, day, file_name=file.name, unread=unread)
    return form_page(request, "homeward/contact_sheet.html", {"form": form})


@staff_page(access.BOOK_WRITE)
def template(request: StaffRequest) -> HttpResponse:
    """An empty table with the columns that are read."""
    labels = [str(label) for label in LABELS.values()]
    return register_xlsx(_("救助站通讯录"), labels, [])


@require_POST
@staff_page(access.BOOK_WRITE)
def confirm(request: StaffRequest) -> HttpResponse:
    """Let the rows come in; those that do not are shown with what is to be mended."""
    try:
        rows, day = _unpacked(request)
    except Refusal as refusal:
        return _gone(request, refusal)
    count, left = services.bring_in(actor=request.actor, at=clock.now(), rows=rows, day=day)
    said = _("已导入 %(n)s 条。") % {"n": count}
    if left:
        return _page(request, left, day, file_name=_("没有导入的行"), said=said)
    toasts.say(request, said)
    return HttpResponseRedirect(reverse("homeward:contacts"))


@require_POST
@staff_page(access.BOOK_WRITE)
def unmended(request: StaffRequest) -> HttpResponse:
    """The rows that cannot come in as they are, as a table to mend, each with its reasons."""
    try:
        rows, day = _unpacked(request)
    except Refusal as refusal:
        return _gone(request, refusal)
    lines = services.judged(actor=request.actor, at=clock.now(), rows=rows, day=day)
    headings = [str(label) for label in LABELS.values()]
    return register_xlsx(
        _("要改的行"),
        [*headings, _("原来的行"), _("哪里要改")],
        (
            [
                *(line.told.get(key, "") for key in LABELS),
                line.number,
                " ".join(line.findings),
            ]
            for line in lines
            if line.state == services.BAD
        ),
    )
