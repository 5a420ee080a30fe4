"""The draft that a reading gives is a plan file, and says what is still open."""

import io
import json
from pathlib import Path

import pytest
import yaml

from nuantu.planbook import checks, cli, files
from nuantu.planbook.reading import Proposal, read_document
from nuantu.planbook.schema import Plan
from tests.planbook.reading import papers

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.txt"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_draft_of_the_corpus_is_a_plan_file(path: Path) -> None:
    reading = read_document(path.read_bytes(), path.name, year=2025)
    plan = Plan.model_validate(dict(reading.draft))
    assert plan.status == "draft"
    assert plan.title == reading.facts["title"]


def test_the_draft_says_what_the_document_says() -> None:
    reading = read_document(papers.PLAN.encode(), "plan.txt")
    plan = Plan.model_validate(dict(reading.draft))
    assert (plan.window.start, plan.window.end) == ("2025-11-15", "2026-03-15")
    assert plan.issuer.level == "county"
    assert plan.instance.year == 2025
    assert [(row.at_least, row.per) for row in plan.patrol.cadence] == [(3, "week")]
    assert plan.reports[0].due == "2026-03-20"
    assert plan.reports[0].addressee == "civil_affairs"
    assert [row.label for row in plan.key_locations] == ["车站", "桥梁涵洞", "地下通道"]
    assert plan.window.clause == ("一",)


@pytest.mark.parametrize(
    ("addressee", "level"),
    [("各乡镇人民政府、街道办事处", "county"), ("各县(市、区)民政局", "prefecture")],
)
def test_a_city_that_writes_to_townships_ranks_as_a_county(addressee: str, level: str) -> None:
    text = f"白鹭市民政局关于寒冬送温暖的通知\n{addressee}:\n各乡镇要救助流浪乞讨人员。\n"
    reading = read_document(text.encode(), "plan.txt")
    assert reading.draft["issuer"]["level"] == level


def test_an_open_date_stays_open_and_a_dekad_stays_a_dekad() -> None:
    text = papers.PLAN.replace("2025年11月15日至2026年3月15日", "2025年11月中旬开始")
    plan = read_document(text.encode(), "plan.txt").draft
    assert plan["window"]["start"] == "2025-11-中旬"
    assert plan["window"]["end"] == "待定"


def test_what_no_rule_took_is_listed_and_not_dropped() -> None:
    odd = "各村民小组要把祠堂的钥匙交给李四保管。"
    reading = read_document((papers.PLAN + odd).encode(), "plan.txt")
    left = [row for row in reading.not_understood if "祠堂" in row.sentence]
    assert len(left) == 1
    assert left[0].reason == "obligation"
    assert reading.document.text[slice(*left[0].span)] == odd


def test_the_command_writes_a_draft_that_can_be_checked(tmp_path: Path) -> None:
    source, draft = tmp_path / "plan.docx", tmp_path / "draft.yaml"
    source.write_bytes(papers.docx_of(*papers.PLAN.split("\n")))
    out = io.StringIO()
    assert cli.read(source, draft_to=draft, as_json=True, out=out) == cli.OK
    printed = json.loads(out.getvalue())
    assert set(printed) == {
        "document", "facts", "evidence", "findings", "not_understood", "parts", "numbers", "draft",
    }  # fmt: skip
    assert printed["facts"]["issuer"] == "白鹭区民政局"
    assert files.read(draft.read_text(encoding="utf-8")).plan is not None
    assert yaml.safe_load(draft.read_text(encoding="utf-8")) == printed["draft"]


def test_the_command_speaks_both_languages_and_tells_by_its_exit_code(tmp_path: Path) -> None:
    bad = tmp_path / "locked.docx"
    bad.write_bytes(papers.locked_docx())
    chinese, english = io.StringIO(), io.StringIO()
    assert cli.read(bad, out=chinese) == cli.HAS_ERRORS
    assert cli.read(bad, language="en", out=english) == cli.HAS_ERRORS
    assert "密码" in chinese.getvalue()
    assert "password" in english.getvalue()
    assert cli.read(tmp_path / "missing.txt", out=chinese) == cli.UNREADABLE


def test_a_proposal_counts_only_with_its_words_and_is_marked() -> None:
    offered = [
        Proposal("hotline", "0991-6601****", "救助电话请找值班室"),
        Proposal("areas", "祠堂", "不在文中的话"),
        Proposal("issuer", "青松市民政局", "街面巡查"),
        Proposal("areas", "车站", "车站"),
    ]
    text = papers.PLAN + "救助电话请找值班室。\n"
    reading = read_document(text.encode(), "plan.txt", propose=lambda _text, _facts: offered)
    assert reading.facts["hotline"] == ["0991-6601****"]
    assert reading.facts["issuer"] == "白鹭区民政局", "no proposal takes the place of a rule's fact"
    assert reading.facts["areas"] == ["车站", "桥梁涵洞", "地下通道"]
    marked = [row for row in reading.evidence if row.proposed_by == "model"]
    assert [(row.path, row.quote) for row in marked] == [("hotline.0", "救助电话请找值班室")]


def test_without_a_proposer_nothing_is_proposed() -> None:
    reading = read_document(papers.PLAN.encode(), "plan.txt")
    assert {row.proposed_by for row in reading.evidence} == {"rule"}


def _drafted(lines: str) -> Plan:
    reading = read_document(
        f"白鹭市民政局寒冬送温暖工作方案\n{lines}\n".encode(), "plan.txt", year=2026
    )
    return Plan.model_validate(dict(reading.draft))


@pytest.mark.parametrize(
    ("window", "day", "due"),
    [
        ("20xx年12月1日至20xx年3月15日", "20xx年3月20日", "Y+1-03-20"),
        ("20xx年12月1日至20xx年3月15日", "11月25日", "Y-11-25"),
        ("20xx年1月10日至1月20日", "12月25日", "Y-1-12-25"),
        ("20xx年6月1日至9月30日", "10月15日", "Y-10-15"),
    ],
)
def test_a_day_without_a_year_lies_in_the_window_or_nearest_to_it(
    window: str, day: str, due: str
) -> None:
    plan = _drafted(f"一、时间\n{window}。\n二、报送\n{day}前将名单报市民政局。")
    assert [row.due for row in plan.reports] == [due]


def test_a_stage_after_new_year_belongs_to_the_next_year() -> None:
    plan = _drafted(
        "一、时间\n20xx年12月1日至20xx年3月15日。\n二、步骤\n"
        "准备阶段:20xx年11月20日至11月30日。\n总结阶段:20xx年3月10日至3月15日。"
    )
    assert [(row.start, row.end) for row in plan.phases] == [
        ("Y-11-20", "Y-11-30"),
        ("Y+1-03-10", "Y+1-03-15"),
    ]


def test_two_cadences_of_one_sentence_are_no_two_rules_on_one_point() -> None:
    plan = _drafted(
        "一、街面巡查\n街面巡查每天不少于2次,夜间巡查每周不少于3次。"
        "重点区域每天巡查4次。气温低于0℃时每天巡查3次。"
    )
    assert [(row.level, row.at_least, row.words) for row in plan.patrol.cadence] == [
        ("normal", 2, ""),
        ("normal", None, "每周不少于3次"),
        ("normal", 4, ""),
        ("raised", 3, ""),
    ]
    assert not {row.code for row in checks.check(plan)} & {"two_rules", "said_twice"}


def test_a_clause_is_the_number_of_its_item_without_the_words_behind_it() -> None:
    plan = _drafted(
        "二、工作要求\n(三)总结上报。3月20日前将总结报市民政局。\n四、资金\n1.各街道自筹。市级补助1万元。"
    )
    assert [row.clause for row in plan.reports] == [("二(三)",)]
    assert [row.clause for row in plan.budget] == [("四1",)]
