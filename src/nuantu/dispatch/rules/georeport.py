"""Open311 GeoReport v2 as plain values: the services, and documents as JSON lists or XML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from nuantu.dispatch.rules import flags as flag_rules

Value = str | float | int | bool | None
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can be reported; `flags` are the urgent marks that it means by itself."""

    code: str
    zh: str
    en: str
    description_zh: str
    description_en: str
    flags: tuple[str, ...] = ()
    keywords: str = ""


SERVICES: Final = (
    Service(
        "street-person",
        "街头露宿、流浪乞讨人员",
        "Somebody sleeping rough or begging",
        "看到有人露宿、受冻、挨饿，需要救助队去看看",
        "Somebody sleeps outside, is cold or hungry, and a rescue team should look",
        keywords="救助,露宿,寒冬送温暖",
    ),
    Service(
        "child-alone",
        "孩子独自在外",
        "A child alone",
        "未成年人独自流浪、乞讨或走失；请同时拨打 110",
        "A minor alone, begging or lost; call 110 as well",
        (flag_rules.MINOR,),
        "未成年人,走失",
    ),
    Service(
        "ill-person",
        "街头病人、伤者",
        "Somebody ill or hurt in the street",
        "昏迷、病重、受伤；请先拨打 120",
        "Unconscious, very ill or hurt; call 120 first",
        (flag_rules.CRITICAL,),
        "病重,受伤,120",
    ),
    Service(
        "danger",
        "危及自身或他人安全",
        "Danger to himself or others",
        "醉酒闹事、威胁安全、疑似被拐；请先拨打 110",
        "Violence, threats, suspected trafficking; call 110 first",
        (flag_rules.DANGER,),
        "危险,110",
    ),
)
BY_CODE: Final = {service.code: service for service in SERVICES}


def service_of(flags: Sequence[str]) -> Service:
    """The service that a tip with these marks belongs to; the plain one for the rest."""
    marked = [service for service in SERVICES if service.flags and set(service.flags) & set(flags)]
    return marked[0] if marked else SERVICES[0]


def xml_of(root: str, item: str, rows: Sequence[Row]) -> bytes:
    """Rows as GeoReport XML: `<root><item><field>…`; a None is an empty element, a list of
    mappings nests (`values` holds `value` elements)."""
    top = ET.Element(root)
    for row in rows:
        _fill(ET.SubElement(top, item), row)
    text: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return text


def _fill(parent: ET.Element, row: Row) -> None:
    for name, value in row.items():
        child = ET.SubElement(parent, name)
        if isinstance(value, list):
            for one in value:
                _fill(ET.SubElement(child, name.removesuffix("s")), one)
        elif isinstance(value, bool):
            child.text = "true" if value else "false"
        elif value is not None:
            child.text = _printable(str(value))


def _printable(text: str) -> str:
    """XML 1.0 knows no control characters."""
    return "".join(ch for ch in text if ch >= " " or ch in "\t\n\r")
