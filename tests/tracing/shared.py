"""A pair whose report another organisation holds, and the letters about it; everybody is invented."""

from typing import Any

from nuantu.core import clock, scope
from nuantu.letters import services as letters
from nuantu.letters.models import Letter
from nuantu.tracing import services
from nuantu.tracing.models import Match
from tests.cast import Cast
from tests.tracing import matching, missing

PURPOSE = {"purpose": "核对本站一名身份不明的人"}
YES = letters.Said("yes", "同意提供，请保密")


def a_far_match(cast: Cast, **more: Any) -> Match:
    """A pair of a man of 凯里 and a report that the station of 贵阳 took."""
    agreed = more.pop("agreed", missing.consent(purposes=("compare", "share")))
    far = cast.outsider.actor
    with scope.enter(scope.of_actor(far)):
        report = services.take_report(
            actor=far,
            at=clock.now(),
            said=missing.said(marks=("missing_finger",), **more.pop("told", {})),
            consent=agreed,
            **more,
        )
    return matching.a_match(cast, report=report, words="")


def asked(cast: Cast, match: Match) -> Letter:
    """The holder's copy of the letter that asks for the report."""
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        sent = services.ask_for_report(actor=actor, at=clock.now(), match=match, **PURPOSE)
    with scope.system("a test looks at the other side"):
        return Letter.objects.get(letter_id=sent.letter_id, direction="in")


def answers(cast: Cast, copy: Letter, said: letters.Said = YES) -> None:
    """What the station of 贵阳 answers."""
    far = cast.outsider.actor
    with scope.enter(scope.of_actor(far)):
        letters.answer(actor=far, at=clock.now(), letter=copy, said=said)
