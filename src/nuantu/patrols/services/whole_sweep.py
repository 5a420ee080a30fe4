"""A great survey that a plan orders is owed until every town was looked over once (P10-04)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.selectors import bureau_of
from nuantu.core import scope
from nuantu.core.actors import SYSTEM
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.turns import wait_for_turn
from nuantu.operations.models import Duty
from nuantu.operations.services import DutyClosed, complete_duty, open_duty
from nuantu.operations.services.duties import renew_duty
from nuantu.patrols.selectors.rounds import Round, rounds
from nuantu.patrols.services.next_week import counties_in_plans
from nuantu.planbook import deadlines

WHOLE: Final = "sweep.whole"
WHY: Final = "a bureau owes the great survey that the plan of its county orders"


def owe_whole_sweeps(*, at: datetime) -> int:
    """Owe each great survey until the last day of its plan; how many were opened.

    Kept when every town is covered; on the last day the duty names the towns that are not. May run
    twice.
    """
    with scope.system(WHY):
        return sum(
            _owe(county, found, at)
            for county in counties_in_plans()
            for found in rounds(county, at)
        )


def _owe(county: str, found: Round, at: datetime) -> int:
    bureau = bureau_of(county)
    due_at = deadlines.end_of(found.last_day)
    with transaction.atomic():
        wait_for_turn(f"{WHOLE}:{county}")
        key = f"{WHOLE}:{county}:{found.operation.public_id}:{found.clause}"[:120]
        duty = Duty.objects.filter(recurrence=key).first()
        if duty is not None:
            _look_again(duty, found, at)
            return 0
        if bureau is None or not found.left:
            return 0
        open_duty(
            actor=SYSTEM,
            at=at,
            kind=WHOLE,
            title=f"大排查：{found.total} 个乡镇都要排查到",
            title_en=f"Great survey: towns to be looked over: {found.total}",
            subject=Subject("operation", found.operation.public_id),
            owner_org=bureau.code,
            division_code=county,
            due_at=due_at,
            basis=f"{found.operation.plan_code} {found.clause}",
            basis_rule=found.clause[:60],
            operation=found.operation,
            recurrence=key,
        )
    return 1


def _look_again(duty: Duty, found: Round, at: datetime) -> None:
    if duty.state != Duty.State.OPEN:
        return
    try:
        if not found.left:
            complete_duty(actor=SYSTEM, at=at, duty=duty, note=stored(_("每个乡镇都排查到了")))
        elif at > duty.due_at - timedelta(days=1):
            names = "、".join(town.name for town, _area in found.left)
            title = f"大排查没有排查到：{names}"[:200]
            if duty.title != title:
                renew_duty(
                    actor=SYSTEM,
                    at=at,
                    duty=duty,
                    title=title,
                    title_en=f"Great survey: towns not looked over: {len(found.left)}",
                    due_at=duty.due_at,
                    basis=duty.basis,
                )
    except DutyClosed:
        return
