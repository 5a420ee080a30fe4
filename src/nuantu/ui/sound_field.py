"""One recording in a form: what was chosen is not lost when the form is refused."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from nuantu.core import files, passing
from nuantu.core.errors import Refusal


class SoundInput(forms.ClearableFileInput):
    """A recording to choose; beside it, on a page that came back, the one that was chosen."""

    template_name = "ui/components/sound_input.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The file chosen now, else the one the page before brought along."""
        word = data.get(f"{name}-kept", "")
        return super().value_from_datadict(data, files, name) or (
            passing.take(word) if word else None
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if isinstance(value, UploadedFile) and _is_sound(value):
            context["widget"] |= {
                "kept_name": f"{name}-kept",
                "kept": passing.keep(value),
                "kept_words": value.name,
                "required": False,
            }
        return context

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}-kept" not in data


def _is_sound(upload: "UploadedFile[bytes]") -> bool:
    try:
        files.check_sound(upload, settings.NUANTU_PHOTO_BYTES)
    except Refusal:
        return False
    return True


class SoundField(forms.FileField):
    """A recording that was looked at already, so that a file that is none is said beside the field."""

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        widget = SoundInput(attrs={"accept": "audio/*"})
        super().__init__(required=required, widget=widget, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was chosen, for the page that came back; Django forgets it."""
        return data or initial

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes] | None":
        found = cast("UploadedFile[bytes] | None", super().clean(data, initial))
        if not found:
            return None
        try:
            files.check_sound(found, settings.NUANTU_PHOTO_BYTES)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return found
