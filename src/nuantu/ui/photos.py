"""A photo or video as it is shown."""

from django.http import Http404, HttpResponse

from nuantu.core import files, vault
from nuantu.core.models import StoredFile


def photo_page(file: StoredFile) -> HttpResponse:
    """The served copy of a photo or video, without EXIF or tags; gone once its key was destroyed, a word
    in its place where it is missing or altered. Raises Http404."""
    try:
        return HttpResponse(files.read_served(file), content_type=file.media_type)
    except vault.KeyDestroyed as error:
        raise Http404 from error
    except files.FileDamaged as damage:
        return HttpResponse(str(damage), status=410, content_type="text/plain; charset=utf-8")
