"""Letters: both boxes in one list, one letter, and what is done about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock, subjects
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.core.subjects import Subject
from nuantu.letters import access, services
from nuantu.letters.forms import letters as forms
from nuantu.letters.models import TAKING, Direction, Letter
from nuantu.letters.selectors import letters as selectors
from nuantu.persons.forms import RevealForm
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList

ROWS: Final = 50
FORM: Final = "letters/form.html"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that one side does about a letter: its form, its service, its words."""

    form: type[forms.WordsForm]
    act: Callable[..., object]
    side: str
    title: str | Promise


DEEDS: Final[Mapping[str, Deed]] = {
    "answer": Deed(forms.AnswerForm, services.answer, Direction.IN, gettext_lazy("答复来函")),
    "ask-back": Deed(forms.WordsForm, services.ask_back, Direction.IN, gettext_lazy("反问对方")),
    "waits": Deed(forms.WaitsForm, services.tell, Direction.IN, gettext_lazy("告知接站地点")),
    "arrived": Deed(forms.ArrivedForm, services.tell, Direction.IN, gettext_lazy("确认到达")),
    "remind": Deed(forms.RemindForm, services.remind, Direction.OUT, gettext_lazy("催办")),
    "reply": Deed(forms.WordsForm, services.reply, Direction.OUT, gettext_lazy("回复对方反问")),
    "withdraw": Deed(forms.WordsForm, services.withdraw, Direction.OUT, gettext_lazy("撤回函")),
    "put-answer": Deed(
        forms.PutAnswerForm, services.put_answer, Direction.OUT, gettext_lazy("登记对方答复")
    ),
}


def _filters(request: StaffRequest) -> tuple[forms.LetterFilterForm, selectors.Filters]:
    form = forms.LetterFilterForm(request.GET)
    box = form.said("box")
    return form, selectors.Filters(
        box if box in Direction.values else Direction.IN,
        form.said("q"),
        form.said("state"),
        form.said("kind"),
    )


@staff_page(access.READ)
def letters(request: StaffRequest) -> HttpResponse:
    """What was received or sent, as far as the reader may see; what waits is first."""
    at, actor = clock.now(), request.actor
    form, filters = _filters(request)
    page = LongList(selectors.letters(filters, at), ROWS).get_page(request.GET.get("page"))
    counts, url = selectors.open_counts(actor), reverse("letters:letters")
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(page.object_list, at),
        "box": filters.box,
        "tabs": [(key, said, f"{url}?box={key}", counts[key]) for key, said in forms.boxes()],
        "is_narrowed": bool(filters.words or filters.state or filters.kind),
        "may_write": actor.may(access.WRITE),
        "export_url": reverse("letters:export") if actor.may(access.EXPORT) else "",
    }
    return render(request, "letters/letters.html", context)


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel, without words and facts; journalled."""
    at, (_form, filters) = clock.now(), _filters(request)
    rows = list(selectors.letters(filters, at)[:MOST_FETCHED])
    services.note_export(actor=request.actor, at=at, count=len(rows))
    return register_xlsx(_("函"), selectors.headings(), selectors.sheet(rows))


@staff_page(access.WRITE)
def new(request: StaffRequest) -> HttpResponse:
    """Write to another organisation about nobody's case."""
    form = forms.LetterForm(request.POST or None, actor=request.actor)
    gone = tried(
        request,
        form,
        lambda: services.ask(actor=request.actor, at=clock.now(), **form.values()),
        to=lambda made: selectors.url_of(made.public_id),
        said=_("已发函，有编号。"),
    )
    context = {"form": form, "title": _("写函"), "back_url": reverse("letters:letters")}
    return gone or form_page(request, FORM, context)


@staff_page(access.READ)
def letter(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A letter with its clock and everything that came of it; the words only once opened for a purpose."""
    actor, at = request.actor, clock.now()
    found = access.letter_for(actor, public_id)
    about = ""
    if found.subject_id is not None:
        about = subjects.way(Subject(found.subject_kind, found.subject_id), actor) or ""
    page = selectors.page_of(found, actor, at, about)
    context = {
        "letter": found,
        "page": page,
        "may_write": found.owner_org == actor.org_code and actor.may(access.WRITE),
        "may_open": actor.may(access.WRITE),
        "is_taking": found.kind in TAKING,
    }
    return render(request, "letters/letter.html", context)


@staff_page(access.WRITE)
def open_content(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Words and facts for a purpose; journalled, open for ten minutes; the sender sees that it was read."""
    found, form = (
        access.letter_to_change(request.actor, public_id),
        RevealForm(request.POST or None),
    )
    gone = tried(
        request,
        form,
        lambda: services.open_letter(
            actor=request.actor, at=clock.now(), letter=found, **form.cleaned_data
        ),
        to=selectors.url_of(public_id),
    )
    return gone or _page(request, found, form, _("写明目的查看"))


@staff_page(access.WRITE)
def deed(request: StaffRequest, public_id: UUID, deed: str) -> HttpResponse:
    """Do one thing about a letter."""
    wanted, at = DEEDS.get(deed), clock.now()
    if wanted is None:
        raise Http404
    found = access.letter_to_change(request.actor, public_id, wanted.side)
    form = wanted.form(request.POST or None, letter=found)
    gone = tried(
        request,
        form,
        lambda: wanted.act(actor=request.actor, at=at, letter=found, **form.values()),
        to=selectors.url_of(public_id),
        said=_("已保存。"),
    )
    return gone or _page(request, found, form, wanted.title)


@staff_page(access.WRITE)
def carry(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Carry a letter that nobody answers to whoever may press for it."""
    found = access.sent_letter(request.actor, public_id)
    form = forms.CarryForm(request.POST or None, actor=request.actor)
    gone = tried(
        request,
        form,
        lambda: services.carry(actor=request.actor, at=clock.now(), letter=found, **form.values()),
        to=lambda made: selectors.url_of(made.public_id),
        said=_("已发函，有编号。"),
    )
    return gone or _page(request, found, form, _("上报协调"))


def _page(
    request: StaffRequest, found: Letter, form: BaseForm, title: str | Promise
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back_url": selectors.url_of(found.public_id),
        "crumb": _("函 %(number)s") % {"number": found.number},
    }
    return form_page(request, FORM, context)
