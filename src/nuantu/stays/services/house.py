"""Setting up the house: zones, rooms and their beds."""

from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.stays.models import Bed, BedStay, Room, Zone
from nuantu.stays.services.lines import note_house

MOST_BEDS = 40


class HouseRefused(Refusal):
    """The house cannot be set up as asked."""


def add_zone(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    sex: str,
    ages: str,
    health: str = "general",
    is_family: bool = False,
) -> Zone:
    """A new zone of the actor's station. Raises HouseRefused for a second one of the same name."""
    values = _taking(sex, ages, is_family)
    try:
        with transaction.atomic():
            zone = Zone.objects.create(
                division_code=actor.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
                name=name.strip(),
                position=Zone.objects.filter(owner_org=actor.org_code).count() + 1,
                health=health,
                is_family=is_family,
                **values,
            )
            note_house(
                verb="stays.zone.add",
                actor=actor,
                at=at,
                row=zone,
                summary=f"设置生活区：{zone.name}",
            )
    except IntegrityError as error:
        raise HouseRefused(_("已经有同名的生活区，请换一个名称。"), field="name") from error
    return zone


def _taking(sex: str, ages: str, is_family: bool) -> dict[str, str]:
    return {"sex": "any", "ages": "any"} if is_family else {"sex": sex, "ages": ages}


def change_zone(
    *,
    actor: Actor,
    at: datetime,
    zone: Zone,
    name: str,
    sex: str,
    ages: str,
    health: str,
    is_family: bool,
) -> Zone:
    """What a zone takes, changed while nobody sleeps there; raises HouseRefused otherwise."""
    if zone.usual_health and health != zone.health:
        raise HouseRefused(_("这个生活区正作防疫分区，先恢复平时用途。"), field="health")
    before = {"sex": zone.sex, "ages": zone.ages, "health": zone.health, "family": zone.is_family}
    zone.name, zone.health, zone.is_family = name.strip(), health, is_family
    for column, value in _taking(sex, ages, is_family).items():
        setattr(zone, column, value)
    try:
        with transaction.atomic():
            # whoever gives a bed here holds its room: he is waited for, and then he is seen
            list(Room.objects.select_for_update().filter(zone=zone).order_by("pk"))
            zone.save()
            note_house(
                verb="stays.zone.change",
                actor=actor,
                at=at,
                row=zone,
                summary=f"调整生活区：{zone.name}",
                before=before,
            )
    except DatabaseError as error:
        raise HouseRefused(
            _("这个生活区还住着人，或者名称重复。先把人转到别的生活区，再改收住范围。")
        ) from error
    return zone


def add_room(
    *, actor: Actor, at: datetime, zone: Zone, name: str, beds: int, is_barrier_free: bool = False
) -> Room:
    """A room with beds numbered from one. Raises HouseRefused for a second one of the same name."""
    if not 1 <= beds <= MOST_BEDS:
        raise HouseRefused(_("床位数请填1到%(most)s。") % {"most": MOST_BEDS}, field="beds")
    try:
        with transaction.atomic():
            room = Room.objects.create(
                zone=zone, name=name.strip(), is_barrier_free=is_barrier_free
            )
            Bed.objects.bulk_create(Bed(room=room, label=str(n)) for n in range(1, beds + 1))
            note_house(
                verb="stays.room.add",
                actor=actor,
                at=at,
                row=zone,
                summary=f"增加房间：{room.name}",
                beds=beds,
            )
    except IntegrityError as error:
        raise HouseRefused(_("这个生活区已有同名房间，请换一个名称。"), field="name") from error
    return room


def change_room(
    *,
    actor: Actor,
    at: datetime,
    room: Room,
    name: str,
    is_barrier_free: bool,
    more_beds: int = 0,
) -> Room:
    """Rename a room, say whether it is barrier-free, and put beds in, numbered on.

    Raises HouseRefused for a name that another room of the zone has, or too many beds.
    """
    before = {"name": room.name, "is_barrier_free": room.is_barrier_free}
    labels = list(Bed.objects.filter(room=room).values_list("label", flat=True))
    if not 0 <= more_beds <= MOST_BEDS - len(labels):
        raise HouseRefused(_("一个房间最多%(most)s张床。") % {"most": MOST_BEDS}, field="more_beds")
    last = max((int(label) for label in labels if label.isdecimal()), default=0)
    try:
        with transaction.atomic():
            room.name, room.is_barrier_free = name.strip(), is_barrier_free
            room.save(update_fields=["name", "is_barrier_free"])
            Bed.objects.bulk_create(
                Bed(room=room, label=str(last + n)) for n in range(1, more_beds + 1)
            )
            note_house(
                verb="stays.room.change",
                actor=actor,
                at=at,
                row=room.zone,
                summary=f"调整房间：{room.name}",
                before=before,
                more_beds=more_beds,
            )
    except IntegrityError as error:
        raise HouseRefused(_("这个生活区已有同名房间，请换一个名称。"), field="name") from error
    return room


def close_zone(*, actor: Actor, at: datetime, zone: Zone) -> Zone:
    """Close a zone in which nobody sleeps. Raises HouseRefused while somebody does."""
    return _turn(actor, at, zone, at, "close", f"停用生活区：{zone.name}")


def open_zone(*, actor: Actor, at: datetime, zone: Zone) -> Zone:
    """Open a closed zone again. Raises HouseRefused where another one has its name by now."""
    return _turn(actor, at, zone, None, "open", f"启用生活区：{zone.name}")


def _turn(
    actor: Actor, at: datetime, zone: Zone, closed_at: datetime | None, verb: str, summary: str
) -> Zone:
    try:
        with transaction.atomic():
            # whoever gives a bed here holds its room: he is waited for, and then he is seen
            list(Room.objects.select_for_update().filter(zone=zone).order_by("pk"))
            zone.closed_at = closed_at
            zone.save(update_fields=["closed_at"])
            note_house(verb=f"stays.zone.{verb}", actor=actor, at=at, row=zone, summary=summary)
    except DatabaseError as error:
        raise HouseRefused(
            _("这个生活区还住着人，先把人转到别的生活区再停用。")
            if closed_at
            else _("已经有同名的生活区，先改名再启用。")
        ) from error
    return zone


def close_bed(*, actor: Actor, at: datetime, bed: Bed, reason: str) -> Bed:
    """Take a free bed out of use. Raises HouseRefused while somebody has it, or without a reason."""
    if not reason.strip():
        raise HouseRefused(_("请写明床位为什么停用。"), field="reason")
    with transaction.atomic():
        Room.objects.select_for_update().get(pk=bed.room_id)
        if BedStay.objects.filter(bed=bed, period__endswith=None).exists():
            raise HouseRefused(_("这张床还有人，先给他换床再停用。"))
        bed.closed_at, bed.closed_reason = at, reason.strip()[:120]
        bed.save(update_fields=["closed_at", "closed_reason"])
        _note_bed("close", "停用", actor, at, bed)
    return bed


def open_bed(*, actor: Actor, at: datetime, bed: Bed) -> Bed:
    """Put a bed into use again."""
    bed.closed_at, bed.closed_reason = None, ""
    with transaction.atomic():
        bed.save(update_fields=["closed_at", "closed_reason"])
        _note_bed("open", "启用", actor, at, bed)
    return bed


def _note_bed(verb: str, word: str, actor: Actor, at: datetime, bed: Bed) -> None:
    note_house(
        verb=f"stays.bed.{verb}",
        actor=actor,
        at=at,
        row=bed.room.zone,
        summary=f"床位{word}：{bed.room.name}-{bed}",
        reason=bed.closed_reason,
    )
