"""Runs of teams: list, one, and the steps."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.dispatch import access, services
from nuantu.dispatch.api.callers import caller_with
from nuantu.dispatch.api.shapes import RunOut, RunQuery, RunsOut, StepIn
from nuantu.dispatch.models import Dispatch
from nuantu.dispatch.selectors.runs import run_list

router = Router(tags=["dispatches"])


class Step(StrEnum):
    """What a team or its dispatcher can say about a run."""

    ACCEPT = "accept"
    DEPART = "depart"
    ARRIVE = "arrive"
    FINISH = "finish"
    CHECK_IN = "check-in"
    NOT_FOUND = "not-found"
    DECLINE = "decline"
    RECALL = "recall"


Taker = Callable[[Actor, datetime, Dispatch, StepIn], Dispatch]

_STEPS: dict[Step, Taker] = {
    Step.ACCEPT: lambda actor, at, run, body: services.accept(
        actor=actor, at=at, run=run, phone=body.phone()
    ),
    Step.DEPART: lambda actor, at, run, body: services.depart(
        actor=actor, at=at, run=run, phone=body.phone()
    ),
    Step.ARRIVE: lambda actor, at, run, body: services.arrive(
        actor=actor, at=at, run=run, phone=body.phone()
    ),
    Step.CHECK_IN: lambda actor, at, run, body: services.check_in(
        actor=actor, at=at, run=run, phone=body.phone()
    ),
    Step.FINISH: lambda actor, at, run, body: services.finish(actor=actor, at=at, run=run),
    Step.NOT_FOUND: lambda actor, at, run, body: services.not_found(
        actor=actor, at=at, run=run, reason=body.reason
    ),
    Step.DECLINE: lambda actor, at, run, body: services.decline(
        actor=actor, at=at, run=run, reason=body.reason
    ),
    Step.RECALL: lambda actor, at, run, body: services.recall(
        actor=actor, at=at, run=run, reason=body.reason
    ),
}


@router.get("/dispatches", response=RunsOut, url_name="dispatches_list")
def list_runs(request: HttpRequest, wanted: Query[RunQuery]) -> RunsOut:
    """Runs of the caller's organisation or area, newest first."""
    caller_with(request, access.READ)
    found = run_list(state=wanted.state, tip=wanted.tip)
    shown = found[wanted.offset : wanted.offset + wanted.limit]
    return RunsOut(total=found.count(), items=[RunOut.of(run) for run in shown])


@router.get("/dispatches/{run_id}", response=RunOut, url_name="dispatches_one")
def get_run(request: HttpRequest, run_id: UUID) -> RunOut:
    """One run."""
    return RunOut.of(access.run_for(caller_with(request, access.READ), run_id))


@router.post("/dispatches/{run_id}/{step}", response=RunOut, url_name="dispatches_step")
def press(request: HttpRequest, run_id: UUID, step: Step, body: StepIn) -> RunOut:
    """A step of a run: the team's own member or a dispatcher; a step said twice counts once."""
    actor = caller_with(request, access.ASSIGN if step is Step.RECALL else access.READ)
    run = access.carried_run_for(actor, run_id)
    return RunOut.of(_STEPS[step](actor, clock.now(), run, body))
