"""A person as a card: what he is called here, sex, age, marks; hidden where the record is restricted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.persons.models import Case, ClassCode, Person, PersonClass
from nuantu.persons.models.choices import class_word
from nuantu.persons.rules.ages import Age, side_of
from nuantu.persons.rules.classes import DANGER_CLASSES, HARMED_BY_SOMEBODY, MINOR, in_order
from nuantu.persons.selectors.rulings import line_of_minors


@dataclass(frozen=True, slots=True)
class Card:
    """What a page may show of a person; `is_masked` says that more is hidden."""

    public_id: UUID
    called: str
    sex: str
    age: str
    looks: str
    marks: tuple[tuple[str, str], ...]
    photo: str
    url: str
    is_masked: bool
    is_restricted: bool
    may_be_minor: str


def age_words(age: Age | None) -> str:
    """The age in words: `12岁`, `约45–55岁`, nothing for an unknown one."""
    if age is None:
        return ""
    if not age.is_estimated or age.low == age.high:
        words = _("%(years)s岁") % {"years": age.low}
        return words if not age.is_estimated else _("约%(years)s岁") % {"years": age.low}
    return _("约%(low)s–%(high)s岁") % {"low": age.low, "high": age.high}


def marks_of(codes: Iterable[str], minor: str = "") -> tuple[tuple[str, str], ...]:
    """Class words, most urgent first; those that life hangs on are marked as danger.

    `minor`: what stands for the class of a minor where the age is only guessed.
    """
    known = [code for code in in_order(codes) if code in ClassCode.values]
    return tuple(
        (
            minor if minor and code == MINOR else class_word(code),
            "danger" if code in DANGER_CLASSES else "",
        )
        for code in known
    )


def may_be_minor(person: Person, at: datetime) -> str:
    """What to call somebody who was only guessed to be near the line: `可能未满18岁`; else nothing."""
    age = person.age_on(clock.local(at).date())
    if age is None or not age.is_estimated:
        return ""
    line = line_of_minors(at)
    return _("可能未满%(years)s岁") % {"years": line} if side_of(age, line) == "unsure" else ""


def classes_of(persons: Iterable[Person]) -> dict[int, list[str]]:
    """Class codes in force by person, from cases that may be seen and are open; one query."""
    open_cases = Case.objects.filter(state=Case.State.OPEN).values("case_id")
    found: dict[int, list[str]] = defaultdict(list)
    for person_id, code in PersonClass.objects.filter(
        person__in=list(persons), withdrawn_at=None, case_id__in=open_cases
    ).values_list("person_id", "code"):
        found[person_id].append(code)
    return found


def card_of(
    person: Person, at: datetime, *, codes: Iterable[str] = (), is_opened: bool = False
) -> Card:
    """The card as this reader may see it now; `is_opened` when he gave a purpose just before."""
    is_masked = person.is_restricted and not is_opened
    minor = may_be_minor(person, at)
    has_photo = person.photo_id is not None and not is_masked
    return Card(
        public_id=person.public_id,
        called=_("受限记录") if is_masked else person.called_as,
        sex=str(person.get_sex_display()),
        age=age_words(person.age_on(clock.local(at).date())),
        looks="" if is_masked else person.looks,
        marks=marks_of(set(codes) - HARMED_BY_SOMEBODY if is_masked else codes, minor),
        photo=reverse("persons:photo", args=[person.public_id]) if has_photo else "",
        url=reverse("persons:detail", args=[person.public_id]),
        is_masked=is_masked,
        is_restricted=person.is_restricted,
        may_be_minor=minor,
    )


def cards_of(persons: Iterable[Person], at: datetime) -> list[Card]:
    """Cards of a list, restricted ones masked; one query for all classes."""
    rows = list(persons)
    codes = classes_of(rows)
    return [card_of(person, at, codes=codes.get(person.pk, ())) for person in rows]


def label_of(public_id: UUID) -> str:
    """What a person is called in a line about him, masked where restricted, for whoever may see him."""
    person = Person.objects.filter(public_id=public_id).first()
    return str(person) if person else _("人员")


def url_of(public_id: UUID) -> str:
    """The page of a person."""
    return reverse("persons:detail", args=[public_id])


def case_label_of(public_id: UUID) -> str:
    """The number of a case."""
    case = Case.objects.filter(public_id=public_id).first()
    return _("个案 %(number)s") % {"number": case.number} if case else _("个案")


def case_url_of(public_id: UUID) -> str:
    """The page of a case."""
    return reverse("persons:case", args=[public_id])
