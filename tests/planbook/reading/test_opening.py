"""Every kind of file gives the same facts, and every span points at its words."""

import pytest

from nuantu.planbook.reading import read_document
from nuantu.planbook.reading.normal import normalise
from tests.planbook.reading import papers

HTML = "<html><head><title>方案</title><script>var a=1;</script></head><body><nav>首页</nav>{}</body></html>"


def _html() -> str:
    return HTML.format("".join(f"<p>{line}</p>" for line in papers.PLAN.split("\n")))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.txt", papers.PLAN.encode()),
        ("plan.txt", papers.PLAN.encode("utf-8-sig")),
        ("plan.txt", papers.PLAN.encode("gbk")),
        ("plan.txt", papers.PLAN.encode("gb18030")),
        ("plan.txt", papers.PLAN.encode("utf-16")),
        ("plan.txt", papers.PLAN.encode("utf-16-le")),
        ("plan.txt", papers.PLAN.replace("\n", "\r\n").encode()),
        ("plan.md", ("# " + papers.PLAN.replace("一、", "## 一、")).encode()),
        ("plan.html", _html().encode()),
        ("plan.htm", _html().replace("<head>", '<head><meta charset="gb2312">').encode("gbk")),
        ("plan.docx", papers.docx_of(*papers.PLAN.split("\n"))),
        ("plan.pdf", papers.pdf_of(papers.PLAN)),
        ("plan", papers.PLAN.encode()),
    ],
)
def test_every_kind_of_file_says_the_same(name: str, data: bytes) -> None:
    reading = read_document(data, name)
    facts = reading.facts
    assert facts["issuer"] == "白鹭区民政局"
    assert facts["doc_date"] == "2025-11-10"
    assert (facts["window"]["start"], facts["window"]["end"]) == ("2025-11-15", "2026-03-15")
    assert facts["areas"] == ["车站", "桥梁涵洞", "地下通道"]
    assert [(row["count"], row["per"]) for row in facts["patrol_frequency"]] == [(3, "week")]
    assert facts["reporting"][0]["date"] == "2026-03-20"
    for row in reading.evidence:
        start, end = row.span
        assert reading.document.text[start:end].startswith(row.quote[:20])
        assert row.block is not None
        assert 0 < row.confidence <= 1


def test_the_converter_that_is_handed_in_opens_old_files() -> None:
    reading = read_document(
        papers.old_doc(), "plan.doc", convert=lambda _: papers.docx_of(*papers.PLAN.split("\n"))
    )
    assert reading.document.kind == "doc"
    assert reading.facts["issuer"] == "白鹭区民政局"


def test_a_list_of_word_keeps_its_numbers() -> None:
    reading = read_document(
        papers.docx_with_numbers("目的。", "行动时间:2025年12月1日至31日。"), "a.docx"
    )
    assert "二、行动时间" in reading.document.text
    assert reading.document.blocks[1].kind == "list"


def test_a_table_of_stipends_is_read_row_by_row() -> None:
    rows = [["慰问对象", "慰问标准"], ["低保户", "每户500元"], ["孤儿", "每人800元"]]
    reading = read_document(papers.docx_with_table(rows), "table.docx")
    found = [(row["category"], row["amount"], row["unit"]) for row in reading.facts["amounts"]]
    assert found == [("低保户", 500, "household"), ("孤儿", 800, "person")]


def test_a_merged_cell_counts_for_every_row_and_is_pointed_at() -> None:
    rows = [
        ["类别", "对象", "标准"],
        ["困难群众", "低保户", "每户500元"],
        ["", "孤儿", "每人800元"],
    ]
    reading = read_document(papers.docx_with_table(rows, merge=((1, 0), (2, 0))), "merged.docx")
    assert any(row.code == "merged_cells" for row in reading.findings)
    assert reading.document.text.count("困难群众") == 2
    assert [row["category"] for row in reading.facts["amounts"]] == ["低保户", "孤儿"]


def test_pages_of_a_pdf_are_told_while_they_are_read() -> None:
    told: list[tuple[int, int, str]] = []
    read_document(
        papers.pdf_of(papers.PLAN, "附件"),
        "a.pdf",
        progress=lambda done, total, what: told.append((done, total, what)),
    )
    assert (1, 2, "pages") in told
    assert told[-1][2] == "draft"


def test_traditional_script_glosses_and_stray_periods_point_back() -> None:
    text = "鄉(xiāng)鎮(zhèn)救助站的.負責人于２０２５年12月20日前報送總結(jié)。"
    normal = normalise(text)
    assert normal.text == "乡镇救助站的负责人于2025年12月20日前报送总结。"
    start = normal.text.index("2025")
    assert text[slice(*normal.original(start, start + 11))] == "２０２５年12月20日"
    assert text[slice(*normal.original(0, 2))] == "鄉(xiāng)鎮"


def test_the_head_of_a_column_gives_the_unit() -> None:
    rows = [["慰问对象", "户数", "标准(元/户)"], ["低保户", "12", "500"], ["边缘户", "7", "300"]]
    reading = read_document(papers.docx_with_table(rows), "table.docx")
    found = [(row["category"], row["amount"], row["unit"]) for row in reading.facts["amounts"]]
    assert found == [("低保户", 500, "household"), ("边缘户", 300, "household")]


def test_ten_thousands_in_the_head_of_a_column_count_for_its_rows() -> None:
    rows = [["镇名", "人数", "金额(万元)"], ["东镇", "1200", "42"], ["合计", "1200", "42"]]
    reading = read_document(papers.docx_with_table(rows), "table.docx")
    found = [(row["category"], row["amount"], row["unit"]) for row in reading.facts["amounts"]]
    assert found == [("东镇", 420_000, "institution"), ("资金合计", 420_000, "lump")]


def test_a_phone_is_given_as_written() -> None:
    reading = read_document((papers.PLAN + "救助热线:0991-66××××××。").encode(), "plan.txt")
    assert reading.facts["hotline"] == ["0991-66××××××"]
