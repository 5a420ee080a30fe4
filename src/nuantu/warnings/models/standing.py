"""Where warnings stand in the counties, and when their feeds were last heard.

What becomes of a message in a county is a `Coverage` row, which is computed anew from all messages
whenever one comes in or a clock runs out.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel
from nuantu.warnings.models.messages import Channel, Warning

PUBLIC, STAFF = FieldClass.PUBLIC, FieldClass.STAFF


class Coverage(ScopedModel):
    """One warning in one county (`division_code`); `owner_org` is who answers for it there.

    `level` is what the plan asks for it, empty where the plan does not name such a warning.
    """

    class Basis(models.TextChoices):
        CODE = "code", _("区划代码")
        SHAPE = "shape", _("图示范围")
        NAME = "name", _("文中点名")
        ISSUER = "issuer", _("发布单位辖区")
        REGION = "region", _("大区域预报")
        HAND = "hand", _("人工指定")

    class Phase(models.TextChoices):
        IN_FORCE = "in_force", _("生效中")
        AWAITING = "awaiting", _("待确认结束")
        ENDED = "ended", _("已结束")
        LIFTS = "lifts", _("解除消息")

    class End(models.TextChoices):
        LIFTED = "lifted", _("发布单位已解除")
        REPLACED = "replaced", _("由新消息替换")
        NARROWED = "narrowed", _("更新后不再包括")
        EXPIRED = "expired", _("到失效时间")
        CONFIRMED = "confirmed", _("人工确认结束")
        STALE = "stale", _("收到时已过期")

    field_classes: ClassVar = {
        "part": PUBLIC,
        "basis": STAFF,
        "level": PUBLIC,
        "level_source": PUBLIC,
        "phase": PUBLIC,
        "end": PUBLIC,
        "acknowledged_by": STAFF,
        "confirmed_by": STAFF,
        "confirm_note": STAFF,
    }

    warning = models.ForeignKey(Warning, on_delete=models.PROTECT, related_name="coverage")
    part = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=6, choices=Basis.choices)
    root_id = models.UUIDField()
    level = models.CharField(max_length=24, blank=True)
    level_source = models.CharField(max_length=120, blank=True)
    phase = models.CharField(max_length=8, choices=Phase.choices)
    began_at = models.DateTimeField()
    holds_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=9, choices=End.choices, blank=True)
    ended_by = models.ForeignKey(
        Warning, on_delete=models.PROTECT, null=True, blank=True, related_name="ended"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirm_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["warning", "division_code"], name="warnings_coverage_once_a_county"
            ),
            models.CheckConstraint(
                condition=models.Q(phase="ended", ended_at__isnull=False)
                | (~models.Q(phase="ended") & models.Q(ended_at__isnull=True)),
                name="warnings_coverage_ended_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["division_code"],
                condition=models.Q(phase__in=["in_force", "awaiting"]),
                name="warnings_coverage_live",
            )
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.phase}"

    @property
    def is_live(self) -> bool:
        """Whether it still asks for a level."""
        return self.phase in (self.Phase.IN_FORCE, self.Phase.AWAITING)


class CountyState(ScopedModel):
    """What the warnings together ask of a county (`division_code`); it is compared with before, so
    that a level set by hand is left alone."""

    field_classes: ClassVar = {"level": PUBLIC}

    level = models.CharField(max_length=24)
    warning = models.ForeignKey(
        Warning, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division_code"], name="warnings_countystate_one_per_county"
            )
        ]

    def __str__(self) -> str:
        return f"{self.division_code} {self.level}"


class FeedState(ScopedModel):
    """When a feed last brought anything; a feed that falls silent is itself an alarm."""

    field_classes: ClassVar = {"channel": STAFF, "source": STAFF}

    channel = models.CharField(max_length=6, choices=Channel.choices)
    source = models.CharField(max_length=120)
    last_at = models.DateTimeField()
    message_count = models.PositiveIntegerField(default=0)
    alarmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "source"], name="warnings_feedstate_one_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.source}"
