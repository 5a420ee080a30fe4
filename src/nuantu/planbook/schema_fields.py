"""What a place of a plan file is called and which words it takes, read from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from nuantu.planbook.schema import Plan
from nuantu.planbook.text import Text
from nuantu.planbook.words import WORDS

Path = tuple[str | int, ...]
BASICS = Text("基本信息", "Basics")


@dataclass(frozen=True, slots=True)
class SchemaField:
    """A place of a plan file: its section, its label below it, and the words of a closed list."""

    section: Text
    label: Text
    choices: tuple[str, ...] = ()


def field_at(path: Path) -> SchemaField:
    """The field at a path of a plan file; entries of a list are numbered from one, or named.

    A path the schema does not know is called by its keys.
    """
    return _field(tuple(path))


def way_to(path: Path) -> Text:
    """The whole way to a field in words, section first."""
    found = _words(tuple(path))[0]
    return Text(" › ".join(zh for zh, _ in found), " › ".join(en for _, en in found))


@cache
def name_of(path: Path) -> Text:
    """What the last step of a way is called."""
    return Text(*_words(tuple(path))[0][-1])


@cache
def _field(path: Path) -> SchemaField:
    found, annotation = _words(path)
    section = Text(*found[0]) if len(path) > 1 else BASICS
    below = found[1:] if len(path) > 1 else found
    label = Text(" ".join(zh for zh, _ in below), " ".join(en for _, en in below))
    return SchemaField(section, label, tuple(_choices(annotation)))


def _words(path: Path) -> tuple[list[tuple[str, str]], Any]:
    """What each part of the way is called, and the annotation at its end."""
    annotation: Any = Plan
    found: list[tuple[str, str]] = []
    for part in path:
        if isinstance(part, int):
            found.append((str(part + 1), str(part + 1)))
            annotation = _item_of(annotation)
            continue
        info = next(_infos(annotation, part), None)
        if info is None:
            name = WORDS.get(part, Text(part, part))
            found.append((name.zh, name.en))
            annotation = _item_of(annotation)
            continue
        found.append((_short(info.description or "") or part, part.replace("_", " ")))
        annotation = info.annotation
    return found, annotation


def _short(said: str) -> str:
    """The words of a description before its explanation; codes explain themselves elsewhere."""
    words = said.partition("：")[0].partition("，")[0].partition("；")[0]
    return "" if words[:1].isascii() and not words[:1].isdigit() else words


def _infos(annotation: Any, name: str) -> Iterator[Any]:
    for model in _models(annotation):
        for key, info in model.model_fields.items():
            if name in (key, info.alias):
                yield info


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _item_of(annotation: Any) -> Any:
    """The annotation of one entry of a list; the models inside stay findable in any case."""
    for inner in (annotation, *get_args(annotation)):
        if get_origin(inner) is tuple:
            return get_args(inner)[0]
    return annotation


def _choices(annotation: Any) -> Iterator[str]:
    origin = get_origin(annotation)
    if origin is Literal:
        yield from (str(one) for one in get_args(annotation))
    elif origin is Annotated or origin is not tuple:
        for inner in get_args(annotation):
            if get_origin(inner) in (Literal, Annotated):
                yield from _choices(inner)
