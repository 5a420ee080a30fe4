"""Forms of tracing notices."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.persons.models import Sex
from nuantu.persons.rules.ages import OLDEST
from nuantu.tracing.models import (
    BodyState,
    ChannelForm,
    FragmentKind,
    Intellect,
    MentalState,
    NoticeVersion,
    TracingLead,
    TracingNotice,
    WithdrawalCause,
)
from nuantu.tracing.rules.framing import LEAST_SHARE, Frame
from nuantu.tracing.rules.said import SHORTEST_CM, TALLEST_CM
from nuantu.tracing.selectors.channels import Channel
from nuantu.tracing.selectors.notices import LATE, LEFT, WAITING, Filters
from nuantu.tracing.services.notices import Clue, Photo, Proof, Sent, Text, Told
from nuantu.ui.days import DayInput
from nuantu.ui.photo_field import PhotoField

ANY: Final = ("", _("全部"))
LINES: Final = forms.Textarea(attrs={"rows": 2})
MOMENT: Final = "%Y-%m-%dT%H:%M"
BASES: Final = ("minor_basis", "danger_basis", "own_consent")


class NoticeFilterForm(forms.Form):
    """What the list of notices is narrowed to; a wrong value asks nothing."""

    q = forms.CharField(label=_("编号、特征、衣着或发现地点"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ANY,
            (WAITING, _("等审核")),
            *TracingNotice.State.choices,
            (LEFT, _("已撤回，还有渠道没撤下")),
            (LATE, _("有到期没办的")),
        ],
    )
    channel = forms.ChoiceField(label=_("渠道"), required=False, choices=[ANY])

    def __init__(self, *args: Any, channels: list[Channel], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"] = forms.ChoiceField(
            label=_("渠道"),
            required=False,
            choices=[ANY, *((one.code, one.called) for one in channels)],
        )

    def wanted(self) -> Filters:
        """The filter that the valid fields make."""
        self.is_valid()
        return Filters.of(getattr(self, "cleaned_data", {}))


def _slider(least: int) -> forms.NumberInput:
    return forms.NumberInput(
        attrs={"type": "range", "min": least, "max": 100, "step": 1, "data-frame": ""}
    )


class NoticeForm(forms.Form):
    """What a notice says: the fields of the national tracing site and no others."""

    name = forms.CharField(
        label=_("姓名"),
        required=False,
        max_length=60,
        help_text=_("不知道就空着，不写站里起的名字。"),
    )
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices, widget=forms.RadioSelect)
    age_low = forms.IntegerField(
        label=_("看起来的年龄从"), required=False, min_value=0, max_value=OLDEST
    )
    age_high = forms.IntegerField(label=_("到"), required=False, min_value=0, max_value=OLDEST)
    height_low = forms.IntegerField(
        label=_("身高从（厘米）"), required=False, min_value=SHORTEST_CM, max_value=TALLEST_CM
    )
    height_high = forms.IntegerField(
        label=_("身高到（厘米）"), required=False, min_value=SHORTEST_CM, max_value=TALLEST_CM
    )
    health = forms.ChoiceField(
        label=_("健康状况"), choices=BodyState.choices, initial="unknown", widget=forms.RadioSelect
    )
    intellect = forms.ChoiceField(
        label=_("智力状况"), choices=Intellect.choices, initial="unknown", widget=forms.RadioSelect
    )
    mental_state = forms.ChoiceField(
        label=_("精神状态"),
        choices=MentalState.choices,
        initial="unknown",
        widget=forms.RadioSelect,
    )
    features = forms.CharField(
        label=_("体貌特征"),
        required=False,
        max_length=300,
        widget=LINES,
        help_text=_("家里人认得出的样子：疤、痣、走路的样子。不写病名、不写现在在哪里。"),
    )
    clothing = forms.CharField(label=_("发现时衣着"), required=False, max_length=200, widget=LINES)
    found_date = forms.DateField(label=_("发现日期"), widget=DayInput())
    found_place = forms.CharField(
        label=_("发现地点"), max_length=120, help_text=_("写到街道、路口或村，不写他现在在哪里。")
    )
    photo_which = forms.ChoiceField(
        label=_("照片"), choices=[("none", _("不放照片"))], widget=forms.RadioSelect, initial="none"
    )
    photo = PhotoField(label=_("另选一张"), required=False)
    share = forms.IntegerField(
        label=_("取多大"), required=False, initial=100, widget=_slider(LEAST_SHARE)
    )
    across = forms.IntegerField(label=_("左右"), required=False, initial=50, widget=_slider(0))
    down = forms.IntegerField(label=_("上下"), required=False, initial=0, widget=_slider(0))
    changed_words = forms.CharField(
        label=_("和上一版比有什么变化"), required=False, max_length=300, widget=LINES
    )
    minor_basis = forms.CharField(
        label=_("未成年人照片：哪位监护人同意，是否涉案"),
        required=False,
        max_length=300,
        widget=LINES,
    )
    danger_basis = forms.CharField(
        label=_("危险标记：谁评估的，为什么可以发布"), required=False, max_length=300, widget=LINES
    )
    own_consent = forms.CharField(
        label=_("本人同意：什么时候、怎样说的"), required=False, max_length=300, widget=LINES
    )

    def __init__(
        self,
        *args: Any,
        has_person_photo: bool,
        has_photo: bool = False,
        is_next: bool = False,
        needs: list[str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        which = [("none", _("不放照片"))]
        which += [("kept", _("用现在这张"))] if has_photo else []
        which += [("person", _("用档案里的照片"))] if has_person_photo else []
        self.fields["photo_which"] = forms.ChoiceField(
            label=_("照片"), choices=[*which, ("new", _("另选一张"))], widget=forms.RadioSelect
        )
        for need, name in zip(("minor", "danger", "consent"), BASES, strict=True):
            if need not in needs:
                del self.fields[name]
        if is_next:
            self.fields["changed_words"].required = True
        else:
            del self.fields["changed_words"]

    def clean(self) -> dict[str, Any]:
        """One figure alone means exactly that."""
        data = super().clean() or {}
        for kind in ("age", "height"):
            low, high = data.get(f"{kind}_low"), data.get(f"{kind}_high")
            data[f"{kind}_low"] = high if low is None else low
            data[f"{kind}_high"] = low if high is None else high
        return data

    def text(self) -> Text:
        """What is to be published, and on what it rests."""
        data = self.cleaned_data
        return Text(**{name: data[name] for name in Text.__slots__ if name in data})

    def chosen_photo(self) -> Photo:
        """Which photo, and what part of it."""
        data = self.cleaned_data
        spot = {
            name: data[name] for name in ("share", "across", "down") if data.get(name) is not None
        }
        return Photo(data["photo_which"], data.get("photo"), Frame(**spot))


def values_of(version: NoticeVersion) -> dict[str, Any]:
    """What the form of the next version begins with."""
    values = {name: getattr(version, name) for name in Text.__slots__}
    return values | {"photo_which": "kept" if version.photo_id else "none", "changed_words": ""}


class MomentField(forms.DateTimeField):
    """When something happened; to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class ProofForm(forms.Form):
    """What shows that it was done."""

    link = forms.URLField(label=_("链接"), required=False, max_length=400, assume_scheme="https")
    number = forms.CharField(label=_("对方给的编号、版面"), required=False, max_length=60)
    photo = PhotoField(label=_("截图或照片"), required=False)
    words = forms.CharField(label=_("结果说明"), required=False, max_length=300, widget=LINES)

    def proof(self) -> Proof:
        """As the services take it."""
        data = self.cleaned_data
        return Proof(data["link"], data["number"], data["photo"], data["words"])


class SendForm(ProofForm):
    """Where it was put out, when, with what proof; or that it failed."""

    channel = forms.ChoiceField(label=_("渠道"), choices=[])
    sent_at = MomentField(label=_("什么时候"))
    is_failed = forms.BooleanField(label=_("没有发布成功"), required=False)
    result = forms.CharField(
        label=_("为什么没有成功"), required=False, max_length=300, widget=LINES
    )
    field_order = ("channel", "sent_at", "link", "number", "photo", "words", "is_failed", "result")

    def __init__(self, *args: Any, channels: list[Channel], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"] = forms.ChoiceField(
            label=_("渠道"), choices=[("", "—"), *((one.code, one.called) for one in channels)]
        )
        self.fields["sent_at"].initial = clock.local(clock.now())

    def sent(self) -> Sent:
        """Where and when; the minute that runs counts as now."""
        data = self.cleaned_data
        return Sent(data["channel"], _not_later(data["sent_at"]))


def _not_later(moment: datetime) -> datetime:
    """A minute that has begun is now: the field knows no seconds."""
    now = clock.now()
    return now if moment.replace(second=0) == now.replace(second=0, microsecond=0) else moment


class WhyForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("原因"), max_length=300, widget=LINES)


class UnchangedForm(forms.Form):
    """Nothing has changed, after somebody looked."""

    words = forms.CharField(label=_("看过哪些渠道、问过谁"), max_length=300, widget=LINES)


class WithdrawNoticeForm(WhyForm):
    """Why it is withdrawn everywhere."""

    cause = forms.ChoiceField(
        label=_("为什么撤回"), choices=WithdrawalCause.choices, widget=forms.RadioSelect
    )
    field_order = ("cause", "reason")


class LeadForm(forms.Form):
    """What somebody from the public said."""

    came_by = forms.ChoiceField(
        label=_("怎样来的"), choices=TracingLead.CameBy.choices, widget=forms.RadioSelect
    )
    came_at = MomentField(label=_("什么时候"))
    words = forms.CharField(
        label=_("对方说了什么"), max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
    source_name = forms.CharField(
        label=_("对方姓名"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-sealed": ""}),
    )
    source_phone = forms.CharField(
        label=_("对方电话"),
        required=False,
        max_length=40,
        help_text=_("姓名、电话加密保存，写明目的才能查看。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "tel", "data-sealed": ""}
        ),
    )
    is_for_reward = forms.BooleanField(label=_("对方要钱、要酬谢"), required=False)
    is_threat = forms.BooleanField(label=_("对方威胁、恐吓"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["came_at"].initial = clock.local(clock.now())

    def told(self) -> Told:
        """As the services take it."""
        data = dict(self.cleaned_data)
        return Told(**data | {"came_at": _not_later(data["came_at"])})


class JudgeForm(forms.Form):
    """What a lead is worth."""

    state = forms.ChoiceField(
        label=_("有没有用"),
        choices=[one for one in TracingLead.State.choices if one[0] != "new"],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("怎么判断的，下一步做什么"), max_length=300, widget=LINES)
    fragment_kind = forms.ChoiceField(
        label=_("记成片段：听到哪一类"),
        required=False,
        choices=[("", _("不记")), *FragmentKind.choices],
    )
    fragment_words = forms.CharField(
        label=_("记成片段：原话"),
        required=False,
        max_length=400,
        help_text=_("有用的才记，留下和他有关的话，去掉来电人是谁。"),
        widget=LINES,
    )

    def __init__(self, *args: Any, is_fragment: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_fragment:  # a lead becomes a fragment once
            del self.fields["fragment_kind"], self.fields["fragment_words"]

    def judged(self) -> dict[str, Any]:
        """As the service takes it."""
        data = self.cleaned_data
        kind = data.get("fragment_kind")
        clue = Clue(kind, data["fragment_words"]) if kind else None
        return {"state": data["state"], "words": data["words"], "clue": clue}


class PurposeForm(forms.Form):
    """For what somebody wants to see who told it."""

    purpose = forms.CharField(
        label=_("查看目的"),
        min_length=SHORTEST_PURPOSE,
        max_length=120,
        help_text=_("例如“回电核实”。会记录在案。"),
    )


class NewChannelForm(forms.Form):
    """A channel that the plan and the country do not name."""

    code = forms.SlugField(
        label=_("代码"), max_length=40, help_text=_("小写字母、数字和下划线，以后不能改。")
    )
    name = forms.CharField(label=_("名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), required=False, max_length=120)
    form = forms.ChoiceField(
        label=_("形式"), choices=[one for one in ChannelForm.choices if one[0] != "own"]
    )
