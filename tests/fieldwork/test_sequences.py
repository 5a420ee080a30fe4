"""Random nights over a bad line: what arrives equals what the same buttons online would have done.

Each seed is one night: commands good and bad, a line that loses, repeats, delays and disorders
them, a clock that is wrong, a server that is killed. Failing seeds are named.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import transaction
from django.http import Http404

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.fieldwork.models import FieldCommand, FieldDevice
from nuantu.operations.models import TeamMember
from nuantu.patrols import access, services
from nuantu.patrols.models import PatrolCheck, PatrolRoute, PatrolRun, PatrolStop, PatrolVisit
from nuantu.places.rules.told import Told
from tests import builders
from tests.builders import PATROL
from tests.cast import STATION, Player
from tests.fieldwork.outbox import Dice, Outbox
from tests.fieldwork.phones import device_of

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
Deed = tuple[str, UUID, dict[str, Any]]
NEW_STOP = UUID(int=7)
NIGHTS = 50


@pytest.fixture
def route(cast: "Cast") -> PatrolRoute:
    """Tonight's route with three stops."""
    found = builders.a_patrol_route(cast)
    with scope.system("a test arranges a longer route"):
        (stop,) = PatrolStop.objects.filter(route=found)
        for number, name in ((2, "东桥桥洞"), (3, "西桥桥洞")):
            place = stop.key_location
            place.pk, place.public_id, place.name = None, UUID(int=number), name
            place.save(force_insert=True)
            stop.pk, stop.public_id, stop.number = None, UUID(int=100 + number), number
            stop.key_location = place
            stop.save(force_insert=True)
    return found


@pytest.fixture
def mate(cast: "Cast", route: PatrolRoute) -> Player:
    """Another member of the team, with a phone of his own."""
    user = User.objects.create(
        login="mate", name="吴三", organisation_id=STATION, roles=["patroller"], password="!"
    )
    TeamMember.objects.create(team=route.team, user=user)
    return Player("mate", user.name, actor_for(user), user)


def _stops(route: PatrolRoute) -> list[UUID]:
    rows = PatrolStop.objects.filter(route=route).order_by("number")
    return list(rows.values_list("public_id", flat=True))


def _night(rng: Dice, route: PatrolRoute, stops: list[UUID]) -> list[Deed]:
    """A plausible night with slips: buttons pressed twice, too early, on the wrong stop."""
    deeds: list[Deed] = [("run.begin", route.public_id, {"crew": "杨二", "km_out": 100})]
    for stop in rng.sample(stops, rng.choice((1, 1, 1, 2))):
        deeds += _at_stop(rng, stop)
    if rng.random() < 0.15:
        deeds.append(
            (
                "stop.add",
                route.public_id,
                {"stop": str(NEW_STOP), "place": "桥头", "lat": 26.5, "lon": 108.0},
            )
        )
        deeds.append(("visit.nobody", NEW_STOP, {"note": "空"}))
    if rng.random() < 0.5:
        deeds.append(
            (
                "run.finish",
                route.public_id,
                {"skip_reason": "时间不够", "km_in": 130, "note": "无事"},
            )
        )
    for _slip in range(rng.randint(0, 1)):
        place = rng.randrange(len(deeds))
        deeds.insert(rng.randrange(len(deeds) + 1), deeds[place])
    return deeds


def _at_stop(rng: Dice, stop: UUID) -> list[Deed]:
    return rng.choice(_ends(rng, stop))


def _ends(rng: Dice, stop: UUID) -> list[list[Deed]]:
    """What may be told of a stop: the first three in one go, then with a slip."""
    arrive: Deed = ("visit.arrive", stop, {"lat": 26.56, "lon": 108.066, "accuracy": 12})
    return [
        [arrive, ("visit.nobody", stop, {"note": "只有纸板"})],
        [arrive, ("visit.met", stop, {"count": rng.randint(1, 3), "note": ""})],
        [("visit.pass_by", stop, {"reason": "封路"})],
        [arrive, ("visit.nobody", stop, {}), ("visit.take_back", stop, {}), ("visit.met", stop, {"count": 2})],
        [("visit.nobody", stop, {})],
    ]  # fmt: skip


def _press(actor: Actor, at: datetime, deed: Deed) -> None:
    """The same button online: the page's own call, without the inbox. Raises what it raises."""
    kind, about, body = deed
    who: dict[str, Any] = {"actor": actor, "at": at}
    if kind == "run.begin":
        row = access.own_route_for(actor, about)
        services.begin_run(**who, route=row, crew=body["crew"], km_out=body["km_out"])
    elif kind in ("run.finish", "stop.add"):
        _press_for_run(kind, who | {"run": access.walked_run_for(actor, about)}, body)
    else:
        _AT_STOP[kind](who | {"visit": access.walked_visit_for(actor, about)}, body)


def _press_for_run(kind: str, who: dict[str, Any], body: dict[str, Any]) -> None:
    if kind == "stop.add":
        told, own_id = Told(body["lat"], body["lon"]), UUID(body["stop"])
        services.add_stop(**who, place=body["place"], told=told, public_id=own_id)
    else:
        services.finish_run(**who, skip_reason=body["skip_reason"], km_in=130, note="无事")


_AT_STOP: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "visit.arrive": lambda who, _body: services.arrive(**who, told=Told(26.56, 108.066, 12)),
    "visit.nobody": lambda who, body: services.nobody_here(**who, note=body.get("note", "")),
    "visit.met": lambda who, body: services.met_people(**who, count=body["count"]),
    "visit.pass_by": lambda who, body: services.pass_by(**who, reason=body["reason"]),
    "visit.take_back": lambda who, _body: services.take_back_visit(**who),
}


def _rows() -> dict[str, Any]:
    """What the register holds, and which lines say so, without keys and moments of recording."""
    left_out = {"id", "recorded_at", "run_id", "public_id"}

    def plain(model: Any, order: str, keep: str = "") -> list[dict[str, Any]]:
        found = model.objects.order_by(order).values()
        return [{k: v for k, v in row.items() if k not in left_out or k == keep} for row in found]

    lines = JournalEntry.objects.filter(verb__startswith="patrols.", happened_at__gte=PATROL)
    return {
        "runs": plain(PatrolRun, "pk"),
        "visits": plain(PatrolVisit, "number", "public_id"),
        "checks": plain(PatrolCheck, "number"),
        "lines": sorted(lines.values_list("verb", "happened_at", "actor_id")),
    }


@contextmanager
def _undone() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _online(player: Player, moments: list[tuple[datetime, Deed]]) -> dict[str, Any]:
    with _undone():
        for at, deed in moments:
            try:
                with clock.frozen(at), scope.enter(scope.of_actor(player.actor)):
                    _press(player.actor, at, deed)
            except (Refusal, Http404):
                continue
        return _rows()


def _moments(rng: Dice, deeds: list[Deed]) -> list[tuple[datetime, Deed]]:
    at, found = PATROL, []
    for deed in deeds:
        at += timedelta(seconds=rng.randint(5, 25))
        found.append((at, deed))
    return found


def _over_the_line(
    rng: Dice, device: FieldDevice, moments: list[tuple[datetime, Deed]]
) -> dict[str, Any]:
    with _undone(), clock.frozen(PATROL):
        box = Outbox(device, rng, ahead_by=timedelta(minutes=rng.choice((0, 0, -47, 180))))
        box.tell_clock()
        for at, (kind, about, body) in moments:
            with clock.frozen(at):
                box.make(kind, about, body)
                if rng.random() < 0.35:
                    box.sync()
                if rng.random() < 0.15:
                    box.late()
        with clock.frozen(moments[-1][0] + timedelta(seconds=30)):
            box.drain()
        _each_once(box)
        return _rows()


def _each_once(*boxes: Outbox) -> None:
    """Every command that was made is on the server exactly once, applied or before the desk."""
    found = FieldCommand.objects.values_list("command_id", "state")
    made = [UUID(one["id"]) for box in boxes for one in box.made]
    assert Counter(own_id for own_id, _state in found) == Counter(made)
    assert {state for _id, state in found} <= {"applied", "review"}
    assert not any(box.held for box in boxes)


def _difference(told: dict[str, Any], online: dict[str, Any]) -> str:
    """What differs, in few words; nothing where nothing does."""
    found = []
    for table, rows in online.items():
        for ours, theirs in zip_longest(told[table], rows):
            if ours != theirs and isinstance(ours, dict) and isinstance(theirs, dict):
                found.append({k: (ours[k], theirs[k]) for k in ours if ours[k] != theirs[k]})
            elif ours != theirs:
                found.append({table: (ours, theirs)})
    return str(found) if told != online else ""


class _Nights:
    """A few nights and how each ends online; every sequence plays one of them over another line."""

    def __init__(self, player: Player, route: PatrolRoute) -> None:
        self.player, self.route, self.stops = player, route, _stops(route)
        self.device = device_of(player)
        self._online: dict[int, dict[str, Any]] = {}

    def play(self, seed: int) -> None:
        night = seed % NIGHTS
        rng = Dice(night)
        moments = _moments(rng, _night(rng, self.route, self.stops))
        if night not in self._online:
            self._online[night] = _online(self.player, moments)
        told = _over_the_line(Dice(f"line {seed}"), self.device, moments)
        difference = _difference(told, self._online[night])
        assert not difference, f"seed {seed}: {difference}"


@pytest.fixture
def nights(cast: "Cast", route: PatrolRoute) -> _Nights:
    """The patroller's nights."""
    return _Nights(cast.patroller, route)


def test_random_nights_over_a_bad_line_end_as_they_would_have_online(nights: _Nights) -> None:
    for seed in range(20):
        nights.play(seed)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 1000, 250))
def test_a_thousand_random_nights_end_as_they_would_have_online(
    nights: _Nights, first: int
) -> None:
    for seed in range(first, first + 250):
        nights.play(seed)


def test_what_comes_after_the_gap_was_waited_for_is_still_there_once(nights: _Nights) -> None:
    """The order may be lost then, and cards opened; nothing else is."""
    for seed in range(6):
        rng = Dice(seed)
        deeds = _night(rng, nights.route, nights.stops)
        moments = [(PATROL + timedelta(minutes=4 * n), deed) for n, deed in enumerate(deeds, 1)]
        _over_the_line(rng, nights.device, moments)


def _together(rng: Dice, route: PatrolRoute, stops: list[UUID]) -> list[tuple[int, Deed]]:
    """One team with two phones: each begins, and each stop is told by one of them or by both."""
    begin: Deed = ("run.begin", route.public_id, {"crew": "杨二、石站长", "km_out": 100})
    told: list[tuple[int, Deed]] = [(0, begin), (1, begin)]
    for stop in stops:
        for deed in rng.choice(_ends(rng, stop)[:3]):
            who = rng.choice(((0,), (1,), (0, 1)))
            told += [(phone, deed) for phone in who]
    return told


def test_two_phones_of_one_team_tell_one_night(
    mate: Player, route: PatrolRoute, nights: _Nights
) -> None:
    """Whichever comes first, and however late: the stops end as the team left them."""
    phones = [nights.device, device_of(mate)]
    for seed in range(8):
        rng = Dice(seed)
        told = _together(rng, route, nights.stops)
        moments = _moments(rng, [deed for _phone, deed in told])
        with _undone(), clock.frozen(PATROL):
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
            _each_once(*boxes)
            ended = PatrolVisit.objects.order_by("number").values_list("state", "people_count")
            found = list(ended)
        with _undone():
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
                _press(actor, at, deed)
    return list(PatrolVisit.objects.order_by("number").values_list("state", "people_count"))
