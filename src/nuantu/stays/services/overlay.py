"""While the epidemic pack is on a zone serves for observation or isolation, and goes back afterwards."""

from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import BedStay, Health, Room, Zone
from nuantu.stays.selectors.health import packs
from nuantu.stays.services.house import HouseRefused
from nuantu.stays.services.lines import note_house

BACK = "zone.back"


def turn_zone(*, actor: Actor, at: datetime, zone: Zone, health: str) -> Zone:
    """Let a zone serve for observation or isolation; whom it takes is judged by the database from
    then on.

    Raises HouseRefused while no pack is on, or somebody sleeps there who does not belong there.
    """
    pack = packs.epidemic(zone.division_code, at)
    if not pack.is_on:
        raise HouseRefused(_("现在没有启用疫情防控，不能改作防疫分区。"))
    if zone.usual_health or health not in (Health.OBSERVATION, Health.ISOLATION):
        raise HouseRefused(_("这个生活区已经是防疫分区，先恢复平时用途。"), field="health")
    if zone.health == health:
        raise HouseRefused(_("这个生活区平时就是这个用途。"), field="health")
    zone.usual_health, zone.health, zone.turned_at = zone.health, health, at
    word = stored(zone.get_health_display)
    _save(actor, at, zone, "turn", f"{zone.name}改作{word}", pack.source)
    return zone


def turn_back(*, actor: Actor, at: datetime, zone: Zone) -> Zone:
    """The zone takes again whom it usually takes. Raises HouseRefused while somebody sleeps there."""
    if not zone.usual_health:
        raise HouseRefused(_("这个生活区不是防疫分区。"))
    zone.health, zone.usual_health, zone.turned_at = zone.usual_health, "", None
    with transaction.atomic():
        _save(actor, at, zone, "back", f"{zone.name}恢复平时用途", "")
        for duty in _owed(zone):
            complete_duty(actor=actor, at=at, duty=duty, note="已恢复")
    return zone


def _save(actor: Actor, at: datetime, zone: Zone, verb: str, summary: str, basis: str) -> None:
    try:
        with transaction.atomic():
            # whoever gives a bed here holds its room: he is waited for, and then he is seen
            list(Room.objects.select_for_update().filter(zone=zone).order_by("pk"))
            zone.save(update_fields=["health", "usual_health", "turned_at"])
            note_house(
                verb=f"stays.zone.{verb}",
                actor=actor,
                at=at,
                row=zone,
                summary=summary,
                health=zone.health,
                basis=basis,
            )
    except DatabaseError as error:
        raise HouseRefused(_("这个生活区还住着人，先把人转到别的生活区。")) from error


def _owed(zone: Zone) -> list[Duty]:
    return list(
        Duty.objects.filter(
            kind=BACK, subject_kind="zone", subject_id=zone.public_id, state=Duty.State.OPEN
        )
    )


def turn_back_lapsed(*, at: datetime) -> int:
    """After the pack has ended: an empty zone goes back by itself, about one where somebody still
    sleeps its station decides. How many went back. Call it under the system scope."""
    turned = 0
    for zone in Zone.objects.exclude(usual_health=""):
        if packs.epidemic(zone.division_code, at).is_on:
            continue
        if BedStay.objects.filter(room__zone=zone, period__endswith=None).exists():
            _owe(zone, at)
        else:
            turn_back(actor=SYSTEM, at=at, zone=zone)
            turned += 1
    return turned


def _owe(zone: Zone, at: datetime) -> None:
    if _owed(zone):
        return
    ruling = rules_at(zone.division_code, at).need("vague.clock", key="paper")
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=BACK,
        title=f"{zone.name}：疫情防控已结束，转出住着的人后恢复平时用途",
        title_en=f"{zone.name}: the epidemic rules have ended; move people out and turn it back",
        subject=Subject("zone", zone.public_id),
        owner_org=zone.owner_org,
        division_code=zone.division_code,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
        basis_rule="P9-34",
    )
