"""What is done with a plan: one form for each deed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.casework import access, services
from nuantu.casework.forms import plans as filled
from nuantu.casework.forms import reaching
from nuantu.casework.forms.risks import SafetyForm
from nuantu.casework.models import CasePlan
from nuantu.casework.selectors.plans import url_of
from nuantu.casework.views.plans import plan_read
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, staff_page
from nuantu.ui.outcomes import form_page, tried, with_fields

Right = Callable[[Actor, CasePlan], bool]


@dataclass(frozen=True, slots=True)
class Deed:
    """What the page asks for, what it does, who may."""

    title: str | Promise
    form: Callable[..., forms.Form]
    act: Callable[[Actor, Any, Any, Any], Any]
    right: Right = access.may_work
    needs_house: bool = False


DEEDS: Final = {
    "goal": Deed(gettext_lazy("写目标"), filled.GoalForm, with_fields(services.add_goal, "plan")),
    "member": Deed(
        gettext_lazy("小组加人"),
        filled.MemberForm,
        with_fields(services.add_member, "plan"),
        needs_house=True,
    ),
    "supporter": Deed(
        gettext_lazy("记支持人"),
        filled.SupporterForm,
        with_fields(services.add_supporter, "plan"),
    ),
    "session": Deed(
        gettext_lazy("登记会谈"),
        filled.SessionForm,
        lambda actor, at, plan, form: services.hold_session(
            actor=actor, at=at, plan=plan, held=form.held()
        ),
    ),
    "family": Deed(
        gettext_lazy("问是否联系家人"),
        reaching.FamilyForm,
        lambda actor, at, plan, form: services.ask_about_family(
            actor=actor, at=at, plan=plan, asked=form.asked()
        ),
    ),
    "refer": Deed(gettext_lazy("转介"), reaching.ReferralForm, with_fields(services.refer, "plan")),
    "disclosure": Deed(
        gettext_lazy("有单位来要材料"),
        reaching.DisclosureForm,
        with_fields(services.ask_disclosure, "plan"),
    ),
    "conference": Deed(
        gettext_lazy("登记个案会议"),
        reaching.ConferenceForm,
        lambda actor, at, plan, form: services.confer(
            actor=actor, at=at, plan=plan, met=form.met()
        ),
        needs_house=True,
    ),
    "paper": Deed(
        gettext_lazy("出具个案服务计划"), forms.Form, with_fields(services.issue_plan, "plan")
    ),
    "safety": Deed(
        gettext_lazy("写安全计划"), SafetyForm, with_fields(services.put_safety_plan, "plan")
    ),
    "hand-on": Deed(
        gettext_lazy("更换社工"),
        filled.HandForm,
        with_fields(services.hand_on, "plan"),
        right=access.may_hand_on,
        needs_house=True,
    ),
    "close": Deed(
        gettext_lazy("结束个案"), filled.CloseForm, with_fields(services.close_plan, "plan")
    ),
}


@staff_page(access.READ)
def deed(request: StaffRequest, public_id: UUID, name: str) -> HttpResponse:
    """One deed about a plan."""
    wanted, found = DEEDS.get(name), plan_read(request, public_id)
    if wanted is None or not wanted.right(request.actor, found):
        raise Http404
    extra = {"org_code": found.owner_org} if wanted.needs_house else {}
    form = wanted.form(request.POST if request.method == "POST" else None, **extra)
    gone = tried(
        request,
        form,
        lambda: wanted.act(request.actor, clock.now(), found, form),
        to=url_of(public_id),
        said=_("已登记。"),
    )
    context = {"form": form, "plan": found, "title": wanted.title, "name": name}
    return gone or form_page(request, "casework/plan_form.html", context)


ROWS: Final = {
    "goal": (access.goal_for, filled.GoalEndForm, with_fields(services.end_goal, "goal")),
    "referral": (
        access.referral_for,
        reaching.ReferralAnswerForm,
        with_fields(services.answer_referral, "referral"),
    ),
    "disclosure": (
        access.disclosure_to_decide,
        reaching.DecideForm,
        with_fields(services.decide_disclosure, "disclosure"),
    ),
    "minutes": (
        access.conference_for,
        forms.Form,
        with_fields(services.issue_minutes, "conference"),
    ),
    "take": (access.handover_for, filled.TakeForm, with_fields(services.take_over, "handover")),
    "consent": (
        access.consent_for,
        forms.Form,
        with_fields(services.withdraw_consent, "consent"),
    ),
}
TITLES: Final = {
    "goal": gettext_lazy("写结果"),
    "referral": gettext_lazy("登记答复"),
    "disclosure": gettext_lazy("决定是否提供"),
    "minutes": gettext_lazy("出具会议纪要"),
    "take": gettext_lazy("签收交接"),
    "consent": gettext_lazy("撤回联系家人的同意"),
}


@staff_page(access.READ)
def row(request: StaffRequest, name: str, public_id: UUID) -> HttpResponse:
    """What came of something that belongs to a plan: a goal, a referral, a consent, what police asked for."""
    if name not in ROWS:
        raise Http404
    door, made, act = ROWS[name]
    found = door(request.actor, public_id)
    form = made(request.POST if request.method == "POST" else None)
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), found, form),
        to=url_of(found.plan.public_id),
        said=_("已登记。"),
    )
    context = {"form": form, "plan": found.plan, "title": TITLES[name], "name": name}
    return gone or form_page(request, "casework/plan_form.html", context)
