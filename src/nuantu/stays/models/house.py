"""The house: zones, rooms and beds of a station."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.stays.models.choices import Health, ZoneAges, ZoneSex

STAFF = FieldClass.STAFF


class Zone(ScopedModel):
    """A part of the house for people who may live together: by sex, age and health (ST-01, ST-02).

    In a family zone a room belongs to one family at a time. What a zone takes cannot be changed
    while somebody sleeps there; a trigger holds that. While the epidemic pack is on it may be
    turned into a zone of observation or isolation; `usual_health` is what it goes back to.
    """

    field_classes: ClassVar = {
        "name": STAFF,
        "sex": STAFF,
        "ages": STAFF,
        "health": STAFF,
        "usual_health": STAFF,
    }

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    sex = models.CharField(max_length=6, choices=ZoneSex.choices)
    ages = models.CharField(max_length=5, choices=ZoneAges.choices)
    health = models.CharField(max_length=11, choices=Health.choices, default=Health.GENERAL)
    is_family = models.BooleanField(default=False)
    usual_health = models.CharField(max_length=11, choices=Health.choices, blank=True, default="")
    turned_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="stays_zone_is_named"),
            models.CheckConstraint(
                condition=Q(is_family=False) | Q(sex="any", ages="any"),
                name="stays_zone_of_families_takes_all",
            ),
            models.CheckConstraint(
                condition=Q(usual_health="", turned_at__isnull=True)
                | (
                    ~Q(usual_health="")
                    & Q(turned_at__isnull=False, health__in=["observation", "isolation"])
                    & ~Q(health=F("usual_health"))
                ),
                name="stays_zone_turned_goes_back",
            ),
            models.UniqueConstraint(
                fields=["owner_org", "name"],
                condition=Q(closed_at__isnull=True),
                name="stays_zone_named_once_per_station",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of a zone."""

    field_classes: ClassVar = {"name": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    is_barrier_free = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "name"], name="stays_room_named_once_per_zone"),
            models.CheckConstraint(condition=~Q(name=""), name="stays_room_is_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    """A bed of a room; one person, one bed (ST-02). Out of use while `closed_at` is set."""

    field_classes: ClassVar = {"label": STAFF, "closed_reason": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "label"], name="stays_bed_named_once_per_room"),
            models.CheckConstraint(condition=~Q(label=""), name="stays_bed_is_named"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closed_reason=""),
                name="stays_bed_closed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.label
