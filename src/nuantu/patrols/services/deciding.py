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
from nuantu.patrols.services.replanning import READY_JOB
from nuantu.patrols.services.rows import told

State = PatrolWeek.State


def approve(*, actor: Actor, at: datetime, week: PatrolWeek) -> PatrolWeek:
    """Say yes to a draft as it stands, with what it does not keep. Raises Refusal."""
    if week.missing is None or week.search.is_busy:
        raise Refusal(_("计划还没有排完，不能批准。"))
    columns = {"approved_by": actor.name, "approved_at": at}
    changes = {"missing": week.missing, "promised": week.promised}
    with transaction.atomic():
        _step(week, State.DRAFT, State.APPROVED, columns)
        told(week, "approved", actor, at, "批准巡查周计划", changes)
    return week


def publish(*, actor: Actor, at: datetime, week: PatrolWeek) -> PatrolWeek:
    """Give an approved week to the teams. Raises Refusal."""
    columns = {"published_by": actor.name, "published_at": at}
    with transaction.atomic():
        _step(week, State.APPROVED, State.PUBLISHED, columns)
        told(week, "published", actor, at, "下发巡查周计划")
        defer(READY_JOB)
        events.announce("patrols.week_published", week=str(week.public_id))
    return week


def take_back(*, actor: Actor, at: datetime, week: PatrolWeek, reason: str) -> PatrolWeek:
    """Make an approved or published week a draft again, with the reason. Raises Refusal."""
    if not reason.strip():
        raise Refusal(_("请写明退回的原因。"), field="reason")
    columns = {"approved_by": "", "approved_at": None, "published_by": "", "published_at": None}
    changes = {"reason": reason.strip()}
    origin = State(week.state)
    if origin == State.DRAFT:
        raise Refusal(_("计划已经是草案。"))
    with transaction.atomic():
        _step(week, origin, State.DRAFT, columns)
        told(week, "draft", actor, at, "退回巡查周计划", changes)
    return week


def _step(week: PatrolWeek, origin: State, target: State, columns: dict[str, Any]) -> None:
    """Move a week on where it still stands before the step; of two people one is told."""
    rows = PatrolWeek.objects.filter(pk=week.pk, state=origin)
    if not rows.update(state=target, **columns):
        raise Refusal(_("计划的状态刚刚变了。请刷新后再试。"))
    week.refresh_from_db()
