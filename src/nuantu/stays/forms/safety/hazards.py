"""Forms about hazards and inspectors."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.stays.models import Hazard, Inspection
from nuantu.stays.rules.safety import inspectors_in
from nuantu.stays.selectors.safety.board import menders
from nuantu.stays.services.safety import Found, Visit
from nuantu.ui.photo_field import PhotoField


def moment(label: Any) -> forms.DateTimeField:
    """A field for a moment, as the browser picks it."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


class _WithMender(forms.Form):
    def __init__(self, *args: Any, org: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["mender"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = menders(org)


class HazardForm(_WithMender):
    """Something somebody noticed."""

    what = forms.CharField(label=_("什么不对"), max_length=200)
    place = forms.CharField(label=_("在哪里"), max_length=80, required=False)
    is_urgent = forms.BooleanField(label=_("危险，马上整改"), required=False)
    mender = forms.ModelChoiceField(
        label=_("由谁整改"), queryset=User.objects.none(), required=False, empty_label="—"
    )
    photo = PhotoField(label=_("照片"))

    def found(self) -> Found:
        """What was noticed, as the service takes it."""
        return Found(**self.cleaned_data)


class AssignForm(_WithMender):
    """Who mends it and until when."""

    mender = forms.ModelChoiceField(
        label=_("由谁整改"), queryset=User.objects.none(), empty_label="—"
    )
    due_at = moment(_("整改期限"))
    reason = forms.CharField(label=_("原因"), max_length=120, required=False)


class RepairForm(forms.Form):
    """What was done."""

    note_text = forms.CharField(
        label=_("怎么整改的"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
    photo = PhotoField(label=_("整改后照片"))


class RecheckForm(forms.Form):
    """What another person saw."""

    is_mended = forms.TypedChoiceField(
        label=_("复查结果"),
        choices=[("yes", _("已改好，销号")), ("no", _("没改好，重新整改"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note_text = forms.CharField(label=_("说明"), max_length=200, required=False)


class HazardFilterForm(forms.Form):
    """Search of the register of hazards."""

    q = forms.CharField(label=_("查找"), max_length=60, required=False)
    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *Hazard.State.choices], required=False
    )


class InspectionForm(forms.Form):
    """An inspection from outside; each line of the findings becomes a hazard."""

    station = forms.ChoiceField(label=_("检查哪个站"), required=False)
    authority = forms.ChoiceField(label=_("谁来检查"), choices=Inspection.Authority.choices)
    mode = forms.ChoiceField(
        label=_("检查方式"), choices=Inspection.Mode.choices, widget=forms.RadioSelect
    )
    inspected_at = moment(_("检查时间"))
    inspectors = forms.CharField(label=_("检查人员"), max_length=120)
    document_number = forms.CharField(label=_("文书编号"), max_length=60, required=False)
    findings = forms.CharField(
        label=_("检查意见"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        required=False,
    )
    result = forms.CharField(label=_("检查结论"), max_length=300, required=False)

    def __init__(self, *args: Any, stations: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        station = self.fields["station"]
        if isinstance(station, forms.ChoiceField):
            station.choices = stations
        if len(stations) < 2:
            del self.fields["station"]

    def clean_findings(self) -> tuple[str, ...]:
        lines = self.cleaned_data["findings"].splitlines()
        return tuple(line.strip()[:200] for line in lines if line.strip())

    def visit(self) -> Visit:
        """The inspection as the service takes it."""
        said = self.cleaned_data
        when: datetime = said["inspected_at"]
        return Visit(
            authority=said["authority"],
            mode=said["mode"],
            inspected_at=when,
            inspectors=tuple(inspectors_in(said["inspectors"])),
            document_number=said["document_number"],
            result=said["result"],
            findings=said["findings"],
        )


class AnswerInspectionForm(forms.Form):
    """The answer of the station to its inspectors."""

    answer = forms.CharField(
        label=_("答复内容"), widget=forms.Textarea(attrs={"rows": 5}), max_length=600
    )
