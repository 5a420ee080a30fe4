"""What every write of dispatch does around its own change: scope, journal line, hint."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.db import transaction

from nuantu.core import journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Dispatch, Tip


def write_for(actor: Actor, *owners: str) -> AbstractContextManager[None]:
    """A transaction that may write the rows of these organisations; access has checked the right.

    A team of the police changes the tip of a station and the other way round: the row belongs to
    one of them, the deed concerns both.
    """
    if actor.is_system or all(owner == actor.org_code for owner in owners):
        return transaction.atomic()
    return scope.system("a run and its tip may belong to two organisations")


def subject_of(tip: Tip) -> Subject:
    """The tip as the journal and the duties name it."""
    return Subject("tip", tip.public_id)


def write_line(
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    tip: Tip,
    summary: str,
    changes: dict[str, Any] | None = None,
    basis: str = "",
    is_basis_typed: bool = False,
    run: Dispatch | None = None,
    also: Iterable[Subject] = (),
    happened_at: datetime | None = None,
) -> None:
    """One journal line about a tip (and its run), and the hint to the pages that show it."""
    subjects = [subject_of(tip), *also]
    if run is not None:
        subjects.append(Subject("dispatch", run.public_id))
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=tip.division_code,
        owner_org=tip.owner_org,
        case_id=tip.case_id,
        summary=summary,
        basis=basis,
        is_basis_typed=is_basis_typed,
        changes=changes,
        happened_at=happened_at,
    )
    live.hint("tips", tip.division_code, tip.owner_org)
    if run is not None:
        live.hint("dispatches", run.division_code, run.owner_org)
