"""A warning opens the sweep that the plan asks for."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from nuantu.accounts.models import Division
from nuantu.accounts.selectors import bureau_of
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.subjects import Subject
from nuantu.core.turns import wait_for_turn
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import Sweep
from nuantu.patrols.selectors import ordering
from nuantu.patrols.services.sweeping import Order, open_sweep
from nuantu.warnings.models import Coverage

EPISODE: Final = "warning"
WHY: Final = "a warning orders the sweep that the plan of the county asks for"


def sweep_on_warning(*, at: datetime, warning: UUID, division_code: str) -> list[Sweep]:
    """Order the sweeps that the plans in force want on such a warning in a county (P14-27).

    Once in an episode, and not while one by the same clause still runs; returns what was ordered.
    Nothing is ordered where the warning no longer holds or no bureau answers for the county.
    """
    with transaction.atomic(), scope.system(WHY):
        wait_for_turn(f"patrols.warned:{division_code}")  # two may want the same sweep
        rows = Coverage.objects.filter(phase=Coverage.Phase.IN_FORCE, division_code=division_code)
        coverage = rows.select_related("warning").filter(warning__public_id=warning).first()
        bureau = bureau_of(division_code)
        if coverage is None or bureau is None:
            return []
        wanted = ordering.sweeps_on(division_code, at, coverage.warning.event_name)
        # One after the other: own and parent plan may name one clause, and the first holds the second up.
        return [
            _order(at, coverage, rule, bureau.code)
            for rule in wanted
            if not _is_ordered(coverage, rule.clause, at)
        ]


def _is_ordered(coverage: Coverage, clause: str, at: datetime) -> bool:
    same = Sweep.objects.filter(division_code=coverage.division_code, clause=clause[:60])
    runs = same.filter(closed_at=None, due_at__gt=at).exists()
    return runs or same.filter(cause_id=coverage.root_id).exists()


def _order(at: datetime, coverage: Coverage, rule: ordering.SweepRule, bureau: str) -> Sweep:
    county = coverage.division_code
    hours = rule.within_hours or rules_at(county, at).need("sweep.on_warning").number
    division = Division.objects.get(code=county)
    order = Order(
        division=division,
        name=f"{coverage.warning.event_name}预警摸排 {clock.local(at):%Y-%m-%d}",
        due_at=at + timedelta(hours=hours),
        cut_by="town",
        kinds=tuple(ordering.kinds_named(county, at)),
        clause=rule.clause,
        cause=Subject(EPISODE, coverage.root_id),
    )
    towns = ordering.divisions_below(division, "town")
    return open_sweep(SYSTEM, at, order, rule, towns, owner_org=bureau)
