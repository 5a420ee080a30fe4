"""Fields that take what people type as they type it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.dispatch.rules import words


class TidyField(forms.CharField):
    """Text without control characters, within a limit that is told with the length it has.

    What is too long stays in the field to be shortened; nothing is cut off silently.
    """

    def __init__(self, *, limit: int, is_line: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit
        self.is_line = is_line

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return words.one_line(text) if self.is_line else words.tidy(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise forms.ValidationError(
                _("写了 %(length)s 个字，最多 %(limit)s 个字。内容已保留，请删短后再提交。")
                % {"length": f"{len(value):,}", "limit": f"{self.limit:,}"}
            )


class PhoneField(forms.CharField):
    """A phone number as its digits; empty where none is given."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "data-sealed": True})

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value) or "")
        number = words.phone_number(typed) if typed.strip() else ""
        if number is None:
            raise forms.ValidationError(_("这个电话号码不对：请填 5 到 15 位数字，或留空。"))
        return number
