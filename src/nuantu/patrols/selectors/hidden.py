"""Photos of a stop that are hidden: with restricted people who were met there, such as children, and
those that somebody hid for what is seen on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from nuantu.core import hiding, scope
from nuantu.core.actors import Actor
from nuantu.patrols.models import PatrolContact, PatrolPhoto, PatrolVisit
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.looks import OPEN_FOR

REVEAL: Final = "photo.reveal"


def restricted_at(visits: Iterable[PatrolVisit]) -> dict[int, list[Person]]:
    """The restricted people met at these stops, by the key of the stop. Two queries, whoever reads:
    who may not see the person may not see the photo either."""
    with scope.system("a photo hides whoever is restricted, also from who cannot see him"):
        met = PatrolContact.objects.filter(visit__in=list(visits), case_id__isnull=False)
        pairs = list(met.values_list("visit_id", "case_id"))
        cases = Case.objects.filter(
            case_id__in={case for _visit, case in pairs}, person__is_restricted=True
        ).select_related("person")
        people = {case.case_id: case.person for case in cases}
    found: dict[int, list[Person]] = {}
    for visit, case_id in pairs:
        if case_id in people:
            found.setdefault(visit, []).append(people[case_id])
    return found


def hidden_links(visits: Iterable[PatrolVisit]) -> dict[int, UUID]:
    """Of the stops whose photos are hidden, the person who is to be revealed first."""
    return {visit: people[0].public_id for visit, people in restricted_at(visits).items()}


def is_opened(photo: PatrolPhoto, actor: Actor, at: datetime) -> bool:
    """Whether the actor said in the last minutes why he looks at a hidden photo."""
    return hiding.is_opened(
        photo=str(photo.public_id), verb=f"patrols.{REVEAL}", actor=actor, since=at - OPEN_FOR
    )
