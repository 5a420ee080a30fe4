"""Names as they are written: one script, look-alike characters, names of peoples with a dot in them.

Traditional characters become simplified ones by the table of OpenCC. An Uygur or Kazak name is the own name, a
dot and the name of the father; each is written in several ways, of which `written.yaml` lists the common ones.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from nuantu.linkage.columns import Found, Words

HERE: Final = Path(__file__).parent
DOT: Final = "·"
DOTS: Final = re.compile(r"(?<=[\u3400-\u9fff])[ \t]*[·•‧・∙⋅･.．][ \t]*(?=[\u3400-\u9fff])")
LONG: Final = 3  # characters from which a name may be one that is written in several ways
BREAK: Final = "\n"


@cache
def _simplified() -> dict[int, str]:
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(old): new[0] for old, new in rows if len(new.split(" ")[0]) == 1}


@cache
def lookalikes() -> Mapping[str, str]:
    """The characters that each is taken for by its shape (`tools.build_lookalikes`)."""
    lines = (HERE / "lookalikes.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[2:] for line in lines}


@cache
def _spellings() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What finds the other ways to write a part of a name, and the way that stands for each."""
    groups: list[str] = yaml.safe_load((HERE / "written.yaml").read_text(encoding="utf-8"))
    usual = {one: group.split()[0] for group in groups for one in group.split()[1:]}
    return re.compile("|".join(sorted(usual, key=len, reverse=True))), usual


def plain(text: str) -> str:
    """Narrow forms, simplified script, one kind of dot, no blanks around."""
    return DOTS.sub(DOT, unicodedata.normalize("NFKC", text).translate(_simplified())).strip()


def plain_words(words: Words) -> Words:
    """The same for a column; words that become alike share one code."""
    joined = BREAK.join(one.replace(BREAK, " ") for one in words.values)
    changed = plain(joined)
    if changed == joined.strip():
        return words
    found = [one.strip() for one in changed.split(BREAK)]
    numbers: dict[str, int] = {}
    recode = np.array([numbers.setdefault(one, len(numbers)) for one in found], np.int32)
    return Words(recode[words.codes], tuple(numbers))


def plain_found(found: Found) -> Found:
    """What was heard, in the script of the registry, with own name and father's name apart."""
    surname, given = split_name(plain(found.surname), plain(found.given))
    return replace(
        found, surname=surname, given=given, nickname=plain(found.nickname),
        places=tuple(plain(one) for one in found.places),
    )  # fmt: skip


def split_name(surname: str, given: str) -> tuple[str, str]:
    """(surname, given name), where the father's name counts as a surname; parts in their usual spelling."""
    whole = given if DOT in given else surname if DOT in surname else ""
    if whole:
        own, _, father = whole.partition(DOT)
        other = surname if whole is given else given
        surname, given = other or father.partition(DOT)[0], own
    return usual(surname), usual(given)


def usual(name: str) -> str:
    """A long name with its parts as most people write them."""
    pattern, others = _spellings()
    return pattern.sub(lambda one: others[one[0]], name) if len(name) >= LONG else name


def split_words(surname: Words, given: Words) -> tuple[Words, Words]:
    """`plain_words` and `split_name` for two columns."""
    surname, given = plain_words(surname), plain_words(given)
    long = [_changes(words.values) for words in (surname, given)]
    rows = np.flatnonzero(long[0][surname.codes] | long[1][given.codes])
    if not len(rows):
        return surname, given
    pairs = [split_name(surname[int(row)], given[int(row)]) for row in rows]
    return (
        _with(surname, rows.tolist(), (one for one, _ in pairs)),
        _with(given, rows.tolist(), (one for _, one in pairs)),
    )


def _changes(values: Sequence[str]) -> NDArray[np.bool_]:
    pattern, _ = _spellings()
    found = [len(one) >= LONG and (DOT in one or bool(pattern.search(one))) for one in values]
    return np.array(found, np.bool_)


def _with(words: Words, rows: Sequence[int], others: Iterable[str]) -> Words:
    """A column with other words in some rows."""
    numbers = {one: place for place, one in enumerate(words.values)}
    codes = words.codes.copy()
    for row, other in zip(rows, others, strict=True):
        codes[row] = numbers.setdefault(other, len(numbers))
    return Words(codes, tuple(numbers))
