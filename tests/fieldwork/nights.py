"""Nights of a patrol, online and over a bad line: what arrives equals what the same buttons would have done.

Each seed is one night: commands good and bad, a line that loses, repeats, delays and disorders
them, a clock that is wrong, a server that is killed.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.dispatch import services as dispatch
from nuantu.fieldwork.models import FieldCommand, FieldDevice
from nuantu.patrols import access, services
from nuantu.patrols.models import (
    PatrolCheck,
    PatrolReplan,
    PatrolRoute,
    PatrolRun,
    PatrolStop,
    PatrolVisit,
)
from nuantu.patrols.rules.replanning import URGENT, Happening
from nuantu.patrols.services.reaching import tell_of_week
from nuantu.places.rules.told import Told
from tests import builders
from tests.builders import PATROL
from tests.cast import Cast, Player
from tests.fieldwork import deeds as further
from tests.fieldwork.deeds import Deed
from tests.fieldwork.outbox import Dice, Outbox
from tests.fieldwork.phones import device_of

NEW_STOP, SPOT = UUID(int=7), UUID(int=8)
NIGHTS = 50
# The thousand, shared out between two files, so that two processes play them side by side.
SEEDS = range(1000)
EARLY, LATE = SEEDS[:500], SEEDS[500:]
AT_ONCE = 250


def a_longer_route(cast: Cast) -> PatrolRoute:
    """Tonight's route with three stops."""
    found = builders.a_patrol_route(cast)
    with scope.system("a test arranges a longer route"):
        (stop,) = PatrolStop.objects.filter(route=found)
        for number, name in ((2, "东桥桥洞"), (3, "西桥桥洞")):
            place = stop.key_location
            assert place is not None
            place.pk, place.public_id, place.name = None, UUID(int=number), name
            place.save(force_insert=True)
            stop.pk, stop.public_id, stop.number = None, UUID(int=100 + number), number
            stop.key_location = place
            stop.save(force_insert=True)
    return found


def a_tip_on_the_way(cast: Cast, route: PatrolRoute) -> PatrolStop:
    """The last stop of that route is an urgent one: a tip that the patrol is sent past."""
    name, lat, lon = "三棵树镇农贸市场", 26.561, 108.063
    actor = cast.dispatcher.actor
    with clock.frozen(PATROL), scope.system("a test sends a patrol past a tip"):
        tip = builders.a_tip(name)
        event = Happening(
            URGENT, place=str(SPOT), name=name, lat=lat, lon=lon, waits=str(tip.public_id)
        )
        PatrolReplan.objects.create(
            week=route.week, kind=URGENT, event=event.as_json(), half=route.half, state="confirmed",
            happened_at=PATROL, recorded_at=PATROL, decided_at=PATROL, asked_by=actor.name,
        )  # fmt: skip
        stop = PatrolStop.objects.filter(route=route).latest("number")
        stop.key_location, stop.spot_id = None, SPOT
        stop.place, stop.lat, stop.lon, stop.is_promised = name, lat, lon, False
        stop.save()
        tell_of_week(actor=actor, at=PATROL, week=route.week, why="临时调整")
    return stop


def stops_of(route: PatrolRoute) -> list[UUID]:
    rows = PatrolStop.objects.filter(route=route).order_by("number")
    return list(rows.values_list("public_id", flat=True))


def a_sent_team(cast: Cast, route: PatrolRoute) -> UUID:
    """The route's team is sent for a tip besides."""
    with clock.frozen(PATROL), scope.enter(scope.of_actor(cast.dispatcher.actor)):
        tip = builders.a_tip("三棵树镇东门")
        sent = dispatch.assign(
            actor=cast.dispatcher.actor, at=PATROL, tip=tip, team=route.team, may_be_busy=True
        )
    return sent.public_id


def a_night(rng: Dice, route: PatrolRoute, stops: list[UUID], run: UUID) -> list[Deed]:
    """A plausible night with slips: buttons pressed twice, too early, on the wrong stop; between the
    stops a tip, a contact, a photo, the end of the shift."""
    deeds = _patrol(rng, route, stops)
    reached = [about for kind, about, _body in deeds if kind == "visit.arrive"] or stops
    for piece in further.beside(rng, route.public_id, rng.choice(reached), run):
        first = _place_of(rng, deeds, piece[0][1])
        places = sorted(rng.randint(first, len(deeds)) for _deed in piece)
        places[0] = first if piece[0][1] in reached else places[0]
        for later, (place, deed) in enumerate(zip(places, piece, strict=True)):
            deeds.insert(place + later, deed)
    for _slip in range(rng.randint(0, 1)):
        place = rng.randrange(len(deeds))
        deeds.insert(rng.randrange(len(deeds) + 1), deeds[place])
    return deeds


def _place_of(rng: Dice, deeds: list[Deed], stop: UUID) -> int:
    """The earliest place of a further deed: mostly once the team is at its stop."""
    arrivals = [
        n for n, (kind, about, _b) in enumerate(deeds) if (kind, about) == ("visit.arrive", stop)
    ]
    return arrivals[0] + 1 if arrivals and rng.random() < 0.8 else 1


def _patrol(rng: Dice, route: PatrolRoute, stops: list[UUID]) -> list[Deed]:
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
    return deeds


def _at_stop(rng: Dice, stop: UUID) -> list[Deed]:
    return rng.choice(ends_at(rng, stop))


def ends_at(rng: Dice, stop: UUID) -> list[list[Deed]]:
    """What may be told of a stop: the first three in one go, then with a slip."""
    arrive: Deed = ("visit.arrive", stop, {"lat": 26.56, "lon": 108.066, "accuracy": 12})
    return [
        [arrive, ("visit.nobody", stop, {"note": "只有纸板"})],
        [arrive, ("visit.met", stop, {"count": rng.randint(1, 3), "note": ""})],
        [("visit.pass_by", stop, {"reason": "封路"})],
        [arrive, ("visit.nobody", stop, {}), ("visit.take_back", stop, {}), ("visit.met", stop, {"count": 2})],
        [("visit.nobody", stop, {})],
    ]  # fmt: skip


def press(actor: Actor, at: datetime, deed: Deed) -> None:
    """The same button online: the page's own call, without the inbox. Raises what it raises."""
    if further.press(actor, at, deed):
        return
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


def _rows(deeds: list[Deed]) -> dict[str, Any]:
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
        **further.rows(deeds),
    }


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _online(player: Player, moments: list[tuple[datetime, Deed]]) -> dict[str, Any]:
    with undone():
        for at, deed in moments:
            try:
                with clock.frozen(at), scope.enter(scope.of_actor(player.actor)):
                    press(player.actor, at, deed)
            except (Refusal, Http404):
                continue
        return _rows([deed for _at, deed in moments])


def moments_of(rng: Dice, deeds: list[Deed]) -> list[tuple[datetime, Deed]]:
    at, found = PATROL, []
    for deed in deeds:
        at += timedelta(seconds=rng.randint(5, 25))
        found.append((at, deed))
    return found


def over_the_line(
    rng: Dice, device: FieldDevice, moments: list[tuple[datetime, Deed]]
) -> dict[str, Any]:
    with undone(), clock.frozen(PATROL):
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
        each_once(box)
        return _rows([deed for _at, deed in moments])


def each_once(*boxes: Outbox) -> None:
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


class Nights:
    """A few nights and how each ends online; every sequence plays one of them over another line."""

    def __init__(self, player: Player, route: PatrolRoute, run: UUID) -> None:
        self.player, self.route, self.stops = player, route, stops_of(route)
        self.run = run
        self.device = device_of(player)
        self._online: dict[int, dict[str, Any]] = {}

    def night(self, rng: Dice) -> list[Deed]:
        """What is told of one night."""
        return a_night(rng, self.route, self.stops, self.run)

    def play(self, seed: int) -> None:
        night = seed % NIGHTS
        rng = Dice(night)
        moments = moments_of(rng, self.night(rng))
        if night not in self._online:
            self._online[night] = _online(self.player, moments)
        told = over_the_line(Dice(f"line {seed}"), self.device, moments)
        difference = _difference(told, self._online[night])
        assert not difference, f"seed {seed}: {difference}"
