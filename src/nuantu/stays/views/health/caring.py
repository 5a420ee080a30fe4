"""A treatment step by step: to the hospital, who follows, news, how it ends."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.persons.models import Case
from nuantu.stays import access
from nuantu.stays.forms.health import hospital as forms
from nuantu.stays.models import HospitalAsk, HospitalCare, Screening
from nuantu.stays.selectors.health import choices
from nuantu.stays.selectors.health.measured import measured_of, signs_of
from nuantu.stays.selectors.health.record import (
    care_page,
    case_of_row,
    open_reception,
    patient_card,
    stay_here,
)
from nuantu.stays.services import health
from nuantu.stays.views.health.records import is_open_now, record_url
from nuantu.stays.views.health.steps import step


def care_url(care: HospitalCare) -> str:
    """The page of a treatment."""
    return reverse("stays:care", args=[care.public_id])


def care_page_of(care: HospitalCare, title: str, **more: Any) -> dict[str, Any]:
    """What a page of one step of a treatment shows besides its form."""
    return {"page_title": title, "back_url": care_url(care), **more}


def _signs(request: StaffRequest, case: Case) -> list[str]:
    """The signs that are chosen, else those of the last screening."""
    last = Screening.objects.filter(case_id=case.case_id).order_by("-screened_at").first()
    return request.POST.getlist("signs") or (list(measured_of(last).signs) if last else [])


@staff_page(access.HEAL)
def begin_care(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody goes to a hospital: why, and which hospital is asked first."""
    actor, at = request.actor, clock.now()
    case = access.patient_case_for(actor, public_id, access.HEAL)
    signs = _signs(request, case)
    offered = choices.hospitals(case.division_code, signs)
    form = forms.CareForm(request.POST or None, hospitals=offered, initial={"signs": signs})
    page = {
        "page_title": _("送医"),
        "back_url": record_url(case),
        "card": patient_card(actor, case, at),
        "lead": _("先救治、后救助。危急时先打 120，再填这一页。"),
    }

    def begin() -> HospitalCare:
        door, stay = open_reception(case, actor.org_code), stay_here(case, actor.org_code)
        patient, hospital = form.patient(door, stay), form.chosen()
        return health.begin_care(actor=actor, at=at, case=case, patient=patient, hospital=hospital)

    return step(request, form, begin, to=care_url, said=_("送医已登记，先打电话通知"), page=page)


@staff_page(access.HEALTH)
def care(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One treatment: hospital, follower, news, who was told, what is owed."""
    row = access.care_for(request.actor, public_id)
    case = case_of_row(row)
    is_open = is_open_now(request, case)
    context = {
        "page": care_page(request.actor, row, case, clock.now(), is_open=is_open),
        "may_heal": request.actor.may(access.HEAL),
    }
    return render(request, "stays/health/care.html", context)


@staff_page(access.HEAL)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask the next hospital."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.AskForm(request.POST or None, hospitals=choices.others(row, signs_of(row)))
    return step(
        request,
        form,
        lambda: health.ask_hospital(
            actor=request.actor, at=clock.now(), care=row, hospital=form.chosen()
        ),
        to=care_url(row),
        said=_("已登记，等医院答复"),
        page=care_page_of(row, _("联系下一家医院"), lead=_("拒收过或没有床位的排在最后。")),
    )


def _after_answer(row: HospitalAsk) -> str:
    """On to the arrival, or to the next hospital; who was moved before it answered stays there."""
    if row.move is not None and not row.move.is_sought:
        return care_url(row.care)
    arrival = "stays:arrive" if row.move is None else "stays:move"
    name = arrival if row.answer == "takes" else "stays:ask_hospital"
    return reverse(name, args=[row.care.public_id])


@staff_page(access.HEAL)
def answer_ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What a hospital said."""
    found = access.ask_for(request.actor, public_id)
    form = forms.HospitalAnswerForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.answer_ask(
            actor=request.actor, at=clock.now(), ask=found, **form.cleaned_data
        ),
        to=_after_answer,
        said=_("答复已登记"),
        page=care_page_of(found.care, _("医院答复"), lead=choices.asked_words(found.hospital)),
    )


@staff_page(access.HEAL)
def arrive(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The patient is in the hospital: who went along, who follows him."""
    row, at = access.care_for(request.actor, public_id, access.HEAL), clock.now()
    form = forms.ArriveForm(
        request.POST or None,
        followers=choices.followers(request.actor),
        initial=forms.ArriveForm.proposed(at + timedelta(days=3)),
    )
    return step(
        request,
        form,
        lambda: health.arrive(actor=request.actor, at=at, care=row, **form.cleaned_data),
        to=care_url(row),
        said=_("已登记，床位保留"),
        page=care_page_of(row, _("已送到医院")),
    )


@staff_page(access.HEAL)
def follower(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody else follows the patient."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.FollowerForm(
        request.POST or None,
        followers=choices.followers(request.actor),
        initial={"follower": row.follower_id},
    )
    return step(
        request,
        form,
        lambda: health.change_follower(
            actor=request.actor, at=clock.now(), care=row, **form.cleaned_data
        ),
        to=care_url(row),
        said=_("已换人跟踪"),
        page=care_page_of(row, _("换人跟踪")),
    )


@staff_page(access.HEAL)
def news(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the follower learned."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.NewsForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.note_news(
            actor=request.actor, at=clock.now(), care=row, **form.cleaned_data
        ),
        to=care_url(row),
        said=_("已登记，明天再问"),
        page=care_page_of(row, _("治疗进展")),
    )


@staff_page(access.HEAL)
def found(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Whether the patient is a relief object (P1-47)."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.FoundForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.put_found(
            actor=request.actor, at=clock.now(), care=row, **form.cleaned_data
        ),
        to=care_url(row),
        said=_("甄别结果已登记"),
        page=care_page_of(
            row, _("到医院甄别"), lead=_("一时查不清的先按救助对象救治，查清以后再改。")
        ),
    )


@staff_page(access.HEAL)
def end_care(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How a treatment ends."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.EndCareForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.end_care(
            actor=request.actor, at=clock.now(), care=row, out=form.discharge()
        ),
        to=care_url(row),
        said=_("就医已结束"),
        page=care_page_of(
            row, _("结束就医"), lead=_("回站和返家要病情稳定、有出院证明。没有人会被强留。")
        ),
    )


@staff_page(access.HEAL)
def gone(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What came of looking for a patient who left."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.WordsForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.keep_gone(
            actor=request.actor, at=clock.now(), care=row, **form.cleaned_data
        ),
        to=care_url(row),
        said=_("已登记"),
        page=care_page_of(row, _("寻找自行离院的病人")),
    )


@staff_page(access.HEAL)
def tell(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who was told."""
    notice = access.notice_for(request.actor, public_id)
    form = forms.ToldForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.tell(
            actor=request.actor, at=clock.now(), notice=notice, **form.cleaned_data
        ),
        to=care_url(notice.care),
        said=_("已登记通知"),
        page=care_page_of(notice.care, _("登记通知"), lead=notice.get_kind_display()),
    )
