"""Put people on watch, take them off, and hand the watch over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.core import journal, live
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, WatchNote, WatchShift
from nuantu.operations.selectors import gaps_ahead, operations_at, rules_at
from nuantu.operations.services.duties import UNDO, complete_duty, open_duty

FILL = "roster.fill"
FILL_WITHIN = timedelta(hours=2)


class WatchRefused(Refusal):
    """The watch cannot be planned or handed over like this."""


def put_on_watch(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    post: str,
    user: User,
    starts_at: datetime,
    ends_at: datetime,
    phone: str = "",
) -> WatchShift:
    """Put somebody on a post of the plan's roster for a time.

    Raises WatchRefused: unknown post, ends before it starts, or the person is on watch already.
    """
    posts = {
        ruling.key: ruling.value
        for ruling in rules_at(organisation.division_id, at).every("roster.post")
    }
    if post not in posts:
        raise WatchRefused(_("方案没有这个值守岗位。"), field="post")
    if ends_at <= starts_at:
        raise WatchRefused(_("结束时间要晚于开始时间。"), field="ends_at")
    said = posts[post]
    with transaction.atomic():
        _check_free(user, starts_at, ends_at)
        watch = WatchShift.objects.create(
            organisation=organisation,
            post=post,
            user=user,
            phone=phone,
            is_leader=bool(said.get("is_leader")) if isinstance(said, dict) else False,
            starts_at=starts_at,
            ends_at=ends_at,
            put_by=actor.name,
        )
        _record(watch, "put", actor, at, f"排班：{user.name}")
    return watch


def cancel_watch(*, actor: Actor, at: datetime, watch: WatchShift) -> None:
    """Take somebody off the roster; the gap shows at once. Raises WatchRefused when it is over."""
    changed = WatchShift.objects.filter(pk=watch.pk, cancelled_at=None, ends_at__gt=at).update(
        cancelled_at=at
    )
    if not changed:
        raise WatchRefused(_("这个班次已经结束或已取消。"))
    _record(watch, "cancel", actor, at, f"取消排班：{watch.user.name}")


def restore_watch(*, actor: Actor, at: datetime, watch: WatchShift) -> None:
    """Undo a cancelling that was a slip, within ten minutes.

    Raises WatchRefused afterwards, or when the person has been put on another post meanwhile.
    """
    with transaction.atomic():
        _check_free(watch.user, watch.starts_at, watch.ends_at)
        changed = WatchShift.objects.filter(
            pk=watch.pk, cancelled_at__gte=at - UNDO, ends_at__gt=at
        ).update(cancelled_at=None)
        if not changed:
            raise WatchRefused(_("只能在取消后10分钟内恢复。"))
        _record(watch, "restore", actor, at, f"恢复排班：{watch.user.name}")


def _check_free(user: User, starts_at: datetime, ends_at: datetime) -> None:
    """Nobody stands on two posts at once; the lock on the person keeps it so until the end."""
    User.objects.select_for_update().get(pk=user.pk)
    if WatchShift.objects.filter(
        user=user, cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exists():
        raise WatchRefused(
            _("%(name)s 在这段时间已经值守别的岗位。") % {"name": user.name}, field="user"
        )


def give_watch(*, actor: Actor, at: datetime, organisation: Organisation, text: str) -> WatchNote:
    """Write what the next watch must know; open and overdue duties are counted at that moment.

    Raises WatchRefused for an empty note.
    """
    if not text.strip():
        raise WatchRefused(_("请写下接班人必须知道的事；没有就写“无”。"), field="text")
    owed = Duty.objects.filter(owner_org=organisation.code, state=Duty.State.OPEN)
    with transaction.atomic():
        note = WatchNote.objects.create(
            text=text.strip(),
            owner_org=organisation.code,
            division_code=organisation.division_id,
            given_by=actor.name,
            given_by_id=actor.account_id,
            given_at=at,
            open_duties=owed.count(),
            overdue_duties=owed.filter(due_at__lt=at).count(),
        )
        _record_note(note, "give", actor, at, "交班")
    return note


def take_watch(*, actor: Actor, at: datetime, note: WatchNote) -> WatchNote:
    """Take the watch over. Raises WatchRefused when somebody has, or when it is one's own note."""
    if note.is_own(actor):
        raise WatchRefused(_("交班人不能自己接班，请接班人来确认。"))
    changed = WatchNote.objects.filter(pk=note.pk, taken_at=None).update(
        taken_at=at, taken_by=actor.name
    )
    note.refresh_from_db()
    if not changed:
        raise WatchRefused(_("%(name)s 已经接班。") % {"name": note.taken_by})
    _record_note(note, "take", actor, at, "接班")
    return note


def flag_gaps(*, at: datetime) -> int:
    """Open a duty for every station whose roster has a hole in the days ahead, close it when filled.

    Returns how many were opened. Runs every hour; may run twice.
    """
    opened = 0
    for station in Organisation.objects.filter(
        kind=Organisation.Kind.STATION, is_active=True
    ).select_related("division"):
        if operations_at(station.division_id, at):
            opened += _flag(station, at)
    return opened


def _flag(station: Organisation, at: datetime) -> int:
    book = rules_at(station.division_id, at)
    days = int(book.need("roster.look_ahead").number)
    ends = at + timedelta(days=days)
    found = [gap for gap in gaps_ahead(station, at) if gap.starts_at < ends]
    known = Duty.objects.filter(kind=FILL, owner_org=station.code, state=Duty.State.OPEN)
    if not found:
        for duty in known:
            complete_duty(actor=SYSTEM, at=at, duty=duty, note=stored(_("空缺已补齐")))
        return 0
    if known.exists():
        return 0
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=FILL,
        title=f"补齐值守空缺 {len(found)} 处",
        title_en=f"Fill {len(found)} gaps of the roster",
        subject=Subject("roster", station.public_id),
        owner_org=station.code,
        division_code=station.division_id,
        due_at=max(found[0].starts_at, at + FILL_WITHIN),
        basis=f"值班值守 {book.every('roster.post')[0].source}",
    )
    return 1


def _record(watch: WatchShift, verb: str, actor: Actor, at: datetime, summary: str) -> None:
    journal.record(
        verb=f"operations.watch.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("watch", watch.public_id)],
        division_code=watch.organisation.division_id,
        owner_org=watch.organisation_id,
        summary=summary,
        changes={"post": watch.post, "starts_at": watch.starts_at, "ends_at": watch.ends_at},
    )
    live.hint("duties", watch.organisation.division_id, watch.organisation_id)


def _record_note(note: WatchNote, verb: str, actor: Actor, at: datetime, summary: str) -> None:
    journal.record(
        verb=f"operations.watch.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("watch_note", note.public_id)],
        division_code=note.division_code,
        owner_org=note.owner_org,
        summary=summary,
        changes={"open": note.open_duties, "overdue": note.overdue_duties},
    )
