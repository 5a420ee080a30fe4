"""The register, the papers of a case, one paper, and its content as Word, PDF and picture."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.papers import access, services
from nuantu.papers.forms import DOCX, FilterForm, OpenForm
from nuantu.papers.models import PaperVersion
from nuantu.papers.selectors import kinds, printed, registers, shown
from nuantu.ui import toasts
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

PER_PAGE = 50


def page_of(public_id: UUID) -> str:
    """The address of a paper."""
    return reverse("papers:paper", args=[public_id])


def _filters(request: StaffRequest) -> tuple[FilterForm, registers.Filters]:
    form = FilterForm(request.GET)
    form.is_valid()
    return form, registers.Filters.of(getattr(form, "cleaned_data", {}))


@staff_page(access.READ)
def register(request: StaffRequest) -> HttpResponse:
    """Papers, newest first, found by number, name, kind and day."""
    form, filters = _filters(request)
    found = registers.register(request.actor, filters)
    page = LongList(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": registers.rows_of(list(page.object_list), clock.now()),
        "count": page.paginator.count,
        "export_url": reverse("papers:export") if request.actor.may(access.EXPORT) else "",
    }
    return render(request, "papers/list.html", context, fragment="papers/_list.html")


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The register as Excel; what stands in the papers does not leave with it."""
    _form, filters = _filters(request)
    found, at = registers.register(request.actor, filters), clock.now()
    services.note_export(actor=request.actor, at=at)
    title = _("文书登记簿")
    rows = registers.export_rows(found, at)
    return register_xlsx(
        title, registers.headings(), rows, preamble=[title, request.actor.org_name]
    )


@staff_page(access.READ)
def of_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The papers of a case, and which can be issued now."""
    at = clock.now()
    case = access.case_for(request.actor, case_id, at)
    context = {
        "case": case,
        "rows": shown.papers_of(case_id, at),
        "offers": shown.offers_of(request.actor, case_id)
        if request.actor.may(access.ISSUE)
        else [],
    }
    return render(request, "papers/case.html", context)


@staff_page(access.READ)
def paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One paper: its versions, who signed, and its content once a purpose was given."""
    found, at = access.paper_for(request.actor, public_id), clock.now()
    may_change = access.may_change(request.actor, found)
    fresh = access.facts_now(request.actor, found, at) if may_change else None
    context = {
        "page": shown.paper_page(request.actor, found, at, fresh=fresh),
        "may_open": access.may_open(request.actor, found, at),
        "may_change": may_change,
        "may_void": access.may_change(request.actor, found, access.VOID),
        "form": OpenForm(),
    }
    return render(request, "papers/paper.html", context)


@staff_page(access.OPEN)
def open_content(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say what for, and read."""
    found = access.paper_to_open(request.actor, public_id, clock.now())
    form = OpenForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.open_paper(
            actor=request.actor, at=clock.now(), paper=found, **form.cleaned_data
        ),
        to=page_of(public_id),
    )
    context = {
        "form": form,
        "page_title": f"{kinds.kind_word(found.kind)} {found.number}",
        "submit_label": _("记录目的并查看"),
        "back_url": page_of(public_id),
    }
    return gone or form_page(request, "ui/form.html", context)


def _office(version: PaperVersion) -> str:
    return registers.office_name(version.issued_org)


def _file(content: bytes, kind: str, name: str, *, is_download: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(is_download, name) or "inline"
    return response


@staff_page(access.OPEN)
def preview(request: StaffRequest, public_id: UUID, version: int) -> HttpResponse:
    """The pages as one picture, for every screen."""
    found = access.opened_version(request.actor, public_id, version, clock.now())
    try:
        content = printed.picture(found, office=_office(found))
    except Refusal as refusal:
        raise Http404 from refusal
    return HttpResponse(content, content_type="image/png")


@staff_page(access.OPEN)
def pdf(request: StaffRequest, public_id: UUID, version: int) -> HttpResponse:
    """The paper to print, every copy of it."""
    found = access.opened_version(request.actor, public_id, version, clock.now())
    try:
        content = printed.pdf(found, office=_office(found))
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
        return HttpResponseRedirect(page_of(public_id))
    return _file(content, "application/pdf", f"{found.paper.number}.pdf", is_download=False)


@staff_page(access.OPEN)
def word(request: StaffRequest, public_id: UUID, version: int) -> HttpResponse:
    """The paper as a Word file."""
    found = access.opened_version(request.actor, public_id, version, clock.now())
    try:
        content = printed.word_file(found, office=_office(found))
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
        return HttpResponseRedirect(page_of(public_id))
    return _file(content, DOCX, f"{found.paper.number}.docx", is_download=True)


@staff_page(access.OPEN)
def scan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A signature, or the signed sheet as it was photographed."""
    return photo_page(access.signature_for(request.actor, public_id, clock.now()).file)
