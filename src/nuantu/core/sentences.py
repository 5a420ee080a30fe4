"""What a journal line says, in the language of the page.

A line keeps its Chinese sentence as it was written. Each package's `sentences.py` lists for each of
its verbs the sentences it may say, as templates; what a line names is read back out of its
sentence and filled into the translation.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from django.apps import apps
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from nuantu.core import typed

SENTENCES = {
    "core.key.destroy": (gettext_noop("个人信息已删除：数据密钥已销毁"),),
    "core.photo.delete": (
        gettext_noop("照片保存期满，已删除"),
        gettext_noop("视频保存期满，已删除"),
    ),
}

PLACE = re.compile(r"%\((\w+)\)s")
NUMBER = re.compile(r"\d+")
ORGANISATION = "org"

_names: dict[str, Callable[[str], str]] = {}
_reader: list[Callable[[Any], Mapping[str, str]]] = []


def stored(label: object) -> str:
    """A label, or what says it, as it is written down: in Chinese, whatever the page speaks."""
    with override("zh-hans"):
        return str(label() if callable(label) else label)


def read_words_by(words_of: Callable[[Any], Mapping[str, str]]) -> None:
    """Set how the words that a person typed with a line are read (`journal.words_of`)."""
    _reader[:] = [words_of]


def name_organisations_by(name_of: Callable[[str], str]) -> None:
    """Set how the code of an organisation in a line becomes its name."""
    _names[ORGANISATION] = name_of


def organisation_name(code: str) -> str:
    """The name of an organisation by its code; the code where nobody says."""
    name_of = _names.get(ORGANISATION)
    return name_of(code) if name_of else code


@cache
def sentences() -> Mapping[str, tuple[str, ...]]:
    """The templates of every verb of the installed packages."""
    found: dict[str, tuple[str, ...]] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.sentences"
        if config.name.startswith("nuantu.") and find_spec(name):
            found |= import_module(name).SENTENCES
    return found


@cache
def _pattern(template: str) -> re.Pattern[str]:
    text, end = "", 0
    for place in PLACE.finditer(template):
        text += re.escape(template[end : place.start()]) + f"(?P<{place[1]}>.*?)"
        end = place.end()
    return re.compile(text + re.escape(template[end:]), re.DOTALL)


class Line(Protocol):
    """A journal line, or a row that has its columns."""

    verb: str
    summary: str
    changes: Any


def said(entry: Line) -> str:
    """The sentence of a line; as it was written where no template fits.

    A name with an English form of its own has it in the line's changes: `title_en` for `title`.
    """
    sentence = say(entry.verb, entry.summary, entry.changes)
    if not typed.has_mark(sentence):
        return sentence
    return typed.put_back(
        sentence, {name: in_words(text) for name, text in _words_of(entry).items()}
    )


def _words_of(entry: Line) -> Mapping[str, str]:
    return _reader[0](entry) if _reader else {}


def say(verb: str, summary: str, changes: Mapping[str, Any] | None = None) -> str:
    """The same from its verb, its Chinese sentence and what the line holds besides."""
    own = (changes or {}) if (get_language() or "").startswith("en") else {}
    for template in sentences().get(verb, ()):
        found = _pattern(template).fullmatch(summary)
        if found:
            named = {
                name: own.get(f"{name}_en") or _named(name, value)
                for name, value in found.groupdict().items()
            }
            return _(template) % named
    return in_words(summary)


def _named(name: str, value: str) -> str:
    if name in _names:
        return _names[name](value)
    return in_words(value)


def in_words(text: str) -> str:
    """Words in the language of the page: as a whole, with its only number as `%(n)s`, else each part
    around a colon, else each of a list."""
    if not text.strip():
        return text
    whole = _(text)
    if whole == text:
        whole = _with_number(text)
    if whole != text:
        return whole
    head, colon, rest = text.partition("：")
    if colon and head and rest:
        return f"{in_words(head)}{_('：')}{in_words(rest)}"
    for mark in ("；", "、"):
        parts = text.split(mark)
        said = [_(part) if part else part for part in parts]
        if said != parts:
            return _(mark).join(said)
    return text


def _with_number(text: str) -> str:
    if len(NUMBER.findall(text)) != 1 or "%" in text:
        return text
    template = NUMBER.sub("%(n)s", text)
    said = _(template)
    return text if said == template else said % {"n": NUMBER.findall(text)[0]}
