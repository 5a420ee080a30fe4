"""Forms of the inflow and outflow list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.patrols.forms.register import DAYS
from nuantu.patrols.models import FlowEntry
from nuantu.patrols.selectors.flows import FlowFilter, case_called, places_of
from nuantu.patrols.services import Known
from nuantu.persons.models import Case, Certainty, Sex
from nuantu.ui.days import DayInput

ALL = ("", _("全部"))


class FlowFilterForm(forms.Form):
    """What the list can be searched by; a wrong value asks nothing."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    direction = forms.ChoiceField(
        label=_("方向"), required=False, choices=[ALL, *FlowEntry.Direction.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ALL, ("open", _("在名单上")), ("ended", _("已销去"))],
    )

    def wanted(self) -> FlowFilter:
        """The filter that the valid fields make."""
        self.is_valid()
        data: dict[str, Any] = getattr(self, "cleaned_data", {})
        return FlowFilter(
            words=data.get("q", ""),
            direction=data.get("direction", ""),
            state=data.get("state", ""),
        )


class FlowForm(forms.Form):
    """What is known of somebody on the list."""

    direction = forms.ChoiceField(
        label=_("方向"),
        choices=[("out", _("流出：本地人在外流浪乞讨")), ("in", _("流入：外来人在本地露宿"))],
        initial="out",
        widget=forms.RadioSelect,
    )
    division = forms.ChoiceField(label=_("乡镇、村（社区）"))
    called_as = forms.CharField(label=_("称呼"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, initial=Sex.UNKNOWN)
    years = forms.IntegerField(label=_("大约年龄"), required=False, min_value=0, max_value=125)
    whereabouts = forms.CharField(label=_("现在在哪里"), max_length=200)
    since_date = forms.DateField(
        label=_("从何时起"),
        required=False,
        validators=DAYS,
        widget=DayInput(),
    )
    known = forms.CharField(
        label=_("知道的情况"),
        max_length=500,
        required=False,
        help_text=_("身份证号、电话、住址不写在这里，写在下面加密的一栏。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    secret = forms.CharField(
        label=_("身份证号、电话、家庭住址"),
        max_length=400,
        required=False,
        help_text=_("加密保存，写明目的才能查看。"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    certainty = forms.ChoiceField(
        label=_("可信程度"), choices=Certainty.choices, initial=Certainty.ESTIMATED
    )
    source = forms.CharField(label=_("谁说的"), max_length=120)
    case_number = forms.CharField(
        label=_("个案编号"),
        max_length=24,
        required=False,
        help_text=_("已有个案的填编号，只作关联，不抄内容。"),
    )

    def __init__(
        self, data: Any = None, *, actor: Actor, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["division"] = forms.ChoiceField(
            label=_("乡镇、村（社区）"), choices=places_of(actor)
        )
        if initial:
            del self.fields["division"]
            self.fields["reason"] = forms.CharField(label=_("为什么更正"), max_length=300)
            self.fields["secret"].help_text = _("留空则不改；写了就替换原来的。")

    def clean_case_number(self) -> Case | None:
        """The case, where the reader may see one of this number."""
        number = self.cleaned_data["case_number"]
        case = case_called(number) if number else None
        if number and case is None:
            raise forms.ValidationError(_("没有这个编号的个案，或您看不到它。"))
        return case

    def known_now(self) -> Known:
        """What the form says."""
        names = (
            "direction", "called_as", "whereabouts", "certainty", "source",
            "sex", "years", "known", "since_date", "secret",
        )  # fmt: skip
        return Known(**{name: self.cleaned_data[name] for name in names})


def values_of(entry: FlowEntry, case: Case | None) -> dict[str, Any]:
    """What the form shows of a line that is corrected; what lies sealed stays away."""
    names = (
        "direction", "called_as", "whereabouts", "certainty", "source", "sex", "years", "known",
        "since_date",
    )  # fmt: skip
    return {name: getattr(entry, name) for name in names} | {
        "case_number": case.number if case else ""
    }


class FlowEndForm(forms.Form):
    """Why somebody is taken off the list."""

    reason = forms.CharField(label=_("为什么销去"), max_length=300)


class PurposeForm(forms.Form):
    """Why what lies sealed is looked at."""

    purpose = forms.CharField(label=_("查看目的"), max_length=200)
