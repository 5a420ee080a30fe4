"""A patient moves from one hospital to another: wanted, called off, done."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.stays import access
from nuantu.stays.forms.health import moving as forms
from nuantu.stays.forms.health.hospital import WordsForm
from nuantu.stays.selectors.health import choices
from nuantu.stays.selectors.health.measured import signs_of
from nuantu.stays.services import health
from nuantu.stays.views.health.caring import care_page_of, care_url
from nuantu.stays.views.health.steps import step


@staff_page(access.HEAL)
def begin_move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Why he is moved, and which hospital is asked first."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = forms.MoveForm(request.POST or None, hospitals=choices.others(row, signs_of(row)))
    return step(
        request,
        form,
        lambda: health.begin_move(
            actor=request.actor,
            at=clock.now(),
            care=row,
            reason=form.cleaned_data["reason"],
            hospital=form.chosen(),
        ),
        to=care_url(row),
        said=_("转院已登记，等医院答复"),
        page=care_page_of(row, _("转院"), lead=choices.here_words(row)),
    )


@staff_page(access.HEAL)
def drop_move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """He stays where he is."""
    row = access.care_for(request.actor, public_id, access.HEAL)
    form = WordsForm(request.POST or None)
    return step(
        request,
        form,
        lambda: health.drop_move(
            actor=request.actor, at=clock.now(), care=row, **form.cleaned_data
        ),
        to=care_url(row),
        said=_("已登记，留在原来的医院"),
        page=care_page_of(row, _("不转院了"), lead=choices.here_words(row)),
    )


@staff_page(access.HEAL)
def move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """He has arrived: when he left, when he came, who went along."""
    row, at = access.care_for(request.actor, public_id, access.HEAL), clock.now()
    form = forms.MovedForm(request.POST or None, initial=forms.MovedForm.proposed(at))
    return step(
        request,
        form,
        lambda: health.move(actor=request.actor, at=at, care=row, moved=form.moved()),
        to=care_url(row),
        said=_("转院已登记，治疗在新医院继续"),
        page=care_page_of(row, _("已转到医院"), lead=choices.here_words(row)),
    )
