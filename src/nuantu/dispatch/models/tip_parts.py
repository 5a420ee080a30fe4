"""What hangs on a tip: photos, possible duplicates, notices, what the reporter adds."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import StoredFile
from nuantu.dispatch.models.tips import Tip

STAFF = FieldClass.STAFF


class TipPhoto(models.Model):
    """A photo of a tip; the served copy carries no EXIF, the original is sealed evidence."""

    field_classes: ClassVar[dict[str, FieldClass]] = {}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tip", "file"], name="dispatch_tipphoto_once_per_tip")
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.public_id}"


class TipLink(models.Model):
    """Two tips that may be about one person; a person decides, and the decision is remembered.

    `later` was received after `earlier`. A pair is proposed once: what was decided is never
    proposed again.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("疑似重复")
        SAME = "same", _("确认是同一人")
        DIFFERENT = "different", _("不是同一人")

    field_classes: ClassVar = {"state": STAFF, "reasons": STAFF, "decided_by": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    earlier = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="links_to_later")
    later = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="links_to_earlier")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    score = models.FloatField()
    metres = models.PositiveIntegerField(null=True, blank=True)
    reasons = models.CharField(max_length=120, blank=True)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later"], name="dispatch_tiplink_once_per_pair"
            ),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")), name="dispatch_tiplink_joins_two"
            ),
            models.CheckConstraint(
                condition=models.Q(score__range=(0, 1)), name="dispatch_tiplink_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(decided_at__isnull=False)),
                name="dispatch_tiplink_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id}–{self.later_id} {self.get_state_display()}"


class Notice(models.Model):
    """Somebody who must be told about a tip, and when and how he was, or why not (X10, X59)."""

    class State(models.TextChoices):
        DUE = "due", _("待通知")
        TOLD = "told", _("已通知")
        NOT_NEEDED = "not_needed", _("不需要")

    class Recipient(models.TextChoices):
        AMBULANCE = "120", _("120 急救")
        POLICE = "110", _("110 公安")
        STATION = "relief_station", _("救助管理站")
        HOSPITAL = "hospital", _("定点医院")
        PSYCHIATRIC = "psychiatric_hospital", _("精神专科医院")
        CITY_MANAGEMENT = "city_management", _("城市管理")
        CIVIL_AFFAIRS = "civil_affairs", _("民政局")
        TOWNSHIP = "township", _("乡镇社会事务办")
        HEALTH = "health", _("卫生健康局")
        CDC = "cdc", _("疾控中心")
        FIRE = "fire_rescue", _("消防救援")
        SUPERIOR = "superior", _("上级部门")
        LEADER = "leader_on_duty", _("带班领导")
        DEPARTMENTS = "partner_departments", _("协同部门")
        POLICE_STATION = "police", _("派出所")
        OTHER = "other", _("其他单位")

    class Way(models.TextChoices):
        PHONE = "phone", _("电话")
        RADIO = "radio", _("对讲机")
        IN_PERSON = "in_person", _("当面")
        MESSAGE = "message", _("短信、工作群")
        SYSTEM = "system", _("系统")

    field_classes: ClassVar = {
        "recipient": STAFF,
        "basis": STAFF,
        "state": STAFF,
        "way": STAFF,
        "by": STAFF,
        "answer": STAFF,
        "reason": STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="notices")
    recipient = models.CharField(max_length=32)
    basis = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    by = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tip", "recipient"], name="dispatch_notice_once_per_recipient"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="told")
                | models.Q(told_at__isnull=False) & ~models.Q(way="") & ~models.Q(by=""),
                name="dispatch_notice_told_when_how_by_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="not_needed") | ~models.Q(reason=""),
                name="dispatch_notice_left_out_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_label} {self.get_state_display()}"

    @property
    def recipient_label(self) -> str:
        """Who, in words; a plan may name somebody the list does not know."""
        return str(dict(self.Recipient.choices).get(self.recipient, self.recipient))

    @property
    def short_label(self) -> str:
        """Who, as short as a card allows: 120, 110, else the words."""
        return self.recipient if self.recipient.isdigit() else self.recipient_label


class StillThere(models.Model):
    """The reporter says the person is still there; a tip that was closed is opened again."""

    field_classes: ClassVar = {"note": STAFF}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="still_there")
    said_at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    has_reopened = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tip", "said_at"], name="dispatch_stillthere_said_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.said_at:%Y-%m-%d %H:%M}"
