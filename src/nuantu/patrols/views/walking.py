"""The team's phone on patrol: one stop at a time, big buttons, nothing else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms import walking as filled
from nuantu.patrols.models import PatrolVisit
from nuantu.patrols.selectors.contact import contact_url
from nuantu.patrols.selectors.runs import MyPage, desk_phone, my_page
from nuantu.places.forms import ToldForm
from nuantu.ui.outcomes import tried, with_fields

Do = Callable[[Actor, datetime, Any, Any], object]
Form = Callable[[StaffRequest, Any], forms.Form]
View = Callable[..., HttpResponse]


@staff_page(access.WALK)
def mine(request: StaffRequest) -> HttpResponse:
    """My patrol: the next stop, or the route to begin."""
    return render(request, "patrols/mine.html", _context(request))


def _context(
    request: StaffRequest, name: str = "", failed: forms.Form | None = None
) -> dict[str, Any]:
    page = my_page(request.actor, clock.now())
    found: dict[str, Any] = _empty_forms(page)
    if failed is not None and name in found:
        found[name] = failed
    visit = page.shown
    met_url = contact_url(visit.public_id) if visit and visit.state == visit.State.ARRIVED else ""
    desk = desk_phone(page.team.organisation_id) if page.team else ""
    shown = {"page": page, "forms": found, "failed": name, "failure": failed}
    return shown | {"met_url": met_url, "desk_phone": desk}


def _empty_forms(page: MyPage) -> dict[str, Any]:
    """The forms of the page as they stand before anything is typed."""
    crew = "、".join(row.user.name for row in page.team.members.all()) if page.team else ""
    count = page.open.people_count if page.open else 0
    found: dict[str, Any] = {
        "begin": filled.BeginForm(initial={"crew": crew}),
        "add": filled.AddForm(),
        "nobody": filled.NoteForm(auto_id="nobody_%s"),
        "met": filled.MetForm(initial={"count": count or 1}, auto_id="met_%s"),
        "pass_by": filled.ReasonForm(auto_id="pass_%s"),
        "photo": filled.PhotoForm(),
    }
    if page.run is not None:
        found["finish"] = filled.FinishForm(run=page.run, auto_id="finish_%s")
    return found


def _press(name: str, load: Callable[[Actor, UUID], Any], form_of: Form, do: Do, said: Any) -> View:
    """The view of one button: do it, say so, and show the page as it then is."""

    @require_POST
    @staff_page(access.WALK)
    def press(request: StaffRequest, public_id: UUID) -> HttpResponse:
        row = load(request.actor, public_id)
        form = form_of(request, row)
        gone = tried(
            request,
            form,
            lambda: do(request.actor, clock.now(), row, form),
            to=reverse("patrols:mine"),
            said=str(said),
            undo=lambda _done: _undo_of(row, name),
        )
        return gone or refused(request, "patrols/mine.html", _context(request, name, form))

    press.__name__ = name
    press.__doc__ = f"{name}: one button of a patrol."
    return press


def _undo_of(row: Any, name: str) -> str:
    """Where a result is taken back; empty where there is none."""
    if name not in ("nobody", "met", "pass_by") or not isinstance(row, PatrolVisit):
        return ""
    return reverse("patrols:visit_take_back", args=[row.public_id])


def _plain(form: type[forms.Form]) -> Form:
    def make(request: HttpRequest, _row: Any) -> forms.Form:
        return form(request.POST, request.FILES)

    return make


begin = _press(
    "begin",
    access.own_route_for,
    _plain(filled.BeginForm),
    with_fields(services.begin_run, "route"),
    _("已出巡，注意安全"),
)
arrive = _press(
    "arrive",
    access.walked_visit_for,
    _plain(ToldForm),
    lambda actor, at, visit, form: services.arrive(
        actor=actor, at=at, visit=visit, told=form.told()
    ),
    _("已到达"),
)
nobody = _press(
    "nobody",
    access.walked_visit_for,
    _plain(filled.NoteForm),
    with_fields(services.nobody_here, "visit"),
    _("已登记：没有人"),
)
met = _press(
    "met",
    access.walked_visit_for,
    _plain(filled.MetForm),
    with_fields(services.met_people, "visit"),
    _("已登记：见到人"),
)
pass_by = _press(
    "pass_by",
    access.walked_visit_for,
    _plain(filled.ReasonForm),
    with_fields(services.pass_by, "visit"),
    _("已登记：没有去"),
)
take_back = _press(
    "take_back",
    access.walked_visit_for,
    _plain(forms.Form),
    with_fields(services.take_back_visit, "visit"),
    _("已退回，可以重新登记"),
)
photo = _press(
    "photo",
    access.walked_visit_for,
    _plain(filled.PhotoForm),
    lambda actor, at, visit, form: services.add_photo(
        actor=actor,
        at=at,
        visit=visit,
        upload=form.cleaned_data["photo"],
        hidden_for=form.cleaned_data["hidden_for"],
    ),
    _("影像已留存"),
)
add_stop = _press(
    "add",
    access.walked_run_for,
    _plain(filled.AddForm),
    lambda actor, at, run, form: services.add_stop(
        actor=actor, at=at, run=run, place=form.cleaned_data["place"], told=form.told()
    ),
    _("已增加一站，并记为到达"),
)
all_well = _press(
    "all_well",
    access.walked_run_for,
    _plain(forms.Form),
    with_fields(services.all_well, "run"),
    _("已报平安"),
)
finish = _press(
    "finish",
    access.walked_run_for,
    lambda request, run: filled.FinishForm(request.POST, run=run, auto_id="finish_%s"),
    lambda actor, at, run, form: services.finish_run(
        actor=actor,
        at=at,
        run=run,
        checks=form.checks(),
        skip_reason=form.cleaned_data["skip_reason"],
        km_in=form.cleaned_data.get("km_in"),
        note=form.cleaned_data["note"],
    ),
    _("已收队，辛苦了"),
)
