"""The sounds of Chinese characters: a syllable is an initial and a final, without its tone.

Tones are left out on purpose: what a clerk hears in a dialect keeps few of them. A syllable is
written as in pinyin, ü as v, and y and w count as initials, so that every one has the same shape.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

Syllable = tuple[str, str]
Ids = NDArray[np.int32]

PLANE: Final = 0x10000  # characters beyond the basic plane have no sound here
PRIVATE: Final = 0xE000  # from here on a letter stands for a syllable whose character is not known
SILENT: Final = 0  # the syllable of what has no sound
INITIALS: Final = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")

# Surnames are read in their own way: 单 is Shan, 解 is Xie.
SURNAMES: Final = {
    "单": "shan", "解": "xie", "曾": "zeng", "仇": "qiu", "查": "zha", "区": "ou", "任": "ren",
    "盖": "ge", "尉": "yu", "缪": "miao", "乐": "yue", "翟": "zhai", "朴": "piao", "繁": "po",
    "覃": "qin", "召": "shao", "折": "she", "黑": "he", "秘": "bi", "冼": "xian", "种": "chong",
    "员": "yun", "洗": "xian", "薄": "bo", "晟": "cheng", "谌": "chen", "那": "na", "长": "zhang",
    "重": "chong", "朝": "chao", "行": "xing", "盛": "sheng", "石": "shi", "车": "che", "万": "wan",
    "宁": "ning", "粘": "nian", "卜": "bu", "牟": "mu", "阚": "kan", "郇": "xun", "逄": "pang",
}  # fmt: skip


@dataclass(frozen=True)
class Sounds:
    """All syllables, and the syllable of every character as a number into them.

    `of`: shape (65536,), by code point; 0 for none. `of_surname`: the same for family names.
    """

    syllables: tuple[Syllable, ...]
    of: Ids
    of_surname: Ids

    def number(self, written: str) -> int:
        """The number of a syllable written in pinyin without tone; 0 when there is none."""
        return self._numbers.get(split(written), SILENT)

    @property
    def _numbers(self) -> dict[Syllable, int]:
        return _numbers(self.syllables)


@cache
def _numbers(syllables: tuple[Syllable, ...]) -> dict[Syllable, int]:
    return {syllable: number for number, syllable in enumerate(syllables)}


def split(written: str) -> Syllable:
    """A syllable of pinyin without tone into initial and final; after j, q, x and y a u is ü."""
    initial = next((one for one in INITIALS if written.startswith(one)), "")
    final = written[len(initial) :]
    if initial in {"j", "q", "x", "y"} and final.startswith("u"):
        final = "v" + final[1:]
    return initial, final


def without_tone(written: str) -> str:
    """`zhōng` as `zhong`, `lǜ` as `lv`; what is no pinyin comes back bare of marks."""
    bare = "".join(
        "v" if one == "̈" else one
        for one in unicodedata.normalize("NFD", written)
        if one == "̈" or not unicodedata.combining(one)
    )
    return bare.replace("uv", "v").replace("ê", "e").lower()


@cache
def sounds() -> Sounds:
    """Read once from the table of pypinyin, which lists the commonest reading first."""
    table = cast("dict[int, str]", import_module("pypinyin.pinyin_dict").pinyin_dict)
    numbers: dict[Syllable, int] = {("", ""): SILENT}
    of = np.zeros(PLANE, np.int32)
    for point, readings in table.items():
        if point < PLANE:
            syllable = split(without_tone(readings.split(",")[0]))
            of[point] = numbers.setdefault(syllable, len(numbers))
    of[PRIVATE : PRIVATE + len(numbers)] = np.arange(len(numbers))
    of_surname = of.copy()
    for character, reading in SURNAMES.items():
        syllable = split(reading)
        of_surname[ord(character)] = numbers.setdefault(syllable, len(numbers))
    return Sounds(tuple(numbers), of, of_surname)


# Dialects run these together, so a place is looked for under the class of its sound.
_SAME_INITIAL: Final = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "f": "h", "w": "h"}
_SAME_FINAL: Final = {
    "ing": "in", "eng": "en", "ang": "an", "uang": "uan", "iang": "ian", "v": "i", "vn": "in",
    "van": "ian", "ve": "ie", "ong": "en", "un": "en", "iong": "in",
}  # fmt: skip


def folded(syllable: Syllable) -> Syllable:
    """The class of a syllable: what some dialect confuses has one class."""
    initial, final = syllable
    if initial == "h" and len(final) > 1 and final.startswith("u"):
        final = final[1:]
    return _SAME_INITIAL.get(initial, initial), _SAME_FINAL.get(final, final)


@cache
def folds() -> Ids:
    """The class of each syllable as a number, shape (syllables,)."""
    classes: dict[Syllable, int] = {}
    found = [classes.setdefault(folded(one), len(classes)) for one in sounds().syllables]
    return np.array(found, np.int32)
