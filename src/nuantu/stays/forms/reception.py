"""Forms of the door: who comes, what is found out, things, questions, the decision."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.persons.forms import ClearWords
from nuantu.persons.models import Sex
from nuantu.persons.rules.ages import OLDEST, Age, around
from nuantu.stays.models import ArrivalMode, Belonging, Health, Inquiry, Reception
from nuantu.stays.selectors.words import decisions
from nuantu.stays.services import Newcomer
from nuantu.ui.photo_field import PhotoField

RADIO = forms.RadioSelect
LINES = forms.Textarea(attrs={"rows": 2})
SEALED_LINES = forms.Textarea(attrs={"rows": 2, "data-sealed": ""})


class SearchForm(forms.Form):
    """Searched before anybody is entered."""

    q = forms.CharField(
        label=_("先查一查：姓名、拼音、样貌、身份证号、编号或回执码；也可以扫卡"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class PhotoWallForm(forms.Form):
    """What is seen of somebody who is looked for by his picture."""

    sex = forms.ChoiceField(
        label=_("性别"), required=False, choices=[("", _("全部")), *Sex.choices[:2]]
    )
    age = forms.IntegerField(label=_("大约几岁"), required=False, min_value=0, max_value=OLDEST)
    q = forms.CharField(label=_("样貌、称呼"), required=False, max_length=60)


class PhotoPurposeForm(forms.Form):
    """Why somebody looks through pictures of people."""

    purpose = forms.CharField(
        label=_("查看目的"),
        max_length=200,
        help_text=_(
            "写给审计的人看，例如“来人说不清姓名”。问一次，10分钟内可以翻看；每一页都记入日志。"
        ),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class PortraitForm(forms.Form):
    """A picture of whoever stands at the door."""

    photo = PhotoField(label=_("照片"), required=True, help_text=_("正面、免冠，拍到脸就行。"))
    ground = forms.ChoiceField(
        label=_("拍照的依据"),
        choices=[("agreed", _("本人同意")), ("duty", _("说不清自己是谁，为查明身份"))],
        widget=RADIO,
    )


class NewcomerForm(forms.Form):
    """Somebody nobody has met before; whatever is not known stays empty."""

    name = forms.CharField(
        label=_("姓名（自述）"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, widget=RADIO, initial=Sex.UNKNOWN)
    age = forms.IntegerField(label=_("大约几岁"), required=False, min_value=0, max_value=OLDEST)
    is_age_known = forms.BooleanField(label=_("年龄是准的（有证件）"), required=False)
    looks = ClearWords(label=_("样貌、衣着"), required=False, max_length=200)
    origin = forms.CharField(label=_("来自哪里"), required=False, max_length=120)
    is_from_elsewhere = forms.BooleanField(label=_("外地人员"), required=False)
    id_number = forms.CharField(
        label=_("身份证号"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"data-sealed": "", "autocomplete": "off"}),
    )
    arrival_mode = forms.ChoiceField(
        label=_("怎么来的"), choices=ArrivalMode.choices, widget=RADIO, initial=ArrivalMode.SELF
    )
    brought_by = forms.CharField(label=_("谁送来的"), required=False, max_length=120)

    def newcomer(self) -> Newcomer:
        """What is known of him."""
        data = self.cleaned_data
        years = data["age"]
        known = bool(data["is_age_known"])
        age = None
        if years is not None:
            age = Age(years, years, is_estimated=False) if known else around(years)
        names = ("name", "sex", "looks", "origin", "is_from_elsewhere", "id_number")
        return Newcomer(age=age, **{name: data[name] for name in names})


class ReceptionForm(forms.Form):
    """What is found out at the door; saved as it is entered, decided in the end."""

    is_hospital_needed = forms.BooleanField(
        label=_("需要马上送医（危重、急病、外伤、疑似传染病或精神障碍）"), required=False
    )
    body = forms.CharField(
        label=_("身体和精神初看"), required=False, max_length=400, widget=SEALED_LINES
    )
    health = forms.ChoiceField(label=_("健康分区"), choices=Health.choices, widget=RADIO)
    has_limited_mobility = forms.BooleanField(label=_("需要无障碍床位"), required=False)
    arrival_mode = forms.ChoiceField(label=_("怎么来的"), choices=ArrivalMode.choices, widget=RADIO)
    brought_by = forms.CharField(label=_("谁送来的"), required=False, max_length=120)
    telling = forms.ChoiceField(
        label=_("能不能说明情况"),
        required=False,
        choices=Reception.Telling.choices[1:],
        widget=RADIO,
    )
    trouble = ClearWords(
        label=_("遇到什么困难、要什么帮助"), required=False, max_length=400, widget=LINES
    )
    is_informed = forms.BooleanField(label=_("已告知救助政策和入站须知"), required=False)
    has_means = forms.BooleanField(label=_("自己有能力解决食宿"), required=False)
    is_cash_only = forms.BooleanField(label=_("只要现金"), required=False)
    has_refused_deposit = forms.BooleanField(label=_("拒绝寄存物品"), required=False)
    security = forms.ChoiceField(
        label=_("安检"), required=False, choices=Reception.Security.choices[1:], widget=RADIO
    )
    searched_by = forms.CharField(label=_("安检人"), required=False, max_length=60)
    is_searcher_female = forms.BooleanField(label=_("安检人是女工作人员"), required=False)


class DecisionForm(forms.Form):
    """How the reception ends."""

    decision = forms.ChoiceField(label=_("处理意见"), choices=decisions, widget=RADIO)
    ground = forms.ChoiceField(label=_("不予救助的原因"), required=False)
    note_text = ClearWords(
        label=_("事实、去向、通知了谁"), required=False, max_length=400, widget=LINES
    )
    with_stay = forms.ChoiceField(label=_("和谁一家"), required=False)

    def __init__(
        self,
        *args: Any,
        grounds: list[tuple[str, str]],
        families: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("ground", grounds), ("with_stay", families)):
            cast("forms.ChoiceField", self.fields[name]).choices = [("", "—"), *choices]


class BelongingForm(forms.Form):
    """One thing that is handed in."""

    kind = forms.ChoiceField(label=_("类别"), choices=Belonging.Kind.choices)
    item = forms.CharField(label=_("物品"), max_length=60)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, max_value=999, initial=1)
    cash = forms.DecimalField(
        label=_("金额（元）"), required=False, min_value=0, max_value=9_999_999, decimal_places=2
    )
    seal_number = forms.CharField(label=_("封条号"), required=False, max_length=24)
    kept_in = forms.CharField(label=_("存放位置"), required=False, max_length=40)
    description = ClearWords(label=_("特征、成色"), required=False, max_length=200)
    photo = PhotoField(label=_("照片"), help_text=_("证件、贵重物品拍一张。"))

    def values(self) -> dict[str, Any]:
        """As the service takes it, cash in fen."""
        data = dict(self.cleaned_data)
        data["cash_fen"] = int((data.pop("cash") or 0) * 100)
        return data


class EndForm(forms.Form):
    """How a thing goes."""

    end = forms.ChoiceField(label=_("怎么办结"), choices=Belonging.End.choices[1:])
    is_signed_for = forms.BooleanField(label=_("本人或接收单位已签收"), required=False)
    note_text = ClearWords(label=_("说明"), required=False, max_length=200)


class AskForm(forms.Form):
    """What others are asked."""

    kind = forms.ChoiceField(label=_("核查什么"), choices=Inquiry.Kind.choices)
    asked_of = forms.CharField(label=_("问谁"), max_length=80)


class AnswerForm(forms.Form):
    """What came of it."""

    answer = forms.ChoiceField(label=_("答复"), choices=Inquiry.Answer.choices[1:])
    note_text = ClearWords(label=_("说明"), required=False, max_length=300)
