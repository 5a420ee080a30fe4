"""Issuing a paper, issuing it again, signing, declaring it void."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.papers import access, services
from nuantu.papers.forms import IssueForm, LookForm, ReasonForm, ScanForm, SignForm
from nuantu.papers.models import Paper
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors import kinds, shown
from nuantu.papers.selectors.cases import CaseWords
from nuantu.papers.selectors.looks import are_facts_open_to, is_open_to
from nuantu.papers.views.reading import page_of
from nuantu.ui.outcomes import form_page, refuse, tried


def _sent(request: StaffRequest) -> QueryDict | None:
    """What was sent to be issued; a form that asks nothing is sent empty."""
    return request.POST if request.method == "POST" and not _looks(request) else None


def _looks(request: StaffRequest) -> bool:
    """Whether the purpose of a look was sent: then nothing is issued, whatever button was pressed."""
    sent = request.POST
    return "reveal" in sent or bool(sent.get("purpose", "").strip())


def _looked(request: StaffRequest, open_to: Callable[..., object]) -> LookForm:
    """Open what is hidden for the purpose that was sent; a refusal stands in the form."""
    if not _looks(request):
        return LookForm()
    look = LookForm(request.POST)
    if not request.actor.may(access.OPEN):
        raise Http404
    if look.is_valid():
        try:
            open_to(purpose=look.cleaned_data["purpose"])
        except Refusal as refusal:
            refuse(look, refusal)
    return look


def _issue_page(
    request: StaffRequest, form: IssueForm, case: CaseWords | None, **more: Any
) -> HttpResponse:
    """What the paper will say beside what is still asked; what is hidden only as being there."""
    if _looks(request):
        form.keep_typed(request.POST)
    context = {
        "form": form,
        "kind": form.kind,
        "word": kinds.word(form.kind),
        "case": case,
        "may_look": more["is_hidden"] and request.actor.may(access.OPEN),
        **more,
    }
    draw = refused if form.errors or more["look"].errors else render
    return draw(request, "papers/issue.html", context)


def _is_masked(case: CaseWords | None) -> bool:
    return case is None or case.is_masked


@staff_page(access.ISSUE)
def new(request: StaffRequest, kind_code: str, subject_id: UUID) -> HttpResponse:
    """What the paper will say, what is still asked, and the button that gives it its number."""
    actor, at = request.actor, clock.now()
    kind, feed = access.kind_to_issue(kind_code)
    subject = access.subject_to_issue(actor, feed, subject_id, at)
    fixed: dict[str, Any] = {"actor": actor, "at": at, "kind": kind, "subject": subject}
    look = _looked(request, partial(services.reveal_facts, **fixed))
    known, case = feed.gather(actor, subject, at), shown.case_words(subject.case_id, at)
    hidden = shown.hidden_fields(kind, known, is_masked=_is_masked(case))
    about = Subject(feed.subject_kind, subject_id)
    if hidden and are_facts_open_to(actor, kind.code, about, at):
        hidden = frozenset()
    form = IssueForm(kind, known, _sent(request), hidden=hidden)
    gone = tried(
        request,
        form,
        lambda: services.issue_paper(**fixed, values={**known, **form.typed()}),
        to=lambda made: page_of(made.public_id),
        said=_("已出具，可以打印或签名。"),
    )
    entries = shown.entries(kind, known, hidden=hidden)
    more: dict[str, Any] = {"look": look, "entries": entries, "is_hidden": bool(hidden)}
    return gone or _issue_page(request, form, case, case_id=subject.case_id, **more)


def _facts_of(
    request: StaffRequest, paper: Paper, *, is_masked: bool
) -> tuple[Values, Values, frozenset[str], frozenset[str]]:
    """The facts of now, what the paper says, what is masked beside the form and what in it.

    Whoever sees what it says has opened it; of a masked person only for a purpose that he gave.
    Where the reader gets at no facts, what the paper says stays.
    """
    actor, at = request.actor, clock.now()
    is_open = is_open_to(actor, paper, at)
    if not is_open and not is_masked:
        services.open_paper(actor=actor, at=at, paper=paper, purpose=services.ANEW)
    last, known = access.last_values(paper), access.facts_now(actor, paper, at)
    facts = last if known is None else known
    told = {code: value for code, value in facts.items() if value}
    is_masked = is_masked and not is_open
    kind = access.kind_named(paper.kind)
    hidden = shown.hidden_fields(kind, last | told, is_masked=is_masked)
    if is_masked:
        return facts, last, hidden, hidden
    return facts, last, frozenset() if is_open else hidden, frozenset()


@staff_page(access.ISSUE)
def reissue(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The same paper with the facts of now, under its number."""
    actor, at = request.actor, clock.now()
    paper = access.paper_to_change(actor, public_id, at)
    kind, case = access.kind_named(paper.kind), shown.case_words(paper.case_id, at)
    fixed: dict[str, Any] = {"actor": actor, "at": at, "paper": paper}
    look = _looked(request, partial(services.open_paper, **fixed))
    known, last, hidden, asked = _facts_of(request, paper, is_masked=_is_masked(case))
    form = IssueForm(kind, known, _sent(request), hidden=asked, last=last)
    gone = tried(
        request,
        form,
        lambda: services.reissue_paper(
            **fixed, values={**known, **form.typed()}, reason=form.cleaned_data["reason"]
        ),
        to=page_of(public_id),
        said=_("已重新出具，旧的一版已保留。"),
    )
    entries = shown.entries(kind, known, hidden=hidden)
    more: dict[str, Any] = {"look": look, "entries": entries, "is_hidden": bool(asked)}
    return gone or _issue_page(request, form, case, case_id=paper.case_id, paper=paper, **more)


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
    places = access.kind_named(paper.kind).signatures
    sent = (request.POST or None, request.FILES or None)
    form = ScanForm(*sent, latest=paper.version, places=places)
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
        "lead": f"{kinds.word(kinds.kinds()[paper.kind])} {paper.number}",
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
