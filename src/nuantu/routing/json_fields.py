"""Reading JSON with all mistakes at once: what is wrong, where, and what would be right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend. `path` leads to it: locations[3].rates."""

    path: str
    chinese: str
    english: str

    def __str__(self) -> str:
        return f"{self.path}：{self.chinese} / {self.english}"


class FileRefused(ValueError):
    """A file that cannot be used, with every mistake in it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)


@dataclass
class Mistakes:
    """Collects mistakes while a file is read."""

    found: list[Mistake] = field(default_factory=list)

    def add(self, path: str, chinese: str, english: str) -> None:
        self.found.append(Mistake(path or "$", chinese, english))

    def refuse_if_any(self) -> None:
        """Raises FileRefused."""
        if self.found:
            raise FileRefused(self.found)


def is_number(value: object) -> bool:
    """A finite JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


class Fields:
    """One JSON object; each getter returns something usable and notes what was wrong."""

    def __init__(self, data: object, path: str, mistakes: Mistakes) -> None:
        self.path, self.mistakes = path, mistakes
        self.asked: set[str] = set()
        if not isinstance(data, dict):
            mistakes.add(path, "应为 JSON 对象", "must be a JSON object")
            data = {}
        self.data: dict[str, object] = data

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, chinese: str, english: str) -> None:
        self.mistakes.add(self.at(key), chinese, english)

    def has(self, key: str) -> bool:
        self.asked.add(key)
        return self.data.get(key) is not None

    def unread(self) -> list[str]:
        """Keys that nobody asked for: misspelt, or of another program."""
        return [self.at(key) for key in self.data if key not in self.asked]

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and not self.has(key):
            return default
        value = self.data.get(key) if self.has(key) else None
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or (default is None and not value):
            self.wrong(key, "应为非空文字", "must be a text that is not empty")
            return default or ""
        return value

    def number(
        self,
        key: str,
        default: float | None = None,
        *,
        low: float = -math.inf,
        high: float = math.inf,
    ) -> float:
        if default is not None and not self.has(key):
            return default
        value = self.data.get(key) if self.has(key) else None
        if not isinstance(value, int | float) or not is_number(value) or not low <= value <= high:
            limits = _limits(low, high)
            self.wrong(key, f"应为数字{limits[0]}", f"must be a number{limits[1]}")
            return low if math.isfinite(low) else 0.0
        return float(value)

    def whole(self, key: str, default: int | None = None, *, low: int, high: int) -> int:
        if default is not None and not self.has(key):
            return default
        value = self.number(key, low=low, high=high)
        if value != int(value):
            self.wrong(key, "应为整数", "must be a whole number")
        return int(value)

    def each(self, key: str, *, optional: bool = False) -> list[tuple[object, str]]:
        """Items of a list with their paths."""
        if optional and not self.has(key):
            return []
        value = self.data.get(key) if self.has(key) else None
        if not isinstance(value, list):
            self.wrong(key, "应为列表", "must be a list")
            return []
        return [(item, f"{self.at(key)}[{row}]") for row, item in enumerate(value)]

    def numbers(self, key: str, *, low: float = -math.inf) -> tuple[float, ...]:
        found: list[float] = []
        for item, path in self.each(key):
            if isinstance(item, int | float) and is_number(item) and item >= low:
                found.append(float(item))
            else:
                limits = _limits(low, math.inf)
                self.mistakes.add(path, f"应为数字{limits[0]}", f"must be a number{limits[1]}")
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        found = [item for item, _path in self.each(key, optional=True) if isinstance(item, str)]
        if len(found) != len(self.each(key, optional=True)):
            self.wrong(key, "应为文字的列表", "must be a list of texts")
        return tuple(found)

    def objects(self, key: str, *, optional: bool = False) -> "list[Fields]":
        return [
            Fields(item, path, self.mistakes) for item, path in self.each(key, optional=optional)
        ]


def _limits(low: float, high: float) -> tuple[str, str]:
    if math.isfinite(low) and math.isfinite(high):
        return f"（{low:g} 到 {high:g}）", f" from {low:g} to {high:g}"
    if math.isfinite(low):
        return f"，不小于 {low:g}", f" of at least {low:g}"
    return "", ""


def repeated(keys: Sequence[object]) -> list[tuple[int, object]]:
    """Every key that stood before, with its row."""
    first: dict[object, int] = {}
    return [(row, key) for row, key in enumerate(keys) if first.setdefault(key, row) != row]
