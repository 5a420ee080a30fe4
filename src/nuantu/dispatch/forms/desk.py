"""The hotline desk: the questions in the order in which people speak."""

from collections.abc import Mapping
from types import MappingProxyType

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from nuantu.dispatch.forms.fields import PhoneField, TidyField
from nuantu.dispatch.forms.report import DATUMS, WhereForm, county_options
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules import words
from nuantu.places.rules.datums import Point

# What a call desk writes down; a patrol reports on its phone and programs by the API.
CHANNELS = [
    (Tip.Channel(value).value, Tip.Channel(value).label)
    for value in (
        "hotline",
        "110",
        "12345",
        "12349",
        "community",
        "sanitation",
        "taxi",
        "volunteer",
        "other",
    )
]


class DeskForm(forms.Form):
    """Where, what, who, danger, caller."""

    place_text = TidyField(
        limit=words.PLACE_LENGTH,
        is_line=True,
        label=_("在哪里"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    division_code = forms.ChoiceField(
        label=_("县（市、区）"), choices=county_options, required=False
    )
    lat = forms.FloatField(label=_("纬度"), required=False)
    lon = forms.FloatField(label=_("经度"), required=False)
    datum = forms.ChoiceField(label=_("坐标来自"), choices=DATUMS, required=False)
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    seen_text = TidyField(
        limit=words.SEEN_LENGTH,
        label=_("什么情况"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    person_count = forms.IntegerField(
        label=_("几个人"),
        initial=1,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        widget=forms.NumberInput(attrs={"min": 1, "max": 999}),
    )
    flags = forms.MultipleChoiceField(
        label=_("紧急特征"),
        choices=Tip.Flag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asked = forms.ChoiceField(
        label=_("问过本人吗"), choices=Tip.Asked.choices, initial=Tip.Asked.NOT_ASKED
    )
    channel = forms.ChoiceField(label=_("来源"), choices=CHANNELS, initial=Tip.Channel.HOTLINE)
    callback = PhoneField(label=_("来电号码"), required=False)
    reporter_name = TidyField(
        limit=60,
        is_line=True,
        label=_("怎么称呼"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-sealed": True}),
    )

    has_counties = WhereForm.has_counties
    has_words = WhereForm.has_words
    question = ""
    suggestion: Point | None = None
    doubt: Exception | None = None
    counties: Mapping[str, str] = MappingProxyType({})

    def ask(
        self,
        question: str,
        doubt: Exception | None = None,
        *,
        counties: Mapping[str, str] = MappingProxyType({}),
        suggestion: Point | None = None,
    ) -> None:
        """Put a question about the place above the form; answered once, it is not asked again."""
        self.question, self.doubt, self.counties = question, doubt, counties
        self.suggestion = suggestion


class LookForm(forms.Form):
    """What is typed so far, to look for duplicates; nothing is required and nothing is wrong."""

    place_text = forms.CharField(required=False)
    seen_text = forms.CharField(required=False)
    lat = forms.FloatField(required=False)
    lon = forms.FloatField(required=False)
    flags = forms.MultipleChoiceField(choices=Tip.Flag.choices, required=False)
    callback = forms.CharField(required=False)
