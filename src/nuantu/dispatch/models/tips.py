"""A tip: somebody is said to be in trouble somewhere."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel
from nuantu.dispatch.rules.flags import is_urgent

STAFF, SENSITIVE, SEALED = FieldClass.STAFF, FieldClass.SENSITIVE, FieldClass.SEALED


class Tip(ScopedModel):
    """What was reported, by which way, and how far the answer has come (F-01).

    `received_at` is the recorded moment of intake, the start of the first clock; `happened_at` is
    when the reporter says he saw it. The limit is frozen with its reason. Coordinates are WGS-84;
    `datum` is what the giver's map used. The milestones of the running round stand on the row.
    """

    class State(models.TextChoices):
        NEW = "new", _("待派")
        ASSIGNED = "assigned", _("已派")
        MOVING = "moving", _("途中")
        ON_SCENE = "on_scene", _("现场")
        CLOSED = "closed", _("办结")

    class Channel(models.TextChoices):
        WEB = "web", _("网络")
        HOTLINE = "hotline", _("救助热线")
        POLICE = "110", "110"
        MAYOR = "12345", "12345"
        CIVIL = "12349", "12349"
        COMMUNITY = "community", _("社区")
        SANITATION = "sanitation", _("环卫")
        TAXI = "taxi", _("出租车")
        VOLUNTEER = "volunteer", _("志愿者")
        PATROL = "patrol", _("巡查")
        PARTNER = "partner", _("合作平台")
        OTHER = "other", _("其他")

    class Flag(models.TextChoices):
        MINOR = "minor", _("孩子")
        ELDERLY = "elderly", _("老人")
        INJURED = "injured", _("受伤")
        CRITICAL = "critical", _("病重、昏迷")
        DRUNK = "drunk", _("醉酒")
        TRAPPED = "trapped", _("被困")
        THIN_CLOTHES = "thin_clothes", _("衣着单薄")
        IMMOBILE = "immobile", _("行动不便")
        MENTAL = "mental", _("精神异常")
        DANGER = "danger", _("威胁安全")
        TRAFFICKED = "trafficked", _("疑似被拐")
        NON_LOCAL = "non_local", _("外地人员")

    class Asked(models.TextChoices):
        WANTS = "wants", _("问了，愿意接受帮助")
        REFUSES = "refuses", _("问了，不愿意")
        NO_ANSWER = "no_answer", _("问了，答不清楚")
        NOT_ASKED = "not_asked", _("没有问")

    class PositionSource(models.TextChoices):
        PIN = "pin", _("地图标点")
        GPS = "gps", _("手机定位")
        TYPED = "typed", _("输入的坐标")
        WORDS = "words", _("按地点描述")
        DIVISION = "division", _("只知道乡镇")
        NONE = "none", _("没有位置")

    class Outcome(models.TextChoices):
        STATION = "station", _("入站")
        HOSPITAL = "hospital", _("送医")
        POLICE = "police", _("移交公安")
        ON_SPOT = "on_spot", _("现场救助")
        LEFT = "left", _("自行离开")
        REFUSED = "refused", _("拒绝救助")
        NOT_FOUND = "not_found", _("未找到")
        DUPLICATE = "duplicate", _("与另一线索重复")
        NOT_OURS = "not_ours", _("不属职责")
        INVALID = "invalid", _("无效")

    class Verification(models.TextChoices):
        TRUE = "true", _("属实")
        NOT_FOUND = "not_found", _("未找到")
        DUPLICATE = "duplicate", _("重复")
        NOT_OURS = "not_ours", _("不属职责")
        INVALID = "invalid", _("无效")

    class Mark(models.TextChoices):
        NONE = "", _("无")
        FALSE = "false", _("误报")
        MALICIOUS = "malicious", _("恶意")

    field_classes: ClassVar = {
        "receipt_hash": SEALED,
        "idempotency_hash": STAFF,
        "content_digest": STAFF,
        "state": STAFF,
        "channel": STAFF,
        "place_text": STAFF,
        "place_text_en": STAFF,
        "datum": STAFF,
        "position_source": STAFF,
        "position_doubt": STAFF,
        "seen_text": STAFF,
        "urgent_flags": STAFF,
        "asked": STAFF,
        "callback": SEALED,
        "callback_hash": SEALED,
        "reporter_name": SEALED,
        "received_by": STAFF,
        "received_org": STAFF,
        "limit_distance": STAFF,
        "limit_basis": STAFF,
        "limit_rule": STAFF,
        "outcome": STAFF,
        "verification": STAFF,
        "close_note": STAFF,
        "mark": STAFF,
        "mark_reason": STAFF,
        "marked_by": STAFF,
    }

    receipt_hash = models.CharField(max_length=64, unique=True)
    idempotency_hash = models.CharField(max_length=64, null=True, blank=True)
    content_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    channel = models.CharField(max_length=12, choices=Channel.choices)

    place_text = models.CharField(max_length=200)
    place_text_en = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    datum = models.CharField(max_length=8, default="wgs84")
    position_source = models.CharField(max_length=10, choices=PositionSource.choices)
    is_approximate = models.BooleanField(default=False)
    position_doubt = models.CharField(max_length=24, blank=True)
    is_outside_area = models.BooleanField(default=False)

    seen_text = models.CharField(max_length=2000, blank=True)
    urgent_flags = ArrayField(
        models.CharField(max_length=12, choices=Flag.choices), default=list, blank=True
    )
    person_count = models.PositiveSmallIntegerField(default=1)
    asked = models.CharField(max_length=10, choices=Asked.choices, default=Asked.NOT_ASKED)

    callback = SealedTextField(blank=True, default="")
    callback_hash = models.CharField(max_length=64, blank=True)
    reporter_name = SealedTextField(blank=True, default="")

    received_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    received_by = models.CharField(max_length=120)
    received_org = models.CharField(max_length=40, blank=True)

    clock_started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    limit_minutes = models.PositiveSmallIntegerField()
    limit_distance = models.CharField(max_length=8)
    limit_travel_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_far_minutes = models.PositiveSmallIntegerField()
    limit_basis = models.CharField(max_length=200)
    limit_rule = models.CharField(max_length=60, blank=True)

    assigned_at = models.DateTimeField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    verification = models.CharField(max_length=12, choices=Verification.choices, blank=True)
    close_note = models.CharField(max_length=500, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )

    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)
    mark_reason = models.CharField(max_length=300, blank=True)
    marked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["idempotency_hash"], name="dispatch_tip_sent_twice_is_one"
            ),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="dispatch_tip_is_on_earth",
            ),
            models.CheckConstraint(
                condition=~models.Q(place_text=""), name="dispatch_tip_says_where"
            ),
            models.CheckConstraint(
                condition=models.Q(person_count__range=(1, 999)), name="dispatch_tip_about_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("clock_started_at"))
                & models.Q(warn_at__lte=models.F("due_at"))
                & ~models.Q(limit_basis=""),
                name="dispatch_tip_clock_has_limit_and_basis",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(state="closed") & models.Q(closed_at__isnull=True, outcome=""),
                name="dispatch_tip_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(mark="", mark_reason="")
                | (~models.Q(mark="") & ~models.Q(mark_reason="")),
                name="dispatch_tip_mark_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(follows__isnull=True) | models.Q(outcome="duplicate"),
                name="dispatch_tip_follower_is_closed_as_duplicate",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "due_at"],
                condition=~models.Q(state="closed"),
                name="dispatch_tip_open_by_due",
            ),
            models.Index(
                fields=["-closed_at"],
                condition=models.Q(state="closed"),
                name="dispatch_tip_closed",
            ),
            models.Index(fields=["received_at"], name="dispatch_tip_received"),
            models.Index(fields=["owner_org", "-received_at"], name="dispatch_tip_register"),
            models.Index(
                fields=["callback_hash"],
                condition=~models.Q(callback_hash=""),
                name="dispatch_tip_same_caller",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_text} {self.get_state_display()}"

    @property
    def place(self) -> str:
        """Where, as the reporter said it; the program's own words in the reader's language."""
        return (_is_english() and self.place_text_en) or self.place_text

    @property
    def point(self) -> tuple[float, float] | None:
        """(lat, lon) in WGS-84, None where no point is known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def flags(self) -> frozenset[str]:
        """The urgent marks as a set."""
        return frozenset(self.urgent_flags)

    @property
    def flag_labels(self) -> list[tuple[str, str]]:
        """The urgent marks as words, with `danger` where somebody must be called first."""
        return _flag_labels(self.urgent_flags, dict(self.Flag.choices))


def _is_english() -> bool:
    return str(get_language()).startswith("en")


def _flag_labels(flags: list[str], words: Mapping[str, object]) -> list[tuple[str, str]]:
    return [
        (str(words[flag]), "danger" if is_urgent([flag]) else "") for flag in flags if flag in words
    ]
