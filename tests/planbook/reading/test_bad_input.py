"""Files that cannot be read whole: each gives a clear finding, and what can be read is read."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuantu.planbook.reading import Reading, read_document
from tests.planbook.reading import papers


def codes(reading: Reading) -> set[str]:
    return {row.code for row in reading.findings}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("scan.pdf", papers.pdf_of("", ""), "no_text"),
        ("locked.pdf", papers.locked_pdf(), "password"),
        ("torn.pdf", b"%PDF-1.7\nnothing here", "damaged"),
        ("locked.docx", papers.locked_docx(), "password"),
        ("bomb.docx", papers.zip_bomb(), "zip_bomb"),
        ("entities.docx", papers.entity_bomb(), "damaged"),
        ("torn.docx", b"PK\x03\x04 no archive", "damaged"),
        ("plan.docx", "只是文字".encode(), "damaged"),
        ("old.doc", papers.old_doc(), "no_converter"),
        ("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "unknown_kind"),
        ("empty.txt", b"", "empty"),
        ("blank.docx", papers.docx_of(""), "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, data: bytes, code: str) -> None:
    reading = read_document(data, name)
    assert code in codes(reading)
    assert any(row.severity == "error" for row in reading.findings)
    assert reading.is_refused
    assert not reading.facts


def test_a_bomb_is_refused_fast() -> None:
    data = papers.zip_bomb()
    before = time.process_time()
    read_document(data, "bomb.docx")
    assert time.process_time() - before < 1


@pytest.mark.slow
def test_a_huge_text_is_read_at_its_head() -> None:
    data = papers.PLAN.encode() + b"\n" * 200_000_000
    reading = read_document(data, "huge.txt")
    assert "too_large" in codes(reading)
    assert reading.facts["window"]["start"] == "2025-11-15"


def test_a_huge_word_file_is_not_opened() -> None:
    reading = read_document(papers.docx_of("方案") + bytes(100_000_001), "huge.docx")
    assert "too_large" in codes(reading)


def test_pages_without_text_are_named_and_the_others_read() -> None:
    reading = read_document(papers.pdf_of(papers.PLAN, ""), "half.pdf")
    assert "pages_without_text" in codes(reading)
    assert reading.facts["issuer"] == "白鹭区民政局"


def test_a_document_that_is_no_plan_says_so() -> None:
    recipe = "红烧茄子。茄子两根切段,油热后下锅,加一勺酱油、半勺糖,焖八分钟出锅。\n" * 3
    assert "not_a_plan" in codes(read_document(recipe.encode(), "recipe.txt"))
    assert "not_a_plan" not in codes(read_document(papers.PLAN.encode(), "plan.txt"))


def test_two_plans_are_offered_for_splitting() -> None:
    other = papers.PLAN.replace("白鹭区", "青松区").replace("11月15日", "12月1日")
    text = "冬季方案篇一\n" + papers.PLAN + "冬季方案篇二\n" + other
    first = read_document(text.encode(), "two.txt")
    assert codes(first) >= {"several_plans", "split_here"}
    assert [text[slice(*part.span)].split("\n")[0] for part in first.parts] == [
        "冬季方案篇一",
        "冬季方案篇二",
    ]
    second = read_document(text.encode(), "two.txt", part=2)
    assert second.facts["window"]["start"] == "2025-12-01"
    assert "several_plans" not in codes(second)
    assert "no_such_part" in codes(read_document(text.encode(), "two.txt", part=9))


def test_a_second_plan_may_begin_with_its_first_heading() -> None:
    other = "青松区2026年“夏季送清凉”行动方案\n一、行动时间\n2026年6月20日至2026年9月10日。\n"
    first = papers.PLAN + "请各单位抓好落实。\n" * 60
    reading = read_document((first + other).encode(), "two.txt")
    assert [part.title for part in reading.parts][1:] == ["青松区2026年“夏季送清凉”行动方案"]
    notice = (
        "关于开展救助行动的通知\n现将方案印发给你们，请认真执行。\n" + "请各单位抓好落实。\n" * 60
    )
    assert not read_document((notice + other).encode(), "notice.txt").parts


def test_ten_thousands_are_read_out_as_plain_yuan() -> None:
    reading = read_document((papers.PLAN + "安排专项经费3.5万元。\n").encode(), "plan.txt")
    assert "“3.5万元”读作 35000 元，请核对" in {row.message.zh for row in reading.findings}


def test_a_notice_and_the_plan_it_sends_out_are_one() -> None:
    text = f"关于印发《白鹭区救助方案》的通知\n各街道:\n现将方案印发给你们。\n{papers.PLAN * 2}"
    assert len(read_document(papers.PLAN.encode(), "one.txt").parts) == 0
    assert "no_such_part" not in codes(read_document(text.encode(), "notice.txt"))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("行动自20xx年12月1日至20xx年3月1日开展。", "masked_date"),
        ("2026年2月30日前上报总结。", "impossible_date"),
        ("行动自2025年11月中旬开始。", "dekad"),
        ("市级资金5万元,县级资金7万元,共计13万元。", "sum_mismatch"),
        ("安排救助资金15万元。", "ten_thousands"),
        ("困难家庭每户慰问500至800元。", "not_exact"),
        ("困难家庭每户慰问不超过800元。", "not_exact"),
        ("1.救助站:负责街面巡查。\n2.救助站:负责站内照料。", "same_name"),
        (
            "市救助管理站(以下简称救助站)和县救助服务站(以下简称救助站)各负其责。",
            "same_name",
        ),
        ("各地確�?快速妥善处置。", "garbled"),
    ],
)
def test_a_doubtful_word_is_pointed_at(sentence: str, code: str) -> None:
    text = papers.PLAN + sentence
    reading = read_document(text.encode(), "plan.txt")
    found = [row for row in reading.findings if row.code == code]
    assert found
    assert found[0].message.zh
    assert found[0].message.en
    span = found[0].span
    assert span is not None
    assert span[0] >= len(papers.PLAN) or code == "masked_date"
    assert reading.facts["issuer"] == "白鹭区民政局", "the rest is read"


def test_a_sum_that_holds_is_no_finding() -> None:
    text = papers.PLAN + "市级资金5万元,县级资金7万元,共计12万元。"
    assert "sum_mismatch" not in codes(read_document(text.encode(), "plan.txt"))


def test_a_clean_plan_gives_no_error_and_no_warning() -> None:
    reading = read_document(papers.PLAN.encode(), "plan.txt")
    assert [row for row in reading.findings if row.severity != "question"] == []


@given(
    st.binary(max_size=300), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.html", "a.md", "a"])
)
@settings(max_examples=40, deadline=None)
def test_no_bytes_break_the_reader(data: bytes, name: str) -> None:
    reading = read_document(data, name)
    assert reading.document.sha256
    assert reading.facts or reading.findings


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["1", "一", "每", "(", "，1元", "一、", "1月1日至", "早中晚", "成立"]
)
def test_a_text_made_to_stall_the_grammars_is_read_in_time(unit: str) -> None:
    before = time.process_time()
    read_document((unit * (2000 // len(unit))).encode(), "stall.txt")
    assert time.process_time() - before < 5
