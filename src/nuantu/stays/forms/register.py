"""What the register of stays is narrowed to."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.persons.models import Sex
from nuantu.stays.models import Way
from nuantu.ui.days import DayInput

ANY = [("", _("全部"))]
DAY = DayInput()


class RegisterForm(forms.Form):
    """Name, days of entry, whether still here, by which way gone."""

    kept: ClassVar = ("station",)

    station = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    q = forms.CharField(label=_("姓名、拼音、样貌、在站编号"), required=False, max_length=60)
    from_date = forms.DateField(label=_("入站从"), required=False, widget=DAY)
    to_date = forms.DateField(label=_("入站到"), required=False, widget=DAY)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[*ANY, ("here", _("在站")), ("left", _("已离站"))],
    )
    way = forms.ChoiceField(label=_("离站方式"), required=False, choices=[*ANY, *Way.choices])
    sex = forms.ChoiceField(label=_("性别"), required=False, choices=[*ANY, *Sex.choices])
