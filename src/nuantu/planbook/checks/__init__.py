"""What a program can find wrong with a plan; each finding names the clause."""

from __future__ import annotations

from nuantu.planbook.checks import (
    dating,
    doubles,
    giving,
    helping,
    legality,
    parents,
    sums,
    wording,
)
from nuantu.planbook.findings import Finding, moved
from nuantu.planbook.schema import Plan

ORDER = {"error": 0, "warning": 1, "question": 2}


def check(plan: Plan, parent: Plan | None = None, *, shift_days: int = 0) -> tuple[Finding, ...]:
    """All findings of a plan, errors first; with its parent also what the two disagree on.

    Dates are resolved for the year of the plan's own instance; ``shift_days`` moves the days that
    are told, where the operation itself was moved. Days of the law stay.
    """
    found = [
        *(moved(finding, shift_days) for finding in dating.check(plan)),
        *doubles.check(plan),
        *legality.check(plan),
        *sums.check(plan),
        *helping.check(plan),
        *giving.check(plan),
        *wording.check(plan),
        *(moved(row, shift_days) for row in (parents.check(plan, parent) if parent else ())),
    ]
    settled = parents.answered(parent) if parent else frozenset[str]()
    left = [finding for finding in found if finding.code not in settled]
    return tuple(sorted(left, key=lambda finding: ORDER[finding.level]))
