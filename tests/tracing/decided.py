"""Pairs that were checked and decided; everybody is invented."""

from typing import Any

from nuantu.core import clock, scope
from nuantu.tracing import services
from nuantu.tracing.models import Match, MissingReport
from tests.cast import Cast, Player
from tests.tracing import missing

ASKED = {
    "kind": "question",
    "question": "家里的狗叫什么",
    "person_said": "阿黄",
    "family_said": "阿黄",
    "result": "fits",
}
SHOWN = {"kind": "photo_person", "result": "fits"}
WILLING = {"kind": "willing", "result": "fits"}


def agreed(cast: Cast, **more: Any) -> MissingReport:
    """A report whose searcher may be contacted."""
    consent = missing.consent(purposes=("compare", "contact"))
    return missing.a_report(cast, agreed=consent, marks=("missing_finger",), **more)


def checked(who: Player, match: Match, *rows: dict[str, Any]) -> None:
    """Puts checks down, the three that everybody needs unless told."""
    with scope.enter(scope.of_actor(who.actor)):
        for row in rows or (ASKED, SHOWN, WILLING):
            services.check_match(
                actor=who.actor, at=clock.now(), match=match, **{"question": "", **row}
            )


def confirmed(cast: Cast, match: Match) -> Match:
    """The tracing officer proposes, the head of the station confirms."""
    first, second = cast.tracing_officer.actor, cast.station_head.actor
    with scope.enter(scope.of_actor(first)):
        services.propose_match(
            actor=first, at=clock.now(), match=match, reason="都对上了", is_warned=True
        )
    with scope.enter(scope.of_actor(second)):
        return services.confirm_match(
            actor=second, at=clock.now(), match=match, found_by="match", is_warned=True
        )
