"""Forms of the medic: medicine, vital signs, counselling."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.stays.models import HealthNote
from nuantu.stays.rules.medicine import measured, times_in
from nuantu.ui.days import DayInput


class MedicineForm(forms.Form):
    """A medicine with its times."""

    what = forms.CharField(label=_("药名和用量"), max_length=200)
    times = forms.CharField(
        label=_("每天几点"), max_length=80, help_text=_("例如 8:00、20:00，用顿号分开。")
    )
    until_date = forms.DateField(
        label=_("用到哪一天"),
        required=False,
        widget=DayInput(),
    )
    is_told = forms.BooleanField(
        label=_("到时间提醒照料员"),
        required=False,
        help_text=_("照料员只看到有药要服，看不到药名。"),
    )

    def clean_times(self) -> list[time]:
        """The times typed, in their order."""
        try:
            return times_in(self.cleaned_data["times"])
        except ValueError as error:
            raise forms.ValidationError(_("时间请写成 8:00、20:00。")) from error


class HealthForm(forms.Form):
    """Vital signs in figures, or a talk in words."""

    kind = forms.ChoiceField(
        label=_("记什么"),
        choices=HealthNote.Kind.choices,
        widget=forms.RadioSelect,
        initial="vital",
    )
    temperature = forms.DecimalField(
        label=_("体温 ℃"), min_value=30, max_value=45, decimal_places=1, required=False
    )
    pulse = forms.IntegerField(label=_("脉搏 次/分"), min_value=20, max_value=250, required=False)
    pressure = forms.RegexField(
        r"^\d{2,3}/\d{2,3}$",
        label=_("血压 mmHg"),
        required=False,
        help_text=_("例如 120/80。"),
        error_messages={"invalid": _("血压请写成 120/80。")},
    )
    saturation = forms.IntegerField(label=_("血氧 %"), min_value=40, max_value=100, required=False)
    text = forms.CharField(
        label=_("说明或谈话要点"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_pressure(self) -> str:
        found: str = self.cleaned_data["pressure"]
        upper, _slash, lower = found.partition("/")
        if found and not 20 <= int(lower) < int(upper) <= 300:
            raise forms.ValidationError(_("血压先写高压，再写低压，例如 120/80。"))
        return found

    def figures(self) -> dict[str, float]:
        """What was measured; nothing for a talk."""
        return measured(self.cleaned_data) if self.cleaned_data["kind"] == "vital" else {}
