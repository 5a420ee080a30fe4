"""What is filled in beside a button."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.dispatch.forms.fields import TidyField
from nuantu.dispatch.models import Dispatch, Notice, Tip
from nuantu.dispatch.rules.phones import PhoneSaid
from nuantu.places.forms import ToldForm

OUTCOMES = [("", _("请选择")), *(c for c in Tip.Outcome.choices if c[0] != Tip.Outcome.DUPLICATE)]


def _reason(label: Any, *, required: bool = True) -> TidyField:
    return TidyField(limit=300, is_line=True, label=label, required=required)


class NoForm(forms.Form):
    """A button alone."""


class ReasonForm(forms.Form):
    """A button with its reason."""

    reason = _reason(_("原因"))


class CloseForm(forms.Form):
    """How it ended, and why it was late if it was."""

    outcome = forms.ChoiceField(label=_("处置结果"), choices=OUTCOMES)
    note = TidyField(
        limit=500,
        label=_("说明"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    breach_reason = _reason(_("超时原因"), required=False)


class UrgentForm(forms.Form):
    """What is urgent; taking a mark away asks why."""

    flags = forms.MultipleChoiceField(
        label=_("紧急特征"),
        choices=Tip.Flag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = _reason(_("去掉特征的原因"), required=False)


class NoticeForm(forms.Form):
    """How and when somebody was told, and what he said."""

    way = forms.ChoiceField(
        label=_("怎样通知"),
        choices=[c for c in Notice.Way.choices if c[0] != Notice.Way.SYSTEM],
        initial=Notice.Way.PHONE,
    )
    told_at = forms.DateTimeField(
        label=_("什么时候"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    answer = _reason(_("对方答复"), required=False)


class TellForm(NoticeForm):
    """The same for somebody in an order; before his turn it says why."""

    early_reason = _reason(_("提前通知的原因"), required=False)


class AnswerForm(forms.Form):
    """What somebody who was told says later."""

    answer = _reason(_("对方答复"))


class MarkForm(forms.Form):
    """False or malicious, with the reason."""

    mark = forms.ChoiceField(label=_("标记"), choices=Tip.Mark.choices, required=False)
    reason = _reason(_("原因"))


class AssignForm(forms.Form):
    """Which team; sending a second one, or one that is busy, is said expressly."""

    team = forms.UUIDField(label=_("队伍"))
    is_support = forms.BooleanField(label=_("增援"), required=False)
    may_be_busy = forms.BooleanField(label=_("队伍有任务也派"), required=False)
    partners = forms.MultipleChoiceField(
        label=_("协同部门"), choices=Dispatch.Partner.choices, required=False
    )


class GuidanceForm(forms.Form):
    """Which relief point, and what it is told on the phone."""

    point = forms.UUIDField(label=_("救助点"))
    guidance = TidyField(
        limit=500, label=_("电话里怎么指导"), widget=forms.Textarea(attrs={"rows": 2})
    )


class GuidanceAnswerForm(forms.Form):
    """What the relief point says."""

    state = forms.ChoiceField(
        label=_("答复"),
        choices=[
            ("helping", _("正在先行救助")),
            ("helped", _("已先行救助")),
            ("cannot", _("去不了")),
        ],
    )
    answer = _reason(_("说明"), required=False)


class RevealForm(forms.Form):
    """What the reporter's identity is needed for."""

    purpose = _reason(_("查看目的"))


class StepForm(ToldForm):
    """A step on the phone, with the moment its clock shows."""

    phone_at = forms.CharField(required=False)
    reason = _reason(_("原因"), required=False)

    def phone(self) -> PhoneSaid:
        """What the phone said, as far as it can be read."""
        told = self.told()
        at = _moment(self.cleaned_data["phone_at"])
        return PhoneSaid(told.lat, told.lon, told.accuracy_metres, at=at)


def _moment(text: str) -> datetime | None:
    """An ISO moment; one without its zone is no moment."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    return value if value.tzinfo else None
