"""Clocks that follow what is known of a resident: a birthday, a proven age, a sign found or withdrawn."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty
from nuantu.persons.models import Person
from nuantu.persons.selectors.same import same_human
from nuantu.stays.models import Stay
from nuantu.stays.rules import clocks
from nuantu.stays.selectors.known import known_of
from nuantu.stays.services.clocks import begin, owed
from nuantu.stays.services.holding import hold_stay

_NO_TERM = "不适用十日期限，改为定下一步"
_TERM = "适用十日期限，改为期满决定"


def watch_stays(*, at: datetime) -> int:
    """Once a night: no stay without a clock, and none with the wrong one; how many were mended.

    Call it under the system scope.
    """
    here = Stay.objects.filter(left_at=None).select_related("person", "reception")
    return _settle_all(here.order_by("pk").iterator(), at)


def settle_person(*, at: datetime, person: Person) -> int:
    """The same for the stays of one human, right after something about him was put right."""
    here = Stay.objects.filter(left_at=None, person__in=same_human(person))
    return _settle_all(here.select_related("person", "reception"), at)


def _settle_all(stays: Iterable[Stay], at: datetime) -> int:
    return sum(settle_clocks(actor=SYSTEM, at=at, stay=stay) for stay in stays)


def settle_clocks(*, actor: Actor, at: datetime, stay: Stay) -> bool:
    """Bring the clocks of a stay in line with what is known now; whether anything changed.

    What starts late runs from the entry too, with a day at least to act in.
    """
    with together():
        if not hold_stay(stay):
            return False
        running = owed(stay)
        switch = clocks.switched(known_of(stay, at), [duty.kind for duty in running])
        for duty in running:
            if duty.kind in switch.stops:
                reason = _NO_TERM if duty.kind == clocks.DECIDE else _TERM
                cancel_duty(actor=actor, at=at, duty=duty, reason=reason)
        grace = rules_at(stay.division_code, at).need("vague.clock", key="paper").number
        soonest = at + timedelta(minutes=grace)
        for kind in switch.starts:
            start = at if kind in clocks.UNKNOWN else stay.entered_at
            begin(actor=actor, at=at, stay=stay, kind=kind, start=start, soonest=soonest)
    return bool(switch.starts or switch.stops)
