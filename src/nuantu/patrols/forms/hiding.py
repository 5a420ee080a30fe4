"""Why a photo is hidden, and why somebody looks at it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.patrols.models import PatrolPhoto


class HideForm(forms.Form):
    """What is seen that nobody should pass around."""

    why = forms.ChoiceField(
        label=_("为什么遮盖"),
        choices=PatrolPhoto.Hiding.choices,
        initial=PatrolPhoto.Hiding.UNDRESSED,
        widget=forms.RadioSelect,
    )


class LookForm(forms.Form):
    """The purpose of looking at what is hidden."""

    purpose = forms.CharField(
        label=_("查看目的"),
        max_length=200,
        help_text=_("写给审计的人看，例如“联系家属接领”。查看后记入日志，10分钟内可见。"),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
