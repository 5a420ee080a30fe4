"""Forms of an infection and its contacts."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.stays.models import CloseContact, Infection

RADIO = forms.RadioSelect
LINES = forms.Textarea(attrs={"rows": 2})
SEALED = forms.Textarea(attrs={"rows": 2, "data-sealed": ""})
STAFF_HELP = _("住站人员在上面选；工作人员写姓名。")


class InfectionForm(forms.Form):
    """Who is infected, how surely, since when others count as contacts."""

    kind = forms.ChoiceField(label=_("确定程度"), choices=Infection.Kind.choices, widget=RADIO)
    illness = forms.CharField(label=_("什么病、怎么发现的"), max_length=300, widget=SEALED)
    since_at = forms.DateTimeField(
        label=_("从什么时候起算密切接触"),
        help_text=_("默认按本地参数往前推；疾控有要求的按疾控。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class StaffInfectionForm(InfectionForm):
    """One of the staff is infected."""

    staff_name = forms.CharField(label=_("工作人员姓名"), max_length=60)
    field_order = ("staff_name",)


class ContactForm(forms.Form):
    """Somebody who ate with him or stood near."""

    stay = forms.ChoiceField(label=_("住站人员"), required=False)
    staff_name = forms.CharField(
        label=_("或者工作人员姓名"), required=False, max_length=60, help_text=STAFF_HELP
    )
    how = forms.ChoiceField(label=_("怎么接触的"), choices=CloseContact.How.choices, widget=RADIO)

    def __init__(self, *args: Any, residents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["stay"]).choices = [("", "—"), *residents]


class CdcForm(forms.Form):
    """Disease control was told."""

    told_to = forms.CharField(label=_("报给了谁（机构、姓名）"), max_length=80)
    guidance = forms.CharField(
        label=_("疾控的指导意见"), required=False, max_length=400, widget=LINES
    )


class ReleaseForm(forms.Form):
    """Why isolation ends."""

    words = forms.CharField(label=_("依据：谁说可以解除、检测结果"), max_length=200, widget=LINES)


class EndInfectionForm(forms.Form):
    """How it ends."""

    end = forms.ChoiceField(label=_("怎么结束"), choices=Infection.End.choices[1:], widget=RADIO)


class NothingForm(forms.Form):
    """Only a button."""
