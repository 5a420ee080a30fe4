"""The program itself fails, at any place: what a phone sent stays, and somebody hears of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection

from nuantu.config.launch.doctor import database
from nuantu.fieldwork import jobs as fieldwork_jobs
from nuantu.fieldwork.models import FieldCommand, FieldDevice, ReviewCard
from nuantu.operations.models import Duty
from nuantu.patrols.models import PatrolRun
from tests.fieldwork.phones import states

if TYPE_CHECKING:
    from tests.fieldwork.phones import Phone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@contextmanager
def _broken(table: str, condition: str) -> Iterator[None]:
    """The database refuses every new row of a table that does not hold to this."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT broken CHECK ({condition}) NOT VALID")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT broken")


NEVER_APPLIED = ("fieldwork_fieldcommand", "state <> 'applied'")


def _job(phone: "Phone") -> None:
    fieldwork_jobs.apply(str(phone.device))


def test_a_fault_beside_the_deed_answers_as_received_and_the_job_ends_it(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    with _broken(*NEVER_APPLIED):
        answer = phone.send(begin)
        assert (answer.status_code, answer.json()["kept"]) == (200, [begin["id"]])
        assert states(answer) == ["waiting"]
        assert not PatrolRun.objects.exists()
        assert _deferred("fieldwork.apply", phone)
        with pytest.raises(IntegrityError):
            _job(phone)
    _job(phone)
    assert states(phone.send(begin)) == ["applied"]
    assert PatrolRun.objects.get().state == "under_way"


def _deferred(name: str, phone: "Phone") -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND args->>'device' = %s",
            [name, str(phone.device)],
        )
        return bool(cursor.fetchone()[0])


def test_a_fault_that_stays_is_a_card_in_the_end_and_holds_up_nobody(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    with _broken(*NEVER_APPLIED):
        phone.send(begin)
        for _turn in range(5):
            with pytest.raises(IntegrityError):
                _job(phone)
        card = ReviewCard.objects.get()
        assert (card.why, card.state) == ("failed", "open")
        assert Duty.objects.filter(kind="fieldwork.review", state="open").exists()
        _job(phone)
    assert states(phone.send(phone.make("clock.tell"))) == ["applied"]


def test_where_not_even_a_card_can_be_opened_the_command_goes_on_waiting(phone: "Phone") -> None:
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    with _broken(*NEVER_APPLIED), _broken_cards():
        phone.send(begin)
        for _turn in range(7):
            with pytest.raises(IntegrityError):
                _job(phone)
    _job(phone)
    assert FieldCommand.objects.get().state == "applied"


@contextmanager
def _broken_cards() -> Iterator[None]:
    with _broken("fieldwork_reviewcard", "why <> 'failed'"):
        yield


def test_one_that_cannot_be_kept_stays_on_the_phone_and_the_others_do_not(phone: "Phone") -> None:
    begin, bad, well = (
        phone.make("run.begin", phone.route.public_id, crew="杨二"),
        phone.make("run.all_well", phone.route.public_id),
        phone.make("clock.tell"),
    )
    with _broken("fieldwork_fieldcommand", "kind <> 'run.all_well'"):
        answer = phone.send(begin, bad, well)
    assert answer.json()["kept"] == [begin["id"], well["id"]]
    assert bad["id"] not in answer.json()["states"]
    again = phone.send(bad)
    assert states(again) == ["applied"]
    assert FieldCommand.objects.count() == 3


def test_a_card_that_cannot_be_closed_stops_nothing(phone: "Phone") -> None:
    device = FieldDevice.objects.get()
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    phone.seq = 1
    nobody = phone.make("visit.nobody", phone.stop)
    arrive = phone.make("visit.arrive", phone.stop)
    phone.send(begin, nobody)
    with _broken("fieldwork_reviewcard", "state <> 'applied'"):
        assert states(phone.send(arrive)) == ["applied"]
    assert ReviewCard.objects.get().state == "open"
    assert device.commands.filter(state="waiting").count() == 0


def test_the_administrator_hears_that_entries_wait_for_a_mended_program(phone: "Phone") -> None:
    assert list(database.phones(_plain())) == []
    begin = phone.make("run.begin", phone.route.public_id, crew="杨二")
    with _broken(*NEVER_APPLIED):
        phone.send(begin)
        with pytest.raises(IntegrityError):
            _job(phone)
    (found,) = database.phones(_plain())
    assert "1 条" in found.line("zh")
    assert "1 entries" in found.line("en")


def _plain() -> Any:
    """The connection of the test itself, as the examination uses one."""
    connection.ensure_connection()
    return connection.connection
