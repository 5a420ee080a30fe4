"""One photo beside a remark."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nuantu.core import files
from nuantu.core.errors import Refusal


class PhotoField(forms.FileField):
    """A photo that was decoded already, so that a file that is none is said beside the field."""

    def __init__(self, **options: Any) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes] | None":
        found = cast("UploadedFile[bytes] | None", super().clean(data, initial))
        if not found:
            return None
        try:
            files.check(found)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return found
