"""Warnings as received. A message never changes: a trigger refuses it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel
from nuantu.warnings.rules.message import Colour as ColourRule

PUBLIC, STAFF = FieldClass.PUBLIC, FieldClass.STAFF


class Channel(models.TextChoices):
    """How a message reached us."""

    API = "api", _("接口")
    FOLDER = "folder", _("监视文件夹")
    MANUAL = "manual", _("手工录入")


class Transmission(ScopedModel):
    """One body exactly as it was received; it may hold several warnings."""

    field_classes: ClassVar = {
        "content_type": STAFF,
        "digest": STAFF,
        "channel": STAFF,
        "source": STAFF,
        "taken_by": STAFF,
    }

    body = models.BinaryField()
    content_type = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    source = models.CharField(max_length=120)
    received_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="warnings_transmission_has_its_digest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.digest[:12]}"


class Warning(ScopedModel):
    """One weather warning about one event as issued (F-23). `division_code` is its issuer's, or
    its receiver's where no issuer is known. `outcome` is what became of it on receipt."""

    class Colour(models.TextChoices):
        WHITE = "white", _("白色")
        BLUE = "blue", _("蓝色")
        YELLOW = "yellow", _("黄色")
        ORANGE = "orange", _("橙色")
        RED = "red", _("红色")

    class MsgType(models.TextChoices):
        ALERT = "alert", _("发布")
        UPDATE = "update", _("更新")
        CANCEL = "cancel", _("解除")
        ACK = "ack", _("确收回执")
        ERROR = "error", _("报错")

    class Status(models.TextChoices):
        ACTUAL = "actual", _("实际")
        EXERCISE = "exercise", _("演练")
        TEST = "test", _("测试")
        SYSTEM = "system", _("系统消息")
        DRAFT = "draft", _("草稿")

    class Scope(models.TextChoices):
        PUBLIC = "public", _("公开")
        RESTRICTED = "restricted", _("限定范围")
        PRIVATE = "private", _("不公开")

    class Form(models.TextChoices):
        CAP = "cap", _("CAP 1.2")
        NATIONAL = "national", _("12379 预警信息")
        JSON = "json", _("JSON 数据")
        TEXT = "text", _("文字")
        MANUAL = "manual", _("手工录入")

    class Outcome(models.TextChoices):
        COUNTED = "counted", _("已计入")
        NOT_ACTUAL = "not_actual", _("不是实际预警")
        NOT_PUBLIC = "not_public", _("不是公开预警")
        NOT_A_WARNING = "not_a_warning", _("回执或报错")
        ELSEWHERE = "elsewhere", _("不在本辖区")
        UNLOCATED = "unlocated", _("范围不明")

    field_classes: ClassVar = {
        "identifier": PUBLIC,
        "sender": PUBLIC,
        "sender_name": PUBLIC,
        "sender_division": PUBLIC,
        "issuer": PUBLIC,
        "event_code": PUBLIC,
        "event_name": PUBLIC,
        "event_as_issued": PUBLIC,
        "colour": PUBLIC,
        "previous_colour": PUBLIC,
        "replaces_event": PUBLIC,
        "msg_type": PUBLIC,
        "status": PUBLIC,
        "scope": PUBLIC,
        "form": STAFF,
        "headline": PUBLIC,
        "description": PUBLIC,
        "criteria": PUBLIC,
        "instruction": PUBLIC,
        "language": PUBLIC,
        "object_area": PUBLIC,
        "notes": STAFF,
        "outcome": STAFF,
    }

    transmission = models.ForeignKey(
        Transmission, on_delete=models.PROTECT, related_name="warnings"
    )
    identifier = models.CharField(max_length=200)
    sender = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    part = models.PositiveSmallIntegerField(default=0)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_division = models.CharField(max_length=12, blank=True)
    issuer = models.CharField(max_length=200)
    is_national = models.BooleanField(default=False)
    event_code = models.CharField(max_length=20, blank=True)
    event_name = models.CharField(max_length=60)
    event_as_issued = models.CharField(max_length=200, blank=True)
    colour = models.CharField(max_length=6, choices=Colour.choices, blank=True)
    previous_colour = models.CharField(max_length=6, choices=Colour.choices, blank=True)
    replaces_event = models.CharField(max_length=60, blank=True)
    msg_type = models.CharField(max_length=6, choices=MsgType.choices)
    status = models.CharField(max_length=8, choices=Status.choices)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    form = models.CharField(max_length=8, choices=Form.choices)
    received_at = models.DateTimeField(db_index=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    onset_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    forecast_since = models.DateTimeField(null=True, blank=True)
    forecast_until = models.DateTimeField(null=True, blank=True)
    headline = models.TextField(blank=True)
    description = models.TextField(blank=True)
    criteria = models.TextField(blank=True)
    instruction = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    object_area = models.TextField(blank=True)
    is_wider = models.BooleanField(default=False)
    notes = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "identifier", "sent_at", "part"],
                name="warnings_warning_taken_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(event_name=""), name="warnings_warning_names_an_event"
            ),
        ]
        indexes = [
            models.Index(fields=["-sent_at", "-id"], name="warnings_warning_sent"),
            models.Index(fields=["issuer", "event_name"], name="warnings_warning_issuer_event"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_name or self.sender} {self.event_name} {self.identifier}"

    @property
    def legal_level(self) -> str:
        """Ⅳ Ⅲ Ⅱ Ⅰ, empty where the colour has none (WE-15)."""
        return ColourRule[self.colour.upper()].legal_level if self.colour else ""

    @property
    def may_act(self) -> bool:
        """Whether it may change an operating level (WE-24)."""
        return self.outcome == self.Outcome.COUNTED


class WarningReference(models.Model):
    """An earlier message that a warning names as replaced or lifted; what is unknown is empty."""

    field_classes: ClassVar = {"identifier": PUBLIC, "sender": PUBLIC}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, related_name="references")
    identifier = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(identifier="") | models.Q(sent_at__isnull=False),
                name="warnings_warningreference_names_something",
            )
        ]

    def __str__(self) -> str:
        return self.identifier or f"{self.sender} {self.sent_at}"


class WarningArea(models.Model):
    """One area of a warning as issued: its words, division codes, shapes as CAP writes them."""

    field_classes: ClassVar = {"description": PUBLIC, "codes": PUBLIC, "polygons": PUBLIC}

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, related_name="areas")
    position = models.PositiveSmallIntegerField()
    description = models.TextField(blank=True)
    codes = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    polygons = ArrayField(models.TextField(), default=list, blank=True)
    altitude_metres = models.FloatField(null=True, blank=True)
    ceiling_metres = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["warning", "position"], name="warnings_warningarea_one_per_position"
            )
        ]

    def __str__(self) -> str:
        return self.description or ",".join(self.codes)
