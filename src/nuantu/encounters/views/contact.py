"""The contact form: filled in on the street in ninety seconds, judged while it is filled in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.encounters import access, services
from nuantu.encounters.forms import ContactForm
from nuantu.encounters.forms.contact import FIELD_OF, gate_said
from nuantu.encounters.forms.setting import (
    Sent,
    Setting,
    form_of,
    judgement_said,
    place_said,
    setting_of,
    write,
)
from nuantu.encounters.models import Outcome
from nuantu.encounters.rules.contact import Place
from nuantu.encounters.selectors.advising import advise
from nuantu.encounters.selectors.judging import Judgement, reported_classes
from nuantu.patrols.models import PatrolVisit, SweepFind
from nuantu.persons.selectors import card_of, marks_of
from nuantu.ui import toasts
from nuantu.ui.outcomes import do


def _context(
    request: StaffRequest,
    setting: Setting,
    place: Place,
    judgement: Judgement,
    form: ContactForm,
    at: datetime,
) -> dict[str, Any]:
    data = request.POST
    outcome = data.get("outcome", "") or str(form.initial.get("outcome", ""))
    return {
        "form": form,
        "setting": setting,
        "card": card_of(setting.person, at) if setting.person else None,
        "advice": advise(
            request.actor,
            judgement,
            place=place,
            outcome=outcome,
            gate=gate_said(data),
            mode=data.get("mode", ""),
            at=at,
        ),
        "is_late": setting.tip is not None and setting.tip.due_at < at,
        "reported": [] if setting.corrects else marks_of(reported_classes(setting.tip)),
        "outcomes": Outcome,
    }


@staff_page(access.RECORD)
def new(request: StaffRequest) -> HttpResponse:
    """One contact, written down."""
    setting = setting_of(request.actor, request.GET)
    return _answer(request, setting)


@staff_page(access.RECORD)
def correct(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A mistake mended by a new entry; the old one stays."""
    old = access.own_encounter_for(request.actor, public_id, access.RECORD)
    setting = Setting(run=old.run, tip=old.tip, person=old.person, corrects=old)
    return _answer(request, setting)


@require_POST
@staff_page(access.RECORD)
def put_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What a correction moved to another person goes back."""
    found = access.own_encounter_for(request.actor, public_id, access.RECORD)
    return do(
        request,
        lambda: services.put_parts_back(actor=request.actor, at=clock.now(), encounter=found),
        to=reverse("encounters:detail", args=[public_id]),
        said=_("已放回原来的人名下"),
    )


def _sent(request: StaffRequest) -> Sent:
    return Sent(request.POST, request.FILES) if request.method == "POST" else Sent()


def _answer(request: StaffRequest, setting: Setting) -> HttpResponse:
    at, actor, sent = clock.now(), request.actor, _sent(request)
    place = place_said(actor, setting, sent)
    judgement = judgement_said(actor, setting, sent, place, at)
    form = form_of(actor, setting, sent, place, judgement, at)
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("idempotency_key", "")[:80]
        try:
            done = write(actor=actor, at=at, setting=setting, place=place, form=form, key=key)
        except Refusal as error:
            _say(form, error)
        else:
            return _recorded(request, setting, done)
    context = _context(request, setting, place, judgement, form, at)
    if form.errors:
        return refused(request, "encounters/contact.html", context)
    return render(request, "encounters/contact.html", context)


def _say(form: ContactForm, error: Refusal) -> None:
    for one in (error, *getattr(error, "others", ())):
        field = FIELD_OF.get(one.field or "", one.field)
        form.add_error(field if field in form.fields else None, str(one))


def _back_to(stop: PatrolVisit | SweepFind) -> str:
    """The phone page on which somebody was met."""
    if isinstance(stop, SweepFind):
        return reverse("patrols:area_walk", args=[stop.report.area.public_id])
    return reverse("patrols:mine")


def _recorded(request: StaffRequest, setting: Setting, done: services.Recorded) -> HttpResponse:
    if done.left_open:
        toasts.say(
            request, _("接触已登记。线索还没办结：%(why)s") % {"why": done.left_open}, is_error=True
        )
    elif done.is_new:
        toasts.say(request, _("接触已登记"))
    if setting.stop is not None and not done.left_open:
        return HttpResponseRedirect(_back_to(setting.stop))
    return HttpResponseRedirect(reverse("encounters:detail", args=[done.encounter.public_id]))


@staff_page(access.RECORD)
def advice(request: StaffRequest) -> HttpResponse:
    """What holds for what stands in the form so far; asked by the page at every change."""
    at, actor, sent = clock.now(), request.actor, _sent(request)
    setting = setting_of(actor, request.GET)
    place = place_said(actor, setting, sent)
    judgement = judgement_said(actor, setting, sent, place, at)
    form = form_of(actor, setting, sent, place, judgement, at)
    context = _context(request, setting, place, judgement, form, at)
    return render(request, "encounters/_advice.html", context)
