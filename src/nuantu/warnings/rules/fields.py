"""Where each fact of a warning stands in the structured forms, and how its value is read.

Field names differ between CAP 1.2, the 12379 form, GB/T 35965 and the providers (WE-26); they are
written here once, as keys without case and punctuation.
"""

import math
import re
from datetime import datetime

from nuantu.accounts.rules.divisions import full_code
from nuantu.warnings.rules.message import (
    Area,
    Audience,
    Circle,
    Colour,
    MsgType,
    Note,
    NoteKind,
    Point,
    Reference,
    Status,
)
from nuantu.warnings.rules.moments import stamp
from nuantu.warnings.rules.trees import Tree

IDENTIFIER = (
    "identifier",
    "alertid",
    "warningid",
    "warnid",
    "messageid",
    "msgid",
    "ebmid",
    "id",
    "预警编号",
    "编号",
)
SENDER = ("sender", "sendercode", "senderid")
SENDER_CODE = ("sendercode", "senderid", "orgcode")
SENDER_NAME = (
    "sendername", "senderorg", "issuer", "issuedby", "publisher", "publishorg", "publishunit",
    "sendunit", "department", "org", "发布单位", "发布机构",
)  # fmt: skip
SENT = (
    "sent", "senttime", "sentat", "issuedtime", "issuetime", "issued", "issuedat", "issuedate", "pubtime",
    "publishtime", "publishtimestamp", "pubtimestamp", "publishdate", "pubdate", "releasetime", "sendtime", "发布时间",
)  # fmt: skip
STATUS = ("status", "stat", "alertstatus")
MSG_TYPE = ("msgtype", "messagetype", "alerttype", "action", "消息类型")
SCOPE = ("scope",)
REFERENCES = (
    "references",
    "referencesinfo",
    "reference",
    "relatedalertids",
    "related",
    "supersedes",
    "replaces",
)
EVENT = (
    "event", "eventname", "eventtypename", "eventtypecn", "typename", "signaltype", "warningtype", "disastertype",
    "alarmtypedesc", "alarmtypename", "categorycnname", "eventtype", "type", "name", "灾种", "预警类型", "类型",
)  # fmt: skip
EVENT_CODE = ("eventtype", "eventcode", "eventcodes", "typecode", "type", "alarmtype", "code")
COLOUR = (
    "severitycolor", "color", "colour", "signallevel", "level", "alarmlevelnodesc", "warninglevel", "alarmlevel",
    "levelname", "severity", "eventcolor", "预警级别", "颜色", "级别",
)  # fmt: skip
SEVERITY = ("severity",)
EFFECTIVE = ("effective", "effectivetime", "starttime", "begintime", "effectiveat", "生效时间")
ONSET = ("onset", "onsettime", "onsetat")
EXPIRES = (
    "expires",
    "expiretime",
    "expiredtime",
    "expirestime",
    "expiresat",
    "endtime",
    "invalidtime",
    "失效时间",
)
HEADLINE = (
    "headline",
    "title",
    "msgtitle",
    "warningtitle",
    "alarmtitle",
    "alarmdesc",
    "标题",
    "预警标题",
)
DESCRIPTION = (
    "description", "desc", "content", "text", "txt", "msgdesc", "alarmcontent", "issuecontent",
    "detail", "summary", "正文", "内容", "预警内容",
)  # fmt: skip
INSTRUCTION = (
    "instruction",
    "instructions",
    "guide",
    "guidance",
    "defense",
    "defence",
    "precaution",
    "防御指南",
)
CRITERIA = ("criteria", "standard", "标准")
LANGUAGE = ("language", "languagecode", "lang")
AREA_NAMES = (
    "areadesc",
    "areaname",
    "areanames",
    "location",
    "region",
    "area",
    "影响范围",
    "发布范围",
)
AREA_CODES = (
    "geocode", "geocodes", "areacode", "areacodes", "adcode", "regioncode", "divisioncode", "divisioncodes",
    "divisions", "countycode", "citycode", "影响区划", "区划代码",
)  # fmt: skip

# geocode schemes of other countries, whose six digits are not ours
_FOREIGN = re.compile(r"same|ugc|fips|emma|nuts|kzstd|warncell|hasc|ine|amphoe|zone", re.IGNORECASE)
_PROVINCES = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47),
    *range(50, 55), *range(61, 66), 71, 81, 82, 83,
}  # fmt: skip
_CODE_RUN = re.compile(r"(?<!\d)\d{2,14}(?!\d)")
_TRIPLE = re.compile(
    r"(?P<sender>[^,\s]+),(?P<identifier>[^,\s]+),"
    r"(?P<sent>\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)"
)
_NUMBERS = re.compile(r"[\d.,\s\-]+")
_NOTHING = {"", "none", "null", "nil", "undefined", "无", "-"}

_MSG_TYPES = {
    "alert": MsgType.ALERT, "new": MsgType.ALERT, "issue": MsgType.ALERT, "发布": MsgType.ALERT, "首次": MsgType.ALERT,
    "update": MsgType.UPDATE, "change": MsgType.UPDATE, "continue": MsgType.UPDATE, "upgrade": MsgType.UPDATE,
    "downgrade": MsgType.UPDATE, "更新": MsgType.UPDATE, "变更": MsgType.UPDATE, "继续发布": MsgType.UPDATE,
    "继续": MsgType.UPDATE, "升级": MsgType.UPDATE, "降级": MsgType.UPDATE,
    "cancel": MsgType.CANCEL, "cancelled": MsgType.CANCEL, "canceled": MsgType.CANCEL, "lift": MsgType.CANCEL,
    "解除": MsgType.CANCEL, "取消": MsgType.CANCEL, "已解除": MsgType.CANCEL, "撤销": MsgType.CANCEL,
    "ack": MsgType.ACK, "error": MsgType.ERROR,
}  # fmt: skip
_STATUSES = {
    "actual": Status.ACTUAL, "real": Status.ACTUAL, "实际": Status.ACTUAL, "正式": Status.ACTUAL,
    "active": Status.ACTUAL, "预警中": Status.ACTUAL, "ok": Status.ACTUAL,
    "exercise": Status.EXERCISE, "drill": Status.EXERCISE, "演练": Status.EXERCISE, "演习": Status.EXERCISE,
    "test": Status.TEST, "测试": Status.TEST, "试验": Status.TEST,
    "system": Status.SYSTEM, "系统": Status.SYSTEM, "draft": Status.DRAFT, "草稿": Status.DRAFT,
}  # fmt: skip
_SCOPES = {scope.value: scope for scope in Audience} | {"公开": Audience.PUBLIC}


def said(text: str) -> str:
    """A field's text, empty when it only says that there is nothing."""
    return "" if text.strip().lower() in _NOTHING else text.strip()


def msg_type_of(text: str) -> MsgType | None:
    """The message type that a word means, None for an unknown word."""
    return _MSG_TYPES.get(text.strip().lower())


def status_of(text: str) -> Status | None:
    """The status that a word means, None for an unknown word."""
    return _STATUSES.get(text.strip().lower())


def scope_of(text: str) -> Audience | None:
    """The scope that a word means, None for an unknown word."""
    return _SCOPES.get(text.strip().lower())


def moment_of(
    node: Tree, keys: tuple[str, ...], received_at: datetime
) -> tuple[datetime | None, tuple[Note, ...]]:
    """The first readable moment under the keys; a field that cannot be read is noted."""
    notes: list[Note] = []
    for text in node.all(*keys):
        if not said(text):
            continue
        found = stamp(text, received_at)
        if found:
            return found[0], found[1]
        notes.append(Note(NoteKind.BAD_TIME, text[:40]))
    return None, tuple(notes)


def references_of(texts: list[str], received_at: datetime) -> tuple[Reference, ...]:
    """References: CAP triples `sender,identifier,sent`, or bare identifiers."""
    found: list[Reference] = []
    for text in texts:
        rest = text
        for triple in _TRIPLE.finditer(text):
            moment = stamp(triple["sent"], received_at)
            found.append(
                Reference(triple["identifier"], triple["sender"], moment[0] if moment else None)
            )
            rest = rest.replace(triple.group(), " ")
        found.extend(Reference(word) for word in re.split(r"[\s,;，；]+", rest) if said(word))
    return tuple(dict.fromkeys(found))


def division_codes(text: str) -> tuple[str, ...]:
    """12-digit division codes in a field: one or several codes of 2 to 12 digits, padded."""
    codes = (_division(run) for run in _CODE_RUN.findall(text))
    return tuple(dict.fromkeys(code for code in codes if code))


def _division(digits: str) -> str:
    if len(digits) not in (2, 4, 6, 9, 12) or int(digits[:2]) not in _PROVINCES:
        return ""
    return full_code(digits)


def is_foreign_scheme(scheme: str) -> bool:
    """Whether a geocode scheme is known to be another country's."""
    return bool(_FOREIGN.search(scheme))


def division_of_sender(*texts: str) -> str:
    """The division of an issuer code or identifier: its first six digits (WE-16, WE-17)."""
    for text in texts:
        found = re.search(r"(?<!\d)(\d{6})\d{5,9}(?=_|$)|^(\d{6})$|^(\d{12})$", text.strip())
        digits = next((group for group in found.groups() if group), "") if found else ""
        code = _division(digits[:6]) if digits else ""
        if code:
            return code
    return ""


def polygon_of(text: str) -> tuple[Point, ...] | None:
    """The points of a CAP polygon "lat,lon lat,lon …", None for one that is none."""
    points: list[Point] = []
    for pair in text.split():
        latitude, comma, longitude = pair.partition(",")
        point = _point(latitude, longitude) if comma else None
        if point is None:
            return None
        points.append(point)
    return tuple(points) if len(points) >= 3 else None


def circle_of(text: str) -> Circle | None:
    """A CAP circle "lat,lon radius" in kilometres."""
    centre, _, radius = text.strip().partition(" ")
    latitude, _, longitude = centre.partition(",")
    point, size = _point(latitude, longitude), _number(radius)
    return Circle(point, size) if point and size is not None and size >= 0 else None


def _point(latitude: str, longitude: str) -> Point | None:
    lat, lon = _number(latitude), _number(longitude)
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 360:
        return None
    return lat, (lon + 180) % 360 - 180 if abs(lon) > 180 else lon


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def metres_of(text: str, language: str) -> float | None:
    """A CAP altitude in metres. CAP says feet; a Chinese message means metres."""
    value = _number(re.sub(r"(?:米|m|metres?)$", "", text.strip()))
    if value is None or language.lower().startswith("zh"):
        return value
    return value * 0.3048


def areas_of(node: Tree, language: str) -> tuple[list[Area], list[Note]]:
    """The areas of an info block or a flat message."""
    notes: list[Note] = []
    blocks = [block for block in node.nodes("area", "areas") if block.children]
    if blocks:
        return [_area(block, language, notes) for block in blocks], notes
    return [_area(node, language, notes)], notes


def _area(block: Tree, language: str, notes: list[Note]) -> Area:
    geocodes = _geocodes(block)
    codes = [
        code
        for scheme, value in geocodes
        if not is_foreign_scheme(scheme)
        for code in division_codes(value)
    ]
    return Area(
        description=_area_names(block),
        codes=tuple(dict.fromkeys(codes)),
        geocodes=geocodes,
        polygons=_polygons(block, notes),
        circles=tuple(c for text in block.all("circle") if (c := circle_of(text))),
        altitude_metres=metres_of(block.first("altitude"), language),
        ceiling_metres=metres_of(block.first("ceiling"), language),
    )


def _area_names(block: Tree) -> str:
    """What the area is called; 河南省,河南省 is said once. Province, city, county are joined."""
    texts = [text for text in block.all(*AREA_NAMES) if said(text) and not _NUMBERS.fullmatch(text)]
    if not texts:
        parts = [block.first(key) for key in ("province", "city", "county")]
        texts = ["".join(dict.fromkeys(part for part in parts if said(part)))]
    words = [word.strip() for text in texts for word in re.split("[,，]", text) if word.strip()]
    return "、".join(dict.fromkeys(words))


def _geocodes(block: Tree) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for node in block.nodes(*AREA_CODES):
        if node.text:
            found.append((node.first("valuename", "name"), node.text))
        else:
            found.extend(
                (node.first("valuename", "name"), value)
                for value in node.all("value", "item", "code")
            )
    return tuple(dict.fromkeys((scheme, value) for scheme, value in found if said(value)))


def _polygons(block: Tree, notes: list[Note]) -> tuple[tuple[Point, ...], ...]:
    found: list[tuple[Point, ...]] = []
    for text in block.all("polygon"):
        polygon = polygon_of(text)
        if polygon:
            found.append(polygon)
        else:
            notes.append(Note(NoteKind.BAD_POLYGON, text[:40]))
    return tuple(found)


def merged(areas: list[Area]) -> tuple[Area, ...]:
    """Areas without those that say nothing."""
    return tuple(
        area
        for area in areas
        if area.description or area.codes or area.geocodes or area.polygons or area.circles
    )


def strictest(colours: list[Colour]) -> Colour | None:
    """The highest of several colours."""
    return max(colours, key=lambda colour: colour.rank, default=None)
