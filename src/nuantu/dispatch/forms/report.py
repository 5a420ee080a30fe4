"""The public report, one question at a time or all on one page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nuantu.core.errors import Refusal
from nuantu.core.files import check as check_photo
from nuantu.dispatch.forms.fields import PhoneField, TidyField
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules import words
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.dispatch.selectors.areas import county_choices
from nuantu.places.rules.datums import Datum
from nuantu.places.rules.typed import parse_coordinates

DATUMS = [
    (Datum.WGS84.value, _("手机定位、北斗、天地图")),
    (Datum.GCJ02.value, _("高德、腾讯地图")),
    (Datum.BD09.value, _("百度地图")),
]


def county_options() -> list[tuple[str, Any]]:
    """The counties to choose from, none first."""
    return [("", _("自动判断")), *county_choices()]


class WhereForm(forms.Form):
    """Where: words, a pin, or "where I am"; any one of them is enough."""

    place_text = TidyField(
        limit=words.PLACE_LENGTH,
        is_line=True,
        label=_("地点"),
        error_messages={"required": _("请写明在哪里，或用手机定位。")},
        help_text=_("写地址、附近的店铺、路口或桥名，例如：大十字天桥下，工商银行对面。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    division_code = forms.ChoiceField(
        label=_("哪个县（市、区）？"),
        choices=county_options,
        required=False,
        help_text=_("不确定可以不选。"),
    )
    lat = forms.FloatField(label=_("纬度"), required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(label=_("经度"), required=False, widget=forms.HiddenInput)
    datum = forms.ChoiceField(choices=DATUMS, required=False, widget=forms.HiddenInput)
    position_source = forms.ChoiceField(
        choices=[("pin", "pin"), ("gps", "gps")], required=False, widget=forms.HiddenInput
    )
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A point says where without words."""
        data = super().clean() or {}
        if (
            data.get("lat") is not None
            and data.get("lon") is not None
            and not self["place_text"].value()
        ):
            self.errors.pop("place_text", None)
            data["place_text"] = ""
        return data

    @property
    def has_words(self) -> bool:
        """Whether the place is told in words too, so that the point can be left out."""
        words = str(self["place_text"].value() or "")
        return bool(words.strip()) and parse_coordinates(words) is None

    @property
    def has_counties(self) -> bool:
        """Whether there is a county to choose."""
        return bool(county_choices())


class PhotoForm(forms.Form):
    """A photo."""

    photo = forms.FileField(
        label=_("照片"),
        required=False,
        help_text=_("请不要为拍照打扰他。照片只给处置人员看，位置信息会去掉。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )

    def clean_photo(self) -> Any:
        """A real photo of bearable size, or what to do instead."""
        upload = self.cleaned_data["photo"]
        if upload:
            try:
                check_photo(upload)
            except Refusal as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


class WhatForm(PhotoForm):
    """What was seen: chips, words, how many, photos."""

    flags = forms.MultipleChoiceField(
        label=_("看到什么样的人？可以多选"),
        choices=[one for one in Tip.Flag.choices if one[0] != Tip.Flag.NON_LOCAL],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    person_count = forms.IntegerField(
        label=_("几个人？"),
        required=False,
        initial=1,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 999}),
    )
    seen_text = TidyField(
        limit=words.SEEN_LENGTH,
        label=_("还想说什么？"),
        required=False,
        help_text=_("年纪、穿着、在做什么。最多 2000 字。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order: Sequence[str] = ("flags", "person_count", "seen_text", "photo")

    def clean_person_count(self) -> int:
        """One person where nothing is said."""
        return self.cleaned_data["person_count"] or 1


class AskedForm(forms.Form):
    """Did you ask him? Consent first: two minutes that decide what helps."""

    asked = forms.ChoiceField(
        label=_("您问过他需不需要帮助吗？"),
        choices=Tip.Asked.choices,
        help_text=_("如果安全，可以问一句“需要帮忙吗？”。不方便就选“没有问”。"),
        widget=forms.RadioSelect,
    )


class NumberForm(forms.Form):
    """A number to call back, if the reporter likes."""

    callback = PhoneField(
        label=_("您的电话"),
        required=False,
        help_text=_("只在找不到人时打给您，加密保存，办结后删除。不留也可以。"),
    )


class WholeForm(NumberForm, AskedForm, WhatForm, WhereForm):
    """All questions on one page, for those who like it and for browsers that keep nothing."""

    idempotency_key = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order: Sequence[str] = (
        "place_text",
        "division_code",
        "flags",
        "person_count",
        "seen_text",
        "photo",
        "asked",
        "callback",
    )


class StillThereForm(forms.Form):
    """The reporter says that the person is still there."""

    note = TidyField(
        limit=500,
        label=_("现在是什么情况？"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReceiptForm(forms.Form):
    """Look a receipt up."""

    code = forms.CharField(
        label=_("回执编号"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "input--code"}
        ),
    )


def with_offer(post: QueryDict) -> QueryDict:
    """The posted fields with the point that was offered and taken (`use=lat,lon`), without any
    point (`use=none`), or with the county that was answered (`in_county`)."""
    offer = post.get("use", "")
    if county := post.get("in_county", ""):
        changed = post.copy()
        changed.update({"is_confirmed": "1"})
        changed["division_code"] = county
        return changed
    if not offer:
        return post
    lat, _comma, lon = offer.partition(",")
    changed = post.copy()
    changed.update({"is_confirmed": "1"})
    for name, value in (("lat", lat if lon else ""), ("lon", lon), ("datum", Datum.WGS84.value)):
        changed[name] = value
    return changed


def report_from(data: dict[str, Any], *, idempotency_key: str, channel: str = "web") -> Report:
    """The report that cleaned fields of these forms make."""
    lat, lon = data.get("lat"), data.get("lon")
    position = None
    if lat is not None and lon is not None:
        position = Position(
            lat, lon, data.get("datum") or Datum.WGS84, data.get("position_source") or "pin"
        )
    return Report(
        place_text=data.get("place_text", ""),
        seen_text=data.get("seen_text", ""),
        flags=tuple(data.get("flags", ())),
        asked=data.get("asked") or "not_asked",
        person_count=data.get("person_count") or 1,
        channel=channel,
        position=position,
        division_code=data.get("division_code", ""),
        is_position_confirmed=bool(data.get("is_confirmed")),
        callback=data.get("callback", ""),
        reporter_name=data.get("reporter_name", ""),
        idempotency_key=idempotency_key,
    )
