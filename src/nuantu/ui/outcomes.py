"""What follows a deed: a word on the next page, or the refusal."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.http import refused, render
from nuantu.ui import toasts

Done = TypeVar("Done")
Button = Callable[[Actor, datetime, Any, Any], Any]


def do(
    request: HttpRequest, act: Callable[[], object], *, to: str, said: str, undo_url: str = ""
) -> HttpResponse:
    """Do it on POST and go on to a page that says so, or says why not."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        act()
    except Refusal as error:
        toasts.say(request, str(error), is_error=True)
    else:
        toasts.say(request, said, undo_url=undo_url)
    return HttpResponseRedirect(to)


def tried(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], Done],
    *,
    to: str | Callable[[Done], str],
    said: str = "",
    undo: Callable[[Done], str] | None = None,
) -> HttpResponse | None:
    """Do what a valid form asks and go on; None where the page is to be drawn again.

    A refusal then stands in the form. `act` gives what `to` and `undo` make addresses of.
    """
    if not form.is_valid():
        return None
    try:
        done = act()
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    if said:
        toasts.say(request, said, undo_url=undo(done) if undo else "")
    return HttpResponseRedirect(to if isinstance(to, str) else to(done))


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a form; 422 once something in it is to be mended, with what was typed."""
    draw = refused if context["form"].errors else render
    return draw(request, template, context)


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """Say the refusal beside its field, above the form where the form has no such field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def with_fields(service: Callable[..., object], row: str) -> Button:
    """What a button does: the service, given its row under that name and what the form holds."""
    return lambda actor, at, found, form: service(
        actor=actor, at=at, **{row: found}, **form.cleaned_data
    )
