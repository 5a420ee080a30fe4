"""Who is looked for and who has simply gone, when a bed is empty at roll-call.

A capable adult may leave at any time and is recorded as gone (国务院令第381号 第11条, EL-06). A minor,
somebody without capacity and somebody who is known to get lost are looked for at once.
"""

from collections.abc import Iterable
from typing import Literal

from nuantu.persons.rules.classes import CAPACITY_IN_DOUBT

LOOKED_FOR = CAPACITY_IN_DOUBT | {"minor", "easily_lost_person"}

Verdict = Literal["missing", "gone"]


def verdict(*, may_be_child: bool, care_level: str, classes: Iterable[str]) -> Verdict:
    """What an absence without a word means: `missing` raises the alarm, `gone` is noted.

    In doubt, and for whoever cannot look after himself at all (`full`), it is the alarm.
    """
    if may_be_child or care_level == "full" or LOOKED_FOR.intersection(classes):
        return "missing"
    return "gone"
