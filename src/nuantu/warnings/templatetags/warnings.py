"""`{% load warnings %}`: what was inferred, in words; the map of one warning."""

import json
from typing import Any

from django import template
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nuantu.places.templatetags.places import map_panel
from nuantu.warnings.models import Coverage, Warning
from nuantu.warnings.rules.message import Colour, NoteKind
from nuantu.warnings.rules.vocabulary import english_name

register = template.Library()

_NOTES: dict[str, str | Promise] = {
    NoteKind.YEAR_FROM_RECEIPT: gettext_lazy("没有写年份，按收到时间取 %(value)s 年"),
    NoteKind.MONTH_FROM_RECEIPT: gettext_lazy("没有写月份，按收到时间取 %(value)s"),
    NoteKind.DAY_FROM_RECEIPT: gettext_lazy("没有写日期，按收到时间取 %(value)s"),
    NoteKind.SENT_FROM_RECEIPT: gettext_lazy("没有写发布时间，用收到时间"),
    NoteKind.SENT_FROM_IDENTIFIER: gettext_lazy("没有发布时间，取自预警编号"),
    NoteKind.SENT_FROM_TEXT: gettext_lazy("发布时间取自正文"),
    NoteKind.CLOCK_MISSING: gettext_lazy("只有日期，没有时刻"),
    NoteKind.SENT_IN_FUTURE: gettext_lazy("发布时间 %(value)s 晚于收到时间，按收到时间计"),
    NoteKind.ZONE_ASSUMED: gettext_lazy("时间没有时区，按北京时间"),
    NoteKind.STATUS_ASSUMED: gettext_lazy("没有写性质，按实际预警"),
    NoteKind.STATUS_FROM_TEXT: gettext_lazy("正文说明是演练或测试"),
    NoteKind.SCOPE_ASSUMED: gettext_lazy("没有写范围，按公开"),
    NoteKind.TYPE_FROM_TEXT: gettext_lazy("消息类型取自正文"),
    NoteKind.TYPE_AGAINST_FIELD: gettext_lazy("正文说已解除，以正文为准"),
    NoteKind.EVENT_FROM_TEXT: gettext_lazy("预警类型取自正文：%(value)s"),
    NoteKind.EVENT_UNKNOWN: gettext_lazy("不认识的预警类型，照原文记录：%(value)s"),
    NoteKind.COLOUR_FROM_TEXT: gettext_lazy("颜色取自正文：%(value)s"),
    NoteKind.COLOUR_FROM_LEVEL: gettext_lazy("颜色按等级推定：%(value)s"),
    NoteKind.COLOUR_FROM_SEVERITY: gettext_lazy("颜色按严重程度推定：%(value)s"),
    NoteKind.COLOUR_CONFLICT: gettext_lazy("字段与正文的颜色不一致，取较严的：%(value)s"),
    NoteKind.COLOUR_MISSING: gettext_lazy("没有写颜色"),
    NoteKind.SENDER_FROM_TEXT: gettext_lazy("发布单位取自正文：%(value)s"),
    NoteKind.SENDER_MISSING: gettext_lazy("没有写发布单位"),
    NoteKind.IDENTIFIER_MADE: gettext_lazy("没有预警编号，由系统生成"),
    NoteKind.LANGUAGE_CHOSEN: gettext_lazy("有几种语言，取 %(value)s"),
    NoteKind.AREA_FROM_OTHER_LANGUAGE: gettext_lazy("范围取自另一种语言的部分"),
    NoteKind.ENCODING_GUESSED: gettext_lazy("没有说明编码，按 %(value)s 读"),
    NoteKind.FORM_AGAINST_TYPE: gettext_lazy("内容与声明的类型不符，按内容读"),
    NoteKind.CONTROL_CHARACTERS: gettext_lazy("去掉了看不见的控制字符"),
    NoteKind.BAD_POLYGON: gettext_lazy("有一个图形读不出来：%(value)s"),
    NoteKind.BAD_TIME: gettext_lazy("有一个时间读不出来：%(value)s"),
}
_KINDS = {
    Coverage.Phase.IN_FORCE: "active",
    Coverage.Phase.AWAITING: "late",
    Coverage.Phase.ENDED: "stopped",
    Coverage.Phase.LIFTS: "done",
}


_CHOICES: dict[str, type[TextChoices]] = {"msg_type": Warning.MsgType, "status": Warning.Status}


@register.filter
def note_words(note: str) -> str:
    """What was inferred, in the language of the page; stored as `kind:value`."""
    kind, _colon, value = str(note).partition(":")
    words = _NOTES.get(kind)
    return str(words) % {"value": value} if words else kind


@register.filter
def event_words(name: str) -> str:
    """The event in the language of the page."""
    return english_name(name) if (get_language() or "").startswith("en") else name


@register.filter
def phase_kind(phase: str) -> str:
    """The kind of status mark of a phase."""
    return _KINDS.get(Coverage.Phase(phase), "note")


@register.filter
def colour_code(colour: Colour | None) -> str:
    """The code of a colour of the rules, for the badge."""
    return colour.code if colour else ""


@register.filter
def choice_label(value: str, name: str) -> str:
    """The word of a stored choice of a warning: `{{ message.msg_type|choice_label:"msg_type" }}`."""
    return str(_CHOICES[name](str(value)).label)


@register.inclusion_tag("places/_map_panel.html", takes_context=True)
def warning_map(context: template.Context, warning: Warning) -> dict[str, Any]:
    """The map with the counties of one warning, whether it holds or not."""
    panel = map_panel(context, size="low", label=_("影响范围"))
    settings = json.loads(panel["data"])
    layer = {
        "key": "covered",
        "label": _("涉及的县"),
        "mark": dict(zip(_CODES, "白蓝黄橙红", strict=True)).get(warning.colour, _("警")),
        "colour": f"warn-{warning.colour}" if warning.colour else "amber",
        "url": reverse("warnings:covered", args=[warning.public_id]),
        "on": True,
        "cluster": False,
    }
    settings["layers"] = [layer]
    return panel | {"data": json.dumps(settings, ensure_ascii=False), "layers": [layer]}


_CODES = ("white", "blue", "yellow", "orange", "red")
