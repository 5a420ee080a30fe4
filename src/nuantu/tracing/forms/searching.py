"""Forms of the search for who somebody is."""

from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.persons.forms import ClearWords
from nuantu.persons.models import Certainty, Sex
from nuantu.tracing.models import FoundBy, FragmentKind, IdentitySearch, SaidBy, StepAnswer
from nuantu.tracing.selectors.unidentified import LATE, Filters
from nuantu.tracing.services.fragments import Heard
from nuantu.ui.days import DayInput
from nuantu.ui.photo_field import PhotoField
from nuantu.ui.sound_field import SoundField

ANY: Final = ("", _("全部"))


class FilterForm(forms.Form):
    """What the list of people nobody knows is narrowed to; a wrong value asks nothing."""

    q = forms.CharField(label=_("称呼、样貌、片段或个案编号"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            *IdentitySearch.State.choices[:1],
            (LATE, _("有事超时")),
            *IdentitySearch.State.choices[1:],
            ("all", _("全部")),
        ],
    )
    sex = forms.ChoiceField(label=_("性别"), required=False, choices=[ANY, *Sex.choices])
    days = forms.IntegerField(label=_("至少多少天"), required=False, min_value=1, max_value=9999)

    def wanted(self) -> Filters:
        """The filter that the valid fields make."""
        self.is_valid()
        return Filters.of(getattr(self, "cleaned_data", {}))


class FragmentForm(forms.Form):
    """What was heard, as it was said."""

    kind = forms.ChoiceField(
        label=_("听到哪一类"), choices=FragmentKind.choices, widget=forms.RadioSelect
    )
    words = ClearWords(
        label=_("原话"),
        max_length=400,
        help_text=_("照他说的写，听不准的音也写下来，例如“家在凤shan，有条大河”。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    said_by = forms.ChoiceField(
        label=_("谁说的"), choices=SaidBy.choices, initial=SaidBy.SELF, widget=forms.RadioSelect
    )
    certainty = forms.ChoiceField(
        label=_("有多确定"),
        choices=Certainty.choices,
        initial=Certainty.CLAIMED,
        widget=forms.RadioSelect,
    )
    heard_date = forms.DateField(label=_("哪天听到的"), widget=DayInput())
    heard_time = forms.TimeField(
        label=_("几点"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    heard_by = forms.CharField(
        label=_("谁听到的"), required=False, max_length=120, help_text=_("空着就是您自己。")
    )
    heard_where = ClearWords(
        label=_("在哪里听到的"),
        required=False,
        max_length=120,
        help_text=_("例如“晚饭后在活动室”。"),
    )

    sound = SoundField(
        label=_("录音"),
        required=False,
        help_text=_("他说的方言、唱的歌，录下来给懂的人听。事先告诉他，他不愿意就不录。"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        now = clock.local(clock.now())
        initial = {"heard_date": now.date(), "heard_time": now.strftime("%H:%M")}
        options["initial"] = initial | options.get("initial", {})
        super().__init__(*args, **options)

    def heard(self) -> Heard:
        """What the form tells; without an hour it was at the end of the day, never later than now."""
        data, now = self.cleaned_data, clock.now()
        hour = data["heard_time"] or time(23, 59)
        told = datetime.combine(data["heard_date"], hour, tzinfo=clock.LOCAL)
        is_open_end = not data["heard_time"] and data["heard_date"] == clock.local(now).date()
        return Heard(
            kind=data["kind"],
            words=data["words"],
            said_by=data["said_by"],
            certainty=data["certainty"],
            heard_at=min(told, now) if is_open_end else told,
            heard_by=data["heard_by"],
            heard_where=data["heard_where"],
        )


class ReasonForm(forms.Form):
    """Why something is withdrawn or ruled out."""

    reason = ClearWords(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class StepForm(forms.Form):
    """What came of a step."""

    answer = forms.ChoiceField(
        label=_("有没有线索"),
        choices=[one for one in StepAnswer.choices if one[0] not in ("", StepAnswer.ASKED)],
        widget=forms.RadioSelect,
    )
    words = ClearWords(
        label=_("做了什么、得到什么"),
        max_length=400,
        help_text=_("问了谁、看了什么、对方怎么说。指纹、人脸、DNA数据不写。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = PhotoField(label=_("照片或扫描件"), required=False)


class EndForm(forms.Form):
    """Who he is stands verified: by what it was found."""

    found_by = forms.ChoiceField(
        label=_("靠什么查明的"), choices=FoundBy.choices, widget=forms.RadioSelect
    )
    words = ClearWords(
        label=_("怎么查明的"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class GiveUpForm(forms.Form):
    """Why nobody searches any more."""

    words = ClearWords(
        label=_("原因"),
        max_length=300,
        help_text=_("例如“误开始，他报了姓名和家庭住址”。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
