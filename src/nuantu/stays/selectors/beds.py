"""Beds and who has them: what is free, what fits, what the database would refuse."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nuantu.stays.models import Bed, BedStay, Stay
from nuantu.stays.rules import zoning


@dataclass(frozen=True, slots=True)
class Offer:
    """A free bed that fits somebody, and why it is offered."""

    bed: Bed
    option: zoning.Option

    @property
    def words(self) -> str:
        """Room and bed, as they are called in the house."""
        return bed_words(self.bed)

    @property
    def why(self) -> str:
        """The reasons in words."""
        return str(_("；")).join(reason_words(self.bed, self.option.reasons))


class Fitting(NamedTuple):
    """A free bed that fits somebody, by its keys."""

    bed_id: int
    room_id: int
    option: zoning.Option


class Sleeping(NamedTuple):
    """Who lies in which bed of a room now."""

    room_id: int
    bed_id: int
    stay_id: int
    sleeper: zoning.Sleeper


def bed_words(bed: Bed) -> str:
    """Zone, room and bed, as they are called in the house."""
    return f"{bed.room.zone.name} {bed.room.name}-{bed.label}"


def reason_words(bed: Bed, reasons: Iterable[str]) -> list[str]:
    """Why a bed is offered, in words."""
    words = {
        "family": _("和家人同屋"),
        "health": _("符合健康分区"),
        "other_health": _("健康分区不同，不是所需分区"),
        "barrier_free": _("无障碍房间"),
        "no_barrier_free": _("不是无障碍房间，须有人协助"),
        "mixed": _("不分性别年龄的单独房间"),
        "zone": bed.room.zone.name,
    }
    return [str(words[reason]) for reason in reasons]


def conflict_words(code: str) -> str:
    """A hard conflict in words that say what to do."""
    words = {
        "sex": _("性别与生活区不符"),
        "ages": _("成年人和未成年人要分区居住"),
        "isolation": _("需要隔离的人只能住隔离区，其他人不能住进隔离区"),
        "minor_with_strangers": _("未成年人不能和没有亲属关系的成年人同屋"),
        "other_sex": _("房间里住着不同性别的人"),
        "other_family": _("家庭房间里已住着另一家人"),
        "mother": _("母亲不在这个房间，幼儿不能按随母同住安排"),
    }
    return str(words[code])


_ASKED_OF_SLEEPER = ("sex", "is_minor", "with_stay_id", "health", "has_limited_mobility")
_ASKED_OF_ZONE = ("name", "owner_org", "sex", "ages", "health", "is_family")
_ASKED_OF_PLACE = ("sex", "ages", "health", "is_family")


def sleeper_of(stay: Stay) -> zoning.Sleeper:
    """What zoning asks of somebody in the house."""
    return zoning.Sleeper(
        sex=stay.sex,
        is_minor=stay.is_minor,
        family=stay.with_stay_id or stay.pk,
        health=stay.health,
        has_limited_mobility=stay.has_limited_mobility,
    )


def place_of(bed: Bed) -> zoning.Place:
    """What a bed offers."""
    zone = bed.room.zone
    return zoning.Place(
        sex=zone.sex,
        ages=zone.ages,
        health=zone.health,
        is_family=zone.is_family,
        is_barrier_free=bed.room.is_barrier_free,
    )


def current(stay: Stay) -> BedStay | None:
    """The bed somebody has now."""
    return (
        BedStay.objects.filter(stay=stay, period__endswith=None)
        .select_related("bed__room__zone", "stay__person")
        .first()
    )


def still_fits(row: BedStay) -> bool:
    """Whether a bed was judged by what its stay says now of sex and age."""
    return (row.sex, row.is_minor) == (row.stay.sex, row.stay.is_minor)


def meets_needs(row: BedStay) -> bool:
    """Whether a bed still fits and is barrier-free where its stay says that this is needed."""
    who, place = sleeper_of(row.stay), place_of(row.bed)
    return still_fits(row) and not zoning.lacks_barrier_free(who, place)


def in_rooms(rooms: Iterable[int]) -> dict[int, list[Sleeping]]:
    """Who sleeps in these rooms now; one query."""
    found: dict[int, list[Sleeping]] = defaultdict(list)
    rows = BedStay.objects.filter(room_id__in=list(rooms), period__endswith=None)
    asked = (f"stay__{name}" for name in _ASKED_OF_SLEEPER)
    for room, bed, stay, sex, is_minor, head, *needs in rows.values_list(
        "room_id", "bed_id", "stay_id", *asked
    ):
        sleeper = zoning.Sleeper(sex, is_minor, head or stay, *needs)
        found[room].append(Sleeping(room, bed, stay, sleeper))
    return found


def usable(org: str) -> QuerySet[Bed]:
    """Beds of a station that are in use."""
    asked = (f"room__zone__{name}" for name in _ASKED_OF_ZONE)
    return (
        Bed.objects.filter(
            room__zone__owner_org=org, closed_at=None, room__zone__closed_at__isnull=True
        )
        .select_related("room__zone")
        .only(
            "public_id",
            "room",
            "label",
            "room__zone",
            "room__name",
            "room__is_barrier_free",
            *asked,
        )
        .order_by("room__zone__position", "room__name", "label")
    )


def ranked(stay: Stay) -> list[Fitting]:
    """The free beds that fit somebody, the best first; two queries."""
    asked = (f"room__zone__{name}" for name in _ASKED_OF_PLACE)
    rows = usable(stay.owner_org).values_list("pk", "room_id", *asked, "room__is_barrier_free")
    beds = [(bed, room, zoning.Place(*place)) for bed, room, *place in rows]
    return _ranked(stay, beds)


def _ranked(stay: Stay, beds: list[tuple[int, int, zoning.Place]]) -> list[Fitting]:
    rooms = {room: place for _bed, room, place in beds}
    sleeping = in_rooms(rooms)
    taken = {row.bed_id for rows in sleeping.values() for row in rows}
    who = sleeper_of(stay)
    options = {
        room: zoning.judge(who, place, others_in(sleeping.get(room, ()), stay))
        for room, place in rooms.items()
    }
    found = [
        Fitting(bed, room, option)
        for bed, room, _place in beds
        if bed not in taken and (option := options[room]) is not None
    ]
    return sorted(found, key=lambda one: one.option.rank)


def others_in(sleeping: Iterable[Sleeping], stay: Stay) -> list[zoning.Sleeper]:
    """Who of a room is not this person himself."""
    return [row.sleeper for row in sleeping if row.stay_id != stay.pk]


def offers(stay: Stay) -> list[Offer]:
    """Free beds that fit somebody, the best first, as a page shows them; two queries."""
    beds = {bed.pk: bed for bed in usable(stay.owner_org)}
    places = [(bed.pk, bed.room_id, place_of(bed)) for bed in beds.values()]
    return [Offer(beds[one.bed_id], one.option) for one in _ranked(stay, places)]


def beside_mother(stay: Stay) -> list[Offer]:
    """Free beds in the room of a child's mother in the women's zone (DL-15)."""
    if not stay.is_minor or stay.with_stay_id is None:
        return []
    mother = BedStay.objects.filter(
        stay_id=stay.with_stay_id, period__endswith=None, sex="female", is_minor=False
    ).first()
    if mother is None:
        return []
    sleeping = in_rooms([mother.room_id])[mother.room_id]
    taken = {row.bed_id for row in sleeping}
    others = others_in(sleeping, stay)
    who = sleeper_of(stay)
    return [
        Offer(bed, zoning.Option(0, ("family",)))
        for bed in usable(stay.owner_org).filter(room_id=mother.room_id).exclude(pk__in=taken)
        if not zoning.conflicts(who, place_of(bed), others, is_with_mother=True)
    ]
