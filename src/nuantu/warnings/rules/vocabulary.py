"""Words of Chinese weather warnings: events, colours, severities, in Chinese and English.

Event codes are those of the national early-warning system (12379, 11B01 and on; WE-19). 11B05,
11B06, 11B09, 11B14, 11B15 and 11B21 were seen in real messages; the rest is the list public clients
use. Providers change types without notice (WE-27): a name that is not here is kept as it came.
"""

import re
from dataclasses import dataclass

from nuantu.warnings.rules.message import Colour


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of weather with its 12379 code (empty where there is none) and other names."""

    name: str
    code: str = ""
    aliases: tuple[str, ...] = ()
    english: tuple[str, ...] = ()


ALL_EVENTS = "全部"

EVENTS = (
    EventType("台风", "11B01", ("热带气旋",), ("typhoon", "tropical cyclone")),
    EventType("龙卷风", "11B02", ("龙卷",), ("tornado",)),
    EventType("暴雨", "11B03", (), ("rainstorm", "heavy rain", "torrential rain")),
    EventType("暴雪", "11B04", (), ("snowstorm", "blizzard", "heavy snow")),
    EventType("寒潮", "11B05", (), ("cold wave", "cold surge")),
    EventType("大风", "11B06", ("强风",), ("gale", "strong wind", "high wind", "wind")),
    EventType("沙尘暴", "11B07", (), ("sandstorm", "dust storm", "sand and dust")),
    EventType("低温冻害", "11B08", (), ("low temperature freezing injury", "chilling injury")),
    EventType("高温", "11B09", (), ("high temperature", "heat wave", "heatwave", "extreme heat")),
    EventType("热浪", "11B10", (), ("hot spell",)),
    EventType("干热风", "11B11", (), ("dry hot wind", "dry-hot wind")),
    EventType("下击暴流", "11B12", (), ("downburst",)),
    EventType("雪崩", "11B13", (), ("avalanche",)),
    EventType("雷电", "11B14", (), ("lightning", "thunder and lightning", "thunderstorm")),
    EventType("冰雹", "11B15", (), ("hail",)),
    EventType("霜冻", "11B16", (), ("frost",)),
    EventType("大雾", "11B17", ("浓雾", "强浓雾"), ("heavy fog", "dense fog", "fog")),
    EventType("低空风切变", "11B18", (), ("low-level wind shear",)),
    EventType("霾", "11B19", ("灰霾",), ("haze",)),
    EventType(
        "雷雨大风",
        "11B20",
        ("雷暴大风", "雷雨强风"),
        ("thunderstorm gale", "thunderstorm wind", "thunderstorm and strong wind"),
    ),
    EventType(
        "道路结冰",
        "11B21",
        ("路面结冰", "道路凝冻"),
        ("road icing", "icy road", "road ice", "icing on road", "icy roads"),
    ),
    EventType("干旱", "11B22", ("气象干旱",), ("drought",)),
    EventType("海上大风", "11B23", (), ("sea gale", "marine gale", "gale at sea")),
    EventType("高温中暑", "11B24", (), ("heatstroke", "heat stroke")),
    EventType(
        "森林火险",
        "11B25",
        ("森林高火险", "森林火灾", "森林火险气象"),
        ("forest fire", "forest fire risk"),
    ),
    EventType("草原火险", "11B26", ("草原火灾",), ("grassland fire",)),
    EventType("冰冻", "11B27", ("凝冻", "低温凝冻"), ("freezing", "ice freeze")),
    EventType("空间天气", "11B28", (), ("space weather",)),
    EventType(
        "重污染", "11B29", ("空气重污染", "重污染天气"), ("heavy pollution", "air pollution")
    ),
    EventType(
        "低温雨雪冰冻",
        "11B30",
        ("低温雨雪冰冻灾害",),
        ("low temperature, rain, snow and freezing", "low-temperature rain, snow and freezing"),
    ),
    EventType("强对流", "11B31", ("强对流天气",), ("severe convection", "strong convection")),
    EventType("臭氧", "11B32", (), ("ozone",)),
    EventType("大雪", "11B33", (), ("snowfall",)),
    EventType("寒冷", "11B34", (), ("severe cold", "cold")),
    EventType("连阴雨", "11B35", (), ("prolonged rain",)),
    EventType(
        "渍涝风险", "11B36", ("渍涝", "城市内涝", "内涝"), ("waterlogging", "urban flooding")
    ),
    EventType(
        "地质灾害气象风险",
        "11B37",
        ("地质灾害",),
        ("geological disaster", "geological hazard", "geo-hazard"),
    ),
    EventType("强降雨", "11B38", (), ("heavy rainfall",)),
    EventType("强降温", "11B39", (), ("sharp temperature drop", "strong cooling")),
    EventType("雪灾", "11B40", (), ("snow disaster",)),
    EventType(
        "森林草原火险",
        "11B41",
        ("森林(草原)火险", "森林草原高火险"),
        ("forest and grassland fire",),
    ),
    EventType("雷暴", "11B43", (), ("thunder",)),
    EventType("沙尘", "11B51", ("浮尘", "扬沙", "浓浮尘"), ("dust", "sand")),
    EventType("降温", "11B48", (), ("cooling", "temperature drop")),
    EventType("严寒", "11B50", (), ("bitter cold",)),
    EventType("海上雷雨大风", "11B52", (), ("thunderstorm gale at sea",)),
    EventType("海上大雾", "11B53", ("海雾",), ("sea fog",)),
    EventType("海上雷电", "11B54", (), ("lightning at sea",)),
    EventType("海上台风", "11B55", (), ("typhoon at sea",)),
    EventType("低温", "11B56", ("持续低温",), ("low temperature", "persistent low temperature")),
    EventType("道路冰雪", "11B57", (), ("snow and ice on roads",)),
    EventType("洪水", "11A01", ("洪涝", "江河洪水", "中小河流洪水"), ("flood",)),
    EventType(
        "山洪灾害",
        "",
        ("山洪", "山洪灾害气象"),
        ("flash flood", "mountain torrent", "mountain flood"),
    ),
    EventType("冻雨", "", (), ("freezing rain",)),
    EventType("电线积冰", "", ("电线覆冰",), ("wire icing",)),
    EventType("雨雪冰冻", "", (), ("rain, snow and freezing",)),
    EventType("强季风", "", ("强烈季候风",), ("strong monsoon",)),
    EventType(ALL_EVENTS, "", ("所有", "各类"), ("all warnings",)),
)

_BY_NAME = {name: event for event in EVENTS for name in (event.name, *event.aliases)}
_BY_CODE = {event.code: event for event in EVENTS if event.code}
_ENGLISH = sorted(
    ((word, event) for event in EVENTS for word in event.english),
    key=lambda pair: -len(pair[0]),
)

# weather.com.cn and Caiyun index, two digits type (WE-13)
_INDEX = {
    "01": "台风",
    "02": "暴雨",
    "03": "暴雪",
    "04": "寒潮",
    "05": "大风",
    "06": "沙尘暴",
    "07": "高温",
    "08": "干旱",
    "09": "雷电",
    "10": "冰雹",
    "11": "霜冻",
    "12": "大雾",
    "13": "霾",
    "14": "道路结冰",
    "15": "森林火险",
    "16": "雷雨大风",
    "91": "寒冷",
    "92": "霾",
    "93": "雷雨大风",
    "94": "森林火险",
    "95": "降温",
    "96": "道路冰雪",
}
# two digits level (WE-14)
_INDEX_COLOUR = {
    "00": Colour.WHITE,
    "01": Colour.BLUE,
    "02": Colour.YELLOW,
    "03": Colour.ORANGE,
    "04": Colour.RED,
    "05": Colour.WHITE,
    "91": Colour.WHITE,
}

_COLOUR_WORDS = {
    "white": Colour.WHITE,
    "blue": Colour.BLUE,
    "yellow": Colour.YELLOW,
    "amber": Colour.ORANGE,
    "orange": Colour.ORANGE,
    "red": Colour.RED,
}
_SEVERITY = {
    "minor": Colour.BLUE,
    "moderate": Colour.YELLOW,
    "severe": Colour.ORANGE,
    "extreme": Colour.RED,
    "standard": Colour.WHITE,
    "major": Colour.ORANGE,
    "critical": Colour.RED,
}
_LEVEL_WORDS = {
    "特别严重": Colour.RED,
    "特别重大": Colour.RED,
    "严重": Colour.ORANGE,
    "重大": Colour.ORANGE,
    "较重": Colour.YELLOW,
    "较大": Colour.YELLOW,
    "一般": Colour.BLUE,
}
_ROMAN = {"I": Colour.RED, "II": Colour.ORANGE, "III": Colour.YELLOW, "IV": Colour.BLUE}
_DIGIT = {"1": Colour.RED, "2": Colour.ORANGE, "3": Colour.YELLOW, "4": Colour.BLUE}

EVENT_WORDS = tuple(sorted(_BY_NAME, key=len, reverse=True))
"""Every Chinese event word, longest first."""

_CODE = re.compile(r"11[A-Z]\d{2,3}")
_TAIL = re.compile(
    r"(?:灾害|天气|气象|风险|事件|等级|预警信号|预警信息|预警|信号|警报|[白蓝黄橙红]色)+$"
)
_COLOUR_HAN = re.compile(r"([白蓝黄橙红])色?")
_LEVEL_HAN = re.compile(r"(?<![A-Z])(IV|I{1,3}|[1-4])\s*级")


def event_named(name: str) -> EventType | None:
    """The event of a Chinese name, whatever follows it (大风蓝色预警信号 → 大风)."""
    bare = name.strip().strip("“”\"' ")
    for candidate in (bare, _TAIL.sub("", bare)):
        if candidate in _BY_NAME:
            return _BY_NAME[candidate]
    return None


def english_name(name: str) -> str:
    """What a Chinese event is called in English; the Chinese word where there is none."""
    known = event_named(name)
    return known.english[0].capitalize() if known and known.english else name


def event_of_code(code: str) -> EventType | None:
    """The event of a 12379 code (11B05), or of a provider's 10xx that follows it (1005)."""
    found = _CODE.search(code.upper())
    if found and found.group() in _BY_CODE:
        return _BY_CODE[found.group()]
    if re.fullmatch(r"10\d\d", code):
        return _BY_CODE.get(f"11B{code[2:]}")
    return None


def event_of_index(digits: str) -> tuple[EventType | None, Colour | None]:
    """Event and colour of the four-digit index 0401, or with a stroke 04/01 (WE-13, WE-14)."""
    found = re.fullmatch(r"(\d\d)[/\-]?(\d\d)?", digits.strip())
    if not found or found[1] not in _INDEX:
        return None, None
    return _BY_NAME[_INDEX[found[1]]], _INDEX_COLOUR.get(found[2] or "")


def event_in_english(text: str) -> EventType | None:
    """The event of English words (blue gale warning → 大风); the longest expression wins."""
    lowered = text.lower()
    for words, event in _ENGLISH:
        if re.search(rf"\b{re.escape(words)}s?\b", lowered):
            return event
    return None


def colour_named(text: str) -> Colour | None:
    """The colour a short field says: 蓝, 蓝色, Blue, Ⅳ, IV级, 一般, IV级/一般. None for others."""
    bare = text.strip().strip("[]()（）【】")
    found = _COLOUR_HAN.search(bare)
    if found:
        return Colour(found[1])
    for word, colour in _COLOUR_WORDS.items():
        if re.search(rf"\b{word}\b", bare.lower()):
            return colour
    return colour_of_level(bare)


def colour_of_level(text: str) -> Colour | None:
    """The colour of a legal level: IV, IV级, 4级, 一般 (WE-15). `text` after NFKC."""
    bare = text.strip()
    if bare.upper() in _ROMAN:
        return _ROMAN[bare.upper()]
    found = _LEVEL_HAN.search(bare.upper())
    if found:
        return _ROMAN.get(found[1]) or _DIGIT[found[1]]
    for word, colour in _LEVEL_WORDS.items():
        if word in bare:
            return colour
    return None


def colour_of_severity(word: str) -> Colour | None:
    """The colour that Chinese providers mean by a CAP severity (WE-25)."""
    return _SEVERITY.get(word.strip().lower())


def colour_of_digit(digit: str) -> Colour | None:
    """The colour of a bare severity digit in broadcast messages: 1 红 to 4 蓝."""
    return _DIGIT.get(digit.strip())
