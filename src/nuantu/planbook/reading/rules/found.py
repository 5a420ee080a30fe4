"""What a rule gives: a value for a fact, where it stands, and how sure the rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from nuantu.planbook.reading.grammar.days import Calendar
from nuantu.planbook.reading.page import Page


@dataclass(frozen=True, slots=True)
class Found:
    """One value for one fact. ``start`` and ``end`` are places of the normalised text."""

    path: str
    value: Any
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier rules made certain and later ones build on."""

    calendar: Calendar = field(default_factory=Calendar)
    operation_type: str | None = None
    title: str = ""
    is_titled: bool = True
    issuer: str | None = None
    phase_spans: tuple[tuple[int, int], ...] = ()


Rule = Callable[[Page, Known], Iterable[Found]]
