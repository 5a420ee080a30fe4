"""Types of key location of this installation."""

from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

from nuantu.places.rules.types import LocationType, read_types, with_added

TypeSource = Callable[[], Iterable[LocationType]]
_sources: list[TypeSource] = []


@cache
def _packaged() -> dict[str, LocationType]:
    return read_types(
        files("nuantu.places").joinpath("data/key_location_types.yaml").read_text("utf-8")
    )


def register_type_source(source: TypeSource) -> None:
    """Called from apps.ready() of the package that knows the plans in force (kind `place.type`)."""
    if source not in _sources:
        _sources.append(source)


def location_types() -> dict[str, LocationType]:
    """All types by code: the union of the plans we ship, and what plans in force add."""
    return with_added(_packaged(), (kind for source in _sources for kind in source()))


def type_choices() -> list[tuple[str, str]]:
    """Codes and names for a form, in the reader's language."""
    language = get_language() or ""
    return [(code, kind.named(language)) for code, kind in location_types().items()]


def type_label(code: str) -> str:
    """The name of a type in the reader's language; an unknown code is its own name."""
    kind = location_types().get(code)
    return kind.named(get_language() or "") if kind else code


def feature_words() -> dict[str, tuple[str, ...]]:
    """What people say for each type of place, rescue stations among them."""
    words = {code: kind.words for code, kind in location_types().items() if kind.words}
    return {
        **words,
        "station": ("救助站", "救助管理站"),
        "relief_point": ("救助点", "引导点", "避寒点"),
    }
