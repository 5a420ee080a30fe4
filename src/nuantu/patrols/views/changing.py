"""Plan again, move a stop, approve, publish, take back."""

from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms import AgainForm, BackForm, MoveForm
from nuantu.patrols.forms.joint import WordForm
from nuantu.patrols.models import PatrolWeek
from nuantu.patrols.selectors import weeks as selectors
from nuantu.patrols.selectors.words import half_said
from nuantu.patrols.views.weeks import gone_on, url_of
from nuantu.ui.outcomes import do, refuse


@staff_page(access.PLAN)
def again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put a draft to the search anew."""
    form = AgainForm(request.POST)
    seconds = form.cleaned_data["seconds"] if form.is_valid() else services.SECONDS
    ask = partial(services.ask_again, seconds=seconds)
    return _change(request, public_id, access.PLAN, ask, _("正在重新排班"))


@staff_page(access.APPROVE)
def approve(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say yes to a draft."""
    deed = partial(services.approve, reason=_word(request))
    return _change(request, public_id, access.APPROVE, deed, _("周计划已批准"))


@staff_page(access.APPROVE)
def publish(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give an approved week to the teams."""
    deed = partial(services.publish, reason=_word(request))
    return _change(request, public_id, access.APPROVE, deed, _("周计划已下发"))


def _word(request: StaffRequest) -> str:
    form = WordForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""


@staff_page(access.APPROVE)
def take_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Make a week a draft again, with the reason."""
    form = BackForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    back = partial(services.take_back, reason=reason)
    return _change(request, public_id, access.APPROVE, back, _("周计划已退回草案"))


@staff_page(access.PLAN)
def move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Move one stop to another team or half; a refusal says what would break."""
    stop = access.changeable_stop_for(request.actor, public_id)
    week = stop.route.week
    form = MoveForm(request.POST or None, targets=selectors.targets(week))
    where = half_said(week.first_day, stop.route.half)
    context = {"form": form, "stop": stop, "where": where, "back_url": url_of(week)}
    if request.method != "POST":
        return render(request, "patrols/move.html", context)
    if form.is_valid():
        try:
            services.move_stop(actor=request.actor, at=clock.now(), stop=stop, target=form.key())
        except Refusal as error:
            refuse(form, error)
        else:
            return gone_on(request, week, _("已移动，两条路线的时间已重算"))
    return refused(request, "patrols/move.html", context)


class _Deed(Protocol):
    """A service that changes one week."""

    def __call__(self, *, actor: Actor, at: datetime, week: PatrolWeek) -> object: ...


def _change(
    request: StaffRequest, public_id: UUID, permission: str, deed: _Deed, said: str
) -> HttpResponse:
    """Do it to the week and go back to its page, which says so or says why not."""
    found = access.changeable_week_for(request.actor, public_id, permission)
    act = partial(deed, actor=request.actor, at=clock.now(), week=found)
    return do(request, act, to=url_of(found), said=said)
