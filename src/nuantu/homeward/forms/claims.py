"""Forms of families who claim somebody who is settled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.homeward.models import ClaimAnswer, ClaimWay
from nuantu.homeward.services.claims import Answered, Claimed


def _area(**more: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, **more})


class ClaimForm(forms.Form):
    """Who claims him and what they bring forward."""

    claimant = forms.CharField(label=_("认领人姓名"), max_length=60)
    relation = forms.CharField(label=_("自称的关系"), max_length=40)
    phone = forms.CharField(
        label=_("认领人电话"),
        max_length=40,
        help_text=_("加密保存，答复时才显示。"),
        widget=forms.TextInput(attrs={"data-sealed": "", "inputmode": "tel"}),
    )
    words = forms.CharField(
        label=_("凭什么认领"),
        max_length=300,
        widget=_area(),
        help_text=_("只听不说：不告诉他在哪里、叫什么、住在谁那里，也不说还有谁认领。"),
    )

    def claimed(self) -> Claimed:
        """What was typed."""
        return Claimed(**self.cleaned_data)


class ClaimAnswerForm(forms.Form):
    """What came of the check, and how the family was told."""

    answer = forms.ChoiceField(
        label=_("答复这一家"), choices=ClaimAnswer.choices, widget=forms.RadioSelect
    )
    basis = forms.CharField(label=_("怎样核实的"), max_length=300, widget=_area())
    paper = forms.CharField(
        label=_("公安比对结论文号"),
        max_length=120,
        required=False,
        help_text=_("认定或者不是同一人，都要有公安的比对结论。"),
    )
    name = forms.CharField(
        label=_("他的真实姓名"),
        max_length=60,
        required=False,
        help_text=_("认定时填写，记为已核实姓名；落户安置随即终止或者转入更正。"),
    )
    checked = forms.CharField(label=_("怎样核实这家不是加害人"), max_length=200, required=False)
    told_way = forms.ChoiceField(
        label=_("怎样告诉对方的"), choices=ClaimWay.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, is_harmed: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not is_harmed:
            del self.fields["checked"]

    def answered(self) -> Answered:
        """What was typed."""
        return Answered(**self.cleaned_data)
