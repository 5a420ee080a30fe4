"""The index of the register: one file in the data folder, built from the reports, never the other way.

Its generation is a digest of the rows it was built from. Whoever needs it reads the rows first, so a file
that a crash left behind, or that lacks the last report, is never taken for the right one. Beside the reports
lies the gazetteer of the country, so that a village of which nobody is missed is still known to lie near.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from nuantu.places.rules.gazetteer import read_gazetteer
from nuantu.tracing.selectors.register import Row, generation_of, registry_of

ENGINE: Final = "nuantu.linkage.index"  # loads compiled loops; only the worker needs it
STORE: Final = "nuantu.linkage.store"
LISTED: Final = "nuantu.linkage.listed"
NAME: Final = "reports.index"


@dataclass(frozen=True, slots=True)
class _Held:
    """What this process worked with last: the index and the rows it was made of, by their keys."""

    generation: int
    index: Any
    rows: Mapping[int, Row]


_held: dict[Path, _Held] = {}


def path() -> Path:
    """Where the file lies; its folder is for this program alone, because names stand in it."""
    return Path(settings.NUANTU_DATA) / "register" / NAME


def index_for(rows: list[Row]) -> tuple[Any, int]:
    """The index of exactly these rows and its generation: held, read from the file, or built and kept.

    Without rows there is no index and no file.
    """
    place, generation = path(), generation_of(rows)
    if not rows:
        _held.pop(place, None)
        place.unlink(missing_ok=True)
        return None, generation
    held = _held.get(place)
    if held is None or held.generation != generation:
        index = _added(held, place, generation, rows)
        if index is None:
            index = _read(place, generation)
        if index is None:
            index = _kept(place, generation, _built(rows))
        held = _Held(generation, index, {row.key: row for row in rows})
        _held[place] = held
    return held.index, generation


@cache
def _listed() -> Any:
    """Every division of the country, read once by the first comparison of a process."""
    listed: Any = import_module(LISTED)
    return listed.Listed(read_gazetteer())


def _read(place: Path, generation: int) -> Any:
    """The index of the file, None where there is none, it is damaged, or of other rows."""
    store: Any = import_module(STORE)
    try:
        index, kept = store.load(place, _listed())
    except (OSError, store.Damaged):
        return None
    return index if kept == generation else None


def _added(held: _Held | None, place: Path, generation: int, rows: list[Row]) -> Any:
    """What is held with the reports that came, where nothing went or was put right; None otherwise.

    Else all is built anew, because words of a report that ended must not stay in the file.
    """
    if held is None:
        return None
    new = [row for row in rows if row.key not in held.rows]
    stand = sum(held.rows.get(row.key) == row for row in rows)
    if not new or stand < len(held.rows):
        return None
    return _kept(place, generation, held.index.add(registry_of(new)))


def _built(rows: list[Row]) -> Any:
    engine: Any = import_module(ENGINE)
    return engine.Index(registry_of(rows), None, _listed())


def _kept(place: Path, generation: int, index: Any) -> Any:
    store: Any = import_module(STORE)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    store.save(index, place, generation)
    return index
