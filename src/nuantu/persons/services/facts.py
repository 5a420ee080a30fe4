"""What is known of somebody: each thing once, with certainty and source, never overwritten."""

import re
from datetime import date, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.fields import keyed_hash
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.persons.models import (
    COMPARED_KINDS,
    SEALED_KINDS,
    TELLING_KINDS,
    Case,
    Certainty,
    FactKind,
    Person,
    PersonFact,
    Sex,
)
from nuantu.persons.rules import id_number
from nuantu.persons.services.lines import note, tell_corrected, tell_identified, tell_told
from nuantu.persons.services.people import follow_facts, hide_minor, made_names, refresh_search

ID_FAULTS: Final[dict[str, Promise]] = {
    "length": _("身份证号应为18位，现在不是。请逐位核对。"),
    "old": _("这是15位旧号码，2013年起停用。请问18位号码，或按原样记录。"),
    "characters": _("身份证号只能是数字，末位可以是X。请核对。"),
    "date": _("第7到14位不是真实的出生日期。请核对。"),
    "future": _("第7到14位的出生日期还没到。请核对。"),
    "check": _("末位校验不对，多半有一位听错或写错。请逐位核对。"),
}
MOST_LETTERS = 400


class FactRefused(Refusal):
    """What was put down cannot be kept as it stands."""


def add_fact(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    case: Case,
    kind: str,
    value: str,
    certainty: str,
    source: str,
    corrects: PersonFact | None = None,
    is_as_heard: bool = False,
) -> PersonFact:
    """Put one thing down. Raises FactRefused with the field to mend.

    An ID number must pass GB 11643; `is_as_heard` keeps one that does not, as claimed and never
    as verified, because a wrong number is a trace too. Sealed kinds go into the journal sealed.
    """
    text = " ".join(value.split())
    _check_words(text, kind, certainty, source)
    day = clock.local(at).date()
    number = _read_number(text, day, certainty, is_as_heard) if kind == FactKind.ID_NUMBER else None
    if kind == FactKind.ID_NUMBER:
        text = id_number.tidy(text)
    birth = _read_birth(text, day) if kind == FactKind.BIRTH_DATE else None
    is_sealed = kind in SEALED_KINDS
    born, sex = person.birth_date, person.sex
    with together():
        fact = PersonFact.objects.create(
            division_code=case.division_code,
            owner_org=case.owner_org,
            case_id=case.case_id,
            recorded_at=at,
            person=person,
            kind=kind,
            value="" if is_sealed else text,
            secret=text if is_sealed else "",
            secret_hash=keyed_hash(text) if is_sealed else "",
            certainty=certainty,
            source=source.strip()[:120],
            noted_at=at,
            noted_by=actor.name,
            corrects=corrects,
        )
        _carry_to_headline(person, fact, number, birth)
        _note_fact(actor, at, person, case, fact, text)
        if person.birth_date != born:
            hide_minor(actor=actor, at=at, person=person, case=case)
        if (person.birth_date, person.sex) != (born, sex):
            tell_corrected(person, is_of_sex=person.sex != sex)
        if kind in (FactKind.NAME, FactKind.ID_NUMBER) and certainty == Certainty.VERIFIED:
            tell_identified(person)
        if kind in COMPARED_KINDS:
            tell_told(person)
    return fact


def withdraw_fact(*, actor: Actor, at: datetime, fact: PersonFact, reason: str) -> None:
    """Take back what nobody stands by any more, where there is nothing right to put in its place.

    The row stays, struck out, as one that corrects itself; what it had corrected is not stood by either. Nothing
    happens where it was put right or taken back before.
    """
    with together():
        row = PersonFact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
        if row.corrections.exists():
            return
        case = Case.objects.select_related("person").get(case_id=row.case_id)
        before = row.corrects
        PersonFact.objects.filter(pk=row.pk).update(corrects=row.pk)
        if before is not None:
            PersonFact.objects.filter(pk=before.pk).update(corrects=before.pk)
        note(
            verb="persons.fact.withdraw",
            actor=actor,
            at=at,
            person=case.person,
            case=case,
            summary=f"撤回：{stored(FactKind(row.kind).label)}",
            changes={"kind": row.kind, "reason": reason},
        )
        tell_told(case.person)


def _check_words(text: str, kind: str, certainty: str, source: str) -> None:
    if kind not in FactKind.values:
        raise FactRefused(_("请选择记录哪一项。"), field="kind")
    if not text:
        raise FactRefused(_("请写明内容。"), field="value")
    if len(text) > MOST_LETTERS:
        raise FactRefused(_("内容太长，请压到400字以内。"), field="value")
    if certainty not in Certainty.values:
        raise FactRefused(_("请选择有多确定：自述、估计或已核实。"), field="certainty")
    if not source.strip():
        raise FactRefused(_("请写明从哪里知道的。"), field="source")


def _read_number(
    text: str, today: date, certainty: str, is_as_heard: bool
) -> id_number.IdNumber | None:
    try:
        return id_number.read(text, today=today)
    except id_number.InvalidIdNumber as error:
        if is_as_heard and certainty != Certainty.VERIFIED:
            return None
        if is_as_heard:
            raise FactRefused(
                _("校验不通过的号码不能标为“已核实”，请改为“自述”。"), field="certainty"
            ) from error
        raise FactRefused(ID_FAULTS[error.fault], field="value") from error


def _read_birth(text: str, today: date) -> date:
    try:
        year, month, day = (int(part) for part in re.findall(r"\d+", text))
        birth = date(year, month, day)
    except ValueError as error:
        raise FactRefused(_("请写成 1976-03-08 这样的日期。"), field="value") from error
    if birth > today:
        raise FactRefused(_("出生日期不能晚于今天。"), field="value")
    return birth


def _carry_to_headline(
    person: Person, fact: PersonFact, number: id_number.IdNumber | None, birth: date | None
) -> None:
    """What changes the card: a name, an alias to be found by, a proven birth date and sex."""
    before, made = dict(vars(person)), made_names(person, fact.noted_at)
    if fact.kind == FactKind.NAME:
        person.name = fact.value[:60]
        person.called_as = fact.value[:80]
    if birth is not None and fact.certainty != Certainty.ESTIMATED:
        person.birth_date = birth
    if number is not None and fact.certainty == Certainty.VERIFIED:
        person.birth_date = number.birth
        if person.sex == Sex.UNKNOWN:
            person.sex = number.sex
            follow_facts(person, fact.noted_at, made)
    aliases = person.facts.filter(kind__in=(FactKind.ALIAS, FactKind.NAME)).values_list(
        "value", flat=True
    )
    refresh_search(person, tuple(aliases))
    if vars(person) != before:
        person.save()


def _note_fact(
    actor: Actor, at: datetime, person: Person, case: Case, fact: PersonFact, text: str
) -> None:
    kept: dict[str, Any] = {"kind": fact.kind, "certainty": fact.certainty, "source": fact.source}
    is_hidden = fact.is_sealed or fact.kind in TELLING_KINDS
    if not is_hidden:
        kept["value"] = text
    note(
        verb="persons.fact.correct" if fact.corrects_id else "persons.fact.add",
        actor=actor,
        at=at,
        person=person,
        case=case,
        summary=f"{'更正' if fact.corrects_id else '记录'}：{stored(FactKind(fact.kind).label)}",
        changes=kept,
        sealed={"value": text} if is_hidden else None,
    )
