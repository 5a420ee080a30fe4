"""The hotline desk: a call becomes a tip in under a minute."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.fields import keyed_hash
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.ids import new_id
from nuantu.dispatch import access, services
from nuantu.dispatch.forms.desk import DeskForm, LookForm
from nuantu.dispatch.forms.report import report_from, with_offer
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.duplicates import Sighting
from nuantu.dispatch.rules.flags import CALL_FIRST
from nuantu.dispatch.rules.words import phone_number
from nuantu.dispatch.selectors import board, duplicates
from nuantu.dispatch.selectors.areas import county_choices, map_centre
from nuantu.dispatch.selectors.placing import PositionDoubtful, settle, suggestions
from nuantu.ui import toasts
from nuantu.ui.outcomes import refuse


@staff_page(access.TAKE)
def desk(request: StaffRequest) -> HttpResponse:
    """The form, the map and the open tips; a saved tip leaves an empty form."""
    if request.method != "POST":
        return render(request, "dispatch/desk.html", _context(request, DeskForm()))
    form = DeskForm(with_offer(request.POST))
    if form.is_valid() and (answer := _save(request, form)):
        return answer
    return refused(request, "dispatch/desk.html", _context(request, form))


def _context(request: StaffRequest, form: DeskForm) -> dict[str, Any]:
    taken = request.GET.get("taken", "")
    return {
        "form": form,
        "key": request.POST.get("idempotency_key") or str(new_id()),
        "danger_flags": CALL_FIRST,
        "centre": map_centre(request.actor.division_code),
        "cards": board.open_cards(Tip.objects.all(), clock.now()),
        "taken": taken if taken.isalnum() else "",
        "question": form.question,
        "doubt": form.doubt,
        "suggestion": form.suggestion,
        "counties": form.counties.items(),
    }


def _save(request: StaffRequest, form: DeskForm) -> HttpResponse | None:
    """Take the tip; None with the question or the refusal in the form.

    A call that names no known place belongs to the county of the desk that took it.
    """
    data, at = form.cleaned_data, clock.now()
    report = report_from(
        data,
        idempotency_key=request.POST.get("idempotency_key", ""),
        channel=data["channel"],
    )
    try:
        spot = settle(report, at=at).spot
        if not data["is_confirmed"] and spot.question:
            own = request.actor.division_code
            here = [one for one in county_choices() if one[0] == own and spot.counties]
            counties = dict([*spot.counties, *here])
            form.ask(spot.question, counties=counties, suggestion=spot.suggestion)
            return None
        if spot.source == Tip.PositionSource.NONE:
            report = replace(report, division_code=request.actor.division_code)
        taken = services.take_tip(actor=request.actor, at=at, report=report)
    except PositionDoubtful as doubt:
        form.ask(str(doubt), doubt, suggestion=doubt.suggestion)
        return None
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    toasts.say(request, _said(taken))
    return HttpResponseRedirect(f"{reverse('dispatch:desk')}?taken={taken.code}")


def _said(taken: services.Taken) -> str:
    if taken.handed_to:
        return _("已登记，回执 %(code)s。地点属%(station)s，已提出移交；对方接收前由本站负责。") % {
            "code": taken.code,
            "station": taken.handed_to,
        }
    return _("已登记，回执 %(code)s") % {"code": taken.code}


@staff_page(access.TAKE)
def open_tips(request: StaffRequest) -> HttpResponse:
    """The open tips of the desk, asked again whenever one changes."""
    context = {"cards": board.open_cards(Tip.objects.all(), clock.now())}
    return render(request, "dispatch/_open_tips.html", context)


@staff_page(access.TAKE)
def alike(request: StaffRequest) -> HttpResponse:
    """Duplicates and known places while somebody types."""
    form = LookForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    words = data.get("place_text", "")
    lat, lon = data.get("lat"), data.get("lon")
    number = phone_number(data.get("callback", "")) or ""
    sighting = Sighting(
        received_at=clock.now(),
        place=words,
        seen=data.get("seen_text", ""),
        point=(lat, lon) if lat is not None and lon is not None else None,
        flags=frozenset(data.get("flags", ())),
        caller=keyed_hash(number) if number else "",
    )
    has_enough = len(words) >= 2 or sighting.point is not None
    context = {
        "alike": duplicates.like_this(sighting, division_code=request.actor.division_code)
        if has_enough
        else [],
        "places": suggestions(words, request.actor.division_code) if len(words) >= 2 else [],
    }
    return render(request, "dispatch/_alike.html", context)
