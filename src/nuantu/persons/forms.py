"""Parsing of what is put down about people."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.persons.models import (
    SEALED_KINDS,
    Case,
    Certainty,
    ClassCode,
    EvidenceHold,
    FactKind,
    Person,
    Sex,
)
from nuantu.persons.rules.ages import OLDEST, Age, around
from nuantu.persons.rules.numbers import telling_number
from nuantu.ui.days import DayInput

ANY = [("", _("全部"))]
ESTIMATE, EXACT = "estimate", "exact"


NUMBERS: Final[dict[str, Promise]] = {
    "mobile": _("内容里有手机号：请改选“本人电话”或“亲属联系方式”，这两项加密保存。"),
    "id_number": _("内容里有身份证号：请改选“身份证号”，这一项加密保存。"),
}


ELSEWHERE: Final[dict[str, Promise]] = {
    "mobile": _(
        "这里不写手机号：到人员页面记成“本人电话”或“亲属联系方式”，那里加密保存；单位的写座机。"
    ),
    "id_number": _("这里不写身份证号：到人员页面记成“身份证号”，那里加密保存。"),
}


class ClearWords(forms.CharField):
    """Free words; a mobile or ID number in them is refused, and the page says where it belongs."""

    def validate(self, value: Any) -> None:
        """Raises ValidationError for a number that tells who somebody is."""
        super().validate(value)
        found = telling_number(str(value or ""))
        if found:
            raise forms.ValidationError(str(ELSEWHERE[found]), code=found)


class FilterForm(forms.Form):
    """What the list of people is narrowed to."""

    q = forms.CharField(label=_("姓名、拼音、样貌、编号或回执码"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("个案"), required=False, choices=[*ANY, *Case.State.choices])
    code = forms.ChoiceField(
        label=_("人员类别"), required=False, choices=[*ANY, *ClassCode.choices]
    )
    sex = forms.ChoiceField(label=_("性别"), required=False, choices=[*ANY, *Sex.choices])


class RevealForm(forms.Form):
    """The purpose of looking at what is hidden."""

    purpose = forms.CharField(
        label=_("查看目的"),
        max_length=200,
        help_text=_("写给审计的人看，例如“联系家属接领”。查看后记入日志，10分钟内可见。"),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class FactForm(forms.Form):
    """One thing that is known."""

    kind = forms.ChoiceField(label=_("记录哪一项"), choices=FactKind.choices)
    value = forms.CharField(
        label=_("内容"), max_length=400, widget=forms.Textarea(attrs={"rows": 2, "data-sealed": ""})
    )
    certainty = forms.ChoiceField(
        label=_("有多确定"),
        choices=Certainty.choices,
        initial=Certainty.CLAIMED,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("从哪里知道的"),
        max_length=120,
        help_text=_("例如：本人说的、随身病历、派出所核查。"),
    )
    is_as_heard = forms.BooleanField(
        label=_("号码校验不通过，仍按听到的原样记下（只能是自述）"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a number that tells who somebody is under a kind that is kept in clear."""
        values = super().clean() or {}
        kind, found = values.get("kind"), telling_number(values.get("value", ""))
        if found and kind not in SEALED_KINDS:
            self.add_error("kind", str(NUMBERS[found]))
        return values


class DescribeForm(forms.Form):
    """The headline: what he is called here, sex, age, looks."""

    called_as = forms.CharField(
        label=_("称呼"),
        max_length=80,
        help_text=_("有名字写名字，没有就写样子，例如“约50岁男子 灰大衣 南桥”。"),
    )
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, widget=forms.RadioSelect)
    age_low = forms.IntegerField(label=_("年龄从"), required=False, min_value=0, max_value=OLDEST)
    age_high = forms.IntegerField(
        label=_("到"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        help_text=_("说不准就写范围；只填一个数按“约”处理。"),
    )
    looks = forms.CharField(
        label=_("衣着、体貌"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def of(cls, person: Person) -> "DescribeForm":
        """Filled with what is noted now."""
        return cls(
            initial={
                "called_as": person.called_as,
                "sex": person.sex,
                "age_low": person.age_low,
                "age_high": person.age_high,
                "looks": person.looks,
            }
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        low, high = values.get("age_low"), values.get("age_high")
        if low is not None and high is not None and low > high:
            self.add_error("age_high", _("年龄范围写反了：后一个数应不小于前一个。"))
        return values

    def age(self) -> Age | None:
        """The guess in the form; one figure alone means about that."""
        low, high = self.cleaned_data.get("age_low"), self.cleaned_data.get("age_high")
        known = [years for years in (low, high) if years is not None]
        if not known:
            return None
        return around(known[0]) if len(known) == 1 else Age(known[0], known[1])


class ClassForm(forms.Form):
    """Classes given by hand, with how sure one is."""

    codes = forms.MultipleChoiceField(
        label=_("人员类别"), choices=ClassCode.choices, widget=forms.CheckboxSelectMultiple
    )
    certainty = forms.ChoiceField(
        label=_("有多确定"),
        choices=Certainty.choices,
        initial=Certainty.ESTIMATED,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("依据"), max_length=120, help_text=_("例如：现场观察、残疾人证、医院诊断。")
    )


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class CloseForm(forms.Form):
    """How a case ends."""

    closing = forms.ChoiceField(
        label=_("结案方式"),
        choices=[choice for choice in Case.Closing.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("情况说明"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EraseForm(forms.Form):
    """Why a case is erased; it stays in the journal when all else is gone."""

    reason = forms.CharField(
        label=_("依据和原因"),
        max_length=200,
        help_text=_("例如“本人书面要求，个人信息保护法第四十七条”。会留在日志里，不要写姓名。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HoldForm(forms.Form):
    """Why evidence is held, at whose word, and when somebody looks at it again."""

    cause = forms.ChoiceField(
        label=_("起因"), choices=EvidenceHold.Cause.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("为什么要保全"),
        max_length=300,
        help_text=_("写投诉或来函的编号和要点，不要写姓名。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    asked_by = forms.CharField(
        label=_("谁提出的"),
        required=False,
        max_length=120,
        help_text=_("单位，或“本人”“家属”；不愿意留名的留空。"),
    )
    review_date = forms.DateField(label=_("哪天以前复核"), widget=DayInput())


class HoldReviewForm(forms.Form):
    """What came of looking at a hold again."""

    KEEP, END = "keep", "end"

    answer = forms.ChoiceField(
        label=_("复核结果"),
        choices=[(KEEP, _("还没有办结，继续保全")), (END, _("已经办结，解除保全"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    review_date = forms.DateField(
        label=_("继续保全的，下次哪天以前复核"),
        required=False,
        widget=DayInput(),
    )

    def clean_review_date(self) -> date | None:
        """A day is needed where the hold goes on."""
        day: date | None = self.cleaned_data["review_date"]
        if day is None and self.cleaned_data.get("answer") == self.KEEP:
            raise forms.ValidationError(_("请写下次复核的日期。"))
        return day


class LinkForm(forms.Form):
    """The decision on two records."""

    answer = forms.ChoiceField(choices=[("same", _("是同一人")), ("other", _("不是同一人"))])
    note = forms.CharField(label=_("理由"), required=False, max_length=200)
