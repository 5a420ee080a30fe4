"""What differs between two plans: two versions of one plan, or a plan and its parent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from nuantu.planbook import words
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema_fields import name_of
from nuantu.planbook.text import Text

What = Literal["added", "removed", "changed"]
# how an entry of a list is found again in the other plan, most telling first
_NAMES: Final = (
    ("code",),
    ("role",),
    ("level", "places"),
    ("distance",),
    ("stage", "due"),
    ("finder", "classes", "outcome"),
    ("classes",),
    ("instrument", "article"),
    ("word", "about"),
    ("topic", "clause"),
    ("name",),
    ("says",),
    ("clause",),
)
_PROVENANCE: Final = frozenset({"clause", "quote", "derived"})
_SAYING: Final = ("title", "label", "name", "says", "post", "word", "words", "instrument", "code")
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``path`` leads to it, ``label`` says the way; ``before``, ``after`` in short.

    ``clauses`` are those of the entry around it, of the later plan when both have it; ``old`` and
    ``new`` are the values themselves.
    """

    what: What
    path: tuple[str, ...]
    label: Text
    before: str
    after: str
    clauses: tuple[str, ...] = ()
    old: Any = field(default=None, compare=False, repr=False)
    new: Any = field(default=None, compare=False, repr=False)

    @property
    def section(self) -> str:
        """The key of the plan file it lies under."""
        return self.path[0]


@dataclass(frozen=True, slots=True)
class _Way:
    """The way to a place of the plan file, in keys and in words."""

    path: tuple[str, ...] = ()
    words: tuple[Text, ...] = ()

    def to(self, key: str, said: Text | None = None) -> _Way:
        """One step further; an entry of a list brings the words it goes by."""
        path = (*self.path, key)
        return _Way(path, (*self.words, said or name_of(path)))

    def to_entry(self, entry: Any) -> _Way:
        """To an entry of a list, called by what names it to people."""
        return self.to(_short(entry), _called(entry))


def compare(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every difference in the order of the schema; a moved clause number alone is none."""
    older, newer = _plain(before), _plain(after)
    keys = [info.alias or name for name, info in Plan.model_fields.items()]
    return tuple(
        change
        for key in keys
        for change in _differences(_Way().to(key), older.get(key), newer.get(key), ())
    )


def said(value: object) -> str:
    """A value as people say it: words first, then the other figures of the entry."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return _entry_said(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(text for text in map(said, value) if text)[:_LONGEST]
    return str(value)[:_LONGEST]


def _plain(plan: Plan) -> dict[str, Any]:
    """The plan as plain values without what is empty."""
    found: dict[str, Any] = _without_empty(plan.model_dump(mode="json", by_alias=True))
    return found


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, "", [], {}, False)}
    if isinstance(value, list):
        return [_without_empty(inner) for inner in value]
    return value


def _differences(way: _Way, old: Any, new: Any, clauses: tuple[str, ...]) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _in_entries(way, old, new, _clauses(new) or _clauses(old) or clauses)
    elif _is_entries(old) and _is_entries(new):
        yield from _in_lists(way, old or [], new or [], clauses)
    elif isinstance(old, dict) or isinstance(new, dict):
        yield from _one_sided(way, old, new)
    else:
        yield _change(way, old, new, clauses)


def _in_entries(
    way: _Way, old: dict[str, Any], new: dict[str, Any], clauses: tuple[str, ...]
) -> Iterator[Change]:
    for key in dict.fromkeys((*new, *old)):
        if key not in _PROVENANCE:
            yield from _differences(way.to(key), old.get(key), new.get(key), clauses)


def _in_lists(
    way: _Way, old: list[Any], new: list[Any], clauses: tuple[str, ...]
) -> Iterator[Change]:
    """Entries are paired by what names them; the rest came or went."""
    waiting = list(old)
    for entry in new:
        twin = next((one for one in waiting if _same_entry(one, entry)), None)
        if twin is None:
            yield _change(way.to_entry(entry), None, entry, _clauses(entry) or clauses)
            continue
        waiting.remove(twin)
        yield from _differences(way.to_entry(entry), twin, entry, clauses)
    for entry in waiting:
        yield _change(way.to_entry(entry), entry, None, _clauses(entry) or clauses)


def _one_sided(way: _Way, old: Any, new: Any) -> Iterator[Change]:
    """A whole group came or went: said entry by entry, so that nothing is hidden in a block."""
    group = old or new
    if _clauses(group) or not any(isinstance(value, dict | list) for value in group.values()):
        yield _change(way, old, new, _clauses(group))
        return
    for key, value in group.items():
        before, after = (value, None) if old else (None, value)
        yield from _differences(way.to(key), before, after, ())


def _is_entries(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _same_entry(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """The first naming that either entry carries decides."""
    for names in _NAMES:
        if any(one.get(name) or other.get(name) for name in names):
            return all(one.get(name) == other.get(name) for name in names)
    return one == other


def _clauses(entry: Any) -> tuple[str, ...]:
    return tuple(entry.get("clause", ())) if isinstance(entry, dict) else ()


def _short(entry: Any) -> str:
    return " ".join(_naming(entry))[:40]


def _naming(entry: Any) -> list[str]:
    """What names an entry in the file: its code, its level, its classes."""
    if isinstance(entry, dict):
        for names in _NAMES:
            found = [said(entry[name]) for name in names if entry.get(name)]
            if found:
                return found
    return [said(entry)]


def _called(entry: Any) -> Text:
    """What an entry is called: its title or sentence in both languages, else its codes said."""
    for key in ("title", "label", "name"):
        if isinstance(entry, dict) and entry.get(key):
            role = words.WORDS.get(str(entry.get("role", "")))
            in_english = entry.get(f"{key}_en") or (role.en if role else entry[key])
            return Text(str(entry[key]), str(in_english))
    if isinstance(entry, dict) and entry.get("code", "") not in words.WORDS and entry.get("says"):
        return Text(str(entry["says"]), str(entry.get("says_en") or entry["says"]))
    codes = [one for part in _naming(entry) for one in part.split("、")]
    return Text(
        "、".join(words.said(code) for code in codes)[:_LONGEST],
        ", ".join(words.said(code, "en") for code in codes)[:_LONGEST],
    )


def _change(way: _Way, old: Any, new: Any, clauses: tuple[str, ...]) -> Change:
    what: What = "added" if old is None else "removed" if new is None else "changed"
    label = Text(
        " › ".join(word.zh for word in way.words), " › ".join(word.en for word in way.words)
    )
    return Change(what, way.path, label, said(old), said(new), clauses, old, new)


def _entry_said(entry: Mapping[str, Any]) -> str:
    """Words first; then the rest as key and value."""
    lead = [said(entry[key]) for key in _SAYING if entry.get(key)]
    rest = [
        f"{key} {text}"
        for key, value in entry.items()
        if key not in _PROVENANCE
        and key not in _SAYING
        and not key.endswith("_en")
        and (text := said(value))
    ]
    return "；".join([*lead[:2], *rest])[:_LONGEST]
