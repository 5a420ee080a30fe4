"""Names of divisions in Chinese text: full, without the names of peoples, and short.

The table itself is passed in; a name may mean several divisions (朝阳区), which the scope decides.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from nuantu.accounts.rules.divisions import full_code, level_of, short_code

_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克"
    "|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族"
    "|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|鄂温克|德昂族|保安族|裕固族|独龙族"
    "|鄂伦春|赫哲族|门巴族|珞巴族|基诺族|各族|回"
)
_AUTONOMOUS = re.compile(rf"^(?P<stem>.+?)(?:{_PEOPLES})*自治(?P<kind>州|县|旗|区)$")
_SUFFIX = re.compile(r"(?:省|市|地区|盟|州|县|区|旗|特区|林区|镇|乡|街道办事处|街道)$")
_NO_NAME = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# short forms that are words of the weather or of directions
_NOT_SHORT = {
    "南部",
    "东部",
    "西部",
    "北部",
    "城区",
    "郊区",
    "新区",
    "中部",
    "大通",
    "平和",
    "大风",
    "大雪",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text and the divisions it may mean (12 digits)."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]


def forms_of(name: str) -> tuple[str, ...]:
    """Every form of a name, longest first: 黔东南苗族侗族自治州, 黔东南自治州, 黔东南州, 黔东南."""
    forms = [name]
    autonomous = _AUTONOMOUS.match(name)
    if autonomous:
        stem, kind = autonomous["stem"], autonomous["kind"]
        forms += [f"{stem}自治{kind}", f"{stem}{kind}", stem]
    else:
        stem = _SUFFIX.sub("", name)
        forms.append(stem)
    kept = [form for form in forms if len(form) >= 2 and form not in _NOT_SHORT]
    return tuple(sorted(dict.fromkeys(kept), key=len, reverse=True))


class Gazetteer:
    """Looks names up in a table of (code, name). Codes of any length; answers have 12 digits."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, str] = {}
        self._codes: dict[str, list[str]] = defaultdict(list)
        for code, name in entries:
            if name in _NO_NAME:
                continue
            full = full_code(code)
            self._names[full] = name
            for form in forms_of(name):
                self._codes[form].append(full)
        self._longest = max((len(form) for form in self._codes), default=0)

    def name_of(self, code: str) -> str:
        """The name of a code, empty when the table does not hold it."""
        return self._names.get(full_code(code), "")

    def codes(self, name: str, within: str = "") -> tuple[str, ...]:
        """Divisions of that name inside the prefix `within`, larger ones first."""
        inside = [code for code in self._codes.get(name, ()) if code.startswith(within)]
        return tuple(sorted(inside, key=lambda code: (len(short_code(code)), code)))

    def mentions(self, text: str, within: str = "") -> list[Mention]:
        """Names in the text that mean something inside `within`; longest first, no overlaps."""
        found: list[Mention] = []
        position = 0
        while position < len(text):
            mention = self._at(text, position, within)
            if mention:
                found.append(mention)
                position = mention.end
            else:
                position += 1
        return found

    def _at(self, text: str, position: int, within: str) -> Mention | None:
        for length in range(min(self._longest, len(text) - position), 1, -1):
            name = text[position : position + length]
            if name in self._codes:
                codes = self.codes(name, within)
                if codes:
                    return Mention(position, position + length, name, codes)
        return None

    def chain(self, place: str, near: str = "") -> str:
        """The division that a chain of names ends in (贵州省黔东南州凯里市); `near` is the code of
        the reader's own division, which decides between namesakes. Empty when unknown."""
        scope, rest = "", place
        while rest:
            step = self._step(rest, scope, near)
            if step is None:
                break
            scope, rest = short_code(step[0]), rest[step[1] :]
        return full_code(scope) if scope else ""

    def _step(self, text: str, scope: str, near: str) -> tuple[str, int] | None:
        for length in range(min(self._longest, len(text)), 1, -1):
            codes = self.codes(text[:length], scope)
            codes = tuple(code for code in codes if not scope or short_code(code) != scope)
            chosen = _nearest(codes, near)
            if chosen:
                return chosen, length
        return None


def _nearest(codes: tuple[str, ...], near: str) -> str:
    """The one code; of several the one in the reader's own county, prefecture or province."""
    if len(codes) <= 1 or len({short_code(code)[:6] for code in codes}) == 1:
        return codes[0] if codes else ""
    largest = [code for code in codes if level_of(code) == level_of(codes[0])]
    if len(largest) == 1:
        return largest[0]
    for length in (6, 4, 2):
        close = [code for code in codes if near and code[:length] == near[:length]]
        if len(close) == 1:
            return close[0]
    return ""
