"""Forms after a death."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.stays.models import Death, DeathStep
from nuantu.stays.services.health import DeathFound

LINES = forms.Textarea(attrs={"rows": 3})
SEALED = forms.Textarea(attrs={"rows": 3, "data-sealed": ""})


class DeathForm(forms.Form):
    """What is known of a death."""

    died_at = forms.DateTimeField(
        label=_("死亡时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.ChoiceField(
        label=_("在哪里"), choices=Death.Place.choices, widget=forms.RadioSelect
    )
    found_by = forms.CharField(label=_("谁发现或谁宣布的"), max_length=80)
    story = forms.CharField(label=_("经过"), max_length=600, widget=SEALED)

    def found(self) -> DeathFound:
        """As the service takes it."""
        return DeathFound(**self.cleaned_data)


class StepForm(forms.Form):
    """A step was taken; what only one kind of step asks is left out of the others."""

    done_to = forms.CharField(label=_("通知或交给了谁、由谁办的"), max_length=80)
    certificate_number = forms.CharField(label=_("死亡证明编号"), required=False, max_length=60)
    is_unclaimed = forms.BooleanField(
        label=_("找不到亲属，或亲属不认领：要发布公告"), required=False
    )
    words = forms.CharField(label=_("说明"), required=False, max_length=300, widget=LINES)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != DeathStep.Kind.CERTIFICATE:
            del self.fields["certificate_number"]
        else:
            self.fields["certificate_number"].required = True
            self.fields["certificate_number"].error_messages["required"] = _("请填死亡证明编号。")
        if kind != DeathStep.Kind.FAMILY:
            del self.fields["is_unclaimed"]


class ConclusionForm(forms.Form):
    """How it was concluded."""

    conclusion = forms.CharField(label=_("处理结论"), max_length=400, widget=SEALED)
