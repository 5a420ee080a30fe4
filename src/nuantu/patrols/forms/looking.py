"""What a township or village worker fills in on the phone while looking over an area."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.patrols.models import SweepFind
from nuantu.patrols.services import Found
from nuantu.places.forms import KeyLocationForm, ToldForm
from nuantu.places.selectors import type_choices, type_label


class PlacesField(forms.IntegerField):
    """A number of places; what is left empty is none."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or 0)


class LooksForm(forms.Form):
    """How many places of each kind were looked at: one counter per kind."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, kinds: list[str], looked: Mapping[str, int]) -> None:
        super().__init__(data, auto_id="look_%s")
        self.kinds = list(dict.fromkeys([*kinds, *looked]))
        for kind in self.kinds:
            self.fields[kind] = PlacesField(
                label=type_label(kind),
                min_value=0,
                max_value=2000,
                initial=looked.get(kind, 0),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def counts(self) -> dict[str, int]:
        """Places by kind."""
        return {kind: self.cleaned_data[kind] for kind in self.kinds}


class FindForm(ToldForm):
    """One person, or one place where somebody sleeps."""

    what = forms.ChoiceField(
        label=_("发现什么"),
        choices=SweepFind.What.choices,
        initial=SweepFind.What.PERSON,
        widget=forms.RadioSelect,
    )
    place = forms.CharField(label=_("在哪里"), max_length=80)
    kind = forms.ChoiceField(label=_("哪一种地方"), required=False)
    note = forms.CharField(
        label=_("情况"),
        max_length=300,
        required=False,
        help_text=_("不写姓名；见到的人请登记接触。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("哪一种地方"), required=False, choices=[("", _("说不清")), *type_choices()]
        )

    def found(self) -> Found:
        """What was written down."""
        data = self.cleaned_data
        return Found(data["what"], data["place"], data["kind"], data["note"], self.told())


class HandInForm(forms.Form):
    """Who looked, and what there is to say."""

    lookers = forms.CharField(label=_("由谁排查"), max_length=200)
    note = forms.CharField(
        label=_("情况"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PlaceForm(KeyLocationForm):
    """A find as a key location; a kind that nobody told is asked for, not guessed."""

    def __init__(self, data: Any, *, actor: Actor, initial: dict[str, Any]) -> None:
        super().__init__(data, actor=actor, initial=initial)
        self.fields["kind"] = forms.ChoiceField(
            label=_("类型"), choices=[("", _("请选择")), *type_choices()]
        )
