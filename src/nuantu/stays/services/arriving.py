"""A contact that was written down after its person had come: the promise to bring him is kept."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from nuantu.core.actors import SYSTEM
from nuantu.encounters.models import Encounter
from nuantu.encounters.services import owing
from nuantu.operations.models import Duty
from nuantu.persons.models import Person
from nuantu.persons.selectors.same import same_human
from nuantu.stays.models import Absence, Reception, Stay


def keep_arrival(*, at: datetime, encounter: Encounter) -> bool:
    """Keep the promise to bring somebody in who is here already; whether he is.

    Runs in a job under the system scope, after the contact was written down. Here is whose
    reception is open or was opened after the contact, and who is in the house and not out.
    """
    people = same_human(encounter.person)
    is_here = _was_received(encounter, people) or _is_in_the_house(encounter.owner_org, people)
    if is_here:
        owing.keep(
            actor=SYSTEM,
            at=at,
            encounter=encounter,
            kind=owing.BRING,
            note="接触登记时，接待已经开始",
        )
    return is_here


def keep_arrivals_of(*, at: datetime, person: Person) -> int:
    """The same for every contact of a person, after two records were found to be one; how many."""
    awaited = Duty.objects.filter(kind=owing.BRING, state=Duty.State.OPEN).values("subject_id")
    rows = Encounter.objects.filter(public_id__in=awaited, person__in=same_human(person))
    return sum(keep_arrival(at=at, encounter=row) for row in rows.select_related("person"))


def _was_received(encounter: Encounter, people: Iterable[Person]) -> bool:
    receptions = Reception.objects.filter(owner_org=encounter.owner_org, person__in=people)
    is_since = Q(state=Reception.State.OPEN) | Q(asked_at__gte=encounter.happened_at)
    return receptions.filter(is_since).exists()


def _is_in_the_house(org: str, people: Iterable[Person]) -> bool:
    stays = Stay.objects.filter(owner_org=org, person__in=people, left_at=None)
    is_out = Absence.objects.filter(stay=OuterRef("pk"), back_at=None)
    return stays.exclude(Exists(is_out)).exists()
