"""What follows a deed: a word on the next page, or the refusal."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest
from nuantu.ui import toasts


def do(
    request: StaffRequest, act: Callable[[], object], *, to: str, said: str, undo_url: str = ""
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
