"""Approve a week, publish it to the teams, take it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import events
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.jobs import defer
from nuantu.patrols.models import PatrolWeek
from nuantu.patrols.selectors.joint import departments_of_week, night_shares
from nuantu.patrols.selectors.vague import uncovered
from nuantu.patrols.services.next_week import week_is_out
from nuantu.patrols.services.reaching import tell_of_week
from nuantu.patrols.services.replanning import READY_JOB
from nuantu.patrols.services.rows import told

State = PatrolWeek.State


def approve(*, actor: Actor, at: datetime, week: PatrolWeek, reason: str = "") -> PatrolWeek:
    """Say yes to a draft as it stands, with what it does not keep.

    Where a plan lays weight on nights and fewer visits than `patrol.night_share` lie there, the
    reason is written down (P1-17, P2-14, P9-04). Raises Refusal.
    """
    if week.missing is None or week.search.is_busy:
        raise Refusal(_("计划还没有排完，不能批准。"))
    short = [share for share in night_shares(week, at) if share.is_short]
    word = reason.strip()[:300] if short else ""
    if short and not word:
        said = _(
            "夜间巡访只占 %(percent)s%%，%(source)s要求以夜间为重（至少 %(least)s%%）。请加夜班后重排，或写明原因。"
        )
        raise Refusal(
            said
            % {
                "percent": short[0].percent,
                "source": short[0].source,
                "least": short[0].least_percent,
            },
            field="reason",
        )
    columns = {"approved_by": actor.name, "approved_at": at, "approved_word": word}
    changes = {"missing": week.missing, "promised": week.promised, "reason": word}
    with transaction.atomic():
        _step(week, State.DRAFT, State.APPROVED, columns)
        told(week, "approved", actor, at, "批准巡查周计划", changes)
    return week


def publish(*, actor: Actor, at: datetime, week: PatrolWeek, reason: str = "") -> PatrolWeek:
    """Give an approved week to the teams.

    Where a department that the plans name goes along on no turn, or has not agreed with a schedule
    that is written together, the reason is written down (P1-15, P9-29, P10-14, P14-01); so too where
    a plan asks for all hours and directions and some lie in nobody's hands (P2-11). Raises Refusal.
    """
    missing = [one.name for one in departments_of_week(week, at) if one.is_missing]
    bare = uncovered(week, at)
    word = reason.strip()[:300] if missing or bare.is_asked else ""
    if missing and not word:
        said = _(
            "方案要求联合巡查，%(names)s还没有列入联合名单或没有会签。请补上，或写明原因后下发。"
        )
        raise Refusal(said % {"names": "、".join(missing)}, field="reason")
    if bare.is_asked and not word:
        said = _(
            "方案要求全天候、全方位，还有 %(hours)s 段时间、%(towns)s 个乡镇没有人管。请补上班次、值守或队伍，或写明原因后下发。"
        )
        raise Refusal(said % {"hours": len(bare.hours), "towns": len(bare.towns)}, field="reason")
    columns = {"published_by": actor.name, "published_at": at, "published_word": word}
    with transaction.atomic():
        _step(week, State.APPROVED, State.PUBLISHED, columns)
        changes = {"missing": missing, "reason": word} if word else {}
        told(week, "published", actor, at, "下发巡查周计划", changes)
        defer(READY_JOB)
        week_is_out(actor=actor, at=at, week=week)
        events.announce("patrols.week_published", week=str(week.public_id))
    return week


def take_back(*, actor: Actor, at: datetime, week: PatrolWeek, reason: str) -> PatrolWeek:
    """Make an approved or published week a draft again, with the reason. Raises Refusal."""
    if not reason.strip():
        raise Refusal(_("请写明退回的原因。"), field="reason")
    columns = {"approved_by": "", "approved_at": None, "published_by": "", "published_at": None,
               "approved_word": "", "published_word": ""}  # fmt: skip
    changes = {"reason": reason.strip()}
    origin = State(week.state)
    if origin == State.DRAFT:
        raise Refusal(_("计划已经是草案。"))
    with transaction.atomic():
        _step(week, origin, State.DRAFT, columns)
        told(week, "draft", actor, at, "退回巡查周计划", changes)
        tell_of_week(actor=actor, at=at, week=week, why=f"退回巡查周计划：{reason.strip()}")
    return week


def _step(week: PatrolWeek, origin: State, target: State, columns: dict[str, Any]) -> None:
    """Move a week on where it still stands before the step; of two people one is told."""
    rows = PatrolWeek.objects.filter(pk=week.pk, state=origin)
    if not rows.update(state=target, **columns):
        raise Refusal(_("计划的状态刚刚变了。请刷新后再试。"))
    week.refresh_from_db()
