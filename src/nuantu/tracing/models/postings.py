"""Where a tracing notice may stand, and where it stands."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.core.fieldclass import FieldClass
from nuantu.core.ids import new_id
from nuantu.core.models import ScopedModel, StoredFile
from nuantu.tracing.models.notice_choices import ChannelForm
from nuantu.tracing.models.notices import NoticeVersion, TracingNotice

STAFF, PUBLIC, SENSITIVE = FieldClass.STAFF, FieldClass.PUBLIC, FieldClass.SENSITIVE


class NoticeChannel(ScopedModel):
    """A channel (公告渠道) that an administrator added to those of the national defaults and of the plan, or
    one of these that he closed: the code tells which."""

    field_classes: ClassVar = {
        "code": PUBLIC,
        "name": PUBLIC,
        "name_en": PUBLIC,
        "form": PUBLIC,
        "entered_by": STAFF,
    }

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    form = models.CharField(max_length=6, choices=ChannelForm.choices)
    is_closed = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="tracing_noticechannel_code_once"),
            models.CheckConstraint(condition=~Q(name=""), name="tracing_noticechannel_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Posting(ScopedModel):
    """A notice on one channel (公告发布): sent with its proof or refused there, and its withdrawal with proof.

    It holds what was put down last, its proofs everything. While it is up and the notice is not, a duty asks for its withdrawal. Its name is that of the channel
    on that day.
    """

    class State(models.TextChoices):
        UP = "up", _("发布中")
        FAILED = "failed", _("没有发布成功")
        DOWN = "down", _("已撤下")

    field_classes: ClassVar = {
        "channel": PUBLIC,
        "channel_name": PUBLIC,
        "channel_name_en": PUBLIC,
        "form": PUBLIC,
        "state": STAFF,
        "link": STAFF,
        "outside_number": STAFF,
        "proof_digest": STAFF,
        "down_digest": STAFF,
        "result": STAFF,
        "sent_by": STAFF,
        "down_by": STAFF,
        "down_words": STAFF,
        "down_link": STAFF,
    }
    erases: ClassVar = ("link", "result", "down_words", "down_link")

    notice = models.ForeignKey(TracingNotice, on_delete=models.PROTECT, related_name="postings")
    version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="postings")
    channel = models.CharField(max_length=40)
    channel_name = models.CharField(max_length=80)
    channel_name_en = models.CharField(max_length=120, blank=True)
    form = models.CharField(max_length=6, choices=ChannelForm.choices)
    state = models.CharField(max_length=6, choices=State.choices)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)
    link = models.CharField(max_length=400, blank=True)
    outside_number = models.CharField(max_length=60, blank=True)
    proof_digest = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=300, blank=True)
    down_at = models.DateTimeField(null=True, blank=True)
    down_by = models.CharField(max_length=120, blank=True)
    down_words = models.CharField(max_length=300, blank=True)
    down_link = models.CharField(max_length=400, blank=True)
    down_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="down", down_at__isnull=False)
                & Q(down_at__gte=F("sent_at"))
                & ~Q(down_by="")
                & (~Q(down_words="") | ~Q(down_link="") | ~Q(down_digest=""))
                | (~Q(state="down") & Q(down_at__isnull=True)),
                name="tracing_posting_down_with_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="up")
                | Q(form="own")
                | ~Q(link="")
                | ~Q(outside_number="")
                | ~Q(proof_digest=""),
                name="tracing_posting_up_with_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(result=""),
                name="tracing_posting_failed_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["notice", "channel"],
                condition=Q(state="up"),
                name="tracing_posting_once_on_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return self.channel_name

    @property
    def called(self) -> str:
        """The name of the channel in the language of the page."""
        is_english = (get_language() or "").startswith("en")
        return (is_english and self.channel_name_en) or self.channel_name

    @property
    def is_up(self) -> bool:
        """Whether it may be seen there, as far as anybody knows."""
        return self.state == self.State.UP

    @property
    def is_own(self) -> bool:
        """Whether it stands on pages of this system, which take it down themselves."""
        return self.form == ChannelForm.OWN


class PostingProof(models.Model):
    """One proof that a notice stood on a channel, shows a newer version there, or is gone: a later one stands
    beside it, never in its place."""

    class Kind(models.TextChoices):
        UP = "up", _("首次发布")
        REPLACED = "replaced", _("换成新内容")
        DOWN = "down", _("撤下")

    field_classes: ClassVar = {
        "kind": STAFF,
        "link": STAFF,
        "outside_number": STAFF,
        "words": STAFF,
        "digest": STAFF,
        "put_by": STAFF,
    }
    erases: ClassVar = ("link", "words")
    erases_file: ClassVar = "file"
    erased_with: ClassVar = "posting__case_id"

    public_id = models.UUIDField(unique=True, default=new_id, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="proofs")
    version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    link = models.CharField(max_length=400, blank=True)
    outside_number = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64, blank=True)
    put_at = models.DateTimeField()
    put_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(put_by=""), name="tracing_postingproof_put_by_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.kind}"

    @property
    def case_id(self) -> UUID | None:
        """The case whose key seals the picture."""
        return self.posting.case_id
