"""Organisations, for the administrator."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts import access, selectors, services
from nuantu.accounts.forms import OrganisationForm, OrganisationsFilter
from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.ui import toasts
from nuantu.ui.outcomes import refuse
from nuantu.ui.pages import LongList

PER_PAGE = 50


@staff_page("accounts.organisation.manage")
def organisations(request: StaffRequest) -> HttpResponse:
    """Every organisation: search by name, code or place, and by kind."""
    wanted = OrganisationsFilter(request.GET)
    wanted.is_valid()
    found = selectors.organisations(wanted.cleaned_data, access.reach(request.actor))
    page = LongList(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/organisations.html", {"filter": wanted, "page": page})


@staff_page("accounts.organisation.manage")
def organisation_new(request: StaffRequest) -> HttpResponse:
    """Enter an organisation."""
    form = OrganisationForm(request.POST or None, reach=access.reach(request.actor))
    if request.method == "POST" and form.is_valid():
        new = services.add_organisation(actor=request.actor, at=clock.now(), **form.values())
        toasts.say(request, _("已登记 %(name)s。") % {"name": new.name})
        return HttpResponseRedirect(f"{reverse('accounts:organisations')}?q={new.code}")
    context = {"form": form}
    answer = refused if form.is_bound else render
    return answer(request, "accounts/organisation.html", context)


@staff_page("accounts.organisation.manage")
def organisation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put an organisation right."""
    row = access.organisation_for(request.actor, public_id)
    form = OrganisationForm(request.POST or None, reach=access.reach(request.actor), row=row)
    context = {"form": form, "row": row}
    if request.method != "POST":
        return render(request, "accounts/organisation.html", context)
    if form.is_valid():
        values = form.values()
        values.pop("code")
        try:
            services.change_organisation(
                actor=request.actor, at=clock.now(), organisation=row, **values
            )
        except Refusal as error:
            refuse(form, error)
        else:
            toasts.say(request, _("已保存 %(name)s。") % {"name": row.name})
            return HttpResponseRedirect(f"{reverse('accounts:organisations')}?q={row.code}")
    return refused(request, "accounts/organisation.html", context)


@staff_page("accounts.organisation.manage")
def organisation_state(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close or reopen an organisation, with the way back in the toast."""
    row = access.organisation_for(request.actor, public_id)
    if request.method == "POST":
        is_active = not row.is_active
        try:
            services.set_organisation_active(
                actor=request.actor, at=clock.now(), organisation=row, is_active=is_active
            )
        except Refusal as error:
            toasts.say(request, str(error), is_error=True)
        else:
            said = _("已启用 %(name)s。") if is_active else _("已停用 %(name)s。")
            toasts.say(request, said % {"name": row.name}, undo_url=request.path)
    return HttpResponseRedirect(reverse("accounts:organisation", args=[row.public_id]))
