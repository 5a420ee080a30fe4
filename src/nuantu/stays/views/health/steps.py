"""One form, one thing: every step of health work is drawn the same way."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from nuantu.core.http import StaffRequest
from nuantu.ui.outcomes import form_page, tried


def step(
    request: StaffRequest,
    form: forms.BaseForm,
    act: Callable[[], Any],
    *,
    to: str | Callable[[Any], str],
    said: str,
    page: dict[str, Any],
    template: str = "stays/health/step.html",
) -> HttpResponse:
    """Do it and go on; or the page of the form. `page`: page_title, back_url and, where wanted,
    lead, card and submit_label."""
    gone = tried(request, form, act, to=to, said=said)
    return gone or form_page(request, template, {"form": form, **page})
