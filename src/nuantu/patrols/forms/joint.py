"""Forms of the joint-patrol roster."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.operations.models import Team
from nuantu.patrols.forms.register import DAYS
from nuantu.patrols.models import JointPartner
from nuantu.patrols.selectors.joint import WEEKDAYS
from nuantu.patrols.services import Partner
from nuantu.ui.days import DayInput


class PartnerForm(forms.Form):
    """A department that goes out with a team."""

    team = forms.ChoiceField(label=_("队伍"))
    department = forms.ChoiceField(label=_("部门"))
    unit = forms.CharField(label=_("单位"), max_length=60)
    person = forms.CharField(label=_("带队人"), max_length=60)
    phone = forms.CharField(
        label=_("值班电话"),
        max_length=40,
        required=False,
        help_text=_("单位的值班或办公电话，会印在安排表上；不填私人号码。"),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("周几"),
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    part = forms.ChoiceField(label=_("时段"), choices=JointPartner.Part.choices)
    from_day = forms.DateField(
        label=_("从哪天起"),
        validators=DAYS,
        widget=DayInput(),
    )
    until_day = forms.DateField(
        label=_("到哪天止"),
        required=False,
        validators=DAYS,
        widget=DayInput(),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        teams: list[Team],
        departments: list[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(data, initial={"from_day": today, "part": "both"})
        self._teams = {str(team.public_id): team for team in teams}
        names = [(code, team.name) for code, team in self._teams.items()]
        self.fields["team"] = forms.ChoiceField(label=_("队伍"), choices=names)
        self.fields["department"] = forms.ChoiceField(label=_("部门"), choices=departments)

    def of_team(self) -> Team:
        """The team that was chosen."""
        return self._teams[self.cleaned_data["team"]]

    def said(self) -> Partner:
        """The line that was entered."""
        return Partner(
            **{name: value for name, value in self.cleaned_data.items() if name != "team"}
        )


class ConsentForm(forms.Form):
    """Whose word it is that a department agrees with the week."""

    department = forms.ChoiceField(label=_("部门"))
    person = forms.CharField(label=_("谁同意的"), max_length=60)

    def __init__(self, data: Any = None, *, asked: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["department"] = forms.ChoiceField(label=_("部门"), choices=asked)


class CameForm(forms.Form):
    """Whether a partner came to the patrol."""

    came = forms.ChoiceField(choices=[("yes", _("到了")), ("no", _("没有来"))])


class WordForm(forms.Form):
    """Why a week is approved or published though something of the plan is missing."""

    reason = forms.CharField(label=_("原因"), max_length=300, required=False)
