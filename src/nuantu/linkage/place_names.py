"""Names of places without what kind of place they are: 河泽 in 菏泽市, 关岭 in 关岭布依族苗族自治县.

A name is cut to its core where it stands in a tree, and a fragment that somebody remembers may be
a core, a core with any kind of place after it, or a core that lost its first or last character.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

PEOPLES: Final = (
    "壮族|回族|苗族|维吾尔族|维吾尔|土家族|彝族|蒙古族|蒙古|藏族|布依族|侗族|瑶族|朝鲜族|满族|白族|哈尼族|"
    "哈萨克族|哈萨克|黎族|傣族|畲族|傈僳族|仡佬族|东乡族|拉祜族|水族|佤族|纳西族|羌族|土族|仫佬族|锡伯族|"
    "锡伯|柯尔克孜族|柯尔克孜|达斡尔族|景颇族|毛南族|撒拉族|布朗族|塔吉克族|塔吉克|阿昌族|普米族|"
    "鄂温克族|怒族|京族|基诺族|德昂族|保安族|裕固族|独龙族|鄂伦春族|鄂伦春|各族"
)
_ENDS: Final = (
    re.compile("(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市)$"),
    re.compile(rf"(?:(?:{PEOPLES})+自治州|地区|市|盟|州)$"),
    re.compile(rf"(?:(?:{PEOPLES})*自治[县旗]|特区|林区|[县区市旗])$"),
    re.compile(rf"(?:(?:{PEOPLES})*(?:民族)?[乡镇]|街道办事处|街道|苏木)$"),
    re.compile(
        "(?:村?村民委员会|村?村委会|(?:社区)?居民委员会|(?:社区)?居委会|社区|嘎查|村)$",
    ),
)
KINDS: Final = "省市县区旗镇乡村州盟"
LONGEST: Final = 12


@lru_cache(maxsize=1 << 20)
def core(name: str, level: int) -> str:
    """The name without its kind; a single character keeps it (温县), as does a bare kind."""
    cut = _ENDS[level].sub("", name)
    if not cut or (len(cut) == 1 and level < len(_ENDS) - 1):
        cut = name
    return cut[:LONGEST]


@cache
def _lines(level: int) -> re.Pattern[str]:
    return re.compile(_ENDS[level].pattern, re.MULTILINE)


def cores_of(names: Sequence[str], level: int) -> list[str]:
    """`core` of many names at once."""
    cut = _lines(level).sub("", "\n".join(names)).split("\n") if names else []
    return [
        short[:LONGEST] if len(short) > 1 else core(name, level)
        for short, name in zip(cut, names, strict=True)
    ]
