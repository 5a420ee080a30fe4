"""People, their cases, what is known of them, their classes, and records of one human."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.persons.rules import ages

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class Sex(models.TextChoices):
    """Unknown is an answer of its own; nobody guesses it away (TR-07)."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")
    UNKNOWN = "unknown", _("不详")


class Certainty(models.TextChoices):
    """How sure one is of something that was put down."""

    CLAIMED = "claimed", _("自述")
    ESTIMATED = "estimated", _("估计")
    VERIFIED = "verified", _("已核实")


class FactKind(models.TextChoices):
    """What can be known of somebody."""

    NAME = "name", _("姓名")
    ALIAS = "alias", _("别名、小名")
    ID_NUMBER = "id_number", _("身份证号")
    BIRTH_DATE = "birth_date", _("出生日期")
    PHONE = "phone", _("本人电话")
    FAMILY_CONTACT = "family_contact", _("亲属联系方式")
    HOME_ADDRESS = "home_address", _("家庭住址")
    ORIGIN = "origin", _("来自哪里")
    ACCENT = "accent", _("口音、语言")
    CAUSE = "cause", _("流浪原因")
    HEALTH = "health", _("健康状况")
    DIAGNOSIS = "diagnosis", _("诊断")
    MENTAL_STATE = "mental_state", _("精神状态")
    CLOTHING = "clothing", _("衣着")
    FEATURES = "features", _("体貌特征")
    BELONGINGS = "belongings", _("随身物品")
    NEEDS = "needs", _("需要什么")
    OTHER = "other", _("其他")


SEALED_KINDS = (
    FactKind.ID_NUMBER,
    FactKind.PHONE,
    FactKind.FAMILY_CONTACT,
    FactKind.HOME_ADDRESS,
    FactKind.DIAGNOSIS,
)

# What tells who somebody is: hidden with a restricted record, and sealed in the journal, because
# a line outlives a later restriction.
TELLING_KINDS = (FactKind.NAME, FactKind.ALIAS, FactKind.FEATURES)


class ClassCode(models.TextChoices):
    """Classes by the names of the glossary; the plan book knows the same codes."""

    ROUGH_SLEEPER = "rough_sleeper", _("一般露宿人员")
    MINOR = "minor", _("未成年人")
    CRITICALLY_ILL = "critically_ill_person", _("危重病人")
    SUDDEN_ILLNESS = "sudden_illness", _("突发急病")
    MENTAL_DISORDER = "suspected_mental_disorder", _("疑似精神障碍")
    INFECTIOUS = "infectious_patient", _("传染病人")
    DANGER = "danger", _("有危险")
    SUICIDE_RISK = "suicide_risk", _("有轻生念头")
    ELDERLY = "elderly", _("老年人")
    DISABLED = "disabled", _("残疾人")
    SEVERELY_DISABLED = "severely_disabled_person", _("重残人员")
    HARD_TO_MOVE = "hard_to_move", _("行动不便")
    INTELLECTUAL = "intellectual_disability", _("智力障碍")
    DRUNK = "drunk", _("醉酒")
    WOMAN_ALONE = "woman_alone", _("单身女性")
    FAMILY = "family_with_children", _("带孩子的家庭")
    SUDDEN_TROUBLE = "person_in_sudden_trouble", _("临时遇困人员")
    REPEAT = "repeat_street_person", _("反复流浪")
    EASILY_LOST = "easily_lost_person", _("易走失人员")
    UNIDENTIFIED = "stranded_unidentified_person", _("身份不明滞留")
    NON_LOCAL = "non_local", _("外地人员")
    LEFT_BEHIND = "left_behind_child", _("留守儿童")
    DISASTER = "disaster_victim", _("受灾人员")
    OCCUPATIONAL = "occupational_beggar", _("职业乞讨")


class Person(ScopedModel):
    """Somebody who was met. May have no name; the ID number, where known, is a sealed fact.

    Seen through the cases one may see; `owner_org` is the organisation that keeps the headline.
    """

    field_classes: ClassVar = {
        "called_as": STAFF,
        "name": STAFF,
        "search_text": STAFF,
        "sort_key": STAFF,
        "sex": STAFF,
        "looks": STAFF,
        "restricted_reason": STAFF,
    }

    called_as = models.CharField(max_length=80)
    name = models.CharField(max_length=60, blank=True)
    search_text = models.TextField(blank=True)
    sort_key = models.CharField(max_length=160, blank=True)
    sex = models.CharField(max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(null=True, blank=True)
    age_low = models.PositiveSmallIntegerField(null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(null=True, blank=True)
    is_estimated = models.BooleanField(default=True)
    age_noted_date = models.DateField(null=True, blank=True)
    looks = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_restricted = models.BooleanField(default=False)
    restricted_reason = models.CharField(max_length=120, blank=True)
    last_met_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(called_as=""), name="persons_person_is_called"),
            models.CheckConstraint(
                condition=Q(age_low__isnull=True, age_high__isnull=True)
                | Q(age_low__lte=F("age_high"), age_high__lte=ages.OLDEST),
                name="persons_person_age_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(age_low__isnull=True) | Q(age_noted_date__isnull=False),
                name="persons_person_age_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(is_restricted=False) | ~Q(restricted_reason=""),
                name="persons_person_restriction_has_a_reason",
            ),
        ]
        indexes = [
            GinIndex(
                name="persons_person_search", fields=["search_text"], opclasses=["gin_trgm_ops"]
            )
        ]

    def __str__(self) -> str:
        return str(_("受限记录")) if self.is_restricted else self.called_as

    def age_on(self, day: date) -> ages.Age | None:
        """The age on the day of an event: from the birth date, else the guess moved along."""
        if self.birth_date and self.birth_date <= day:
            return ages.age_on(self.birth_date, day)
        if self.age_low is None or self.age_high is None or self.age_noted_date is None:
            return None
        guess = ages.Age(self.age_low, self.age_high, is_estimated=self.is_estimated)
        return ages.later(guess, max(0, ages.years_between(self.age_noted_date, day)))


class Case(ScopedModel):
    """One episode of helping one person, held by one organisation, from first contact to closing.

    `case_id` is its own public id, so that grants on the case open this row too.
    """

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        CLOSED = "closed", _("已结案")

    class Closing(models.TextChoices):
        NONE = "", _("未结案")
        STATION = "to_station", _("已入站救助")
        HOME = "self_return", _("自行返家")
        HOSPITAL = "hospital", _("已送医")
        POLICE = "police", _("已移交公安")
        ON_SPOT = "helped_on_spot", _("现场救助完毕")
        GONE = "gone", _("多次回访未再见到")
        DECEASED = "deceased", _("死亡")
        MISTAKE = "mistake", _("误建")

    class Mode(models.TextChoices):
        VOLUNTARY = "voluntary", _("自愿受助")
        ESCORTED = "escorted", _("引导护送")
        PROTECTIVE = "protective", _("保护性救助")
        MEDICAL = "medical_emergency", _("紧急医疗")
        POLICE = "police", _("公安处置")

    field_classes: ClassVar = {
        "number": STAFF,
        "state": STAFF,
        "source": STAFF,
        "place": STAFF,
        "rescue_mode": STAFF,
        "closing": STAFF,
        "closing_note": STAFF,
    }

    erases: ClassVar = ("closing_note",)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    number = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    source = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200, blank=True)
    rescue_mode = models.CharField(max_length=20, choices=Mode.choices, default=Mode.VOLUNTARY)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=16, choices=Closing.choices, blank=True, default="")
    closing_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id=F("public_id")), name="persons_case_is_its_own_case"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closing="")
                | (Q(state="closed", closed_at__isnull=False) & ~Q(closing="")),
                name="persons_case_closed_means_closed_how",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="persons_case_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-opened_at"], name="persons_case_of_person"),
            models.Index(
                fields=["owner_org", "-opened_at"],
                condition=Q(state="open"),
                name="persons_case_open",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class PersonFact(ScopedModel):
    """One thing known of a person, learned in one case. Never overwritten: a correction is a new row.

    Sealed kinds keep their value only in `secret`, with a keyed hash for exact search.
    """

    field_classes: ClassVar = {
        "kind": STAFF,
        "value": STAFF,
        "secret": SENSITIVE,
        "secret_hash": SENSITIVE,
        "certainty": STAFF,
        "source": STAFF,
        "noted_by": STAFF,
    }

    erases: ClassVar = ("value", "secret_hash")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    value = models.CharField(max_length=400, blank=True)
    secret = SealedTextField(blank=True, default="")
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    source = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(value="") & ~Q(secret="")) | (~Q(value="") & Q(secret="")),
                name="persons_personfact_says_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[str(kind) for kind in SEALED_KINDS]) | Q(value=""),
                name="persons_personfact_sealed_kinds_lie_sealed",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="persons_personfact_has_a_source"),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="persons_personfact_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_certainty_display()})"

    @property
    def is_sealed(self) -> bool:
        return self.kind in SEALED_KINDS


class PersonClass(ScopedModel):
    """A class given to a person in one case, by whom and how sure. Taken back, never deleted."""

    field_classes: ClassVar = {
        "code": STAFF,
        "certainty": STAFF,
        "decided_by": STAFF,
        "source": STAFF,
        "withdrawn_reason": STAFF,
    }

    erases: ClassVar = ("source", "withdrawn_reason")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="classes")
    code = models.CharField(max_length=32, choices=ClassCode.choices)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    decided_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField()
    source = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="persons_personclass_once_per_case",
            ),
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="persons_personclass_belongs_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="persons_personclass_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()


class PersonLink(models.Model):
    """Two records that are, may be, or are not one human. Records stay apart; a link can be undone."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待确认")
        CONFIRMED = "confirmed", _("同一人")
        REJECTED = "rejected", _("不是同一人")
        UNDONE = "undone", _("已撤销")

    field_classes: ClassVar = {
        "state": STAFF,
        "reasons": STAFF,
        "proposed_by": STAFF,
        "decided_by": STAFF,
        "note": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links_from")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links_to")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")),
                name="persons_personlink_older_comes_first",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=~Q(state="undone"),
                name="persons_personlink_one_opinion_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="persons_personlink_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id} ({self.state})"
