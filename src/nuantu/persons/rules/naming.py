"""What somebody without a name is called, and what is shown of somebody who is protected."""

import re
from typing import Final

from nuantu.persons.rules.ages import Age

_SPACES: Final = re.compile(r"\s+")
CALLED_LENGTH: Final = 60


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
