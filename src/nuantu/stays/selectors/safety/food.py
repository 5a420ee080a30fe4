"""The kitchen as its page shows it: meals, what is in the fridge, what is missing or locked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils.translation import get_language

from nuantu.core import clock
from nuantu.operations.rules.clocks import Clock, clock_of, warn_moment
from nuantu.operations.selectors import rules_at
from nuantu.planbook import sources
from nuantu.planbook.rules import Ruling
from nuantu.stays.models import CareEntry, FoodIllness, FoodSample, FoodSuspicion, KitchenMeal, Menu
from nuantu.stays.rules import food
from nuantu.stays.selectors.safety.board import clocks_of

SHOWN = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class SampleView:
    """One sample and what can be done with it now."""

    row: FoodSample
    state: str  # locked, due, kept, out
    is_light: bool

    @property
    def left(self) -> datetime:
        """When it may leave."""
        return self.row.keep_until_at


@dataclass(frozen=True, slots=True)
class MealView:
    """One meal with its samples and the dishes that left none."""

    meal: KitchenMeal
    samples: list[SampleView]
    missing: tuple[str, ...]
    clock: Clock | None

    @property
    def is_gap_open(self) -> bool:
        """A dish left no sample and nobody said why."""
        return bool(self.missing) and not self.meal.gap


@dataclass(frozen=True, slots=True)
class EatenMeal:
    """A meal that the care log gave out and that the kitchen did not put down yet."""

    on_date: date
    meal: str
    people_count: int
    clock: Clock

    @property
    def called(self) -> str:
        """The word for it."""
        return str(KitchenMeal.Meal(self.meal).label)


@dataclass(frozen=True, slots=True)
class Kitchen:
    """The page."""

    meals: list[MealView]
    suspicion: FoodSuspicion | None
    illnesses: list[FoodIllness]
    grams: Ruling
    hours: Ruling
    inside: int
    due: int
    gaps: int


def terms(division_code: str, at: datetime) -> tuple[Ruling, Ruling]:
    """How many grams a sample has, and for how many hours it is kept."""
    book = rules_at(division_code, at)
    return book.need("food_sample.grams"), book.need("food_sample.hours")


def kitchen(org: str, division_code: str, at: datetime) -> Kitchen:
    """The last days of a kitchen; meals with samples still inside are shown however old they are."""
    grams, hours = terms(division_code, at)
    shown = KitchenMeal.objects.filter(owner_org=org, served_at__gte=at - SHOWN)
    inside = KitchenMeal.objects.filter(owner_org=org, samples__taken_out_at=None)
    rows = (shown | inside.exclude(samples=None)).distinct().prefetch_related("samples")
    found = list(rows.order_by("-served_at"))
    clocks = clocks_of([row.public_id for row in found], at)
    meals = [_meal(row, grams.number, at, clocks.get(row.public_id)) for row in found]
    running = FoodSuspicion.objects.filter(owner_org=org, released_at=None).first()
    states = [sample.state for meal in meals for sample in meal.samples]
    return Kitchen(
        meals=meals,
        suspicion=running,
        illnesses=list(running.illnesses.order_by("pk")) if running else [],
        grams=grams,
        hours=hours,
        inside=sum(state != "out" for state in states),
        due=states.count("due"),
        gaps=sum(meal.is_gap_open for meal in meals),
    )


def eaten_without_samples(org: str, division_code: str, at: datetime) -> list[EatenMeal]:
    """Meals of the last days that residents had and the kitchen did not put down, the last first.

    The clock of each runs from the first who ate.
    """
    book = rules_at(division_code, at)
    within, share = book.need("food_sample.within"), book.need("clock.amber_share").number
    since = clock.local(at - SHOWN).date()
    given = CareEntry.objects.filter(
        owner_org=org, kind=CareEntry.Kind.MEAL, outcome=CareEntry.Outcome.GIVEN, on_date__gte=since
    )
    put_down = set(
        KitchenMeal.objects.filter(owner_org=org, served_date__gte=since).values_list(
            "served_date", "meal"
        )
    )
    rows = given.values_list("on_date", "slot").annotate(n=Count("pk"), first=Min("happened_at"))
    return [
        EatenMeal(day, slot, n, _clock_of_eaten(org, first, within, share, at))
        for day, slot, n, first in rows.order_by("-on_date", "slot")
        if (day, slot) not in put_down
    ]


def _clock_of_eaten(org: str, first: datetime, within: Ruling, share: float, at: datetime) -> Clock:
    due = first + timedelta(minutes=within.number)
    return clock_of(
        opened_at=first,
        warn_at=warn_moment(first, due, share),
        due_at=due,
        done_at=None,
        is_open=True,
        at=at,
        basis=sources.said(within.source, get_language() or ""),
        owner=org,
    )


def known_of_meal(org: str, on_date: date, meal: str) -> dict[str, Any]:
    """What menu and care log know of a meal, for the form: day, meal, dishes, people."""
    slots = CareEntry.Slot.values
    menu = Menu.objects.filter(owner_org=org, on_date=on_date).first() if meal in slots else None
    people = CareEntry.objects.filter(owner_org=org, on_date=on_date, slot=meal, outcome="given")
    found = {"served_date": on_date, "meal": meal, "people_count": people.count() or None}
    return found | ({"dishes": getattr(menu, meal)} if menu and meal else {})


def _meal(row: KitchenMeal, least: float, at: datetime, face: Clock | None) -> MealView:
    samples = sorted(row.samples.all(), key=lambda one: row.dishes.index(one.dish))
    return MealView(
        meal=row,
        samples=[
            SampleView(one, _state(one, at), food.is_too_light(one.grams, least)) for one in samples
        ],
        missing=food.without_sample(row.dishes, [one.dish for one in samples]),
        clock=face,
    )


def _state(one: FoodSample, at: datetime) -> str:
    if one.taken_out_at is not None:
        return "out"
    if one.is_locked:
        return "locked"
    return "due" if at >= one.keep_until_at else "kept"


def missing_in(meal: KitchenMeal) -> tuple[str, ...]:
    """The dishes of a meal that left no sample yet."""
    return food.without_sample(meal.dishes, meal.samples.values_list("dish", flat=True))
