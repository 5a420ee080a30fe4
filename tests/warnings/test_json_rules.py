"""JSON of the national feed and of providers, by what the fields mean and not by one provider."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.warnings.rules.message import Colour, MsgType, SourceFormat, Unreadable, Why
from nuantu.warnings.rules.parsing import parse
from tests.examples import examples
from tests.warnings.wording import RECEIVED, at, one


def _one(value: object) -> Any:
    return one(json.dumps(value, ensure_ascii=False), "application/json")


WRAPPED = {
    "identifier": "52260141600000_20261121174929",
    "sender": "Kaili_Meteorological_Bureau",
    "sent": "2026-11-21T17:49:06+08:00",
    "status": "Actual",
    "msgType": "Alert",
    "scope": "Public",
    "info": {
        "language": "en-US",
        "event": "road icing",
        "severity": "Moderate",
        "headline": "Kaili issued a yellow road icing warning [Level III]",
        "description": "Road icing is expected in the next 12 hours.",
        "area": {
            "areaDesc": "Kaili",
            "geocode": {"valueName": "CPEAS Geographic Code", "value": "522601000000"},
        },
    },
}


def test_cap_in_json_is_cap() -> None:
    """The national feed wraps CAP in JSON, with single objects where CAP allows several."""
    message = _one(WRAPPED)
    assert message.source_format is SourceFormat.CAP
    assert (message.event_name, message.colour) == ("道路结冰", Colour.YELLOW)
    assert message.areas[0].codes == ("522601000000",)
    assert message.sender_division == "522601000000"


@pytest.mark.parametrize(
    ("words", "msg_type"),
    [("lifted the", MsgType.CANCEL), ("updates", MsgType.UPDATE), ("issued a", MsgType.ALERT)],
)
def test_a_missing_message_type_is_read_from_english(words: str, msg_type: MsgType) -> None:
    """The shortened feed has no msgType; its headline says it."""
    info = WRAPPED["info"] | {"headline": f"Kaili {words} yellow road icing warning"}  # type: ignore[operator]  # a literal dict
    value = {k: v for k, v in WRAPPED.items() if k != "msgType"} | {"info": info}
    assert _one(value).msg_type is msg_type


def test_the_fields_of_we_26_are_read() -> None:
    """One provider's names: relatedAlertIds, eventCodes, color.code, criteria (WE-26)."""
    message = _one(
        {
            "id": "202611211726005627867812",
            "senderName": "榕江县气象台",
            "issuedTime": "2026-11-21T09:26Z",
            "msgType": "Update",
            "relatedAlertIds": ["202611211514000384631878"],
            "event": "寒潮",
            "eventCodes": [{"name": "QWEATHER", "value": "1005"}],
            "urgency": None,
            "severity": "Moderate",
            "color": {"code": "Yellow", "red": 239},
            "certainty": None,
            "onsetTime": "2026-11-21T09:26Z",
            "effectiveTime": "2026-11-21T09:26Z",
            "expireTime": "2026-11-22T09:26Z",
            "headline": "榕江县气象台发布寒潮黄色预警",
            "description": "榕江县气象台11月21日17时26分将寒潮蓝色预警信号升级为黄色。",
            "criteria": "24小时内最低气温下降10℃以上",
            "instruction": "注意添衣",
        }
    )
    assert message.sent_at == at("2026-11-21 17:26")
    assert message.expires_at == at("2026-11-22 17:26")
    assert (message.colour, message.msg_type) == (Colour.YELLOW, MsgType.UPDATE)
    assert message.references[0].identifier == "202611211514000384631878"
    assert message.criteria.startswith("24小时")


def test_the_newer_names_of_the_same_provider_are_read() -> None:
    """messageType.code and supersedes, eventType.name."""
    message = _one(
        {
            "alerts": [
                {
                    "id": "A2",
                    "senderName": "黎平县气象台",
                    "issuedTime": "2026-11-21T11:19+08:00",
                    "messageType": {"code": "cancel", "supersedes": ["A1"]},
                    "eventType": {"name": "大风", "code": "1006"},
                    "color": {"code": "blue"},
                    "headline": "黎平县气象台解除大风蓝色预警信号",
                }
            ]
        }
    )
    assert (message.msg_type, message.event_name) == (MsgType.CANCEL, "大风")
    assert [r.identifier for r in message.references] == ["A1"]


@pytest.mark.parametrize(
    ("code", "event", "colour"),
    [("0401", "寒潮", "蓝"), ("1403", "道路结冰", "橙"), ("0704", "高温", "红"), ("07/02", "高温", "黄")],
)  # fmt: skip
def test_a_four_digit_code_is_type_and_colour(code: str, event: str, colour: str) -> None:
    """First two digits the type, last two the colour (WE-13, WE-14)."""
    message = _one(
        {"result": {"alert": {"content": [{
            "status": "预警中", "code": code, "pubtimestamp": 1795252140, "adcode": "522601",
            "alertId": "52260141600000_20261121170900", "title": "凯里市预警", "description": "请注意防范。",
            "location": "贵州省黔东南州凯里市",
        }]}}}
    )  # fmt: skip
    assert message.event_name == event
    assert message.colour is Colour(colour)
    assert message.areas[0].codes == ("522601000000",)


def test_a_broadcast_message_counts_its_severity_from_red() -> None:
    """Emergency broadcasts: 1 red to 4 blue; message type 2 takes back."""
    message = _one(
        {
            "EBD": {
                "EBM": {
                    "EBMID": "5",
                    "MsgBasicInfo": {
                        "MsgType": 1,
                        "SenderName": "雷山县气象局",
                        "SenderCode": "52263441600000",
                        "SendTime": "2026-11-21 17:50:21",
                        "EventType": "11B05",
                        "Severity": 2,
                        "StartTime": "2026-11-21 18:00:00",
                        "EndTime": "2026-11-22 18:00:00",
                    },
                    "MsgContent": {
                        "LanguageCode": "zho",
                        "MsgTitle": "寒潮橙色预警",
                        "MsgDesc": "请注意防寒。",
                        "AreaCode": "522634000000",
                    },
                }
            }
        }
    )
    assert (message.event_name, message.colour) == ("寒潮", Colour.ORANGE)


def test_a_flat_feed_entry_is_read() -> None:
    """The public mirror of the 12379 feed: flat, with eventTypeCN and referencesInfo."""
    message = _one(
        [{
            "identifier": "52262241600000_20261121170800", "description": "黄平县气象台2026年11月21日17时08分解除大雾橙色预警信号。",
            "effective": "2026-11-21 17:08:00.0", "eventType": "11B17", "eventTypeCN": "大雾事件", "expires": "",
            "headline": "黄平县气象台解除大雾橙色预警信号", "msgType": "Cancel", "note": "",
            "referencesInfo": "52262241600000_20261121065508", "sender": "黄平县气象台", "severity": "orange",
        }]
    )  # fmt: skip
    assert (message.msg_type, message.event_name) == (MsgType.CANCEL, "大雾")
    assert message.sent_at == at("2026-11-21 17:08")
    assert message.sender_division == "522622000000"


@pytest.mark.parametrize("kind", ["测试", "演练", "Test", "Exercise"])
def test_a_drill_in_json_is_a_drill(kind: str) -> None:
    """The status field in either language."""
    value = {"id": "1", "status": kind, "title": "凯里市气象台发布寒潮橙色预警"}
    assert not _one(value).may_act


def test_a_script_assignment_around_json_is_read() -> None:
    """var alarminfo={…};"""
    text = 'var alarm = {"title": "凯里市气象台发布寒潮橙色预警", "id": "x"};'
    assert one(text).event_name == "寒潮"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": ', Why.JSON_BROKEN),
        ("[" * 10_000, Why.TOO_DEEP),
        ('{"hello": "world"}', Why.NO_ALERT),
        (json.dumps([{"title": "凯里市气象台发布寒潮橙色预警", "id": str(n)} for n in range(201)]), Why.TOO_MANY),
    ],
)  # fmt: skip
def test_what_is_no_warning_is_refused(text: str, why: Why) -> None:
    """Broken, endless, foreign and flooding JSON each say what they are."""
    with pytest.raises(Unreadable) as refusal:
        one(text, "application/json")
    assert refusal.value.why is why


_KEYS = st.sampled_from(
    ["id", "identifier", "title", "headline", "sent", "sentTime", "info", "data", "area", "geocode", "polygon",
     "color", "severity", "event", "eventType", "references", "expires", "status", "msgType", "x"]
)  # fmt: skip
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=20)
    | st.sampled_from(["凯里市气象台发布寒潮蓝色预警", "522601", "2026-11-21", "Blue"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@examples(300)
@given(_VALUES)
def test_arbitrary_json_never_crashes(value: object) -> None:
    """Any shape is a message or a refusal."""
    with suppress(Unreadable):
        parse(json.dumps(value).encode(), "application/json", RECEIVED)
