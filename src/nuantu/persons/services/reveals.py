"""Reading what is hidden: who, what, for which purpose; and that a record was opened at all."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.persons.models import Case, Person, PersonFact
from nuantu.persons.selectors import looks
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.persons.services.lines import note

__all__ = ["IDENTITY", "RevealRefused", "note_export", "note_read", "reveal"]

SHORTEST_PURPOSE = 4
READ_AGAIN_AFTER: Final = timedelta(minutes=10)
# No page stays open for longer: a browser that says it only asks anew was opened within it.
OPEN_AT_MOST: Final = timedelta(days=1)


class RevealRefused(Refusal):
    """What is hidden stays hidden: no purpose was given."""


def reveal(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    case: Case | None,
    what: str,
    purpose: str,
    fact: PersonFact | None = None,
    shown: str = "身份",
) -> None:
    """Open the identity of a restricted person or one sealed fact to the actor for ten minutes.

    The line is the permission: pages show what a line of these minutes opened. `purpose` is the
    sentence an auditor will read, `shown` what was opened in words.
    """
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise RevealRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    if fact is not None:
        shown = stored(fact.get_kind_display)
    note(
        verb="persons.person.reveal",
        actor=actor,
        at=at,
        person=person,
        case=case,
        summary=f"查看：{shown}",
        basis=words,
        is_basis_typed=True,
        changes={"what": what},
    )


def note_read(
    *, actor: Actor, at: datetime, person: Person, case: Case | None, is_asked_anew: bool = False
) -> None:
    """Write that the actor opened this record, once in ten minutes.

    `is_asked_anew` is what a browser says of an open page that asks again by itself. It is believed
    only of a record that was opened before: else saying so would be a way to look unseen.
    """
    since = at - (OPEN_AT_MOST if is_asked_anew else READ_AGAIN_AFTER)
    if looks.has_read_since(person, actor, since):
        return
    note(
        verb="persons.person.read",
        actor=actor,
        at=at,
        person=person,
        case=case,
        summary="打开人员记录",
    )


def note_export(
    *, actor: Actor, at: datetime, persons: list[Person], purpose: str = "导出名册"
) -> None:
    """Write on each record that it left the system in a list."""
    for person in persons:
        note(
            verb="persons.person.export",
            actor=actor,
            at=at,
            person=person,
            case=None,
            summary=purpose,
        )
