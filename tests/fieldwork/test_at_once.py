"""Phones that send at the same moment, on connections of their own: each entry once, nobody waits for ever."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.encounters.models import Encounter
from nuantu.fieldwork import services
from nuantu.fieldwork.models import FieldCommand, FieldDevice
from nuantu.operations.models import TeamMember
from nuantu.patrols.models import PatrolRun, PatrolVisit
from tests import builders
from tests.builders import PATROL
from tests.cast import STATION, Cast, Player, assemble
from tests.fieldwork.phones import FIELDS, Made, Phone, enrolled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SENDS = 3


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The cast, committed."""
    return assemble()


@pytest.fixture
def first(people: Cast) -> Phone:
    """The patroller's phone."""
    return enrolled(people.patroller, builders.a_patrol_route(people))


@pytest.fixture
def second(first: Phone) -> Phone:
    """The phone of another member of his team."""
    with scope.system("a test makes a team of two"):
        user = User.objects.create(
            login="mate", name="吴三", organisation_id=STATION, roles=["patroller"], password="!"
        )
        TeamMember.objects.create(team=first.route.team, user=user)
        mate = Player("mate", user.name, actor_for(user), user)
    return enrolled(mate, first.route)


@pytest.fixture(autouse=True)
def _tonight() -> Iterator[None]:
    with clock.frozen(PATROL):
        yield


def _at_once(*work: Callable[[], object]) -> list[object]:
    """All started together, each in a thread and on a connection of its own; raises what any raised."""
    start = threading.Barrier(len(work))

    def press(act: Callable[[], object]) -> object:
        try:
            with clock.frozen(PATROL):
                start.wait(10)
                return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(press, work, timeout=60))


def _sender(phone: Phone, made: Sequence[Made]) -> Callable[[], object]:
    """One connection of a phone: the same message, sent again and again as on a bad line."""

    def send() -> object:
        line = Phone(phone.player, phone.route, phone.device, phone.token, client=Client())
        answers = [line.send(*made) for _time in range(SENDS)]
        for answer in answers:
            assert answer.status_code == 200, answer.content
            assert answer.json()["kept"] == [one["id"] for one in made]
        return answers[-1].json()["states"]

    return send


def _evening(phone: Phone, *, is_met: bool = False) -> list[Made]:
    """The shift as one phone tells it."""
    made = [
        phone.make("run.begin", phone.route.public_id, crew="杨二、吴三"),
        phone.make("visit.arrive", phone.stop),
        phone.make("run.all_well", phone.route.public_id),
    ]
    if is_met:
        made.append(phone.make("contact.record", fields=FIELDS, visit=str(phone.stop)))
        made.append(phone.make("visit.met", phone.stop, count=1, note=""))
    else:
        made.append(phone.make("visit.nobody", phone.stop, note="只有纸板"))
    return made


def _each_once(*made: Sequence[Made]) -> dict[UUID, str]:
    with scope.system("a test looks"):
        rows = list(FieldCommand.objects.values_list("command_id", "state", "is_copy"))
    assert Counter(own_id for own_id, _state, _copy in rows) == Counter(
        UUID(one["id"]) for some in made for one in some
    )
    assert not any(is_copy for _id, _state, is_copy in rows)
    return {own_id: state for own_id, state, _copy in rows}


def test_one_phone_that_sends_on_two_connections_at_once_tells_everything_once(
    first: Phone,
) -> None:
    made = _evening(first, is_met=True)
    _at_once(_sender(first, made), _sender(first, made), _sender(first, made[2:]))
    assert set(_each_once(made).values()) == {"applied"}
    with scope.system("a test looks"):
        assert PatrolRun.objects.get().state == "under_way"
        assert PatrolVisit.objects.values_list("state", "people_count").get() == ("met", 1)


def test_two_phones_of_one_team_at_once_tell_the_night_once(first: Phone, second: Phone) -> None:
    one, other = _evening(first), _evening(second)
    _at_once(_sender(first, one), _sender(second, other))
    assert set(_each_once(one, other).values()) == {"applied"}
    with scope.system("a test looks"):
        assert PatrolRun.objects.count() == 1
        assert PatrolVisit.objects.get().state == "nobody"


def test_two_phones_that_contradict_each_other_at_once_lose_nothing(
    first: Phone, second: Phone
) -> None:
    one, other = _evening(first), _evening(second, is_met=True)
    _at_once(_sender(first, one), _sender(second, other))
    assert set(_each_once(one, other).values()) <= {"applied", "review"}
    with scope.system("a test looks"):
        assert PatrolVisit.objects.values_list("state", "people_count").get() == ("met", 1)
        assert Encounter.objects.count() == 1, "whoever was met stands, whichever came first"


def test_the_request_and_the_job_at_once_apply_each_command_once(first: Phone) -> None:
    made = _evening(first)
    with scope.system("a test keeps without applying"):
        device = FieldDevice.objects.get()
    services.keep(at=PATROL, device=device, delivery=services.Delivery(made))

    def job() -> None:
        services.go_on(at=PATROL, device_id=device.public_id)

    _at_once(job, job, _sender(first, made))
    assert set(_each_once(made).values()) == {"applied"}


def test_one_id_from_two_phones_at_once_is_kept_once(first: Phone, second: Phone) -> None:
    made = first.make("clock.tell")
    _at_once(_sender(first, [made]), _sender(second, [made]))
    _each_once([made])
