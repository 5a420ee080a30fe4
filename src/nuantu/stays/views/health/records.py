"""The medic's page, the medical record of a case, the look at it, a screening."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.persons.forms import RevealForm
from nuantu.persons.models import Case
from nuantu.stays import access
from nuantu.stays.forms.health.hospital import ScreeningForm
from nuantu.stays.selectors.care.medicine import to_see
from nuantu.stays.selectors.health import board as reads
from nuantu.stays.selectors.health import looks, packs
from nuantu.stays.selectors.health.record import (
    open_reception,
    patient_card,
    record_page,
    stay_here,
)
from nuantu.stays.services import health
from nuantu.stays.views.health.steps import step


def record_url(case: Case) -> str:
    """The medical record of a case."""
    return reverse("stays:record", args=[case.public_id])


def is_open_now(request: StaffRequest, case: Case) -> bool:
    """Whether the reader sees medical words now; a medic's look is journalled."""
    at, is_medic = clock.now(), request.actor.may(access.TREAT)
    if is_medic:
        health.note_look(actor=request.actor, at=at, case=case)
    return looks.is_open(request.actor, case, at, is_medic=is_medic)


@staff_page(access.HEALTH)
def board(request: StaffRequest) -> HttpResponse:
    """What needs the medic now."""
    may_see = request.actor.may(access.MEDICINE)
    context = {
        "board": reads.board(request.actor, clock.now()),
        "may_heal": request.actor.may(access.HEAL),
        "to_see": to_see(request.actor.org_code, clock.now()) if may_see else [],
    }
    return render(request, "stays/health/board.html", context, fragment="stays/health/_board.html")


@staff_page(access.HEALTH)
def record(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What medics wrote of one case."""
    case = access.patient_case_for(request.actor, public_id)
    is_open = is_open_now(request, case)
    context = {
        "page": record_page(request.actor, case, clock.now(), is_open=is_open),
        "may_heal": request.actor.may(access.HEAL),
    }
    return render(request, "stays/health/record.html", context)


@staff_page(access.HEALTH)
def open_record(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Read what medics wrote, for a stated purpose."""
    case = access.patient_case_for(request.actor, public_id)
    form = RevealForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.open_record(
            actor=request.actor,
            at=clock.now(),
            case=case,
            purpose=form.cleaned_data["purpose"],
        ),
        to=record_url(case),
        said=_("十分钟内可以看"),
        page={
            "page_title": _("查看医务记录"),
            "back_url": record_url(case),
            "submit_label": _("记录目的并查看"),
        },
    )


@staff_page(access.HEAL)
def screen(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put down what the medic found."""
    case, at = access.patient_case_for(request.actor, public_id, access.HEAL), clock.now()
    pack = packs.epidemic(case.division_code, at)
    form = ScreeningForm(request.POST or None, is_epidemic=pack.is_on)
    return step(
        request,
        form,
        lambda: health.screen(
            actor=request.actor,
            at=at,
            case=case,
            found=form.found(),
            reception=open_reception(case, request.actor.org_code),
            stay=stay_here(case, request.actor.org_code),
        ),
        to=lambda row: _after(case, row.result),
        said=_("初筛已登记"),
        page={
            "page_title": _("医务初筛"),
            "back_url": record_url(case),
            "card": patient_card(request.actor, case, at),
            "lead": _("病情文字加密保存，只有医务员和站长看得到。"),
        },
    )


def _after(case: Case, result: str) -> str:
    """On to the hospital where that comes first."""
    if result == "hospital":
        return reverse("stays:begin_care", args=[case.public_id])
    return record_url(case)
