"""How tips and runs are said and drawn."""

from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.accounts.selectors import place_name
from nuantu.core import clock as core_clock
from nuantu.core.reference import remembered
from nuantu.dispatch.models import Dispatch, Tip, TipLink
from nuantu.dispatch.rules.duplicates import Reason
from nuantu.dispatch.rules.ranking import Candidate, Note, Obstacle
from nuantu.dispatch.selectors.board import KINDS, TipCard
from nuantu.dispatch.selectors.clocks import limit_reason
from nuantu.dispatch.selectors.receipts import ReceiptView
from nuantu.patrols.selectors.register import run_url
from nuantu.patrols.selectors.spots import stop_past
from nuantu.ui.components.small import clock, mark, moment, status

register = template.Library()

# What the public learns of the outcome: never what is wrong with the person, never where he is.
_SAID = {
    "station": gettext_lazy("他已到救助站。"),
    "hospital": gettext_lazy("他已送医。"),
    "police": gettext_lazy("已交给公安机关处理。"),
    "on_spot": gettext_lazy("他已在现场得到帮助。"),
    "left": gettext_lazy("他已自行离开。"),
    "refused": gettext_lazy("他谢绝了帮助；我们留下了物品和求助方式，还会再去看他。"),
    "not_found": gettext_lazy("队员找过了，没有找到他。人还在那里的话，请再告诉我们一次。"),
    "not_ours": gettext_lazy("这件事已转告负责的部门。"),
    "invalid": gettext_lazy("已核实，不需要救助。"),
}


@register.simple_tag
def receipt_steps(view: ReceiptView) -> list[dict[str, Any]]:
    """The four steps of a receipt in plain words: received, sent, there, what came of it.

    A step that was never taken is left out once the end is known.
    """
    until = core_clock.local(view.due_at).strftime("%H:%M")
    is_closed = view.state == Tip.State.CLOSED
    promise = "" if view.arrived_at else _("争取 %(time)s 前到他身边。") % {"time": until}
    steps = [
        _step(view.received_at, _("已收到"), ""),
        _step(view.assigned_at, _("队伍已派出"), _("正在安排队伍"), promise),
        _step(view.arrived_at, _("队伍已到现场"), _("到达现场"), promise),
        _step(view.closed_at, _("处理结果"), _("处理结果"), str(_SAID.get(view.outcome, ""))),
    ]
    if is_closed:
        return [step for step in steps if step["at"]]
    now = next(step for step in steps if step["state"] == "todo")
    now["state"] = "now"
    return [step if step is now else step | {"note": ""} for step in steps]


def _step(at: datetime | None, done: str, ahead: str, note: str = "") -> dict[str, Any]:
    state = "done" if at else "todo"
    return {"label": done if at else ahead, "at": at, "note": note, "state": state}


_RUN_KINDS = {
    "assigned": "waiting",
    "accepted": "active",
    "departed": "moving",
    "arrived": "active",
    "done": "done",
    "not_found": "stopped",
    "declined": "stopped",
    "recalled": "stopped",
}


@register.simple_tag
def tip_card(card: TipCard, url: str = "", *, is_chosen: bool = False) -> str:
    """A tip in a lane, drawn in Python because a board draws a hundred of them.

    `url` is where the card leads; left out, to the tip's own page. Words, not only colours, say
    what presses.
    """
    tip = card.tip
    return format_html(
        '<article class="card tip-card" data-row data-tip="{}" data-map-key="{}"{}{}>'
        '<a class="tip-card__place" href="{}">{}</a>'
        '<div class="tip-card__head">{}{}</div>'
        '<p class="tip-card__seen">{}</p><p class="tip-card__line">{}</p><div class="marks">{}</div>'
        "</article>",
        tip.public_id,
        tip.public_id,
        _is_true("aria-selected") if is_chosen else "",
        _is_true("draggable") if tip.state != Tip.State.CLOSED else "",
        url or reverse("dispatch:tip", args=[tip.public_id]),
        tip.place,
        clock(card.clock),
        _flags(tip),
        Truncator(tip.seen_text).chars(48),
        _card_line(card),
        format_html_join("", "{}", ((mark(word, kind),) for word, kind in card_marks(card))),
    )


def _is_true(attribute: str) -> str:
    return format_html(' {}="true"', attribute)


def _flags(tip: Tip) -> str:
    return format_html_join("", "{}", ((mark(word, kind),) for word, kind in tip.flag_labels))


def _card_line(card: TipCard) -> str:
    tip = card.tip
    if card.runs:
        return format_html_join(
            " ",
            '<span class="nowrap">{} {}</span> {}',
            ((run.team.name, run_status(run), expected_words(run)) for run in card.runs),
        )
    if tip.state == Tip.State.CLOSED:
        return format_html("{} · {}", tip.get_outcome_display(), moment(tip.closed_at, "ago"))
    return format_html("{} · {}", tip.get_channel_display(), moment(tip.received_at, "ago"))


@register.filter
def expected_words(run: Dispatch) -> str:
    """When a patrol comes past, while it is on its way."""
    if run.expected_at is None or run.arrived_at or not run.is_live:
        return ""
    return _("巡查途中，计划 %(time)s 到") % {
        "time": core_clock.local(run.expected_at).strftime("%H:%M")
    }


@register.simple_tag
def patrol_of(run: Dispatch) -> dict[str, Any] | None:
    """The entry of the patrol that came past the tip, with how many photos it took there."""
    visit = stop_past(run.spot_id, run.team_id)
    if visit is None:
        return None
    return {"url": run_url(visit.run.public_id), "photos": visit.photos.count()}


@register.simple_tag
def card_marks(card: TipCard) -> list[tuple[str, str]]:
    """What still presses about a tip, as words."""
    tip = card.tip
    due = _("、").join(card.notices_due)
    marks = [(_("待通知 %(who)s") % {"who": due}, "danger")] if due else []
    if card.is_said_again:
        marks.append((_("又报：还在那里"), "danger"))
    if card.duplicates:
        marks.append((_("疑似重复 %(n)s") % {"n": card.duplicates}, ""))
    said = (
        (card.has_guidance and card.tip.state != "closed", _("电话指导中")),
        (tip.person_count > 1, _("%(n)s 人") % {"n": tip.person_count}),
        (bool(tip.position_doubt), _("位置存疑")),
        (tip.lat is None, _("没有位置")),
        (tip.is_approximate and tip.lat is not None, _("大致位置")),
        (tip.is_outside_area, _("辖区外")),
        (tip.reopened_count > 0, _("重新打开")),
        (bool(tip.mark), str(tip.get_mark_display())),
    )
    return marks + [(str(word), "") for is_so, word in said if is_so]


@register.simple_tag
def tip_status(tip: Tip) -> str:
    """The one visible state of a tip."""
    return status(tip.state, str(tip.get_state_display()), KINDS[Tip.State(tip.state)])


@register.simple_tag
def run_status(run: Dispatch) -> str:
    """How far a run is."""
    return status(run.state, str(run.get_state_display()), _RUN_KINDS[run.state])


_OBSTACLES = {
    Obstacle.OFF_SHIFT: gettext_lazy("不在班"),
    Obstacle.BUSY: gettext_lazy("有任务"),
    Obstacle.DECLINED: gettext_lazy("已退过单"),
}
_NOTES = {
    Note.TOO_LATE: gettext_lazy("赶不上时限"),
    Note.NO_POINT: gettext_lazy("估不出时间"),
    Note.NO_MEDIC: gettext_lazy("无医护"),
    Note.NO_POLICE: gettext_lazy("无民警"),
    Note.NOT_FOR_CHILDREN: gettext_lazy("无未成年人工作经验"),
    Note.ON_FOOT: gettext_lazy("无车"),
    Note.POSITION_OLD: gettext_lazy("位置较旧"),
}
_REASONS = {
    Reason.NEAR: gettext_lazy("相距近"),
    Reason.RECENT: gettext_lazy("时间近"),
    Reason.WORDS: gettext_lazy("描述相似"),
    Reason.FLAGS: gettext_lazy("特征相同"),
    Reason.CALLER: gettext_lazy("同一号码"),
}


@register.filter
def why_not(candidate: Candidate) -> list[tuple[str, str]]:
    """What speaks against a team, obstacles first."""
    return [(str(_OBSTACLES[one]), "danger") for one in candidate.obstacles] + [
        (str(_NOTES[one]), "") for one in candidate.notes
    ]


@register.filter
def like_words(reasons: Any) -> str:
    """Why two tips may be one, in words; takes codes or a comma-separated column."""
    codes = reasons.split(",") if isinstance(reasons, str) else reasons
    return _("、").join(str(_REASONS[Reason(code)]) for code in codes if code)


@register.filter
def limit_words(tip: Tip) -> str:
    """Why this limit."""
    return limit_reason(tip)


@register.filter
def position_words(tip: Tip) -> str:
    """How the point came to be known."""
    if tip.position_source == Tip.PositionSource.DIVISION:
        return _("只知道县、乡镇")
    return str(tip.get_position_source_display())


@register.filter
def division_words(tip: Tip) -> str:
    """The town or county it is counted in."""
    code = tip.division_code
    return remembered("divisions", f"name of {code}", lambda: place_name(code))


@register.filter
def other_tip(link: TipLink, tip: Tip) -> Tip:
    """The other one of a pair."""
    return link.earlier if link.later_id == tip.pk else link.later
