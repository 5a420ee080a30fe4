"""A draft plan beside its document: marked text, entries with their place, one value changed."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

Path = tuple[str | int, ...]
Span = tuple[int, int]
_PROVENANCE: Final = frozenset({"clause", "quote", "derived"})
_NUMBER: Final = re.compile(r"-?\d{1,9}(\.\d{1,4})?")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the text that a fact rests on (`fact`) or that nobody understood (`open`)."""

    span: Span
    kind: str

    @property
    def anchor(self) -> str:
        """The name of its place on the page."""
        return f"t{self.span[0]}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or plain."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the document, cut into pieces."""

    kind: str
    page: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of the draft. `path` leads to it, `anchor` to its words in the document."""

    path: Path
    value: str
    clause: str
    quote: str
    anchor: str
    confidence: float | None

    @property
    def key(self) -> str:
        """The path as one word, for a form field."""
        return ".".join(str(part) for part in self.path)

    @property
    def is_long(self) -> bool:
        return len(self.value) > 40


def marks(reading: Mapping[str, Any]) -> list[Mark]:
    """The places of facts and of sentences not understood; where two overlap the first counts."""
    spans = [(tuple(row["span"]), "fact") for row in reading.get("evidence") or ()]
    spans += [(tuple(row["span"]), "open") for row in reading.get("not_understood") or ()]
    found: list[Mark] = []
    for span, kind in sorted(spans, key=lambda one: (one[0][0], one[1] != "fact", -one[0][1])):
        start = max(span[0], found[-1].span[1]) if found else span[0]
        if start < span[1] and (start == span[0] or kind == "open"):
            found.append(Mark((start, span[1]), kind))
    return found


def blocks(document: Mapping[str, Any], marked: Sequence[Mark]) -> list[Block]:
    """The document block by block, with its marks."""
    text = str(document.get("text") or "")
    rows = document.get("blocks") or [{"span": [0, len(text)], "kind": "paragraph", "page": None}]
    return [
        Block(row["kind"], row.get("page"), tuple(_pieces(text, tuple(row["span"]), marked)))
        for row in rows
    ]


def _pieces(text: str, span: Span, marked: Sequence[Mark]) -> Iterable[Piece]:
    place, end = span
    # marks stand in the order of the text and do not overlap: their ends grow with their starts
    first = bisect_right(marked, span[0], key=lambda mark: mark.span[1])
    for mark in marked[first:]:
        start, stop = max(mark.span[0], span[0]), min(mark.span[1], end)
        if mark.span[0] >= end:
            break
        if place < start:
            yield Piece(text[place:start])
        yield Piece(
            text[start:stop], mark if start == mark.span[0] else Mark((start, stop), mark.kind)
        )
        place = stop
    if place < end:
        yield Piece(text[place:end])


def leaves(draft: Mapping[str, Any], reading: Mapping[str, Any]) -> list[Leaf]:
    """Every value of a draft in the order of the file, each with the words it rests on."""
    proofs = [
        (_bare(row["quote"]), f"t{row['span'][0]}", float(row["confidence"]))
        for row in reading.get("evidence") or ()
    ]
    return list(_walk(draft, (), {}, _Proofs(proofs)))


class _Proofs:
    """The evidence that words rest on; the same words are looked for once."""

    def __init__(self, rows: list[tuple[str, str, float]]) -> None:
        self._rows = rows
        self._known: dict[str, tuple[str, float | None]] = {}

    def of(self, words: str) -> tuple[str, float | None]:
        """The place and the confidence of the first that fits; nothing where none does."""
        if words not in self._known:
            self._known[words] = _proof(words, self._rows)
        return self._known[words]


def _walk(value: Any, path: Path, entry: Mapping[str, Any], proofs: _Proofs) -> Iterable[Leaf]:
    if isinstance(value, Mapping):
        here = value if "clause" in value or "quote" in value else entry
        for key, inner in value.items():
            if key not in _PROVENANCE and not _is_own(path, key):
                yield from _walk(inner, (*path, key), here, proofs)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, (*path, number), entry, proofs)
    else:
        quote = str(entry.get("quote") or "")
        anchor, sure = proofs.of(quote or str(value))
        clause = entry.get("clause") or ""
        said = "、".join(clause) if isinstance(clause, list) else str(clause)
        yield Leaf(path, _said(value), said, quote, anchor, sure)


def _is_own(path: Path, key: str) -> bool:
    """What the program names by itself: the format, the state, the codes of list entries."""
    return key in ("schema", "status") if not path else key == "code" and len(path) > 1


def _proof(words: str, proofs: list[tuple[str, str, float]]) -> tuple[str, float | None]:
    wanted = _bare(words)
    if len(wanted) < 2:
        return "", None
    for quote, anchor, sure in proofs:
        if quote and (quote.startswith(wanted) or wanted.startswith(quote) or wanted in quote):
            return anchor, sure
    return "", None


def _bare(text: str) -> str:
    return _SPACES.sub("", text)


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def changed(draft: Mapping[str, Any], path: str, said: str) -> dict[str, Any]:
    """The draft with one value replaced; an empty one leaves the list or the entry.

    Raises KeyError when the path leads nowhere.
    """
    fresh: dict[str, Any] = deepcopy(dict(draft))
    parts: list[str | int] = [int(part) if part.isdigit() else part for part in path.split(".")]
    holder: Any = fresh
    try:
        for part in parts[:-1]:
            holder = holder[part]
        before = holder[parts[-1]]
    except (IndexError, TypeError) as problem:
        raise KeyError(path) from problem
    if isinstance(holder, str) or (isinstance(before, dict | list) and said.strip()):
        raise KeyError(path)
    if said.strip():
        holder[parts[-1]] = _typed(said.strip(), before)
    else:
        del holder[parts[-1]]
    return fresh


def still_accepted(
    before: Mapping[str, Any], after: Mapping[str, Any], accepted: Iterable[str]
) -> list[str]:
    """Of the accepted paths those that lead to the same value as before.

    A list that became shorter or longer moves what stands in it: nothing in it counts any more.
    """
    return [path for path in accepted if _at(before, path) == _at(after, path) is not None]


def _at(draft: Mapping[str, Any], path: str) -> tuple[Any, ...] | None:
    """The value at a path with the length of each list on the way; None where it leads nowhere."""
    found: Any = draft
    lengths: list[int] = []
    try:
        for part in path.split("."):
            if isinstance(found, list):
                lengths.append(len(found))
                found = found[int(part)]
            elif isinstance(found, dict):
                found = found[part]
            else:
                return None
    except (LookupError, ValueError):
        return None
    return (*lengths, found)


def seen_at(draft: Mapping[str, Any], path: str) -> str:
    """A short mark of the value at a path and of the lists around it, to tell that it moved."""
    return sha256(repr(_at(draft, path)).encode()).hexdigest()[:12]


def without_entry(draft: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The draft without the entry of a list that the path lies in.

    Raises KeyError when the path lies in no list.
    """
    parts = path.split(".")
    for depth in range(len(parts) - 1, 0, -1):
        if parts[depth].isdigit():
            return changed(draft, ".".join(parts[: depth + 1]), "")
    raise KeyError(path)


def _typed(said: str, before: Any) -> Any:
    """A number stays a number, a yes or no stays one; everything else is text."""
    if isinstance(before, bool):
        return said.casefold() in ("true", "是", "yes", "1")
    if isinstance(before, int | float) and _NUMBER.fullmatch(said):
        return float(said) if "." in said else int(said)
    return said
