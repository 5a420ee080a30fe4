"""Pages of the gate and of the kitchen, which see no files."""

from django.http import HttpResponse

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.selectors import gate as reads
from nuantu.stays.selectors import narrow
from nuantu.stays.selectors.care.day import slot_at, what_words


@staff_page(access.GATE)
def gate(request: StaffRequest) -> HttpResponse:
    """Who is out, who is in, what the gate has to do; going out and back are put down from here."""
    actor, at = request.actor, clock.now()
    context = {
        "gate": reads.gate(actor.org_code, at),
        "todo": narrow.of_gate(actor, at),
        "searched": reads.searched(actor.org_code),
        "last_call": reads.last_call(actor.org_code),
    }
    return render(request, "stays/gate.html", context, fragment="stays/_gate.html")


@staff_page(access.KITCHEN)
def diets(request: StaffRequest) -> HttpResponse:
    """For how many to cook, who may eat what, and what the kitchen has to do."""
    actor, at = request.actor, clock.now()
    slot = slot_at(actor.division_code, at)
    context = {
        "diets": reads.diets(actor.org_code, at),
        "meal": what_words("meal", slot) if slot else "",
        "todo": narrow.of_kitchen(actor, at),
        "tab": "diets",
    }
    return render(request, "stays/diets.html", context, fragment="stays/_diets.html")
