"""A form that is opened when it cannot be sent any more: says why and leads back."""

from django.http import HttpResponse

from nuantu.core.http import StaffRequest, render


def too_late(request: StaffRequest, why: str, heading: str, back: str) -> HttpResponse | None:
    """The page that says why (409), None where there is no reason.

    What is being sent goes on: its service says the same, beside what was typed.
    """
    if not why or request.method == "POST":
        return None
    context = {"why": why, "heading": heading, "back": back}
    return render(request, "tracing/late.html", context, status=409)
