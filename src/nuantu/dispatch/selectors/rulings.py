"""What the plans in force say about tips: limits, parameters, the notification matrix."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from nuantu.dispatch.rules.duplicates import Bounds
from nuantu.dispatch.rules.limits import Figure, Limits
from nuantu.dispatch.rules.notices import Line
from nuantu.operations.selectors import rules_at
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import NATIONAL, Ruling
from nuantu.routing import TravelParams, drive_params


@dataclass(frozen=True, slots=True)
class Rulings:
    """What intake and dispatch need to know of a place at a moment, read once."""

    book: RuleBook
    limits: Limits
    amber_share: float
    travel: TravelParams
    lines: tuple[Line, ...]

    @property
    def duplicate_bounds(self) -> Bounds:
        """How near in place and time a possible duplicate lies."""
        return Bounds(
            self.book.need("tip.duplicate_radius").number,
            self.book.need("tip.duplicate_window").number,
        )

    def minutes(self, kind: str) -> float:
        """A parameter in minutes."""
        return self.book.need(kind).number


def rulings_at(division_code: str, at: datetime) -> Rulings:
    """The rules of dispatch for a place; one query, the rest is kept per rule book."""
    return _compose(rules_at(division_code, at))


# Rule books are immutable and shared by operations, so what is read from one can be kept.
@lru_cache(maxsize=512)
def _compose(book: RuleBook) -> Rulings:
    return Rulings(
        book=book,
        limits=Limits(
            near=_figure(book.need("response.limit", key="near")),
            far=_figure(book.need("response.limit", key="far")),
            far_travel_minutes=int(book.need("response.far_travel").number),
        ),
        amber_share=book.need("clock.amber_share").number,
        travel=_travel(book),
        lines=tuple(_line(ruling) for ruling in book.every("notify")),
    )


def _figure(ruling: Ruling) -> Figure:
    return Figure(int(ruling.number), basis_of(ruling), ruling.source[:60])


def basis_of(ruling: Ruling) -> str:
    """A ruling as the clock shows it: plan and clause, the word of the text, the source."""
    names_plan = ruling.is_national or ruling.source.startswith(ruling.plan_code)
    where = "" if names_plan else f"{ruling.plan_code} "
    quote = f"「{ruling.quote}」" if ruling.quote else ""
    return f"{where}{ruling.source}{quote}"[:200]


def _travel(book: RuleBook) -> TravelParams:
    speed = book.need("travel.speed")
    return drive_params(
        speed_kmh=speed.number,
        detour=book.need("travel.detour").number,
        ready_minutes=book.need("travel.ready").number,
        source=basis_of(speed),
    )


def _line(ruling: Ruling) -> Line:
    value = cast("dict[str, Any]", ruling.value)
    return Line(
        finder=str(value["finder"]),
        classes=frozenset(ruling.selectors) or frozenset({"any"}),
        tell=tuple(value["tell"]),
        basis=ruling.source if ruling.plan_code == NATIONAL else basis_of(ruling),
        outcome=str(value.get("outcome", "any")),
        order=str(value.get("order", "together")),
    )


def notice_lines(division_code: str, at: datetime) -> tuple[Line, ...]:
    """The notification matrix for a place."""
    return rulings_at(division_code, at).lines


def guidance_ruling(division_code: str, at: datetime) -> Ruling | None:
    """What the plan says about help by phone where no team can come in time (P1-45)."""
    return rules_at(division_code, at).find("response.remote_guidance")
