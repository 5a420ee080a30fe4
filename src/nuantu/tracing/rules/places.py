"""The parts of address words: 贵州省黔东南州凯里市三棵树镇 → province, prefecture, county, town."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from nuantu.planbook.reading.normal import simplified

# 州 and 市 also end the names before 省, 市, 县 and 区: 贵州省, 广州市
_PART: Final = re.compile(
    r".+?(?:自治区|特别行政区|自治州|自治县|地区|街道|社区|省|市(?!区)|盟|州(?![省市县区])|县|区|旗|镇|乡|村)"
)


def simple(words: str) -> str:
    """The words in simplified characters, one for one: 台江縣 is 台江县."""
    table = simplified()
    return "".join(table.get(letter, letter) for letter in words)


def parts_of(words: str) -> list[str]:
    """The divisions that address words name, from large to small; what follows the last is left out."""
    bare = re.sub(r"[\s,，、/>-]", "", simple(words))
    return _PART.findall(bare) or ([bare] if bare else [])


def names_a_division(words: str) -> bool:
    """Whether the words name a division at all; 火车站附近 names none."""
    return _PART.search(simple(re.sub(r"\s", "", words))) is not None


def code_meant(words: str, known: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """The code of the one place that the words name, empty where it is none or several.

    `known` gives for a name the places called so, as code and full name. The smallest named part that
    exists counts; every larger one that was named must lie in its full name.
    """
    parts = parts_of(words)
    for place in range(len(parts) - 1, -1, -1):
        larger = parts[:place]
        fitting = {code for code, full in known.get(parts[place], ()) if _lies_in(full, larger)}
        if fitting:
            return fitting.pop() if len(fitting) == 1 else ""
    return ""


def _lies_in(full: str, larger: Iterable[str]) -> bool:
    """黔东南州 lies in 黔东南苗族侗族自治州: the first two letters of a part decide."""
    return all(part[:2] in full for part in larger)
