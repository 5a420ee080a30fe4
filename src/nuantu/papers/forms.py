"""Parsing of what is typed about papers and templates."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, files
from nuantu.core.errors import Refusal
from nuantu.core.fields import MASK
from nuantu.papers.models import Paper
from nuantu.papers.rules.checking import MOST_BYTES
from nuantu.papers.rules.kinds import Field, PaperKind, Values
from nuantu.papers.selectors import kinds
from nuantu.ui.days import DayInput

ANY = [("", _("全部"))]
DAY = DayInput()
LONG = 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _kinds() -> list[tuple[str, Any]]:
    return [*ANY, *((code, kinds.word(kind)) for code, kind in kinds.kinds().items())]


class FilterForm(forms.Form):
    """What the register of papers is narrowed to."""

    q = forms.CharField(label=_("文书编号、姓名"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("文书种类"), required=False, choices=_kinds)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[*ANY, *Paper.State.choices])
    from_date = forms.DateField(label=_("从"), required=False, widget=DAY)
    to_date = forms.DateField(label=_("到"), required=False, widget=DAY)


class IssueForm(forms.Form):
    """What the program cannot know: the fields that a kind asks for when it is issued."""

    def __init__(
        self,
        kind: PaperKind,
        known: Values,
        data: Any,
        *,
        hidden: frozenset[str] = frozenset(),
        last: Values | None = None,
    ) -> None:
        """`known` the program tells, `last` stands in the paper that is issued anew.

        What is `hidden` is not shown. An empty answer leaves what is known or hidden as it is.
        """
        super().__init__(data)
        self.kind = kind
        told = {code: value for code, value in known.items() if value}
        shown, kept = {**(last or {}), **told}, {*told, *hidden}
        self.kept = {code: shown[code] for code in kept}
        for field in kind.contents:
            if field.is_asked:
                self.fields[field.code] = _asked(
                    field,
                    shown.get(field.code, ""),
                    is_hidden=field.code in hidden,
                    is_kept=field.code in kept,
                )
        is_anew = last is not None
        if is_anew:
            self.fields["reason"] = forms.CharField(
                label=_("为什么重新出具"),
                max_length=200,
                help_text=_("旧的一版会保留并标明已被替代。"),
            )

    def typed(self) -> Values:
        """The answers, by field code."""
        asked = {field.code for field in self.kind.contents if field.is_asked}
        typed = {code: self.cleaned_data[code] for code in asked if code in self.cleaned_data}
        return {
            code: self.kept.get(code, answer) if _says_nothing(answer) else answer
            for code, answer in typed.items()
        }

    def keep_typed(self, data: QueryDict) -> None:
        """Show again what was typed, without judging it; what says nothing gives way to what is known."""
        typed = {code: str(data.get(code, "")) for code in self.fields}
        self.initial = {code: text for code, text in typed.items() if not _says_nothing(text)}


def _says_nothing(answer: str) -> bool:
    """Whether an answer is empty or only the dots that stand for what is hidden."""
    return not answer.strip(f"{MASK} ")


def _asked(field: Field, known: Any, *, is_hidden: bool, is_kept: bool) -> forms.Field:
    hints = [kinds.hint(field)] if kinds.hint(field) else []
    if is_hidden:
        hints.append(str(_("已有内容，写明目的后才显示；留空就照原来的填。")))
    elif is_kept:
        hints.append(str(_("留空就照已登记的填。")))
    options: dict[str, Any] = {
        "label": kinds.word(field),
        "help_text": " ".join(hints),
        "required": field.is_required and not is_kept,
        "initial": "" if is_hidden else known,
    }
    if field.choices:
        empty = _("照原来的填") if is_kept else _("不填，打印后手写")
        choices = [("", empty), *((c.code, kinds.word(c)) for c in field.choices)]
        return forms.ChoiceField(choices=choices, **options)
    attrs: dict[str, Any] = {"placeholder": MASK} if is_hidden else {}
    if field.most > LONG:
        widget: forms.Widget = forms.Textarea(attrs={"rows": 3, "data-sealed": "", **attrs})
    else:
        widget = forms.TextInput(attrs=attrs | ({"data-sealed": ""} if field.is_hidden else {}))
    return forms.CharField(max_length=field.most, widget=widget, **options)


class OpenForm(forms.Form):
    """The purpose of reading a paper."""

    purpose = forms.CharField(
        label=_("查看目的"),
        max_length=200,
        initial=_("打印签字"),
        help_text=_("写给审计的人看。查看后记入日志，10分钟内可见。"),
    )


class LookForm(OpenForm):
    """The purpose of reading what a paper will say; sent with the answers, so that none is lost."""

    use_required_attribute = False

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"purpose": ""})
        self.fields["purpose"].widget.attrs["form"] = "form"


class ReasonForm(forms.Form):
    """Why a paper counts no more."""

    reason = forms.CharField(
        label=_("作废原因"),
        max_length=200,
        help_text=_("编号保留在登记簿里，不再使用。例如：填错了人。"),
    )


class SignForm(forms.Form):
    """A signature drawn on the screen."""

    slot = forms.ChoiceField(label=_("谁来签"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)
    drawn = forms.CharField(widget=forms.HiddenInput, max_length=400_000, required=False)

    def __init__(self, data: Any, *, places: list[Field], version: int) -> None:
        super().__init__(data, initial={"version": version})
        choices = [(place.code, kinds.word(place)) for place in places]
        self.fields["slot"] = forms.ChoiceField(
            label=_("谁来签"),
            choices=choices,
            initial=choices[0][0] if choices else "",
            widget=forms.RadioSelect,
        )


class ScanForm(forms.Form):
    """A photo or scan of the signed sheet, and which version of the paper it is."""

    upload = forms.FileField(
        label=_("签好的纸质文书照片"),
        help_text=_("JPG、PNG 或 WEBP，拍清楚整页。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, latest: int, places: Sequence[Field]) -> None:
        super().__init__(*args)
        self.fields["places"] = forms.MultipleChoiceField(
            label=_("纸上哪些位置签了名"),
            choices=[(one.code, kinds.word(one)) for one in places],
            initial=[one.code for one in places] if len(places) == 1 else [],
            required=bool(places),
            widget=forms.CheckboxSelectMultiple if places else forms.MultipleHiddenInput,
        )
        versions = range(latest, 0, -1)
        self.fields["version"] = forms.TypedChoiceField(
            label=_("签的是哪一版"),
            choices=[(n, _("第%(n)s版") % {"n": n}) for n in versions],
            coerce=int,
            initial=latest,
            widget=forms.RadioSelect if latest > 1 else forms.HiddenInput,
        )

    def clean_upload(self) -> Any:
        """Say beside the field what is wrong with the picture."""
        upload = self.cleaned_data["upload"]
        try:
            files.check(upload)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload


class TemplateForm(forms.Form):
    """A Word file that takes the place of a template from a day on."""

    file = forms.FileField(
        label=_("Word 模板（.docx）"),
        help_text=_("上传时检查字段、宏和大小，有错会逐条说明。"),
        widget=forms.ClearableFileInput(attrs={"accept": f".docx,{DOCX}"}),
    )
    in_force_date = forms.DateField(label=_("从哪天起用"), widget=DAY, initial=clock.today)
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=200,
        help_text=_("例如：按省厅 2026 年版样式。"),
    )

    def upload(self) -> dict[str, Any]:
        """What the service takes; of a file that is far too large only as much as shows that."""
        given = self.cleaned_data["file"]
        return {
            "name": given.name,
            "content": given.read(MOST_BYTES + 1),
            "in_force_date": self.cleaned_data["in_force_date"],
            "note": self.cleaned_data["note"],
        }
