"""The contact itself, what was offered, given and photographed."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.hiding import Hidable
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.encounters.models.choices import Capacity, Condition, OfferCode, Outcome
from nuantu.operations.models import Team
from nuantu.persons.models import Case, ClassCode, Person

STAFF = FieldClass.STAFF


class Encounter(ScopedModel):
    """One contact with one person: what was seen, offered, answered, given, and how it ended.

    `happened_at` is when it was, `recorded_at` when it was written down. A mistake is mended by a
    new row that names the old one in `corrects`; the old one stays.
    """

    class Evidence(models.TextChoices):
        NONE = "", _("不需要")
        TAKEN = "taken", _("已拍照")
        DECLINED = "declined", _("本人不让拍")
        IMPOSSIBLE = "impossible", _("没法拍")

    field_classes: ClassVar = {
        "place": STAFF,
        "place_type": STAFF,
        "conditions": STAFF,
        "classes": STAFF,
        "capacity": STAFF,
        "outcome": STAFF,
        "rescue_mode": STAFF,
        "level": STAFF,
        "refusal_reason": STAFF,
        "card_reason": STAFF,
        "evidence": STAFF,
        "evidence_reason": STAFF,
        "witness": STAFF,
        "guardian": STAFF,
        "to_org": STAFF,
        "note": STAFF,
        "recorded_by": STAFF,
        "correction_reason": STAFF,
        "idempotency_hash": STAFF,
    }

    erases: ClassVar = (
        "refusal_reason",
        "card_reason",
        "evidence_reason",
        "witness",
        "guardian",
        "note",
        "correction_reason",
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    place_type = models.CharField(max_length=48, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    run = models.ForeignKey(
        Dispatch, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    conditions = ArrayField(
        models.CharField(max_length=16, choices=Condition.choices), default=list, blank=True
    )
    classes = ArrayField(models.CharField(max_length=32, choices=ClassCode.choices), default=list)
    capacity = models.CharField(max_length=10, choices=Capacity.choices, default=Capacity.CAPABLE)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    rescue_mode = models.CharField(
        max_length=20, choices=Case.Mode.choices, default=Case.Mode.VOLUNTARY
    )
    level = models.CharField(max_length=24, blank=True)
    is_informed = models.BooleanField(default=False)
    refusal_reason = models.CharField(max_length=200, blank=True)
    has_card = models.BooleanField(default=False)
    card_reason = models.CharField(max_length=120, blank=True)
    evidence = models.CharField(max_length=10, choices=Evidence.choices, blank=True, default="")
    evidence_reason = models.CharField(max_length=120, blank=True)
    witness = models.CharField(max_length=60, blank=True)
    guardian = models.CharField(max_length=120, blank=True)
    revisit_at = models.DateTimeField(null=True, blank=True)
    to_org = models.CharField(max_length=40, blank=True)
    handover_id = models.UUIDField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    recorded_by = models.CharField(max_length=120)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    correction_reason = models.CharField(max_length=200, blank=True)
    idempotency_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="encounters_encounter_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("recorded_at")),
                name="encounters_encounter_is_not_in_the_future",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused")
                | (
                    Q(is_informed=True, revisit_at__isnull=False)
                    & ~Q(refusal_reason="")
                    & ~Q(evidence="")
                ),
                name="encounters_encounter_refusal_is_informed_and_revisited",
            ),
            # The law's floor, whatever a plan, a form or a program says (X17, PA-07).
            models.CheckConstraint(
                condition=~Q(outcome__in=["refused", "goods_only", "self_return"])
                | ~Q(classes__overlap=["minor", "critically_ill_person", "sudden_illness"]),
                name="encounters_encounter_protected_are_not_left_alone",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["to_station", "hospital", "police"]) | Q(to_org=""),
                name="encounters_encounter_taken_over_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
                name="encounters_encounter_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="encounters_encounter_is_on_earth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-happened_at"], name="encounters_encounter_register"
            ),
            models.Index(fields=["person", "-happened_at"], name="encounters_encounter_person"),
            models.Index(
                fields=["division_code", "-happened_at"], name="encounters_encounter_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.public_id}"

    @property
    def case_ref(self) -> UUID:
        """The case of this contact; the database holds none without."""
        return self.case_id or self.public_id

    @property
    def is_late_entry(self) -> bool:
        """Written down more than half an hour after it happened."""
        return (self.recorded_at - self.happened_at).total_seconds() > 30 * 60


class OfferLine(models.Model):
    """One thing that was offered, in the order of the plan, and the answer."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("接受")
        DECLINED = "declined", _("不要")
        UNCLEAR = "unclear", _("没回应")
        NOT_OFFERED = "not_offered", _("没提")

    field_classes: ClassVar = {"code": STAFF, "answer": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="offers")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20, choices=OfferCode.choices)
    answer = models.CharField(max_length=12, choices=Answer.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["encounter", "code"], name="encounters_offerline_once_per_encounter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.get_answer_display()}"


class GoodsLine(models.Model):
    """One item of the kit: what the plan owes, what was given, and why less."""

    field_classes: ClassVar = {
        "item_code": STAFF,
        "label": STAFF,
        "label_en": STAFF,
        "missing_reason": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="goods")
    item_code = models.CharField(max_length=48)
    label = models.CharField(max_length=40)
    label_en = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveSmallIntegerField()
    owed_quantity = models.PositiveSmallIntegerField(default=0)
    missing_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["encounter", "item_code"], name="encounters_goodsline_once_per_encounter"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("owed_quantity")) | ~Q(missing_reason=""),
                name="encounters_goodsline_missing_is_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} × {self.quantity}"


class Evidence(Hidable):
    """A photo or short video taken at the contact, with the day until which it is kept (X13)."""

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    keep_until_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_until_date__gt=F("taken_at__date")),
                name="encounters_evidence_is_kept_for_a_while",
            ),
            *Hidable.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.public_id}"
