"""Opening the page of an unidentified person, what is hidden of him, and the list that left the system."""

from collections.abc import Iterable
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.persons import services as persons
from nuantu.persons.models import Case, PersonFact
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.tracing.models import IdentitySearch


def note_search_read(
    *,
    actor: Actor,
    at: datetime,
    search: IdentitySearch,
    case: Case,
    is_asked_anew: bool = False,
) -> None:
    """Write on his record that the actor opened it here, once in ten minutes."""
    persons.note_read(
        actor=actor, at=at, person=search.person, case=case, is_asked_anew=is_asked_anew
    )


def note_searches_left(*, actor: Actor, at: datetime, searches: Iterable[IdentitySearch]) -> None:
    """Write on each record that it left the system in the list of people nobody knows."""
    people = [one.person for one in searches]
    persons.note_export(actor=actor, at=at, persons=people, purpose="导出身份不明人员名单")


def reveal_of_search(
    *,
    actor: Actor,
    at: datetime,
    search: IdentitySearch,
    fact: PersonFact | None,
    purpose: str,
) -> None:
    """Open the identity or one sealed fact to the actor for ten minutes. Raises RevealRefused."""
    persons.reveal(
        actor=actor,
        at=at,
        person=search.person,
        case=Case.objects.filter(case_id=search.case_id).first(),
        what=str(fact.public_id) if fact else IDENTITY,
        purpose=purpose,
        fact=fact,
    )
