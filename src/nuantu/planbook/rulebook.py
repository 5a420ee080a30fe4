"""What holds here and now: own plan, else parent plan, else national default, and from which clause.

A look-up names the rule kind and, where it matters, the operating level, the class of place or
person and a key. Kinds marked ``strictest`` take the strictest *figure* of the own plan and all its
parents; a word without a figure is shown beside it and never beats it (X56).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from nuantu.planbook.kinds import Kind, kind as kind_of
from nuantu.planbook.levels import DEFAULT_LEVELS, NORMAL, Level
from nuantu.planbook.text import Text

type_json = object
Value = int | float | str | bool | Sequence[object] | Mapping[str, object] | None
Status = Literal["verified", "unverified"]
ANY = "any"
NATIONAL = "national"
PER_WEEK = {"per_day": 7.0, "per_week": 1.0, "per_month": 12 / 52}


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of one plan (or of the national defaults) with the clause it came from.

    ``value`` is None when the text has a word without a figure; the word is in ``words``.
    ``selectors`` are the words a union rule is matched by (warning types, person classes).
    """

    kind: str
    value: Value
    unit: str = ""
    level: str = ""
    place_class: str = ""
    key: str = ""
    words: str = ""
    clauses: tuple[str, ...] = ()
    quote: str = ""
    plan_code: str = NATIONAL
    status: Status = "verified"
    is_derived: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    selectors: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The clause as the screen says it."""
        return "、".join(self.clauses)

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day; both ends count."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Layer:
    """The rules of one plan in force. Layers run from the own plan up to the highest parent."""

    plan_code: str
    title: str
    rules: tuple[Rule, ...]
    levels: tuple[Level, ...] = ()
    season: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What one plan says on the point of a ruling, and whether it won."""

    plan_code: str
    value: Value
    unit: str
    words: str
    source: str
    quote: str
    has_won: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer of a look-up with its provenance; ``compared`` lists every plan that was asked."""

    kind: str
    label: Text
    value: Value
    unit: str
    source: str
    plan_code: str
    status: Status
    quote: str = ""
    words: str = ""
    level: str = ""
    place_class: str = ""
    key: str = ""
    is_derived: bool = False
    compared: tuple[Compared, ...] = ()
    selectors: tuple[str, ...] = ()

    @property
    def number(self) -> float:
        """The value as a number.

        Errors: TypeError when the rule is no figure.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise TypeError(f"{self.kind} is no figure: {self.value!r}")
        return float(self.value)

    @property
    def is_national(self) -> bool:
        """Whether no plan said anything and the national default answered."""
        return self.plan_code == NATIONAL


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules that hold for one division on one day."""

    layers: tuple[Layer, ...]
    defaults: Layer
    on: date
    _index: dict[str, tuple[tuple[Rule, ...], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def find(
        self,
        kind: str,
        *,
        place_class: str | None = None,
        level: str | None = None,
        key: str | None = None,
    ) -> Ruling | None:
        """The ruling on one point, or None when nobody says anything.

        Errors: KeyError for a kind that does not exist.
        """
        which = kind_of(kind)
        asked = _Question(place_class or "", self._rank(level), key or "")
        picks = [self._pick(which, rules, asked) for rules in self._rules_of(kind)]
        plans, national = picks[:-1], picks[-1]
        winner = _winner(which, plans) or national or next((p for p in plans if p), None)
        if winner is None:
            return None
        return _ruling(which, winner, [pick for pick in picks if pick])

    def need(
        self,
        kind: str,
        *,
        place_class: str | None = None,
        level: str | None = None,
        key: str | None = None,
    ) -> Ruling:
        """Like ``find``, for kinds that the national defaults always answer.

        Errors: LookupError when nobody says anything.
        """
        ruling = self.find(kind, place_class=place_class, level=level, key=key)
        if ruling is None:
            raise LookupError(f"no plan and no national default says anything on {kind}")
        return ruling

    def every(self, kind: str, *, level: str | None = None) -> tuple[Ruling, ...]:
        """All rulings of a union kind, own plan first; a key said twice is taken from the nearer plan.

        ``level`` leaves out what begins at a higher level.
        """
        which = kind_of(kind)
        rank = self._rank(level) if level else None
        found: dict[object, Ruling] = {}
        for rules in self._rules_of(kind):
            for rule in rules:
                if rank is not None and rule.level and self._rank(rule.level) > rank:
                    continue
                name: object = rule.key or (rule.selectors, rule.colours, rule.clauses)
                if name not in found:
                    found[name] = _ruling(which, rule, [rule])
        return tuple(found.values())

    def rules(self, kind: str) -> Iterator[Rule]:
        """Every rule of a kind in force, own plan first, national default last."""
        for rules in self._rules_of(kind):
            yield from rules

    def level(self, code: str) -> Level:
        """The level with this code; a code that no plan names is the normal level."""
        return self.levels.get(code, NORMAL)

    @property
    def levels(self) -> dict[str, Level]:
        """Every operating level that counts here, in rising order."""
        named = {level.code: level for layer in reversed(self.layers) for level in layer.levels}
        every = {level.code: level for level in DEFAULT_LEVELS} | named
        return dict(sorted(every.items(), key=lambda item: item[1].rank))

    def _rank(self, level: str | None) -> int:
        return self.level(level or NORMAL.code).rank

    def _rules_of(self, kind: str) -> tuple[tuple[Rule, ...], ...]:
        if kind not in self._index:
            self._index[kind] = tuple(
                tuple(rule for rule in layer.rules if rule.kind == kind and rule.holds_on(self.on))
                for layer in (*self.layers, self.defaults)
            )
        return self._index[kind]

    def _pick(self, which: Kind, rules: Iterable[Rule], asked: _Question) -> Rule | None:
        """The rule of one plan that fits best: exact key and place before general, nearest level."""
        fitting = [rule for rule in rules if asked.is_met_by(rule, self._rank)]
        if not fitting:
            return None
        nearest = _nearest(fitting, self._rank)
        figures = [rule for rule in nearest if rule.value is not None]
        if which.strictest and figures:
            return max(figures, key=lambda rule: strictness(which, rule))
        return nearest[0]


@dataclass(frozen=True, slots=True)
class _Question:
    place_class: str
    rank: int
    key: str

    def is_met_by(self, rule: Rule, rank_of: object) -> bool:
        rank = rank_of(rule.level)  # type: ignore[operator]
        return (
            rule.place_class in ("", self.place_class)
            and rule.key in ("", ANY, self.key)
            and rank <= self.rank
        )
