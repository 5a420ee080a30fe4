"""A template is checked before it holds; filling and printing keep what stands in it."""

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from nuantu.core import clock
from nuantu.papers import services
from nuantu.papers.rules import values as rules
from nuantu.papers.rules.checking import Fault, check
from nuantu.papers.rules.filling import Filling, fill
from nuantu.papers.rules.kinds import PaperKind, Values, read_kinds
from nuantu.papers.rules.printing import pages, quoted
from nuantu.papers.selectors import kinds, printed
from nuantu.papers.selectors.templates import uploaded_for
from tests.cast import STATION
from tests.papers.files import (
    cut_in_pieces,
    relation,
    texts,
    with_field,
    with_part,
    with_relation,
    word_file,
)

if TYPE_CHECKING:
    from nuantu.papers.models import PaperTemplate
    from tests.cast import Cast

KIND = kinds.kinds()["street_refusal"]


def _fault(content: bytes) -> Fault:
    return check(content, KIND).faults[0].fault


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"no archive", Fault.NOT_WORD),
        (b"PK\x03\x04 torn", Fault.NOT_WORD),
        (bytes(2_000_001), Fault.TOO_LARGE),
        (word_file("没有字段"), Fault.EMPTY),
        (word_file("{{不存在}}"), Fault.UNKNOWN),
        (word_file("{{姓名:勾选}}"), Fault.UNKNOWN),
        (word_file("{{姓名}} {{性别"), Fault.BROKEN),
        (word_file("{% for x in y %}{{姓名}}"), Fault.BROKEN),
        (with_part("word/vbaProject.bin", "x"), Fault.MACRO),
        (with_part("word/embeddings/a.xlsx", "x"), Fault.MACRO),
        (
            with_part(
                "word/_rels/settings.xml.rels",
                relation("External", "attachedTemplate", "http://example.invalid/a.dotm"),
            ),
            Fault.OUTSIDE,
        ),
        (with_part("word/notes.htm", "<html/>"), Fault.MACRO),
        (with_relation("internal", "aFChunk", "styles.xml"), Fault.MACRO),
        (with_relation("Internal", "oleObject", "a.xml"), Fault.MACRO),
        (with_relation("external", "image", "http://example.invalid/a.png"), Fault.OUTSIDE),
        (
            with_part("word/_rels/settings.xml.RELS", relation("External", "frame", "//a/b")),
            Fault.OUTSIDE,
        ),
        (with_field("includepicture http://example.invalid/a.png"), Fault.OUTSIDE),
        (with_field("DDEAU", "TO cmd /c calc"), Fault.OUTSIDE),
        (
            with_part("word/other.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            Fault.NOT_WORD,
        ),
    ],
)
def test_a_file_that_cannot_serve_is_refused_with_its_reason(content: bytes, fault: Fault) -> None:
    assert _fault(content) == fault


def test_a_page_number_and_a_link_to_a_page_are_no_danger() -> None:
    assert check(with_field(" PAGE "), KIND).is_good
    assert check(with_field(' HYPERLINK "http://example.invalid/link" '), KIND).is_good


def test_two_lists_in_one_row_are_refused() -> None:
    kind = kinds.kinds()["stay_record"]
    mixed = word_file(row=("{{发放物资.物资名称}}", "{{医疗记录.就医医院}}"))
    assert check(mixed, kind).faults[0].fault == Fault.MIXED


def test_fields_that_a_template_leaves_out_are_named() -> None:
    checked = check(word_file("{{姓名}}{{sex}}"), KIND)
    assert checked.is_good
    assert "name" in checked.used
    assert "sex" in checked.used
    assert "found_place" in checked.absent


@pytest.mark.parametrize("code", sorted(kinds.kinds()))
def test_the_programs_own_templates_pass_and_name_every_field(code: str) -> None:
    content = kinds.builtin_template(code)
    assert content is not None
    checked = check(content, kinds.kinds()[code])
    assert checked.faults == ()
    assert checked.absent == ()


def test_a_placeholder_that_word_cut_into_pieces_is_filled() -> None:
    filled = fill(
        cut_in_pieces("姓名：{", "{姓", "名}}，", "性别：{{性别}}"), _of(name="张某", sex="male")
    )
    assert texts(filled) == ["姓名：张某，性别：男"]


def test_a_row_repeats_for_each_thing_and_stays_once_for_none() -> None:
    template = word_file(row=("{{发放物资.物资名称}}", "{{发放物资.物资数量}}"))
    goods = [{"item": "棉被", "quantity": "1"}, {"item": "热水", "quantity": "2"}]
    assert texts(fill(template, Filling(KIND, {"goods": goods}))) == ["棉被", "1", "热水", "2"]
    assert texts(fill(template, Filling(KIND, {}))) == ["", ""]


def test_a_list_inside_a_sentence_stands_in_one_line() -> None:
    goods = [{"item": "棉被", "quantity": "1床"}, {"item": "热水", "quantity": "2瓶"}]
    assert texts(fill(word_file("发了{{发放物资}}。"), Filling(KIND, {"goods": goods}))) == [
        "发了棉被 1床；热水 2瓶。"
    ]


def _of(**values: str) -> Filling:
    known: Values = dict(values)
    return Filling(KIND, known)


@given(st.text(max_size=60))
def test_whatever_a_value_says_it_is_only_text(text: str) -> None:
    """Neither braces, XML nor Typst in a value is ever read as a command."""
    filled = fill(word_file("{{姓名}}|"), _of(name=text))
    (said,) = texts(filled)
    assert said.endswith("|")
    assert quoted(text).startswith('"')
    assert "\n" not in quoted(text)


def test_typst_in_a_value_is_printed_as_it_stands() -> None:
    nasty = '#read("/etc/passwd") $x$ *bold* "quoted" \\ {{姓名}} <a>'
    filled = fill(word_file("名：{{姓名}}"), _of(name=nasty))
    (pdf,) = printed.compiled(pages([filled]), "pdf")
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert '#read("/etc/passwd")' in text
    assert "root:" not in text


def test_a_thing_whose_name_looks_like_a_field_is_printed_as_it_was_written() -> None:
    template = word_file("{{证件号码}}", row=("{{发放物资.物资名称}}", "{{发放物资.物资数量}}"))
    goods = [{"item": "{{证件号码}}", "quantity": "{{本人签名}}"}]
    said = texts(fill(template, Filling(KIND, {"goods": goods, "id_number": "522601"})))
    assert said == ["522601", "{{证件号码}}", "{{本人签名}}"]


def test_merged_cells_keep_their_place_in_print() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(2, 0)).text = "竖着合并"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "横着合并"
    table.cell(2, 2).text = "右下"
    made = BytesIO()
    document.save(made)
    laid = pages([made.getvalue()])
    assert "rowspan: 3" in laid.source
    assert "colspan: 2" in laid.source
    (pdf,) = printed.compiled(laid, "pdf")
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert all(word in text for word in ("竖着合并", "横着合并", "右下"))


def test_a_field_named_twice_in_a_kind_is_refused() -> None:
    twice = """
kinds:
  a: {zh: 甲, en: A, mark: 甲, basis: 自定, fields: [{code: name, zh: 姓名, en: N}, {code: other, zh: 姓名, en: O}]}
"""
    with pytest.raises(ValueError, match="姓名"):
        read_kinds(twice)


def test_rows_are_read_from_lines() -> None:
    field = KIND.field_named("发放物资")
    assert field is not None
    assert rules.rows_typed(field, "棉被，1床\n\n热水,2瓶") == [
        {"item": "棉被", "quantity": "1床"},
        {"item": "热水", "quantity": "2瓶"},
    ]


@pytest.mark.django_db
class TestInForce:
    """Which template holds where and when."""

    def test_one_of_another_prefecture_does_not_hold(self, cast: "Cast") -> None:
        template = _uploaded(cast, KIND)
        assert uploaded_for(KIND.code, "522601000000", template.in_force_date) == template
        assert uploaded_for(KIND.code, "520100000000", template.in_force_date) is None

    def test_one_of_an_office_that_oversees_nobody_holds_only_there(self, cast: "Cast") -> None:
        template = services.upload_template(
            actor=cast.station_head.actor,
            at=clock.now(),
            kind=KIND,
            name="本站.docx",
            content=word_file("{{姓名}}"),
            in_force_date=clock.today(),
        )
        day, near = template.in_force_date, "522601000000"
        assert uploaded_for(KIND.code, near, day, org=STATION) == template
        assert uploaded_for(KIND.code, near, day, org="MZ-522601") is None
        _uploaded(cast, KIND)
        assert uploaded_for(KIND.code, near, day, org=STATION) == template

    def test_a_coming_one_waits_for_its_day_and_a_withdrawn_one_holds_no_more(
        self, cast: "Cast"
    ) -> None:
        today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
        template = _uploaded(cast, KIND, days=1)
        assert uploaded_for(KIND.code, "522601000000", today) is None
        assert uploaded_for(KIND.code, "522601000000", tomorrow) == template
        services.withdraw_template(actor=cast.admin.actor, at=clock.now(), template=template)
        assert uploaded_for(KIND.code, "522601000000", tomorrow) is None
        with pytest.raises(services.TemplateRefused, match="已经停用"):
            services.withdraw_template(actor=cast.admin.actor, at=clock.now(), template=template)


def _uploaded(cast: "Cast", kind: PaperKind, days: int = 0) -> "PaperTemplate":
    return services.upload_template(
        actor=cast.admin.actor,
        at=clock.now(),
        kind=kind,
        name="州.docx",
        content=word_file("{{姓名}}"),
        in_force_date=clock.today() + timedelta(days=days),
    )


def test_what_nobody_knows_inside_a_sentence_is_a_line_to_write_on() -> None:
    lines = ("本人{{姓名}}，年龄{{年龄}}。", "{{年龄}}", "出具{{版本}}。")
    filled = fill(word_file(*lines, row=("年龄{{年龄}}",)), Filling(KIND, {"name": "杨大山"}))
    assert texts(filled) == ["本人杨大山，年龄________。", "出具。", "年龄"]
