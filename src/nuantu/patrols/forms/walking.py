"""What a team fills in on its phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import files
from nuantu.core.errors import Refusal
from nuantu.core.hiding import Hiding
from nuantu.patrols.models import PatrolRun
from nuantu.patrols.rules.register import Check
from nuantu.places.forms import ToldForm

MOST_KM = 9_999_999
MEDIA = "image/*,video/mp4,video/webm,video/quicktime"


def _kilometres(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_KM,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class BeginForm(forms.Form):
    """Who goes, with which vehicle."""

    crew = forms.CharField(label=_("出巡人员"), max_length=300)
    vehicle = forms.CharField(label=_("车牌（步行留空）"), max_length=20, required=False)
    km_out = _kilometres(_("出巡里程（公里）"))


class AddForm(ToldForm):
    """Where a stop is that no plan foresaw."""

    place = forms.CharField(label=_("地点"), max_length=200)


class NoteForm(forms.Form):
    """What was seen; a word is enough."""

    note = forms.CharField(
        label=_("情况"),
        max_length=500,
        required=False,
        help_text=_("不写姓名；见到的人请登记接触。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MetForm(NoteForm):
    """How many people were there."""

    count = forms.IntegerField(
        label=_("共几人"),
        min_value=1,
        max_value=200,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("原因"), max_length=300)


class PhotoForm(forms.Form):
    """One photo from the camera, decoded to prove that it is one, or a short video, which the
    service reads by the figures of the place."""

    photo = forms.FileField(
        label=_("照片或短视频"),
        widget=forms.FileInput(attrs={"accept": MEDIA, "capture": "environment"}),
    )
    hidden_for = forms.ChoiceField(
        label=_("不宜传看的"),
        required=False,
        choices=[("", _("没有")), *Hiding.choices],
        help_text=_("选了以后，看的人要先写明目的。"),
    )

    def clean_photo(self) -> Any:
        """Refused here, so that it is said beside the field."""
        photo = self.cleaned_data["photo"]
        try:
            if not files.is_video(photo):
                files.check(photo)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return photo


class HandOverForm(NoteForm):
    """Who goes on, and what he must know."""

    to = forms.CharField(label=_("交给谁"), max_length=120)


class FinishForm(forms.Form):
    """Reporting back: the checklist line by line, why stops were left, the kilometres."""

    skip_reason = forms.CharField(label=_("没有去的站，原因"), max_length=300, required=False)
    km_in = _kilometres(_("收队里程（公里）"))
    note = forms.CharField(
        label=_("交接和情况"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, run: PatrolRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = [row.text for row in run.checks.all()]
        for number, text in enumerate(self.texts):
            self.fields[f"done_{number}"] = forms.BooleanField(label=text, required=False)
            self.fields[f"remark_{number}"] = forms.CharField(
                label=_("没有做到的原因"), max_length=200, required=False
            )
        if run.km_out is None:
            del self.fields["km_in"]

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each line of the checklist."""
        return [
            (self[f"done_{number}"], self[f"remark_{number}"]) for number in range(len(self.texts))
        ]

    def checks(self) -> list[Check]:
        """The checklist as it was answered."""
        data = self.cleaned_data
        return [
            Check(text, bool(data[f"done_{number}"]), data[f"remark_{number}"].strip())
            for number, text in enumerate(self.texts)
        ]
