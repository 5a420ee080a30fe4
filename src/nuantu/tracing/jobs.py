"""Background work of tracing."""

from uuid import UUID

from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.persons.models import Person
from nuantu.stays.models import Stay
from nuantu.tracing import services
from nuantu.tracing.services import notices


@job(name="tracing.bring_in", in_steps=True)
def bring_in(batch: str, user: str) -> None:
    """Bring in the rows of a file that somebody confirmed."""
    services.bring_in(batch, user)


@periodic(name="tracing.forget", cron="53 3 * * *")
def forget(timestamp: int) -> None:
    """Once a night: what is closed is erased when its day is over; who came of age is masked no more."""
    at = clock.now()
    services.forget_reports(at=at)
    services.forget_files(at=at)
    notices.forget_photos(at=at)
    services.forget_sounds(at=at)
    services.unmask_grown(at=at)


@job(name="tracing.compare")
def compare() -> None:
    """Compare everybody whom nobody can name with every report, where something changed."""
    services.compare_all(at=clock.now())


@job(name="tracing.compare_told")
def compare_told(person: str, what: str = "") -> None:
    """Somebody told a thing that can be compared, or it was put right: he is compared soon."""
    services.wake()


@periodic(name="tracing.compare_again", cron="*/5 * * * *")
def compare_again(timestamp: int) -> None:
    """Every five minutes: consents that ended, who came and went, a run that was lost."""
    services.compare_all(at=clock.now())


@job(name="tracing.begin_search")
def begin_search(stay: str) -> None:
    """A resident came in whom nobody knows: who he is is searched for."""
    found = _stay(stay)
    if found is not None:
        services.begin_of_stay(at=clock.now(), stay=found)


@job(name="tracing.leave_search")
def leave_search(stay: str) -> None:
    """A resident left: no step is owed any more."""
    found = _stay(stay)
    if found is not None:
        services.leave_of_stay(at=clock.now(), stay=found)


@periodic(name="tracing.watch_searches", cron="19 * * * *")
def watch_searches(timestamp: int) -> None:
    """Once an hour: no resident whom nobody knows is without a search, no late answer without a reminder."""
    at = clock.now()
    services.watch_searches(at=at)
    services.owe_reminders(at=at)


def _stay(public_id: str) -> Stay | None:
    rows = Stay.objects.select_related("person", "reception")
    return rows.filter(public_id=UUID(public_id)).first()


@job(name="tracing.look_again")
def look_again(person: str, what: str = "") -> None:
    """Something became known of somebody: a notice about him may not stand any longer."""
    found = Person.objects.filter(public_id=UUID(person)).first()
    if found is not None:
        notices.look_again(at=clock.now(), person=found)


@periodic(name="tracing.watch_notices", cron="22 * * * *")
def watch_notices(timestamp: int) -> None:
    """Every hour: no notice stands for somebody who is known, none is left on a channel unowed."""
    notices.watch_notices(at=clock.now())
