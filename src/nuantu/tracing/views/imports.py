"""Files of reports: read, looked at, confirmed, watched, and what did not come in."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, is_asked_anew, refused, render, staff_page
from nuantu.tracing import access, services
from nuantu.tracing.forms.imports import ConfirmForm, FileForm
from nuantu.tracing.models import ReportImport
from nuantu.tracing.selectors import imports as selectors
from nuantu.ui.outcomes import do, form_page, tried
from nuantu.ui.pages import LongList

ROWS = 100
STATES = ("bad", "doubtful", "ready", "taken", "skipped")


@staff_page(access.IMPORT)
def files(request: StaffRequest) -> HttpResponse:
    """Choose a file; the newest files below."""
    form = FileForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.read_file(
            actor=request.actor,
            at=clock.now(),
            name=form.cleaned_data["file"].name,
            content=form.cleaned_data["file"].read(),
            source=form.cleaned_data["source"],
            source_name=form.cleaned_data["source_name"],
        ),
        to=lambda made: selectors.url_of(made.public_id),
    )
    context = {"form": form, "files": selectors.files_of(request.actor.org_code)}
    return gone or form_page(request, "tracing/files.html", context)


@staff_page(access.IMPORT)
def template(request: StaffRequest) -> HttpResponse:
    """An empty table with the columns that are read."""
    return register_xlsx(_("寻人登记模板"), selectors.headings(), [])


def _context(request: StaffRequest, batch: ReportImport) -> dict[str, object]:
    only = request.GET.get("only", "")
    rows = selectors.rows_of(batch, only if only in STATES else "")
    page = LongList(rows, ROWS).get_page(request.GET.get("page"))
    return {
        "batch": batch,
        "counts": selectors.counts_of(batch),
        "only": only,
        "page": page,
        "rows": selectors.shown(batch, page.object_list),
    }


def _confirm_form(batch: ReportImport, data: object = None) -> ConfirmForm:
    rows = selectors.shown(batch, selectors.rows_of(batch, "doubtful"))
    return ConfirmForm(
        data, lines=[(one.row.line, f"{one.row.line} · {one.says} · {one.like}") for one in rows]
    )


@staff_page(access.IMPORT)
def file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One file: its rows with their findings before it comes in, how far it has come, how it ended."""
    batch = access.file_for(request.actor, public_id)
    context = _context(request, batch)
    if batch.is_waiting:
        context["form"] = _confirm_form(batch)
    response = render(request, "tracing/file.html", context)
    if is_asked_anew(request) and not batch.is_busy:
        response["HX-Refresh"] = "true"  # the open page shows how it ended
    return response


@require_POST
@staff_page(access.IMPORT)
def confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let the rows come in."""
    batch = access.file_for(request.actor, public_id)
    form = _confirm_form(batch, request.POST)
    gone = tried(
        request,
        form,
        lambda: services.confirm_file(
            actor=request.actor,
            at=clock.now(),
            batch=batch,
            consent_date=form.cleaned_data["consent_date"],
            purposes=form.cleaned_data["consent_purposes"],
            wanted=[int(line) for line in form.cleaned_data.get("wanted", [])],
        ),
        to=selectors.url_of(public_id),
        said=_("开始导入。"),
    )
    return gone or refused(request, "tracing/file.html", {**_context(request, batch), "form": form})


@require_POST
@staff_page(access.IMPORT)
def drop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Nothing of this file comes in."""
    batch = access.file_for(request.actor, public_id)
    return do(
        request,
        lambda: services.drop_file(actor=request.actor, at=clock.now(), batch=batch),
        to=selectors.url_of(public_id),
        said=_("已放弃，没有导入任何一行。"),
    )


@staff_page(access.IMPORT)
def unmended(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The rows that did not come in, as a table to mend, each with its reasons; journalled."""
    batch = access.file_for(request.actor, public_id)
    rows = list(selectors.unmended(batch))
    services.note_export(
        actor=request.actor, at=clock.now(), count=len(rows), summary="导出寻人文件里没有导入的行"
    )
    headings = [*selectors.headings(), _("原来的行"), _("哪里要改")]
    return register_xlsx(_("要改的行"), headings, rows)
