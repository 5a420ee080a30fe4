"""What the desk enters for a team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.patrols.models import PatrolVisit
from nuantu.patrols.services.desk import Said

State = PatrolVisit.State


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class DeskForm(forms.Form):
    """A stop as the team told it by word."""

    told_by = forms.CharField(
        label=_("谁说的"), max_length=120, help_text=_("队员姓名和方式，例如：杨二，电话 21:40")
    )
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=[
            (State.NOBODY, _("没有人")),
            (State.MET, _("见到人")),
            (State.SKIPPED, _("没有去")),
        ],
    )
    count = forms.IntegerField(label=_("共几人"), min_value=0, max_value=200, initial=0)
    arrived_at = _moment(_("到达"))
    left_at = _moment(_("离开"))
    note = forms.CharField(
        label=_("情况，没有去的写原因"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def said(self) -> Said:
        """What was said, from valid fields."""
        return Said(**self.cleaned_data)


class TrackForm(forms.Form):
    """The GPX file of a device."""

    file = forms.FileField(
        label=_("GPX 文件"), widget=forms.FileInput(attrs={"accept": ".gpx,application/gpx+xml"})
    )
