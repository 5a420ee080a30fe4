"""Alarms: what needs somebody now, the answer, and a team that is sent."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.homeward import access, services
from nuantu.homeward.forms import wearers as forms
from nuantu.homeward.models import Alarm
from nuantu.homeward.selectors import alarms as selectors
from nuantu.homeward.selectors.wearers import contacts, last_spot, url_of
from nuantu.homeward.views.wearers import ROWS
from nuantu.persons.selectors import card_of
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList


@staff_page(access.READ)
def alarms(request: StaffRequest) -> HttpResponse:
    """What waits for an answer; urgent ones first, the oldest before the others."""
    form, at = forms.AlarmFilterForm(request.GET), clock.now()
    found = selectors.alarms(form.said("state"), at)
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(list(page.object_list), at),
        "may_answer": request.actor.may(access.ANSWER),
        "org": request.actor.org_code,
    }
    return render(request, "homeward/alarms.html", context)


def _context(alarm: Alarm, form: Any, **more: Any) -> dict[str, Any]:
    at = clock.now()
    last = getattr(alarm.wearer, "last_fix", None)
    return {
        "alarm": alarm,
        "wearer": alarm.wearer,
        "card": card_of(alarm.wearer.person, at),
        "spot": last_spot(last, at, alarm.wearer.term_days),
        "contacts": contacts(alarm.wearer),
        "form": form,
        "back": url_of(alarm.wearer.public_id),
        **more,
    }


@staff_page(access.ANSWER)
def answer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say what was found."""
    found = access.alarm_to_answer(request.actor, public_id)
    services.note_read(actor=request.actor, at=clock.now(), wearer=found.wearer)
    form = forms.AnswerForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.answer_alarm(
            actor=request.actor, at=clock.now(), alarm=found, **form.cleaned_data
        ),
        to=reverse("homeward:alarms"),
        said=_("已处理。"),
    )
    return gone or form_page(request, "homeward/answer.html", _context(found, form))


@staff_page(access.ANSWER)
def send(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Make a tip of it, so that a team goes there."""
    found = access.alarm_to_answer(request.actor, public_id)
    services.note_read(actor=request.actor, at=clock.now(), wearer=found.wearer)
    form = forms.SendForm(request.POST or None)
    context = _context(found, form, is_sending=True)
    spot = context["spot"]
    point = Position(spot.lat, spot.lon, source="gps") if spot else None
    gone = tried(
        request,
        form,
        lambda: services.send_team(
            actor=request.actor,
            at=clock.now(),
            alarm=found,
            report=Report(**form.cleaned_data, channel="other", position=point),
        ),
        to=lambda made: reverse("dispatch:tip", args=[made.public_id]),
        said=_("已转为线索，请在调度台派队。"),
    )
    return gone or form_page(request, "homeward/answer.html", context)
