"""The occupancy board: every zone, room and bed, who has it, who is out, what is free."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.persons.selectors import Card, cards_of
from nuantu.persons.selectors.pages import names_of
from nuantu.stays.models import Absence, Bed, BedStay, Stay, Zone
from nuantu.stays.selectors.beds import meets_needs


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody in the house as the board shows him."""

    stay: Stay
    card: Card
    absence: Absence | None
    nights: int
    bed: BedStay | None = None

    @property
    def is_in_hospital(self) -> bool:
        """Out because he lies in hospital."""
        return self.absence is not None and self.absence.reason == Absence.Reason.HOSPITAL

    @property
    def has_gone(self) -> bool:
        """Put down as not there without anybody knowing where he is."""
        return self.absence is not None and self.absence.reason == Absence.Reason.GONE

    @property
    def lacks_bed(self) -> bool:
        """Has to get a bed today; of a patient in hospital the bed may have been freed."""
        return self.bed is None and not self.is_in_hospital

    @property
    def has_to_move(self) -> bool:
        """Lies in a bed that sex or age, as they are known now, do not allow, or that is not
        barrier-free though he needs it."""
        return self.bed is not None and not meets_needs(self.bed)

    @property
    def needs_a_hand(self) -> bool:
        """Does not get out of the house alone."""
        return self.stay.has_limited_mobility or self.stay.care_level != "self"

    @property
    def is_late(self) -> bool:
        """Out, and not back when he was due."""
        return self.absence is not None and self.absence.due_at < clock.now()


@dataclass(frozen=True, slots=True)
class BedView:
    """One bed: free, closed or somebody's."""

    bed: Bed
    resident: Resident | None

    @property
    def state(self) -> str:
        if self.bed.closed_at is not None:
            return "closed"
        if self.resident is None:
            return "free"
        return "out" if self.resident.absence else "taken"


@dataclass(frozen=True, slots=True)
class RoomView:
    """One room with its beds."""

    public_id: UUID
    name: str
    is_barrier_free: bool
    beds: tuple[BedView, ...]


@dataclass(frozen=True, slots=True)
class ZoneView:
    """One zone with its rooms and figures."""

    zone: Zone
    takes: str
    rooms: tuple[RoomView, ...]
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """The house now: figures, zones, and who has no bed yet."""

    zones: tuple[ZoneView, ...]
    without_bed: tuple[Resident, ...]
    to_move: tuple[Resident, ...]
    freed: tuple[Resident, ...]
    here: int
    out: int
    late: int
    free: int
    total: int


def zones_of(org: str) -> QuerySet[Zone]:
    """The zones of a station in their order."""
    return Zone.objects.filter(owner_org=org, closed_at=None).order_by("position", "pk")


def closed_zones(org: str) -> QuerySet[Zone]:
    """Zones of a station that are out of use."""
    return Zone.objects.filter(owner_org=org, closed_at__isnull=False).order_by("position", "pk")


def takes_words(zone: Zone) -> str:
    """Whom a zone takes, in words."""
    if zone.is_family:
        return str(_("家庭，一室一家"))
    words = [str(zone.get_sex_display()), str(zone.get_ages_display())]
    if zone.health != "general":
        words.append(str(zone.get_health_display()))
    return str(_("、")).join(dict.fromkeys(words))


def residents(stays: Iterable[Stay], at: datetime) -> list[Resident]:
    """Stays as residents with card, bed and absence; four queries whatever their number."""
    rows = list(stays)
    absences = {a.stay_id: a for a in Absence.objects.filter(stay__in=rows, back_at=None)}
    beds = {
        b.stay_id: b
        for b in BedStay.objects.filter(stay__in=rows, period__endswith=None).select_related(
            "bed__room__zone", "stay"
        )
    }
    cards = cards_of([row.person for row in rows], at)
    today = clock.local(at).date()
    return [
        Resident(
            stay,
            card,
            absences.get(stay.pk),
            (today - clock.local(stay.entered_at).date()).days + 1,
            beds.get(stay.pk),
        )
        for stay, card in zip(rows, cards, strict=True)
    ]


def in_bed_order(people: Iterable[Resident]) -> list[Resident]:
    """As one walks through the house: who has no bed yet, then zone by zone, room by room."""

    def place(one: Resident) -> tuple[int, str, int]:
        bed = one.bed.bed if one.bed else None
        return (bed.room.zone.position, bed.room.name, bed.pk) if bed else (-1, "", one.stay.pk)

    return sorted(people, key=place)


def stays_here(org: str) -> QuerySet[Stay]:
    """Who stays in a station now."""
    return (
        Stay.objects.filter(owner_org=org, left_at=None)
        .select_related("person__photo")
        .order_by("entered_at", "pk")
    )


def board(org: str, at: datetime) -> Board:
    """The whole house of a station; a fixed number of queries."""
    people = residents(stays_here(org), at)
    by_bed = {p.bed.bed_id: p for p in people if p.bed is not None}
    rooms: dict[int, dict[int, list[BedView]]] = defaultdict(lambda: defaultdict(list))
    names: dict[int, Bed] = {}
    found = Bed.objects.filter(room__zone__owner_org=org, room__zone__closed_at__isnull=True)
    for bed in found.select_related("room__zone").order_by("room__name", "pk"):
        rooms[bed.room.zone_id][bed.room_id].append(BedView(bed, by_bed.get(bed.pk)))
        names[bed.room_id] = bed
    zones = tuple(_zone_view(zone, rooms[zone.pk], names) for zone in zones_of(org))
    out = [p for p in people if p.absence is not None]
    return Board(
        zones=zones,
        without_bed=tuple(p for p in people if p.lacks_bed),
        to_move=tuple(p for p in people if p.has_to_move),
        freed=tuple(p for p in people if p.bed is None and p.is_in_hospital),
        here=len(people) - len(out),
        out=len(out),
        late=sum(p.is_late for p in out),
        free=sum(view.free for view in zones),
        total=sum(view.total for view in zones),
    )


def _zone_view(zone: Zone, rooms: dict[int, list[BedView]], names: dict[int, Bed]) -> ZoneView:
    views = tuple(
        RoomView(
            names[pk].room.public_id,
            names[pk].room.name,
            names[pk].room.is_barrier_free,
            tuple(beds),
        )
        for pk, beds in rooms.items()
    )
    states = [bed.state for view in views for bed in view.beds]
    return ZoneView(
        zone=zone,
        takes=takes_words(zone),
        rooms=views,
        free=states.count("free"),
        total=len(states) - states.count("closed"),
    )


def stations_seen(actor: Actor) -> list[str]:
    """Stations whose house the actor may see: his own, and those of the area he oversees."""
    codes = Zone.objects.filter(closed_at=None).order_by("owner_org").values_list("owner_org")
    found = [code for (code,) in codes.distinct()]
    return sorted(found, key=lambda code: (code != actor.org_code, code))


def station_chosen(actor: Actor, stations: list[str], asked: str) -> str:
    """The station whose house is shown: the one asked for, else one's own, else the first."""
    if asked in stations:
        return asked
    return stations[0] if stations else actor.org_code


def station_tabs(stations: list[str]) -> list[tuple[str, str, str]]:
    """Stations to choose from; nothing where there is no choice."""
    if len(stations) < 2:
        return []
    names = names_of(stations)
    return [(code, names.get(code, code), f"?station={code}") for code in stations]
