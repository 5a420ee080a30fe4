"""What cells, rows and PFIF files say; no database."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core.headings import cell_text
from nuantu.tracing.rules import asking, cells, pfif
from nuantu.tracing.rules.places import code_meant, names_a_division
from nuantu.tracing.rules.rows import COLUMNS, HEADINGS, read_row
from nuantu.tracing.rules.said import faults_of
from nuantu.tracing.rules.same import Told, reason_why, sound_key, twice_in
from tests.examples import examples

TODAY = date(2026, 11, 23)
# fails its checksum by one
NUMBER = "522601196905010011"


def _codes(**told: str) -> set[str]:
    row = read_row(told, today=TODAY, source="import", source_name="站")
    return {str(finding) for finding in row.findings if finding.is_fatal}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": "样一", "birth": "1990-02-30"}, "birth:date"),
        ({"name": "样一", "birth": "昨天"}, "birth:date"),
        ({"name": "样一", "lost_date": "2027-01-01"}, "lost_date:future"),
        ({"name": "样一", "id_number": "4.5E+17"}, "id_number:lost_digits"),
        ({"name": "样一", "id_number": "4.526010119690501e+17"}, "id_number:lost_digits"),
        ({"name": "样一", "id_number": "522601690501001"}, "id_number:id_old"),
        ({"name": "样一", "id_number": NUMBER}, "id_number:id_check"),
        ({"name": "样一", "searcher_phone": "1.38E+10"}, "searcher_phone:lost_digits"),
        ({"name": "样一", "searcher_phone": "没有"}, "searcher_phone:phone"),
        ({"name": "样一", "sex": "雄"}, "sex:sex"),
        ({"name": "样一", "age": "50-45"}, "age:age"),
        ({"name": "样一", "age": "四五十"}, "age:age"),
        ({"name": "样一", "height": "17"}, "height:height"),
        ({"name": "样" * 81}, "name:long"),
        ({"sex": "女"}, "name:nothing"),
        ({"name": "样一", "birth": "2000-01-02", "lost_date": "1999-12-31"}, "lost_date:before_birth"),
        ({"name": "样一", "consent_until": "2026-11-22"}, "consent_until:expired"),
        ({"name": "样一", "found": "believed_alive"}, "found:found"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_come_in_says_which_cell_and_why(told: dict[str, str], code: str) -> None:
    assert code in _codes(**told)


@pytest.mark.parametrize("name", ["樣國強", "Yang A-mei", "Ырысбек", "阿·卜杜拉"])
def test_any_script_is_a_name(name: str) -> None:
    row = read_row({"name": name}, today=TODAY, source="import", source_name="站")
    assert not row.is_fatal
    assert row.said.name == name


def test_a_row_is_read_as_far_as_it_goes() -> None:
    row = read_row(
        {"birth": "1969年5月", "height": "1米65", "lost_date": "2015", "sex": "男"},
        today=TODAY,
        source="import",
        source_name="站",
    )
    said = row.said
    assert (said.birth_date, said.age_low, said.age_high, said.age_noted_date) == (
        None,
        56,
        57,
        TODAY,
    )
    assert (said.height_low, said.height_high) == (165, 165)
    assert (said.lost_date, said.lost_precision) == (date(2015, 1, 1), "year")


def test_a_number_that_a_sheet_cannot_hold_is_never_taken_for_what_was_written() -> None:
    assert cell_text(522601196905010010) == "5.2260E+17"
    assert cells.is_scientific(cell_text(522601196905010010.0))
    assert cell_text(13800000000.0) == "13800000000"
    assert cell_text(datetime(2015, 3, 4, tzinfo=UTC)) == "2015-03-04"


def test_headings_are_known_in_both_languages_and_the_others_named() -> None:
    rows, unread = HEADINGS.rows_of(
        [["名单"], ["姓 名*", "Sex", "微信"], ["样一", "男", "x"], ["", "", ""]]
    )
    assert rows == [(3, {"name": "样一", "sex": "男"})]
    assert unread == ["微信"]
    assert HEADINGS.rows_of([["甲", "乙"], ["丙", "丁"]]) == ([], [])


@examples(60)
@given(st.dictionaries(st.sampled_from([*COLUMNS, "photo", "found"]), st.text(max_size=30)))
def test_whatever_stands_in_a_row_it_is_read_or_named(told: dict[str, str]) -> None:
    """No text is an error; what comes in could also be taken by hand."""
    row = read_row(told, today=TODAY, source="import", source_name="站")
    if not row.is_fatal:
        assert faults_of(row.said, TODAY) == []


def test_the_same_name_in_another_script_is_perhaps_the_same_person() -> None:
    first = Told(sound=sound_key("样國強（演示）"), sex="male", born_low=1970, born_high=1972)
    assert reason_why(first, Told(sound=sound_key("样国强(演示)"))) == "name"
    assert not reason_why(first, Told(sound=first.sound, sex="female"))
    assert not reason_why(first, Told(sound=first.sound, born_low=1980, born_high=1982))
    assert not reason_why(Told(sound="a", phone_hash="1"), Told(sound="b", phone_hash="1"))
    assert reason_why(Told(phone_hash="1"), Told(sound="b", phone_hash="1")) == "phone"
    assert not reason_why(Told(sound="a", id_hash="1"), Told(sound="a", id_hash="2"))
    assert twice_in([(2, first), (3, Told(sound="x")), (4, Told(sound=first.sound))]) == {4: 2}


def test_a_place_is_meant_only_where_the_words_leave_one() -> None:
    known = {
        "三棵树镇": [("522601100000", "贵州省黔东南苗族侗族自治州凯里市三棵树镇"), ("1", "云南省三棵树镇")],
        "凯里市": [("522601000000", "贵州省黔东南苗族侗族自治州凯里市")],
    }  # fmt: skip
    assert code_meant("凯里市三棵树镇某村", known) == "522601100000"
    assert code_meant("三棵树镇", known) == ""
    assert code_meant("贵州省凯里市", known) == "522601000000"
    assert code_meant("云南省凯里市", known) == ""
    assert names_a_division("台江縣")
    assert not names_a_division("火车旁")


PFIF = """<?xml version="1.0"?><pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4"><pfif:person>
<pfif:person_record_id>a/1</pfif:person_record_id><pfif:family_name>样</pfif:family_name>
<pfif:given_name>海生</pfif:given_name><pfif:sex>male</pfif:sex><pfif:date_of_birth>1969-05</pfif:date_of_birth>
<pfif:home_state>贵州省</pfif:home_state><pfif:home_city>凯里市</pfif:home_city>
<pfif:expiry_date>2027-01-01T00:00:00Z</pfif:expiry_date><pfif:photo_url>http://x/y.jpg</pfif:photo_url>
</pfif:person><pfif:note><pfif:person_record_id>a/1</pfif:person_record_id>
<pfif:last_known_location>凯里火车站</pfif:last_known_location></pfif:note></pfif:pfif>"""


def test_a_pfif_person_is_a_row_with_the_place_of_his_note() -> None:
    ((number, told),) = pfif.pfif_rows(PFIF)
    assert number == 1
    assert told["name"] == "样海生"
    assert told["home"] == "贵州省 凯里市"
    assert told["lost_place"] == "凯里火车站"
    row = read_row(told, today=TODAY, source="import", source_name="站")
    assert not row.is_fatal
    assert row.consent_until == date(2027, 1, 1)
    assert "photo:photo" in map(str, row.findings)


@pytest.mark.parametrize(
    "text", ["<a/>", "<pfif", "<!DOCTYPE a [<!ENTITY b 'c'>]><pfif>&b;</pfif>"]
)
def test_another_xml_is_no_pfif(text: str) -> None:
    with pytest.raises(pfif.NotPfif):
        pfif.pfif_rows(text)


@pytest.mark.parametrize(
    ("words", "name"),
    [("我叫样大山，四十多岁", "样大山"), ("别人叫他“三爷”", "三爷"), ("大山", "大山"), ("名字是样阿贵", "样阿贵"), ("", "")],
)  # fmt: skip
def test_the_name_is_heard_in_what_was_said(words: str, name: str) -> None:
    assert asking.name_said(words) == name


def test_a_place_is_heard_without_the_words_around_it() -> None:
    assert asking.places_said("老家在三棵树，到过重安") == ["三棵树", "重安"]
    assert asking.places_said("重安小学读过两年") == ["重安"]
    assert asking.places_said("从江县") == ["从江县"]
    assert [asking.is_nickname(one) for one in ("阿妹", "毛毛", "三爷", "样大山")] == [True] * 3 + [
        False
    ]
