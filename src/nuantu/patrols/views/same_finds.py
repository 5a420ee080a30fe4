"""Say that two rows of a sweep are one person, and take it back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms.sweeps import FindSearchForm
from nuantu.patrols.selectors.same_finds import others_of
from nuantu.patrols.selectors.sweeps import area_url
from nuantu.ui.outcomes import do


@staff_page(access.JUDGE)
def choose(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who of the others found in the sweep is the same person?"""
    find = access.judged_find_for(request.actor, public_id)
    search = FindSearchForm(request.GET)
    context = {
        "find": find,
        "area": find.report.area,
        "search": search,
        "others": others_of(find, search.words()),
        "back_url": area_url(find.report.area.public_id),
    }
    return render(request, "patrols/find_same.html", context)


@require_POST
@staff_page(access.JUDGE)
def same(request: StaffRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """The two are one person."""
    find = access.judged_find_for(request.actor, public_id)
    there = access.judged_find_for(request.actor, other)
    return do(
        request,
        lambda: services.say_same(actor=request.actor, at=clock.now(), find=find, other=there),
        to=area_url(find.report.area.public_id),
        said=_("已记为同一个人，人数只算一次"),
        undo_url=reverse("patrols:find_not_same", args=[public_id]),
    )


@require_POST
@staff_page(access.JUDGE)
def not_same(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """They are two after all."""
    find = access.judged_find_for(request.actor, public_id)
    return do(
        request,
        lambda: services.take_same_back(actor=request.actor, at=clock.now(), find=find),
        to=area_url(find.report.area.public_id),
        said=_("已撤销，两条各算一人"),
    )
