"""What is locked away and what is watched: cupboard with its counts, incidents, cameras and holds."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel

STAFF = FieldClass.STAFF


class CupboardItem(ScopedModel):
    """One thing of the station's cupboard for drugs and valuables, and how much the book says is there.

    What a resident hands in at the door is a belonging, not this.
    """

    class Kind(models.TextChoices):
        DRUG = "drug", _("药品")
        VALUABLE = "valuable", _("贵重物品")

    field_classes: ClassVar = {"kind": STAFF, "name": STAFF, "unit": STAFF, "kept_in": STAFF}

    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=12)
    kept_in = models.CharField(max_length=40, blank=True)
    amount = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "name"], name="stays_cupboarditem_named_once"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(unit=""), name="stays_cupboarditem_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CupboardMove(models.Model):
    """Something went in or out, or a count set the book right; `after` is what the book says then.

    `count_ended_of` names who had begun the count that this ended before its second person came.
    """

    class Way(models.TextChoices):
        IN = "in", _("存入")
        OUT = "out", _("取出")
        SET = "set", _("盘点调整")

    field_classes: ClassVar = {
        "way": STAFF,
        "moved_by": STAFF,
        "reason": STAFF,
        "count_ended_of": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    item = models.ForeignKey(CupboardItem, on_delete=models.PROTECT, related_name="moves")
    way = models.CharField(max_length=3, choices=Way.choices)
    amount = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=120)
    count_ended_of = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="stays_cupboardmove_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.way} {self.amount}"


class CupboardCount(models.Model):
    """Two people count the same thing, the second without seeing what the first wrote."""

    field_classes: ClassVar = {"first_by": STAFF, "second_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    item = models.ForeignKey(CupboardItem, on_delete=models.PROTECT, related_name="counts")
    book = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    first_amount = models.PositiveIntegerField()
    first_by = models.CharField(max_length=120)
    first_by_id = models.UUIDField()
    second_at = models.DateTimeField(null=True, blank=True)
    second_amount = models.PositiveIntegerField(null=True, blank=True)
    second_by = models.CharField(max_length=120, blank=True)
    second_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(second_at__isnull=True),
                name="stays_cupboardcount_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(second_at__isnull=True)
                | (
                    Q(second_amount__isnull=False, second_by_id__isnull=False)
                    & ~Q(second_by_id=F("first_by_id"))
                ),
                name="stays_cupboardcount_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.first_at:%Y-%m-%d}"


class StationIncident(ScopedModel):
    """Something happened to staff or to the order of the house (S1-29, F-24), until it is concluded."""

    class Kind(models.TextChoices):
        ASSAULT = "assault", _("殴打工作人员")
        THREAT = "threat", _("威胁、辱骂工作人员")
        DISORDER = "disorder", _("扰乱秩序、损毁财物")
        FIRE = "fire", _("火情")
        DIFFERENCE = "difference", _("盘点不符")
        OTHER = "other", _("其他")

    field_classes: ClassVar = {
        "kind": STAFF,
        "place": STAFF,
        "story": STAFF,
        "recorded_by": STAFF,
        "police_answer": STAFF,
        "conclusion": STAFF,
        "concluded_by": STAFF,
    }

    kind = models.CharField(max_length=10, choices=Kind.choices)
    occurred_at = models.DateTimeField()
    place = models.CharField(max_length=80, blank=True)
    story = models.CharField(max_length=600)
    is_somebody_hurt = models.BooleanField(default=False)
    is_police_called = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=120)
    police_answer = models.CharField(max_length=300, blank=True)
    conclusion = models.CharField(max_length=400, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(story=""), name="stays_stationincident_is_told"),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True) | (~Q(conclusion="") & ~Q(concluded_by="")),
                name="stays_stationincident_concluded_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_at:%Y-%m-%d}"


class Camera(ScopedModel):
    """A camera of the house and how long its recordings are kept. No video is kept here."""

    field_classes: ClassVar = {"name": STAFF, "place": STAFF}

    name = models.CharField(max_length=40)
    place = models.CharField(max_length=80)
    keep_months = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_org", "name"], name="stays_camera_named_once"),
            models.CheckConstraint(
                condition=Q(keep_months__gte=1), name="stays_camera_keeps_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VideoHold(models.Model):
    """Recordings of a time that may not be overwritten: who asked, until it is released."""

    field_classes: ClassVar = {
        "reason": STAFF,
        "asked_by": STAFF,
        "placed_by": STAFF,
        "kept_in": STAFF,
        "saved_by": STAFF,
        "release_reason": STAFF,
        "released_by": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    camera = models.ForeignKey(Camera, on_delete=models.PROTECT, related_name="holds")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=80)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=120)
    placed_by_id = models.UUIDField(null=True, blank=True)
    overwritten_from_at = models.DateTimeField()
    kept_in = models.CharField(max_length=80, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=120, blank=True)
    released_by_id = models.UUIDField(null=True, blank=True)
    release_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="stays_videohold_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="stays_videohold_says_why"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | (~Q(release_reason="") & ~Q(released_by="")),
                name="stays_videohold_released_with_words",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(released_by_id__isnull=True)
                | Q(placed_by_id__isnull=True)
                | ~Q(released_by_id=F("placed_by_id")),
                name="stays_videohold_released_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.from_at:%Y-%m-%d %H:%M}"
