"""The answer to a form: as it is, or with what to mend."""

from typing import Any

from django.http import HttpResponse

from nuantu.core.http import StaffRequest, refused, render


def form_page(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a form; 422 once something in it is to be mended, with what was typed."""
    if context["form"].errors:
        return refused(request, template, context)
    return render(request, template, context)
