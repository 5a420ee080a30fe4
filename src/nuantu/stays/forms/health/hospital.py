"""Forms of a screening and of a treatment, each with one thing to say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import clock
from nuantu.places.models import Hospital
from nuantu.stays.models import (
    CareNews,
    HospitalAsk,
    HospitalCare,
    Reception,
    Screening,
    Sign,
    Stay,
)
from nuantu.stays.selectors.health.choices import hospital_words
from nuantu.stays.services.health import Discharge, Findings, Patient

RADIO = forms.RadioSelect
SEALED_LINES = forms.Textarea(attrs={"rows": 3, "data-sealed": ""})
LINES = forms.Textarea(attrs={"rows": 2})


ANSWERS = [one for one in HospitalAsk.Answer.choices if one[0] in ("takes", "refuses", "full")]


class ScreeningForm(forms.Form):
    """What the medic found; test and health code are asked while the epidemic pack is on."""

    temperature = forms.DecimalField(
        label=_("体温（℃）"), required=False, min_value=20, max_value=45, decimal_places=1
    )
    signs = forms.MultipleChoiceField(
        label=_("有没有这些情况（有就先送医）"),
        required=False,
        choices=Sign.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    findings = forms.CharField(
        label=_("所见、主诉、用药"), required=False, max_length=600, widget=SEALED_LINES
    )
    test = forms.ChoiceField(
        label=_("检测结果"), required=False, choices=Screening.Test.choices, widget=RADIO
    )
    health_code = forms.ChoiceField(
        label=_("健康码（没有手机不影响救助）"),
        required=False,
        choices=Screening.HealthCode.choices,
        widget=RADIO,
    )
    has_mask = forms.BooleanField(label=_("已发口罩并戴好"), required=False)
    result = forms.ChoiceField(label=_("初筛结果"), choices=Screening.Result.choices, widget=RADIO)

    def __init__(self, *args: Any, is_epidemic: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["temperature"].required = is_epidemic
        if not is_epidemic:
            for name in ("health_code", "has_mask"):
                del self.fields[name]

    def found(self) -> Findings:
        """As the service takes it; tenths of a degree."""
        data = self.cleaned_data
        degrees = data["temperature"]
        return Findings(
            result=data["result"],
            temperature_tenths=None if degrees is None else round(degrees * 10),
            signs=tuple(data["signs"]),
            words=data["findings"],
            has_mask=data.get("has_mask", False),
            health_code=data.get("health_code", ""),
            test=data["test"],
        )


class HospitalForm(forms.Form):
    """Which hospital is asked; the first is the suggestion."""

    hospital = forms.ChoiceField(
        label=_("联系哪家医院"),
        error_messages={"invalid_choice": _("这家医院刚刚停用，请选别的医院。")},
        help_text=_("建议的排在最前：定点、就近；只有精神症状的先送精神专科。"),
    )

    def __init__(self, *args: Any, hospitals: Iterable[Hospital], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = {str(row.public_id): row for row in hospitals}
        field = cast("forms.ChoiceField", self.fields["hospital"])
        field.choices = [(key, hospital_words(row)) for key, row in self._rows.items()]
        field.initial = next(iter(self._rows), None)

    def chosen(self) -> Hospital:
        """The hospital."""
        return self._rows[self.cleaned_data["hospital"]]


class CareForm(HospitalForm):
    """Somebody goes to a hospital."""

    signs = forms.MultipleChoiceField(
        label=_("什么情况"),
        choices=Sign.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(label=_("病情、为什么送医"), max_length=600, widget=SEALED_LINES)
    field_order = ("signs", "why", "hospital")

    def patient(self, reception: Reception | None, stay: Stay | None) -> Patient:
        """As the service takes it."""
        signs, why = tuple(self.cleaned_data["signs"]), self.cleaned_data["why"]
        return Patient(signs=signs, why=why, reception=reception, stay=stay)


class AskForm(HospitalForm):
    """The next hospital is asked."""


class HospitalAnswerForm(forms.Form):
    """What a hospital said."""

    answer = forms.ChoiceField(label=_("医院怎么答复"), choices=ANSWERS, widget=RADIO)
    answer_note = forms.CharField(label=_("谁答复的、原因"), required=False, max_length=200)


class FollowerForm(forms.Form):
    """Who follows the patient."""

    follower = forms.ModelChoiceField(
        label=_("谁跟踪"), queryset=User.objects.none(), empty_label="—"
    )

    def __init__(self, *args: Any, followers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("Any", self.fields["follower"]).queryset = followers


class ArriveForm(FollowerForm):
    """The patient is in the hospital."""

    accompanied_by = forms.CharField(label=_("谁陪同送医"), max_length=80)
    due_at = forms.DateTimeField(
        label=_("预计住到什么时候"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    field_order = ("accompanied_by", "follower", "due_at")

    @staticmethod
    def proposed(at: datetime) -> dict[str, Any]:
        """What stands in it at first."""
        return {"due_at": clock.local(at).replace(tzinfo=None)}


class NewsForm(forms.Form):
    """What the follower learned."""

    condition = forms.ChoiceField(label=_("病情"), choices=CareNews.Condition.choices, widget=RADIO)
    words = forms.CharField(
        label=_("医生怎么说、做了什么治疗"),
        required=False,
        max_length=600,
        widget=SEALED_LINES,
    )


class FoundForm(forms.Form):
    """What the screening at the hospital found."""

    found = forms.ChoiceField(
        label=_("甄别结果"), choices=HospitalCare.Found.choices[1:], widget=RADIO
    )
    words = forms.CharField(
        label=_("依据、谁来照管"), required=False, max_length=400, widget=SEALED_LINES
    )


class EndCareForm(forms.Form):
    """How a treatment ends."""

    end = forms.ChoiceField(label=_("怎么结束"), choices=HospitalCare.End.choices, widget=RADIO)
    is_stable = forms.BooleanField(label=_("医生确认病情稳定"), required=False)
    certificate_number = forms.CharField(label=_("出院证明编号"), required=False, max_length=60)
    end_words = forms.CharField(
        label=_("经过：谁告知的、本人怎么说、去了哪里"),
        required=False,
        max_length=600,
        widget=SEALED_LINES,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["end"])
        field.choices = [one for one in HospitalCare.End.choices if one[0] != "died"]

    def discharge(self) -> Discharge:
        """As the service takes it."""
        return Discharge(**self.cleaned_data)


class ToldForm(forms.Form):
    """Who was told."""

    told_to = forms.CharField(label=_("通知了谁（单位、姓名或工号）"), max_length=80)
    note_text = forms.CharField(label=_("对方怎么说"), required=False, max_length=200)


class WordsForm(forms.Form):
    """What came of it."""

    words = forms.CharField(label=_("怎么办的、结果"), max_length=200, widget=LINES)
