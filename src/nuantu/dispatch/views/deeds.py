"""Buttons: each changes one thing through one service and leads back to where it was pressed.

A refusal comes back as the same page with 422, the sentence, and what was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, staff_page
from nuantu.ui.outcomes import tried

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Failure:
    """A deed that was refused: which one, about which row, with its form."""

    deed: str
    row: Any
    form: forms.Form


PageAgain = Callable[[StaffRequest, Any, Failure], HttpResponse]


@dataclass(frozen=True, slots=True)
class Deed:
    """One button. `load` is the access function, `do` the service with cleaned fields, `again`
    draws the page once more after a refusal, `undo` gives the address that takes it back."""

    name: str
    permission: str
    load: Callable[[Actor, UUID], Any]
    do: Callable[..., Any]
    said: Any
    again: PageAgain
    home: Callable[[Any], str]
    form: type[forms.Form] = forms.Form
    undo: Callable[[Any], str] | None = None


def page(deed: Deed) -> View:
    """The view of a deed."""

    @require_POST
    @staff_page(deed.permission)
    def press(request: StaffRequest, public_id: UUID) -> HttpResponse:
        row = deed.load(request.actor, public_id)
        form = deed.form(request.POST)
        gone = tried(
            request,
            form,
            lambda: deed.do(request.actor, clock.now(), row, form),
            to=_way_back(request, deed.home(row)),
            said=str(deed.said),
            undo=deed.undo,
        )
        return gone or deed.again(request, row, Failure(deed.name, row, form))

    press.__name__ = deed.name
    press.__doc__ = f"{deed.name}: one button of dispatch."
    return press


def _way_back(request: HttpRequest, home: str) -> str:
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if back and is_ours else home


def tip_page_of(tip: Any) -> str:
    """The address of a tip's page."""
    return reverse("dispatch:tip", args=[tip.public_id])
