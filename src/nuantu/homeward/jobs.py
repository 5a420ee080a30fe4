"""Background work of homeward."""

from uuid import UUID

from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.encounters.models import Encounter
from nuantu.homeward import services
from nuantu.homeward.models import AlertKind
from nuantu.homeward.selectors.waiting import to_look_after
from nuantu.homeward.services import contacts, ledger, on_the_way, owing, settling
from nuantu.persons.models import Case, Person
from nuantu.stays.models import Stay


@periodic(name="homeward.look_after", cron="*/2 * * * *")
def look_after(timestamp: int) -> None:
    """Every two minutes: silence, hours of fences, and what waited for the end of the quiet hours."""
    at = clock.now()
    services.look_after(at=at, wearers=to_look_after(at))
    services.release(at=at)


@periodic(name="homeward.purge", cron="23 3 * * *")
def purge(timestamp: int) -> None:
    """Once a night: tracks end with their term, and a wristband whose consent ran out is fetched."""
    at = clock.now()
    owing.owe_expired(at=at)
    services.purge(at=at)


@periodic(name="homeward.watch_ledger", cron="41 2 * * *")
def watch_ledger(timestamp: int) -> None:
    """Once a night: nobody of the ledger is without a responsible person, every risk is judged anew."""
    at = clock.now()
    ledger.name_keepers(at=at)
    ledger.judge_all(at=at)


@job(name="homeward.alert_met")
def alert_met(encounter: str) -> None:
    """Somebody was met on the street: whoever keeps him in a ledger is told, and the team whom to call."""
    row = Encounter.objects.select_related("person").filter(public_id=UUID(encounter)).first()
    case = Case.objects.filter(case_id=row.case_id).first() if row else None
    if row is not None and case is not None:
        _alert(row.person, case, AlertKind.MET)


@job(name="homeward.alert_taken_in")
def alert_taken_in(stay: str) -> None:
    """Somebody came into a station: whoever keeps him in a ledger is told, and the station whom to call."""
    row = Stay.objects.select_related("person").filter(public_id=UUID(stay)).first()
    case = Case.objects.filter(case_id=row.case_id).first() if row else None
    if row is not None and case is not None:
        _alert(row.person, case, AlertKind.TAKEN_IN)


@job(name="homeward.alert_named")
def alert_named(person: str) -> None:
    """It became known who somebody is: the ledgers are asked for his open cases."""
    found = Person.objects.filter(public_id=UUID(person)).first()
    if found is not None:
        for one in ledger.records_of(found):
            for case in Case.objects.filter(person=one, state=Case.State.OPEN):
                if case.source != ledger.SOURCE:
                    _alert(one, case, AlertKind.NAMED)


def _alert(person: Person, case: Case, seen: str) -> None:
    at = clock.now()
    ledger.alert(at=at, person=person, case=case, seen=seen, seen_at=at)


@job(name="homeward.set_out")
def set_out(stay: str) -> None:
    """A resident was seen out: if his way home is planned so, he is on the way."""
    found = Stay.objects.select_related("leaving").filter(public_id=stay).first()
    if found is not None:
        on_the_way.set_out(at=clock.now(), stay=found)


@periodic(name="homeward.watch_returns", cron="*/5 * * * *")
def watch_returns(timestamp: int) -> None:
    """Every five minutes: who should have arrived and is not heard of; sheets that both have signed."""
    on_the_way.watch_returns(at=clock.now())


@periodic(name="homeward.watch_book", cron="47 2 * * *")
def watch_book(timestamp: int) -> None:
    """Once a night: whoever keeps lines of the contact book that are old owes calling those stations."""
    contacts.owe_confirming(at=clock.now())


@job(name="homeward.settle_again")
def settle_again(person: str) -> None:
    """It became known who somebody is: what settles him as unknown ends or is reopened."""
    found = Person.objects.filter(public_id=UUID(person)).first()
    if found is not None:
        settling.look_again(at=clock.now(), person=found)


@job(name="homeward.settle_left")
def settle_left(stay: str) -> None:
    """A guest left: his settlement waits."""
    found = Stay.objects.filter(public_id=UUID(stay)).first()
    if found is not None:
        settling.left(at=clock.now(), stay=found)
