"""Whom nobody can name for certain, and what is known of them that can be compared."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from nuantu.accounts.models import Division
from nuantu.core import clock
from nuantu.linkage.columns import Found
from nuantu.persons.models import COMPARED_KINDS, Case, Certainty, FactKind, PersonFact, Sex
from nuantu.stays.models import Stay
from nuantu.tracing.models import Fragment, FragmentKind, Match, MatchState
from nuantu.tracing.rules import asking

_TELLING: Final = (FactKind.NAME, FactKind.ID_NUMBER)
SEXES: Final = {Sex.MALE: "M", Sex.FEMALE: "F"}
_HEARD: Final = (
    FragmentKind.OWN_NAME, FragmentKind.HOME, FragmentKind.PLACE, FragmentKind.SCHOOL,
)  # fmt: skip
FIRST_DAY: Final = date(1990, 1, 1)  # the engine counts days from here
_PIECES: Final = 8  # places that the engine hears at most
_START: Final = 2  # characters by which a province or prefecture is known in speech


@dataclass(slots=True)
class Words:
    """What was said of one person, by kind; `heard` are names and `near` places that fragments tell of."""

    names: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    accents: list[str] = field(default_factory=list)
    looks: list[str] = field(default_factory=list)


def unnamed_cases() -> QuerySet[Case]:
    """Cases of people whom nobody has named for certain: residents, nameless people elsewhere, and the dead.

    Who gave a name on the street and went his way is left alone. Verified names that were found false do
    not count; a confirmed match does.
    """
    false = PersonFact.objects.filter(corrects__isnull=False).values("corrects_id")
    known = PersonFact.objects.filter(kind__in=_TELLING, certainty=Certainty.VERIFIED)
    answered = Match.objects.filter(state=MatchState.CONFIRMED)
    here = Stay.objects.filter(left_at=None)
    is_met = Q(case_id__in=here.values("case_id")) | Q(person__name="")
    return (
        Case.objects.filter(Q(state=Case.State.OPEN) | Q(closing=Case.Closing.DECEASED))
        .filter(is_met)
        .exclude(person__in=known.exclude(pk__in=false).values("person"))
        .exclude(case_id__in=answered.values("case_id"))
        .select_related("person")
        .order_by("pk")
    )


def found_of(cases: Iterable[Case], surnames: Iterable[str] = ()) -> dict[UUID, Found]:
    """What is known of the person of each case, by public id; four queries for all."""
    cases = list(cases)
    words = _words_of(cases)
    starts = province_starts()
    return {case.public_id: _found(case, words[case.person_id], surnames, starts) for case in cases}


def province_starts() -> dict[str, str]:
    """The first characters of each province and prefecture, where they mean one province, and its code."""
    rows = Division.objects.filter(
        level__in=[Division.Level.PROVINCE, Division.Level.PREFECTURE]
    ).values_list("name", "code")
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for name, code in rows:
        meant[name[:_START]].add(code[:2])
    return {start: codes.pop() for start, codes in meant.items() if len(codes) == 1}


def _words_of(cases: list[Case]) -> Mapping[int, Words]:
    facts = PersonFact.objects.filter(
        person__in={case.person_id for case in cases}, kind__in=COMPARED_KINDS
    )
    rows = list(
        facts.order_by("noted_at", "pk").values_list("pk", "corrects", "person", "kind", "value")
    )
    corrected = {corrects for _pk, corrects, *_rest in rows if corrects}
    found: defaultdict[int, Words] = defaultdict(Words)
    names = _hear(found, cases, corrected)
    for pk, _corrects, person, kind, value in rows:
        if pk not in corrected and pk not in names:
            _list_of(found[person], kind).append(value)
    return found


def _hear(found: Mapping[int, Words], cases: list[Case], corrected: Container[int]) -> set[int]:
    """Fragments by what they are: a name that was heard is a name, a place that somebody spoke of a place.

    The facts that such names put down are returned, so that one word does not count twice. Where he worked is
    left out: people work far from home.
    """
    rows = Fragment.objects.filter(
        person__in={case.person_id for case in cases}, kind__in=_HEARD, withdrawn_at=None
    )
    names: set[int] = set()
    said = rows.order_by("heard_at", "pk").values_list("person", "kind", "words", "fact")
    for person, kind, words, fact in said:
        if fact in corrected:
            continue
        if kind == FragmentKind.OWN_NAME:
            name = asking.name_said(words)
            if name and not asking.is_nickname(name):
                found[person].heard.append(name)
                names.add(fact)
        elif not fact:
            found[person].near += asking.places_said(words)
    return names


def _list_of(words: Words, kind: str) -> list[str]:
    lists = {
        FactKind.NAME: words.names,
        FactKind.ALIAS: words.aliases,
        FactKind.ORIGIN: words.places,
        FactKind.ACCENT: words.accents,
    }
    return lists.get(FactKind(kind), words.looks)


def _found(case: Case, words: Words, surnames: Iterable[str], starts: Mapping[str, str]) -> Found:
    person = case.person
    day = clock.local(case.opened_at).date()
    name = person.name or next(iter([*words.names[-1:], *words.heard[-1:]]), "")
    surname, given = asking.name_parts(name, surnames, is_whole=False)
    looks = " ".join([person.looks, *words.looks])
    age = person.age_on(day)
    places = words.near + [piece for told in words.places for piece in asking.places_said(told)]
    accents = (asking.accent_of(told, starts) for told in reversed(words.accents))
    return Found(
        surname=surname,
        given=given,
        nickname=asking.name_said(words.aliases[-1]) if words.aliases else "",
        sex=SEXES.get(Sex(person.sex), ""),
        age=-1 if age is None else round((age.low + age.high) / 2),
        height=asking.height_of(looks),
        places=tuple(dict.fromkeys(reversed(places)))[:_PIECES][::-1],
        accent=next((code for code in accents if code), ""),
        found_day=days_of(day),
        found_county=case.division_code[:6],
        marks=asking.marks_of((), looks),
    )


def days_of(day: date) -> int:
    """Days since 1 January 1990, as the engine counts; -1 for earlier ones."""
    return max((day - FIRST_DAY).days, -1)


def is_thin(found: Found) -> bool:
    """Whether nothing is known but sex, age, and where and when he was found: too little to say anything."""
    told = (found.surname, found.given, found.nickname, found.accent, *found.places)
    return not any(told) and found.height < 0 and not found.marks
