"""Which ends of a contact the office would refuse, told to a phone that can ask nobody.

Worked out by the same judgement, one chip at a time; what the phone then sends is judged anew.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from nuantu.core.actors import Actor
from nuantu.encounters.forms.contact import TICKED
from nuantu.encounters.models import Capacity, Condition
from nuantu.encounters.rules.contact import Place
from nuantu.encounters.selectors.advising import Advice, advise
from nuantu.encounters.selectors.judging import Judgement, judge
from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.rescue import Gate

Closed = dict[str, Any]


def closed_ends(actor: Actor, at: datetime) -> list[Closed]:
    """What a chip, a class, the capacity or an age closes: name and value of the field (or an age
    `below`), the ends (codes), why in words, whom to call, what the rules say besides, and the legal
    bases of taking somebody along all the same."""
    return [row for row in _rows(actor, at) if row["ends"] or row["calls"] or row["says"]]


def _rows(actor: Actor, at: datetime) -> Iterator[Closed]:
    place = Place(words="", division_code=actor.division_code)

    def row(name: str, said: dict[str, Any], judged: Judgement) -> Closed:
        told = advise(actor, judged, place=place, outcome="", gate=Gate(), mode="", at=at)
        return {"name": name, **said, **_told(told)}

    def judged(**said: Any) -> Judgement:
        return judge(division_code=place.division_code, at=at, **said)

    for chip in Condition.values:
        yield row("conditions", {"value": chip}, judged(seen=(chip,)))
    for code in TICKED:
        yield row("classes", {"value": code.value}, judged(classes=(code.value,)))
    for able in Capacity.values:
        yield row("capacity", {"value": able}, judged(capacity=able))
    adult = judged().lines.minor
    young = Age(adult - 1, adult - 1, is_estimated=False)
    yield row("age", {"below": adult}, judged(age=young))


def _told(advice: Advice) -> Closed:
    calls = [{"number": one.number, "label": one.label} for one in advice.tells]
    return {
        "ends": list(advice.closed),
        "why": advice.why_not,
        "calls": calls,
        "says": list(advice.says),
        "bases": list(advice.bases),
    }
