"""Safety of the house: checklists, checks, hazards until they are mended, inspectors and answers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.core.sentences import in_words

STAFF = FieldClass.STAFF


class OwnChecklist(ScopedModel):
    """A station's own checklist from a day on; before it, and without one, the national one holds."""

    class Every(models.TextChoices):
        DAY = "day", _("每天")
        WEEK = "week", _("每周")
        MONTH = "month", _("每月")

    field_classes: ClassVar = {
        "kind": STAFF,
        "title": STAFF,
        "title_en": STAFF,
        "every": STAFF,
        "lines": STAFF,
        "changed_by": STAFF,
        "basis": STAFF,
    }

    kind = models.CharField(max_length=24)
    from_date = models.DateField()
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True)
    every = models.CharField(max_length=5, choices=Every.choices)
    hours = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    lines = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    basis = models.CharField(max_length=120)
    changed_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_org", "kind", "from_date"],
                name="stays_ownchecklist_one_from_a_day_on",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(basis=""), name="stays_ownchecklist_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.from_date}"


class SafetyCheck(ScopedModel):
    """One check of a list: owed until a moment, done by somebody, or never done."""

    field_classes: ClassVar = {
        "kind": STAFF,
        "title": STAFF,
        "title_en": STAFF,
        "slot": STAFF,
        "done_by": STAFF,
    }

    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True)
    slot = models.CharField(max_length=120, null=True, blank=True, unique=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
    done_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | (~Q(done_by="") & Q(done_by_id__isnull=False)),
                name="stays_safetycheck_done_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["owner_org", "-due_at"], name="stays_safetycheck_when")]

    def __str__(self) -> str:
        return f"{self.title} {self.due_at:%Y-%m-%d}"

    @property
    def said(self) -> str:
        """Its title in the language of the page."""
        return in_language(self.title, self.title_en)


def in_language(zh: str, en: str) -> str:
    """The English of a pair on an English page, where there is one."""
    return en if en and (get_language() or "").startswith("en") else zh


class CheckLine(models.Model):
    """What one line of a check found; words and photo where it was not in order."""

    field_classes: ClassVar = {"says": STAFF, "says_en": STAFF, "note": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    safety_check = models.ForeignKey(SafetyCheck, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=200)
    says_en = models.CharField(max_length=200, blank=True)
    is_ok = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["safety_check", "position"], name="stays_checkline_one_per_place"
            ),
            models.CheckConstraint(
                condition=Q(is_ok=True) | ~Q(note=""), name="stays_checkline_says_what_is_wrong"
            ),
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def said(self) -> str:
        """The line in the language of the page."""
        return in_language(self.says, self.says_en)


class Inspection(ScopedModel):
    """An authority looked at the station: what it found and what was answered (P1-82, P1-83)."""

    class Authority(models.TextChoices):
        REGULATOR = "regulator", _("市场监管")
        FIRE = "fire", _("消防救援")
        HEALTH = "health", _("卫生健康")
        BUREAU = "bureau", _("民政局")
        JOINT = "joint", _("联席会议")
        OTHER = "other", _("其他")

    class Mode(models.TextChoices):
        DOUBLE_RANDOM = "double_random", _("双随机抽查")
        SAFETY = "safety", _("安全检查")
        REGULAR = "regular", _("定期检查")
        COVERT = "covert", _("暗访")
        COMPLAINT = "complaint", _("投诉核查")

    field_classes: ClassVar = {
        "authority": STAFF,
        "mode": STAFF,
        "inspectors": STAFF,
        "document_number": STAFF,
        "result": STAFF,
        "recorded_by": STAFF,
        "answer": STAFF,
        "answered_by": STAFF,
    }

    authority = models.CharField(max_length=9, choices=Authority.choices)
    mode = models.CharField(max_length=13, choices=Mode.choices)
    inspected_at = models.DateTimeField()
    inspectors = ArrayField(models.CharField(max_length=40))
    document_number = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=120)
    is_answer_owed = models.BooleanField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=600, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(inspectors=[]), name="stays_inspection_names_an_inspector"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (Q(answered_at__gte=F("inspected_at")) & ~Q(answer="") & ~Q(answered_by="")),
                name="stays_inspection_answered_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-inspected_at"], name="stays_inspection_when")
        ]

    def __str__(self) -> str:
        return f"{self.get_authority_display()} {self.inspected_at:%Y-%m-%d}"


class Hazard(ScopedModel):
    """Something that is not in order, until somebody mended it and another person looked again."""

    class State(models.TextChoices):
        OPEN = "open", _("待整改")
        REPAIRED = "repaired", _("待复查")
        CLOSED = "closed", _("已销号")

    class Source(models.TextChoices):
        CHECK = "check", _("自查发现")
        FOOD = "food", _("食品留样")
        INSPECTION = "inspection", _("外部检查")
        REPORT = "report", _("随手报告")

    field_classes: ClassVar = {
        "state": STAFF,
        "source": STAFF,
        "what": STAFF,
        "place": STAFF,
        "found_by": STAFF,
        "repair_note": STAFF,
        "repaired_by": STAFF,
        "recheck_note": STAFF,
        "rechecked_by": STAFF,
    }

    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    source = models.CharField(max_length=10, choices=Source.choices)
    what = models.CharField(max_length=300)
    place = models.CharField(max_length=80, blank=True)
    is_urgent = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    found_by = models.CharField(max_length=120)
    mender = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField()
    round_count = models.PositiveSmallIntegerField(default=1)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    check_line = models.OneToOneField(
        CheckLine, on_delete=models.PROTECT, null=True, blank=True, related_name="hazard"
    )
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="hazards"
    )
    repaired_at = models.DateTimeField(null=True, blank=True)
    repaired_by = models.CharField(max_length=120, blank=True)
    repaired_by_id = models.UUIDField(null=True, blank=True)
    repair_note = models.CharField(max_length=300, blank=True)
    repair_photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rechecked_at = models.DateTimeField(null=True, blank=True)
    rechecked_by = models.CharField(max_length=120, blank=True)
    rechecked_by_id = models.UUIDField(null=True, blank=True)
    recheck_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="stays_hazard_says_what"),
            models.CheckConstraint(
                condition=Q(state="open")
                | (Q(repaired_at__isnull=False, repaired_by_id__isnull=False) & ~Q(repair_note="")),
                name="stays_hazard_repaired_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | (
                    Q(rechecked_at__gte=F("repaired_at"), rechecked_by_id__isnull=False)
                    & ~Q(rechecked_by_id=F("repaired_by_id"))
                ),
                name="stays_hazard_looked_at_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "due_at"],
                condition=~Q(state="closed"),
                name="stays_hazard_open",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def said(self) -> str:
        """What is not in order: the program's words in the language of the page, a person's as written."""
        return in_words(self.what) if self.is_of_program else self.what

    @property
    def place_said(self) -> str:
        """Where, said in the same way."""
        return in_words(self.place) if self.is_of_program else self.place

    @property
    def is_of_program(self) -> bool:
        """Begun with words of the program, which stand before what a person typed."""
        return self.source in (self.Source.FOOD, self.Source.INSPECTION)
