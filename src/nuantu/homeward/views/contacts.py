"""The contact book of stations elsewhere: list, export, one line."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms import contacts as forms
from nuantu.homeward.selectors import contacts as selectors
from nuantu.homeward.services import contacts as services
from nuantu.homeward.services.lines import note_list_export
from nuantu.ui.outcomes import do, form_page, tried
from nuantu.ui.pages import LongList

ROWS = 50


def _asked(request: StaffRequest) -> tuple[forms.ContactFilterForm, selectors.Filters, date]:
    form = forms.ContactFilterForm(request.GET)
    filters = selectors.Filters(form.said("q"), form.said("province"), form.said("state"))
    return form, filters, selectors.old_before(request.actor.division_code, clock.now())


@staff_page(access.BOOK_READ)
def book(request: StaffRequest) -> HttpResponse:
    """Stations elsewhere, with when each line was last confirmed."""
    form, filters, old = _asked(request)
    page = LongList(selectors.contacts(filters, old), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(page.object_list, old),
        "may_write": request.actor.may(access.BOOK_WRITE),
        "export_url": reverse("homeward:contact_export"),
    }
    return render(request, "homeward/contacts.html", context)


@staff_page(access.BOOK_READ)
def export(request: StaffRequest) -> HttpResponse:
    """The book as Excel; journalled."""
    _form, filters, old = _asked(request)
    rows = list(selectors.contacts(filters, old)[:MOST_FETCHED])
    note_list_export(
        actor=request.actor,
        at=clock.now(),
        verb="station_contact.export",
        words="救助站通讯录",
        count=len(rows),
    )
    return register_xlsx(_("救助站通讯录"), selectors.headings(), selectors.sheet(rows))


@staff_page(access.BOOK_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    """Enter a station."""
    form = forms.ContactForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.put_contact(actor=request.actor, at=clock.now(), **form.values()),
        to=reverse("homeward:contacts"),
        said=_("已保存。"),
    )
    return gone or form_page(request, "homeward/contact.html", {"form": form})


@staff_page(access.BOOK_WRITE)
def contact(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put a line right, or only confirm it: either sets the day."""
    found, at = access.contact_to_change(request.actor, public_id), clock.now()
    kept = {name: getattr(found, name) for name in services.Entry.__dataclass_fields__}
    form = forms.ContactForm(request.POST or None, initial=kept)
    gone = tried(
        request,
        form,
        lambda: services.put_contact(actor=request.actor, at=at, contact=found, **form.values()),
        to=reverse("homeward:contacts"),
        said=_("已核对，日期和核对人已更新。"),
    )
    others = selectors.other_old(found, at)
    context = {"form": form, "contact": found, "others": others}
    return gone or form_page(request, "homeward/contact.html", context)


@staff_page(access.BOOK_WRITE)
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A line is not used any more."""
    found = access.contact_to_change(request.actor, public_id)
    form = forms.CloseContactForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return do(
        request,
        lambda: services.close_contact(
            actor=request.actor, at=clock.now(), contact=found, reason=reason
        ),
        to=reverse("homeward:contacts"),
        said=_("已停用。"),
    )
