"""Where somebody was: sealed fixes by month, the newest one, counts of squares, and the keys that end."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q

from nuantu.core import brief_keys, clock
from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.homeward.models.choices import KeyEnd
from nuantu.homeward.models.wearers import Fence, Wearer

STAFF = FieldClass.STAFF


class TrackKey(ScopedModel):
    """A key of one wearer for one month, by its public id; the key itself is a file (`core.brief_keys`).

    It is destroyed when the last fix of the month has reached the wearer's term; the row with digest and
    counts stays as the proof.
    """

    field_classes: ClassVar = {"key_digest": STAFF, "destroyed_why": STAFF}

    wearer = models.ForeignKey(Wearer, on_delete=models.PROTECT, related_name="track_keys")
    month_date = models.DateField()
    key_digest = models.CharField(max_length=64)
    fix_count = models.PositiveIntegerField(default=0)
    purged_count = models.PositiveIntegerField(default=0)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    destroyed_why = models.CharField(max_length=9, choices=KeyEnd.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wearer", "month_date"],
                condition=Q(destroyed_at__isnull=True),
                name="homeward_trackkey_one_for_a_month",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | ~Q(destroyed_why=""),
                name="homeward_trackkey_destroyed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(purged_count__lte=F("fix_count")),
                name="homeward_trackkey_purges_what_it_sealed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["month_date"],
                condition=Q(destroyed_at__isnull=True),
                name="homeward_trackkey_live",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month_date:%Y-%m} {self.key_digest[:12]}"

    @staticmethod
    def erase_with(case_id: UUID) -> None:
        """With a case its tracks go: keys, fixes and the newest place."""
        wearers = list(Wearer.objects.filter(case_id=case_id).values_list("pk", flat=True))
        keys = TrackKey.objects.filter(wearer__in=wearers, destroyed_at=None)
        refs = list(keys.values_list("public_id", flat=True))
        keys.update(
            destroyed_at=clock.now(), destroyed_why=KeyEnd.ERASED, purged_count=F("fix_count")
        )
        Position.objects.filter(wearer__in=wearers).delete()
        LastFix.objects.filter(wearer__in=wearers).delete()
        Fence.objects.filter(wearer__in=wearers).update(ended_at=clock.now())
        for ref in refs:
            transaction.on_commit(partial(brief_keys.destroy, ref))


class Position(models.Model):
    """A fix, sealed under the key of its wearer and month. Partitioned by month; a wearer is at one place at a time.

    No earlier versions are kept, and no backup holds the rows.
    """

    no_constraints_because: ClassVar = "its key is the pair, and each month is a partition"
    field_classes: ClassVar[dict[str, FieldClass]] = {}

    pk = models.CompositePrimaryKey("wearer_id", "fixed_at")
    wearer = models.ForeignKey(Wearer, on_delete=models.CASCADE, related_name="+")
    fixed_at = models.DateTimeField()
    told_at = models.DateTimeField()
    track_key = models.ForeignKey(
        TrackKey, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.wearer_id} {self.fixed_at:%Y-%m-%d %H:%M}"


class LastFix(ScopedModel):
    """The newest of a wearer: what is remembered between fixes, sealed like them, and the square he is in.

    A square is a hundredth of a degree, about a kilometre; it alone stands in the clear, for the map.
    """

    field_classes: ClassVar[dict[str, FieldClass]] = {}

    wearer = models.OneToOneField(Wearer, on_delete=models.CASCADE, related_name="last_fix")
    heard_at = models.DateTimeField(null=True, blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    battery = models.PositiveSmallIntegerField(null=True, blank=True)
    cell_x = models.IntegerField(null=True, blank=True)
    cell_y = models.IntegerField(null=True, blank=True)
    is_doubtful = models.BooleanField(default=False)
    track_key = models.ForeignKey(
        TrackKey, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cell_x__isnull=True, cell_y__isnull=True)
                | Q(cell_x__isnull=False, cell_y__isnull=False, fixed_at__isnull=False),
                name="homeward_lastfix_is_in_a_square",
            )
        ]
        indexes = [
            models.Index(fields=["cell_x", "cell_y"], name="homeward_lastfix_square"),
            models.Index(fields=["heard_at"], name="homeward_lastfix_heard"),
        ]

    def __str__(self) -> str:
        return f"{self.wearer_id}"


class CellCount(ScopedModel):
    """How many wearers of an organisation are in a square; `level` 0 is a hundredth of a degree, 3 and 6 eight and
    sixty-four times as wide. It lets a map of a hundred thousand be drawn by its squares."""

    field_classes: ClassVar[dict[str, FieldClass]] = {}

    level = models.PositiveSmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "division_code", "level", "x", "y"],
                name="homeward_cellcount_square_once",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=0), name="homeward_cellcount_counts_wearers"
            ),
        ]
        indexes = [models.Index(fields=["level", "x", "y"], name="homeward_cellcount_place")]

    def __str__(self) -> str:
        return f"{self.level} {self.x},{self.y}: {self.count}"
