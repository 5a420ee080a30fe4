"""A plan is changed or closed while somebody works under it, on two real connections: both come through."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from nuantu.core import journal, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import still_open
from nuantu.operations.services import change_plan, close_plan, complete_duty, open_recurring
from nuantu.planbook import files
from tests import builders
from tests.cast import BUREAU, COUNTY, assemble

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
P1 = files.packaged_text("P1")
MOMENT = 0.7  # seconds in which the other one comes to wait


Work = Callable[[threading.Event], None]


def _meanwhile(work: Work, other: Callable[[], Operation]) -> None:
    """`other` begins when `work` says so and ends after it; either's error is raised."""
    ready = threading.Event()

    def worked() -> None:
        try:
            with scope.system("somebody works under the plan"):
                work(ready)
        finally:
            ready.set()
            connections.close_all()

    def meets() -> None:
        ready.wait(10)
        try:
            other()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(worked), pool.submit(meets)]:
            done.result(30)


def _while_changing(operation: Operation, at: datetime, work: Work) -> None:
    text = P1.replace("due: Y-12-20", "due: Y-12-25", 1)
    given: dict[str, Any] = {"reason": "补充通知", "from_version": 1, "text": text}
    _meanwhile(work, lambda: change_plan(actor=SYSTEM, at=at, operation=operation, **given))


def _while_closing(operation: Operation, at: datetime, work: Work) -> None:
    Duty.objects.filter(operation=operation, kind="report.submit").update(
        state=Duty.State.CANCELLED, cancel_reason="另报"
    )
    dropped = {group.kind: "不再办" for group in still_open(operation).tasks}
    given: dict[str, Any] = {"note": "行动结束", "dropped": dropped}
    _meanwhile(work, lambda: close_plan(actor=SYSTEM, at=at, operation=operation, **given))


def test_a_report_ticked_off_while_the_plan_changes_stays_done(evening: datetime) -> None:
    """The change waits for the tick and leaves the report alone."""
    assemble()
    operation = builders.a_plan("P1", "LX-5226", evening)
    duty = Duty.objects.get(operation=operation, title="当地行动方案", owner_org=BUREAU)

    def ticks(ready: threading.Event) -> None:
        complete_duty(actor=SYSTEM, at=evening, duty=duty)
        ready.set()
        time.sleep(MOMENT)

    _while_changing(operation, evening, ticks)
    operation.refresh_from_db()
    duty.refresh_from_db()
    assert (operation.version, duty.state) == (2, "done")


def test_patrols_are_opened_while_the_plan_changes(evening: datetime) -> None:
    """The job holds a county and writes under the plan that the change holds: no deadlock."""
    assemble()
    operation = builders.a_plan("P1", "LX-5226", evening)
    later = evening + timedelta(days=7)

    def opens(ready: threading.Event) -> None:
        open_recurring(actor=SYSTEM, at=evening, division_code=COUNTY)  # the county is held
        ready.set()
        time.sleep(MOMENT)
        assert open_recurring(actor=SYSTEM, at=later, division_code=COUNTY)

    _while_changing(operation, evening, opens)
    operation.refresh_from_db()
    assert operation.version == 2


def test_patrols_opened_while_the_plan_is_closed_end_with_it(evening: datetime) -> None:
    """The closing waits for the job that holds the county, and takes back what it opened."""
    assemble()
    operation = builders.a_plan("P1", "LX-5226", evening)
    later = evening + timedelta(days=7)

    def opens(ready: threading.Event) -> None:
        assert open_recurring(actor=SYSTEM, at=later, division_code=COUNTY)
        ready.set()
        time.sleep(MOMENT)

    _while_closing(operation, later, opens)
    operation.refresh_from_db()
    assert operation.closed_at
    assert not Duty.objects.filter(operation=operation, state="open").exists()


def test_a_task_ticked_off_while_the_plan_is_closed_is_not_said_to_be_taken_back(
    evening: datetime,
) -> None:
    """The closing waits for the tick; its journal line names only what it took back itself."""
    assemble()
    operation = builders.a_plan("P1", "LX-5226", evening)
    task = Duty.objects.filter(operation=operation, kind="plan.task").earliest("pk")

    def ticks(ready: threading.Event) -> None:
        complete_duty(actor=SYSTEM, at=evening, duty=task)
        ready.set()
        time.sleep(MOMENT)

    _while_closing(operation, evening, ticks)
    task.refresh_from_db()
    said = [line.verb for line in journal.timeline(Subject("duty", task.public_id))]
    assert task.state == "done"
    assert "operations.plan.close" not in said
