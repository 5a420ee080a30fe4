"""Cases: opened at first contact, moved by an accepted hand-over, closed once."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.ids import RECEIPT_ALPHABET, new_id
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.persons.models import Case, Person, PersonClass, PersonFact
from nuantu.persons.selectors import cases as case_reads
from nuantu.persons.selectors import extensions
from nuantu.persons.selectors.duties import open_titles
from nuantu.persons.services.lines import note


class CaseRefused(Refusal):
    """The case cannot be opened or closed as asked."""


def _number(division_code: str, at: datetime) -> str:
    """County, day, four letters: can be read over the phone and counts nothing."""
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _place in range(4))
    return f"{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"


def open_case(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    division_code: str,
    source: str = "",
    place: str = "",
    opened_at: datetime | None = None,
    others: tuple[Subject, ...] = (),
) -> Case:
    """Open an episode held by the actor's organisation; a return after closing opens a new one.

    Raises CaseRefused while the same organisation still holds an open case of this person.
    """
    if case_reads.open_case_of(person, actor.org_code) is not None:
        raise CaseRefused(_("本单位已有这个人的进行中个案，请在那个个案里继续。"))
    return _begin(actor, at, person, division_code, source, place, opened_at, others)


def _begin(
    actor: Actor,
    at: datetime,
    person: Person,
    division_code: str,
    source: str,
    place: str,
    opened_at: datetime | None,
    others: tuple[Subject, ...] = (),
) -> Case:
    public_id = new_id()
    with together():
        case = Case.objects.create(
            public_id=public_id,
            case_id=public_id,
            division_code=division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            person=person,
            number=_number(division_code, at),
            source=source[:60],
            place=place[:200],
            opened_at=opened_at or at,
        )
        note(
            verb="persons.case.open",
            actor=actor,
            at=at,
            person=person,
            case=case,
            summary=f"建立个案：{case.number}",
            changes={"source": case.source},
            others=others,
            happened_at=opened_at,
        )
    return case


def continue_case(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    division_code: str,
    source: str = "",
    place: str = "",
    opened_at: datetime | None = None,
    is_new_person: bool = False,
) -> tuple[Case, bool]:
    """The open case this organisation holds, else a new one; whether it is new.

    A person who is new was entered in this transaction: there is no case to look for.
    """
    found = None if is_new_person else case_reads.open_case_of(person, actor.org_code)
    if found is not None:
        return found, False
    return _begin(actor, at, person, division_code, source, place, opened_at), True


def set_rescue_mode(
    *, actor: Actor, at: datetime, case: Case, mode: str, basis: str, reason: str
) -> None:
    """Note how the person is being helped from now on; the gate was passed by the caller (X01)."""
    if case.rescue_mode == mode:
        return
    before, case.rescue_mode = case.rescue_mode, mode
    with transaction.atomic():
        case.save(update_fields=["rescue_mode"])
        note(
            verb="persons.case.set_mode",
            actor=actor,
            at=at,
            person=case.person,
            case=case,
            summary=f"救助方式：{stored(case.get_rescue_mode_display)}",
            basis=basis,
            changes={"before": before, "after": mode, "reason": reason},
        )


def close_case(
    *, actor: Actor, at: datetime, case: Case, closing: str, note_text: str = ""
) -> Case:
    """End an episode. Raises CaseRefused while a duty of the case is open or a package objects.

    A clock that ran out never closes a case; a person does (DESIGN §7).
    """
    if not closing or closing not in Case.Closing.values:
        raise CaseRefused(_("请选择结案方式。"), field="closing")
    needs_words = closing in (Case.Closing.MISTAKE, Case.Closing.DECEASED, Case.Closing.GONE)
    if needs_words and not note_text.strip():
        raise CaseRefused(_("这种结案方式要写明情况。"), field="note")
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if not held.is_open:
            raise CaseRefused(_("这个个案已经结案。"))
        owed = [_("未办结：%(title)s") % {"title": title} for title in open_titles(held.public_id)]
        objections = [*owed, *extensions.objections(held, at)]
        if objections:
            raise CaseRefused(_("还不能结案：%(why)s") % {"why": "；".join(objections)})
        held.state, held.closed_at = Case.State.CLOSED, at
        held.closing, held.closing_note = closing, note_text.strip()[:300]
        held.save(update_fields=["state", "closed_at", "closing", "closing_note"])
        note(
            verb="persons.case.close",
            actor=actor,
            at=at,
            person=held.person,
            case=held,
            summary=f"结案：{stored(held.get_closing_display)}",
            changes={"closing": closing, "note": held.closing_note},
        )
    return held


def move_case(*, case_id: UUID, new_owner: str) -> None:
    """Give a case and all that hangs on it to a new holder; the accepted hand-over writes the line.

    The person's headline goes along unless the giver still holds another open case of him.
    """
    with scope.system("an accepted hand-over moves a case"):
        case = Case.objects.select_related("person").filter(case_id=case_id).first()
        if case is None:
            return
        giver = case.owner_org
        for model in (Case, PersonFact, PersonClass):
            model.objects.filter(case_id=case_id).update(owner_org=new_owner)
        others = Case.objects.filter(person=case.person, owner_org=giver, state=Case.State.OPEN)
        if case.person.owner_org == giver and not others.exists():
            Person.objects.filter(pk=case.person_id).update(owner_org=new_owner)


def move_with_case(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """As `core.subjects` calls it; without a case nothing moves."""
    if case_id is not None:
        move_case(case_id=case_id, new_owner=new_owner)
