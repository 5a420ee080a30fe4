"""What follows from a contact: the legal gate, the sheet that goes along, visits, notices."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.encounters.models.contacts import Encounter
from nuantu.persons.models import Case

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class ModeRequest(models.Model):
    """The legal gate: why somebody is helped in a way that is not voluntary, who approved, who reviewed."""

    class State(models.TextChoices):
        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("不批准")

    class Review(models.TextChoices):
        NONE = "", _("待复核")
        KEEP = "keep", _("继续")
        END = "end", _("改为自愿")

    field_classes: ClassVar = {
        "mode": STAFF,
        "classes": STAFF,
        "legal_basis": STAFF,
        "reason": STAFF,
        "asked_by": STAFF,
        "asked_by_id": STAFF,
        "told_by_phone": STAFF,
        "state": STAFF,
        "decided_by": STAFF,
        "decided_by_id": STAFF,
        "decision_note": STAFF,
        "review": STAFF,
        "reviewed_by": STAFF,
        "review_note": STAFF,
    }

    erases: ClassVar = ("reason", "decision_note", "review_note")
    erased_with: ClassVar = "encounter__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    encounter = models.OneToOneField(
        Encounter, on_delete=models.PROTECT, related_name="mode_request"
    )
    mode = models.CharField(max_length=20, choices=Case.Mode.choices)
    classes = ArrayField(models.CharField(max_length=32))
    legal_basis = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    has_agreed = models.BooleanField(default=False)
    is_urgent_danger = models.BooleanField(default=False)
    is_incapable = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    asked_by_id = models.CharField(max_length=64)
    told_by_phone = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_by_id = models.CharField(max_length=64, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)
    review_due_at = models.DateTimeField()
    review = models.CharField(max_length=4, choices=Review.choices, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True)
    review_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(mode="voluntary"), name="encounters_moderequest_is_not_voluntary"
            ),
            models.CheckConstraint(
                condition=~Q(classes=[]) & ~Q(legal_basis="") & ~Q(reason=""),
                name="encounters_moderequest_has_class_basis_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False) & ~Q(decided_by_id="")),
                name="encounters_moderequest_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id="") | ~Q(decided_by_id=F("asked_by_id")),
                name="encounters_moderequest_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.get_state_display()}"


class TransferSheet(models.Model):
    """What goes along with a person to hospital, police or another station (F-05, thin)."""

    class Suspicion(models.TextChoices):
        NONE = "none", _("无")
        LOST = "lost", _("疑似走失")
        ABANDONED = "abandoned", _("疑似被遗弃")
        TRAFFICKED = "trafficked", _("疑似被拐卖")

    field_classes: ClassVar = {
        "escort_unit": STAFF,
        "escort_name": STAFF,
        "escort_number": STAFF,
        "escort_phone": STAFF,
        "health": SENSITIVE,
        "found_story": STAFF,
        "check_result": STAFF,
        "suspicion": STAFF,
        "belongings": STAFF,
    }

    erases: ClassVar = ("found_story", "check_result", "belongings")

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    case_id = models.UUIDField()
    encounter = models.OneToOneField(Encounter, on_delete=models.CASCADE, related_name="sheet")
    escort_unit = models.CharField(max_length=120, blank=True)
    escort_name = models.CharField(max_length=60, blank=True)
    escort_number = models.CharField(max_length=20, blank=True)
    escort_phone = models.CharField(max_length=40, blank=True)
    health = SealedTextField(blank=True, default="")
    found_story = models.CharField(max_length=500, blank=True)
    check_result = models.CharField(max_length=200, blank=True)
    suspicion = models.CharField(max_length=10, choices=Suspicion.choices, default=Suspicion.NONE)
    belongings = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "encounter"], name="encounters_transfersheet_of_one_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.escort_unit} {self.escort_name}"


class Revisit(models.Model):
    """The next visit that a refusal owes, and what came of it."""

    class Result(models.TextChoices):
        OPEN = "", _("待回访")
        MET = "met", _("见到了")
        NOT_SEEN = "not_seen", _("没见到")
        LEFT = "left", _("已离开本地")
        WITH_FAMILY = "with_family", _("已与家人团聚")
        DECEASED = "deceased", _("死亡")
        WITHDRAWN = "withdrawn", _("已撤回")

    field_classes: ClassVar = {"result": STAFF, "note": STAFF, "done_by": STAFF}
    erases: ClassVar = ("note",)
    erased_with: ClassVar = "encounter__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="revisits")
    duty_id = models.UUIDField(unique=True)
    due_at = models.DateTimeField()
    result = models.CharField(max_length=11, choices=Result.choices, blank=True, default="")
    note = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
    met = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", done_at__isnull=True)
                | (~Q(result="") & Q(done_at__isnull=False)),
                name="encounters_revisit_done_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(result="met") | Q(met__isnull=False),
                name="encounters_revisit_met_names_the_contact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()} {self.public_id}"


class RefuserNotice(ScopedModel):
    """What a partner department learns of somebody who refused: place and needs, until it expires.

    Carries no person, no case and no health; the row belongs to the partner (P9-30, X60).
    """

    class Need(models.TextChoices):
        WARM_CLOTHES = "warm_clothes", _("需要御寒衣被")
        FOOD = "food", _("需要食物、热水")
        MOVE = "help_to_move", _("行动需要帮助")
        CHILD = "look_after_child", _("留意身边的孩子")
        LOOK_IN = "look_in_often", _("请常去看看")
        PERSUADE = "persuade", _("遇到请劝导去救助站")

    field_classes: ClassVar = {"place": STAFF, "needs": STAFF, "told_by": STAFF, "phone": STAFF}

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)
    needs = ArrayField(models.CharField(max_length=20, choices=Need.choices))
    told_by = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    seen_at = models.DateTimeField()
    told_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=True), name="encounters_refusernotice_names_no_case"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("told_at")),
                name="encounters_refusernotice_expires_later",
            ),
            models.UniqueConstraint(
                fields=["encounter", "owner_org"], name="encounters_refusernotice_once_per_partner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} → {self.owner_org}"

    @property
    def need_words(self) -> list[str]:
        """The needs in words, in the order of the list."""
        return [str(label) for code, label in self.Need.choices if code in self.needs]
