"""One photo in a form: what was chosen is not lost when the form is refused."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nuantu.core import files, passing, scans
from nuantu.core.errors import Refusal


class PhotoInput(forms.ClearableFileInput):
    """A file to choose; beside it, on a page that came back, the one that was chosen."""

    template_name = "ui/components/photo_input.html"
    checks = staticmethod(files.check)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The file chosen now, else the one the page before brought along."""
        chosen = super().value_from_datadict(data, files, name)
        word = data.get(self._kept(name), "")
        return chosen or (passing.take(word) if word else None)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if isinstance(value, UploadedFile) and self._is_fit(value):
            context["widget"] |= {
                "kept_name": self._kept(name),
                "kept": passing.keep(value),
                "kept_words": value.name,
                "required": False,
            }
            context["widget"]["attrs"].pop("required", None)
        return context

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and self._kept(name) not in data

    @staticmethod
    def _kept(name: str) -> str:
        return f"{name}-kept"

    def _is_fit(self, upload: "UploadedFile[bytes]") -> bool:
        try:
            upload.seek(0)
            self.checks(upload)
        except Refusal:
            return False
        return True


class PhotoField(forms.FileField):
    """A photo that was decoded already, so that a file that is none is said beside the field."""

    input: ClassVar = PhotoInput
    attrs: ClassVar = {"accept": "image/*", "capture": "environment"}

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, widget=self.input(attrs=dict(self.attrs)), **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was chosen, for the page that came back; Django forgets it."""
        return data or initial

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes] | None":
        found = cast("UploadedFile[bytes] | None", super().clean(data, initial))
        if not found:
            return None
        try:
            self.input.checks(found)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return found


class PaperInput(PhotoInput):
    """A signed paper to choose: a photo or a PDF."""

    checks = staticmethod(scans.check)


class PaperField(PhotoField):
    """A signed paper, as a photo or a PDF."""

    input: ClassVar = PaperInput
    attrs: ClassVar = {"accept": "image/*,application/pdf"}
