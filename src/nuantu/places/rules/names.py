"""Chinese place names: the part that tells places apart, and how it sounds.

People drop 镇 and 县, write 三颗树 for 三棵树 or type sankeshu. Comparing names by the sound of
each character catches all three; what was written still counts more than what only sounds alike.
"""

import re
import unicodedata
from functools import cache, lru_cache

from nuantu.planbook.sounding import known_characters, sounds_of

_PEOPLES = (
    "各族|满|回|苗|侗|壮|瑶|彝|藏|土家|布依|哈萨克|蒙古|畲|黎|傣|傈僳|仡佬|羌|水|佤|纳西|拉祜|景颇"
    "|仫佬|布朗|撒拉|毛南|锡伯|达斡尔|鄂温克|鄂伦春|朝鲜|维吾尔|柯尔克孜|塔吉克|裕固|保安|东乡|土"
    "|哈尼|白|独龙|怒|普米"
)
_PEOPLE = re.compile(rf"(?:{_PEOPLES})族(?=.*(?:自治|[乡镇]$))")
_SUFFIXES = {
    "province": ("特别行政区", "自治区", "省", "市"),
    "prefecture": ("自治州", "地区", "市", "州", "盟"),
    "county": ("自治县", "自治旗", "林区", "特区", "新区", "市", "县", "区", "旗"),
    "town": ("街道办事处", "街道", "地区", "镇", "乡", "苏木"),
    "village": (
        "村村民委员会", "村村委会", "社区居民委员会", "居民委员会", "社区居委会", "居委会", "村民委员会", "村委会", "社区", "村",
    ),
}  # fmt: skip
_DEMO = re.compile(r"[（(]?演示[)）]?$")
_SHORTEST_CORE = 2


def core_name(name: str, kind: str) -> str:
    """三棵树镇 → 三棵树, 黔东南苗族侗族自治州 → 黔东南; never shorter than two characters.

    `kind` is a division level; names of other things keep everything but the mark of a demo.
    """
    plain = _DEMO.sub("", name).strip()
    if kind not in _SUFFIXES:
        return plain
    without_people = _PEOPLE.sub("", plain)
    for candidate in (without_people, plain):
        for suffix in _SUFFIXES[kind]:
            core = candidate.removesuffix(suffix)
            if core != candidate and len(core) >= _SHORTEST_CORE:
                return core
    return plain


def level_word(text: str, kind: str) -> bool | None:
    """Whether the words right after a name say its level (True), another level (False) or nothing.

    天柱县 after the core 天柱: True for the county, False for a town called 天柱镇.
    """
    if any(text.startswith(suffix) for suffix in _SUFFIXES.get(kind, ())):
        return True
    for other in ("prefecture", "county", "town"):
        if other != kind and any(text.startswith(s) for s in _SUFFIXES[other]):
            return False
    return None


# What is often called after a place far away: 雷山路 is a street of 凯里, 三棵树小区 may stand anywhere.
# A crossing, a bridge or a school of a town is likely its own, so only counties give those their names.
_STREETS = ("路", "街", "大街", "大道", "巷", "弄", "胡同", "小区", "花园", "公寓", "新村", "苑")
_CALLED_AFTER_COUNTIES = (
    "桥", "大桥", "立交", "天桥", "酒店", "大酒店", "宾馆", "饭店", "旅馆", "招待所", "大厦", "商场", "超市",
    "米粉", "酸汤", "饭馆", "餐馆", "小吃", "家园", "广场",
)  # fmt: skip
_CROSSING = "路口"


def names_something(text: str, kind: str) -> bool:
    """Whether the words right after a bare name make it the name of a street, a bridge or a shop.

    雷山路口: a crossing on 雷山路, not the county; 三棵树路口 may well be the crossing at the town.
    """
    if kind == "town" and text.startswith(_CROSSING):
        return False
    return text.startswith(_STREETS) or (
        kind in ("province", "prefecture", "county") and text.startswith(_CALLED_AFTER_COUNTIES)
    )


def plain_text(text: str) -> str:
    """Half-width, small letters, without spaces and punctuation; at most 200 characters."""
    folded = unicodedata.normalize("NFKC", text[:1000]).lower()
    return "".join(ch for ch in folded if ch.isalnum())[:200]


@lru_cache(maxsize=30_000)
def sound_of(character: str) -> str:
    """The pinyin of one character without tone; a digit or letter sounds like itself."""
    return sounds_of(character)[0] if character >= "㐀" else character


@cache
def syllables() -> frozenset[str]:
    """Every syllable a character can have, without tones."""
    found = set()
    for code in known_characters():
        if 0x4E00 <= code <= 0x9FA5:
            found.add(sound_of(chr(code)))
    return frozenset(sound for sound in found if sound.isascii() and sound.isalpha())


def sounds(text: str) -> list[str]:
    """One sound for each character; a run of Latin letters is cut into syllables first."""
    found: list[str] = []
    for run in re.findall(r"[a-z]+|[^a-z]", text):
        found.extend(_cut(run) if run.isascii() and run.isalpha() else [sound_of(run)])
    return found


def _cut(letters: str) -> list[str]:
    """sankeshu → san, ke, shu: the fewest known syllables, else the letters as one word."""
    known = syllables()
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or letters[start:end] not in known:
                continue
            current = best[end]
            if current is None or len(before) + 1 < len(current):
                best[end] = [*before, letters[start:end]]
    return best[-1] or [letters]
