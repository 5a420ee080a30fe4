"""Forms of risks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.casework.models import RiskKind, RiskSign, Urgency
from nuantu.casework.services import Assessed


def _words(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=hint
    )


class ReviewForm(forms.Form):
    """How urgent it is now, and why."""

    urgency = forms.ChoiceField(
        label=_("有多急"), choices=Urgency.choices, widget=forms.RadioSelect
    )
    reasons = _words(_("看到、听到了什么"), _("写原话和事实。密封保存。"))


class RiskForm(ReviewForm):
    """Which risk, how urgent, on which signs."""

    kind = forms.ChoiceField(
        label=_("哪种风险"), choices=RiskKind.choices, widget=forms.RadioSelect
    )
    signs = forms.MultipleChoiceField(
        label=_("迹象"), choices=RiskSign.choices, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("kind", "urgency", "signs", "reasons")

    def assessed(self) -> Assessed:
        """What the form says."""
        return Assessed(**self.cleaned_data)


class LiftForm(forms.Form):
    """Why a mark can be lifted."""

    reason = _words(_("为什么可以解除"), _("写变化和依据。第二人确认以后才解除。"))


class SecondForm(forms.Form):
    """What the second of two decides."""

    answer = forms.ChoiceField(
        label=_("解除吗"),
        choices=[("lift", _("同意解除")), ("keep", _("不解除，标记继续"))],
        widget=forms.RadioSelect,
    )


class SafetyForm(forms.Form):
    """What helps in bad hours, in his own words."""

    signs = _words(_("不好的时候先有什么"), _("他自己说的：睡不着、不吃饭、想喝酒……"))
    helps = _words(_("什么能帮他"), _("照料员夜里也看得到这一条，不写原因。"))
    people = _words(_("打给谁"), _("名字和电话。"))
    out_of_reach = _words(_("收起来的东西"), _("药、刀、绳子交给谁保管。"))
    is_agreed = forms.BooleanField(label=_("和他一起写的，他同意"), required=False)
