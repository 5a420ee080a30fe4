"""Forms of settlement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.homeward.forms.wearers import ANY, Narrowing
from nuantu.homeward.models import (
    Benefit,
    Placed,
    Settlement,
    SettlementEnd,
    SettlementState,
    StepAnswer,
    StepCode,
)
from nuantu.homeward.rules.settling import answers_to
from nuantu.homeward.services.settling import Named, Told
from nuantu.ui.days import DayInput


class SettlementFilterForm(Narrowing):
    """What the list of settlements is narrowed to."""

    q = forms.CharField(label=_("姓名、拼音或编号"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[ANY, *SettlementState.choices]
    )


class SettleForm(forms.Form):
    """The names he is given, on what they rest, and where he lives."""

    assigned_name = forms.CharField(
        label=_("拟用姓名"), max_length=60, help_text=_("与自述姓名、核实姓名分开保存。")
    )
    assigned_birth_date = forms.DateField(label=_("拟用出生日期"), widget=DayInput())
    naming = forms.CharField(
        label=_("命名及年龄依据"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如“站务会决定用站名首字为姓；州医院骨龄鉴定约50岁”。"),
    )
    placed = forms.ChoiceField(label=_("安置去处"), choices=[("", _("请选择")), *Placed.choices])
    house = forms.CharField(label=_("拟落户机构"), max_length=120)

    def __init__(self, data: Any = None, *, line: int, **more: Any) -> None:
        """`line` is the age, in years, below which somebody lives in a children's home."""
        super().__init__(data, **more)
        said = _("公办机构优先。不满%(n)s周岁的只能安置在儿童福利机构，成年人不安置在那里。")
        self.fields["placed"].help_text = said % {"n": line}

    def named(self) -> Named:
        """What was typed."""
        return Named(**self.cleaned_data)


class SettlementStepForm(forms.Form):
    """How the step came out; the registration and the benefits ask for more."""

    answer = forms.ChoiceField(label=_("结果"), widget=forms.RadioSelect)
    paper = forms.CharField(label=_("文号、函号或回执号"), max_length=120)
    done_date = forms.DateField(label=_("办理日期"), widget=DayInput())
    words = forms.CharField(
        label=_("说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, row: Settlement, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["answer"] = forms.ChoiceField(
            label=_("结果"),
            choices=[(one, StepAnswer(one).label) for one in answers_to(row.step)],
            widget=forms.RadioSelect,
        )
        if row.step == StepCode.REGISTER:
            self.fields["household"] = forms.CharField(
                label=_("集体户编号"), max_length=60, required=False
            )
            self.fields["id_number"] = forms.CharField(
                label=_("登记的公民身份号码"),
                max_length=18,
                required=False,
                help_text=_("加密保存，不当作已核实身份，寻亲继续。"),
            )
        if row.step == StepCode.BENEFITS:
            self.fields["benefits"] = forms.MultipleChoiceField(
                label=_("衔接保障"),
                required=False,
                choices=Benefit.choices,
                widget=forms.CheckboxSelectMultiple,
            )

    def told(self) -> Told:
        """What was typed."""
        said = dict(self.cleaned_data)
        benefits = tuple(said.pop("benefits", ()))
        return Told(benefits=benefits, **said)


class WordsForm(forms.Form):
    """Why it waits, or how that was settled."""

    words = forms.CharField(
        label=_("经过和依据"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class EndSettlementForm(WordsForm):
    """Why it ends."""

    why = forms.ChoiceField(
        label=_("原因"),
        choices=[(one.value, one.label) for one in SettlementEnd if one != SettlementEnd.CORRECTED],
        widget=forms.RadioSelect,
    )
    field_order = ("why", "words")
