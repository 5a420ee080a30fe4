"""The duty sheet of each office under a plan: for paper, and as Excel."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.operations import access, selectors, services
from nuantu.operations.models import Operation
from nuantu.operations.selectors.sheets import Sheet


@staff_page("operations.plan.read")
def sheet(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The sheets of a plan, one office to a page; ?office= for one of them."""
    found = access.operation_for(request.actor, public_id)
    sheets, chosen = _sheets(request, found)
    context = {
        "operation": found,
        "sheets": [one for one in sheets if one.count or one.office.code == chosen],
        "offices": access.sheet_offices_for(request.actor, found),
        "chosen": chosen,
        "may_export": request.actor.may("operations.duty.export"),
    }
    return render(request, "operations/sheet.html", context)


@staff_page("operations.duty.export")
def sheet_export(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The same sheets as one Excel register; the export is journalled."""
    found = access.operation_for(request.actor, public_id)
    sheets, _chosen = _sheets(request, found)
    rows = [row for one in sheets for row in _rows(one)]
    services.note_export(actor=request.actor, at=clock.now(), count=len(rows))
    preamble = [_("任务清单"), f"{found.title} {found.plan_code} {found.year}"]
    return register_xlsx(_("任务清单"), _headings(), rows, preamble=preamble)


def _sheets(request: StaffRequest, found: Operation) -> tuple[list[Sheet], str]:
    """The sheets that the address asks for, and the code of the one office, '' for all."""
    chosen = request.GET.get("office", "")
    offices = access.sheet_offices_for(request.actor, found)
    if chosen:
        offices = [office for office in offices if office.code == chosen]
        if not offices:
            raise Http404
    return selectors.sheets_of(found, offices), chosen


def _headings() -> list[str]:
    return [
        _("单位"),
        _("序号"),
        _("内容"),
        _("期限"),
        _("依据"),
        _("方案原话"),
        _("状态"),
        _("联系人"),
    ]


def _rows(one: Sheet) -> list[list[object]]:
    return [
        [
            one.office.name,
            number,
            line.title,
            line.due.isoformat() if line.due else _("行动期内"),
            line.clause,
            line.quote,
            _("已办结") if line.is_done else "",
            "",
        ]
        for number, line in enumerate((*one.dated, *one.standing), start=1)
    ]
