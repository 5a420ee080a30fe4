"""Why a photo is hidden."""

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
