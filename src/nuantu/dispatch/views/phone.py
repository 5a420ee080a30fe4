"""The team's phone: one stop at a time, big buttons, nothing else."""

from typing import Any

from django.http import HttpResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.dispatch import access
from nuantu.dispatch.forms.actions import ReasonForm
from nuantu.dispatch.rules.flags import NON_LOCAL
from nuantu.dispatch.selectors.contact import contact_url
from nuantu.dispatch.selectors.ordered import order_of_tip
from nuantu.dispatch.selectors.runs import phone_page
from nuantu.dispatch.views.deeds import Failure


@staff_page(access.CARRY)
def phone(request: StaffRequest) -> HttpResponse:
    """My next stop and what can be pressed; asked again whenever a run changes."""
    return render(
        request, "dispatch/phone.html", _context(request), fragment="dispatch/_phone.html"
    )


def _context(request: StaffRequest, failure: Failure | None = None) -> dict[str, Any]:
    at = clock.now()
    page = phone_page(request.actor, at)
    stop = page.stops[0] if page.stops else None
    return {
        "page": page,
        "stop": stop,
        "met_url": contact_url(stop.run.public_id) if stop else "",
        "ordered": order_of_tip(stop.run.tip, at)
        if stop and NON_LOCAL in stop.run.tip.flags
        else (),
        "later": page.stops[1:],
        "is_check_in_due": bool(page.check_in_due_at and page.check_in_due_at <= at),
        "reason_form": failure.form
        if failure and "reason" in failure.form.fields
        else ReasonForm(),
        "failure": failure,
    }


def phone_again(request: StaffRequest, row: Any, failure: Failure) -> HttpResponse:
    """The phone page after a refusal; a dispatcher who pressed for the team sees the same."""
    return refused(request, "dispatch/phone.html", _context(request, failure))
