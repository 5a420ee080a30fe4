"""Key locations from a table: choose it, look at its rows, let them come in."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import brought, clock
from nuantu.core.errors import Refusal
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.places import access, services
from nuantu.places.forms import SheetForm, SheetRowsForm
from nuantu.places.services import Line
from nuantu.ui import toasts
from nuantu.ui.outcomes import form_page, refuse

STATES: Final = ("bad", "doubtful", "ready", "known")
SALT: Final = "places.sheet"


def _page(request: StaffRequest, lines: Sequence[Line], datum: str, **more: Any) -> HttpResponse:
    """The rows with what is to be looked at, and the button that lets them come in."""
    doubtful = [
        (str(line.number), f"{line.number} · {line.name} · {line.findings[0]}")
        for line in lines
        if line.state == "doubtful"
    ]
    order = sorted(lines, key=lambda line: (STATES.index(line.state), line.number))
    packed = brought.packed(
        request.actor, [(line.number, dict(line.told)) for line in lines], datum, salt=SALT
    )
    counts = {state: sum(line.state == state for line in lines) for state in STATES}
    context = {
        "lines": order,
        "counts": counts,
        "form": SheetRowsForm(packed=packed, lines=doubtful),
        "may_come": counts["ready"] or counts["doubtful"],
        "back_url": reverse("places:key_locations"),
        **more,
    }
    return render(request, "places/sheet.html", context)


@staff_page(access.MANAGE_LOCATIONS)
def choose(request: StaffRequest) -> HttpResponse:
    """Choose a table; what stands in it is shown row by row before anything comes in."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, datum = form.cleaned_data["file"], form.cleaned_data["datum"]
        try:
            rows, unread = services.rows_in(file.read())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            lines = services.judged(actor=request.actor, rows=rows, datum=datum)
            return _page(request, lines, datum, file_name=file.name, unread=unread)
    return form_page(request, "places/sheet_file.html", {"form": form})


@staff_page(access.MANAGE_LOCATIONS)
def template(request: StaffRequest) -> HttpResponse:
    """An empty table with the columns that are read."""
    return register_xlsx(_("重点区域模板"), [str(label) for label in services.LABELS.values()], [])


@require_POST
@staff_page(access.MANAGE_LOCATIONS)
def confirm(request: StaffRequest) -> HttpResponse:
    """Let the rows come in; those that do not are shown with what is to be mended."""
    wanted = [int(number) for number in request.POST.getlist("wanted") if number.isdigit()]
    try:
        rows, datum = brought.unpacked(request.actor, request.POST.get("rows", ""), salt=SALT)
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
        return HttpResponseRedirect(reverse("places:key_location_import"))
    count, left = services.bring_in(
        actor=request.actor, at=clock.now(), rows=rows, datum=datum, wanted=wanted
    )
    said = _("已登记 %(n)s 处。") % {"n": count}
    if any(line.state != "known" for line in left):
        return _page(request, left, datum, file_name=_("没有登记的行"), said=said)
    toasts.say(request, said)
    return HttpResponseRedirect(reverse("places:key_locations"))


@require_POST
@staff_page(access.MANAGE_LOCATIONS)
def unmended(request: StaffRequest) -> HttpResponse:
    """The rows that cannot come in as they are, as a table to mend, each with its reasons."""
    try:
        rows, datum = brought.unpacked(request.actor, request.POST.get("rows", ""), salt=SALT)
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
        return HttpResponseRedirect(reverse("places:key_location_import"))
    lines = services.judged(actor=request.actor, rows=rows, datum=datum)
    headings = [str(label) for label in services.LABELS.values()]
    return register_xlsx(
        _("要改的行"),
        [*headings, _("原来的行"), _("哪里要改")],
        (
            [
                *(line.told.get(key, "") for key in services.LABELS),
                line.number,
                " ".join(line.findings),
            ]
            for line in lines
            if line.state in ("bad", "doubtful")
        ),
    )
