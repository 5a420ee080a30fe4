"""Templates: which one holds, what it may name, uploading another, taking it out of force."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.papers import access, services
from nuantu.papers.forms import DOCX, TemplateForm
from nuantu.papers.rules.kinds import STANDARD
from nuantu.papers.selectors import kinds, printed
from nuantu.papers.selectors import templates as reads
from nuantu.ui import toasts
from nuantu.ui.outcomes import do, form_page, tried


@staff_page(access.MANAGE)
def templates(request: StaffRequest) -> HttpResponse:
    """Every kind of paper with the template that holds for the reader's office."""
    rows = reads.kind_rows(request.actor, clock.today())
    return render(request, "papers/templates.html", {"rows": rows})


@staff_page(access.MANAGE)
def template(request: StaffRequest, kind_code: str) -> HttpResponse:
    """One kind: its fields, its templates so far, and the form that uploads another."""
    kind = access.kind_named(kind_code)
    form = TemplateForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.upload_template(
            actor=request.actor, at=clock.now(), kind=kind, **form.upload()
        ),
        to=reverse("papers:template", args=[kind.code]),
        said=_("模板已通过检查并保存。"),
    )
    context = {
        "form": form,
        "kind": kind,
        "word": kinds.word(kind),
        "fields": [(kinds.word(one), one) for one in (*kind.fields, *STANDARD)],
        "rows": reads.versions_of(kind.code),
        "held": reads.held_by(request.actor, kind.code, clock.today()),
        "own_org": request.actor.org_code,
        "today": clock.today(),
    }
    return gone or form_page(request, "papers/template.html", context)


@staff_page(access.MANAGE)
def builtin(request: StaffRequest, kind_code: str) -> HttpResponse:
    """The program's own Word file, to begin from."""
    kind = access.kind_named(kind_code)
    content = kinds.builtin_template(kind.code)
    if content is None:
        raise Http404
    return _download(content, f"{kind.zh}.docx")


@staff_page(access.MANAGE)
def sample(request: StaffRequest, kind_code: str) -> HttpResponse:
    """The template in force as PDF, each field filled with its own name."""
    kind = access.kind_named(kind_code)
    actor, at = request.actor, clock.now()
    try:
        found = services.template_in_force(kind=kind, org_code=actor.org_code, at=at)
        content = printed.sample(bytes(found.content), kind, office=actor.org_name)
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
        return HttpResponseRedirect(reverse("papers:template", args=[kind.code]))
    return HttpResponse(content, content_type="application/pdf")


@staff_page(access.MANAGE)
def word(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The Word file of one template."""
    found = access.template_for(request.actor, public_id)
    return _download(bytes(found.content), found.name)


@staff_page(access.MANAGE)
def withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """An uploaded template no more."""
    found = access.own_template_for(request.actor, public_id)
    return do(
        request,
        lambda: services.withdraw_template(actor=request.actor, at=clock.now(), template=found),
        to=reverse("papers:template", args=[found.kind]),
        said=_("已停用，用它出具过的文书不变。"),
    )


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
