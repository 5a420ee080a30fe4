"""Plan documents: hand one in, see it read, correct the draft beside it, put it in force."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.operations import access, selectors, services
from nuantu.operations.forms import AdoptForm, DocumentForm, DraftForm, EntryForm
from nuantu.operations.models import PlanDocument
from nuantu.planbook import files
from nuantu.planbook.checks import check
from nuantu.planbook.findings import Finding
from nuantu.ui import toasts
from nuantu.ui.outcomes import do

MOST = 200
MOST_TOLD = 30
PAGE, DRAFT, PROGRESS = (
    "operations/document.html",
    "operations/_draft.html",
    "operations/_reading_progress.html",
)


@staff_page("operations.plan.start")
def documents(request: StaffRequest) -> HttpResponse:
    """The documents of the reader's organisation, and a form to hand one in."""
    form = DocumentForm(
        request.POST or None, request.FILES or None, initial={"year": clock.today().year}
    )
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        found = services.take_document(
            actor=request.actor,
            at=clock.now(),
            name=upload.name,
            content=upload.read(),
            year=form.cleaned_data["year"],
        )
        return HttpResponseRedirect(_url(found))
    context = {"form": form, "rows": selectors.documents_of(request.actor.org_code)[:MOST]}
    if request.method == "POST":
        return refused(request, "operations/documents.html", context)
    return render(request, "operations/documents.html", context)


@staff_page("operations.plan.start")
def document(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The document on the left, the draft on the right."""
    found = access.document_for(request.actor, public_id)
    return render(request, PAGE, _page(found, request.GET.get("section", "")))


@staff_page("operations.plan.start")
def progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far reading has come; sends the page on when it has ended."""
    found = access.document_for(request.actor, public_id)
    if found.is_busy:
        abandoned = found.is_abandoned(clock.now())
        return render(request, PROGRESS, {"document": found, "is_abandoned": abandoned})
    if not request.htmx:
        return HttpResponseRedirect(_url(found))
    response = HttpResponse(status=204)
    response["HX-Redirect"] = _url(found)
    return response


@staff_page("operations.plan.start")
def entry(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct, accept or drop one value; the draft is checked again at once."""
    found = access.document_for(request.actor, public_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = EntryForm(request.POST)
    problem = "" if form.is_valid() else _("没有这样的一项。")
    try:
        if form.is_valid():
            found = _carried_out(request, found, form)
    except Refusal as error:
        problem = str(error)
    if not request.htmx:
        if problem:
            toasts.say(request, problem, is_error=True)
        return HttpResponseRedirect(
            f"{_url(found)}{_section(request.GET.get('section', ''))}#draft"
        )
    status = 422 if problem else 200
    page = _page(found, request.GET.get("section", ""))
    return render(request, DRAFT, page | {"problem": problem}, status=status)


def _carried_out(request: StaffRequest, found: PlanDocument, form: EntryForm) -> PlanDocument:
    path, act, seen = (form.cleaned_data[name] for name in ("path", "act", "seen"))
    if act in ("accept", "doubt"):
        return services.accept_entry(
            actor=request.actor,
            at=clock.now(),
            document=found,
            path=path,
            seen=seen,
            is_accepted=act == "accept",
        )
    return services.correct_entry(
        actor=request.actor,
        at=clock.now(),
        document=found,
        path=path,
        seen=seen,
        value=form.cleaned_data["value"],
        drops_entry=act == "drop",
    )


@staff_page("operations.plan.start")
def draft(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The whole draft as text."""
    found = access.document_for(request.actor, public_id)
    if request.method != "POST":
        return HttpResponseRedirect(f"{_url(found)}#draft-text")
    form = DraftForm(request.POST)
    if form.is_valid():
        try:
            services.write_draft(
                actor=request.actor, at=clock.now(), document=found, **form.cleaned_data
            )
        except Refusal as error:
            form.add_error("text", str(error))
        else:
            toasts.say(request, _("草案已保存"))
            return HttpResponseRedirect(f"{_url(found)}#draft")
    return refused(request, PAGE, _page(found) | {"draft_form": form})


@staff_page("operations.plan.start")
def draft_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The draft as a plan file."""
    found = access.document_for(request.actor, public_id)
    response = HttpResponse(found.draft, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="draft.yaml"'
    return response


@staff_page("operations.plan.start")
def part(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Read another of several plans of the same document, as a document of its own."""
    found = access.document_for(request.actor, public_id)
    number = request.POST.get("part", "")
    known = {str(row["number"]) for row in found.reading.get("parts") or ()}
    if request.method != "POST" or number not in known:
        return HttpResponseRedirect(_url(found))
    taken = services.take_document(
        actor=request.actor,
        at=clock.now(),
        name=found.name,
        content=bytes(found.content),
        year=found.year,
        part=int(number),
    )
    return HttpResponseRedirect(_url(taken))


@staff_page("operations.plan.start")
def again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Read once more what could not be read, or what nobody reads any more."""
    found = access.document_for(request.actor, public_id)
    return do(
        request,
        lambda: services.read_again(actor=request.actor, at=clock.now(), document=found),
        to=_url(found),
        said=_("正在重读"),
    )


@staff_page("operations.plan.start")
def drop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Throw a document away."""
    found = access.document_for(request.actor, public_id)
    return do(
        request,
        lambda: services.drop_document(actor=request.actor, at=clock.now(), document=found),
        to=reverse("operations:documents"),
        said=_("文件和草案已丢弃"),
    )


@staff_page("operations.plan.start")
def adopt(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put the draft in force for the reader's own organisation."""
    found = access.document_for(request.actor, public_id)
    form = AdoptForm(request.POST)
    if request.method != "POST":
        return HttpResponseRedirect(_url(found))
    if form.is_valid():
        try:
            operation = services.adopt_draft(
                actor=request.actor, at=clock.now(), document=found, **form.cleaned_data
            )
        except Refusal as error:
            form.add_error(None, str(error))
        else:
            toasts.say(request, _("方案已启动"))
            return HttpResponseRedirect(reverse("operations:operation", args=[operation.public_id]))
    return refused(request, PAGE, _page(found) | {"adopt_form": form})


def _url(found: PlanDocument) -> str:
    return reverse("operations:document", args=[found.public_id])


def _section(asked: str) -> str:
    """The section a person works on, as the end of an address."""
    return f"?section={asked}" if asked.isascii() and asked.isdigit() else ""


def _page(found: PlanDocument, section: str = "") -> dict[str, object]:
    findings = _findings(found.draft)
    return {
        "document": found,
        "is_abandoned": found.is_abandoned(clock.now()),
        "shown": selectors.reading_page(found, services.drafted(found), findings, section),
        "most_told": MOST_TOLD,
        "query": _section(section),
        "has_errors": any(finding.level == "error" for finding in findings),
        "draft_form": DraftForm(initial={"text": found.draft, "from_version": found.draft_version}),
        "adopt_form": AdoptForm(initial={"year": found.year}),
    }


def _findings(text: str) -> tuple[Finding, ...]:
    if not text.strip():
        return ()
    reading = files.read(text)
    return reading.findings or (check(reading.plan) if reading.plan else ())
