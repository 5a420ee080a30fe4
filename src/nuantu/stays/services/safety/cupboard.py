"""The cupboard for drugs and valuables: in, out, and counted by two people who do not see each other."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.stays.models import CupboardCount, CupboardItem, CupboardMove
from nuantu.stays.services.safety.hazards import user_of
from nuantu.stays.services.safety.incidents import Told, record_incident
from nuantu.stays.services.safety.lines import keep_duties, note_safety

COUNT = "cupboard.count"


class CupboardRefused(Refusal):
    """This cannot be done with what lies in the cupboard."""


def subject_of(item: CupboardItem) -> Subject:
    """A thing of the cupboard as journal lines name it."""
    return Subject("cupboard_item", item.public_id)


def add_item(
    *, actor: Actor, at: datetime, kind: str, name: str, unit: str, kept_in: str = ""
) -> CupboardItem:
    """A new thing of the actor's cupboard, none of it there yet. Raises CupboardRefused for a name twice."""
    try:
        with transaction.atomic():
            row = CupboardItem.objects.create(
                division_code=actor.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
                kind=kind,
                name=name.strip(),
                unit=unit.strip(),
                kept_in=kept_in.strip(),
            )
            note_safety(
                verb="stays.cupboard.add",
                actor=actor,
                at=at,
                subject=subject_of(row),
                row=row,
                summary=f"药品柜新增：{row.name}",
            )
    except IntegrityError as error:
        raise CupboardRefused(_("柜里已经有同名的物品。"), field="name") from error
    return row


def open_counts(*, at: datetime) -> int:
    """Owe the counting of what was not counted for as long as the rhythm says, from a day before on,
    and with a day's time where that moment has passed; how many were opened. Running it twice opens nothing twice. Call it under the system scope."""
    owed = Duty.objects.filter(kind=COUNT, state=Duty.State.OPEN).values("subject_id")
    opened = 0
    for row in CupboardItem.objects.exclude(public_id__in=owed).order_by("pk"):
        ruling = rules_at(row.division_code, at).need(COUNT)
        due_at = (row.counted_at or row.recorded_at) + timedelta(days=ruling.number)
        if due_at - timedelta(days=1) <= at:
            open_duty(
                actor=SYSTEM,
                at=at,
                kind=COUNT,
                title=f"盘点药品柜：{row.name}",
                title_en=f"Count the cupboard: {row.name}",
                subject=subject_of(row),
                owner_org=row.owner_org,
                division_code=row.division_code,
                due_at=max(due_at, at + timedelta(days=1)),
                basis=ruling.source[:200],
            )
            opened += 1
    return opened


def move_item(
    *, actor: Actor, at: datetime, item: CupboardItem, way: str, amount: int, reason: str
) -> CupboardItem:
    """Something goes in or out. What is taken out while it is being counted ends that count, which
    starts anew; nobody waits for a medicine. Raises CupboardRefused for more than the book says is
    there, for what goes in while it is being counted, or without a reason."""
    if not reason.strip():
        raise CupboardRefused(_("请写明从哪来、用在哪。"), field="reason")
    with transaction.atomic():
        row = CupboardItem.objects.select_for_update().get(pk=item.pk)
        count = row.counts.filter(second_at=None).first()
        if count is not None and way == CupboardMove.Way.IN:
            raise CupboardRefused(_("正在盘点，第二个人数完再存入；急用可以取出，盘点重新开始。"))
        after = row.amount + amount if way == CupboardMove.Way.IN else row.amount - amount
        if after < 0:
            words = {"amount": row.amount, "unit": row.unit}
            message = (
                _("账上只有 %(amount)s %(unit)s；实物更多就先盘点。") % words
                if count is None
                else str(_("账上没有这么多；实物更多就先盘完。"))
            )
            raise CupboardRefused(message, field="amount")
        move = _put_down(row, CupboardMove.Way(way), amount, after, actor, at, reason)
        if count is not None:
            _drop(row, count, actor, at, why="盘点中取出")
            move.count_ended_of = count.first_by
            move.save(update_fields=["count_ended_of"])
        note_safety(
            verb="stays.cupboard.move",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"药品柜{stored(CupboardMove.Way(way).label)}：{row.name} {amount}{row.unit}",
            reason=reason.strip(),
        )
    return row


def _put_down(
    row: CupboardItem,
    way: CupboardMove.Way,
    amount: int,
    after: int,
    actor: Actor,
    at: datetime,
    reason: str,
) -> CupboardMove:
    move = CupboardMove.objects.create(
        item=row,
        way=way,
        amount=amount,
        after=after,
        moved_at=at,
        moved_by=actor.name,
        reason=reason.strip()[:120],
    )
    row.amount = after
    row.save(update_fields=["amount", "counted_at"])
    return move


def count_item(*, actor: Actor, at: datetime, item: CupboardItem, amount: int) -> CupboardCount:
    """One person counted. The first count waits for another person, who does not see it; the second
    ends it: the book is set right, and a difference is an incident.

    Raises CupboardRefused when the same person counts twice, or when the two do not agree: then both
    count anew.
    """
    who = user_of(actor).public_id
    with transaction.atomic():
        row = CupboardItem.objects.select_for_update().get(pk=item.pk)
        count = row.counts.filter(second_at=None).first()
        if count is None:
            return _begin(row, actor, at, amount, who)
        if str(count.first_by_id) == str(who):
            raise CupboardRefused(_("你已经数过，要由另一位同事来数第二遍。"))
        if count.first_amount == amount:
            count.second_at, count.second_amount = at, amount
            count.second_by, count.second_by_id = actor.name, who
            count.save()
            _end(row, count, actor, at)
            return count
        count.delete()
    raise CupboardRefused(_("两人数的不一样，这次不算：请两人重新数。"), field="amount")


def withdraw_count(*, actor: Actor, at: datetime, item: CupboardItem) -> None:
    """Who counted first takes his figure back. Raises CupboardRefused for anybody else."""
    who = user_of(actor).public_id
    with transaction.atomic():
        row = CupboardItem.objects.select_for_update().get(pk=item.pk)
        count = row.counts.filter(second_at=None, first_by_id=who).first()
        if count is None:
            raise CupboardRefused(_("没有你开始的盘点，请刷新。"))
        _drop(row, count, actor, at, why="本人撤回")


def _drop(row: CupboardItem, count: CupboardCount, actor: Actor, at: datetime, *, why: str) -> None:
    count.delete()
    note_safety(
        verb="stays.cupboard.recount",
        actor=actor,
        at=at,
        subject=subject_of(row),
        row=row,
        summary=f"盘点作废（{why}），重新开始：{row.name}",
        first_by=count.first_by,
    )


def _begin(row: CupboardItem, actor: Actor, at: datetime, amount: int, who: UUID) -> CupboardCount:
    count = CupboardCount.objects.create(
        item=row,
        book=row.amount,
        first_at=at,
        first_amount=amount,
        first_by=actor.name,
        first_by_id=who,
    )
    note_safety(
        verb="stays.cupboard.count",
        actor=actor,
        at=at,
        subject=subject_of(row),
        row=row,
        summary=f"开始盘点：{row.name}",
    )
    return count


def _end(row: CupboardItem, count: CupboardCount, actor: Actor, at: datetime) -> None:
    row.counted_at = at
    row.save(update_fields=["counted_at"])
    gap = count.first_amount - count.book
    if gap:
        story = f"{row.name}：账面 {count.book}{row.unit}，两人数得 {count.first_amount}{row.unit}"
        record_incident(
            actor=actor,
            at=at,
            told=Told(kind="difference", occurred_at=at, story=story, place=row.kept_in),
        )
        _put_down(
            row,
            CupboardMove.Way.SET,
            abs(gap),
            count.first_amount,
            actor,
            at,
            f"盘点：{count.first_by}、{count.second_by}",
        )
    outcome = "盘点不符" if gap else "盘点相符"
    keep_duties(actor=actor, at=at, subject=subject_of(row), kind=COUNT, words=outcome)
    note_safety(
        verb="stays.cupboard.counted",
        actor=actor,
        at=at,
        subject=subject_of(row),
        row=row,
        summary=f"{outcome}：{row.name}",
        gap=gap,
    )
