"""Random nights over a bad line: what arrives equals what the same buttons online would have done.

A few of the thousand that `test_early_nights` and `test_late_nights` play; then what is not alike on
every line: a gap that was waited for, two phones of one team. Failing seeds are named.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.http import Http404

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.operations.models import TeamMember
from nuantu.patrols.models import PatrolRoute, PatrolVisit
from tests.builders import PATROL
from tests.cast import STATION, Player
from tests.examples import seeds
from tests.fieldwork.deeds import Deed
from tests.fieldwork.nights import (
    AT_ONCE,
    EARLY,
    LATE,
    Nights,
    each_once,
    ends_at,
    moments_of,
    over_the_line,
    press,
    undone,
)
from tests.fieldwork.outbox import Dice, Outbox
from tests.fieldwork.phones import device_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mate(route: PatrolRoute) -> Player:
    """Another member of the team, with a phone of his own."""
    user = User.objects.create(
        login="mate", name="吴三", organisation_id=STATION, roles=["patroller"], password="!"
    )
    TeamMember.objects.create(team=route.team, user=user)
    return Player("mate", user.name, actor_for(user), user)


@pytest.mark.slow
def test_random_nights_over_a_bad_line_end_as_they_would_have_online(nights: Nights) -> None:
    for seed in seeds(4):
        nights.play(seed)


def test_two_files_share_a_thousand_nights() -> None:
    firsts = [*EARLY[::AT_ONCE], *LATE[::AT_ONCE]]
    played = [first + more for first in firsts for more in range(AT_ONCE)]
    assert sorted(played) == list(range(1000))


@pytest.mark.slow
def test_what_comes_after_the_gap_was_waited_for_is_still_there_once(nights: Nights) -> None:
    """The order may be lost then, and cards opened; nothing else is."""
    for seed in seeds(6):
        rng = Dice(seed)
        deeds = nights.night(rng)
        moments = [(PATROL + timedelta(minutes=4 * n), deed) for n, deed in enumerate(deeds, 1)]
        over_the_line(rng, nights.device, moments)


def _together(rng: Dice, route: PatrolRoute, stops: list[UUID]) -> list[tuple[int, Deed]]:
    """One team with two phones: each begins, and each stop is told by one of them or by both."""
    begin: Deed = ("run.begin", route.public_id, {"crew": "杨二、石站长", "km_out": 100})
    told: list[tuple[int, Deed]] = [(0, begin), (1, begin)]
    for stop in stops:
        for deed in rng.choice(ends_at(rng, stop)[:3]):
            who = rng.choice(((0,), (1,), (0, 1)))
            told += [(phone, deed) for phone in who]
    return told


@pytest.mark.slow
def test_two_phones_of_one_team_tell_one_night(
    mate: Player, route: PatrolRoute, nights: Nights
) -> None:
    """Whichever comes first, and however late: the stops end as the team left them."""
    phones = [nights.device, device_of(mate)]
    for seed in seeds(8):
        rng = Dice(seed)
        told = _together(rng, route, nights.stops)
        moments = moments_of(rng, [deed for _phone, deed in told])
        with undone(), clock.frozen(PATROL):
            boxes = [Outbox(phone, rng) for phone in phones]
            for box in boxes:
                box.tell_clock()
            for (at, (kind, about, body)), (phone, _deed) in zip(moments, told, strict=True):
                with clock.frozen(at):
                    boxes[phone].make(kind, about, body)
                    if rng.random() < 0.3:
                        boxes[rng.randrange(2)].sync()
            with clock.frozen(moments[-1][0] + timedelta(seconds=30)):
                for box in rng.sample(boxes, 2):
                    box.drain()
            each_once(*boxes)
            ended = PatrolVisit.objects.order_by("number").values_list("state", "people_count")
            found = list(ended)
        with undone():
            online = _online_of((nights.player, mate), moments, told)
        assert found == online, f"seed {seed}"


def _online_of(
    players: tuple[Player, Player],
    moments: list[tuple[datetime, Deed]],
    told: list[tuple[int, Deed]],
) -> list[tuple[str, int]]:
    for (at, deed), (phone, _deed) in zip(moments, told, strict=True):
        with suppress(Refusal, Http404), clock.frozen(at):
            actor = players[phone].actor
            with scope.enter(scope.of_actor(actor)):
                press(actor, at, deed)
    return list(PatrolVisit.objects.order_by("number").values_list("state", "people_count"))
