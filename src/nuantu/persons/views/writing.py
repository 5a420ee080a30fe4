"""Putting down what is known."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, staff_page
from nuantu.persons import access, selectors, services
from nuantu.persons.forms import ClassForm, DescribeForm, FactForm, ReasonForm
from nuantu.persons.models import Person
from nuantu.ui.outcomes import form_page, tried


def _page(person: Person) -> str:
    return reverse("persons:detail", args=[person.public_id])


def _context(request: StaffRequest, person: Person, **more: object) -> dict[str, object]:
    opened = selectors.opened_by(person, request.actor, clock.now())
    card = selectors.card_of(person, clock.now(), is_opened=opened.has(services.IDENTITY))
    return {"person": person, "card": card, **more}


@staff_page("persons.person.write")
def fact_add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One more thing that is known, or a correction of one."""
    person, case = access.person_to_change(request.actor, public_id)
    corrects = request.POST.get("corrects") or request.GET.get("corrects")
    old = access.fact_for(request.actor, person, UUID(corrects)) if corrects else None
    form = FactForm(
        request.POST or None, initial={"kind": old.kind if old else request.GET.get("kind")}
    )
    context = _context(request, person, form=form, old=old)
    gone = tried(
        request,
        form,
        lambda: services.add_fact(
            actor=request.actor,
            at=clock.now(),
            person=person,
            case=case,
            corrects=old,
            **form.cleaned_data,
        ),
        to=_page(person),
        said=_("已记录，原来的内容也保留着。"),
    )
    return gone or form_page(request, "persons/fact.html", context)


@staff_page("persons.person.write")
def describe(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The headline put right."""
    person, case = access.person_to_change(request.actor, public_id)
    form = DescribeForm(request.POST) if request.method == "POST" else DescribeForm.of(person)
    context = _context(request, person, form=form)
    gone = tried(
        request,
        form,
        lambda: services.describe_person(
            actor=request.actor,
            at=clock.now(),
            person=person,
            case=case,
            called_as=form.cleaned_data["called_as"],
            sex=form.cleaned_data["sex"],
            age=form.age(),
            looks=form.cleaned_data["looks"],
        ),
        to=_page(person),
    )
    return gone or form_page(request, "persons/describe.html", context)


@staff_page("persons.person.write")
def class_add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Classes given by hand."""
    person, case = access.person_to_change(request.actor, public_id)
    form = ClassForm(request.POST or None)
    context = _context(request, person, form=form)
    gone = tried(
        request,
        form,
        lambda: services.assign_classes(
            actor=request.actor, at=clock.now(), case=case, **form.cleaned_data
        ),
        to=_page(person),
    )
    return gone or form_page(request, "persons/class.html", context)


@staff_page("persons.person.write")
def class_withdraw(request: StaffRequest, public_id: UUID, class_id: UUID) -> HttpResponse:
    """A class taken back, with the reason."""
    person, case = access.person_to_change(request.actor, public_id)
    given = access.class_for(request.actor, case, class_id)
    form = ReasonForm(request.POST or None)
    context = _context(request, person, form=form, given=given)
    gone = tried(
        request,
        form,
        lambda: services.withdraw_class(
            actor=request.actor,
            at=clock.now(),
            case=case,
            given=given,
            reason=form.cleaned_data["reason"],
        ),
        to=_page(person),
    )
    return gone or form_page(request, "persons/class_withdraw.html", context)
