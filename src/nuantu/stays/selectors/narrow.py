"""What the kitchen and the gate have to do now; neither has a board of duties."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuantu.core import clock, subjects
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.stays.models import FoodSample, Menu, SafetyCheck
from nuantu.stays.selectors.safety.food import EatenMeal, eaten_without_samples

CHECK, SAMPLE = "safety.check", "food.sample"
OF_KITCHEN = frozenset({"kitchen"})
OF_GATE = frozenset({"patrol", "fire", "electricity", "security"})


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do now, where it is done, and its clock when a promise stands behind it."""

    words: str
    url: str
    clock: Clock | None = None


def of_kitchen(actor: Actor, at: datetime) -> list[ToDo]:
    """Samples owed, the kitchen's check, samples whose time is over, meals that nobody put down,
    today and tomorrow without a menu; five queries."""
    promised = _promised(actor, at, OF_KITCHEN, Q(kind=SAMPLE))
    eaten = [_meal(one) for one in eaten_without_samples(actor.org_code, actor.division_code, at)]
    return [*promised, *eaten, *_over(actor.org_code, at), *_no_menu(actor.org_code, at)]


def of_gate(actor: Actor, at: datetime) -> list[ToDo]:
    """The rounds and checks of the house, and what was given to him by name; one query."""
    return _promised(actor, at, OF_GATE, Q(pk=None))


def _promised(actor: Actor, at: datetime, checks: frozenset[str], more: Q) -> list[ToDo]:
    waiting = SafetyCheck.objects.filter(
        owner_org=actor.org_code, kind__in=checks, done_at=None
    ).values("public_id")
    rows = Duty.objects.filter(
        Q(kind=CHECK, subject_id__in=waiting) | Q(assignee__public_id=actor.account_id) | more,
        owner_org=actor.org_code,
        state=Duty.State.OPEN,
    )
    found = [
        (row, subjects.url(Subject(row.subject_kind, row.subject_id)))
        for row in rows.order_by("due_at", "pk")
        if subjects.may_open(actor, row.subject_kind)
    ]
    return [ToDo(row.said, url, row.clock(at)) for row, url in found if url]


def _meal(one: EatenMeal) -> ToDo:
    words = _("%(day)s %(meal)s：登记开餐和留样") % {
        "day": one.on_date.strftime("%m-%d"),
        "meal": one.called,
    }
    url = reverse("stays:meal_new", query={"meal": one.meal, "day": one.on_date.isoformat()})
    return ToDo(words, url, one.clock)


def _over(org: str, at: datetime) -> list[ToDo]:
    count = FoodSample.objects.filter(
        meal__owner_org=org, taken_out_at=None, is_locked=False, keep_until_at__lte=at
    ).count()
    if not count:
        return []
    words = ngettext("%(n)s 份留样到时，可以销毁", "%(n)s 份留样到时，可以销毁", count)
    return [ToDo(words % {"n": count}, reverse("stays:kitchen"))]


def _no_menu(org: str, at: datetime) -> list[ToDo]:
    today = clock.local(at).date()
    days = {
        today: _("今天还没有菜谱"),
        today + timedelta(days=1): _("明天还没有菜谱"),
    }
    put = set(
        Menu.objects.filter(owner_org=org, on_date__in=days).values_list("on_date", flat=True)
    )
    return [
        ToDo(words, reverse("stays:menu", args=[day]))
        for day, words in days.items()
        if day not in put
    ]
