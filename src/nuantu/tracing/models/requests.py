"""What police, other stations and other bodies are asked, and every word that comes of it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.tracing.models.searching import IdentitySearch
from nuantu.tracing.models.words import AskedOf, LineKind, RequestKind, Way

STAFF = FieldClass.STAFF


class IdentityRequest(ScopedModel):
    """A request to another body (协查函): what it is asked, until when an answer is awaited, and its answer.

    What an organisation of here tells in a letter is `told`: whoever asked says whether it was found.
    No fingerprint, no face template and no DNA profile is kept: only the question and what came of it
    (ID-08). The paper has the number.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等答复")
        ASKS_BACK = "asks_back", _("对方在等我们回复")
        TOLD = "told", _("对方已答复，结果待登记")
        ANSWERED = "answered", _("已答复")
        WITHDRAWN = "withdrawn", _("已撤回")

    field_classes: ClassVar = {
        "kind": STAFF,
        "body": STAFF,
        "asked_of": STAFF,
        "words": STAFF,
        "number": STAFF,
        "asked_by": STAFF,
        "state": STAFF,
        "answer": STAFF,
    }
    erases: ClassVar = ("words",)

    search = models.ForeignKey(IdentitySearch, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=11, choices=RequestKind.choices)
    body = models.CharField(max_length=13, choices=AskedOf.choices)
    asked_of = models.CharField(max_length=80)
    words = models.CharField(max_length=500)
    number = models.CharField(max_length=40, blank=True)
    paper_id = models.UUIDField(null=True, blank=True)
    duty_id = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    answer = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                & Q(answer__in=["found", "nothing", "impossible"])
                | (~Q(state="answered") & Q(answered_at__isnull=True, answer="")),
                name="tracing_identityrequest_answered_with_something",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(asked_of=""),
                name="tracing_identityrequest_asks_somebody_something",
            ),
            models.UniqueConstraint(
                fields=["search", "kind", "asked_of"],
                condition=Q(state__in=["waiting", "asks_back"]),
                name="tracing_identityrequest_one_open_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-asked_at"], name="tracing_identityrequest_newest")
        ]

    def __str__(self) -> str:
        return self.number or str(self.public_id)

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for a word, or nobody has said yet what the answer amounts to."""
        return self.state in (self.State.WAITING, self.State.ASKS_BACK, self.State.TOLD)


class RequestLine(models.Model):
    """One thing that happened with a request: sent, reminded, asked back, answered. Never changed."""

    field_classes: ClassVar = {"kind": STAFF, "way": STAFF, "words": STAFF, "noted_by": STAFF}
    erases: ClassVar = ("words",)
    erased_with: ClassVar = "request__case_id"
    erases_file: ClassVar = "scan"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    request = models.ForeignKey(IdentityRequest, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    way = models.CharField(max_length=9, choices=Way.choices)
    words = models.CharField(max_length=500, blank=True)
    scan = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    happened_date = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["sent", "nothing", "reminded"]) | ~Q(words=""),
                name="tracing_requestline_says_what",
            )
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def case_id(self) -> UUID | None:
        """The case whose key seals what belongs to the line."""
        return self.request.case_id
