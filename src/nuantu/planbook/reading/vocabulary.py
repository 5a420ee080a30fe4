"""Words of the genre, read from the packaged list."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def _lists() -> dict[str, str]:
    text = files(__package__).joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    lists: dict[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)
    return lists


def words(name: str) -> tuple[str, ...]:
    """One list of the vocabulary, each word once."""
    return tuple(dict.fromkeys(_lists()[name].split()))
