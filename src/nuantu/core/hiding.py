"""A photo or video that somebody hid for what is seen on it; one shape wherever evidence is kept.

Nobody sees it without a purpose. The line of the journal that holds the purpose is the permission,
for the minutes that its reader grants.
"""

from datetime import datetime
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import JournalEntry
from nuantu.core.sentences import stored

SHORTEST_PURPOSE: Final = 4


class HidingRefused(Refusal):
    """The photo cannot be hidden, shown or opened in this way."""


class Hiding(models.TextChoices):
    """What is seen on it."""

    UNDRESSED = "undressed", _("没有穿衣服或衣不蔽体")
    WOUND = "wound", _("伤口、病痛")
    OTHER = "other", _("别的不宜传看的内容")


class Hidable(models.Model):
    """Evidence that may be `hidden_for` a reason."""

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "hidden_for": FieldClass.STAFF,
        "hidden_by": FieldClass.STAFF,
    }

    hidden_for = models.CharField(max_length=9, choices=Hiding.choices, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_for="") | (Q(hidden_at__isnull=False) & ~Q(hidden_by="")),
                name="%(app_label)s_%(class)s_hidden_by_somebody",
            )
        ]

    def hide(self, *, actor: Actor, at: datetime, why: str) -> str:
        """Hide it, and say so in the words of the journal; whoever calls holds the row.

        Raises HidingRefused where it is hidden, and for a reason that there is not.
        """
        if why not in Hiding.values:
            raise HidingRefused(_("请选为什么遮盖。"), field="why")
        if self.hidden_for:
            raise HidingRefused(_("已经遮盖。"))
        self._set(why, at, actor.name)
        return f"遮盖影像：{stored(Hiding(why).label)}"

    def show(self) -> str:
        """Show it again, and say so; whoever calls holds the row. Raises HidingRefused."""
        if not self.hidden_for:
            raise HidingRefused(_("没有遮盖。"))
        self._set("", None, "")
        return "取消遮盖影像"

    def _set(self, why: str, at: datetime | None, by: str) -> None:
        self.hidden_for, self.hidden_at, self.hidden_by = why, at, by
        self.save(update_fields=["hidden_for", "hidden_at", "hidden_by"])


def stated(purpose: str) -> str:
    """A purpose that an auditor can read. Raises HidingRefused for less."""
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise HidingRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    return words


def is_opened(*, photo: str, verb: str, actor: Actor, since: datetime) -> bool:
    """Whether a line after `since` says why the actor looks at the photo of this public id."""
    lines = JournalEntry.objects.filter(
        verb=verb, actor_id=actor.public_id, recorded_at__gt=since, changes__photo=photo
    )
    return lines.exists()
