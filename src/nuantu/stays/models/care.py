"""Daily care: what each resident was given, the menus of the house, the bedding of each bed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Sex
from nuantu.stays.models.house import Bed
from nuantu.stays.models.staying import Stay
from nuantu.stays.rules.care import BODY_CARE

STAFF = FieldClass.STAFF


class CareEntry(ScopedModel):
    """One line of a resident's care log: a meal, a wash, clothes, an observation, a visitor.

    Whoever washes a woman is a woman (ST-01): the row says so, and the database refuses it otherwise.
    """

    class Kind(models.TextChoices):
        MEAL = "meal", _("用餐")
        WASH = "wash", _("洗浴")
        HAIRCUT = "haircut", _("理发")
        CLOTHING = "clothing", _("更换衣物")
        HELP = "help", _("协助起居")
        ACTIVITY = "activity", _("文体活动")
        EDUCATION = "education", _("教育矫治")
        OBSERVATION = "observation", _("观察")
        VISITOR = "visitor", _("探视")
        INCIDENT = "incident", _("突发情况")

    class Slot(models.TextChoices):
        NONE = "", _("—")
        BREAKFAST = "breakfast", _("早餐")
        LUNCH = "lunch", _("午餐")
        SUPPER = "supper", _("晚餐")

    class Outcome(models.TextChoices):
        GIVEN = "given", _("已给")
        REFUSED = "refused", _("本人不要")
        ABSENT = "absent", _("不在")

    field_classes: ClassVar = {
        "kind": STAFF,
        "slot": STAFF,
        "outcome": STAFF,
        "resident_sex": STAFF,
        "note": STAFF,
        "noted_by": STAFF,
    }
    erases: ClassVar = ("note",)

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    slot = models.CharField(max_length=9, choices=Slot.choices, blank=True, default=Slot.NONE)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.GIVEN)
    on_date = models.DateField()
    happened_at = models.DateTimeField()
    resident_sex = models.CharField(max_length=7, choices=Sex.choices)
    is_by_woman = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="meal") & ~Q(slot="") | ~Q(kind="meal") & Q(slot=""),
                name="stays_careentry_meal_has_its_slot",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("observation", "visitor", "incident")) | ~Q(note=""),
                name="stays_careentry_says_what_was_seen",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(BODY_CARE), resident_sex="female", outcome="given")
                | Q(is_by_woman=True),
                name="stays_careentry_women_are_washed_by_women",
            ),
            models.UniqueConstraint(
                fields=["stay", "on_date", "slot"],
                condition=Q(kind="meal"),
                name="stays_careentry_one_of_each_meal",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "on_date"], name="stays_careentry_day"),
            models.Index(fields=["stay", "-happened_at"], name="stays_careentry_log"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on_date}"


class Menu(ScopedModel):
    """What a station cooks on one day; no two days near each other are the same (P14-19)."""

    field_classes: ClassVar = {
        "breakfast": STAFF,
        "lunch": STAFF,
        "supper": STAFF,
        "put_by": STAFF,
    }

    on_date = models.DateField()
    breakfast = models.CharField(max_length=200)
    lunch = models.CharField(max_length=200)
    supper = models.CharField(max_length=200)
    put_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_org", "on_date"], name="stays_menu_one_a_day"),
            models.CheckConstraint(
                condition=~Q(breakfast="") & ~Q(lunch="") & ~Q(supper=""),
                name="stays_menu_has_three_meals",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_org} {self.on_date}"


class BeddingChange(models.Model):
    """The bedding of a bed was washed and put on anew (DL-13)."""

    field_classes: ClassVar = {"changed_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="bedding")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bed", "changed_at"], name="stays_beddingchange_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bed_id} {self.changed_at:%Y-%m-%d}"
