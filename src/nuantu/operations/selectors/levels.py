"""The operating level of a division."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nuantu.core.subjects import Subject
from nuantu.operations.models import LevelState
from nuantu.operations.rules.places import chain
from nuantu.planbook.levels import NORMAL


@dataclass(frozen=True, slots=True)
class LevelNow:
    """The level that counts, since when, until when it is expected, and what made it so."""

    level: str
    since: datetime | None
    until: datetime | None
    cause_subject: Subject | None
    reason: str
    division_code: str

    @property
    def is_normal(self) -> bool:
        return self.level == NORMAL.code


def level_of(division_code: str, at: datetime) -> LevelNow:
    """The level of a place: the newest setting for it or for a division above it."""
    return levels_of([division_code], at)[division_code]


def levels_of(division_codes: Iterable[str], at: datetime) -> dict[str, LevelNow]:
    """The levels of several places in one query."""
    chains = {code: chain(code) for code in division_codes}
    every = {code for codes in chains.values() for code in codes}
    newest = {
        state.division_id: state
        for state in LevelState.objects.filter(division_id__in=every, since__lte=at)
        .order_by("division_id", "-since", "-id")
        .distinct("division_id")
    }
    return {
        code: _now(code, [newest[above] for above in codes if above in newest])
        for code, codes in chains.items()
    }


def level_history(division_code: str) -> QuerySet[LevelState]:
    """Every setting that ever counted for a place, newest first."""
    return (
        LevelState.objects.filter(division_id__in=chain(division_code))
        .select_related("division")
        .order_by("-since", "-id")
    )


def _now(division_code: str, states: list[LevelState]) -> LevelNow:
    if not states:
        return LevelNow(NORMAL.code, None, None, None, "", division_code)
    state = max(states, key=lambda found: (found.since, found.pk))
    cause = Subject(state.cause_kind, state.cause_id) if state.cause_id else None
    return LevelNow(
        level=state.level,
        since=state.since,
        until=state.until,
        cause_subject=cause,
        reason=state.reason,
        division_code=division_code,
    )
