"""Forms of suspected matches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.persons.forms import RevealForm
from nuantu.tracing.models import CheckKind, CheckResult, FoundBy
from nuantu.tracing.selectors.matches import BANDS, STATES, SUSPECTED, Filters


class MatchFilterForm(forms.Form):
    """What the watch list is narrowed to; a wrong value asks nothing."""

    q = forms.CharField(label=_("姓名、个案号或登记号"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES, initial=SUSPECTED)
    band = forms.ChoiceField(
        label=_("把握"), required=False, choices=[("", _("全部")), *BANDS.items()]
    )
    since = forms.ChoiceField(
        label=_("提示时间"), required=False, choices=[("", _("不限")), ("yesterday", _("昨天以来"))]
    )

    def wanted(self) -> Filters:
        """The filter that the valid fields make."""
        self.is_valid()
        return Filters.of(getattr(self, "cleaned_data", {}))


class CheckForm(forms.Form):
    """What was asked or shown, what both sides said, how it came out."""

    kind = forms.ChoiceField(label=_("核对什么"), choices=CheckKind.choices)
    question = forms.CharField(
        label=_("问的是什么"),
        required=False,
        max_length=200,
        help_text=_("只有家人才知道的事，例如“家里的狗叫什么”。不提示答案。"),
    )
    person_said = forms.CharField(
        label=_("本人怎么说"),
        required=False,
        max_length=400,
        help_text=_("加密保存。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    family_said = forms.CharField(
        label=_("寻亲人怎么说"),
        required=False,
        max_length=400,
        help_text=_("加密保存。问的时候不说他在哪里。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    result = forms.ChoiceField(
        label=_("结果"), choices=CheckResult.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("核对说明"),
        required=False,
        max_length=300,
        help_text=_("对不上、做不了的必须写。DNA和公安核实写文号，不写数据。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_warned = forms.BooleanField(
        label=_("我已看过危险提示：核实以前不告诉寻亲人他在哪里"), required=False
    )


class ProposeForm(forms.Form):
    """Why the first of two says that it is he."""

    reason = forms.CharField(
        label=_("依据"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_warned = forms.BooleanField(
        label=_("我已看过危险提示：核实以前不告诉寻亲人他在哪里"), required=False
    )


class ConfirmForm(forms.Form):
    """By what he was found, as the second of two says."""

    found_by = forms.ChoiceField(
        label=_("靠什么找到的"), choices=FoundBy.choices, widget=forms.RadioSelect
    )
    is_warned = forms.BooleanField(
        label=_("我已看过危险提示：核实以前不告诉寻亲人他在哪里"), required=False
    )


class ReasonForm(forms.Form):
    """Why a pair is ruled out, or a confirmation taken back."""

    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class AskForm(RevealForm):
    """For what the report of another organisation is to be opened; it stands in the letter."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].help_text = _(
            "写在函里，对方看得到，例如“核对照片和特征”。对方同意后才看得到登记，到期自动收回。"
        )


class FoundFilterForm(forms.Form):
    """By what and in which year somebody was found; a wrong value asks nothing."""

    found_by = forms.ChoiceField(
        label=_("靠什么找到的"), required=False, choices=[("", _("全部")), *FoundBy.choices]
    )
    year = forms.IntegerField(label=_("查明年份"), required=False, min_value=2000, max_value=2100)

    def wanted(self) -> tuple[str, int | None]:
        """The filters that are valid."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return str(data.get("found_by") or ""), data.get("year")
