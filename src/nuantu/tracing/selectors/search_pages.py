"""Everything the page of one unidentified person needs, read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.dispatch.selectors.ordered import OrderLine, order_of_case
from nuantu.persons.models import Case, FactKind, Person
from nuantu.persons.selectors import facts as facts_of
from nuantu.persons.selectors import opened_by
from nuantu.persons.selectors.cards import Card, card_of, classes_of
from nuantu.persons.selectors.facts import FactGroup
from nuantu.persons.selectors.looks import Opened
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.persons.selectors.same import same_human
from nuantu.places.selectors import Feature
from nuantu.stays.models import Stay
from nuantu.stays.selectors.known import is_identified
from nuantu.tracing.models import CandidatePlace, Fragment, IdentitySearch
from nuantu.tracing.selectors.places import codes_of
from nuantu.tracing.selectors.requests import Shown, requests_of
from nuantu.tracing.selectors.steps import StepLine, steps_of

LINES: Final = 60
# What only those who treat him read stays with them; the desk sees that it is known.
OF_THE_MEDIC: Final = (FactKind.DIAGNOSIS,)


@dataclass(frozen=True, slots=True)
class Heard:
    """A fragment with the places it may mean."""

    row: Fragment
    places: tuple["Spot", ...]
    sound: str
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: from which words, how well they fit (of a hundred)."""

    key: str
    label: str
    lat: float
    lon: float
    percent: int
    words: str
    dismiss_url: str = ""
    dismissed: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the page shows to one reader at one moment."""

    search: IdentitySearch
    case: Case
    card: Card
    opened: Opened
    is_identified: bool
    facts: list[FactGroup]
    hidden_facts: list[str]
    steps: list[StepLine]
    ordered: list[OrderLine]
    requests: list[Shown]
    fragments: list[Heard]
    spots: list[Spot]
    stay: Stay | None
    lines: list[JournalEntry]


def search_page(actor: Actor, search: IdentitySearch, case: Case, at: datetime) -> SearchPage:
    """Read the page; the caller has authorised the reader."""
    person = search.person
    opened = opened_by(person, actor, at)
    codes = classes_of([person]).get(person.pk, [])
    card = card_of(person, at, codes=codes, is_opened=opened.has(IDENTITY))
    known = facts_of(person, opened, is_masked=card.is_masked)
    heard = [] if card.is_masked else fragments_of(person, search)
    return SearchPage(
        search=search,
        case=case,
        ordered=order_of_case(search.case_id, at),
        card=card,
        opened=opened,
        is_identified=is_identified(person),
        facts=[one for one in known if one.kind not in OF_THE_MEDIC],
        hidden_facts=[one.label for one in known if one.kind in OF_THE_MEDIC],
        steps=steps_of(search, at),
        requests=requests_of(search, at),
        fragments=heard,
        spots=[] if card.is_masked else _spots(heard, known),
        stay=Stay.objects.filter(case_id=search.case_id).order_by("-entered_at").first(),
        lines=list(_timeline(search)[:LINES]),
    )


def _timeline(search: IdentitySearch) -> QuerySet[JournalEntry]:
    """What was done; that a duty was opened and kept by it stands with the steps."""
    lines = journal.timeline(Subject("identity_search", search.public_id))
    return lines.exclude(verb__startswith="operations.")


def fragments_of(person: Person, search: IdentitySearch) -> list[Heard]:
    """What was heard of this human in any of his cases the reader sees, newest first."""
    rows = (
        Fragment.objects.filter(person__in=same_human(person))
        .select_related("sound")
        .prefetch_related("places")
        .order_by("-heard_at", "-pk")
    )
    return [
        Heard(
            row=row,
            places=tuple(_spot(row, place) for place in row.places.all()),
            sound=reverse("tracing:sound", args=[row.public_id]) if row.sound_id else "",
            is_elsewhere=row.case_id != search.case_id,
        )
        for row in rows
    ]


def _spot(row: Fragment, place: CandidatePlace) -> Spot:
    return Spot(
        key=str(place.public_id),
        label=place.label,
        lat=place.lat,
        lon=place.lon,
        percent=place.percent,
        words=row.words,
        dismiss_url=reverse("tracing:dismiss", args=[place.public_id]),
        dismissed=place.dismissed_reason,
    )


def _spots(heard: Iterable[Heard], known: Iterable[FactGroup]) -> list[Spot]:
    """Places of fragments that nobody withdrew or ruled out, and of what facts say of his home."""
    said = [
        spot
        for one in heard
        if not one.row.is_withdrawn
        for spot in one.places
        if not spot.dismissed
    ]
    told = {one.row.words for one in heard}
    words = [
        fact.value
        for group in known
        if group.kind == FactKind.ORIGIN
        for fact in (group.best, *group.others)
        if fact.value and not fact.is_corrected and fact.value not in told
    ]
    return sorted([*said, *_of_facts(words)], key=lambda spot: -spot.percent)


def _of_facts(words: list[str]) -> list[Spot]:
    """The one place that the words of a fact mean; two queries for all, and one for the points."""
    if not words:
        return []
    codes = {text: code for text, code in codes_of(words).items() if code}
    rows = Division.objects.filter(code__in=codes.values(), lat__isnull=False)
    points = {row.code: row for row in rows}
    return [
        Spot(
            key=f"fact-{code}",
            label=points[code].full_name,
            lat=points[code].lat or 0.0,
            lon=points[code].lon or 0.0,
            percent=100,
            words=text,
        )
        for text, code in codes.items()
        if code in points
    ]


def features_of(page: SearchPage) -> list[Feature]:
    """The candidate places as marks of the map."""
    return [
        Feature(
            spot.lat,
            spot.lon,
            spot.label,
            note=_("“%(words)s” · 像 %(n)s%%") % {"words": spot.words, "n": spot.percent},
            key=spot.key,
            is_approximate=True,
        )
        for spot in page.spots
    ]
