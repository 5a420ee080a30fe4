"""Background work of stays."""

from uuid import UUID

from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.encounters.models import Encounter
from nuantu.operations.models import Handover
from nuantu.persons.models import Person
from nuantu.stays.services import (
    after_door,
    arriving,
    care,
    handing,
    monthly,
    overlay,
    safety,
    switching,
    women,
)
from nuantu.stays.services.health.keeping import sweep_staff_illness
from nuantu.stays.services.safety import cupboard


@job(name="stays.keep_arrival")
def keep_arrival(encounter: str) -> None:
    """A contact was written down: whoever is at the door or in the house already was brought in."""
    row = Encounter.objects.select_related("person").filter(public_id=UUID(encounter)).first()
    if row is not None:
        arriving.keep_arrival(at=clock.now(), encounter=row)


@job(name="stays.keep_arrivals_of")
def keep_arrivals_of(person: str) -> None:
    """Two records are one human: what was owed about one may be kept by the other."""
    found = Person.objects.filter(public_id=UUID(person)).first()
    if found is not None:
        arriving.keep_arrivals_of(at=clock.now(), person=found)


@job(name="stays.settle_person")
def settle_person(person: str, what: str) -> None:
    """Age, sex or a class of somebody was put right: his clocks and his bed follow."""
    found = Person.objects.filter(public_id=UUID(person)).first()
    if found is not None:
        switching.settle_person(at=clock.now(), person=found, is_of_sex=what == "sex")


@job(name="stays.owe_bringing")
def owe_bringing(handover: str) -> None:
    """Somebody accepted a hand-over: where it is a resident, he is brought there."""
    found = Handover.objects.filter(public_id=UUID(handover)).first()
    if found is not None:
        handing.owe_bringing(at=clock.now(), handover=found)


@periodic(name="stays.open_checks", cron="7 * * * *")
def open_checks(timestamp: int) -> None:
    """Ask the stations for the safety checks of the hour, day, week and month, and for counting."""
    safety.open_checks(at=clock.now())
    cupboard.open_counts(at=clock.now())


@periodic(name="stays.watch_over_women", cron="12 * * * *")
def watch_over_women(timestamp: int) -> None:
    """Where women stay and the coming day has hours without a woman on watch, that is owed."""
    women.watch_over_women(at=clock.now())


@periodic(name="stays.watch_stays", cron="12 16 * * *")
def watch_stays(timestamp: int) -> None:
    """After midnight in China: birthdays have come; no stay is without its clock and a fitting
    bed, and no reception without its decision being owed."""
    switching.watch_stays(at=clock.now())
    after_door.watch_door(at=clock.now())


@periodic(name="stays.open_month_forms", cron="30 16 * * *")
def open_month_forms(timestamp: int) -> None:
    """After midnight in China: the statistical form of the month before is owed."""
    monthly.open_month_forms(at=clock.now())


@periodic(name="stays.turn_back_zones", cron="17 * * * *")
def turn_back_zones(timestamp: int) -> None:
    """After the epidemic rules have ended: their zones go back to what they usually are."""
    overlay.turn_back_lapsed(at=clock.now())


@periodic(name="stays.sweep_care", cron="57 3 * * *")
def sweep_care(timestamp: int) -> None:
    """Once a night: roll-call photos, answered complaints and names of ill staff go after their term."""
    care.sweep_roll_photos(at=clock.now())
    care.sweep_complaints(at=clock.now())
    sweep_staff_illness(at=clock.now())
