"""Forms of the patrol week."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.ui.days import DayInput

SECONDS = [(5, _("快速（约 5 秒）")), (20, _("一般（约 20 秒）")), (60, _("精细（约 1 分钟）"))]


class PlanForm(forms.Form):
    """Which week, and how long to search."""

    first_day = forms.DateField(
        label=_("从哪一周"),
        help_text=_("选这一周里的任何一天；计划从周一 6 时到下周一 6 时。"),
        widget=DayInput(),
    )
    seconds = forms.TypedChoiceField(label=_("排班用时"), choices=SECONDS, coerce=int, initial=20)


class AgainForm(forms.Form):
    """How long to search when a week is planned again."""

    seconds = forms.TypedChoiceField(label=_("排班用时"), choices=SECONDS, coerce=int, initial=20)


class MoveForm(forms.Form):
    """Where a stop goes: a team in a half."""

    target = forms.ChoiceField(label=_("移到"))

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"] = forms.ChoiceField(label=_("移到"), choices=targets)

    def key(self) -> tuple[str, int]:
        """The team's public id and the half."""
        team, half = self.cleaned_data["target"].rsplit("|", 1)
        return team, int(half)


class BackForm(forms.Form):
    """Why a week is taken back."""

    reason = forms.CharField(label=_("原因"), max_length=200)
