"""Background work of casework."""

from uuid import UUID

from nuantu.casework import services
from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.persons.models import Person


@job(name="casework.follow_classes")
def follow_classes(person: str, what: str = "") -> None:
    """A class was given to somebody: where it tells of a risk, the mark and its promises begin."""
    found = Person.objects.filter(public_id=UUID(person)).first()
    if found is not None:
        services.follow_classes(at=clock.now(), person=found)


@periodic(name="casework.watch", cron="27 * * * *")
def watch(timestamp: int) -> None:
    """Every hour: no risk without its review, no plan without a next step or a worker."""
    services.watch_casework(at=clock.now())
