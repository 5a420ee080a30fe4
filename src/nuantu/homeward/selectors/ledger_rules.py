"""What the plans say of the ledger at a place and a moment: grounds, points, cadence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nuantu.homeward.rules import risk
from nuantu.homeward.rules.revisits import Cadence, months_between
from nuantu.homeward.rules.risk import Weights
from nuantu.operations.selectors import rules_at
from nuantu.planbook import lunar
from nuantu.planbook.rulebook import RuleBook

FEASTS = ("腊八", "春节")
LEVELS = (risk.HIGH, risk.MIDDLE, risk.LOW)
SITUATIONS: dict[str, str | Promise] = {
    risk.RETURNS: _("近期又接受救助"),
    risk.MISSED: _("回访没有见到"),
    risk.LOCKED: _("被家人关锁"),
    risk.NO_FAMILY: _("没有家人"),
    risk.WEAK_FAMILY: _("家人照看不了"),
    risk.NO_CARD: _("残疾人证应办未办"),
    risk.NO_BAND: _("不愿佩戴手环"),
    risk.OLD: _("高龄"),
    risk.CHILD: _("年幼"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A criterion for entering somebody, as the plan or the national default says it."""

    code: str
    zh: str
    en: str
    points: int
    source: str

    @property
    def said(self) -> str:
        """In the language of the page."""
        return self.en if (get_language() or "").startswith("en") else self.zh


def grounds_at(division_code: str, at: datetime) -> dict[str, Ground]:
    """The criteria of a place, by key."""
    found = {}
    for one in rules_at(division_code, at).every("ledger.ground"):
        value = cast("dict[str, Any]", one.value)
        zh = str(value["says"])
        found[one.key] = Ground(
            one.key, zh, str(value.get("says_en") or zh), int(value.get("points", 0)), one.source
        )
    return found


def _number(book: RuleBook, kind: str, key: str) -> int:
    return int(book.need(kind, key=key).number)


def weights_at(division_code: str, at: datetime) -> Weights:
    """The points that make a risk."""
    book = rules_at(division_code, at)
    return Weights(
        grounds={code: one.points for code, one in grounds_at(division_code, at).items()},
        situations={code: _number(book, "ledger.points", code) for code in risk.SITUATIONS},
        middle=_number(book, "ledger.level", risk.MIDDLE),
        high=_number(book, "ledger.level", risk.HIGH),
        old_from=_number(book, "ledger.age", "old_from"),
        child_below=_number(book, "ledger.age", "child_below"),
    )


def cadence_at(division_code: str, at: datetime) -> Cadence:
    """How often somebody is visited."""
    book = rules_at(division_code, at)

    def of(kind: str) -> dict[str, int]:
        return {level: _number(book, kind, level) for level in LEVELS}

    def months(name: str) -> frozenset[int]:
        first, last = (_number(book, "ledger.season", f"{name}_{end}") for end in ("from", "to"))
        return months_between(first, last)

    return Cadence(
        usual=of("ledger.visit"),
        in_season=of("ledger.visit_season"),
        season_months=months("cold") | months("heat"),
        lead=int(book.need("ledger.feast").number),
    )


def feasts_after(day: date) -> list[date]:
    """腊八 and the Spring Festival of the year that follows a day; the visit falls on the eve of the latter."""
    found = []
    for year in (day.year - 1, day.year, day.year + 1):
        for name in FEASTS:
            feast = lunar.day_named(year, name) - timedelta(days=name == "春节")
            if day < feast <= day + timedelta(days=366):
                found.append(feast)
    return sorted(found)


@dataclass(frozen=True, slots=True)
class ReasonSaid:
    """A reason of the risk in words."""

    said: str
    points: int
    count: int


def reasons_said(reasons: Iterable[str], grounds: dict[str, Ground]) -> list[ReasonSaid]:
    """Reasons as they were kept, in the language of the page; a criterion that the plan dropped keeps its key."""
    found = []
    for code, points, count in (one.split() for one in reasons):
        ground = grounds.get(code)
        said = ground.said if ground else str(SITUATIONS.get(code, code))
        found.append(ReasonSaid(said, int(points), int(count)))
    return found
