"""What words say that can be compared: names, pieces of places, marks, height, accent. Words in, plain values out."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from nuantu.tracing.rules.places import parts_of, simple

# The place of each mark in the bit set that is compared; only ever added to at the end.
MARK_BITS: Final = (
    "scar_face", "scar_body", "surgery_scar", "mole", "tattoo", "missing_finger", "missing_limb", "limp",
    "hunched_back", "blind_eye", "ear_damaged", "cleft_lip", "teeth", "bald", "deaf", "mute", "stammer",
)  # fmt: skip
_SAID: Final[Mapping[str, str]] = {
    "scar_face": "脸.{0,3}疤|面部.{0,2}疤|疤脸",
    "scar_body": "(?:臂|手|腿|背|胸|身).{0,4}疤|烫伤",
    "surgery_scar": "刀疤|手术.{0,2}疤|刀口",
    "mole": "痣|胎记",
    "tattoo": "纹身|文身|刺青",
    "missing_finger": "(?:缺|断|少).{0,4}(?:指|趾)|(?:指|趾).{0,2}(?:缺|断)",
    "missing_limb": "截肢|断(?:臂|腿|手)|缺(?:左|右)?(?:臂|腿|手)(?!.{0,2}指)",
    "limp": "跛|瘸|拄.{0,2}(?:拐|棍)",
    "hunched_back": "驼背|背驼",
    "blind_eye": "失明|(?:左|右|一|双)眼.{0,2}(?:看不见|瞎)|盲",
    "ear_damaged": "耳.{0,3}(?:缺|残)",
    "cleft_lip": "唇裂|兔唇",
    "teeth": "缺.{0,3}牙|牙.{0,3}缺|镶牙|金牙",
    "bald": "秃|光头",
    "deaf": "聋|听不见|耳背",
    "mute": "哑|不会说话",
    "stammer": "口吃|结巴",
}
_MARKS: Final = {code: re.compile(said) for code, said in _SAID.items()}
_HEIGHTS: Final = (
    re.compile(r"(?<!\d)(1\d\d)\s*(?:cm|厘米|公分)", re.IGNORECASE),
    re.compile(r"(?<!\d)1\s*(?:米|\.)\s*(\d\d)"),
)
_BRACKETS: Final = re.compile(r"[(（\[【].*?[)）\]】]")
_CALLED: Final = re.compile(
    "^(?:本人|我|俺|他|她|别人|人家|大家|家里)?(?:的?(?:名字|姓名|小名))?(?:叫做|叫作|叫|喊|是)(?:我|他|她)?"
)
_QUOTED: Final = re.compile('[“「"]([^”」"]{1,8})[”」"]')
_NICKNAME: Final = re.compile(
    r"^[阿小老].$|^(.)\1$|^.{1,2}(?:娃|妹|仔|崽|狗|囡|爷|叔|婆|奶|嫂|哥)$"
)
_FROM: Final = re.compile(
    "^(?:我|俺|他|她)?(?:们)?的?(?:老家|家|户口)?(?:住在|来自|到过|去过|提到|住|在|是)(?=..)"
)
_HOUSE: Final = re.compile("^(.{2,6}?)(?:完全小学|中心小学|小学|中学|学校).*$")
_BREAKS: Final = re.compile(r"[\s,，、;；。/|]+")
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_COMPOUND: Final = re.compile(
    "欧阳|司马|上官|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|慕容|长孙|宇文|令狐|端木|轩辕|申屠|闻人|钟离"
)
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍"
)


def bare(words: str) -> str:
    """A name without what stands in brackets, in simplified characters."""
    return simple(_BRACKETS.sub("", words)).strip()


def name_parts(words: str, surnames: Iterable[str] = (), *, is_whole: bool) -> tuple[str, str]:
    """Surname and given name; `is_whole`: as written by somebody who knows it, else as heard.

    Who was only heard may have said the given name alone: the first character counts as a surname where it
    is one. Latin letters and names with a dot are one given name.
    """
    name = bare(words)
    if not name or not _HAN.fullmatch(name):
        return "", re.sub(r"[\s·•.]", "", name)
    if len(name) == 1:
        return ("", name) if is_whole or name not in {*surnames, *_SURNAMES} else (name, "")
    if _COMPOUND.match(name):
        return name[:2], name[2:]
    if is_whole or name[0] in _SURNAMES or name[0] in set(surnames):
        return name[0], name[1:]
    return "", name


def marks_of(codes: Iterable[str], words: str) -> int:
    """Marks of the list and those that the words tell of, as a set of bits."""
    found = {code for code in codes if code in MARK_BITS}
    found |= {code for code, pattern in _MARKS.items() if pattern.search(words)}
    return sum(1 << MARK_BITS.index(code) for code in found)


def height_of(words: str) -> int:
    """A height in centimetres that the words name, -1 where they name none."""
    for place, pattern in enumerate(_HEIGHTS):
        said = pattern.search(words)
        if said:
            return int(said[1]) + 100 * place
    return -1


def pieces_of(words: str) -> list[str]:
    """The pieces of places that somebody named, each once, in their order."""
    parts = [part for piece in _BREAKS.split(_BRACKETS.sub("", words)) for part in parts_of(piece)]
    return list(dict.fromkeys(part for part in parts if len(part) > 1))


def name_said(words: str) -> str:
    """The name in what somebody was heard to say: 我叫大山，… is 大山, 别人叫他“三爷” is 三爷."""
    quoted = _QUOTED.search(words)
    first = next((piece for piece in _BREAKS.split(bare(words)) if piece), "")
    return simple(quoted[1]) if quoted else _CALLED.sub("", first)


def is_nickname(name: str) -> bool:
    """Whether a name is one for home: 小红, 阿妹, 毛毛, 二狗."""
    return _NICKNAME.search(name) is not None


def places_said(words: str) -> list[str]:
    """The pieces of places in what somebody was heard to say: 老家在三棵树 is 三棵树, 重安小学 is 重安."""
    pieces = [_FROM.sub("", piece) for piece in _BREAKS.split(_BRACKETS.sub("", simple(words)))]
    return pieces_of(" ".join(_HOUSE.sub(r"\1", piece) for piece in pieces))


def accent_of(words: str, provinces: Mapping[str, str]) -> str:
    """The two digits of the province whose speech the words name; `provinces`: first two characters of provinces
    and prefectures → code. Empty where they name none or several."""
    simplified = simple(words)
    found = {code for start, code in provinces.items() if start in simplified}
    return found.pop() if len(found) == 1 else ""


# By how it ends, the level of a place that is in no table; the first that fits counts.
_ENDS: Final = (
    (("省", "自治区"), 0), (("社区", "村"), 4), (("镇", "乡", "街道"), 3), (("地区", "州", "盟", "市"), 1),
)  # fmt: skip
_COUNTY: Final = 2


def home_of(words: str) -> tuple[str, str, str, str, str]:
    """The five levels of a home that no table knows, as far as its words go."""
    home = [""] * 5
    for part in parts_of(simple(words)):
        level = next((level for ends, level in _ENDS if part.endswith(ends)), _COUNTY)
        home[level] = home[level] or part
    return home[0], home[1], home[2], home[3], home[4]
