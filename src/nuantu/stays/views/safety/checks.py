"""Doing a check and setting its list."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.safety import CheckForm, ChecklistForm
from nuantu.stays.models import SafetyCheck
from nuantu.stays.rules.safety import Checklist
from nuantu.stays.selectors.safety import lists
from nuantu.stays.services import safety as services
from nuantu.ui.outcomes import do, form_page, tried


def _lists(request: StaffRequest, at_division: str = "") -> dict[str, Checklist]:
    actor = request.actor
    division = at_division or actor.division_code
    found = lists.checklists_of(actor.org_code, division, clock.now())
    return {one.kind: one for one in found}


@staff_page(access.SAFETY_READ)
def safety_check(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One check: its form while it is owed, what was found afterwards."""
    row = access.safety_check_for(request.actor, public_id)
    is_own = row.owner_org == request.actor.org_code
    if row.done_at or not is_own or not request.actor.may(access.SAFETY):
        found = row.lines.select_related("hazard").order_by("position")
        return render(request, "stays/safety/check_done.html", {"row": row, "lines": found})
    return _ask(request, row)


def _ask(request: StaffRequest, row: SafetyCheck) -> HttpResponse:
    checklist = _lists(request, row.division_code).get(row.kind)
    form = CheckForm(
        request.POST or None,
        request.FILES or None,
        lines=checklist.lines if checklist else (),
        org=row.owner_org,
    )
    gone = tried(
        request,
        form,
        lambda: services.do_check(
            actor=request.actor,
            at=clock.now(),
            safety_check=row,
            answers=form.answers(),
            mender=form.cleaned_data["mender"],
        ),
        to=reverse("stays:safety"),
        said=_("检查已登记"),
    )
    context = {"form": form, "row": row, "checklist": checklist}
    return gone or form_page(request, "stays/safety/check.html", context)


@staff_page(access.SAFETY)
def check_start(request: StaffRequest, kind: str) -> HttpResponse:
    """An extra check beside the rhythm, straight on to its form."""
    if kind not in _lists(request):
        raise Http404
    made: list[SafetyCheck] = []
    answer = do(
        request,
        lambda: made.append(services.start_check(actor=request.actor, at=clock.now(), kind=kind)),
        to=reverse("stays:safety"),
        said=_("已加做一次检查"),
    )
    if made:
        answer["Location"] = reverse("stays:safety_check", args=[made[0].public_id])
    return answer


@staff_page(access.SAFETY_MANAGE)
def checklists(request: StaffRequest) -> HttpResponse:
    """Every list that holds for the station, with what it rests on."""
    return render(request, "stays/safety/lists.html", {"lists": _lists(request).values()})


@staff_page(access.SAFETY_MANAGE)
def checklist(request: StaffRequest, kind: str) -> HttpResponse:
    """Change a list from a day on; the old one stays for the days before."""
    found = _lists(request).get(kind)
    if found is None:
        raise Http404
    form = ChecklistForm(request.POST or None, initial=ChecklistForm.initial_of(found))
    gone = tried(
        request,
        form,
        lambda: services.set_checklist(
            actor=request.actor,
            at=clock.now(),
            kind=kind,
            wanted=form.wanted(kind),
            from_date=form.cleaned_data["from_date"],
        ),
        to=reverse("stays:checklists"),
        said=_("检查表已保存"),
    )
    return gone or form_page(request, "stays/safety/list.html", {"form": form, "found": found})
