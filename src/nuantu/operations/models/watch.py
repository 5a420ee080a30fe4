"""The watch roster: who answers, receives, drives and leads, and what one watch tells the next."""

from typing import ClassVar

from django.db import models

from nuantu.accounts.models import Organisation, User
from nuantu.core.actors import Actor
from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel


class WatchShift(models.Model):
    """One person on one post of an organisation for a time. `post` is a code of the plan's roster.

    No post is a secret inside the area: whoever escalates must find the leader on duty.
    """

    field_classes: ClassVar = {
        "post": FieldClass.STAFF,
        "phone": FieldClass.STAFF,
        "put_by": FieldClass.STAFF,
    }

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=48)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    is_leader = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    put_by = models.CharField(max_length=120)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="operations_watchshift_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "starts_at"],
                condition=models.Q(cancelled_at__isnull=True),
                name="operations_watch_org_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.post} {self.starts_at:%Y-%m-%d %H:%M}"


class WatchNote(ScopedModel):
    """What one watch hands to the next: what is open, what was promised, which vehicle is out."""

    field_classes: ClassVar = {
        "text": FieldClass.STAFF,
        "given_by": FieldClass.STAFF,
        "taken_by": FieldClass.STAFF,
    }

    text = models.CharField(max_length=2000)
    given_by = models.CharField(max_length=120)
    given_by_id = models.UUIDField(null=True, blank=True)
    given_at = models.DateTimeField()
    open_duties = models.PositiveIntegerField(default=0)
    overdue_duties = models.PositiveIntegerField(default=0)
    taken_by = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="operations_watchnote_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True, taken_by="")
                | (models.Q(taken_at__isnull=False) & ~models.Q(taken_by="")),
                name="operations_watchnote_taken_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_org} {self.given_at:%Y-%m-%d %H:%M}"

    def is_own(self, actor: Actor) -> bool:
        """Whether the same account gave it; by name only where a note from before has no account."""
        if self.given_by_id is None:
            return self.given_by == actor.name
        return self.given_by_id == actor.account_id
