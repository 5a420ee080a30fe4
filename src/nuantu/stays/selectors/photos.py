"""The photo wall: pictures of people on record, the last met first; restricted ones never."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.persons.models import Person, Sex
from nuantu.persons.selectors.looks import OPEN_FOR
from nuantu.persons.selectors.words import spoken_of
from nuantu.stays.selectors.door import Found, found_of

OPENED: Final = "stays.photos.open"
PER_PAGE: Final = 24
MOST: Final = 480
"""So many are shown; whoever does not find him narrows by sex, age or words."""
SPREAD: Final = 8
"""Years around a guessed age."""
A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the wall is narrowed to; empty means everybody with a picture."""

    sex: str = ""
    age: int | None = None
    words: str = ""


def open_until(actor: Actor, at: datetime) -> datetime | None:
    """Until when the actor may look, by the line of his purpose."""
    lines = JournalEntry.objects.filter(
        verb=OPENED, actor_id=actor.public_id, recorded_at__gt=at - OPEN_FOR
    )
    last = lines.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return last + OPEN_FOR if last else None


def pictured(filters: Filters, at: datetime) -> QuerySet[Person]:
    """People with a picture among those one may see; no restricted record, whatever is asked."""
    rows = Person.objects.filter(photo__isnull=False, is_restricted=False)
    if filters.sex in (Sex.MALE, Sex.FEMALE):
        rows = rows.filter(sex__in=(filters.sex, Sex.UNKNOWN))
    if filters.age is not None:
        rows = rows.filter(_about(filters.age, at))
    for part in filters.words.lower().split():
        rows = rows.filter(pk__in=spoken_of(part), search_text__contains=part)
    return rows.select_related("photo").order_by("-last_met_at", "-pk")[:MOST]


def _about(age: int, at: datetime) -> Q:
    low, high = max(0, age - SPREAD), age + SPREAD
    born = Q(
        birth_date__gt=(at - A_YEAR * (high + 1)).date(), birth_date__lt=(at - A_YEAR * low).date()
    )
    guessed = Q(birth_date=None, age_low__lte=high, age_high__gte=low)
    return born | guessed | Q(birth_date=None, age_low=None)


def wall(actor: Actor, people: Sequence[Person], at: datetime) -> list[Found]:
    """The cards of one page, with the stay of whoever lives here now."""
    return found_of(actor, people, at)
