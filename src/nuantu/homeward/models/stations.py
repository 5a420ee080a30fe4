"""Stations elsewhere: the contact book."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel

STAFF = FieldClass.STAFF


class StationContact(ScopedModel):
    """A rescue station or department elsewhere: where it is, how it is reached, who last confirmed that and when.

    Every organisation of the prefecture reads the book; whoever entered a line keeps it. Offices, not people.
    `division_code` is that of whoever entered it, `place_code` that of the station.
    """

    field_classes: ClassVar = {
        "place_code": STAFF,
        "place_words": STAFF,
        "name": STAFF,
        "address": STAFF,
        "phones": STAFF,
        "note": STAFF,
        "confirmed_by": STAFF,
    }
    erases: ClassVar = ()

    place_code = models.CharField(max_length=12)
    place_words = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=78, blank=True)
    phones = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    confirmed_date = models.DateField()
    confirmed_by = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "place_code", "name"],
                condition=Q(closed_at__isnull=True),
                name="homeward_stationcontact_once_in_a_book",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phones=""), name="homeward_stationcontact_can_be_called"
            ),
        ]
        indexes = [models.Index(fields=["place_code"], name="homeward_stationcontact_place")]

    def __str__(self) -> str:
        return self.name
