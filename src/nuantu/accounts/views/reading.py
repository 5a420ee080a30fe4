"""The matrix, who looked and why one can see."""

from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse

from nuantu.accounts import selectors
from nuantu.accounts.models import Organisation
from nuantu.core import clock, journal, subjects
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.core.subjects import Subject

# To open a paper, the words of a complaint or of a return is a look; to open a bed, zone or case is none.
LOOKS = r"\.(read|reveal|export)$|(paper|complaint|return)\.open$"


@staff_page("accounts.matrix.read")
def matrix(request: StaffRequest) -> HttpResponse:
    """The permission matrix, as the file has it."""
    return render(
        request,
        "accounts/matrix.html",
        {"matrix": selectors.matrix(), "table": selectors.matrix_table()},
    )


@staff_page("accounts.looks.read")
def looks(request: StaffRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Who looked at this: every journalled read and reveal, and every change, of one subject; of a human
    those of his record, cases and stays together."""
    subject = Subject(kind, public_id)
    subject_kind = subjects.kind_of(kind)
    if subject_kind is None or subject_kind.fetch is None:
        raise Http404
    subject_kind.fetch(request.actor, public_id)
    lines = journal.about_human(subject)
    only = request.GET.get("only", "looks")
    if only == "looks":
        lines = lines.filter(verb__regex=LOOKS)
    organisations = Organisation.objects.filter(code=OuterRef("actor_org")).values("name")[:1]
    context = {
        "lines": lines.annotate(org_name=Subquery(organisations))[:500],
        "label": subjects.label(subject),
        "url": subjects.url(subject),
        "only": only,
    }
    return render(request, "accounts/looks.html", context)


@staff_page("accounts.self.use")
def why(request: StaffRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Why can I see this: the reasons that open one row to the one who asks."""
    subject_kind = subjects.kind_of(kind)
    if subject_kind is None or subject_kind.fetch is None:
        raise Http404
    row = subject_kind.fetch(request.actor, public_id)
    subject = Subject(kind, public_id)
    context = {
        "label": subjects.label(subject),
        "url": subjects.url(subject),
        "reasons": selectors.reasons_to_see(request.actor, row, at=clock.now()),
        "holder": selectors.organisation_name(row.owner_org),
        "place": selectors.place_name(row.division_code),
    }
    return render(request, "accounts/why.html", context)
