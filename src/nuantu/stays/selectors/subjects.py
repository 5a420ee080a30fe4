"""How a stay, a reception and a zone are called and found by other packages."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.core.models import ScopedModel
from nuantu.persons.selectors.humans import records_of
from nuantu.stays.models import Menu, Reception, Stay, Zone


def case_of(rows: type[ScopedModel]) -> Callable[[UUID], UUID | None]:
    """How one of these rows tells whose case it belongs to."""

    def found(public_id: UUID) -> UUID | None:
        held: QuerySet[ScopedModel] = QuerySet(rows).filter(public_id=public_id)
        return held.values_list("case_id", flat=True).first()

    return found


def human_of(rows: type[Stay] | type[Reception]) -> Callable[[UUID], UUID | None]:
    """How one of these rows tells which human it is about."""

    def found(public_id: UUID) -> UUID | None:
        held: QuerySet[Any] = QuerySet(rows).filter(public_id=public_id)
        return held.values_list("person__public_id", flat=True).first()

    return found


def about_human(rows: type[Stay] | type[Reception]) -> Callable[[UUID], Iterable[UUID]]:
    """How these rows tell which of them are about a human, whichever record they stand under."""

    def found(human: UUID) -> Iterable[UUID]:
        held: QuerySet[Any] = QuerySet(rows).filter(person__public_id__in=records_of(human))
        return held.values_list("public_id", flat=True)

    return found


def stay_label(public_id: UUID) -> str:
    """The number of a stay: nobody's name."""
    number = Stay.objects.filter(public_id=public_id).values_list("number", flat=True).first()
    return _("在站 %(number)s") % {"number": number} if number else _("在站")


def stay_url(public_id: UUID) -> str:
    """The page of a stay."""
    return reverse("stays:detail", args=[public_id])


def reception_label(public_id: UUID) -> str:
    """A reception: nobody's name."""
    return _("接待登记")


def reception_url(public_id: UUID) -> str:
    """The page of a reception."""
    return reverse("stays:reception", args=[public_id])


def zone_label(public_id: UUID) -> str:
    """What a zone is called."""
    name = Zone.objects.filter(public_id=public_id).values_list("name", flat=True).first()
    return name or _("生活区")


def zone_url(public_id: UUID) -> str:
    """The page on which the house is set up."""
    return reverse("stays:house")


def house_label(public_id: UUID) -> str:
    """The house of a station, by the station's name."""
    name = Organisation.objects.filter(public_id=public_id).values_list("name", flat=True).first()
    return name or _("在站与床位")


def house_url(public_id: UUID) -> str:
    """The board of the house, which says the hours without a woman on watch."""
    code = Organisation.objects.filter(public_id=public_id).values_list("code", flat=True).first()
    return f"{reverse('stays:board')}?station={code or ''}"


def menu_label(public_id: UUID) -> str:
    """The day of a menu."""
    day = Menu.objects.filter(public_id=public_id).values_list("on_date", flat=True).first()
    return _("菜谱 %(day)s") % {"day": day} if day else _("菜谱")


def menu_url(public_id: UUID) -> str:
    """The menus of the week."""
    return reverse("stays:menus")


def roll_label(public_id: UUID) -> str:
    """A roll-call: nobody's name."""
    return _("点名")


def roll_url(public_id: UUID) -> str:
    """The page of roll-calls."""
    return reverse("stays:roll_call")


def search_label(public_id: UUID) -> str:
    """A search: nobody's name."""
    return _("寻找")


def search_url(public_id: UUID) -> str:
    """The page of a search."""
    return reverse("stays:search", args=[public_id])


def complaint_label(public_id: UUID) -> str:
    """A complaint: nobody's name, nothing of what was said."""
    return _("在站人员意见")


def complaint_url(public_id: UUID) -> str:
    """The page of a complaint."""
    return reverse("stays:complaint", args=[public_id])
