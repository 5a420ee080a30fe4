"""At the door: one person until it is decided, what he hands in, what others are asked about him."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.persons.models import Person
from nuantu.stays.models.choices import ArrivalMode, Health

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Reception(ScopedModel):
    """One person at the door of a station, from the first word to the decision (F-06).

    Kept from the first press, so that a power cut loses nothing. What is known of the person is
    facts of persons, never typed again here. A person who needs a hospital, a minor and somebody
    who cannot tell his details is never turned away; the database holds that (EL-07, EL-10).
    """

    class State(models.TextChoices):
        OPEN = "open", _("接待中")
        ADMITTED = "admitted", _("已入站")
        REFUSED = "refused", _("不予救助")
        HOSPITAL = "hospital_first", _("先送医")
        POLICE = "police", _("已报警移交")
        WITHDRAWN = "withdrawn", _("本人离开")
        DIED = "died", _("死亡")

    class Telling(models.TextChoices):
        NOT_ASKED = "", _("还没问")
        TELLS = "tells", _("能说明情况")
        CANNOT = "cannot", _("因年老、年幼、残疾等说不清")
        REFUSES = "refuses", _("能说但不肯如实说")

    class Security(models.TextChoices):
        NOT_YET = "", _("还没安检")
        PASSED = "passed", _("通过")
        REFUSED = "refused", _("拒绝")
        FOUND = "found", _("查出违禁品")

    field_classes: ClassVar = {
        "state": STAFF,
        "arrival_mode": STAFF,
        "brought_by": STAFF,
        "body": SENSITIVE,
        "health": STAFF,
        "telling": STAFF,
        "security": STAFF,
        "searched_by": STAFF,
        "trouble": STAFF,
        "needs": STAFF,
        "ground": STAFF,
        "decision_note": STAFF,
        "decided_by": STAFF,
        "recorded_by": STAFF,
        "notice_number": STAFF,
    }
    erases: ClassVar = ("brought_by", "trouble", "decision_note")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    arrival_mode = models.CharField(max_length=8, choices=ArrivalMode.choices)
    brought_by = models.CharField(max_length=120, blank=True)
    handover_id = models.UUIDField(null=True, blank=True)
    body = SealedTextField(blank=True, default="")
    is_hospital_needed = models.BooleanField(default=False)
    health = models.CharField(max_length=11, choices=Health.choices, default=Health.GENERAL)
    has_limited_mobility = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)
    telling = models.CharField(max_length=7, choices=Telling.choices, blank=True, default="")
    has_means = models.BooleanField(default=False)
    is_cash_only = models.BooleanField(default=False)
    has_refused_deposit = models.BooleanField(default=False)
    is_informed = models.BooleanField(default=False)
    security = models.CharField(max_length=7, choices=Security.choices, blank=True, default="")
    searched_by = models.CharField(max_length=60, blank=True)
    is_searcher_female = models.BooleanField(default=False)
    trouble = models.CharField(max_length=400, blank=True)
    needs = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    ground = models.CharField(max_length=40, blank=True)
    decision_note = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    notice_number = models.CharField(max_length=24, blank=True)
    recorded_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="stays_reception_belongs_to_a_case"
            ),
            models.UniqueConstraint(
                fields=["case_id"],
                condition=Q(state="open"),
                name="stays_reception_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (Q(decided_at__isnull=False) & ~Q(state="open") & ~Q(decided_by="")),
                name="stays_reception_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (~Q(ground="") & ~Q(notice_number="")),
                name="stays_reception_refused_on_a_ground",
            ),
            # The law's floor: treated first, helped first (EL-07, EL-10, TR-04).
            models.CheckConstraint(
                condition=~Q(state="refused")
                | (Q(is_protected=False, is_hospital_needed=False) & ~Q(telling="cannot")),
                name="stays_reception_protected_are_not_refused",
            ),
            models.CheckConstraint(
                condition=~Q(state="admitted") | Q(security="passed"),
                name="stays_reception_admitted_after_security_check",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("asked_at")),
                name="stays_reception_decided_after_it_was_asked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-asked_at"],
                condition=Q(state="open"),
                name="stays_reception_open",
            ),
            models.Index(fields=["person", "-asked_at"], name="stays_reception_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.public_id}"


class Belonging(models.Model):
    """One thing that was handed in: sealed, kept, given back against a signature (IN-03, F-07)."""

    class Kind(models.TextChoices):
        THING = "thing", _("一般物品")
        CASH = "cash", _("现金")
        PAPER = "paper", _("证件")
        MEDICINE = "medicine", _("药品")
        FORBIDDEN = "forbidden", _("违禁品")

    class End(models.TextChoices):
        KEPT = "", _("保管中")
        RETURNED = "returned", _("已归还")
        POLICE = "to_police", _("移交公安")
        HANDED_ON = "handed_on", _("随人移交接收单位")
        DISCARDED = "discarded", _("本人同意处理")

    field_classes: ClassVar = {
        "kind": STAFF,
        "item": STAFF,
        "description": STAFF,
        "seal_number": STAFF,
        "kept_in": STAFF,
        "taken_by": STAFF,
        "end": STAFF,
        "ended_by": STAFF,
        "end_note": STAFF,
    }
    erases: ClassVar = ("item", "description", "end_note")
    erased_with: ClassVar = "reception__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="belongings")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.THING)
    item = models.CharField(max_length=60)
    quantity = models.PositiveSmallIntegerField(default=1)
    cash_fen = models.PositiveIntegerField(default=0)
    description = models.CharField(max_length=200, blank=True)
    seal_number = models.CharField(max_length=24, blank=True)
    kept_in = models.CharField(max_length=40, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)
    end = models.CharField(max_length=9, choices=End.choices, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    is_signed_for = models.BooleanField(default=False)
    end_note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & ~Q(item=""), name="stays_belonging_is_something"
            ),
            models.CheckConstraint(
                condition=~Q(kind="cash") | Q(cash_fen__gt=0),
                name="stays_belonging_cash_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True)
                | (~Q(end="") & Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="stays_belonging_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(end="returned") | Q(is_signed_for=True) | ~Q(end_note=""),
                name="stays_belonging_returned_against_a_signature",
            ),
            models.CheckConstraint(
                condition=~Q(kind="forbidden") | ~Q(end__in=["returned", "handed_on"]),
                name="stays_belonging_forbidden_is_not_returned",
            ),
        ]
        indexes = [models.Index(fields=["reception", "taken_at"], name="stays_belonging_list")]

    def __str__(self) -> str:
        return self.item


class Inquiry(models.Model):
    """What police or another body is asked about somebody, and the answer; a duty keeps the clock.

    No fingerprint and no DNA profile is stored, only that it was asked and what came of it (ID-08).
    """

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("身份核查")
        FINGERPRINT = "fingerprint", _("指纹比对")
        PORTRAIT = "portrait", _("人像比对")
        DNA = "dna", _("DNA采样比对")

    class Answer(models.TextChoices):
        NONE = "", _("等答复")
        NOTHING = "nothing", _("无结果")
        POSSIBLE = "possible", _("疑似")
        CONFIRMED = "confirmed", _("确认")
        WANTED = "wanted", _("涉案，由公安处理")
        IMPOSSIBLE = "impossible", _("没法查")

    field_classes: ClassVar = {
        "kind": STAFF,
        "asked_of": STAFF,
        "asked_by": STAFF,
        "answer": STAFF,
        "answer_note": STAFF,
        "answered_by": STAFF,
    }
    erases: ClassVar = ("answer_note",)
    erased_with: ClassVar = "reception__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="inquiries")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    asked_of = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    duty_id = models.UUIDField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    answer_note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="stays_inquiry_answered_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["reception", "kind"],
                condition=Q(answer=""),
                name="stays_inquiry_one_open_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_answer_display()}"
