"""Entering somebody and what he is called."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import StoredFile
from nuantu.persons.models import Case, FactKind, Person, Sex
from nuantu.persons.rules import naming, sounds
from nuantu.persons.rules.ages import Age, is_treated_as_minor
from nuantu.persons.selectors import age_lines
from nuantu.persons.selectors.rulings import line_of_minors
from nuantu.persons.services.lines import note, tell_corrected

# Why the record of a minor is restricted; read back with its number.
UNDER_AGE = gettext_noop("不满%(n)s周岁")


class PersonRefused(Refusal):
    """The record cannot be made or changed as asked."""


def register_person(
    *,
    actor: Actor,
    at: datetime,
    division_code: str,
    name: str = "",
    sex: str = Sex.UNKNOWN,
    age: Age | None = None,
    looks: str = "",
    place: str = "",
    called_as: str = "",
    minor_line: int = 18,
    restricted_reason: str = "",
    met_at: datetime | None = None,
) -> Person:
    """Enter somebody who was met; a name is not needed (EL-07), something to call him by is.

    No journal line of its own: the case that follows in the same transaction writes it. Raises
    PersonRefused when there is nothing to call him by.
    """
    words = called_as.strip()[:80] or naming.called(
        name=name,
        sex_word=naming.sex_word(sex, age, minor_line),
        age=age,
        looks=looks,
        place=place,
    )
    if not words:
        raise PersonRefused(
            _("请至少写一样能认出他的：称呼、性别、大约年龄、衣着或地点。"), field="looks"
        )
    person = Person(
        division_code=division_code,
        owner_org=actor.org_code,
        recorded_at=at,
        called_as=words,
        name=name.strip(),
        sex=sex,
        looks=looks.strip(),
        is_restricted=bool(restricted_reason),
        restricted_reason=restricted_reason,
        last_met_at=met_at or at,
    )
    _set_age(person, age, clock.local(at).date())
    refresh_search(person, aliases=())
    person.save()
    return person


def _guess(person: Person) -> Age | None:
    """The age as it was put down, not moved along: names are made of that."""
    if person.age_low is None or person.age_high is None:
        return None
    return Age(person.age_low, person.age_high, is_estimated=person.is_estimated)


def made_names(person: Person, at: datetime) -> set[str]:
    """What the program would have called him, also before his sex was put right; no query.

    Nothing for whoever has a name.
    """
    age, line = _guess(person), line_of_minors(at)
    if person.name:
        return set()
    made = {naming.made_of(sex, age, person.looks, line) for sex in Sex.values}
    return made | {naming.NAMELESS}


def follow_facts(person: Person, at: datetime, made: set[str]) -> None:
    """Let a name that the program made follow what is known now; the caller saves the record.

    `made` are the `made_names` from before the change; a name that somebody gave stays.
    """
    now = naming.made_of(person.sex, _guess(person), person.looks, line_of_minors(at))
    person.called_as = naming.following(person.called_as, before=made, after=now or naming.NAMELESS)


def _set_age(person: Person, age: Age | None, day: date) -> None:
    if age is None:
        return
    person.age_low, person.age_high = age.low, age.high
    person.is_estimated, person.age_noted_date = age.is_estimated, day


def refresh_search(person: Person, aliases: tuple[str, ...]) -> None:
    """Make a record findable by what is known now; the caller saves it."""
    words = (person.name, person.called_as, person.looks, *aliases)
    person.search_text = sounds.search_text(words)
    person.sort_key = sounds.sort_key(person.name or person.called_as)


def describe_person(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    case: Case,
    called_as: str,
    sex: str,
    age: Age | None,
    looks: str,
) -> Person:
    """Put the headline right: what he is called here, sex, age guess, looks; before and after are kept."""
    before = {"sex": person.sex, "age": [person.age_low, person.age_high]}
    after = {"sex": sex, "age": [age.low, age.high] if age else before["age"]}
    looks_before = person.looks
    made = made_names(person, at) if called_as.strip() == person.called_as else set()
    if not called_as.strip():
        raise PersonRefused(_("称呼不能空着：写姓名，或写能认出他的样子。"), field="called_as")
    person.called_as, person.sex, person.looks = called_as.strip(), sex, looks.strip()
    _set_age(person, age, clock.local(at).date())
    follow_facts(person, at, made)
    aliases = person.facts.filter(kind=FactKind.ALIAS).values_list("value", flat=True)
    refresh_search(person, tuple(aliases))
    with transaction.atomic():
        person.save()
        note(
            verb="persons.person.describe",
            actor=actor,
            at=at,
            person=person,
            case=case,
            summary="更正称呼、性别、年龄或样貌",
            changes={"before": before, "after": after},
            sealed={"looks_before": looks_before, "looks_after": person.looks},
        )
        if after["age"] != before["age"]:
            hide_minor(actor=actor, at=at, person=person, case=case)
        if after != before:
            tell_corrected(person, is_of_sex=sex != before["sex"])
    return person


def restrict_person(
    *, actor: Actor, at: datetime, person: Person, case: Case | None, reason: str
) -> None:
    """Hide who somebody is behind a reveal that asks the purpose (X14, PI-01)."""
    if not reason.strip():
        raise PersonRefused(_("请写明为什么限制查看。"), field="reason")
    person.is_restricted, person.restricted_reason = True, reason.strip()
    _save_restriction(actor, at, person, case, "persons.person.restrict", "限制查看身份", reason)


def hide_minor(*, actor: Actor, at: datetime, person: Person, case: Case) -> None:
    """Who turns out to be a minor, or may be one, is a restricted record from then on (PI-01)."""
    lines = age_lines(case.division_code, at)
    is_minor = is_treated_as_minor(person.age_on(clock.local(at).date()), lines)
    if is_minor and not person.is_restricted:
        reason = UNDER_AGE % {"n": lines.minor}
        restrict_person(actor=actor, at=at, person=person, case=case, reason=reason)


def lift_restriction(
    *, actor: Actor, at: datetime, person: Person, case: Case | None, reason: str
) -> None:
    """Show a record openly again, for a reason that is kept."""
    if not reason.strip():
        raise PersonRefused(_("请写明为什么解除限制。"), field="reason")
    person.is_restricted, person.restricted_reason = False, ""
    _save_restriction(actor, at, person, case, "persons.person.unrestrict", "解除查看限制", reason)


def _save_restriction(
    actor: Actor,
    at: datetime,
    person: Person,
    case: Case | None,
    verb: str,
    summary: str,
    reason: str,
) -> None:
    with transaction.atomic():
        person.save(update_fields=["is_restricted", "restricted_reason"])
        note(
            verb=verb,
            actor=actor,
            at=at,
            person=person,
            case=case,
            summary=summary,
            changes={"reason": reason.strip()},
        )


def set_photo(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    case: Case,
    photo: StoredFile,
    basis: str = "",
) -> None:
    """Use a stored photo as the picture on the card; `basis` says why it could be taken."""
    _put_picture(actor, at, person, case, photo, basis)


def take_photo_off(*, actor: Actor, at: datetime, person: Person, case: Case) -> None:
    """Leave the card without a picture."""
    _put_picture(actor, at, person, case, None)


def _put_picture(
    actor: Actor,
    at: datetime,
    person: Person,
    case: Case,
    photo: StoredFile | None,
    basis: str = "",
) -> None:
    person.photo = photo
    with transaction.atomic():
        person.save(update_fields=["photo"])
        note(
            verb="persons.person.picture",
            actor=actor,
            at=at,
            person=person,
            case=case,
            summary="更新卡片照片" if photo else "撤下卡片照片",
            basis=basis,
        )


def met_again(*, person: Person, at: datetime) -> None:
    """Move the day of the last meeting on; the encounter that calls writes the line."""
    if person.last_met_at is None or person.last_met_at < at:
        person.last_met_at = at
        person.save(update_fields=["last_met_at"])
