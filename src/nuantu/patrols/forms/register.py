"""Search and filters of the register; the checklist; why a run is broken off."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from nuantu.patrols.models import PatrolRun
from nuantu.patrols.selectors.register import RegisterFilter
from nuantu.ui.days import DayInput

FOUND = [
    ("", _("全部")),
    ("people", _("见到人的")),
    ("zero", _("有零发现的")),
    ("doubt", _("有疑点的")),
    ("gap", _("有没去的站")),
]
# Beyond them a day has no beginning or no day after it.
DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9000, 1, 1))]


class RegisterForm(forms.Form):
    """What the register can be searched by; a wrong value asks nothing."""

    q = forms.CharField(label=_("搜索队伍、队员、地点、情况"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *PatrolRun.State.choices], required=False
    )
    found = forms.ChoiceField(label=_("发现"), choices=FOUND, required=False)
    division = forms.ChoiceField(label=_("县（市、区）"), required=False)
    since = forms.DateField(
        label=_("从"),
        required=False,
        validators=DAYS,
        widget=DayInput(),
    )
    until = forms.DateField(
        label=_("到"),
        required=False,
        validators=DAYS,
        widget=DayInput(),
    )

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"] = forms.ChoiceField(
            label=_("县（市、区）"), choices=[("", _("全部")), *counties], required=False
        )

    def wanted(self) -> RegisterFilter:
        """The filter that the valid fields make."""
        self.is_valid()
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return RegisterFilter(
            words=data.get("q", ""),
            state=data.get("state", ""),
            found=data.get("found", ""),
            division=data.get("division", ""),
            since=data.get("since"),
            until=data.get("until"),
        )


class ChecklistForm(forms.Form):
    """A checklist as it is pasted: one line each."""

    name = forms.CharField(label=_("名称"), max_length=80, initial=_("六必须"))
    lines = forms.CharField(
        label=_("清单"),
        help_text=_("每条一行。队伍收队时逐条回答。"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
