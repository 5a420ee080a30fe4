"""Forms of requests to other bodies."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.letters.selectors.organisations import choices_here
from nuantu.persons.forms import ClearWords
from nuantu.tracing.models import ANSWERS, AskedOf, IdentityRequest, LineKind, RequestKind, Way
from nuantu.tracing.selectors.request_list import LATE, OPEN
from nuantu.tracing.services.requests import Asked, Told
from nuantu.ui.days import DayInput
from nuantu.ui.photo_field import PhotoField

LETTER, NOTES, FINGERPRINT, FACE, DNA = "letter", "notes", "fingerprint", "face", "dna"
# What is never kept, whatever the picture shows.
NEVER: Final = (FINGERPRINT, FACE, DNA)


class RequestForm(forms.Form):
    """What another body is asked."""

    kind = forms.ChoiceField(
        label=_("请对方查什么"), choices=RequestKind.choices, widget=forms.RadioSelect
    )
    body = forms.ChoiceField(
        label=_("哪类单位"),
        choices=AskedOf.choices,
        initial=AskedOf.POLICE,
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(
        label=_("发给本系统的单位"),
        required=False,
        help_text=_("对方马上在“收到的函”里看到，只看到这封函写的内容。"),
    )
    asked_of = forms.CharField(
        label=_("问哪个单位"),
        required=False,
        max_length=80,
        help_text=_("写全称，印在协查函上。"),
    )
    words = ClearWords(
        label=_("请协助的事"),
        max_length=500,
        help_text=_("性别、年龄、衣着、特征、口音、发现时间地点会自动写进协查函。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    way = forms.ChoiceField(
        label=_("怎样发出"), choices=Way.choices, initial=Way.PAPER, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, org_code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offered: Any = self.fields["to"]
        offered.choices = [("", _("不在本系统")), *choices_here(org_code)]

    def clean(self) -> dict[str, Any]:
        """One body: of this system, or any other by its name."""
        data = super().clean() or {}
        if data.get("to") and data.get("asked_of"):
            self.add_error("asked_of", _("已选本系统的单位，这里请空着；要问别的单位，另发一份。"))
        if not (data.get("to") or data.get("asked_of") or {"to", "asked_of"} & set(self.errors)):
            self.add_error("asked_of", _("请写明问哪个单位。"))
        return data

    def asked(self) -> Asked:
        """What the form asks."""
        return Asked(**self.cleaned_data)


class LineForm(forms.Form):
    """What happened with a request."""

    way = forms.ChoiceField(
        label=_("用什么方式"), choices=Way.choices, initial=Way.PHONE, widget=forms.RadioSelect
    )
    words = ClearWords(
        label=_("说了什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    happened_date = forms.DateField(label=_("日期"), widget=DayInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"happened_date": clock.local(clock.now()).date()})
        super().__init__(*args, **options)

    def told(self, kind: str = "") -> Told:
        """What the form tells."""
        data = self.cleaned_data
        return Told(kind or data["kind"], data["way"], data["words"], data["happened_date"])


class AnswerForm(LineForm):
    """What they answered; a scan of it, but never a template of somebody's body."""

    kind = forms.ChoiceField(
        label=_("对方怎么答复"),
        choices=[(one, one.label) for one in (*ANSWERS, LineKind.ASKS_BACK)],
        widget=forms.RadioSelect,
    )
    scan = PhotoField(label=_("答复的扫描件"), required=False)
    scan_kind = forms.ChoiceField(
        label=_("扫描件是什么"),
        required=False,
        choices=[
            ("", "—"),
            (LETTER, _("公函、书面答复")),
            (NOTES, _("名单、记录")),
            (FINGERPRINT, _("指纹卡、指纹数据")),
            (FACE, _("人脸特征数据")),
            (DNA, _("DNA分型、图谱")),
        ],
    )
    field_order = ("kind", "way", "words", "happened_date", "scan", "scan_kind")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].required = False
        self.fields["words"].help_text = _("查到的写明是谁、依据什么；没有查到的可以空着。")

    def clean(self) -> dict[str, Any]:
        """A scan says what it is, and is nobody's fingerprint, face or DNA."""
        data = super().clean() or {}
        if data.get("scan_kind") in NEVER:
            self.add_error(
                "scan_kind", _("指纹、人脸和DNA的数据不保存，留在公安机关。这里只写答复是什么。")
            )
        elif data.get("scan") and not data.get("scan_kind"):
            self.add_error("scan_kind", _("请选扫描件是什么。"))
        return data


class RequestFilterForm(forms.Form):
    """What the list of requests is narrowed to; a wrong value asks nothing."""

    q = forms.CharField(label=_("编号、单位、请协助的事"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            (OPEN, _("还没有答复")),
            (LATE, _("答复超期")),
            *IdentityRequest.State.choices,
        ],
    )
    kind = forms.ChoiceField(
        label=_("请对方查什么"), required=False, choices=[("", _("全部")), *RequestKind.choices]
    )

    def wanted(self) -> tuple[str, str, str]:
        """The filters that are valid: words, state, kind."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        words, state, kind = (str(data.get(name) or "").strip() for name in ("q", "state", "kind"))
        return words, state, kind
