"""Parsing of place forms and filters."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Division, Organisation
from nuantu.accounts.selectors import orgs_in
from nuantu.core.actors import Actor
from nuantu.places.models import Place, ReliefPoint
from nuantu.places.rules.told import Told
from nuantu.places.rules.typed import parse_coordinates
from nuantu.places.selectors import PointCheck, type_choices
from nuantu.places.services import PointDetails, Spot, VisitTerms

Choices = Sequence[tuple[str, Any]]


def area_prefix(actor: Actor) -> str:
    """The county or prefecture the actor works in; that of his county for somebody of a town."""
    return actor.division_code[:6].removesuffix("00")


def town_choices(actor: Actor) -> Choices:
    """Towns of the actor's area under their counties; the counties themselves come first."""
    rows = Division.objects.filter(
        code__startswith=area_prefix(actor), level__in=["county", "town"], valid_to=None
    ).order_by("code")
    groups: dict[str, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    for row in rows:
        county = row.code[:6]
        if row.level == "county":
            names[county] = row.name
        groups.setdefault(county, []).append((row.code, row.name))
    return [("", _("请选择")), *((names.get(code, code), towns) for code, towns in groups.items())]


def county_choices(prefix: str) -> Choices:
    """Counties of the prefecture for a filter."""
    rows = Division.objects.filter(code__startswith=prefix[:4], level="county", valid_to=None)
    found = [(row.code[:6], row.name) for row in rows.order_by("code")]
    return [("", _("全部")), *found]


class FilterForm(forms.Form):
    """Search and filters of a list; an unknown value narrows nothing."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)

    def __init__(
        self, data: Any, *, counties: Choices, kinds: Choices = (), states: Choices = ()
    ) -> None:
        super().__init__(data)
        labels = {"county": _("县（市）"), "kind": _("类型"), "state": _("状态")}
        for name, choices in (("county", counties), ("kind", kinds), ("state", states)):
            if choices:
                self.fields[name] = forms.ChoiceField(
                    label=labels[name], required=False, choices=choices
                )

    def narrowing(self) -> dict[str, str]:
        """The filters that were understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PlaceForm(forms.Form):
    """What every place has. Coordinates are two numbers, or both pasted into the first field."""

    name = forms.CharField(label=_("名称"), max_length=80)
    division_code = forms.ChoiceField(label=_("所在乡镇（街道）"))
    address = forms.CharField(
        label=_("地址"),
        max_length=200,
        required=False,
        help_text=_("填写后可从地图上方选择匹配的地点。"),
    )
    lat = forms.CharField(
        label=_("纬度"), max_length=80, help_text=_("在地图上点一下即可；也可粘贴“26.58,107.97”。")
    )
    lon = forms.CharField(label=_("经度"), max_length=40, required=False)
    datum = forms.ChoiceField(
        label=_("坐标来自"), choices=Place.Datum.choices, initial=Place.Datum.WGS84, required=False
    )
    is_approximate = forms.BooleanField(label=_("位置只是大致"), required=False)
    is_confirmed = forms.BooleanField(label=_("位置没有错，照此保存"), required=False)
    suggested = forms.CharField(required=False, widget=forms.HiddenInput)

    own: tuple[str, ...] = ()
    doubt: PointCheck | None = None

    def __init__(self, data: Any, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(self.with_suggestion(data), initial=initial)
        self.fields["division_code"] = forms.ChoiceField(
            label=_("所在乡镇（街道）"), choices=town_choices(actor)
        )

    @staticmethod
    def with_suggestion(data: Any) -> Any:
        """The button that takes the offered point sends it; it replaces what was typed."""
        offered = parse_coordinates(data.get("suggested", "")) if data else None
        if offered is None:
            return data
        changed = data.copy()
        changed["lat"], changed["lon"] = str(offered.point.lat), str(offered.point.lon)
        changed["datum"], changed["is_confirmed"] = "wgs84", "on"
        return changed

    def clean(self) -> dict[str, Any]:
        """Turn what was typed into numbers; the field's own words stay in the form."""
        cleaned = super().clean() or self.cleaned_data
        if "lat" not in cleaned:
            return cleaned
        pasted = parse_coordinates(cleaned["lat"]) if not cleaned.get("lon") else None
        if pasted:
            cleaned["lat"], cleaned["lon"] = pasted.point
            cleaned["datum"] = pasted.datum or cleaned.get("datum")
            return cleaned
        try:
            cleaned["lat"], cleaned["lon"] = float(cleaned["lat"]), float(cleaned["lon"])
        except (ValueError, KeyError):
            self.add_error("lat", _("请填写数字，例如纬度 26.58、经度 107.97。"))
        return cleaned

    def spot(self) -> Spot:
        """The place part of the form."""
        names = ("name", "division_code", "lat", "lon", "address", "is_approximate", "is_confirmed")
        values = {name: self.cleaned_data[name] for name in names}
        return Spot(**values, datum=self.cleaned_data.get("datum") or "wgs84")

    def details(self) -> dict[str, Any]:
        """What the service wants besides the spot."""
        return {name: self.cleaned_data[name] for name in self.own if name in self.cleaned_data}

    @classmethod
    def values_of(cls, place: Place) -> dict[str, Any]:
        """What the form shows of a place that is being changed, always in WGS-84."""
        names = ("name", "division_code", "address", "lat", "lon", "is_approximate", *cls.own)
        return {**{name: getattr(place, name) for name in names}, "datum": Place.Datum.WGS84}


class KeyLocationForm(PlaceForm):
    """A key location."""

    own = ("kind", "is_night_only", "must_go_with_police", "open_hours", "note")

    kind = forms.ChoiceField(label=_("类型"), choices=type_choices)
    is_night_only = forms.BooleanField(label=_("只在夜间有人"), required=False)
    must_go_with_police = forms.BooleanField(label=_("须会同公安"), required=False)
    open_hours = forms.CharField(
        label=_("开放时间"),
        max_length=60,
        required=False,
        help_text=_("例如 08:00-17:30；几段用顿号隔开，可以过零点。不填表示随时可去。"),
    )
    note = forms.CharField(
        label=_("备注"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def details(self) -> dict[str, Any]:
        """Type, how it is visited, and the note, as the service takes them."""
        data = self.cleaned_data
        terms = VisitTerms(data["is_night_only"], data["must_go_with_police"], data["open_hours"])
        return {"kind": data["kind"], "terms": terms, "note": data["note"]}


class ReliefPointForm(PlaceForm):
    """A relief point and what it publishes."""

    own = (
        "kind", "contact_unit", "contact_person", "phone", "hours", "places_count", "has_sign",
    )  # fmt: skip

    kind = forms.ChoiceField(label=_("类型"), choices=ReliefPoint.Kind.choices)
    contact_unit = forms.CharField(label=_("责任单位"), max_length=80)
    contact_person = forms.CharField(label=_("联系人"), max_length=40)
    phone = forms.CharField(
        label=_("联系电话"), max_length=40, help_text=_("责任单位、联系人和电话会对外公布。")
    )
    hours = forms.CharField(label=_("开放时间"), max_length=60, required=False)
    places_count = forms.IntegerField(
        label=_("可容纳人数"), min_value=0, max_value=5000, required=False
    )
    has_sign = forms.BooleanField(label=_("已设置明显标志"), required=False)

    def details(self) -> dict[str, Any]:
        """What the point publishes, as the service takes it."""
        values = super().details()
        return {"details": PointDetails(**{**values, "places_count": values["places_count"] or 0})}


class StationForm(PlaceForm):
    """The building of a rescue station; whose it is cannot be changed afterwards."""

    own = ("phone",)

    organisation_code = forms.ChoiceField(label=_("救助管理站"))
    phone = forms.CharField(label=_("24 小时电话"), max_length=40)

    def __init__(self, data: Any, *, actor: Actor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, actor=actor, initial=initial)
        if initial:
            del self.fields["organisation_code"]
            return
        stations = orgs_in(area_prefix(actor), Organisation.Kind.STATION)
        self.fields["organisation_code"] = forms.ChoiceField(
            label=_("救助管理站"), choices=[(station.code, station.name) for station in stations]
        )

    def details(self) -> dict[str, Any]:
        """Phone, and for a new station whose it is."""
        code = self.cleaned_data.get("organisation_code")
        return {**super().details(), **({"organisation_code": code} if code else {})}


class HospitalForm(PlaceForm):
    """A hospital."""

    own = ("phone", "is_designated", "is_psychiatric")

    phone = forms.CharField(label=_("急诊电话"), max_length=40)
    is_designated = forms.BooleanField(label=_("定点医院"), required=False)
    is_psychiatric = forms.BooleanField(label=_("收治精神障碍患者"), required=False)


class SheetForm(forms.Form):
    """A table of key locations, and in what its coordinates are told."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("Excel（.xlsx）或 CSV，最大 2 MB、500 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    datum = forms.ChoiceField(
        label=_("坐标来自"),
        choices=Place.Datum.choices,
        help_text=_("行里写了坐标系的按行里的。"),
    )


class SheetRowsForm(forms.Form):
    """The rows of a table that was looked at, as they came back, and which doubtful ones come in too."""

    rows = forms.CharField(widget=forms.HiddenInput, required=False)
    wanted = forms.TypedMultipleChoiceField(
        label=_("位置要再看一眼的，勾选的也登记"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, packed: str = "", lines: Choices = ()) -> None:
        super().__init__(data, initial={"rows": packed})
        if not lines:
            del self.fields["wanted"]
        elif isinstance(wanted := self.fields["wanted"], forms.ChoiceField):
            wanted.choices = lines


class ReasonForm(forms.Form):
    """Why something is shut or closed."""

    reason = forms.CharField(
        label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class ToldForm(forms.Form):
    """What a phone says of its place; wrong values are dropped, because nobody may be kept from
    arriving by a bad GPS."""

    lat = forms.CharField(required=False)
    lon = forms.CharField(required=False)
    accuracy = forms.CharField(required=False)

    def told(self) -> Told:
        """What the phone said, as far as it can be read."""
        data = self.cleaned_data
        lat, lon, accuracy = (_number(data[name]) for name in ("lat", "lon", "accuracy"))
        exact = round(accuracy) if accuracy is not None and 0 <= accuracy < 1e6 else None
        return Told(lat, lon, exact)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e7 else None
