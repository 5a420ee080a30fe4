"""Forms about the cupboard, incidents and recordings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.persons.forms import ClearWords
from nuantu.stays.forms.safety.hazards import moment
from nuantu.stays.models import Camera, CupboardItem, StationIncident
from nuantu.stays.selectors.safety.custody import cameras_of
from nuantu.stays.services.safety.incidents import Told


class CupboardItemForm(forms.Form):
    """A new thing of the cupboard."""

    kind = forms.ChoiceField(
        label=_("种类"), choices=CupboardItem.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("物品名称"), max_length=60)
    unit = forms.CharField(label=_("计量单位"), max_length=12)
    kept_in = forms.CharField(label=_("放在哪里"), max_length=40, required=False)


class MoveForm(forms.Form):
    """In or out."""

    way = forms.ChoiceField(
        label=_("存取"), choices=[("in", _("存入")), ("out", _("取出"))], widget=forms.RadioSelect
    )
    amount = forms.IntegerField(label=_("数量"), min_value=1, max_value=100_000)
    reason = forms.CharField(label=_("从哪来、用在哪"), max_length=120)


class CountForm(forms.Form):
    """What one person counted."""

    amount = forms.IntegerField(label=_("数得多少"), min_value=0, max_value=100_000)


class IncidentForm(forms.Form):
    """Something happened to staff or to the order of the house."""

    kind = forms.ChoiceField(
        label=_("什么事"),
        choices=[pair for pair in StationIncident.Kind.choices if pair[0] != "difference"],
        widget=forms.RadioSelect,
    )
    occurred_at = moment(_("什么时候"))
    place = forms.CharField(label=_("在哪里"), max_length=80, required=False)
    story = ClearWords(label=_("经过"), widget=forms.Textarea(attrs={"rows": 4}), max_length=600)
    is_somebody_hurt = forms.BooleanField(label=_("有人受伤"), required=False)
    is_police_called = forms.BooleanField(label=_("已报警"), required=False)

    def told(self) -> Told:
        """What happened, as the service takes it."""
        return Told(**self.cleaned_data)


class ConcludeForm(forms.Form):
    """How an incident was dealt with."""

    police_answer = forms.CharField(label=_("公安处理结论"), max_length=300, required=False)
    conclusion = forms.CharField(
        label=_("怎么处理的、怎么防止再发生"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
    )


class CameraForm(forms.Form):
    """A camera and its term."""

    name = forms.CharField(label=_("编号或名称"), max_length=40)
    place = forms.CharField(label=_("装在哪里"), max_length=80)
    keep_months = forms.IntegerField(label=_("保存几个月"), min_value=1, max_value=60, initial=3)


class HoldForm(forms.Form):
    """Recordings that may not be overwritten."""

    camera = forms.ModelChoiceField(
        label=_("摄像头"), queryset=Camera.objects.none(), empty_label="—"
    )
    from_at = moment(_("从什么时候"))
    until_at = moment(_("到什么时候"))
    reason = forms.CharField(label=_("为什么保全"), max_length=200)
    asked_by = forms.CharField(label=_("谁要求的"), max_length=80)

    def __init__(self, *args: Any, org: str, **options: Any) -> None:
        super().__init__(*args, **options)
        camera = self.fields["camera"]
        if isinstance(camera, forms.ModelChoiceField):
            camera.queryset = cameras_of(org)


class SaveForm(forms.Form):
    """Where the copy lies."""

    kept_in = forms.CharField(label=_("拷贝存放在哪里、编号"), max_length=80)


class ReleaseForm(forms.Form):
    """Why nobody needs it any more."""

    reason = forms.CharField(label=_("为什么不再需要"), max_length=200)
