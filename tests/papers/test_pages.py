"""The pages of papers: refusals first, then a paper from the offer to the print."""

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.encounters.models import Encounter
from nuantu.papers.models import Paper, PaperTemplate
from nuantu.papers.selectors import kinds
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from tests import builders
from tests.papers.files import word_file
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _url(name: str, paper: Paper, *more: object) -> str:
    return reverse(f"papers:{name}", args=[paper.public_id, *more])


def test_partners_are_refused_and_outsiders_find_nothing(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    refused_for(cast.nobody, cast.hospital, cast.admin, url=_url("paper", paper))
    not_found_for(cast.other_patroller, cast.outsider, url=_url("paper", paper))


def test_the_content_is_not_found_before_a_purpose_is_given(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    for name in ("preview", "pdf", "word"):
        not_found_for(cast.station_head, url=_url(name, paper, 1))


def test_a_case_offers_what_can_be_issued_and_the_form_shows_what_is_known(cast: "Cast") -> None:
    encounter = builders.a_refusal(cast)
    page = page_for(cast.dispatcher, reverse("papers:case", args=[encounter.case_id]))
    sees(page, "街面救助（劝导）登记表", "这个个案还没有文书")
    new = reverse("papers:new", args=["street_refusal", encounter.public_id])
    sees(page_for(cast.dispatcher, new), "南桥桥洞", "拒绝救助", "要等老乡", "空白，打印后手写")
    submits(cast.dispatcher, new, {"remark": "说话清楚"})
    sees(page_for(cast.dispatcher, reverse("papers:list")), "街登〔", "凯里市救助管理站")


def test_a_reader_gives_a_purpose_and_prints_the_paper(cast: "Cast") -> None:
    paper = builders.a_paper(cast, remark="说话清楚")
    browser = cast.section_head.browser()
    sees(page_for(browser, _url("paper", paper)), "请先写明目的")
    submits(browser, _url("open", paper), {"purpose": "核对档案"})
    sees(page_for(browser, _url("paper", paper)), "打印（PDF）", "preview.png")
    pdf = pypdfium2.PdfDocument(browser.get(_url("pdf", paper, 1)).content)
    text = pdf[0].get_textpage().get_text_range()
    assert "街面救助（劝导）登记表" in text
    assert "南桥桥洞" in text
    assert "说话清楚" in text
    line = JournalEntry.objects.get(verb="papers.paper.open")
    assert "核对档案" not in line.basis, "a purpose may name somebody and lies sealed"


def test_the_word_file_says_the_same_as_the_pdf(cast: "Cast") -> None:
    paper = builders.a_paper(cast, remark="说话清楚")
    browser = cast.dispatcher.browser()
    submits(browser, _url("open", paper), {"purpose": "打印签字"})
    document = Document(BytesIO(browser.get(_url("word", paper, 1)).content))
    said = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"南桥桥洞", "说话清楚", "灰大衣"} <= said
    assert not [text for text in said if "{{" in text]


def test_a_form_of_two_copies_prints_both(cast: "Cast") -> None:
    encounter = builders.a_gate(cast)
    browser = cast.dispatcher.browser()
    submits(browser, reverse("papers:new", args=["medical_handover", encounter.public_id]), {})
    paper = Paper.objects.get()
    pdf = pypdfium2.PdfDocument(browser.get(_url("pdf", paper, 1)).content)
    texts = [pdf[n].get_textpage().get_text_range() for n in range(len(pdf))]
    assert "第一联" in texts[0]
    assert "第二联" in texts[-1]


def test_whoever_signs_on_the_screen_stands_in_the_paper(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    browser = cast.dispatcher.browser()
    sent = {"slot": "person_signature", "version": 1}
    page = browser.post(_url("sign", paper), {**sent, "drawn": ""})
    assert page.status_code == 422
    sees(page, "还没有签名")
    submits(browser, _url("sign", paper), {**sent, "drawn": builders.drawn()})
    sees(page_for(browser, _url("paper", paper)), "本人签名")
    word = Document(BytesIO(browser.get(_url("word", paper, 1)).content))
    assert len(word.inline_shapes) == 1


def test_the_page_says_what_changed_since_it_was_issued(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    encounter = Encounter.objects.get(public_id=paper.subject_id)
    does_not_see(page_for(cast.dispatcher, _url("paper", paper)), "出具后登记内容有变化")
    persons.add_fact(
        actor=cast.dispatcher.actor,
        at=clock.now(),
        person=encounter.person,
        case=Case.objects.get(person=encounter.person),
        kind="accent",
        value="湖南口音",
        certainty="claimed",
        source="本人说的",
    )
    sees(page_for(cast.dispatcher, _url("paper", paper)), "出具后登记内容有变化：口音。")
    submits(cast.dispatcher, _url("reissue", paper), {"reason": "补充口音", "remark": ""})
    page = page_for(cast.dispatcher, _url("paper", paper))
    sees(page, "第2版", "已被替代", "改了：口音", "补充口音")


def test_a_void_paper_says_so_and_takes_no_signature(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    submits(cast.leader, _url("void", paper), {"reason": "填错了人"})
    sees(page_for(cast.dispatcher, _url("paper", paper)), "已作废：填错了人")
    not_found_for(cast.dispatcher, url=_url("sign", paper))


def test_the_register_finds_by_number_name_and_kind(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    listed = reverse("papers:list")
    for query in (f"q={paper.number}", "q=灰大衣", "kind=street_refusal", "state=issued"):
        sees(page_for(cast.dispatcher, f"{listed}?{query}"), paper.number)
    for query in ("q=查无此人", "kind=belongings", "state=void", "to_date=2020-01-01"):
        sees(page_for(cast.dispatcher, f"{listed}?{query}"), "没有找到文书")


def test_the_register_leaves_as_excel_without_what_the_papers_say(cast: "Cast") -> None:
    paper = builders.a_paper(cast, remark="说话清楚")
    answer = cast.leader.browser().get(reverse("papers:export"))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.values)
    assert any(paper.number in row for row in rows)
    assert "说话清楚" not in str(rows)


def test_an_administrator_replaces_a_template_without_code(cast: "Cast") -> None:
    url = reverse("papers:template", args=["street_refusal"])
    browser = cast.admin.browser()
    sees(page_for(browser, url), "{{姓名}}", "{{发放物资.物资名称}}")
    bad = SimpleUploadedFile("坏.docx", word_file("姓名：{{姓名}}", "{{没有的字段}}"))
    day = clock.today().isoformat()
    page = browser.post(url, {"file": bad, "in_force_date": day, "note": ""})
    assert page.status_code == 422
    sees(page, "这种文书没有字段“没有的字段”")
    assert not PaperTemplate.objects.exists()
    good = SimpleUploadedFile("好.docx", word_file("州里的样式", "姓名：{{姓名}} {{性别:勾选}}"))
    submits(browser, url, {"file": good, "in_force_date": day, "note": "州样式"})
    paper = builders.a_paper(cast)
    reader = cast.dispatcher.browser()
    submits(reader, _url("open", paper), {"purpose": "打印签字"})
    pdf = pypdfium2.PdfDocument(reader.get(_url("pdf", paper, 1)).content)
    text = pdf[0].get_textpage().get_text_range()
    assert "州里的样式" in text
    assert "■男" in text
    newer = SimpleUploadedFile("新.docx", word_file("州里的新样式", "姓名：{{姓名}} {{性别:勾选}}"))
    page = submits(browser, url, {"file": newer, "in_force_date": day, "note": ""})
    rows = page.content.decode().split("<tr data-row>")[1:]
    assert ["本单位现在用" in row for row in rows[:2]] == [True, False]
    assert "本单位现在不用" in rows[1]


def test_the_pages_are_complete_in_english(cast: "Cast") -> None:
    paper = builders.a_paper(cast)
    for who, url in (
        (cast.dispatcher, reverse("papers:list")),
        (cast.dispatcher, _url("paper", paper)),
        (cast.admin, reverse("papers:templates")),
        (cast.admin, reverse("papers:template", args=["help_registration"])),
    ):
        page = page_for(who, url, language="en")
        does_not_see(page, "出具单位：", "文书登记簿", "请先写明目的")
    sees(page_for(cast.admin, reverse("papers:templates"), language="en"), "Help registration")


def test_every_kind_has_its_own_word_file() -> None:
    assert [code for code in kinds.kinds() if kinds.builtin_template(code) is None] == []
