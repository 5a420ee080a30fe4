"""Every button of dispatch: who may press it, what it does, what it says."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.dispatch import access, services
from nuantu.dispatch.forms import actions
from nuantu.dispatch.models import Dispatch, RemoteGuidance, Tip
from nuantu.dispatch.selectors.candidates import guess_for
from nuantu.dispatch.views.boards import board_again
from nuantu.dispatch.views.deeds import Deed, tip_page_of
from nuantu.dispatch.views.phone import phone_again
from nuantu.dispatch.views.tips import tip_again
from nuantu.places import access as places
from nuantu.ui.outcomes import Button, with_fields


def _tip(permission: str) -> Any:
    return lambda actor, public_id: access.tip_for(actor, public_id, permission)


def _home_of_part(row: Any) -> str:
    return tip_page_of(row.tip)


def _phone_home(row: Dispatch) -> str:
    return reverse("dispatch:phone")


def _board_home(tip: Tip) -> str:
    return f"{reverse('dispatch:board')}?tip={tip.public_id}"


def _assign(actor: Actor, at: datetime, tip: Tip, form: Any) -> Dispatch:
    data = form.cleaned_data
    team = access.sendable_team_for(actor, data["team"])
    minutes, source = guess_for(tip, team.public_id, at)
    return services.assign(
        actor=actor,
        at=at,
        tip=tip,
        team=team,
        guess_minutes=minutes,
        guess_source=source,
        is_support=data["is_support"],
        may_be_busy=data["may_be_busy"],
        partners=tuple(data["partners"]),
    )


def _guide(actor: Actor, at: datetime, tip: Tip, form: Any) -> RemoteGuidance:
    point = places.relief_point_for(actor, form.cleaned_data["point"])
    return services.ask_relief_point(
        actor=actor,
        at=at,
        tip=tip,
        point_id=point.public_id,
        point_name=point.name,
        point_phone=point.phone,
        minutes=None,
        guidance=form.cleaned_data["guidance"],
    )


def _recall_url(run: Dispatch) -> str:
    return reverse("dispatch:run_undo", args=[run.public_id])


def _tip_deed(name: str, permission: str, said: Any, do: Any, form: Any = actions.NoForm) -> Deed:
    return Deed(name, permission, _tip(permission), do, said, tip_again, tip_page_of, form)


def _step(name: str, said: Any, do: Any, form: Any = actions.StepForm) -> Deed:
    return Deed(name, access.READ, access.carried_run_for, do, said, phone_again, _phone_home, form)


def _with_phone(service: Callable[..., Dispatch]) -> Button:
    """The step of a team, with what its phone says beside it."""
    return lambda actor, at, run, form: service(actor=actor, at=at, run=run, phone=form.phone())


def _recallable(actor: Actor, public_id: UUID) -> Dispatch:
    return access.run_for(actor, public_id, access.ASSIGN)


CLOSE = _tip_deed(
    "close", access.CLOSE, _("已办结"), with_fields(services.close_tip, "tip"), actions.CloseForm
)
REOPEN = _tip_deed(
    "reopen",
    access.CLOSE,
    _("已重新打开，时钟从现在起算"),
    with_fields(services.reopen_tip, "tip"),
    actions.ReasonForm,
)
URGENT = _tip_deed(
    "urgent",
    access.MARK,
    _("紧急特征已更新"),
    with_fields(services.mark_urgent, "tip"),
    actions.UrgentForm,
)
MARK = _tip_deed(
    "mark", access.MARK, _("标记已更新"), with_fields(services.mark_false, "tip"), actions.MarkForm
)
REPLIED = _tip_deed(
    "replied", access.NOTICE, _("已登记回复报告人"), with_fields(services.record_reply, "tip")
)
EXPLAIN = _tip_deed(
    "explain",
    access.CLOSE,
    _("超时原因已写明"),
    with_fields(services.explain_breach, "tip"),
    actions.ReasonForm,
)
ASSIGN = Deed(
    "assign",
    access.ASSIGN,
    _tip(access.ASSIGN),
    _assign,
    _("已派出"),
    board_again,
    _board_home,
    actions.AssignForm,
    _recall_url,
)
GUIDE = Deed(
    "guide",
    access.ASSIGN,
    _tip(access.ASSIGN),
    _guide,
    _("已登记：请救助点先行救助"),
    board_again,
    _board_home,
    actions.GuidanceForm,
)


def _of_notice(name: str, said: Any, do: Any, form: Any) -> Deed:
    return Deed(name, access.NOTICE, access.notice_for, do, said, tip_again, _home_of_part, form)


TOLD = _of_notice(
    "notice", _("通知已登记"), with_fields(services.record_notice, "notice"), actions.NoticeForm
)
SKIP = _of_notice(
    "skip",
    _("已登记不需要通知的原因"),
    with_fields(services.skip_notice, "notice"),
    actions.ReasonForm,
)


ANSWERED = Deed(
    "answered",
    access.ASSIGN,
    access.guidance_for,
    with_fields(services.answer_guidance, "guidance"),
    _("答复已登记"),
    tip_again,
    _home_of_part,
    actions.GuidanceAnswerForm,
)


def _of_link(name: str, said: Any, do: Any, form: Any = actions.NoForm) -> Deed:
    return Deed(
        name,
        access.LINK,
        access.link_for,
        do,
        said,
        tip_again,
        lambda link: tip_page_of(link.later),
        form,
    )


SAME = _of_link("same", _("已合并办理，报告都保留"), with_fields(services.confirm_same, "link"))
DIFFERENT = _of_link(
    "different", _("已记住：不是同一人"), with_fields(services.decide_different, "link")
)
SEPARATE = _of_link(
    "separate",
    _("已分开办理，时钟从现在起算"),
    with_fields(services.separate, "link"),
    actions.ReasonForm,
)

ACCEPT = _step("accept", _("已接受"), _with_phone(services.accept))
DEPART = _step("depart", _("已出发，路上小心"), _with_phone(services.depart))
ARRIVE = _step("arrive", _("已到达"), _with_phone(services.arrive))
CHECK_IN = _step("check_in", _("平安已记下"), _with_phone(services.check_in))
NOT_FOUND = _step(
    "not_found",
    _("已报告没找到，调度员会决定下一步"),
    with_fields(services.not_found, "run"),
    actions.ReasonForm,
)
DECLINE = _step("decline", _("已退单"), with_fields(services.decline, "run"), actions.ReasonForm)
FINISH = _step("finish", _("已完成"), with_fields(services.finish, "run"), actions.NoForm)
RECALL = Deed(
    "recall",
    access.ASSIGN,
    _recallable,
    with_fields(services.recall, "run"),
    _("已召回"),
    board_again,
    lambda run: _board_home(run.tip),
    actions.ReasonForm,
)
UNDO = Deed(
    "undo",
    access.ASSIGN,
    _recallable,
    lambda actor, at, run, form: services.recall(
        actor=actor, at=at, run=run, reason="派错了，立即撤销"
    ),
    _("已撤销派队"),
    board_again,
    lambda run: _board_home(run.tip),
    actions.NoForm,
)
