"""Parsing of the warning forms."""

import json
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.warnings import selectors
from nuantu.warnings.models import Warning
from nuantu.warnings.rules.message import Message
from nuantu.warnings.rules.vocabulary import english_name

AHEAD = timedelta(hours=1)
_DATETIME = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _event_words(name: str) -> str:
    return english_name(name) if (get_language() or "").startswith("en") else name


def _choices() -> list[tuple[str, Any]]:
    return [("", _("全部")), *((name, _event_words(name)) for name in selectors.events())]


class FilterForm(forms.Form):
    """Search and filters of the list."""

    q = forms.CharField(label=_("搜索"), required=False)
    event = forms.ChoiceField(label=_("类型"), choices=_choices, required=False)
    colour = forms.ChoiceField(
        label=_("颜色级别"), choices=[("", _("全部")), *Warning.Colour.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[
            ("", _("全部")),
            ("live", _("生效中")),
            ("awaiting", _("待确认结束")),
            ("ended", _("已结束")),
            ("without", _("没有影响")),
        ],
        required=False,
    )
    status = forms.ChoiceField(
        label=_("性质"), choices=[("", _("全部")), *Warning.Status.choices], required=False
    )


class PasteForm(forms.Form):
    """The text of a warning, to be read into the form."""

    text = forms.CharField(
        label=_("粘贴预警原文"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "短信、微信群、网页上的预警文字都可以，也可以粘贴 CAP 或 JSON。读出来的内容可以改。"
        ),
    )


def _counties() -> list[tuple[str, str]]:
    places = selectors.country()
    return [(code, places.names.name_of(code)) for code in places.counties]


class ManualForm(forms.Form):
    """A warning entered by hand: the fields of F-23."""

    sender_name = forms.CharField(
        label=_("发布单位"), max_length=100, help_text=_("例如：黔东南州气象台")
    )
    msg_type = forms.ChoiceField(
        label=_("消息类型"),
        choices=[c for c in Warning.MsgType.choices if c[0] in ("alert", "update", "cancel")],
        initial=Warning.MsgType.ALERT,
    )
    event = forms.CharField(
        label=_("类型"), max_length=30, help_text=_("例如：寒潮、道路结冰、低温雨雪冰冻")
    )
    colour = forms.ChoiceField(
        label=_("颜色级别"),
        choices=[("", _("没有写明")), *Warning.Colour.choices],
        required=False,
    )
    status = forms.ChoiceField(
        label=_("性质"),
        choices=[c for c in Warning.Status.choices if c[0] in ("actual", "exercise", "test")],
        initial=Warning.Status.ACTUAL,
        help_text=_("演练和测试只记录，不改变工作级别。"),
    )
    sent_at = forms.DateTimeField(label=_("发布时间"), widget=_DATETIME)
    expires_at = forms.DateTimeField(
        label=_("失效时间"),
        required=False,
        widget=_DATETIME,
        help_text=_("原文没有写就空着：保持到解除，或到保持时长后由人确认结束。"),
    )
    counties = forms.MultipleChoiceField(
        label=_("影响的县"),
        choices=_counties,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选就按发布单位和正文判断。"),
    )
    headline = forms.CharField(label=_("标题"), max_length=200, required=False)
    description = forms.CharField(
        label=_("正文"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )
    instruction = forms.CharField(
        label=_("防御指南"), max_length=20_000, required=False, widget=forms.Textarea
    )

    def clean_sent_at(self) -> datetime:
        """A warning is not issued tomorrow."""
        moment: datetime = self.cleaned_data["sent_at"]
        if moment > clock.now() + AHEAD:
            raise forms.ValidationError(_("发布时间在将来。请核对年、月、日。"))
        return moment

    def clean(self) -> dict[str, Any]:
        """The end lies after the issue."""
        data = super().clean() or {}
        sent_at, expires_at = data.get("sent_at"), data.get("expires_at")
        if sent_at and expires_at and expires_at <= sent_at:
            self.add_error("expires_at", _("失效时间应在发布时间之后。"))
        return data

    def body(self) -> bytes:
        """The entry as the JSON that is kept as received and read like any other message."""
        data = self.cleaned_data
        entry = {
            "senderName": data["sender_name"],
            "issuedTime": data["sent_at"].isoformat(),
            "status": data["status"],
            "msgType": data["msg_type"],
            "scope": "Public",
            "event": data["event"],
            "color": data["colour"],
            "expireTime": data["expires_at"].isoformat() if data["expires_at"] else "",
            "divisionCodes": data["counties"],
            "headline": data["headline"],
            "description": data["description"],
            "instruction": data["instruction"],
        }
        return json.dumps({k: v for k, v in entry.items() if v}, ensure_ascii=False).encode()


def initial_of(message: Message, counties: list[str]) -> dict[str, Any]:
    """What was understood of a text, as the values of the form."""
    return {
        "sender_name": message.sender_name,
        "msg_type": message.msg_type.value,
        "event": message.event_name,
        "colour": message.colour.code if message.colour else "",
        "status": message.status.value,
        "sent_at": clock.local(message.sent_at),
        "expires_at": clock.local(message.expires_at) if message.expires_at else None,
        "counties": counties,
        "headline": message.headline,
        "description": message.description,
        "instruction": message.instruction,
    }


class EndForm(forms.Form):
    """A person's word that a warning is over."""

    county = forms.CharField(required=False)
    note = forms.CharField(
        label=_("凭什么确认结束"),
        max_length=300,
        help_text=_("例如：14 时电话询问州气象台，已无寒潮。"),
    )


class SettleForm(forms.Form):
    """A person's word on what could not be read."""

    note = forms.CharField(
        label=_("怎么处理的"),
        max_length=300,
        help_text=_("例如：是广告，不是预警；或：与 20 时的寒潮预警重复。"),
    )
