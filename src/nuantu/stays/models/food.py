"""The kitchen: meals that were served, samples of their dishes, and what is locked on suspicion."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel

STAFF = FieldClass.STAFF


class FoodSuspicion(ScopedModel):
    """Somebody may be ill from food: from then on no sample leaves the fridge, until the head of the
    station releases them. `ill_count` is everybody so far."""

    field_classes: ClassVar = {
        "signs": STAFF,
        "suspected_by": STAFF,
        "released_by": STAFF,
        "outcome": STAFF,
    }

    suspected_at = models.DateTimeField()
    suspected_by = models.CharField(max_length=120)
    ill_count = models.PositiveSmallIntegerField()
    signs = models.CharField(max_length=300)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(signs=""), name="stays_foodsuspicion_says_why"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | (Q(released_at__gte=F("suspected_at")) & ~Q(released_by="") & ~Q(outcome="")),
                name="stays_foodsuspicion_released_with_words",
            ),
            models.UniqueConstraint(
                fields=["owner_org"],
                condition=Q(released_at__isnull=True),
                name="stays_foodsuspicion_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_org} {self.suspected_at:%Y-%m-%d %H:%M}"


class FoodIllness(models.Model):
    """More people fell ill while the suspicion ran: how many, and what they have."""

    field_classes: ClassVar = {"signs": STAFF, "noted_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    suspicion = models.ForeignKey(FoodSuspicion, on_delete=models.PROTECT, related_name="illnesses")
    ill_count = models.PositiveSmallIntegerField()
    signs = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ill_count__gt=0) & ~Q(signs=""),
                name="stays_foodillness_says_who_and_what",
            )
        ]

    def __str__(self) -> str:
        return f"{self.suspicion_id} +{self.ill_count}"


class KitchenMeal(ScopedModel):
    """A meal that the kitchen served, with its dishes; each of them leaves a sample (S1-24)."""

    class Meal(models.TextChoices):
        BREAKFAST = "breakfast", _("早餐")
        LUNCH = "lunch", _("午餐")
        SUPPER = "supper", _("晚餐")
        NIGHT = "night", _("夜餐")

    field_classes: ClassVar = {"meal": STAFF, "dishes": STAFF, "served_by": STAFF, "gap": STAFF}

    served_date = models.DateField()
    meal = models.CharField(max_length=9, choices=Meal.choices)
    served_at = models.DateTimeField()
    people_count = models.PositiveSmallIntegerField()
    dishes = ArrayField(models.CharField(max_length=40))
    served_by = models.CharField(max_length=120)
    gap = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "served_date", "meal"], name="stays_kitchenmeal_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(dishes=[]), name="stays_kitchenmeal_has_a_dish"),
        ]
        indexes = [models.Index(fields=["owner_org", "-served_at"], name="stays_kitchenmeal_when")]

    def __str__(self) -> str:
        return f"{self.served_date} {self.get_meal_display()}"


class FoodSample(models.Model):
    """What was kept of one dish: weight, in, out. Locked while food poisoning is suspected: it then
    leaves the fridge for a laboratory only."""

    class Out(models.TextChoices):
        DUE = "due", _("到时销毁")
        EARLY = "early", _("提前取出")
        HANDED = "handed", _("交检验机构")

    field_classes: ClassVar = {
        "dish": STAFF,
        "put_in_by": STAFF,
        "kept_in": STAFF,
        "out_kind": STAFF,
        "taken_out_by": STAFF,
        "reason": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    meal = models.ForeignKey(KitchenMeal, on_delete=models.PROTECT, related_name="samples")
    dish = models.CharField(max_length=40)
    grams = models.PositiveSmallIntegerField()
    put_in_at = models.DateTimeField()
    put_in_by = models.CharField(max_length=120)
    kept_in = models.CharField(max_length=40, blank=True)
    keep_until_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.CharField(max_length=120, blank=True)
    out_kind = models.CharField(max_length=6, choices=Out.choices, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True)
    is_locked = models.BooleanField(default=False)
    suspicion = models.ForeignKey(
        FoodSuspicion, on_delete=models.PROTECT, null=True, blank=True, related_name="samples"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meal", "dish"], name="stays_foodsample_one_per_dish"),
            models.CheckConstraint(condition=Q(grams__gt=0), name="stays_foodsample_weighs"),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True, out_kind="")
                | (Q(taken_out_at__gte=F("put_in_at")) & ~Q(out_kind="") & ~Q(taken_out_by="")),
                name="stays_foodsample_out_after_in",
            ),
            models.CheckConstraint(
                condition=~Q(out_kind="early") | ~Q(reason=""),
                name="stays_foodsample_early_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_locked=False)
                | (Q(suspicion__isnull=False) & Q(out_kind__in=("", "handed"))),
                name="stays_foodsample_locked_stays_in",
            ),
        ]
        indexes = [
            models.Index(
                fields=["keep_until_at"],
                condition=Q(taken_out_at__isnull=True),
                name="stays_foodsample_inside",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dish} {self.grams} g"
