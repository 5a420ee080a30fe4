"""Women are cared for by women (ST-01): who does so, and the hours without any of them on watch."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from nuantu.accounts.models import User
from nuantu.operations.models import WatchShift
from nuantu.operations.rules.roster import Gap, Watch, gaps
from nuantu.persons.models import Sex
from nuantu.stays.models import Absence, Stay, WomensCarer

AHEAD: Final = timedelta(hours=24)
_ANY: Final = "woman"


@dataclass(frozen=True, slots=True)
class WomensWatch:
    """How many women stay here in the coming day, and when no woman is on watch then."""

    women: int
    gaps: tuple[Gap, ...]

    @property
    def is_lacking(self) -> bool:
        """Whether women stay here and some hours have no woman on watch."""
        return bool(self.women and self.gaps)


def carers(org: str) -> QuerySet[WomensCarer]:
    """The women who care for women in a station."""
    rows = WomensCarer.objects.filter(owner_org=org, ended_at=None)
    return rows.select_related("user").order_by("user__name", "pk")


def candidates(org: str) -> QuerySet[User]:
    """Staff of the station who are not put down yet."""
    known = carers(org).values("user_id")
    found = User.objects.filter(organisation_id=org, is_active=True).exclude(pk__in=known)
    return found.order_by("name", "pk")


def womens_watch(org: str, at: datetime) -> WomensWatch:
    """Who of them is on the watch roster from now until this time tomorrow; two queries.

    A woman who is out for longer than that needs nobody here meanwhile; who is late may come any hour.
    """
    away = Absence.objects.filter(back_at=None, due_at__gt=at + AHEAD).values("stay_id")
    staying = Stay.objects.filter(owner_org=org, left_at=None, sex=Sex.FEMALE)
    women = staying.exclude(pk__in=away).count()
    shifts = WatchShift.objects.filter(
        organisation_id=org,
        cancelled_at=None,
        user__in=carers(org).values("user_id"),
        user__is_active=True,
        starts_at__lt=at + AHEAD,
        ends_at__gt=at,
    ).values_list("starts_at", "ends_at")
    watches = [Watch(_ANY, "", start, end) for start, end in shifts]
    return WomensWatch(women, tuple(gaps(watches, post=_ANY, count=1, begins=at, ends=at + AHEAD)))
