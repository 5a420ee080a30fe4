"""Search of what was put down about the safety of the house."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.stays.models import StationIncident
from nuantu.ui.days import DayInput

DAY = DayInput()


class IncidentFilterForm(forms.Form):
    """Search of the register of incidents."""

    q = forms.CharField(label=_("查找"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("种类"), choices=[("", _("全部")), *StationIncident.Kind.choices], required=False
    )
    from_date = forms.DateField(label=_("从"), required=False, widget=DAY)
    to_date = forms.DateField(label=_("到"), required=False, widget=DAY)


class VideoFilterForm(forms.Form):
    """Search of cameras and holds."""

    q = forms.CharField(label=_("查找"), max_length=60, required=False)


class SampleFilterForm(forms.Form):
    """Search of the register of food samples."""

    q = forms.CharField(label=_("查找"), max_length=60, required=False)
    from_date = forms.DateField(label=_("从"), required=False, widget=DAY)
    to_date = forms.DateField(label=_("到"), required=False, widget=DAY)
