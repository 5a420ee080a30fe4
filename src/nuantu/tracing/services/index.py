"""The index of the register: one file in the data folder, built from the reports, never the other way.

Its generation is a digest of the rows it was built from. Whoever needs it reads the rows first, so a file
that a crash left behind, or that lacks the last report, is never taken for the right one.
"""

from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from nuantu.tracing.selectors.register import Row, generation_of, registry_of

ENGINE: Final = "nuantu.linkage.index"  # loads compiled loops; only the worker needs it
STORE: Final = "nuantu.linkage.store"
NAME: Final = "reports.index"

_held: dict[Path, tuple[int, Any]] = {}


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
    if held is None or held[0] != generation:
        index = _read(place, generation) or _build(place, generation, rows)
        _held[place] = (generation, index)
    return _held[place][1], generation


def _read(place: Path, generation: int) -> Any:
    """The index of the file, None where there is none, it is damaged, or of other rows."""
    store: Any = import_module(STORE)
    try:
        index, kept = store.load(place)
    except (OSError, store.Damaged):
        return None
    return index if kept == generation else None


def _build(place: Path, generation: int, rows: list[Row]) -> Any:
    engine: Any = import_module(ENGINE)
    store: Any = import_module(STORE)
    index = engine.Index(registry_of(rows))
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    store.save(index, place, generation)
    return index
