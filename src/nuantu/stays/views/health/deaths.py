"""After a death: register it, take the steps, close it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.health import death as forms
from nuantu.stays.models import Death
from nuantu.stays.selectors.health.deaths import care_of, death_page
from nuantu.stays.selectors.health.record import case_of_row, patient_card, stay_here
from nuantu.stays.services import health
from nuantu.stays.views.health.records import is_open_now, record_url
from nuantu.stays.views.health.steps import step


def death_url(row: Death) -> str:
    """The page of a death."""
    return reverse("stays:death", args=[row.public_id])


@staff_page(access.HEAL)
def register_death(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody died."""
    actor, at = request.actor, clock.now()
    case = access.patient_case_for(actor, public_id, access.HEAL)
    form = forms.DeathForm(
        request.POST or None, initial={"died_at": clock.local(at).replace(tzinfo=None)}
    )
    return step(
        request,
        form,
        lambda: health.register_death(
            actor=actor,
            at=at,
            case=case,
            known=form.found(),
            stay=stay_here(case, actor.org_code),
            care=care_of(case),
        ),
        to=death_url,
        said=_("已登记，先报公安机关"),
        page={
            "page_title": _("死亡登记"),
            "back_url": record_url(case),
            "card": patient_card(actor, case, at),
            "lead": _("登记后在站和就医随之结束，公安、民政、亲属等步骤各有时限。"),
        },
    )


@staff_page(access.HEALTH)
def death(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One death: what is known, the steps with their clocks."""
    row = access.death_for(request.actor, public_id)
    case = case_of_row(row)
    is_open = is_open_now(request, case)
    context = {
        "page": death_page(request.actor, row, case, clock.now(), is_open=is_open),
        "may_heal": request.actor.may(access.HEAL),
    }
    return render(request, "stays/health/death.html", context)


@staff_page(access.HEAL)
def take_step(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A step was taken."""
    row = access.death_step_for(request.actor, public_id)
    form = forms.StepForm(request.POST or None, kind=row.kind)
    return step(
        request,
        form,
        lambda: health.take_step(
            actor=request.actor, at=clock.now(), step=row, **form.cleaned_data
        ),
        to=death_url(row.death),
        said=_("已登记"),
        page={"page_title": row.get_kind_display(), "back_url": death_url(row.death)},
    )


@staff_page(access.HEAL)
def close_death(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everything is done."""
    row = access.death_for(request.actor, public_id, access.HEAL)
    form = forms.ConclusionForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.close_death(
            actor=request.actor, at=clock.now(), death=row, **form.cleaned_data
        ),
        to=death_url(row),
        said=_("死亡处置完毕"),
        page={"page_title": _("处置完毕"), "back_url": death_url(row)},
    )
