"""A short word after a deed, with the way back where there is one."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse


def say(request: HttpRequest, text: str, *, undo_url: str = "", is_error: bool = False) -> None:
    """Show the text on the next page; with `undo_url` an undo button stays for ten seconds."""
    level = messages.ERROR if is_error else messages.SUCCESS
    messages.add_message(request, level, text, extra_tags=f"undo:{undo_url}" if undo_url else "")


def say_now(
    response: HttpResponse, text: str, *, undo_url: str = "", is_error: bool = False
) -> HttpResponse:
    """Show the text when htmx swaps this response in, without a new page."""
    detail = {"text": str(text), "undo": undo_url, "error": is_error}
    response["HX-Trigger"] = json.dumps({"nuantu:toast": detail})
    return response
