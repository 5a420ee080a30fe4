"""Search and filters of boards and registers."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.areas import county_choices
from nuantu.dispatch.selectors.tips import TipFilter
from nuantu.ui.days import DayInput

CLOCKS = [
    ("", _("全部时钟")),
    ("late", _("已超时未到场")),
    ("soon", _("将到时限")),
    ("breached", _("超过时限的")),
    ("reached", _("已到场")),
]


def _counties() -> list[tuple[str, Any]]:
    return [("", _("全部")), *county_choices()]


class _Filter(forms.Form):
    """What every list of tips can be searched by; a wrong value asks nothing."""

    q = forms.CharField(label=_("搜索地点、情况、查询码"), required=False)
    flag = forms.ChoiceField(
        label=_("紧急特征"), choices=[("", _("全部")), *Tip.Flag.choices], required=False
    )
    clock = forms.ChoiceField(label=_("时钟"), choices=CLOCKS, required=False)
    division = forms.ChoiceField(label=_("县（市、区）"), choices=_counties, required=False)

    def wanted(self) -> TipFilter:
        """The filter that the valid fields make."""
        self.is_valid()
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return TipFilter(
            words=data.get("q", ""),
            state=data.get("state", ""),
            channel=data.get("channel", ""),
            flag=data.get("flag", ""),
            clock=data.get("clock", ""),
            division=data.get("division", ""),
            outcome=data.get("outcome", ""),
            since=data.get("since"),
            until=data.get("until"),
            closed_since=data.get("closed_since"),
        )


class BoardFilter(_Filter):
    """The dispatch board."""

    def query(self) -> str:
        """What is filtered, for the register that lists the rest."""
        self.is_valid()
        return urlencode({name: self[name].value() for name in self.fields if self[name].value()})


class RegisterFilter(_Filter):
    """The register of tips."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), ("open", _("未办结")), *Tip.State.choices],
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("来源"), choices=[("", _("全部")), *Tip.Channel.choices], required=False
    )
    outcome = forms.ChoiceField(
        label=_("结果"), choices=[("", _("全部")), *Tip.Outcome.choices], required=False
    )
    since = forms.DateField(
        label=_("从"),
        required=False,
        widget=DayInput(),
    )
    until = forms.DateField(
        label=_("到"),
        required=False,
        validators=[MaxValueValidator(date(9000, 1, 1))],
        widget=DayInput(),
    )
    closed_since = forms.DateField(
        label=_("办结自"),
        required=False,
        widget=DayInput(),
    )
    order = forms.ChoiceField(
        label=_("排序"),
        choices=[("", _("最新在前")), ("pressing", _("最急在前"))],
        required=False,
    )
    field_order = (
        "q",
        "state",
        "flag",
        "clock",
        "channel",
        "outcome",
        "division",
        "since",
        "until",
        "closed_since",
        "order",
    )

    @property
    def is_pressing_first(self) -> bool:
        """Whether the list begins with what presses most, as the lanes of the board do."""
        return self.is_valid() and self.cleaned_data["order"] == "pressing"
