"""Let the messages so far take effect: where each stands, the level of each county, its duties.

Everything is computed anew from the messages as issued, so nothing depends on when they came.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from nuantu.core import events, journal, live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import level_of, rules_at
from nuantu.operations.services import set_level
from nuantu.warnings.models import CountyState, Coverage, Warning
from nuantu.warnings.rules.episodes import Phase
from nuantu.warnings.rules.levels import NORMAL
from nuantu.warnings.selectors.folding import (
    Asked,
    CountyFold,
    confirmations,
    fold,
    key_of,
    level_ranks,
    live_counties,
    notices,
)
from nuantu.warnings.services.duties import owe, take_back
from nuantu.warnings.services.storing import answering_org


def settle(*, actor: Actor, at: datetime, counties: Iterable[str]) -> None:
    """Bring the counties to what all messages so far say at a moment."""
    wanted = sorted(set(counties))
    if not wanted:
        return
    with transaction.atomic(), scope.system("warnings set the level of every county they cover"):
        found, confirmed = notices(at), confirmations()
        for county in wanted:
            _settle_county(actor, at, fold(county, found, confirmed, at))


def settle_due(*, at: datetime) -> int:
    """Settle the counties in which a stated end or a hold has run out; returns how many."""
    with scope.system("clocks of warnings"):
        due = set(
            Coverage.objects.filter(phase=Coverage.Phase.IN_FORCE, holds_until__lte=at).values_list(
                "division_code", flat=True
            )
        )
        settle(actor=SYSTEM, at=at, counties=due)
    return len(due)


def settle_running(*, at: datetime) -> int:
    """Settle every county in which a warning holds, after a plan was started; returns how many."""
    with scope.system("a new plan answers the warnings that hold already"):
        counties = live_counties()
        settle(actor=SYSTEM, at=at, counties=counties)
    return len(counties)


def _settle_county(actor: Actor, at: datetime, county: CountyFold) -> None:
    rows = {
        row.warning.public_id: row
        for row in Coverage.objects.filter(division_code=county.county)
        .exclude(phase=Coverage.Phase.LIFTS)
        .select_related("warning")
    }
    changed = [
        (asked, rows[key_of(asked.standing.notice.key)])
        for asked in county.asked
        if key_of(asked.standing.notice.key) in rows
    ]
    changed = [(asked, row) for asked, row in changed if _write(asked, row)]
    _set_level(actor, at, county)
    for asked, row in changed:
        _follow(actor, at, asked, row, county)
    if changed:
        live.hint("warnings", county.county, answering_org(county.county))


def _write(asked: Asked, row: Coverage) -> bool:
    """Write where a message stands; whether anything changed."""
    standing = asked.standing
    ended_by = (
        Warning.objects.filter(public_id=key_of(standing.ended_by)).first()
        if standing.ended_by
        else None
    )
    values: dict[str, object] = {
        "root_id": key_of(standing.root),
        "level": asked.level,
        "level_source": asked.source[:120],
        "phase": standing.phase.value,
        "began_at": standing.since,
        "holds_until": standing.until,
        "ended_at": standing.ended_at,
        "end": standing.end.value if standing.end else "",
        "ended_by_id": ended_by.pk if ended_by else None,
    }
    is_fresh = row.holds_until is None
    if not is_fresh and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    Coverage.objects.filter(pk=row.pk).update(**values)
    return True


def _follow(actor: Actor, at: datetime, asked: Asked, row: Coverage, county: CountyFold) -> None:
    """The duties that a changed standing brings or ends."""
    if asked.standing.phase is Phase.ENDED:
        take_back(actor=actor, at=at, coverage=row, fold=county)
    elif asked.level:
        owe(actor=actor, at=at, coverage=row, asked=asked)
    if asked.standing.phase is Phase.IN_FORCE:
        warning = str(row.warning.public_id)
        events.announce("warnings.warning_in_force", warning=warning, division=row.division_code)


def _set_level(actor: Actor, at: datetime, county: CountyFold) -> None:
    """Ask `operations` for the level, only when what the warnings ask has changed.

    A level that a person set by hand is never lowered by a warning that ends.
    """
    state = CountyState.objects.filter(division_code=county.county).first()
    before = state.level if state else NORMAL
    cause = county.strictest.standing.notice if county.strictest else None
    warning = Warning.objects.filter(public_id=key_of(cause.key)).first() if cause else None
    if before == county.level:
        if state and state.warning_id != (warning.pk if warning else None):
            CountyState.objects.filter(pk=state.pk).update(warning=warning)
        return
    CountyState.objects.update_or_create(
        division_code=county.county,
        defaults={
            "owner_org": answering_org(county.county),
            "level": county.level,
            "warning": warning,
            "changed_at": at,
        },
    )
    now = level_of(county.county, at)
    ranks = level_ranks(rules_at(county.county, at))
    is_by_hand = not now.is_normal and (
        now.cause_subject is None or now.cause_subject.kind != "warning"
    )
    if is_by_hand and ranks.get(now.level, 0) >= ranks.get(county.level, 0):
        _leave_alone(actor, at, county, now.level)
        return
    subject = Subject("warning", warning.public_id) if warning else None
    set_level(
        actor=actor,
        at=at,
        division_code=county.county,
        level=county.level,
        cause=subject,
        until=county.strictest.standing.until if county.strictest else None,
        reason="" if subject else "预警全部结束",
    )


def _leave_alone(actor: Actor, at: datetime, county: CountyFold, level: str) -> None:
    journal.record(
        verb="warnings.level.leave",
        actor=actor,
        at=at,
        subjects=[Subject("warning", key_of(a.standing.notice.key)) for a in county.asked[-1:]],
        division_code=county.county,
        owner_org=answering_org(county.county),
        summary=f"预警要求 {county.level}，人工设定的 {level} 不变",
    )
