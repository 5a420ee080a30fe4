"""Real messages: those kept beside the tests, and the rest of the shared folder where it is.

The expectations are written by reading each message.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nuantu.warnings.rules.areas import coverage
from nuantu.warnings.rules.message import MsgType, Status
from nuantu.warnings.rules.moments import CHINA
from nuantu.warnings.rules.parsing import parse
from tests.warnings.test_area_rules import country
from tests.warnings.wording import RECEIVED, at

HERE = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "warnings"
ALERT, UPDATE, CANCEL = MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL

FILES: dict[str, dict[str, Any]] = {
    "12379-alert-henan-gale-2020-02-05.xml": {
        "event_name": "大风", "event_code": "11B06", "colour": "蓝", "level": "Ⅳ", "msg_type": UPDATE,
        "sender_name": "河南省气象局", "sender_division": "410000000000", "codes": ["410000000000"],
        "sent_at": "2020-02-05T10:45:00+08:00", "references": ["41000041600000_20200204121842"], "expires_at": None,
    },
    "cma-cap-guangling-gale-2022-10-30.json": {
        "event_name": "大风", "colour": "蓝", "msg_type": ALERT, "sender_division": "140223000000",
        "codes": ["140223000000"], "sent_at": "2022-10-30T17:49:06+08:00", "references": [],
    },
    "cma-cap-yuanshi-flashflood-2026-08-26.xml": {
        "event_name": "山洪灾害", "colour": "蓝", "msg_type": UPDATE, "sender_division": "130132000000",
        "codes": ["130132000000"], "sent_at": "2026-08-26T16:09:13+08:00",
    },
    "alertswiss-POA-1222963954-5.xml": {
        "event_name": "Falling rocks, landslide", "colour": None, "msg_type": ALERT, "codes": [], "polygons": 1,
        "sender_name": "Canton Ticino", "sent_at": "2025-05-20T12:41:00+02:00", "expires_at": None,
    },
    "gdacs-cap_1470644.xml": {
        "event_name": "Earthquake", "colour": None, "msg_type": ALERT, "codes": [], "polygons": 1,
        "sent_at": "2025-03-01T22:52:24+00:00", "incidents": ("1470644",),
    },
    "ie-2.49.0.1.372.0.250413231648.N_Norm002_SmallCraft.xml": {
        "event_name": "Small Craft", "colour": "黄", "msg_type": ALERT, "codes": [],
        "onset_at": "2025-04-14T13:00:00+01:00", "expires_at": "2025-04-14T20:00:00+01:00",
    },
    "il-488abaaf-cad5-4d2b-93b2-703016878453.xml": {
        "event_name": "洪水", "colour": "黄", "language": "en-GB", "codes": [], "areas": 3,
        "expires_at": "2025-03-07T14:00:00+02:00",
    },
    "kz-2.49.0.0.398.0-20250306-133701-0284797-00-EN.xml": {
        "event_name": "冻雨", "colour": None, "codes": [], "polygons": 1,
        "expires_at": "2025-03-07T16:00:00+00:00",
    },
    "mo-cap_monsoon.xml": {
        "event_name": "强季风", "language": "zh-mo", "msg_type": CANCEL, "codes": [], "polygons": 1,
        "sent_at": "2025-04-13T05:52:12+08:00",
    },
    "noaa-2.49.0.1.840.0.bde6c30c43ead9c23c42bea7977652a7de76d87d.002.1.xml": {
        "event_name": "Special Weather Statement", "colour": None, "codes": [],
        "expires_at": "2025-03-01T06:00:00-05:00",
    },
    "ru-20250301222516-0086037.xml": {
        "event_name": "Ветер", "colour": None, "codes": [], "expires_at": "2025-03-03T09:00:00+00:00",
    },
}  # fmt: skip


def _file(name: str) -> Path:
    found = [
        path
        for path in (HERE / name, SHARED / "cap-world" / name, SHARED / "cn" / name)
        if path.is_file()
    ]
    if not found:
        reason = f"{name} is only in the shared folder, which is not beside this repository"
        print(reason)
        pytest.skip(reason)
    return found[0]


def _said(message: Any) -> dict[str, Any]:
    """A message in the words of the expectations."""
    plain = {name: getattr(message, name) for name in (
        "event_name", "event_code", "level", "msg_type", "sender_name", "sender_division", "language", "incidents",
    )}  # fmt: skip
    moments = {
        name: value.isoformat() if (value := getattr(message, name)) else None
        for name in ("sent_at", "onset_at", "expires_at")
    }
    return plain | moments | {
        "colour": message.colour.value if message.colour else None,
        "codes": [code for area in message.areas for code in area.codes],
        "polygons": sum(len(area.polygons) for area in message.areas),
        "areas": len(message.areas),
        "references": [reference.identifier for reference in message.references],
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_real_file_is_read_rightly(name: str) -> None:
    """What a reader finds in the message is what the parser finds."""
    (message,) = parse(_file(name).read_bytes(), "", RECEIVED)
    said = _said(message)
    assert {key: said[key] for key in FILES[name]} == FILES[name]
    assert message.status is Status.ACTUAL


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_real_file_of_another_place_covers_nobody_here(name: str) -> None:
    """No message of the samples names a county of 5226."""
    (message,) = parse(_file(name).read_bytes(), "", RECEIVED)
    assert not coverage(message, country()).covers


def _records() -> Iterator[dict[str, Any]]:
    for line in (HERE / "warning-texts.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


TEXTS = [pytest.param(r, id=f"{r['issuer']}-{r['event']}") for r in _records()]


@pytest.mark.parametrize("record", TEXTS)
def test_a_real_record_is_read_rightly(record: dict[str, Any]) -> None:
    """The whole record as JSON: event, colour, action, issuer and moment."""
    (message,) = parse(
        json.dumps(record, ensure_ascii=False).encode(), "application/json", RECEIVED
    )
    assert (message.event_name, message.colour and message.colour.value) == (
        record["event"],
        record["level"],
    )
    assert message.msg_type is (UPDATE if record["action"] == "继续发布" else ALERT)
    assert message.sender_name == record["issuer"]
    issued = datetime.fromisoformat(record["issued"])
    assert message.sent_at == issued.replace(tzinfo=issued.tzinfo or CHINA)
    if record["adcode"] != "000000":
        assert message.areas[0].codes == (record["adcode"] + "000000",)


@pytest.mark.parametrize("record", TEXTS)
def test_a_real_text_is_read_rightly(record: dict[str, Any]) -> None:
    """The bare text, a few minutes after its issue; two records need their title for the event."""
    issued = datetime.fromisoformat(record["issued"])
    moment = issued.replace(tzinfo=issued.tzinfo or CHINA)
    text = record["text"] if "预警" in record["text"] else f"{record['title']}\n{record['text']}"
    (message,) = parse(text.encode(), "text/plain", moment + timedelta(minutes=4))
    assert (message.event_name, message.colour and message.colour.value) == (
        record["event"],
        record["level"],
    )
    assert message.sender_name == record["issuer"] or record["issuer"][:2] in message.sender_name
    if "时" in record["text"][:40] and "title" not in record:
        assert message.sent_at == moment
    covered = coverage(message, country())
    expected = 16 if record.get("note") == "names 贵州东南部" else 0
    assert len(covered.covers) == expected


def test_the_cold_wave_of_the_national_centre_reaches_the_prefecture() -> None:
    """贵州东南部: all sixteen counties, by region."""
    text = next(r["text"] for r in _records() if r["event"] == "寒潮" and r["adcode"] == "000000")
    (message,) = parse(text.encode(), "text/plain", at("2020-12-12 06:10"))
    assert message.is_national
    assert len(coverage(message, country()).covers) == 16
