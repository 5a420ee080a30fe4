"""Forms of missing-person reports."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.persons.models import Sex
from nuantu.persons.rules.ages import OLDEST, around
from nuantu.tracing.models import (
    ConsentWay,
    DangerMark,
    Mark,
    MissingReport,
    Precision,
    Purpose,
    Source,
    State,
)
from nuantu.tracing.rules.cells import CellFault, id_number_in, phone_in
from nuantu.tracing.rules.said import PLAIN, SHORTEST_CM, TALLEST_CM, Consent, Danger, Said
from nuantu.tracing.selectors.reports import LAPSED, Filters
from nuantu.tracing.selectors.words import WHY
from nuantu.ui.days import DayInput
from nuantu.ui.photo_field import PhotoField

ANY: Final = ("", _("全部"))
USUAL_WAYS: Final = [choice for choice in ConsentWay.choices if choice[0] != ConsentWay.BODY]


class FilterForm(forms.Form):
    """What the list of reports is narrowed to; a wrong value asks nothing."""

    q = forms.CharField(label=_("姓名、拼音、特征、编号或身份证号"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ANY, *State.choices, (LAPSED, _("同意已到期，待决定"))],
    )
    sex = forms.ChoiceField(label=_("性别"), required=False, choices=[ANY, *Sex.choices])
    age = forms.IntegerField(label=_("现在年龄"), required=False, min_value=0, max_value=OLDEST)
    source = forms.ChoiceField(label=_("登记来源"), required=False, choices=[ANY, *Source.choices])
    place = forms.CharField(label=_("家乡或走失地"), required=False, max_length=60)
    month = forms.CharField(
        label=_("走失年月"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"placeholder": "2026-11", "inputmode": "numeric"}),
    )

    def wanted(self) -> Filters:
        """The filter that the valid fields make."""
        self.is_valid()
        return Filters.of(getattr(self, "cleaned_data", {}))


class ConsentForm(forms.Form):
    """Who agreed to what, when, by what, until when."""

    consent_by = forms.CharField(
        label=_("谁同意的"),
        max_length=80,
        required=False,
        help_text=_("空着就是寻亲人本人。加密保存。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    consent_date = forms.DateField(label=_("同意日期"), required=False, widget=DayInput())
    consent_way = forms.ChoiceField(
        label=_("同意方式"), required=False, choices=[("", "—"), *ConsentWay.choices]
    )
    consent_purposes = forms.MultipleChoiceField(
        label=_("同意用在哪里"),
        required=False,
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    consent_until = forms.DateField(
        label=_("同意到哪天"),
        required=False,
        widget=DayInput(),
        help_text=_("空着按通常的期限。到期前会提醒问寻亲人。"),
    )

    def consent(self) -> Consent:
        """The consent in a form that names its day."""
        data = self.cleaned_data
        return Consent(
            given_by=data["consent_by"] or data.get("searcher_name", ""),
            given_date=data["consent_date"],
            way=data["consent_way"],
            purposes=tuple(data["consent_purposes"]),
            until_date=data["consent_until"],
        )

    def clean(self) -> dict[str, Any]:
        """A consent is whole or not there."""
        data = super().clean() or {}
        if (
            data.get("consent_way")
            and not data.get("consent_date")
            and "consent_date" not in self.errors
        ):
            self.add_error("consent_date", _("请写哪天同意的。"))
        return data


class RenewForm(ConsentForm):
    """The searcher was asked and goes on."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("consent_date", "consent_way", "consent_purposes"):
            self.fields[name].required = True


class ReportForm(ConsentForm):
    """Everything that is told of somebody who is missed; all that describes him is optional."""

    source = forms.ChoiceField(
        label=_("谁来登记"),
        choices=Source.choices[:3],
        initial=Source.FAMILY,
        widget=forms.RadioSelect,
    )
    source_name = forms.CharField(
        label=_("来源单位"),
        required=False,
        max_length=120,
        help_text=_("公安机关或其他站来登记的，写单位名称。"),
    )
    source_number = forms.CharField(label=_("原编号"), required=False, max_length=60)
    name = forms.CharField(
        label=_("姓名"), required=False, max_length=80, help_text=_("繁体字、外文名照原样写。")
    )
    nickname = forms.CharField(label=_("别名、小名"), required=False, max_length=80)
    sex = forms.ChoiceField(
        label=_("性别"), choices=Sex.choices, initial=Sex.UNKNOWN, widget=forms.RadioSelect
    )
    birth_date = forms.DateField(label=_("出生日期"), required=False, widget=DayInput())
    age_low = forms.IntegerField(label=_("年龄从"), required=False, min_value=0, max_value=OLDEST)
    age_high = forms.IntegerField(
        label=_("到"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        help_text=_("说不准就写范围；只填一个数按“约”处理。"),
    )
    age_noted_date = forms.DateField(
        label=_("是哪天的年龄"), required=False, widget=DayInput(), help_text=_("空着就是今天。")
    )
    height_low = forms.IntegerField(
        label=_("身高从（厘米）"), required=False, min_value=SHORTEST_CM, max_value=TALLEST_CM
    )
    height_high = forms.IntegerField(
        label=_("身高到（厘米）"), required=False, min_value=SHORTEST_CM, max_value=TALLEST_CM
    )
    id_number = forms.CharField(
        label=_("身份证号"),
        required=False,
        max_length=30,
        help_text=_("知道才填，加密保存；填了要校验得过。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    accent = forms.CharField(label=_("口音、语言"), required=False, max_length=80)
    home_words = forms.CharField(
        label=_("家乡"),
        required=False,
        max_length=200,
        help_text=_("写到知道的那一级，例如“贵州省凯里市三棵树镇”。"),
    )
    old_places = forms.CharField(label=_("旧地名、听过的地名"), required=False, max_length=200)
    lost_date = forms.DateField(label=_("走失日期"), required=False, widget=DayInput())
    lost_precision = forms.ChoiceField(
        label=_("日期知道到"), choices=Precision.choices, initial=Precision.DAY, required=False
    )
    lost_words = forms.CharField(label=_("走失地点"), required=False, max_length=200)
    clothing = forms.CharField(label=_("走失时衣着"), required=False, max_length=300)
    marks = forms.MultipleChoiceField(
        label=_("特征"), required=False, choices=Mark.choices, widget=forms.CheckboxSelectMultiple
    )
    marks_words = forms.CharField(
        label=_("特征说明"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    health_words = forms.CharField(
        label=_("健康、精神状况"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photo = PhotoField(label=_("照片"), required=False)
    searcher_name = forms.CharField(
        label=_("寻亲人"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    searcher_relation = forms.CharField(label=_("与走失人关系"), required=False, max_length=40)
    searcher_phone = forms.CharField(
        label=_("联系电话"),
        required=False,
        max_length=30,
        help_text=_("寻亲人和电话加密保存，写明目的才能查看。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    dangers = forms.MultipleChoiceField(
        label=_("有哪些危险"),
        required=False,
        choices=DangerMark.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选后记录受限；查看任何内容之前先显示警告，核实以前不告诉寻亲人他在哪里。"),
    )
    danger_words = forms.CharField(
        label=_("危险情况说明"),
        required=False,
        max_length=300,
        help_text=_("加密保存。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consent_way = forms.ChoiceField(
        label=_("同意方式"), required=False, choices=[("", "—"), *USUAL_WAYS]
    )

    def __init__(self, *args: Any, report: MissingReport | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._report = report
        if report is not None:
            for name in [one for one in self.fields if one.startswith("consent_")]:
                del self.fields[name]
            self.fields["source"] = forms.ChoiceField(
                label=_("谁来登记"), choices=Source.choices, widget=forms.RadioSelect
            )
            for name in ("id_number", "searcher_name", "searcher_phone", "danger_words"):
                self.fields[name].help_text = _("留空则不改；写了就替换原来的。")

    def clean_id_number(self) -> str:
        """A number that passes, or nothing."""
        today = clock.local(clock.now()).date()
        return _checked(lambda: id_number_in(self.cleaned_data["id_number"], today))

    def clean_searcher_phone(self) -> str:
        """The digits of a phone, or nothing."""
        return _checked(lambda: phone_in(self.cleaned_data["searcher_phone"]))

    def clean(self) -> dict[str, Any]:
        """One figure alone means about that."""
        data = super().clean() or {}
        told = [data[name] for name in ("age_low", "age_high") if data.get(name) is not None]
        if len(told) == 1 and not {"age_low", "age_high"} & set(self.errors):
            guess = around(told[0])
            data["age_low"], data["age_high"] = guess.low, guess.high
        tall = data.get("height_low") or data.get("height_high")
        data["height_low"] = data.get("height_low") or tall
        data["height_high"] = data.get("height_high") or tall
        return data

    def said(self) -> Said:
        """What the form tells; an age without its day is today's."""
        data = self.cleaned_data
        today: date = clock.local(clock.now()).date()
        noted = (data["age_noted_date"] or today) if data["age_low"] is not None else None
        names = [
            name
            for name in (*PLAIN, "id_number", "searcher_name", "searcher_phone")
            if name in data
        ]
        values = {name: data[name] for name in names} | {"age_noted_date": noted}
        values |= {"marks": tuple(data["marks"]), "lost_precision": data["lost_precision"] or "day"}
        return Said(**values)

    def told_consent(self) -> Consent | None:
        """The consent; None where nothing of it was filled in."""
        data = self.cleaned_data
        return self.consent() if data["consent_date"] or data["consent_way"] else None

    def danger(self) -> Danger:
        """Why telling the searcher may harm."""
        return Danger(tuple(self.cleaned_data["dangers"]), self.cleaned_data["danger_words"])


def _checked(read: Any) -> str:
    try:
        return str(read())
    except CellFault as fault:
        raise forms.ValidationError(str(WHY[fault.code])) from fault


def values_of(report: MissingReport) -> dict[str, Any]:
    """What the form shows of a report that is put right; what lies sealed stays away."""
    names = [name for name in PLAIN if not name.endswith("_division")]
    return {name: getattr(report, name) for name in names} | {"dangers": report.dangers}


class CloseForm(forms.Form):
    """How a search ended."""

    state = forms.ChoiceField(
        label=_("怎样了结"),
        choices=[(State.FOUND, State.FOUND.label), (State.EXPIRED, State.EXPIRED.label)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=300,
        help_text=_("例如“家属来电，人已自己回家”。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(forms.Form):
    """Who took the consent back, and how that was heard."""

    reason = forms.CharField(
        label=_("谁提出、怎样提出的"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class RevealForm(forms.Form):
    """The purpose of looking at what is hidden; where danger is marked, the warning read first."""

    is_warned = forms.BooleanField(
        label=_("我已看过危险提示：核实以前不告诉寻亲人他在哪里"), required=False
    )
    purpose = forms.CharField(
        label=_("查看目的"),
        max_length=200,
        help_text=_("写给审计的人看，例如“联系家属接领”。查看后记入日志，10分钟内可见。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
