"""Seeing somebody out: every registered check, goods back, bed free, clocks stopped, revisit owed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Absence, Leaving, LeavingCheck, Stay, Way
from nuantu.stays.rules import clocks, leaving
from nuantu.stays.selectors import door
from nuantu.stays.selectors.checks import Check, Plan, checks_of
from nuantu.stays.selectors.endings import approved_ending
from nuantu.stays.selectors.receivers import can_take
from nuantu.stays.services.after_door import owe_arrival, owe_things
from nuantu.stays.services.beds import free_bed
from nuantu.stays.services.clocks import owe, stop_clocks
from nuantu.stays.services.handing import WRONG_TAKER, keep_bringing
from nuantu.stays.services.holding import hold_stay
from nuantu.stays.services.inquiries import police_fetched
from nuantu.stays.services.lines import note
from nuantu.stays.services.notices import issue_notice

MAY_END = "stays.exception.approve"


class LeavingRefused(Refusal):
    """This way out is not open yet; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """How somebody leaves, and what goes with it; cash in fen."""

    way: str
    destination: str = ""
    to_org: str = ""
    is_declared: bool = False
    collector: str = ""
    collector_relation: str = ""
    collector_number: str = ""
    collector_phone: str = ""
    is_collector_checked: bool = False
    ground: str = ""
    facts: str = ""
    cash_fen: int = 0
    is_cash_signed: bool = False
    voucher_number: str = ""


def leave(
    *, actor: Actor, at: datetime, stay: Stay, out: WayOut, confirmed: Mapping[str, str]
) -> Leaving:
    """End a stay by one of the ways. `confirmed` holds the clerk's words for each question.

    Raises LeavingRefused with the field to mend; nothing has happened then.
    """
    _check_words(stay, out, at)
    with transaction.atomic():
        if not hold_stay(stay):
            raise LeavingRefused(_("这个人已经离站。"))
        checks = checks_of(stay, Plan(out.way, out.to_org), at)
        _need(checks, confirmed)
        row = _write(actor, at, stay, out, _approver(actor, stay, out))
        _put_down_checks(row, checks, confirmed)
        if out.way == leaving.ENDED:
            issue_notice(actor=actor, at=at, code="termination_notice", about=stay)
        free_bed(actor=actor, at=at, stay=stay, why="离站")
        Absence.objects.filter(stay=stay, back_at=None).update(back_at=at)
        stay.left_at = at
        stay.save(update_fields=["left_at"])
        if out.way in leaving.HANDED:
            keep_bringing(actor=actor, at=at, stay=stay)
        stop_clocks(actor=actor, at=at, stay=stay)
        _owe_after(actor, at, stay, out)
        note(
            verb="stays.stay.leave",
            actor=actor,
            at=at,
            row=stay,
            person=stay.person,
            summary=f"离站：{stored(Way(out.way).label)}",
            changes={"way": out.way, "ground": out.ground, "cash_fen": out.cash_fen},
            sealed={"destination": out.destination, "collector": out.collector, "facts": out.facts},
        )
    return row


def _owe_after(actor: Actor, at: datetime, stay: Stay, out: WayOut) -> None:
    """What a way out begins, and what it keeps."""
    if leaving.needs_revisit(out.way):
        owe(actor=actor, at=at, stay=stay, kind=clocks.REVISIT, start=at)
    if out.way == leaving.DIED:
        owe(actor=actor, at=at, stay=stay, kind=clocks.DEATH, start=at)
    if out.way == leaving.STATION:
        owe_arrival(actor=actor, at=at, stay=stay, to_org=out.to_org)
    if stay.reception is None:
        return
    if out.way == leaving.UNANNOUNCED:
        owe_things(actor=actor, at=at, row=stay.reception)
    if out.way == Way.POLICE:
        police_fetched(actor=actor, at=at, reception=stay.reception)


def _check_words(stay: Stay, out: WayOut, at: datetime) -> None:
    """What each way asks for in words and marks."""
    if out.way not in Way.values:
        raise LeavingRefused(_("请选择离站方式。"), field="way")
    if out.way == leaving.SELF and not out.is_declared:
        raise LeavingRefused(_("自行离站要本人签声明书。"), field="is_declared")
    if out.way in leaving.COLLECTED and not (out.collector.strip() and out.is_collector_checked):
        raise LeavingRefused(_("请写明接领人并核对证件。"), field="collector")
    if out.way in leaving.HANDED and not out.to_org:
        raise LeavingRefused(_("请选择接收单位。"), field="to_org")
    if out.way in leaving.HANDED and not can_take(out.way, out.to_org):
        raise LeavingRefused(WRONG_TAKER, field="to_org")
    if out.way in (leaving.DIED, leaving.UNANNOUNCED) and not out.facts.strip():
        raise LeavingRefused(_("请写明经过：时间、谁发现、通知了谁。"), field="facts")
    if out.way == leaving.ENDED:
        _check_ending(stay, out, at)
    _check_cash(stay, out, at)


def _check_ending(stay: Stay, out: WayOut, at: datetime) -> None:
    known = {code for code, _words in door.grounds(stay.division_code, at, "leaving.ground")}
    if out.ground not in known:
        raise LeavingRefused(_("请选择终止救助的原因。"), field="ground")
    if not out.facts.strip():
        raise LeavingRefused(_("终止救助要写明事实。"), field="facts")


def _check_cash(stay: Stay, out: WayOut, at: datetime) -> None:
    most = int(rules_at(stay.division_code, at).need("stay.cash").number)
    if out.cash_fen > most:
        raise LeavingRefused(
            _("短途交通现金一般不超过%(most)s元。") % {"most": f"{most / 100:g}"}, field="cash"
        )
    if out.cash_fen and not out.is_cash_signed:
        raise LeavingRefused(_("给现金要有本人签收。"), field="is_cash_signed")


def _need(checks: list[Check], confirmed: Mapping[str, str]) -> None:
    blocked = [check for check in checks if check.finding.state == "blocks"]
    if blocked:
        why = str(_("；")).join(f"{check.label}：{check.finding.words}" for check in blocked)
        raise LeavingRefused(_("还不能这样离站：%(why)s。") % {"why": why}, field="way")
    for check in checks:
        if check.finding.state == "ask" and not confirmed.get(check.code, "").strip():
            raise LeavingRefused(
                _("请先核对：%(what)s。") % {"what": check.label}, field=f"check_{check.code}"
            )


def _approver(actor: Actor, stay: Stay, out: WayOut) -> str:
    """Who approved the end of help: a leader who asked nobody, or whoever answered the request."""
    if out.way != leaving.ENDED:
        return ""
    approved = approved_ending(stay)
    if approved is not None:
        return approved.decided_by
    if not actor.may(MAY_END):
        raise LeavingRefused(_("终止救助要先提请负责人批准。本人要走，请选自行离站。"), field="way")
    return actor.name


def _write(
    actor: Actor,
    at: datetime,
    stay: Stay,
    out: WayOut,
    approved_by: str,
) -> Leaving:
    return Leaving.objects.create(
        stay=stay,
        way=out.way,
        left_at=at,
        destination=out.destination.strip()[:200],
        to_org=out.to_org,
        is_declared=out.is_declared,
        collector=out.collector.strip()[:60],
        collector_relation=out.collector_relation.strip()[:40],
        collector_number=out.collector_number.strip(),
        collector_phone=out.collector_phone.strip(),
        is_collector_checked=out.is_collector_checked,
        ground=out.ground if out.way == leaving.ENDED else "",
        facts=out.facts.strip()[:600],
        cash_fen=out.cash_fen,
        is_cash_signed=out.is_cash_signed,
        voucher_number=out.voucher_number.strip()[:40],
        decided_by=actor.name,
        approved_by=approved_by,
    )


def _put_down_checks(row: Leaving, checks: list[Check], confirmed: Mapping[str, str]) -> None:
    LeavingCheck.objects.bulk_create(
        LeavingCheck(
            leaving=row,
            code=check.code,
            result="confirmed" if check.finding.state == "ask" else "fine",
            note=confirmed.get(check.code, "").strip()[:300],
        )
        for check in checks
    )
