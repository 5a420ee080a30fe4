"""What residents complain about, with or without a name."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel
from nuantu.stays.models.staying import Stay

STAFF, SEALED = FieldClass.STAFF, FieldClass.SEALED


class Complaint(ScopedModel):
    """A resident's complaint from the box, the tablet or by word; `stay` only where he gave his name.

    Whoever it is about cannot read the row: a restrictive policy of the database compares `about_id`
    with who asks. About the head of a station it belongs to the authority above (381号 第14、15条).
    """

    class Topic(models.TextChoices):
        FOOD = "food", _("伙食")
        LODGING = "lodging", _("住宿、卫生")
        CARE = "care", _("照料、就医")
        THINGS = "things", _("物品、钱款")
        BEHAVIOUR = "behaviour", _("工作人员的言行")
        LEAVING = "leaving", _("不让离开、催离开")
        OTHER = "other", _("其他")

    class Channel(models.TextChoices):
        BOX = "box", _("意见箱")
        TABLET = "tablet", _("平板")
        SPOKEN = "spoken", _("当面说的")

    field_classes: ClassVar = {
        "number": STAFF,
        "topic": STAFF,
        "channel": STAFF,
        "text": SEALED,
        "about_id": STAFF,
        "answer": SEALED,
        "answered_by": STAFF,
    }

    number = models.CharField(max_length=24, unique=True)
    topic = models.CharField(max_length=9, choices=Topic.choices)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    text = SealedTextField()
    about_id = models.CharField(max_length=64, blank=True)
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    answer = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="stays_complaint_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (Q(answered_at__gte=F("made_at")) & ~Q(answer="") & ~Q(answered_by="")),
                name="stays_complaint_answered_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["owner_org", "-made_at"], name="stays_complaint_latest")]

    def __str__(self) -> str:
        return self.number
