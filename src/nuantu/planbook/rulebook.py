"""What holds here and now: own plan, else parent plan, else national default, and from which clause.

A look-up names the rule kind and, where it matters, the operating level, the class of place or
person and a key. Kinds marked ``strictest`` take the strictest *figure* of the own plan and all its
parents; a word without a figure is shown beside it and never beats it (X56).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nuantu.planbook.kinds import Kind
from nuantu.planbook.kinds import kind as kind_of
from nuantu.planbook.levels import DEFAULT_LEVELS, NORMAL, Level
from nuantu.planbook.rules import ANY, Layer, Rule, Ruling, Season, ruling, strictness


@dataclass(frozen=True, slots=True)
class _Point:
    """What is asked: one kind at a level for a class of place and a key."""

    which: Kind
    rank: int
    place_class: str
    key: str

    def exactness(self, rule: Rule) -> tuple[bool, bool]:
        return (rule.key not in ("", ANY), bool(rule.place_class))


class RuleBook:
    """The rules that hold for one division on one day. Immutable; safe to cache and share."""

    def __init__(self, layers: Sequence[Layer], defaults: Layer, on: date) -> None:
        self.layers = tuple(layers)
        self.defaults = defaults
        self.on = on
        self._by_kind: dict[str, list[list[Rule]]] = {}
        for position, layer in enumerate((*self.layers, defaults)):
            for rule in layer.rules:
                if rule.holds_on(on):
                    self._slots(rule.kind)[position].append(rule)
        named = {level.code: level for layer in reversed(self.layers) for level in layer.levels}
        every = {level.code: level for level in DEFAULT_LEVELS} | named
        self.levels = dict(sorted(every.items(), key=lambda item: item[1].rank))

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
        point = _Point(kind_of(kind), self._rank(level), place_class or "", key or "")
        said = [self._said(point, rules) for rules in self._slots(kind)]
        figures = [[rule for rule in rules if rule.value is not None] for rules in said]
        won = self._winner(point, figures) or next((rule for rules in said for rule in rules), None)
        if won is None:
            return None
        return ruling(point.which, won, [rule for rules in said for rule in rules])

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
        found = self.find(kind, place_class=place_class, level=level, key=key)
        if found is None:
            raise LookupError(f"no plan and no national default says anything on {kind}")
        return found

    def every(self, kind: str, *, level: str | None = None) -> tuple[Ruling, ...]:
        """All rulings of a union kind, own plan first; what is said twice comes from the nearer plan.

        ``level`` leaves out what begins at a higher level.
        """
        which = kind_of(kind)
        rank = self._rank(level) if level else None
        found: dict[object, Ruling] = {}
        for rule in self.rules(kind):
            if rank is None or self._rank(rule.level) <= rank:
                found.setdefault(rule.key or id(rule), ruling(which, rule, [rule]))
        return tuple(found.values())

    def rules(self, kind: str) -> Iterator[Rule]:
        """Every rule of a kind in force, own plan first, national defaults last."""
        for rules in self._slots(kind):
            yield from rules

    def level(self, code: str) -> Level:
        """The level with this code; a code that no plan names counts as normal."""
        return self.levels.get(code, NORMAL)

    @property
    def season(self) -> Season:
        """The season of the nearest plan that has one; '' when no plan is in force."""
        return next((layer.season for layer in self.layers if layer.season), "")

    def _rank(self, level: str | None) -> int:
        return self.level(level or NORMAL.code).rank

    def _slots(self, kind: str) -> list[list[Rule]]:
        """The rules of a kind: one list per layer, the national defaults last."""
        return self._by_kind.setdefault(kind, [[] for _ in (*self.layers, self.defaults)])

    def _said(self, point: _Point, rules: list[Rule]) -> list[Rule]:
        """What one plan says on the point: per exactness the figure and the word of the nearest level."""
        said: dict[tuple[tuple[bool, bool], bool], Rule] = {}
        for rule in rules:
            if not self._meets(point, rule):
                continue
            group = (point.exactness(rule), rule.value is not None)
            if group not in said or self._rank(said[group].level) < self._rank(rule.level):
                said[group] = rule
        return [said[group] for group in sorted(said, reverse=True)]

    def _meets(self, point: _Point, rule: Rule) -> bool:
        return (
            rule.place_class in ("", point.place_class)
            and rule.key in ("", ANY, point.key)
            and self._rank(rule.level) <= point.rank
        )

    def _winner(self, point: _Point, figures: list[list[Rule]]) -> Rule | None:
        if point.which.is_exact:
            exact = [[rule for rule in rules if rule.key == point.key] for rules in figures]
            figures = exact if any(exact) else figures
        *plans, national = figures
        if point.which.strictest:
            candidates = [rule for rules in plans for rule in rules] or national
            return max(
                candidates,
                key=lambda rule: strictness(point.which, rule.value, rule.unit),
                default=None,
            )
        return next((rules[0] for rules in figures if rules), None)
