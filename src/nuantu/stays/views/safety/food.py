"""The kitchen: meals, samples, and what happens when somebody may be ill from food."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.safety import (
    AskedMealForm,
    GapForm,
    MealForm,
    OutcomeForm,
    SamplesForm,
    SuspicionForm,
    TakeOutForm,
)
from nuantu.stays.models import KitchenMeal
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors.safety import food
from nuantu.stays.services import safety as services
from nuantu.ui.outcomes import do, form_page, tried, with_fields


@staff_page(access.KITCHEN_READ)
def kitchen(request: StaffRequest) -> HttpResponse:
    """Meals and samples of the last days; overseers choose the station."""
    actor = request.actor
    stations = reads.stations_seen(actor)
    org = reads.station_chosen(actor, stations, request.GET.get("station", ""))
    at = clock.now()
    context = {
        "kitchen": food.kitchen(org, actor.division_code, at),
        "eaten": food.eaten_without_samples(org, actor.division_code, at),
        "tabs": reads.station_tabs(stations),
        "org": org,
        "tab": "samples",
        "may_write": org == actor.org_code and actor.may(access.KITCHEN),
        "may_manage": org == actor.org_code and actor.may(access.SAFETY_MANAGE),
    }
    return render(request, "stays/safety/kitchen.html", context)


@staff_page(access.KITCHEN)
def meal_new(request: StaffRequest) -> HttpResponse:
    """A meal was served; on to its samples."""
    asked = AskedMealForm(request.GET)
    known = food.known_of_meal(request.actor.org_code, *asked.told()) if asked.is_valid() else {}
    form = MealForm(request.POST or None, initial=known)

    def served() -> KitchenMeal:
        return services.serve_meal(actor=request.actor, at=clock.now(), **form.cleaned_data)

    gone = tried(
        request,
        form,
        served,
        to=lambda meal: reverse("stays:samples", args=[meal.public_id]),
        said=_("开餐已登记，接着留样"),
    )
    return gone or form_page(request, "stays/safety/meal.html", {"form": form})


@staff_page(access.KITCHEN)
def samples(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The weights of a meal's samples."""
    meal = access.meal_for(request.actor, public_id)
    missing = food.missing_in(meal)
    form = SamplesForm(request.POST or None, dishes=missing)
    gone = tried(
        request,
        form,
        lambda: services.put_in(
            actor=request.actor,
            at=clock.now(),
            meal=meal,
            grams=form.grams(),
            kept_in=form.cleaned_data["kept_in"],
            reason=form.cleaned_data["reason"],
        ),
        to=reverse("stays:kitchen"),
        said=_("留样已登记"),
    )
    grams, hours = food.terms(meal.division_code, clock.now())
    context = {"form": form, "meal": meal, "missing": missing, "grams": grams, "hours": hours}
    return gone or form_page(request, "stays/safety/samples.html", context | {"gap": GapForm()})


@staff_page(access.KITCHEN)
def gap(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """No sample can be kept any more: why."""
    meal = access.meal_for(request.actor, public_id)
    form = GapForm(request.POST or None)
    act = with_fields(services.admit_gap, "meal")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), meal, form),
        to=reverse("stays:kitchen"),
        said=_("漏留样已登记，按隐患整改"),
    )
    context = {"form": form, "meal": meal, "missing": food.missing_in(meal)}
    return gone or form_page(request, "stays/safety/gap.html", context)


@staff_page(access.KITCHEN)
def sample_out(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One sample leaves the fridge."""
    sample = access.sample_for(request.actor, public_id)
    form = TakeOutForm(request.POST or None, sample=sample, at=clock.now())
    act = partial(services.take_out, is_head=request.actor.may(access.SAFETY_MANAGE))
    gone = tried(
        request,
        form,
        lambda: act(actor=request.actor, at=clock.now(), sample=sample, **form.cleaned_data),
        to=reverse("stays:kitchen"),
        said=_("留样已取出"),
    )
    return gone or form_page(request, "stays/safety/sample.html", {"form": form, "sample": sample})


@staff_page(access.KITCHEN)
def samples_clear(request: StaffRequest) -> HttpResponse:
    """Every sample whose time is over leaves the fridge at once."""
    return do(
        request,
        lambda: services.take_out_due(actor=request.actor, at=clock.now()),
        to=reverse("stays:kitchen"),
        said=_("到时的留样已销毁"),
    )


@staff_page(access.KITCHEN)
def suspicion_new(request: StaffRequest) -> HttpResponse:
    """Somebody may be ill from food: lock the samples, owe the notices."""
    form = SuspicionForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.suspect(actor=request.actor, at=clock.now(), **form.cleaned_data),
        to=reverse("stays:kitchen"),
        said=_("留样已全部封存，报告任务已生成"),
    )
    return gone or form_page(request, "stays/safety/suspicion.html", {"form": form})


@staff_page(access.KITCHEN)
def suspicion_more(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """More people fell ill while the suspicion runs."""
    row = access.suspicion_for(request.actor, public_id, access.KITCHEN)
    form = SuspicionForm(request.POST or None)
    act = with_fields(services.add_ill, "suspicion")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:kitchen"),
        said=_("已登记，要补报的任务已生成"),
    )
    return gone or form_page(request, "stays/safety/suspicion.html", {"form": form, "row": row})


@staff_page(access.SAFETY_MANAGE)
def suspicion_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The head ends a suspicion with its outcome."""
    row = access.suspicion_for(request.actor, public_id)
    form = OutcomeForm(request.POST or None)
    act = with_fields(services.release, "suspicion")
    gone = tried(
        request,
        form,
        lambda: act(request.actor, clock.now(), row, form),
        to=reverse("stays:kitchen"),
        said=_("封存已解除"),
    )
    return gone or form_page(request, "stays/safety/release.html", {"form": form, "row": row})
