"""A contact written down after its person had come to the station: nobody ticks a promise off by hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from nuantu.core import clock, events, scope
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.stays import jobs
from nuantu.stays import services as stays
from nuantu.stays.models import Reception
from tests.cast import Cast, Player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county_plan")]
Make = Callable[..., Any]


def received(cast: Cast, at: datetime) -> Reception:
    """A man whom nobody has met before stands at the door."""
    with clock.frozen(at), scope.enter(scope.of_actor(cast.reception.actor)):
        return stays.receive(
            actor=cast.reception.actor,
            at=at,
            arrival_mode="self",
            newcomer=stays.Newcomer(name="王小明", sex="male", looks="灰大衣"),
        )


def turned_away(cast: Cast, row: Reception, at: datetime) -> None:
    """He went on by himself, before anything was decided."""
    with clock.frozen(at), scope.enter(scope.of_actor(cast.reception.actor)):
        stays.decide(
            actor=cast.reception.actor,
            at=at,
            reception=row,
            decision="withdrawn",
            note_text="自己走了",
        )


def owed() -> list[str]:
    """Promises to bring somebody in that are open."""
    with scope.system("the test reads promises"):
        rows = Duty.objects.filter(kind="encounter.bring_in", state="open")
        return list(rows.values_list("title", flat=True))


def test_who_went_on_before_he_was_met_is_still_to_be_brought(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    row = received(cast, evening - timedelta(hours=3))
    turned_away(cast, row, evening - timedelta(hours=2))
    contact = record(met(), person=row.person).encounter
    jobs.keep_arrival(str(contact.public_id))
    assert len(owed()) == 1


def test_who_stands_at_the_door_already_was_brought(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    row = received(cast, evening - timedelta(minutes=20))
    contact = record(met(), person=row.person).encounter
    assert len(owed()) == 1
    jobs.keep_arrival(str(contact.public_id))
    jobs.keep_arrival(str(contact.public_id))
    assert owed() == []


def test_who_came_after_the_contact_and_went_on_was_brought_too(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    row = received(cast, evening - timedelta(minutes=4))
    turned_away(cast, row, evening - timedelta(minutes=1))
    contact = record(met(), person=row.person).encounter
    jobs.keep_arrival(str(contact.public_id))
    assert owed() == []


@pytest.mark.slow
def test_two_records_of_one_man_are_enough_once_somebody_says_so(
    cast: Cast, met: Make, record: Make, evening: datetime, seen_as: Callable[[Player], Any]
) -> None:
    contact = record(met()).encounter
    row = received(cast, evening)
    jobs.keep_arrival(str(contact.public_id))
    assert len(owed()) == 1
    with seen_as(cast.reception):
        persons.link_persons(
            actor=cast.reception.actor,
            at=evening,
            first=contact.person,
            second=row.person,
            reasons=["name"],
        )
    jobs.keep_arrivals_of(str(row.person.public_id))
    assert owed() == []


def test_the_contact_and_the_link_are_heard_of() -> None:
    heard = events.subscribers()
    assert "stays.keep_arrival" in heard["encounters.encounter_recorded"]
    assert "stays.keep_arrivals_of" in heard["persons.link_confirmed"]
