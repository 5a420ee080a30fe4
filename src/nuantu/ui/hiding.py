"""Why a photo is hidden: the form of every page that hides one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core.hiding import Hiding


class HideForm(forms.Form):
    """What is seen that nobody should pass around."""

    why = forms.ChoiceField(
        label=_("为什么遮盖"),
        choices=Hiding.choices,
        widget=forms.RadioSelect,
    )
