"""The medic's pages: doses of today, the medical side of a resident."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.medicine import HealthForm, MedicineForm
from nuantu.stays.models import Dose, Stay
from nuantu.stays.selectors.care import medicine as reads
from nuantu.stays.services import care as services
from nuantu.ui.outcomes import do, form_page, tried

LATER = "later"


@staff_page(access.MEDICINE)
def medicine(request: StaffRequest) -> HttpResponse:
    """The doses of today; a press opens what they are, and that is put down."""
    actor, at = request.actor, clock.now()
    is_open = request.method == "POST"
    lines = reads.doses_today(actor.org_code, at, with_words=is_open)
    if is_open:
        services.read_health(
            actor=actor,
            at=at,
            stays={x.medication.stay_id: x.medication.stay for x in lines}.values(),
        )
    context = {
        "lines": lines,
        "is_open": is_open,
        "choices": Dose.Outcome.choices,
        "later": LATER,
        "to_see": reads.to_see(actor.org_code, at),
        "tab": "medicine",
    }
    return render(request, "stays/care/medicine.html", context)


@staff_page(access.MEDICINE)
def dose(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How a dose went, or that it was taken after all."""
    row = access.medication_for(request.actor, public_id)
    at, outcome = clock.now(), request.POST.get("outcome", "")
    due_at = _moment(request.POST.get("due_at", ""), at)
    act = (
        services.take_after_all
        if outcome == LATER
        else partial(services.give_dose, outcome=outcome)
    )
    return do(
        request,
        lambda: act(actor=request.actor, at=at, row=row, due_at=due_at),
        to=reverse("stays:medicine"),
        said=_("已登记"),
    )


@staff_page(access.MEDICINE)
def dose_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A dose was put down wrongly."""
    row = access.dose_for(request.actor, public_id)
    mistake = request.POST.get("mistake", "")
    return do(
        request,
        lambda: services.take_dose_back(
            actor=request.actor, at=clock.now(), dose=row, mistake=mistake
        ),
        to=_page(row.medication.stay),
        said=_("已更正，这一次可以重新登记"),
    )


def _moment(text: str, at: datetime) -> datetime:
    """The moment in a form; one that cannot be read is no dose of anybody."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return at
    return found if found is not None and found.tzinfo else at


@staff_page(access.MEDICINE)
def medical(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The medical side of a resident: medicine, vital signs, talks."""
    stay = access.health_of(request.actor, public_id)
    form = MedicineForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.prescribe(
            actor=request.actor, at=clock.now(), stay=stay, **form.cleaned_data
        ),
        to=_page(stay),
        said=_("用药已登记"),
    )
    return gone or _medical_page(request, stay, form, HealthForm())


@staff_page(access.MEDICINE)
def medical_note(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Vital signs or a talk."""
    stay = access.health_of(request.actor, public_id)
    form = HealthForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.note_health(
            actor=request.actor,
            at=clock.now(),
            stay=stay,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            figures=form.figures(),
        ),
        to=_page(stay),
        said=_("已登记"),
    )
    return gone or _medical_page(request, stay, form, form, MedicineForm())


@staff_page(access.MEDICINE)
def medical_open(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What lies sealed about a resident, opened by a press that is put down."""
    stay = access.health_of(request.actor, public_id)
    is_open = request.method == "POST"
    if is_open:
        services.read_health(actor=request.actor, at=clock.now(), stays=[stay])
    return _medical_page(request, stay, MedicineForm(), HealthForm(), is_open=is_open)


@staff_page(access.MEDICINE)
def medicine_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A medicine is not taken any more."""
    row = access.medication_for(request.actor, public_id)
    return do(
        request,
        lambda: services.end_medication(actor=request.actor, at=clock.now(), row=row),
        to=_page(row.stay),
        said=_("已停药"),
    )


def _page(stay: Stay) -> str:
    return reverse("stays:medical", args=[stay.public_id])


def _medical_page(
    request: StaffRequest,
    stay: Stay,
    form: MedicineForm | HealthForm,
    health: HealthForm,
    medicine: MedicineForm | None = None,
    *,
    is_open: bool = False,
) -> HttpResponse:
    """The page; `form` is the one that was sent."""
    page = reads.health_page(stay, clock.now(), is_open=is_open)
    context = {
        "form": form,
        "medicine": medicine or form,
        "health": health,
        "page": page,
        "mistakes": Dose.Mistake.choices,
    }
    return form_page(request, "stays/care/medical.html", context)
