"""What `--prove` of `./nuantu patrol solve` and `check` does."""

from __future__ import annotations

import sys

from nuantu.routing.bounding import MOST_PLACES, Round, tight_bound, zone_bound
from nuantu.routing.problem import Problem


def prove(problem: Problem, seconds: float, language: str) -> float:
    """The closest bound proven in these computing seconds; told on the error stream."""

    def tell(found: Round) -> None:
        if found.number % 10:
            return
        text = f"上界 {found.bound:.2f}", f"bound {found.bound:.2f}"
        print(text[language == "en"], file=sys.stderr, flush=True)

    def tell_zone(number: int, _bound: float) -> None:
        text = f"第 {number + 1} 片已算", f"zone {number + 1} priced"
        print(text[language == "en"], file=sys.stderr, flush=True)

    if len(problem.locations) > MOST_PLACES:
        return zone_bound(problem, seconds=seconds, progress=tell_zone)
    return tight_bound(problem, seconds=seconds, progress=tell)
