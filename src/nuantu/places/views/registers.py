"""One register of places as pages: list, Excel, one place, new, change, close."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock, journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.places import access, forms, selectors, services
from nuantu.places.models import Place
from nuantu.places.selectors import Filters
from nuantu.ui import toasts
from nuantu.ui.outcomes import refuse
from nuantu.ui.pages import LongList

PAGE_ROWS = 50
JOURNAL_LINES = 20

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of place: what it is called, listed by, written by, and who may write.

    `argument` is what the change service calls the place; `columns` are the sheet's heading and value.
    """

    key: str
    page_key: str
    title: Any
    new_title: Any
    permission: str
    rows: Callable[[Filters], QuerySet[Any]]
    one: Callable[[Actor, UUID], Place]
    changeable: Callable[[Actor, UUID], Place]
    form: type[forms.PlaceForm]
    add: Callable[..., Place]
    change: Callable[..., Place]
    argument: str
    columns: tuple[tuple[Any, Callable[[Any], object]], ...]
    kinds: Callable[[], list[tuple[str, Any]]] = list
    states: tuple[tuple[str, Any], ...] = ()
    export_permission: str = access.READ
    note_export: Callable[..., None] | None = None
    has_import: bool = False

    def url(self, page: str = "", *args: object) -> str:
        """The address of one of its pages: "" the list, new, export; with an id detail, edit, close."""
        names = {"": self.page_key, "detail": self.key}
        return reverse(f"places:{names.get(page, f'{self.key}_{page}')}", args=args)


def list_page(register: Register) -> View:
    """The list with search, filters and map."""

    @staff_page(access.READ)
    def view(request: StaffRequest) -> HttpResponse:
        form = _filters(request, register)
        rows = register.rows(Filters(**form.narrowing()))
        page = LongList(rows, PAGE_ROWS).get_page(request.GET.get("page"))
        context = {
            "register": register,
            "form": form,
            "page": page,
            "count": page.paginator.count,
            "rows_template": f"places/_{register.page_key}.html",
            "export_url": _export_url(request.actor, register),
            "new_url": register.url("new") if request.actor.may(register.permission) else "",
            "import_url": _import_url(request.actor, register),
            "at": clock.now(),
        }
        return render(request, "places/list.html", context, fragment="places/_list.html")

    return view


def _export_url(actor: Actor, register: Register) -> str:
    return register.url("export") if actor.may(register.export_permission) else ""


def _import_url(actor: Actor, register: Register) -> str:
    may = register.has_import and actor.may(register.permission)
    return register.url("import") if may else ""


def export_page(register: Register) -> View:
    """The same list as a sheet; an export of what must not go from hand to hand is journalled."""

    @staff_page(register.export_permission)
    def view(request: StaffRequest) -> HttpResponse:
        if register.note_export:
            query = request.GET.urlencode()
            register.note_export(actor=request.actor, at=clock.now(), query=query)
        rows = register.rows(Filters(**_filters(request, register).narrowing()))
        return register_xlsx(
            str(register.title),
            [str(heading) for heading, _value in register.columns],
            ([value(row) for _heading, value in register.columns] for row in rows.iterator()),
        )

    return view


def detail_page(register: Register) -> View:
    """One place."""

    @staff_page(access.READ)
    def view(request: StaffRequest, public_id: UUID) -> HttpResponse:
        place = register.one(request.actor, public_id)
        return render(request, "places/detail.html", _card(register, request.actor, place))

    return view


def _card(register: Register, actor: Actor, place: Place) -> dict[str, Any]:
    """Everything the page of one place shows."""
    may_change = not place.is_closed and access.may_change(actor, place, register.permission)
    subject = Subject(register.key, place.public_id)
    return {
        "register": register,
        "place": place,
        "division": selectors.place_division(place),
        "holder": selectors.holder(place),
        "may_change": may_change,
        "may_open": access.may_change(actor, place, access.OPEN_POINTS),
        "edit_url": register.url("edit", place.public_id),
        "close_url": register.url("close", place.public_id),
        "back_url": register.url(),
        "details_template": f"places/_{register.key}_details.html",
        "nearest": selectors.around(place),
        "lines": journal.timeline(subject)[:JOURNAL_LINES],
        "at": clock.now(),
    }


def new_page(register: Register) -> View:
    """Enter a place."""

    @staff_page(register.permission)
    def view(request: StaffRequest) -> HttpResponse:
        form = register.form(request.POST or None, actor=request.actor)
        context = {"form": form, "page_title": register.new_title, "back_url": register.url()}
        if request.method != "POST":
            return render(request, "places/form.html", context)
        place = _kept(form, register.add, actor=request.actor, at=clock.now())
        if place is None:
            return refused(request, "places/form.html", context)
        toasts.say(request, _("已登记：%(name)s") % {"name": place.name})
        return HttpResponseRedirect(register.url("detail", place.public_id))

    return view


def edit_page(register: Register) -> View:
    """Change or move a place."""

    @staff_page(register.permission)
    def view(request: StaffRequest, public_id: UUID) -> HttpResponse:
        place = register.changeable(request.actor, public_id)
        back_url = register.url("detail", public_id)
        initial = register.form.values_of(place)
        form = register.form(request.POST or None, actor=request.actor, initial=initial)
        context = {"form": form, "page_title": place.name, "back_url": back_url, "place": place}
        if request.method != "POST":
            return render(request, "places/form.html", context)
        changed = _kept(
            form, register.change, actor=request.actor, at=clock.now(), **{register.argument: place}
        )
        if changed is None:
            return refused(request, "places/form.html", context)
        toasts.say(request, _("已保存：%(name)s") % {"name": changed.name})
        return HttpResponseRedirect(back_url)

    return view


def close_page(register: Register) -> View:
    """Take a place out of use, with the reason."""

    @staff_page(register.permission)
    def view(request: StaffRequest, public_id: UUID) -> HttpResponse:
        place = register.changeable(request.actor, public_id)
        form = forms.ReasonForm(request.POST or None)
        context = {
            "form": form,
            "page_title": _("停用：%(name)s") % {"name": place.name},
            "back_url": register.url("detail", public_id),
            "submit_label": _("停用"),
        }
        if request.method != "POST":
            return render(request, "places/close.html", context)
        if not form.is_valid():
            return refused(request, "places/close.html", context)
        reason = form.cleaned_data["reason"]
        services.close_place(actor=request.actor, at=clock.now(), place=place, reason=reason)
        toasts.say(request, _("已停用：%(name)s") % {"name": place.name})
        return HttpResponseRedirect(register.url())

    return view


def _filters(request: StaffRequest, register: Register) -> forms.FilterForm:
    return forms.FilterForm(
        request.GET,
        counties=forms.county_choices(selectors.home_prefix(request.actor)),
        kinds=_with_all(register.kinds()),
        states=_with_all(list(register.states)),
    )


def _with_all(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("全部")), *choices] if choices else []


def _kept(form: forms.PlaceForm, write: Callable[..., Place], **more: Any) -> Place | None:
    """Call the service with what the form says; None puts what to mend into the form."""
    if not form.is_valid():
        return None
    try:
        return write(spot=form.spot(), **form.details(), **more)
    except services.PointDoubtful as doubt:
        form.doubt = doubt.check
        form.add_error("lat", doubt.check.message)
    except Refusal as refusal:
        refuse(form, refusal)
    return None
