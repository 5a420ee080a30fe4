"""Roll-calls, and the alarm for somebody who must be looked for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.stays.models.staying import Stay

STAFF = FieldClass.STAFF


class RollCall(ScopedModel):
    """One roll-call of a house: when, by whom, perhaps with a photo; at the meeting point after
    everybody had to leave the house, too."""

    field_classes: ClassVar = {"called_by": STAFF}

    called_at = models.DateTimeField()
    called_by = models.CharField(max_length=120)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_evacuation = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(called_by=""), name="stays_rollcall_is_somebodys_word"
            ),
        ]
        indexes = [models.Index(fields=["owner_org", "-called_at"], name="stays_rollcall_latest")]

    def __str__(self) -> str:
        return f"{self.owner_org} {self.called_at:%Y-%m-%d %H:%M}"


class RollMark(models.Model):
    """How one resident was found at a roll-call."""

    class Found(models.TextChoices):
        PRESENT = "present", _("在")
        OUT = "out", _("外出")
        GONE = "gone", _("不在")

    field_classes: ClassVar = {"found": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    roll_call = models.ForeignKey(RollCall, on_delete=models.PROTECT, related_name="marks")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=7, choices=Found.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roll_call", "stay"], name="stays_rollmark_one_for_each_resident"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} {self.found}"


class Search(ScopedModel):
    """Somebody who must not be alone outside is missing: looked for until he is found or the search
    is ended with its reason. What the rules ask for is ticked off step by step."""

    class End(models.TextChoices):
        OPEN = "", _("寻找中")
        FOUND = "found", _("已找到")
        ELSEWHERE = "elsewhere", _("在别处安置")
        MISTAKE = "mistake", _("误报")

    field_classes: ClassVar = {
        "raised_by": STAFF,
        "end": STAFF,
        "end_note": STAFF,
        "ended_by": STAFF,
    }
    erases: ClassVar = ("end_note",)

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=120)
    end = models.CharField(max_length=9, choices=End.choices, blank=True, default=End.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_note = models.CharField(max_length=300, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"], condition=Q(end=""), name="stays_search_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True)
                | (~Q(end="") & Q(ended_at__gte=F("raised_at")) & ~Q(end_note="")),
                name="stays_search_ends_with_a_word",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} {self.raised_at:%Y-%m-%d}"


class SearchStep(models.Model):
    """One step of a search that was taken: where it was looked, which police station was told."""

    field_classes: ClassVar = {"step": STAFF, "note": STAFF, "done_by": STAFF}
    erases: ClassVar = ("note",)
    erased_with: ClassVar = "search__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=40)
    done_at = models.DateTimeField()
    note = models.CharField(max_length=300)
    done_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "step"], name="stays_searchstep_taken_once"),
            models.CheckConstraint(condition=~Q(note=""), name="stays_searchstep_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.step}"
