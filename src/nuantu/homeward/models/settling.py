"""Settlement of somebody whom nobody could identify (落户安置, F-16): the names he is given, each step, its end."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.persons.models import Person
from nuantu.stays.models import Stay

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class SettlementState(models.TextChoices):
    """Where a settlement stands."""

    RUNNING = "running", _("办理中")
    HALTED = "halted", _("暂停核查")
    SETTLED = "settled", _("已落户")
    REOPENED = "reopened", _("落户后查明身份，更正中")
    ENDED = "ended", _("已终止")


class SettlementEnd(models.TextChoices):
    """Why a settlement ended without, or after, a registration."""

    IDENTIFIED = "identified", _("查明身份")
    REFUSED = "refused", _("政府不同意")
    DIED = "died", _("死亡")
    GONE = "gone", _("离站或走失")
    CORRECTED = "corrected", _("户口已更正或注销")
    MISTAKE = "mistake", _("登记错误")


class StepCode(models.TextChoices):
    """The steps in their order (SE-03, SE-06, SE-08)."""

    COMPARE = "compare", _("公安再次比对人像、血样、DNA")
    LETTER = "letter", _("一人一函报民政部门")
    REVIEW = "review", _("民政部门审核")
    PLAN = "plan", _("安置方案报同级政府")
    APPROVE = "approve", _("政府批准")
    ACCEPT = "accept", _("公安机关受理")
    REGISTER = "register", _("办理户口登记")
    BENEFITS = "benefits", _("衔接社会救助和社会保险")
    UNDO = "undo", _("告知公安和政府，更正或注销户口")


class StepAnswer(models.TextChoices):
    """How a step came out."""

    DONE = "done", _("已办，可以往下走")
    RETURNED = "returned", _("退回，补正后重报")
    HIT = "hit", _("比对有线索，先核查")


class Placed(models.TextChoices):
    """Where he lives from now on: a public house first, a child in a children's home (SE-05)."""

    WELFARE = "welfare", _("公办福利院、养老院")
    CHILDREN = "children", _("儿童福利机构")
    STATION = "station", _("救助管理机构")
    FOSTER = "foster", _("托养机构（公办没有床位）")


class Benefit(models.TextChoices):
    """What he receives once he is registered."""

    TEKUN = "tekun", _("特困供养")
    INSURANCE = "insurance", _("医疗保险")
    PENSION = "pension", _("养老保险")
    DISABILITY = "disability", _("残疾人补贴")
    OTHER = "other", _("其他")


class Settlement(ScopedModel):
    """One settlement of one stay. The assigned name and birth date stay here, apart from what he claims and what is
    verified (SE-07); the number of his registration lies sealed and is no verified identity."""

    field_classes: ClassVar = {
        "number": STAFF,
        "state": STAFF,
        "step": STAFF,
        "assigned_name": STAFF,
        "naming": STAFF,
        "placed": STAFF,
        "house": STAFF,
        "household": STAFF,
        "id_number": SENSITIVE,
        "benefits": STAFF,
        "halted_for": STAFF,
        "ended_why": STAFF,
        "ended_note": STAFF,
    }
    erases: ClassVar = ("assigned_name", "naming", "halted_for", "ended_note")

    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=SettlementState.choices, default=SettlementState.RUNNING
    )
    step = models.CharField(max_length=8, choices=StepCode.choices, default=StepCode.COMPARE)
    stranded_date = models.DateField()
    assigned_name = models.CharField(max_length=60)
    assigned_birth_date = models.DateField()
    naming = models.CharField(max_length=300)
    placed = models.CharField(max_length=8, choices=Placed.choices)
    house = models.CharField(max_length=120)
    household = models.CharField(max_length=60, blank=True)
    id_number = SealedTextField(blank=True, default="")
    registered_date = models.DateField(null=True, blank=True)
    benefits = ArrayField(
        models.CharField(max_length=10, choices=Benefit.choices), default=list, blank=True
    )
    began_at = models.DateTimeField()
    halted_for = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=SettlementEnd.choices, blank=True)
    ended_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(state="ended"),
                name="homeward_settlement_one_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="homeward_settlement_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(assigned_name="") & ~Q(naming=""),
                name="homeward_settlement_name_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["settled", "reopened"]) | Q(registered_date__isnull=False),
                name="homeward_settlement_settled_was_registered",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__gte=F("began_at"), ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="homeward_settlement_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="halted") | ~Q(halted_for=""),
                name="homeward_settlement_halted_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-began_at"], name="homeward_settlement_newest")
        ]

    def __str__(self) -> str:
        return self.number


class SettlementStep(models.Model):
    """One step as it came out: when, under which number, by whom; returned ones are there twice."""

    field_classes: ClassVar = {
        "code": STAFF,
        "answer": STAFF,
        "paper": STAFF,
        "words": STAFF,
        "done_by": STAFF,
    }
    erases: ClassVar = ("words",)
    erased_with: ClassVar = "settlement__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=8, choices=StepCode.choices)
    answer = models.CharField(max_length=8, choices=StepAnswer.choices)
    paper = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    done_date = models.DateField()
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(paper=""), name="homeward_settlementstep_stands_on_a_paper"
            ),
            models.CheckConstraint(
                condition=Q(answer="done") | ~Q(words=""),
                name="homeward_settlementstep_returned_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.answer}"

    @property
    def case_id(self) -> UUID | None:
        """The case of the settlement."""
        return self.settlement.case_id
