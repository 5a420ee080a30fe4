"""XML in every dress that CAP 1.2, the 12379 form and their envelopes wear."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.warnings.rules.message import (
    Audience,
    Colour,
    MsgType,
    NoteKind,
    SourceFormat,
    Status,
    Unreadable,
    Why,
)
from nuantu.warnings.rules.parsing import parse
from tests.warnings.wording import CAP, NATIONAL, RECEIVED, at, one


def test_a_chinese_block_is_taken_before_an_english_one() -> None:
    """Of several languages Chinese is read, with the areas of its own block."""
    message = one(CAP)
    assert message.event_name == "寒潮"
    assert message.event_code == "11B05"
    assert message.colour is Colour.BLUE
    assert message.level == "Ⅳ"
    assert message.language == "zh-CN"
    assert [code for area in message.areas for code in area.codes] == [
        "522601000000",
        "522622000000",
    ]
    assert message.has_note(NoteKind.LANGUAGE_CHOSEN)


def test_the_plain_facts_of_a_cap_message_are_read() -> None:
    """Sender, times, scope and texts stand where CAP puts them."""
    message = one(CAP)
    assert message.source_format is SourceFormat.CAP
    assert message.identifier == "52260041600000_20261121173000"
    assert message.sender_name == "黔东南州气象台"
    assert message.sender_division == "522600000000"
    assert message.sent_at == at("2026-11-21 17:30")
    assert message.expires_at == at("2026-11-23 17:30")
    assert (message.msg_type, message.status, message.scope) == (
        MsgType.ALERT,
        Status.ACTUAL,
        Audience.PUBLIC,
    )
    assert message.instruction == "注意添衣保暖。"


@given(
    prefix=st.sampled_from(["", "cap:", "a:", "ns0:"]), space=st.sampled_from(["", "\n", "\t  "])
)
def test_prefix_and_white_space_change_nothing(prefix: str, space: str) -> None:
    """The same message under any namespace prefix and any indentation is the same message."""
    name = "xmlns" if not prefix else f"xmlns:{prefix[:-1]}"
    dressed = CAP.replace("xmlns=", f"{name}=")
    if prefix:
        import re

        dressed = re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{prefix}", dressed)
    dressed = dressed.replace("><", f">{space}<")
    assert one(dressed) == one(CAP)


def test_a_message_in_an_envelope_is_found() -> None:
    """EDXL and feeds carry the alert several elements down."""
    inner = CAP.split("?>", 1)[1]
    wrapped = f"<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:1.0'><contentObject><xmlContent><embeddedXMLContent>{inner}</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>"
    assert one(wrapped) == one(CAP)


def test_several_alerts_in_one_body_are_several_messages() -> None:
    """A feed with two alerts gives two."""
    inner = CAP.split("?>", 1)[1]
    other = inner.replace("173000", "183000").replace("寒潮", "道路结冰").replace("17:30", "18:30")
    found = parse(f"<feed>{inner}{other}</feed>".encode(), "application/xml", RECEIVED)
    assert [m.event_name for m in found] == ["寒潮", "道路结冰"]


def test_several_blocks_of_one_language_are_several_messages_under_one_identifier() -> None:
    """Two Chinese blocks with different areas and colours are told apart by their place."""
    second = """<info><language>zh-CN</language><event>寒潮</event><severity>Severe</severity>
      <headline>黔东南州气象台发布寒潮橙色预警</headline><area><areaDesc>黎平县</areaDesc>
      <geocode><valueName>CPEAS Geographic Code</valueName><value>522631000000</value></geocode></area></info></alert>"""
    found = parse(CAP.replace("</alert>", second).encode(), "", RECEIVED)
    assert [(m.index, m.colour) for m in found] == [(0, Colour.BLUE), (1, Colour.ORANGE)]
    assert len({m.identifier for m in found}) == 1


def test_areas_of_another_language_fill_a_block_without_codes() -> None:
    """A Chinese block without geocodes borrows those of the English one."""
    bare = CAP.replace(
        """      <geocode><valueName>CPEAS Geographic Code</valueName><value>522601000000</value></geocode>
      <geocode><valueName>CPEAS Geographic Code</valueName><value>522622</value></geocode>
""",
        "",
    )
    message = one(bare)
    assert "522600000000" in [code for area in message.areas for code in area.codes]
    assert message.has_note(NoteKind.AREA_FROM_OTHER_LANGUAGE)


@pytest.mark.parametrize("scheme", ["SAME", "UGC", "EMMA_ID", "FIPS6", "KZSTD"])
def test_codes_of_other_countries_are_never_taken_for_divisions(scheme: str) -> None:
    """A six-digit code of another country is not a Chinese county."""
    foreign = CAP.replace("CPEAS Geographic Code", scheme)
    assert not [code for area in one(foreign).areas for code in area.codes]


def test_references_name_sender_identifier_and_moment() -> None:
    """CAP references are triples, several of them parted by spaces."""
    text = "a@b.cn,ID-1,2026-11-20T08:00:00+08:00 州气象台,ID-2,2026-11-20T09:00:00+08:00"
    message = one(CAP.replace("<scope>", f"<references>{text}</references><scope>"))
    assert [(r.sender, r.identifier) for r in message.references] == [
        ("a@b.cn", "ID-1"),
        ("州气象台", "ID-2"),
    ]
    assert message.references[0].sent_at == at("2026-11-20 08:00")


def test_polygons_and_circles_are_latitude_first() -> None:
    """CAP writes latitude before longitude; a broken polygon is noted and left out."""
    shapes = "<polygon>26.0,107.0 27.0,107.0 27.0,108.0 26.0,107.0</polygon><circle>26.58,107.98 12</circle><polygon>oops</polygon>"
    message = one(
        CAP.replace("<areaDesc>黔东南州</areaDesc>", f"<areaDesc>黔东南州</areaDesc>{shapes}")
    )
    area = message.areas[0]
    assert area.polygons[0][0] == (26.0, 107.0)
    assert area.circles[0].radius_km == 12
    assert message.has_note(NoteKind.BAD_POLYGON)


@pytest.mark.parametrize(
    ("field", "status"),
    [
        ("Exercise", Status.EXERCISE),
        ("Test", Status.TEST),
        ("Draft", Status.DRAFT),
        ("System", Status.SYSTEM),
    ],
)
def test_status_is_what_the_field_says(field: str, status: Status) -> None:
    """Exercise, test, draft and system messages may not act (WE-24)."""
    message = one(CAP.replace("<status>Actual", f"<status>{field}"))
    assert message.status is status
    assert not message.may_act


def test_a_drill_in_words_is_a_drill_whatever_the_field_says() -> None:
    """An exercise sent with status Actual is caught by its own words."""
    message = one(CAP.replace("<description>", "<description>【演练】"))
    assert message.status is Status.EXERCISE


@pytest.mark.parametrize("scope", ["Private", "Restricted"])
def test_what_is_not_public_may_not_act(scope: str) -> None:
    """Only public messages start an operation (WE-24)."""
    assert not one(CAP.replace("<scope>Public", f"<scope>{scope}")).may_act


def test_an_all_clear_is_a_cancel() -> None:
    """An update whose response is AllClear and whose urgency is past lifts the warning."""
    clear = CAP.replace("Alert</msgType>", "Update</msgType>").replace(
        "<urgency>Expected</urgency>",
        "<urgency>Past</urgency><responseType>AllClear</responseType>",
    )
    assert one(clear).msg_type is MsgType.CANCEL


def test_the_12379_form_is_read() -> None:
    """Colour severity, event code, comma lists and the upgrade in the text."""
    message = one(NATIONAL)
    assert message.source_format is SourceFormat.NATIONAL
    assert (message.event_name, message.colour, message.previous_colour) == (
        "道路结冰",
        Colour.ORANGE,
        Colour.YELLOW,
    )
    assert message.msg_type is MsgType.UPDATE
    assert message.sender_division == "522600000000"
    assert [r.identifier for r in message.references] == ["52260041600000_20261120110000"]
    assert message.areas[0].codes == (
        "522601000000",
        "522635000000",
        "522636000000",
        "522634000000",
    )
    assert message.expires_at is None


def test_a_31_character_identifier_gives_the_division() -> None:
    """GB/T 35965: the identifier begins with the six digits of the area."""
    text = NATIONAL.replace("52260041600000_20261121180512", "52260110100000_20261121180512_0001")
    text = text.replace("<senderCode>52260041600000</senderCode>", "")
    assert one(text).sender_division == "522601000000"


def test_a_colour_that_field_and_text_dispute_is_the_stricter() -> None:
    """Nobody is left in the cold because two fields disagree."""
    message = one(NATIONAL.replace("<severity>Orange", "<severity>Blue"))
    assert message.colour is Colour.ORANGE
    assert message.has_note(NoteKind.COLOUR_CONFLICT)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "big5"])
def test_every_encoding_a_chinese_sender_uses_is_read(encoding: str) -> None:
    """Declared or not, with or without byte order mark."""
    plain = NATIONAL.replace(' encoding="UTF-8"', "")
    if encoding == "big5":
        plain = plain.replace("冰", "冰").encode("big5", "xmlcharrefreplace").decode("big5")
    message = one(plain.encode(encoding), "application/xml")
    assert message.event_name == "道路结冰"


def test_a_wrongly_declared_encoding_is_noticed() -> None:
    """UTF-8 declared, GBK sent: read, and noted."""
    message = one(NATIONAL.encode("gbk"), "application/xml")
    assert message.colour is Colour.ORANGE
    assert message.has_note(NoteKind.ENCODING_GUESSED)


def test_a_moment_without_zone_is_chinese_time() -> None:
    """And one with Z is not."""
    bare = one(NATIONAL.replace("18:00:00+08:00", "18:00:00"))
    assert bare.sent_at == at("2026-11-21 18:00")
    assert bare.has_note(NoteKind.ZONE_ASSUMED)
    assert one(NATIONAL.replace("18:00:00+08:00", "10:00:00Z")).sent_at.astimezone(UTC).hour == 10


HOSTILE = {
    Why.XML_ENTITIES: '<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY y "&x;&x;&x;">]><alert><identifier>&y;</identifier></alert>',
    Why.XML_BROKEN: NATIONAL[: len(NATIONAL) // 2],
    Why.HTML_PAGE: "<!doctype html><html><body><p>凯里市气象台发布寒潮蓝色预警</body></html>",
    Why.NO_ALERT: "<note><to>凯里</to></note>",
    Why.TOO_DEEP: "<a>" * 500 + "</a>" * 500,
    Why.NO_EVENT: "<alert><identifier>x</identifier><info><language>zh-CN</language></info></alert>",
}


@pytest.mark.parametrize("why", list(HOSTILE))
def test_what_cannot_be_read_is_refused_with_its_reason(why: Why) -> None:
    """Entity bombs, cut files, web pages and strange documents each say what they are."""
    with pytest.raises(Unreadable) as refusal:
        parse(HOSTILE[why].encode(), "application/xml", RECEIVED)
    assert refusal.value.why is why


def test_an_external_entity_is_never_fetched() -> None:
    """A system identifier is refused, not opened."""
    text = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><alert><identifier>x</identifier></alert>'
    with pytest.raises(Unreadable):
        parse(text.encode(), "application/xml", RECEIVED)


def test_a_broken_file_says_line_and_column() -> None:
    """So that the sender can look."""
    with pytest.raises(Unreadable) as refusal:
        parse(b"<alert>\n<identifier>x</alert>", "text/xml", RECEIVED)
    assert refusal.value.detail.startswith("2:")


@pytest.mark.parametrize("body", [b"", b"   \n", b"\x00\x00"])
def test_nothing_is_refused_as_nothing(body: bytes) -> None:
    """An empty body says that it is empty."""
    with pytest.raises(Unreadable) as refusal:
        parse(body, "", RECEIVED)
    assert refusal.value.why is Why.EMPTY


def test_a_body_over_two_megabytes_is_refused() -> None:
    """Before anything is decoded."""
    with pytest.raises(Unreadable) as refusal:
        parse(b"<a>" + b" " * 2_000_001, "application/xml", RECEIVED)
    assert refusal.value.why is Why.TOO_LARGE
