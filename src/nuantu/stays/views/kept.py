"""Things that are handed in and questions that others are asked: each a form of its own that keeps
what was entered when it is refused."""

from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.stays import access, services
from nuantu.stays.forms import AnswerForm, AskForm, BelongingForm, EndForm
from nuantu.stays.models import Reception
from nuantu.stays.views.door import page_of
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.photos import photo_page


def _form(request: StaffRequest, form: BaseForm, row: Reception, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "called": str(row.person),
        "back_url": page_of(row),
    }
    return form_page(request, "stays/kept.html", context)


@staff_page(access.RECEIVE)
def take_thing(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """List one thing that is handed in, with a photo where it is worth one."""
    row = access.own_reception_for(request.actor, public_id)
    form = BelongingForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.take_belonging(
            actor=request.actor, at=clock.now(), reception=row, **form.values()
        ),
        to=page_of(row),
        said=_("已登记"),
    )
    return gone or _form(request, form, row, _("寄存一件"))


@staff_page(access.RECEIVE)
def end_thing(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give one thing back, or say where it went."""
    thing = access.belonging_for(request.actor, public_id)
    form = EndForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.end_belonging(
            actor=request.actor, at=clock.now(), belonging=thing, **form.cleaned_data
        ),
        to=page_of(thing.reception),
        said=_("已登记"),
    )
    return gone or _form(request, form, thing.reception, f"{_('归还或移交')} · {thing.item}")


@staff_page(access.RECEIVE)
def ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask police or another body."""
    row = access.own_reception_for(request.actor, public_id)
    form = AskForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.ask(
            actor=request.actor, at=clock.now(), reception=row, **form.cleaned_data
        ),
        to=page_of(row),
        said=_("已登记"),
    )
    return gone or _form(request, form, row, _("提出核查"))


@staff_page(access.RECEIVE)
def answer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put an answer down."""
    inquiry = access.inquiry_for(request.actor, public_id)
    form = AnswerForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.put_answer(
            actor=request.actor, at=clock.now(), inquiry=inquiry, **form.cleaned_data
        ),
        to=page_of(inquiry.reception),
        said=_("已登记"),
    )
    title = f"{_('登记答复')} · {inquiry.get_kind_display()}"
    return gone or _form(request, form, inquiry.reception, title)


@staff_page(access.READ)
def thing_photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The photo of a thing, without EXIF."""
    return photo_page(access.thing_photo_for(request.actor, public_id, clock.now()))
