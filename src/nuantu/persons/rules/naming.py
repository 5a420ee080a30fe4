"""What somebody without a name is called, and what is shown of somebody who is protected."""

import re
from collections.abc import Iterable
from typing import Final

from nuantu.persons.rules.ages import Age

_SPACES: Final = re.compile(r"\s+")
CALLED_LENGTH: Final = 60
NAMELESS: Final = "不知姓名"


def called(
    *, name: str = "", sex_word: str = "", age: Age | None = None, looks: str = "", place: str = ""
) -> str:
    """`约50岁男子 灰大衣 南桥`: the name where there is one, else age, sex, looks, place.

    `sex_word` is 男子, 女子, 男孩, 女孩 or empty.
    """
    if name.strip():
        return _SPACES.sub(" ", name.strip())[:CALLED_LENGTH]
    years = age_words(age)
    who = f"{years}{sex_word or '人员'}" if years or sex_word else ""
    parts = [part for part in (who, looks.strip(), place.strip()) if part]
    return _SPACES.sub(" ", " ".join(parts))[:CALLED_LENGTH]


def made_of(sex: str, age: Age | None, looks: str, minor_line: int) -> str:
    """The name that the program makes of these facts, without the place."""
    return called(sex_word=sex_word(sex, age, minor_line), age=age, looks=looks)


def following(words: str, *, before: Iterable[str], after: str) -> str:
    """A name that was made of the facts `before` as those of now make it; any other as it is.

    What stands behind the facts, mostly the place, stays.
    """
    for made in sorted(before, key=len, reverse=True):
        if made and f"{words} ".startswith(f"{made} "):
            return f"{after}{words[len(made) :]}".strip()[:CALLED_LENGTH] or words
    return words


def age_words(age: Age | None) -> str:
    """`约50岁`, `12岁`, empty for nothing."""
    if age is None:
        return ""
    return f"约{age.middle}岁" if age.is_estimated else f"{age.low}岁"


def sex_word(sex: str, age: Age | None, minor_line: int) -> str:
    """男子, 女子; 男孩, 女孩 for those who are surely below the line."""
    is_child = age is not None and age.high < minor_line
    words = {"male": ("男子", "男孩"), "female": ("女子", "女孩")}.get(sex)
    return words[is_child] if words else ""


def tail_of(number: str) -> str:
    """The last four characters of a number, the rest hidden."""
    return f"{'•' * max(0, len(number) - 4)}{number[-4:]}" if len(number) > 4 else "•" * len(number)
