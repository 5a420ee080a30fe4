"""Forms of a move from one hospital to another."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.stays.forms.health.hospital import SEALED_LINES, HospitalForm
from nuantu.stays.services.health import Moved


class MoveForm(HospitalForm):
    """Why he is moved, and which hospital is asked."""

    reason = forms.CharField(label=_("为什么转院"), max_length=400, widget=SEALED_LINES)
    field_order = ("reason", "hospital")


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


class MovedForm(forms.Form):
    """He left the one hospital and has arrived in the other."""

    accompanied_by = forms.CharField(label=_("谁陪同送医"), max_length=80)
    left_at = _moment(_("离开原来医院的时间"))
    arrived_at = _moment(_("到达新医院的时间"))

    @staticmethod
    def proposed(at: datetime) -> dict[str, Any]:
        """What stands in it at first."""
        return {"arrived_at": clock.local(at).replace(tzinfo=None)}

    def moved(self) -> Moved:
        """As the service takes it."""
        return Moved(**self.cleaned_data)
