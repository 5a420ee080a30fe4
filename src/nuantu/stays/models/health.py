"""Health at the door and in hospital: what a medic finds, where a patient is, who follows him."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person
from nuantu.places.models import Hospital
from nuantu.stays.models.reception import Reception
from nuantu.stays.models.staying import Stay

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Sign(models.TextChoices):
    """What sends somebody to a hospital before anything else (IN-02, P1-46)."""

    MENTAL = "suspected_mental_disorder", _("疑似精神障碍")
    INFECTIOUS = "infectious_patient", _("疑似传染病")
    CRITICAL = "critically_ill_person", _("危重")
    SUDDEN = "sudden_illness", _("突发急病")
    INJURY = "injury", _("外伤")


class Screening(ScopedModel):
    """A medic looked at somebody: temperature, findings, and what follows (IN-01, P1-11).

    What was measured and seen lies sealed, as JSON of `rules.health.Measured`. In the clear stands
    only what it asks for at least: whoever shows a sign of `Sign` goes to a hospital first, and the
    database holds the result against it. A health code is never needed: who has no phone is
    screened like everybody else.
    """

    class Result(models.TextChoices):
        FIT = "fit", _("可以入住")
        OBSERVE = "observation", _("观察")
        ISOLATE = "isolation", _("隔离")
        HOSPITAL = "hospital", _("先送医")

    class HealthCode(models.TextChoices):
        NOT_ASKED = "", _("没查")
        SHOWN = "shown", _("已查")
        NO_PHONE = "no_phone", _("没有手机，改为登记")
        REFUSED = "refused", _("不愿出示")

    class Test(models.TextChoices):
        NOT_DONE = "", _("没做")
        NEGATIVE = "negative", _("阴性")
        POSITIVE = "positive", _("阳性")
        REFUSED = "refused", _("不愿做")

    field_classes: ClassVar = {
        "measured": FieldClass.SEALED,
        "least": STAFF,
        "findings": SENSITIVE,
        "result": STAFF,
        "health_code": STAFF,
        "screened_by": STAFF,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reception = models.ForeignKey(
        Reception, on_delete=models.PROTECT, null=True, blank=True, related_name="screenings"
    )
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="screenings"
    )
    screened_at = models.DateTimeField()
    screened_by = models.CharField(max_length=120)
    measured = SealedTextField(blank=True, default="")
    least = models.CharField(max_length=11, choices=Result.choices, default=Result.FIT)
    findings = SealedTextField(blank=True, default="")
    result = models.CharField(max_length=11, choices=Result.choices)
    has_mask = models.BooleanField(default=False)
    health_code = models.CharField(
        max_length=8, choices=HealthCode.choices, blank=True, default=HealthCode.NOT_ASKED
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="stays_screening_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(least="fit")
                | Q(least="observation", result__in=["observation", "isolation", "hospital"])
                | Q(least="isolation", result__in=["isolation", "hospital"])
                | Q(least="hospital", result="hospital"),
                name="stays_screening_result_is_not_milder",
            ),
        ]
        indexes = [models.Index(fields=["case_id", "-screened_at"], name="stays_screening_case")]

    def __str__(self) -> str:
        return f"{self.get_result_display()} {self.public_id}"


class HospitalCare(ScopedModel):
    """Somebody of the station in a hospital, from the first call to the end of the treatment.

    A named person follows him (P1-49). He comes back or goes home only when he is stable and the
    hospital says so in writing (P1-12, ST-10); the database holds both. What signs sent him there
    lies sealed in `seen`, as JSON of `rules.health.Measured`.
    """

    class State(models.TextChoices):
        SEEKING = "seeking", _("正在找医院")
        IN_CARE = "in_care", _("治疗中")
        ENDED = "ended", _("已结束")

    class Found(models.TextChoices):
        NOT_YET = "", _("还没甄别")
        OBJECT = "relief_object", _("是救助对象")
        NO_OBJECT = "no_object", _("不是救助对象")
        UNCLEAR = "unclear", _("一时查不清，先按救助对象")

    class End(models.TextChoices):
        TO_STAY = "to_stay", _("出院回站")
        HOME = "home", _("出院返家")
        REFUSED = "refused", _("本人拒绝治疗")
        LEFT = "left", _("自行离院")
        NO_OBJECT = "no_object", _("不是救助对象，交家属或单位")
        NO_NEED = "no_need", _("医院看过，不用住院")
        DIED = "died", _("死亡")

    field_classes: ClassVar = {
        "state": STAFF,
        "seen": FieldClass.SEALED,
        "why": SENSITIVE,
        "begun_by": STAFF,
        "accompanied_by": STAFF,
        "found": STAFF,
        "found_words": SENSITIVE,
        "found_by": STAFF,
        "end": STAFF,
        "certificate_number": STAFF,
        "end_words": SENSITIVE,
        "ended_by": STAFF,
    }
    erases: ClassVar = ("certificate_number",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reception = models.ForeignKey(
        Reception, on_delete=models.PROTECT, null=True, blank=True, related_name="cares"
    )
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="cares"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.SEEKING)
    seen = SealedTextField(blank=True, default="")
    why = SealedTextField(blank=True, default="")
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=120)
    hospital = models.ForeignKey(
        Hospital, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    arrived_at = models.DateTimeField(null=True, blank=True)
    accompanied_by = models.CharField(max_length=80, blank=True)
    follower = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    found = models.CharField(max_length=14, choices=Found.choices, blank=True, default="")
    found_words = SealedTextField(blank=True, default="")
    found_at = models.DateTimeField(null=True, blank=True)
    found_by = models.CharField(max_length=120, blank=True)
    end = models.CharField(max_length=9, choices=End.choices, blank=True, default="")
    is_stable = models.BooleanField(default=False)
    certificate_number = models.CharField(max_length=60, blank=True)
    end_words = SealedTextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="stays_hospitalcare_belongs_to_a_case"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(state="ended"),
                name="stays_hospitalcare_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_care")
                | (
                    Q(hospital__isnull=False, arrived_at__isnull=False, follower__isnull=False)
                    & ~Q(accompanied_by="")
                ),
                name="stays_hospitalcare_patient_has_a_follower",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(end="")
                | (~Q(state="ended") & Q(ended_at__isnull=True, end="")),
                name="stays_hospitalcare_ends_in_a_way",
            ),
            models.CheckConstraint(
                condition=~Q(end__in=["to_stay", "home"])
                | (Q(is_stable=True) & ~Q(certificate_number="")),
                name="stays_hospitalcare_discharged_only_when_stable",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_org", "-begun_at"],
                condition=~Q(state="ended"),
                name="stays_hospitalcare_open",
            ),
            models.Index(fields=["case_id", "-begun_at"], name="stays_hospitalcare_case"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.ENDED

    @property
    def may_be_screened(self) -> bool:
        """Whether who he is may still be put down: after the end, while it is not known or a bill
        waits for it."""
        waiting = ("open", "disputed")
        return self.is_open or not self.found or self.bills.filter(state__in=waiting).exists()


class HospitalAsk(models.Model):
    """A hospital was asked to take the patient; refused or full, the next one is asked."""

    class Answer(models.TextChoices):
        WAITING = "", _("等答复")
        TAKES = "takes", _("接收")
        REFUSES = "refuses", _("拒收")
        FULL = "full", _("没有床位")
        OFF = "off", _("不再需要")

    field_classes: ClassVar = {
        "asked_by": STAFF,
        "answer": STAFF,
        "answer_note": STAFF,
        "answered_by": STAFF,
    }
    erases: ClassVar = ("answer_note",)
    erased_with: ClassVar = "care__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    care = models.ForeignKey(HospitalCare, on_delete=models.PROTECT, related_name="asks")
    move = models.ForeignKey(
        "stays.CareHospital", on_delete=models.PROTECT, null=True, blank=True, related_name="asks"
    )
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    answer = models.CharField(max_length=7, choices=Answer.choices, blank=True, default="")
    answer_note = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["care"], condition=Q(answer=""), name="stays_hospitalask_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="stays_hospitalask_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refuses") | ~Q(answer_note=""),
                name="stays_hospitalask_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hospital} {self.get_answer_display()}"


class CareNews(models.Model):
    """What the follower learned of a patient: condition and words of the hospital (P1-49)."""

    class Condition(models.TextChoices):
        CRITICAL = "critical", _("危重")
        SERIOUS = "serious", _("较重")
        BETTER = "better", _("好转")
        STABLE = "stable", _("稳定")

    field_classes: ClassVar = {"condition": STAFF, "words": SENSITIVE, "noted_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    care = models.ForeignKey(HospitalCare, on_delete=models.PROTECT, related_name="news")
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    condition = models.CharField(max_length=8, choices=Condition.choices)
    words = SealedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(condition__in=["critical", "serious", "better", "stable"]),
                name="stays_carenews_names_a_condition",
            )
        ]
        indexes = [models.Index(fields=["care", "-noted_at"], name="stays_carenews_care")]

    def __str__(self) -> str:
        return f"{self.get_condition_display()} {self.public_id}"

    @property
    def case_id(self) -> UUID | None:
        """Its words are sealed under the key of the patient's case."""
        return self.care.case_id
