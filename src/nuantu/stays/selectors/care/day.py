"""Today's care: who had which meal, who needs help, what is due now, by room."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import BedStay, CareEntry, Room, Stay, Zone
from nuantu.stays.rules import care
from nuantu.stays.selectors.board import Resident, residents, stays_here, zones_of
from nuantu.stays.selectors.care.medicine import told_of

# what is put down for many at once besides meals
ROUNDS = ("wash", "haircut", "clothing", "help", "activity", "education")


@dataclass(frozen=True, slots=True)
class Cared:
    """One resident with what he had today."""

    resident: Resident
    meals: tuple[tuple[str, str], ...]
    needs_help: bool
    was_helped: bool
    is_dose_due: bool = False

    @property
    def is_waiting(self) -> bool:
        """The meal of now is not put down for him, and he is in the house."""
        return bool(self.meals) and not self.last_meal and self.resident.absence is None

    @property
    def last_meal(self) -> str:
        """How the meal of now went for him; empty while nobody put it down."""
        return self.meals[-1][1] if self.meals else ""


@dataclass(frozen=True, slots=True)
class RoomOfToday:
    """A room with those who sleep in it; `room` is none for people without a bed."""

    room: Room | None
    zone: Zone | None
    people: tuple[Cared, ...]


@dataclass(frozen=True, slots=True)
class MealOfToday:
    """A meal to put down; `opens` says from when, where that lies ahead."""

    slot: str
    words: str
    opens: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The board: the meals of today and the one of now, the rooms, and how much waits."""

    slot: str
    meals: tuple[MealOfToday, ...]
    rooms: tuple[RoomOfToday, ...]
    here: int
    waiting: int
    to_help: int

    @property
    def slot_words(self) -> str:
        """What the meal of now is called; nothing before breakfast."""
        return str(CareEntry.Slot(self.slot).label) if self.slot else ""


def slot_at(division_code: str, at: datetime) -> str:
    """The meal that is served or was served last today."""
    book = rules_at(division_code, at)
    starts = {slot: int(book.need(f"care.{slot}").number) for slot in care.SLOTS}
    local = clock.local(at)
    return care.slot_now(local.hour * 60 + local.minute, starts)


def slots_open(division_code: str, at: datetime) -> dict[str, int]:
    """From which minute of the day each meal may be put down: a while before it is served."""
    book = rules_at(division_code, at)
    early = int(book.need("care.meal_early").number)
    return {slot: max(int(book.need(f"care.{slot}").number) - early, 0) for slot in care.SLOTS}


def opens_later(division_code: str, slot: str, at: datetime) -> str:
    """From when a meal may be put down, where that lies ahead today; empty for the night meal."""
    if slot not in care.SLOTS:
        return ""
    opens, local = slots_open(division_code, at)[slot], clock.local(at)
    return care.clock_words(opens) if local.hour * 60 + local.minute < opens else ""


def today(org: str, division_code: str, at: datetime) -> Day:
    """The care board of a station; a fixed number of queries."""
    slot = slot_at(division_code, at)
    people = cared(residents(stays_here(org), at), slot, at)
    by_room: dict[int | None, list[Cared]] = defaultdict(list)
    for one in people:
        by_room[one.resident.bed.room_id if one.resident.bed else None].append(one)
    rooms = [
        RoomOfToday(rows[0].resident.bed.bed.room, rows[0].resident.bed.bed.room.zone, tuple(rows))
        for rows in by_room.values()
        if rows[0].resident.bed is not None
    ]
    order = {zone.pk: place for place, zone in enumerate(zones_of(org))}
    rooms.sort(
        key=lambda r: (order.get(r.zone.pk, 0), r.room.name) if r.zone and r.room else (0, "")
    )
    if None in by_room:
        rooms.insert(0, RoomOfToday(None, None, tuple(by_room[None])))
    return Day(
        slot=slot,
        meals=_meals_of_today(division_code, slot, at),
        rooms=tuple(rooms),
        here=sum(one.resident.absence is None for one in people),
        waiting=sum(one.is_waiting for one in people),
        to_help=sum(one.needs_help and not one.was_helped for one in people),
    )


def _meals_of_today(division_code: str, now: str, at: datetime) -> tuple[MealOfToday, ...]:
    local = clock.local(at)
    minute = local.hour * 60 + local.minute
    return tuple(
        MealOfToday(
            slot,
            str(CareEntry.Slot(slot).label),
            care.clock_words(opens) if opens > minute else "",
            slot == now,
        )
        for slot, opens in slots_open(division_code, at).items()
    )


def cared(people: Iterable[Resident], slot: str, at: datetime) -> list[Cared]:
    """Residents with their meals up to now and whether they were helped today; three queries."""
    rows = list(people)
    meals: dict[int, dict[str, str]] = defaultdict(dict)
    helped, told = set(), told_of([one.stay for one in rows], at)
    for entry in CareEntry.objects.filter(
        stay__in=[one.stay for one in rows],
        on_date=clock.local(at).date(),
        kind__in=("meal", "help"),
    ):
        if entry.kind == "help":
            helped.add(entry.stay_id)
        else:
            meals[entry.stay_id][entry.slot] = entry.outcome
    until = care.SLOTS[: care.SLOTS.index(slot) + 1] if slot else ()
    return [
        Cared(
            resident=one,
            meals=tuple((name, meals[one.stay.pk].get(name, "")) for name in until),
            needs_help=one.stay.care_level != "self" and one.absence is None,
            was_helped=one.stay.pk in helped,
            is_dose_due=one.stay.pk in told,
        )
        for one in rows
    ]


Part = Zone | Room | None


def where(org: str, zone: str, room: str) -> Part:
    """The room or zone of the house that an address names; None for the whole house."""
    if room and _is_id(room):
        return Room.objects.filter(zone__owner_org=org, public_id=room).first()
    if zone and _is_id(zone):
        return Zone.objects.filter(owner_org=org, public_id=zone).first()
    return None


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def in_part(org: str, part: Part) -> list[Stay]:
    """Who stays there now, the longest first."""
    found = stays_here(org)
    now = BedStay.objects.filter(period__endswith=None)
    if isinstance(part, Room):
        found = found.filter(pk__in=now.filter(room=part).values("stay"))
    elif part is not None:
        found = found.filter(pk__in=now.filter(room__zone=part).values("stay"))
    return list(found)


def what_words(kind: str, slot: str) -> str:
    """What a round is about."""
    return str(CareEntry.Slot(slot).label if slot else CareEntry.Kind(kind).label)


def tabs(actor: Actor, what: str, part: Part) -> dict[str, Any]:
    """Ways to another part of the house, for the page of a round."""
    address = reverse("stays:care_round", args=[what])
    zones = [("", _("全站"), address)]
    zones += [
        (str(zone.public_id), zone.name, f"{address}?zone={zone.public_id}")
        for zone in zones_of(actor.org_code)
    ]
    return {"tabs": zones, "part": part, "chosen": str(part.public_id) if part else ""}
