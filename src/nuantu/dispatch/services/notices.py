"""What is urgent, and who is told: each notice recorded, nobody skipped without a reason."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.dispatch.models import Notice, Tip
from nuantu.dispatch.rules import notices as notice_rules
from nuantu.dispatch.rules.flags import classes_of
from nuantu.dispatch.rules.words import one_line
from nuantu.dispatch.selectors.rulings import notice_lines
from nuantu.dispatch.services.ordering import owe_for_tip
from nuantu.dispatch.services.rows import write_for, write_line


class NoticeRefused(Refusal):
    """The notice was recorded already, or a reason is missing."""


# Whoever brings the tip knows of it: the police by 110, the station because it holds the row.
_TOLD_BY_ITSELF = {notice_rules.STATION: "本站已收到线索"}
_TOLD_BY_CHANNEL = {"110": {notice_rules.POLICE: "线索由 110 转来"}}


def notices_for(*, tip: Tip, lines: Iterable[notice_rules.Line], at: datetime) -> list[Notice]:
    """The notices the matrix asks for and the tip does not have yet; unsaved."""
    known = _TOLD_BY_ITSELF | _TOLD_BY_CHANNEL.get(tip.channel, {})
    return [
        Notice(
            tip=tip,
            recipient=recipient.code,
            basis=recipient.basis[:300],
            asked_at=at,
            **_told(known.get(recipient.code), at),
        )
        for recipient in notice_rules.recipients(
            lines, channel=tip.channel, classes=classes_of(tip.urgent_flags)
        )
    ]


def _told(answer: str | None, at: datetime) -> dict[str, object]:
    if answer is None:
        return {}
    return {
        "state": Notice.State.TOLD,
        "told_at": at,
        "recorded_at": at,
        "way": Notice.Way.SYSTEM,
        "by": "系统",
        "answer": answer,
    }


def mark_urgent(
    *, actor: Actor, at: datetime, tip: Tip, flags: Iterable[str], reason: str = ""
) -> Tip:
    """Set what is urgent about the person; whoever that asks to tell goes on the list (X10).

    Taking a mark away needs a reason; notices that stand stay on the list.
    Raises NoticeRefused without it or for an unknown mark.
    """
    wanted = [flag for flag in Tip.Flag.values if flag in set(flags)]
    if unknown := set(flags) - set(Tip.Flag.values):
        raise NoticeRefused(
            _("没有这种紧急特征：%(names)s") % {"names": gettext("、").join(sorted(unknown))}
        )
    with write_for(actor, tip.owner_org):
        row = Tip.objects.select_for_update().get(pk=tip.pk)
        taken_away = [flag for flag in row.urgent_flags if flag not in wanted]
        if taken_away and not reason.strip():
            raise NoticeRefused(_("去掉紧急特征要写明原因。"), field="reason")
        before, row.urgent_flags, row.changed_at = row.urgent_flags, wanted, at
        row.save(update_fields=["urgent_flags", "changed_at"])
        Notice.objects.bulk_create(
            notices_for(tip=row, lines=notice_lines(row.division_code, at), at=at),
            ignore_conflicts=True,
        )
        owe_for_tip(actor=actor, at=at, tip=row)
        write_line(
            verb="dispatch.tip.mark_urgent",
            actor=actor,
            at=at,
            tip=row,
            summary=f"紧急特征：{'、'.join(word for word, _kind in row.flag_labels) or '无'}",
            basis=reason,
            is_basis_typed=True,
            changes={"before": before, "after": wanted},
        )
    return row


def record_notice(
    *,
    actor: Actor,
    at: datetime,
    notice: Notice,
    way: str,
    told_at: datetime | None = None,
    answer: str = "",
) -> Notice:
    """Write down that somebody was told: when, how, by whom, and what he answered.

    Raises NoticeRefused when it was recorded before or lies in the future.
    """
    happened = told_at or at
    if happened > at:
        raise NoticeRefused(_("通知时间不能晚于现在。"), field="told_at")
    if way not in Notice.Way.values:
        raise NoticeRefused(_("请选择通知方式。"), field="way")
    return _settle(
        actor,
        at,
        notice,
        verb="dispatch.notice.record",
        summary=f"已通知{notice.recipient_label}",
        happened_at=happened,
        state=Notice.State.TOLD,
        told_at=happened,
        way=way,
        answer=one_line(answer)[:300],
    )


def skip_notice(*, actor: Actor, at: datetime, notice: Notice, reason: str) -> Notice:
    """Write down why somebody on the list need not be told (X59: a healthy minor, no ambulance).

    Raises NoticeRefused without a reason or when it was recorded before.
    """
    if not reason.strip():
        raise NoticeRefused(_("请写明为什么不需要通知。"), field="reason")
    return _settle(
        actor,
        at,
        notice,
        verb="dispatch.notice.skip",
        summary=f"未通知{notice.recipient_label}：{one_line(reason)}",
        happened_at=at,
        state=Notice.State.NOT_NEEDED,
        reason=one_line(reason)[:300],
    )


def _settle(
    actor: Actor,
    at: datetime,
    notice: Notice,
    *,
    verb: str,
    summary: str,
    happened_at: datetime,
    **values: object,
) -> Notice:
    tip = notice.tip
    with write_for(actor, tip.owner_org):
        changed = Notice.objects.filter(pk=notice.pk, state=Notice.State.DUE).update(
            recorded_at=at, by=actor.name, **values
        )
        if not changed:
            raise NoticeRefused(_("这条通知已经登记过了。"))
        notice.refresh_from_db()
        write_line(
            verb=verb,
            actor=actor,
            at=at,
            tip=tip,
            summary=summary,
            basis=notice.basis,
            changes={"recipient": notice.recipient, "way": notice.way, "reason": notice.reason},
            happened_at=happened_at,
        )
    return notice
