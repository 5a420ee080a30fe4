"""What this package must know of a case, told by the package that owns cases.

`persons` registers how the people of cases are called to a reader, who is found by a name, and
whether what is sealed in a case may be opened. Without it only the holder opens.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from nuantu.core.actors import Actor


@dataclass(frozen=True, slots=True)
class CaseWords:
    """How a case is called to a reader: its number, who it is about, whether he is masked."""

    number: str
    called: str
    url: str
    is_masked: bool = False


Names = Callable[[Iterable[UUID], datetime], Mapping[UUID, CaseWords]]
Finder = Callable[[Actor, str], Iterable[UUID]]
Gate = Callable[[Actor, Any, datetime], bool]


@dataclass(frozen=True, slots=True)
class _Told:
    names: Names
    find: Finder
    gate: Gate


_told: list[_Told] = []


def tell_of_cases(*, names: Names, find: Finder, gate: Gate) -> None:
    """Called once by the package that owns cases when the apps are ready."""
    _told[:] = [_Told(names, find, gate)]


def words_of(case_ids: Iterable[UUID], at: datetime) -> Mapping[UUID, CaseWords]:
    """How cases are called, those that the reader may see."""
    return _told[0].names(case_ids, at) if _told else {}


def cases_called(actor: Actor, text: str) -> Iterable[UUID]:
    """Cases of people who are found by this text; a query where the owner gives one."""
    return _told[0].find(actor, text) if _told else ()


def may_open_case(actor: Actor, row: Any, at: datetime) -> bool:
    """Whether what is sealed in the case of this row may be opened to the actor."""
    return _told[0].gate(actor, row, at) if _told else bool(row.owner_org == actor.org_code)
