"""Several photos and short videos in one field."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nuantu.core import files
from nuantu.core.errors import Refusal
from nuantu.patrols.forms.walking import MEDIA


class PhotosInput(forms.ClearableFileInput):
    """A file input of the phone's camera that takes several pictures or short videos."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": MEDIA})


class PhotosField(forms.FileField):
    """Photos that were decoded already, so that a file that is none is said beside the field; videos
    are read by the service, by the figures of the place."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        photos = [super(PhotosField, self).clean(one, initial) for one in given]
        for photo in photos:
            try:
                if not files.is_video(photo):
                    files.check(photo)
            except Refusal as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return photos
