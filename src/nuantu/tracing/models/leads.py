"""What the public says about a tracing notice."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.fields import SealedTextField
from nuantu.core.models import ScopedModel
from nuantu.tracing.models.fragments import Fragment
from nuantu.tracing.models.notices import TracingNotice

STAFF, SENSITIVE = FieldClass.STAFF, FieldClass.SENSITIVE


class TracingLead(ScopedModel):
    """A lead (寻亲线索) that came by telephone, message, letter or visit; a human judges it, nobody publishes it.

    Who told it lies sealed. One that is of use may be put down as a fragment of what is known.
    """

    class CameBy(models.TextChoices):
        PHONE = "phone", _("电话")
        WEB = "web", _("网上留言")
        VISIT = "visit", _("来访")
        LETTER = "letter", _("来信")

    class State(models.TextChoices):
        NEW = "new", _("待判断")
        USEFUL = "useful", _("有用")
        USELESS = "useless", _("没有用")
        ABUSIVE = "abusive", _("恶意、骚扰")

    field_classes: ClassVar = {
        "came_by": STAFF,
        "words": STAFF,
        "source_name": SENSITIVE,
        "source_phone": SENSITIVE,
        "state": STAFF,
        "taken_by": STAFF,
        "judged_by": STAFF,
        "judged_words": STAFF,
    }
    erases: ClassVar = ("words", "judged_words")

    notice = models.ForeignKey(TracingNotice, on_delete=models.PROTECT, related_name="leads")
    came_by = models.CharField(max_length=6, choices=CameBy.choices)
    came_at = models.DateTimeField()
    words = models.CharField(max_length=600)
    source_name = SealedTextField(blank=True, default="")
    source_phone = SealedTextField(blank=True, default="")
    is_for_reward = models.BooleanField(default=False)
    is_threat = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.NEW)
    taken_by = models.CharField(max_length=120)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.CharField(max_length=120, blank=True)
    judged_words = models.CharField(max_length=300, blank=True)
    fragment = models.OneToOneField(
        Fragment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="tracing_tracinglead_says_something"
            ),
            models.CheckConstraint(
                condition=Q(state="new", judged_at__isnull=True)
                | (Q(judged_at__isnull=False) & ~Q(judged_by="") & ~Q(judged_words="")),
                name="tracing_tracinglead_judged_in_words",
            ),
        ]
        indexes = [models.Index(fields=["notice", "-came_at"], name="tracing_tracinglead_newest")]

    def __str__(self) -> str:
        return f"{self.get_came_by_display()} {self.came_at:%Y-%m-%d}"
