"""Forms of operations."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import clock
from nuantu.planbook import words

PLAN_BYTES = 1_000_000
DOCUMENT_BYTES = 20_000_000


class LocalMomentField(forms.DateTimeField):
    """A moment as people write it, Beijing time; gives an aware moment."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> datetime | None:
        found = super().clean(value)
        if isinstance(found, datetime) and found.tzinfo is None:
            return found.replace(tzinfo=clock.LOCAL)
        return found if isinstance(found, datetime) else None


class DutyFilterForm(forms.Form):
    """Which duties of a list are shown."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    window = forms.ChoiceField(
        label=_("时间"),
        required=False,
        choices=[
            ("open", _("全部待办")),
            ("now", _("现在")),
            ("today", _("今天")),
            ("week", _("本周")),
            ("overdue", _("已超时")),
            ("promised", _("到期和已完成")),
            ("done", _("已完成")),
            ("late", _("超时完成")),
            ("unexplained", _("超时未说明")),
        ],
    )
    kind = forms.ChoiceField(label=_("事项"), required=False)
    office = forms.ChoiceField(label=_("单位"), required=False)
    area = forms.RegexField(r"^\d{2,12}$", required=False, widget=forms.HiddenInput)
    since = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: dict[str, str], offices: dict[str, str], **options: Any):
        super().__init__(*args, **options)
        self._offer("kind", kinds)
        self._offer("office", offices)

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全部")), *choices.items()]

    def wanted(self) -> dict[str, Any]:
        """The valid filters; a filter that makes no sense is left out."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return {
            "window": found.get("window") or "open",
            "office": found.get("office", ""),
            "kind": found.get("kind", ""),
            "words": found.get("q", ""),
            "area": found.get("area", ""),
            "since": found.get("since"),
        }


class CompleteForm(forms.Form):
    """Tick a duty off."""

    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("做了什么、在哪里；没有就留空。不要写被救助人的姓名。"),
    )
    reason = forms.CharField(
        label=_("超时原因"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, is_in_words: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_in_words:
            self.fields["note"].required = True
            self.fields["note"].help_text = _(
                "在“救助点”页登记开放或不开放的原因，会自动勾销；在这里办结，请写明开在哪里，或为什么没开。"
            )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class LevelForm(forms.Form):
    """Change the level by hand."""

    level = forms.ChoiceField(label=_("工作级别"))
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, levels: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["level"]
        if isinstance(field, forms.ChoiceField):
            field.choices = levels


class WatchForm(forms.Form):
    """Put somebody on watch."""

    post = forms.ChoiceField(label=_("岗位"))
    user = forms.ModelChoiceField(label=_("值守人"), queryset=User.objects.none())
    starts_at = LocalMomentField(label=_("开始"))
    ends_at = LocalMomentField(label=_("结束"))
    phone = forms.CharField(label=_("值守电话"), required=False, max_length=40)

    def __init__(
        self, *args: Any, posts: list[tuple[str, str]], people: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        post, user = self.fields["post"], self.fields["user"]
        if isinstance(post, forms.ChoiceField):
            post.choices = posts
        if isinstance(user, forms.ModelChoiceField):
            user.queryset = people


class NoteForm(forms.Form):
    """Hand the watch over."""

    text = forms.CharField(
        label=_("交班内容"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("没办完的事、答应过的事、车在哪里。不要写被救助人的姓名。"),
    )


class AnswerForm(forms.Form):
    """Answer a hand-over."""

    note = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ShiftForm(forms.Form):
    """Plan when a team is out."""

    starts_at = LocalMomentField(label=_("开始"))
    ends_at = LocalMomentField(label=_("结束"))


def _plan_text(upload: "UploadedFile[bytes]") -> str:
    """The text of a plan file, whole. Raises ValidationError for what is too large or no text."""
    if (upload.size or 0) > PLAN_BYTES:
        raise forms.ValidationError(_("方案文件超过 1 MB，没有读。请只上传方案本身。"))
    try:
        held: bytes = upload.read()
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise forms.ValidationError(_("文件要存成 UTF-8 编码的文本。")) from error


class StartPlanForm(forms.Form):
    """Put a packaged plan or a plan file in force."""

    plan = forms.ChoiceField(label=_("方案库里的方案"), required=False)
    file = forms.FileField(label=_("或者方案文件（YAML）"), required=False)
    year = forms.IntegerField(label=_("行动开始的年份"), min_value=2000, max_value=2099)

    def __init__(self, *args: Any, plans: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["plan"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "—"), *plans]

    def clean_file(self) -> str:
        """The text of the file, '' when none was chosen."""
        upload = self.cleaned_data["file"]
        return "" if upload is None else _plan_text(upload)

    def clean(self) -> dict[str, Any]:
        """Exactly one plan was chosen."""
        found = super().clean() or {}
        chosen = [name for name in ("plan", "file") if found.get(name)]
        if not chosen and not self.errors:
            self.add_error("plan", _("请选一份方案，或者选择方案文件。"))
        if len(chosen) > 1:
            self.add_error(
                "file", _("方案库的方案和文件只能用一份：要用文件，先把上面的选择清空。")
            )
        return found


class LibraryFilterForm(forms.Form):
    """Which plans of the library are shown."""

    q = forms.CharField(label=_("搜索"), required=False, max_length=60)
    type = forms.ChoiceField(label=_("行动类型"), required=False)

    def __init__(self, *args: Any, types: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["type"]
        language = get_language() or ""
        if isinstance(field, forms.ChoiceField):
            named = [(code, words.said(code, language)) for code in types]
            field.choices = [("", _("全部")), *named]

    def wanted(self) -> dict[str, str]:
        """The valid filters; a filter that makes no sense is left out."""
        self.is_valid()
        return {
            "words": self.cleaned_data.get("q", ""),
            "operation_type": self.cleaned_data.get("type", ""),
        }


class YearForm(forms.Form):
    """The year that a plan is read for."""

    year = forms.IntegerField(label=_("行动开始的年份"), min_value=2000, max_value=2099)


class DocumentForm(forms.Form):
    """Hand in a plan document to be read."""

    file = forms.FileField(
        label=_("方案文件"),
        help_text=_("Word（.docx）、PDF、网页、文本都可以，最大 20 MB。扫描件没有文字，读不了。"),
    )
    year = forms.IntegerField(
        label=_("行动开始的年份"),
        min_value=2000,
        max_value=2099,
        help_text=_("文件里没写年份的日期，按这一年算。"),
    )

    def clean_file(self) -> Any:
        """A file that can be taken at all; whether it is a plan is said after reading."""
        upload = self.cleaned_data["file"]
        if upload.size > DOCUMENT_BYTES:
            raise forms.ValidationError(
                _("文件超过 20 MB。请另存为不带图片的文档，或只上传方案正文。")
            )
        return upload


class EntryForm(forms.Form):
    """Correct, accept or drop one value of a draft."""

    path = forms.RegexField(regex=r"^[A-Za-z0-9_.]{1,200}$")
    seen = forms.CharField(max_length=12, required=False)
    value = forms.CharField(max_length=2000, required=False)
    act = forms.ChoiceField(choices=[(one, one) for one in ("correct", "accept", "doubt", "drop")])


class DraftForm(forms.Form):
    """The whole draft as text."""

    text = forms.CharField(
        label=_("方案内容（YAML）"),
        max_length=PLAN_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )
    from_version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Line ends as in a file."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class AdoptForm(forms.Form):
    """Put a draft in force for a year."""

    year = forms.IntegerField(label=_("行动开始的年份"), min_value=2000, max_value=2099)


class ChangePlanForm(forms.Form):
    """A changed plan file: typed over the one in force, or as a file; and why."""

    text = forms.CharField(
        label=_("方案内容（YAML）"),
        max_length=PLAN_BYTES,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(label=_("或选择改好的方案文件"), required=False)
    reason = forms.CharField(
        label=_("变更原因"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：收到州民政局补充通知。原因和新版本一起保存。"),
    )
    from_version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A file that was chosen counts before what stands in the box."""
        found = super().clean() or self.cleaned_data
        upload = found.get("file")
        if upload:
            try:
                found["text"] = _plan_text(upload)
            except forms.ValidationError as error:
                self.add_error("file", error)
        elif not (found.get("text") or "").strip():
            self.add_error("text", _("请写方案内容，或选择文件。"))
        found["text"] = (found.get("text") or "").replace("\r\n", "\n")
        return found


class FollowForm(forms.Form):
    """Confirm a changed plan above."""

    note = forms.CharField(
        label=_("说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：本级方案不用改；或：已另行变更本级方案。"),
    )
    to_version = forms.IntegerField(widget=forms.HiddenInput)


class ClosePlanForm(forms.Form):
    """Close a plan: what was achieved, why open tasks are dropped, and its code typed."""

    note = forms.CharField(
        label=_("办结说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    code = forms.CharField(label=_("方案编号"), max_length=32)

    def __init__(
        self, *args: Any, plan_code: str, kinds: list[tuple[str, str, int]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.plan_code = plan_code
        self.fields["code"].help_text = _("办结后不能再开。请输入 %(code)s 确认。") % {
            "code": plan_code
        }
        for kind, label, count in kinds:
            self.fields[f"dropped-{kind}"] = forms.CharField(
                label=_("%(kind)s（%(n)s 件）不再办的原因") % {"kind": label, "n": count},
                max_length=200,
            )

    def clean_code(self) -> str:
        """What was typed is the plan's own code."""
        typed = str(self.cleaned_data["code"]).strip()
        if typed.casefold() != self.plan_code.casefold():
            raise forms.ValidationError(_("与方案编号不一致。"))
        return typed

    def dropped(self) -> dict[str, str]:
        """The reasons by kind of duty."""
        lead = "dropped-"
        return {
            name.removeprefix(lead): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(lead)
        }
