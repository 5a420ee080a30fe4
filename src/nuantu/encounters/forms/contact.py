"""The contact form: one long form on the phone, chips first; built for one place and moment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core import clock
from nuantu.core.hiding import Hiding
from nuantu.encounters.forms.photos import PhotosField
from nuantu.encounters.models import (
    Capacity,
    Condition,
    Encounter,
    OfferCode,
    OfferLine,
    Outcome,
    TransferSheet,
)
from nuantu.encounters.rules.contact import Contact, Place, Sheet, Who
from nuantu.encounters.selectors.choices import Houses
from nuantu.encounters.selectors.judging import Judgement
from nuantu.persons.models import Case, ClassCode, FactKind, Sex
from nuantu.persons.rules.ages import OLDEST, Age, around
from nuantu.persons.rules.rescue import Gate
from nuantu.persons.selectors import Card

# What follows from the chips and the age is not ticked twice.
TICKED: Final = (
    ClassCode.MINOR,
    ClassCode.ELDERLY,
    ClassCode.INTELLECTUAL,
    ClassCode.SEVERELY_DISABLED,
    ClassCode.WOMAN_ALONE,
    ClassCode.SUDDEN_TROUBLE,
    ClassCode.REPEAT,
    ClassCode.EASILY_LOST,
    ClassCode.NON_LOCAL,
    ClassCode.DISASTER,
    ClassCode.OCCUPATIONAL,
)
REASONS: Final = (
    ("想留在这里", _("想留在这里")),
    ("怕被管、不自由", _("怕被管、不自由")),
    ("要等人、要做事", _("要等人、要做事")),
    ("不相信我们", _("不相信我们")),
    ("自己有办法", _("自己有办法")),
    ("不肯说", _("不肯说")),
)
MISSING: Final = (
    ("本人不要", _("本人不要")),
    ("自己有", _("自己有")),
    ("带的不够", _("带的不够")),
    ("不适合", _("不适合")),
)
OTHER: Final = "other"
MOMENT: Final = {"type": "datetime-local"}


class MomentField(forms.DateTimeField):
    """A moment as the phone's own picker gives it, in China's time."""

    widget = forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


def _choice(label: Any, choices: Iterable[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, required=False, **more
    )


class ContactForm(forms.Form):
    """Everything one contact can say; the rules decide what must be said."""

    person = forms.ChoiceField(label=_("见过他吗"), required=False, widget=forms.RadioSelect)
    conditions = forms.MultipleChoiceField(
        label=_("看到什么"),
        required=False,
        choices=Condition.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    sex = _choice(_("性别"), Sex.choices, initial=Sex.UNKNOWN)
    age = forms.IntegerField(label=_("大约几岁"), required=False, min_value=0, max_value=OLDEST)
    is_age_known = forms.BooleanField(label=_("年龄是准的（有证件）"), required=False)
    name = forms.CharField(label=_("自报姓名"), required=False, max_length=60)
    looks = forms.CharField(
        label=_("衣着、体貌"), required=False, max_length=200, help_text=_("例如：灰大衣，跛脚。")
    )
    classes = forms.MultipleChoiceField(
        label=_("还属于哪些类别"),
        required=False,
        choices=[(code.value, code.label) for code in TICKED],
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = _choice(_("能自己作主吗"), Capacity.choices, initial=Capacity.CAPABLE)
    is_informed = forms.BooleanField(
        label=_("已告知：可以随时求助、救助是免费的、怎么求助"), required=False
    )
    outcome = _choice(_("怎么结束"), Outcome.choices)
    to_station = forms.ChoiceField(label=_("送到哪个救助站"), required=False)
    to_hospital = forms.ChoiceField(label=_("送到哪家医院"), required=False)
    to_police = forms.ChoiceField(label=_("交给哪个公安机关"), required=False)
    guardian = forms.CharField(
        label=_("交给哪位监护人，怎么核对的"), required=False, max_length=120
    )
    health = forms.CharField(
        label=_("交代给接收单位的身体状况"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-sealed": ""}),
        help_text=_("加密保存，接收单位接收后写明目的可看。"),
    )
    belongings = forms.CharField(label=_("随身物品"), required=False, max_length=300)
    escort_name = forms.CharField(label=_("护送人"), required=False, max_length=60)
    escort_number = forms.CharField(label=_("警号或工号"), required=False, max_length=20)
    escort_phone = forms.CharField(label=_("护送人电话"), required=False, max_length=40)
    suspicion = _choice(
        _("疑似情形"), TransferSheet.Suspicion.choices, initial=TransferSheet.Suspicion.NONE
    )
    mode = _choice(_("救助方式"), Case.Mode.choices)
    legal_basis = forms.CharField(label=_("法律依据"), required=False, max_length=120)
    mode_reason = forms.CharField(
        label=_("为什么"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    has_agreed = forms.BooleanField(label=_("本人同意一起走"), required=False)
    is_urgent_danger = forms.BooleanField(label=_("有急迫危险，不等同意"), required=False)
    is_incapable = forms.BooleanField(label=_("不能自己作主"), required=False)
    told_by_phone = forms.CharField(label=_("已电话请示谁"), required=False, max_length=60)
    refusal_choice = _choice(_("他为什么不愿意"), REASONS)
    refusal_words = forms.CharField(label=_("他的原话"), required=False, max_length=160)
    has_card = forms.BooleanField(label=_("已留下求助联系卡"), required=False)
    card_reason = forms.CharField(label=_("没留卡的原因"), required=False, max_length=120)
    evidence = _choice(_("没有照片或视频的话"), Encounter.Evidence.choices[2:])
    evidence_reason = forms.CharField(label=_("不能拍的原因"), required=False, max_length=120)
    witness = forms.CharField(label=_("见证人"), required=False, max_length=60)
    revisit_at = MomentField(label=_("下次看望"), required=False)
    missing_choice = _choice(_("没给全的原因"), MISSING)
    photos = PhotosField(label=_("照片或短视频"), required=False)
    hidden_for = forms.ChoiceField(
        label=_("不宜传看的"), required=False, choices=[("", _("没有")), *Hiding.choices]
    )
    note = forms.CharField(
        label=_("备注"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    origin = forms.CharField(label=_("说自己从哪里来"), required=False, max_length=120)
    cause = forms.CharField(label=_("为什么流落到这里"), required=False, max_length=200)
    accent = forms.CharField(label=_("口音、语言"), required=False, max_length=60)
    place = forms.CharField(label=_("地点"), max_length=200)
    place_type = forms.ChoiceField(label=_("这是什么地方"), required=False)
    happened_at = MomentField(label=_("什么时候遇到的"), required=False)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    closes_tip = forms.BooleanField(
        label=_("这条线索的人都处理完了，办结线索"), required=False, initial=True
    )
    breach_reason = forms.CharField(label=_("到场超时的原因"), required=False, max_length=300)
    correction_reason = forms.CharField(label=_("哪里记错了"), required=False, max_length=200)
    is_other_person = forms.BooleanField(label=_("记到了别人名下：不是这个人"), required=False)

    def __init__(
        self,
        *args: Any,
        judgement: Judgement,
        houses: Houses,
        near: Iterable[Card] = (),
        place_types: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.judgement = judgement
        self.near = list(near)
        self.items = judgement.kit
        self._set_choices(houses, place_types)
        self._add_offers()
        self._add_goods()

    def _set_choices(self, houses: Houses, place_types: Iterable[tuple[str, str]]) -> None:
        new = [("", _("新的人"))]
        cards = [(str(card.public_id), card.called) for card in self.near]
        self._choices("person", [*new, *cards])
        self._choices("to_station", _named(houses.stations))
        self._choices("to_hospital", _named(houses.hospitals))
        self._choices("to_police", _named(houses.police))
        self._choices("place_type", [("", _("不好说")), *place_types])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def _add_offers(self) -> None:
        answers = [
            choice
            for choice in OfferLine.Answer.choices
            if choice[0] != OfferLine.Answer.NOT_OFFERED
        ]
        for code in self.judgement.offer_order:
            self.fields[f"offer_{code}"] = _choice(OfferCode(code).label, answers)

    def _add_goods(self) -> None:
        language = get_language() or ""
        for item in self.items:
            self.fields[f"goods_{item.code}"] = forms.IntegerField(
                label=item.said_in(language),
                required=False,
                min_value=0,
                max_value=99,
                initial=0,
                widget=forms.NumberInput(attrs={"min": 0, "max": 99, "inputmode": "numeric"}),
            )

    def offer_fields(self) -> list[forms.BoundField]:
        """The offers in the order of the plan."""
        return [self[f"offer_{code}"] for code in self.judgement.offer_order]

    def goods_fields(self) -> list[tuple[forms.BoundField, int]]:
        """The kit's items with how many the plan owes; none of an optional one."""
        return [(self[f"goods_{item.code}"], item.owed) for item in self.items]

    def contact(self, *, at: datetime, place: Place) -> Contact:
        """What was put down, as plain values; the service judges it."""
        data = _as_shown(self.cleaned_data)
        return Contact(
            happened_at=data.get("happened_at") or at,
            place=replace(place, type_code=data.get("place_type") or ""),
            outcome=data.get("outcome") or "",
            who=_who(data),
            conditions=tuple(data.get("conditions") or ()),
            classes=tuple(data.get("classes") or ()),
            capacity=data.get("capacity") or Capacity.CAPABLE,
            offers={
                code: data[f"offer_{code}"]
                for code in self.judgement.offer_order
                if data.get(f"offer_{code}")
            },
            is_informed=data["is_informed"],
            handed={item.code: data.get(f"goods_{item.code}") or 0 for item in self.items},
            missing_reason=data.get("missing_choice") or "",
            refusal_reason=_joined(data.get("refusal_choice"), data.get("refusal_words")),
            has_card=data["has_card"],
            card_reason=data["card_reason"],
            evidence=data.get("evidence") or "",
            evidence_reason=data["evidence_reason"],
            witness=data["witness"],
            guardian=data["guardian"],
            revisit_at=data.get("revisit_at"),
            mode=data.get("mode") or "",
            gate=gate_said(data),
            told_by_phone=data["told_by_phone"],
            to_org=data.get(TO_FIELDS.get(data.get("outcome") or "", "")) or "",
            sheet=_sheet(data),
            note=data["note"],
            closes_tip=data["closes_tip"],
            breach_reason=data["breach_reason"],
            hidden_for=data.get("hidden_for") or "",
        )


TO_FIELDS: Final = {
    Outcome.STATION.value: "to_station",
    Outcome.HOSPITAL.value: "to_hospital",
    Outcome.POLICE.value: "to_police",
}
# Where a refusal of the service is said on the form.
FIELD_OF: Final = {
    "to_org": "outcome",
    "refusal_reason": "refusal_choice",
    "missing_reason": "missing_choice",
    "photo": "photos",
}


# Asked only of a refusal: what was typed before another end was chosen does not count.
OF_REFUSAL: Final = (
    "refusal_choice",
    "refusal_words",
    "has_card",
    "card_reason",
    "evidence",
    "evidence_reason",
    "witness",
    "revisit_at",
)


def _as_shown(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the page showed for the chosen end; a hidden field counts as left out."""
    if data.get("outcome") == Outcome.REFUSED:
        return dict(data)
    return {**data, **dict.fromkeys(OF_REFUSAL, ""), "has_card": False, "revisit_at": None}


def _named(organisations: Iterable[Organisation]) -> list[tuple[str, Any]]:
    return [(organisation.code, organisation.name) for organisation in organisations]


def _joined(*parts: str | None) -> str:
    return "；".join(part.strip() for part in parts if part and part.strip())


def age_of(data: Mapping[str, Any]) -> Age | None:
    """One figure means about that, unless it is proven."""
    years = data.get("age")
    if years is None:
        return None
    return Age(years, years, is_estimated=False) if data.get("is_age_known") else around(years)


def _who(data: Mapping[str, Any]) -> Who:
    said = (
        (FactKind.ORIGIN.value, data["origin"]),
        (FactKind.CAUSE.value, data["cause"]),
        (FactKind.ACCENT.value, data["accent"]),
    )
    return Who(
        name=data["name"],
        sex=data.get("sex") or Sex.UNKNOWN,
        age=age_of(data),
        looks=data["looks"],
        facts=tuple((kind, value) for kind, value in said if value),
    )


def gate_said(data: Mapping[str, Any]) -> Gate:
    """What stands at the gate, cleaned or as it came."""
    return Gate(
        legal_basis=data.get("legal_basis") or "",
        reason=data.get("mode_reason") or "",
        is_urgent_danger=bool(data.get("is_urgent_danger")),
        is_incapable=bool(data.get("is_incapable")),
        has_agreed=bool(data.get("has_agreed")),
    )


def _sheet(data: Mapping[str, Any]) -> Sheet:
    return Sheet(
        escort_name=data["escort_name"],
        escort_number=data["escort_number"],
        escort_phone=data["escort_phone"],
        health=data["health"],
        suspicion=data.get("suspicion") or TransferSheet.Suspicion.NONE,
        belongings=data["belongings"],
    )


def moment_text(moment: datetime) -> str:
    """A moment as the phone's picker wants it."""
    return f"{clock.local(moment):%Y-%m-%dT%H:%M}"
