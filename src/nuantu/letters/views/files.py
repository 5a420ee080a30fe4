"""Letters as files: saved for somebody without this installation, and read in."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.letters import access, services
from nuantu.letters.forms.files import ReadFileForm, SaveFileForm
from nuantu.letters.models import Answer, Event
from nuantu.letters.rules.envelope import ANSWER
from nuantu.letters.selectors.files import own_fingerprint
from nuantu.letters.selectors.letters import url_of
from nuantu.ui import toasts
from nuantu.ui.outcomes import do, form_page, refuse

SAVE, READ, SHOW = (f"letters/{name}.html" for name in ("save_file", "read_in", "count_answer"))


def _handed(saved: services.Saved, kind: str) -> HttpResponse:
    answer = HttpResponse(saved.content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, saved.name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


@staff_page(access.WRITE)
def save_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A letter as one page that opens anywhere for whoever knows the passphrase; journalled."""
    actor, found = request.actor, access.sent_letter(request.actor, public_id)
    form = SaveFileForm(request.POST or None)
    if form.is_valid():
        try:
            saved = services.save_file(
                actor=actor, at=clock.now(), letter=found, **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _handed(saved, "text/html; charset=utf-8")
    context = {"form": form, "letter": found, "fingerprint": own_fingerprint(actor.org_code)}
    return form_page(request, SAVE, context)


@require_POST
@staff_page(access.WRITE)
def save_answer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Our answer to a letter that came as a file, as a file for its sender."""
    found = access.received_letter(request.actor, public_id)
    try:
        saved = services.save_answer(actor=request.actor, at=clock.now(), letter=found)
    except Refusal as refusal:
        toasts.say(request, str(refusal), is_error=True)
        return HttpResponseRedirect(url_of(public_id))
    return _handed(saved, "application/json")


@staff_page(access.WRITE)
def read_in(request: StaffRequest) -> HttpResponse:
    """A letter of another installation, or the answer to a letter of ours, which is shown before it counts."""
    form = ReadFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _read(request, form)
        except Refusal as refusal:
            refuse(form, refusal)
    fingerprint = own_fingerprint(request.actor.org_code)
    return form_page(request, READ, {"form": form, "fingerprint": fingerprint})


def _read(request: StaffRequest, form: ReadFileForm) -> HttpResponse:
    actor, at, data = request.actor, clock.now(), form.cleaned_data
    services.count_reading(actor=actor)
    found = services.read_file(form.content())
    if found.kind == ANSWER:
        answer = services.read_answer(actor=actor, at=at, found=found)
        context = {
            "letter": answer.letter,
            "said": answer.said,
            "answer": _said(answer.said),
            "token": services.carried(actor=actor, answer=answer),
        }
        return render(request, SHOW, context)
    letter = services.read_letter(
        actor=actor, at=at, found=found, passphrase=data["passphrase"], heard=data["heard"]
    )
    toasts.say(request, _("已读入，到期前答复。"))
    return HttpResponseRedirect(url_of(letter.public_id))


def _said(said: services.Said) -> str | Promise:
    if said.answer in Answer:
        return Answer(said.answer).label
    return Event.ASKED_BACK.label if said.answer else ""


@require_POST
@staff_page(access.WRITE)
def count_answer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The answer of a file counts once somebody has looked at it."""
    found, token = access.sent_letter(request.actor, public_id), request.POST.get("token", "")
    return do(
        request,
        lambda: services.count_answer(
            actor=request.actor, at=clock.now(), letter=found, token=token
        ),
        to=url_of(public_id),
        said=_("已登记对方的话。"),
    )
