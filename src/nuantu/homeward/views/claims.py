"""Families who claim somebody who is settled: note one, answer one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.erasure import opened
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.forms import claims as forms
from nuantu.homeward.models import SettlementClaim
from nuantu.homeward.selectors import claims as selectors
from nuantu.homeward.selectors.settling import settlement_url
from nuantu.homeward.services import claims as services
from nuantu.homeward.services.consents import is_harmed
from nuantu.ui.outcomes import form_page, tried


@staff_page(access.SETTLE_WRITE)
def new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A family claims him."""
    row = access.settlement_for(request.actor, public_id, access.SETTLE_WRITE)
    form, back = forms.ClaimForm(request.POST or None), settlement_url(public_id)
    gone = tried(
        request,
        form,
        lambda: services.claim(
            actor=request.actor, at=clock.now(), row=row, claimed=form.claimed()
        ),
        to=back,
        said=_("已登记，答复在待办里。"),
    )
    context = {"row": row, "title": _("登记认领"), "form": form, "back": back}
    return gone or form_page(request, "homeward/settlement_form.html", context)


@staff_page(access.SETTLE_WRITE)
def claim(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One claim with its phone, and the form that answers it; opening it is journalled."""
    row, actor = access.claim_for(request.actor, public_id), request.actor
    services.note_claim_read(actor=actor, at=clock.now(), row=row)
    if row.answer:
        return render(request, "homeward/claim.html", _claim_page(row))
    form = forms.ClaimAnswerForm(request.POST or None, is_harmed=is_harmed(row))
    gone = tried(
        request,
        form,
        lambda: services.answer_claim(
            actor=actor, at=clock.now(), row=row, answered=form.answered()
        ),
        to=settlement_url(row.settlement.public_id),
        said=_("已答复。"),
    )
    return gone or form_page(request, "homeward/claim.html", _claim_page(row, form))


def _claim_page(row: SettlementClaim, form: Any = None) -> dict[str, Any]:
    return {
        "one": row,
        "row": row.settlement,
        "form": form,
        "phone": opened(row.phone),
        "sentences": selectors.sentences(),
        "is_harmed": is_harmed(row),
        "back": settlement_url(row.settlement.public_id),
    }
