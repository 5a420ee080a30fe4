"""The track of a device that went along on a run."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.patrols.models.register import PatrolRun

STAFF = FieldClass.STAFF


class PatrolTrack(models.Model):
    """A GPX file of a device, thinned to a point every ten seconds, with the digest of the file.

    `seconds` count from `began_at`; `lats` and `lons` are WGS-84 degrees. It is evidence beside
    the register and changes nothing in it.
    """

    field_classes: ClassVar = {"file_name": STAFF, "digest": STAFF, "loaded_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    run = models.ForeignKey(PatrolRun, on_delete=models.PROTECT, related_name="tracks")
    file_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    seconds = ArrayField(models.PositiveIntegerField())
    lats = ArrayField(models.FloatField())
    lons = ArrayField(models.FloatField())
    jump_count = models.PositiveIntegerField(default=0)
    loaded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    keep_until_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "digest"], name="patrols_patroltrack_one_file_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("began_at")),
                name="patrols_patroltrack_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.file_name}"
