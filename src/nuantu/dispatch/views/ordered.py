"""The page of an order: who is told first, who waits, and the buttons that record it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.dispatch import access, services
from nuantu.dispatch.forms import actions
from nuantu.dispatch.models import OrderedNotice
from nuantu.dispatch.selectors.ordered import OrderLine, order_url, order_with
from nuantu.dispatch.views.deeds import Deed, Failure
from nuantu.persons.selectors import card_of
from nuantu.ui.outcomes import with_fields

_FORMS: dict[str, Any] = {
    "tell": actions.TellForm,
    "leave_out": actions.ReasonForm,
    "answer": actions.AnswerForm,
}


@staff_page(access.ORDER)
def order(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everybody in the order that this one belongs to."""
    row = access.step_for(request.actor, public_id)
    return render(
        request, "dispatch/order.html", _context(request, row), fragment="dispatch/_order.html"
    )


def _again(request: StaffRequest, row: OrderedNotice, failure: Failure) -> HttpResponse:
    return refused(request, "dispatch/order.html", _context(request, row, failure))


def _context(
    request: StaffRequest, row: OrderedNotice, failure: Failure | None = None
) -> dict[str, Any]:
    at = clock.now()
    case = row.of_case
    return {
        "row": row,
        "tip": row.tip,
        "card": card_of(case.person, at) if case else None,
        "steps": [(line, _forms(line, failure)) for line in order_with(row, at)],
        "records": access.may_record(request.actor, row),
        "failure": failure,
    }


def _forms(line: OrderLine, failure: Failure | None) -> dict[str, Any]:
    found: dict[str, Any] = {name: form() for name, form in _FORMS.items()}
    if failure is not None and failure.row.pk == line.row.pk:
        found[failure.deed] = failure.form
    for name, form in found.items():
        form.auto_id = f"id_{name}_{line.row.rank}_%s"
    return found


def _deed(name: str, said: Any, service: Any) -> Deed:
    return Deed(
        name,
        access.ORDER_RECORD,
        lambda actor, public_id: access.step_for(actor, public_id, access.ORDER_RECORD),
        with_fields(service, "step"),
        said,
        _again,
        lambda row: order_url(row.public_id),
        _FORMS[name],
    )


TELL = _deed("tell", _("通知已登记"), services.tell)
LEAVE_OUT = _deed("leave_out", _("已登记不需要通知的原因"), services.leave_out)
ANSWER = _deed("answer", _("答复已登记"), services.put_answer)
