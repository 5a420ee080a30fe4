"""Towns without a team of their own are named before the season that asks for one begins (S1-03)."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Division
from nuantu.accounts.selectors import bureau_of
from nuantu.core import scope
from nuantu.core.actors import SYSTEM
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.turns import wait_for_turn
from nuantu.operations.models import Duty
from nuantu.operations.selectors import operations_at, rules_at
from nuantu.operations.services import DutyClosed, complete_duty, open_duty
from nuantu.patrols.selectors.cover import towns_without_own_team
from nuantu.patrols.selectors.vague import own_force_clauses
from nuantu.patrols.services.next_week import counties_in_plans
from nuantu.planbook import deadlines

FORCE: Final = "patrol.own_team"
WHY: Final = "towns without a team of their own are named to the bureau of their county"
NAMED: Final = 3


def owe_own_teams(*, at: datetime) -> int:
    """Owe a team for each town without one of its own, where a plan in force or about to begin asks
    for a dedicated force; how many counties were asked. Kept when every town has one. May run twice."""
    with scope.system(WHY):
        return sum(_owe(county, at) for county in counties_in_plans())


def _owe(county: str, at: datetime) -> int:
    with transaction.atomic():
        wait_for_turn(f"{FORCE}:{county}")
        bureau, clauses = bureau_of(county), own_force_clauses(county, at)
        lacking = towns_without_own_team(county, at) if clauses else []
        open_ones = Duty.objects.filter(kind=FORCE, state=Duty.State.OPEN, division_code=county)
        if not lacking:
            for duty in open_ones:
                _close(duty, at)
            return 0
        if bureau is None or open_ones.exists():
            return 0
        ahead = at + timedelta(days=rules_at(county, at).need("patrol.own_team_by").number)
        operation = operations_at(county, ahead)[0]
        term = rules_at(county, at).need("patrol.area")
        open_duty(
            actor=SYSTEM,
            at=at,
            kind=FORCE,
            title=_title(lacking),
            title_en=f"Towns without a dedicated force: {len(lacking)}",
            subject=Subject("operation", operation.public_id),
            owner_org=bureau.code,
            division_code=county,
            due_at=max(deadlines.start_of(operation.start_date), at + timedelta(days=term.number)),
            basis=clauses[0],
            basis_rule=clauses[0][:60],
            operation=operation,
        )
    return 1


def _title(lacking: list[Division]) -> str:
    names = "、".join(town.name for town in lacking[:NAMED])
    more = f"等 {len(lacking)} 个" if len(lacking) > NAMED else ""
    return f"组织专门力量：{names}{more}还没有自己的队伍"


def _close(duty: Duty, at: datetime) -> None:
    try:
        complete_duty(actor=SYSTEM, at=at, duty=duty, note=stored(_("每个乡镇都有自己的队伍")))
    except DutyClosed:
        return
