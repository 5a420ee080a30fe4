"""A tracing notice and what it says, version by version."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.persons.models import Case, Sex
from nuantu.persons.rules import ages
from nuantu.tracing.models.notice_choices import BodyState, Intellect, MentalState, WithdrawalCause
from nuantu.tracing.rules.said import SHORTEST_CM, TALLEST_CM

STAFF, PUBLIC = FieldClass.STAFF, FieldClass.PUBLIC
# No telephone, ID or account number fits into the words of a notice.
LONG_NUMBER = r"\d{7,}"


class TracingNotice(ScopedModel):
    """A tracing notice (寻亲公告) about the person of a case; at most one is under way at a time.

    What it says stands in its versions, where it stands in its postings. The desk's line is that of the
    organisation that holds it. Photos go after `keep_until_date`, counted from the withdrawal.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("还没发布")
        STANDING = "standing", _("发布中")
        WITHDRAWN = "withdrawn", _("已撤回")
        DROPPED = "dropped", _("没有发布，已放弃")

    field_classes: ClassVar = {
        "number": PUBLIC,
        "state": STAFF,
        "cause": STAFF,
        "withdrawn_by": STAFF,
        "withdrawn_reason": STAFF,
    }
    erases: ClassVar = ("withdrawn_reason",)

    of_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    standing_since = models.DateTimeField(null=True, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=10, choices=WithdrawalCause.choices, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    keep_until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case_id__isnull=False), name="tracing_tracingnotice_belongs_to_a_case"
            ),
            models.UniqueConstraint(
                fields=["case_id"],
                condition=Q(state__in=["draft", "standing"]),
                name="tracing_tracingnotice_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["standing", "withdrawn"])
                | Q(standing_since__isnull=False, refreshed_at__gte=F("standing_since")),
                name="tracing_tracingnotice_stands_since",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "standing"], withdrawn_at__isnull=True, cause="")
                | (
                    Q(state__in=["withdrawn", "dropped"], withdrawn_at__isnull=False)
                    & Q(keep_until_date__isnull=False)
                    & ~Q(cause="")
                    & ~Q(withdrawn_by="")
                    & ~Q(withdrawn_reason="")
                ),
                name="tracing_tracingnotice_withdrawn_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_org", "-recorded_at"], name="tracing_tracingnotice_newest")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_under_way(self) -> bool:
        """Whether it is drafted or stands: another one would be a second."""
        return self.state in (self.State.DRAFT, self.State.STANDING)

    @property
    def is_standing(self) -> bool:
        """Whether it may be seen in public."""
        return self.state == self.State.STANDING


class NoticeVersion(ScopedModel):
    """What a tracing notice says: the fields of F-10 and no others (ID-06).

    Ages in whole years as they look on `found_date`, heights in centimetres. Whoever drafts does not
    approve. What is approved never changes; a change is the next version. The three bases are for the
    file and are not published.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        WAITING = "waiting", _("等审核")
        RETURNED = "returned", _("退回修改")
        APPROVED = "approved", _("已审核")
        DROPPED = "dropped", _("已放弃")

    field_classes: ClassVar = {
        "state": STAFF,
        "name": PUBLIC,
        "sex": PUBLIC,
        "health": PUBLIC,
        "intellect": PUBLIC,
        "mental_state": PUBLIC,
        "features": PUBLIC,
        "clothing": PUBLIC,
        "found_place": PUBLIC,
        "changed_words": STAFF,
        "needs": STAFF,
        "minor_basis": STAFF,
        "danger_basis": STAFF,
        "own_consent": STAFF,
        "drafted_by": STAFF,
        "approved_by": STAFF,
        "returned_reason": STAFF,
    }
    erases: ClassVar = (
        "name", "features", "clothing", "found_place", "changed_words", "minor_basis", "danger_basis", "own_consent",
        "returned_reason",
    )  # fmt: skip
    erases_file: ClassVar = "photo"

    notice = models.ForeignKey(TracingNotice, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    name = models.CharField(max_length=60, blank=True)
    sex = models.CharField(max_length=7, choices=Sex.choices)
    age_low = models.PositiveSmallIntegerField(null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(null=True, blank=True)
    height_low = models.PositiveSmallIntegerField(null=True, blank=True)
    height_high = models.PositiveSmallIntegerField(null=True, blank=True)
    health = models.CharField(max_length=11, choices=BodyState.choices, default=BodyState.UNKNOWN)
    intellect = models.CharField(max_length=7, choices=Intellect.choices, default=Intellect.UNKNOWN)
    mental_state = models.CharField(
        max_length=9, choices=MentalState.choices, default=MentalState.UNKNOWN
    )
    features = models.CharField(max_length=300, blank=True)
    clothing = models.CharField(max_length=200, blank=True)
    found_date = models.DateField()
    found_place = models.CharField(max_length=120)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_words = models.CharField(max_length=300, blank=True)
    needs = ArrayField(models.CharField(max_length=7), default=list, blank=True)
    minor_basis = models.CharField(max_length=300, blank=True)
    danger_basis = models.CharField(max_length=300, blank=True)
    own_consent = models.CharField(max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=120)
    drafted_by_id = models.UUIDField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_by_id = models.UUIDField(null=True, blank=True)
    returned_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "version"], name="tracing_noticeversion_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(state__in=["draft", "waiting", "returned"]),
                name="tracing_noticeversion_one_in_hand",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (
                    Q(approved_at__isnull=False, approved_by_id__isnull=False)
                    & ~Q(approved_by="")
                    & ~Q(approved_by_id=F("drafted_by_id"))
                ),
                name="tracing_noticeversion_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (
                    (~Q(needs__contains=["minor"]) | Q(photo__isnull=True) | ~Q(minor_basis=""))
                    & (~Q(needs__contains=["danger"]) | ~Q(danger_basis=""))
                    & (~Q(needs__contains=["consent"]) | ~Q(own_consent=""))
                ),
                name="tracing_noticeversion_rests_on_what_the_law_asks",
            ),
            models.CheckConstraint(
                condition=Q(age_low__isnull=True, age_high__isnull=True)
                | Q(age_low__lte=F("age_high"), age_high__lte=ages.OLDEST),
                name="tracing_noticeversion_age_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(height_low__isnull=True, height_high__isnull=True)
                | Q(
                    height_low__gte=SHORTEST_CM,
                    height_low__lte=F("height_high"),
                    height_high__lte=TALLEST_CM,
                ),
                name="tracing_noticeversion_height_is_a_range",
            ),
            models.CheckConstraint(
                condition=~Q(name__regex=LONG_NUMBER)
                & ~Q(features__regex=LONG_NUMBER)
                & ~Q(clothing__regex=LONG_NUMBER)
                & ~Q(found_place__regex=LONG_NUMBER),
                name="tracing_noticeversion_holds_no_long_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_reason=""),
                name="tracing_noticeversion_returned_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} v{self.version}"

    @property
    def is_in_hand(self) -> bool:
        """Whether it may still be written in."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)
