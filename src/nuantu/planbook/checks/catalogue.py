"""Every finding a check can make, and what of the field's contradictions no program can find."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import yaml

from nuantu.planbook.findings import Finding, Level
from nuantu.planbook.text import Text

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One code of finding: how heavy, which contradictions (X01 to X66), what it says."""

    code: str
    level: Level
    contradictions: tuple[str, ...]
    says: Text


def _loaded() -> Any:
    text = files("nuantu.planbook.checks").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


_TABLE: Final = _loaded()
CHECKS: Final = {
    row["code"]: Check(row["code"], row["level"], tuple(row["x"]), Text(row["zh"], row["en"]))
    for row in _TABLE["checks"]
}
NOT_FOUND: Final = {x: Text(row["zh"], row["en"]) for x, row in _TABLE["not_found"].items()}


def found(code: str, zh: str, en: str, *, clause: tuple[str, ...] = (), path: Path = ()) -> Finding:
    """A finding with the weight and the contradictions that the catalogue gives its code."""
    check = CHECKS[code]
    xs = check.contradictions
    mark_zh, mark_en = (f"（{'、'.join(xs)}）", f" ({', '.join(xs)})") if xs else ("", "")
    text = Text(zh + mark_zh, en + mark_en)
    return Finding(check.level, code, text, "、".join(clause), None, path)
