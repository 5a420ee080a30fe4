"""Issuing a paper, issuing it again, signing, declaring it void."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.papers import access, services
from nuantu.papers.forms import IssueForm, ReasonForm, ScanForm, SignForm
from nuantu.papers.models import Paper
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors import kinds, shown
from nuantu.papers.selectors.looks import is_open_to
from nuantu.papers.views.reading import page_of
from nuantu.ui.outcomes import form_page, tried


def _sent(request: StaffRequest) -> QueryDict | None:
    """What was sent; a form that asks nothing is sent empty."""
    return request.POST if request.method == "POST" else None


def _issue_page(
    request: StaffRequest,
    form: IssueForm,
    known: Values,
    case_id: UUID | None,
    **more: object,
) -> HttpResponse:
    """What the paper will say beside what is still asked; of a masked person only that it is there."""
    case = shown.case_words(case_id, clock.now())
    context = {
        "form": form,
        "kind": form.kind,
        "word": kinds.word(form.kind),
        "case": case,
        "case_id": case_id,
        "entries": shown.entries(form.kind, known, is_masked=case is None or case.is_masked),
        **more,
    }
    return form_page(request, "papers/issue.html", context)


@staff_page(access.ISSUE)
def new(request: StaffRequest, kind_code: str, subject_id: UUID) -> HttpResponse:
    """What the paper will say, what is still asked, and the button that gives it its number."""
    actor, at = request.actor, clock.now()
    kind, feed = access.kind_to_issue(kind_code)
    subject = access.subject_to_issue(actor, feed, subject_id, at)
    known = feed.gather(actor, subject, at)
    form = IssueForm(kind, known, _sent(request))
    gone = tried(
        request,
        form,
        lambda: services.issue_paper(
            actor=actor, at=at, kind=kind, subject=subject, values={**known, **form.typed()}
        ),
        to=lambda made: page_of(made.public_id),
        said=_("已出具，可以打印或签名。"),
    )
    return gone or _issue_page(request, form, known, subject.case_id)


def _facts_of(request: StaffRequest, paper: Paper) -> tuple[Values, Values]:
    """The facts of now, and what the paper says; whoever sees that has opened it.

    Where the reader gets at no facts, what the paper says stays.
    """
    actor, at = request.actor, clock.now()
    if not is_open_to(actor, paper, at):
        services.open_paper(actor=actor, at=at, paper=paper, purpose=services.ANEW)
    last, known = access.last_values(paper), access.facts_now(actor, paper, at)
    return (last if known is None else known), last


@staff_page(access.ISSUE)
def reissue(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The same paper with the facts of now, under its number."""
    actor, at = request.actor, clock.now()
    paper = access.paper_to_change(actor, public_id, at)
    kind = access.kind_named(paper.kind)
    known, last = _facts_of(request, paper)
    told = {code: value for code, value in known.items() if value}
    form = IssueForm(kind, last | told, _sent(request), is_anew=True)
    gone = tried(
        request,
        form,
        lambda: services.reissue_paper(
            actor=actor,
            at=at,
            paper=paper,
            values={**known, **form.typed()},
            reason=form.cleaned_data["reason"],
        ),
        to=page_of(public_id),
        said=_("已重新出具，旧的一版已保留。"),
    )
    return gone or _issue_page(request, form, known, paper.case_id, paper=paper)


@staff_page(access.ISSUE)
def sign(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A signature drawn in the box."""
    paper = access.paper_to_change(request.actor, public_id, clock.now())
    places = shown.places_to_sign(paper)
    form = SignForm(request.POST or None, places=places, version=paper.version)
    gone = tried(
        request,
        form,
        lambda: services.sign_on_screen(
            actor=request.actor, at=clock.now(), paper=paper, **form.cleaned_data
        ),
        to=page_of(public_id),
        said=_("签名已放进文书。"),
    )
    word = kinds.kind_word(paper.kind)
    context = {"form": form, "paper": paper, "word": word, "places": places}
    return gone or form_page(request, "papers/sign.html", context)


@staff_page(access.ISSUE)
def scan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The sheet that was signed on paper."""
    paper = access.paper_to_change(request.actor, public_id, clock.now())
    form = ScanForm(request.POST or None, request.FILES or None, latest=paper.version)
    gone = tried(
        request,
        form,
        lambda: services.sign_on_paper(
            actor=request.actor, at=clock.now(), paper=paper, **form.cleaned_data
        ),
        to=page_of(public_id),
        said=_("扫描件已保存。"),
    )
    context = {
        "form": form,
        "page_title": _("上传签好的纸质文书"),
        "submit_label": _("上传"),
        "back_url": page_of(public_id),
    }
    return gone or form_page(request, "ui/form.html", context)


@staff_page(access.VOID)
def void(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The paper counts no more."""
    paper = access.paper_to_change(request.actor, public_id, clock.now(), access.VOID)
    form = ReasonForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.void_paper(
            actor=request.actor, at=clock.now(), paper=paper, **form.cleaned_data
        ),
        to=page_of(public_id),
        said=_("已作废。"),
    )
    context = {
        "form": form,
        "page_title": _("作废文书 %(number)s") % {"number": paper.number},
        "submit_label": _("作废"),
        "back_url": page_of(public_id),
    }
    return gone or form_page(request, "ui/form.html", context)
