"""Feeds that bring warnings, and the alarm when one falls silent."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal, live, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.warnings.models import FeedState
from nuantu.warnings.services.storing import answering_org

KIND = "feed.check"
_CHECK_WITHIN = "warning.acknowledge"


def heard_from(*, at: datetime, channel: str, source: str, division: str, owner: str) -> None:
    """A feed brought something: it is alive."""
    feed, is_new = FeedState.objects.get_or_create(
        channel=channel,
        source=source[:120],
        defaults={
            "division_code": division,
            "owner_org": owner,
            "last_at": at,
            "message_count": 1,
        },
    )
    if is_new:
        return
    FeedState.objects.filter(pk=feed.pk).update(
        last_at=at, message_count=F("message_count") + 1, alarmed_at=None
    )
    if feed.alarmed_at:
        _take_back(feed, at)


def _take_back(feed: FeedState, at: datetime) -> None:
    """The alarm of a feed that speaks again needs nobody any more."""
    waiting = Duty.objects.filter(
        kind=KIND, subject_kind="feed", subject_id=feed.public_id, state=Duty.State.OPEN
    )
    for duty in waiting:
        complete_duty(actor=SYSTEM, at=at, duty=duty, note=stored(_("预警源已恢复")))


def alarm_silent_feeds(*, at: datetime) -> int:
    """Raise one alarm for each feed that has been silent too long; returns how many.

    The limit is the parameter `feed.silent` (minutes). Said once until the feed speaks again.
    """
    raised = 0
    with transaction.atomic(), scope.system("a feed serves every county"):
        for feed in FeedState.objects.select_for_update().filter(alarmed_at=None):
            ruling = rules_at(feed.division_code, at).need("feed.silent")
            silent = at - feed.last_at
            if silent < timedelta(minutes=ruling.number):
                continue
            raised += 1
            _raise_alarm(feed, at, ruling.source, int(silent.total_seconds() // 60))
    return raised


def _raise_alarm(feed: FeedState, at: datetime, source: str, minutes: int) -> None:
    FeedState.objects.filter(pk=feed.pk).update(alarmed_at=at)
    owner = answering_org(feed.division_code) or feed.owner_org
    within = rules_at(feed.division_code, at).need(_CHECK_WITHIN).number
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=KIND,
        title=f"预警源“{feed.source[:60]}”已 {minutes} 分钟没有消息，请核实并改为人工收听",
        title_en=f"The warning feed has been silent for {minutes} minutes: check it, listen by hand",
        subject=Subject("feed", feed.public_id),
        owner_org=owner,
        division_code=feed.division_code,
        due_at=at + timedelta(minutes=within),
        basis=f"{source} {minutes} 分钟无消息",
        basis_rule=source[:60],
    )
    journal.record(
        verb="warnings.feed.silent",
        actor=SYSTEM,
        at=at,
        subjects=[Subject("feed", feed.public_id)],
        division_code=feed.division_code,
        owner_org=owner,
        summary=f"预警源静默报警：{feed.source}",
        basis=source,
        changes={"last_at": feed.last_at.isoformat(), "minutes": minutes},
    )
    live.hint("warnings", feed.division_code, owner)
