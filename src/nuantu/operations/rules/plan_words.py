"""A plan file section by section in words, each line with the clause it rests on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from nuantu.planbook import dates, stipends, words
from nuantu.planbook.comparison import Change, compare
from nuantu.planbook.compiler import season_bases
from nuantu.planbook.dates import Bases
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema_fields import field_at, way_to

Path = tuple[str | int, ...]
_BRACKETS: Final = re.compile(r"（[^）]*）|\([^)]*\)")
_DATED: Final = re.compile(r"(Y([+-]\d)?|\d{4})-.|(issue|start|end)([+-]\d{1,3}d)?$")
# said at the head of the page, not as a section
_HEAD: Final = frozenset(
    [
        "schema",
        "copy_of",
        "code",
        "title",
        "title_en",
        "operation_type",
        "status",
        "issuer",
        "doc_number",
        "parent",
        "instance",
    ]
)
_PROVENANCE: Final = frozenset({"clause", "quote", "derived"})
_LEADS: Final = ("title", "label", "name", "category", "instrument", "post", "word", "topic")
_SAYS: Final = "says"
# the columns of a stipend that its sentence already says
_IN_SENTENCE: Final = frozenset(
    ["category", "yuan", "yuan_from", "unit", "payer", "is_ceiling", "is_visit_only"]
)
ANYBODY: Final = ("any", ["any"])  # said of an entry that is not limited; nothing to read
ISSUE: Final = ("issue", ("印发之日", "day of issue"))
_HIDDEN_BESIDE_LEAD: Final = frozenset({"code", "role"})


@dataclass(frozen=True, slots=True)
class Line:
    """One value or entry: what it is about, what it is called, what it says, and its source."""

    about: str
    lead: str
    text: str
    clauses: tuple[str, ...] = ()
    quote: str = ""
    is_derived: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the plan file that holds something."""

    key: str
    label: str
    lines: tuple[Line, ...]


def sections(plan: Plan, *, year: int, language: str) -> tuple[Section, ...]:
    """Every section of a plan that holds something, its dates resolved for a year where they can be."""
    speech = _Speech(plan, _bases(plan, year), language)
    data = plan.model_dump(mode="json", by_alias=True)
    found = (
        Section(key, _called((key,), language), tuple(speech.lines((key,), value)))
        for key, value in data.items()
        if key not in _HEAD
    )
    return tuple(section for section in found if section.lines)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A difference between two plans in words; `what` is added, removed or changed."""

    what: str
    label: str
    before: str
    after: str
    clauses: tuple[str, ...]


def change_lines(
    before: Plan, after: Plan, *, year: int, language: str, shift_days: int = 0
) -> tuple[ChangeLine, ...]:
    """What differs between two plans in a year, in the order of the schema, with real dates."""
    older, newer = (
        _Speech(plan, _bases(plan, year), language, shift_days) for plan in (before, after)
    )
    return tuple(
        ChangeLine(
            change.what,
            change.label.said_in(language),
            older.value(change.path, change.old),
            newer.value(change.path, change.new),
            change.clauses,
        )
        for change in _in_one_language(compare(before, after), language)
    )


def _in_one_language(changes: tuple[Change, ...], language: str) -> Iterator[Change]:
    """Of a text and its English one: the one that the language reads, under the name of the text."""
    labels = {change.path: change.label for change in changes}
    twins = {_of_text(change.path) for change in changes if _is_english_text(change.path)}
    for change in changes:
        if not _is_english_text(change.path):
            if change.path not in twins or not language.startswith("en"):
                yield change
        elif language.startswith("en"):
            yield replace(change, label=labels.get(_of_text(change.path), change.label))


def _is_english_text(path: tuple[str, ...]) -> bool:
    return path[-1].endswith("_en")


def _of_text(path: tuple[str, ...]) -> tuple[str, ...]:
    return (*path[:-1], path[-1].removesuffix("_en"))


def _bases(plan: Plan, year: int) -> Bases:
    try:
        return season_bases(plan, year=year)
    except ValueError:
        return Bases(year)


class _Speech:
    """Says the values of one plan in one language."""

    def __init__(self, plan: Plan, bases: Bases, language: str, shift_days: int = 0) -> None:
        self._plan, self._bases, self._language = plan, bases, language
        self._shift = timedelta(days=shift_days)
        self._is_english = language.startswith("en")
        self._yes = "yes" if self._is_english else "是"
        self._joint = ", " if self._is_english else "、"
        self._stop = "; " if self._is_english else "；"
        self._tests = {
            test.code: (self._is_english and test.label_en) or test.label
            for test in plan.eligibility
        }

    def value(self, path: Path, value: Any) -> str:
        """One value of the plan file, whatever it is."""
        if _is_empty(value):
            return ""
        return self._yes if value is True else self._inside(path, value)

    def lines(self, path: Path, value: Any, depth: int = 0) -> Iterator[Line]:
        """The lines of a value, entries below entries."""
        if _is_empty(value):
            return
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            for number, item in enumerate(value):
                yield from self.lines((*path, number), item, depth)
        elif isinstance(value, dict) and (_rests(value) or isinstance(path[-1], int)):
            yield from self._entry(path, value, depth)
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from self.lines((*path, key), inner, depth)
        else:
            yield Line(_called(path, self._language), "", self._said(value), depth=depth)

    def _entry(self, path: Path, entry: Mapping[str, Any], depth: int) -> Iterator[Line]:
        lead = self._lead(entry)
        below = [key for key, value in entry.items() if _holds_entries(value)]
        about = _called(path, self._language) if len(path) > 2 or len(path) == 1 else ""
        if path[0] == "amounts":
            text = self._amount(path, entry)
        else:
            text = self._rest(path, entry, {*below, *_PROVENANCE}, has_lead=bool(lead))
        if lead or text:
            yield Line(
                about if len(path) > 1 else "",
                lead,
                text,
                tuple(entry.get("clause") or ()),
                entry.get("quote") or "",
                bool(entry.get("derived")),
                depth,
            )
        for key in below:
            yield from self.lines((*path, key), entry[key], depth + 1)

    def _amount(self, path: Path, entry: Mapping[str, Any]) -> str:
        said = stipends.said(self._plan.amounts[int(path[1])]).said_in(self._language)
        sentence = said.partition(": " if self._is_english else "：")[2]
        rest = self._rest(path, entry, _PROVENANCE | _IN_SENTENCE, has_lead=True)
        return self._stop.join(text for text in (sentence, rest) if text)

    def _lead(self, entry: Mapping[str, Any]) -> str:
        for key in _LEADS:
            if entry.get(key):
                other = entry.get(f"{key}_en") if self._is_english else ""
                return words.said(str(other or entry[key]), self._language)
        return words.said(entry["role"], self._language) if entry.get("role") else ""

    def _rest(
        self,
        path: Path,
        entry: Mapping[str, Any],
        without: frozenset[str] | set[str],
        *,
        has_lead: bool,
    ) -> str:
        """What an entry says beyond its name: its sentence, then field by field."""
        sentence = (self._is_english and entry.get(f"{_SAYS}_en")) or entry.get(_SAYS) or ""
        skipped = {*without, _SAYS, *(_HIDDEN_BESIDE_LEAD if has_lead or sentence else ())}
        lead_key = next((key for key in _LEADS if entry.get(key)), "")
        parts = [
            self._pair((*path, key), value)
            for key, value in entry.items()
            if key not in skipped
            and key != lead_key
            and not key.endswith("_en")
            and not _is_empty(value)
            and value not in ANYBODY
        ]
        return self._stop.join([str(sentence), *parts] if sentence else parts)

    def _pair(self, path: Path, value: Any) -> str:
        name = _called(path, self._language)
        if value is True:
            return name
        said = self._inside(path, value)
        if _lists_its_choices(path):
            return said
        return f"{name}: {said}" if self._is_english else f"{name}：{said}"

    def _inside(self, path: Path, value: Any) -> str:
        if isinstance(value, dict):
            lead = self._lead(value)
            rest = self._rest(path, value, _PROVENANCE, has_lead=bool(lead))
            return " ".join(text for text in (lead, rest) if text)
        if path[-1] == "eligibility" and isinstance(value, list):
            return self._stop.join(str(self._tests.get(code, code)) for code in value)
        if isinstance(value, list):
            return self._joint.join(
                self._inside((*path, number), item) for number, item in enumerate(value)
            )
        return self._said(value)

    def _said(self, value: Any) -> str:
        if isinstance(value, list):
            return self._joint.join(self._said(item) for item in value)
        text = str(value)
        return self._day(text) or words.said(text, self._language)

    def _day(self, text: str) -> str:
        """A date of the plan as days of the year; '' for any other text or an undecided date."""
        if not _DATED.match(text):
            return ""
        try:
            span = dates.resolve(text, self._bases)
        except ValueError:
            return ""
        if span is None:
            return ISSUE[1][self._is_english] if text == ISSUE[0] else ""
        days = dict.fromkeys((span.first, span.last))
        return " – ".join(dates.day_said(day + self._shift, self._language) for day in days)


def _called(path: Path, language: str) -> str:
    """What the place itself is called, without the way to it."""
    named = tuple(0 if isinstance(part, int) else part for part in path)
    while named and named[-1] == 0:
        named = named[:-1]
    return _called_in(named, language)


@lru_cache(maxsize=2048)
def _called_in(path: Path, language: str) -> str:
    return _BRACKETS.sub("", way_to(path).said_in(language).rsplit(" › ", 1)[-1])


def _lists_its_choices(path: Path) -> bool:
    """Whether the name of a field only lists what may stand there, so that the value is enough."""
    label = _called(path, "zh")
    return any(words.said(choice) in label for choice in field_at(path).choices) or (
        bool(field_at(path).choices) and "、" in label
    )


def _is_empty(value: Any) -> bool:
    """Nothing was written here; a group of empty groups is empty too."""
    if isinstance(value, dict):
        return all(_is_empty(inner) for inner in value.values())
    return value is None or value is False or value == "" or value == []


def _rests(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("clause"))


def _holds_entries(value: Any) -> bool:
    """Whether entries with clauses of their own lie in it: they get their own lines."""
    if isinstance(value, list):
        return any(_holds_entries(item) for item in value)
    return isinstance(value, dict) and (
        _rests(value) or any(_holds_entries(inner) for inner in value.values())
    )
