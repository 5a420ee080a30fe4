"""Whole documents: our own corpus, the seed plans and, where they are at hand, the shared texts."""

import os
from pathlib import Path

import pytest
import yaml

from nuantu.planbook.reading import read_document
from tests.planbook import seeds
from tests.planbook.reading import score

CORPUS = Path(__file__).parent / "corpus"
SHARED = Path(
    os.environ.get("DEV_PLANS") or Path(__file__).resolve().parents[4] / "shared" / "plans" / "dev"
)
# half of the shared texts was open while the rules were written, half was only ever scored
SEEN = frozenset({"01", "05", "09", "13", "17", "21", "25", "29", "33", "37"})


def _score(folder: Path, names: list[str]) -> tuple[float, float, float]:
    counts = []
    for name in names:
        wanted = yaml.safe_load((folder / f"{name}.expected.yaml").read_text(encoding="utf-8"))
        reading = read_document((folder / f"{name}.txt").read_bytes(), f"{name}.txt")
        counts.append(score.count(wanted, reading.facts))
    return score.rates(counts)


def _names(folder: Path) -> list[str]:
    return sorted(
        path.name.removesuffix(".expected.yaml") for path in folder.glob("*.expected.yaml")
    )


@pytest.mark.parametrize("name", _names(CORPUS))
def test_each_document_of_the_corpus_is_read_almost_whole(name: str) -> None:
    precision, recall, _ = _score(CORPUS, [name])
    assert precision >= 0.95
    assert recall >= 0.9


def test_the_measure_can_say_no() -> None:
    assert score.count({"issuer": "白鹭区民政局"}, {"issuer": "青松市总工会"}) == (0, 1, 1)
    assert score.count({"areas": ["车站"]}, {"areas": []}) == (0, 0, 1)
    assert score.rates([(1, 2, 4)])[:2] == (0.5, 0.25)


def test_the_seed_plans_give_up_their_figures() -> None:
    texts = seeds.plan_texts()
    if not texts:
        pytest.skip("the texts of the seed plans are not on this machine (SEED_PLANS)")
    outputs = {
        plan: read_document(text.encode(), f"{plan}.txt").as_dict() for plan, text in texts.items()
    }
    hits, wanted, missed = seeds.recall(outputs)
    assert hits >= 0.95 * wanted, "\n".join(missed)


@pytest.mark.parametrize(("is_seen", "precision", "f1"), [(True, 0.97, 0.97), (False, 0.88, 0.82)])
def test_the_shared_texts_are_read_above_a_floor(
    is_seen: bool, precision: float, f1: float
) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared texts are not on this machine (DEV_PLANS)")
    names = [name for name in _names(SHARED) if (name[:2] in SEEN) == is_seen]
    measured = _score(SHARED, names)
    assert measured[0] >= precision
    assert measured[2] >= f1


@pytest.mark.parametrize(
    "text",
    [
        "(一)动员部署。2025年11月1日至11月10日,开会。\n(二)集中救助。2025年11月11日至11月30日,巡查。",
        "一、动员部署阶段(2025年11月1日-10日)\n二、集中救助阶段(2025年11月11日-30日)",
        "第一阶段:动员部署(2025年11月1日—11月10日)\n第二阶段:集中救助(2025年11月11日—11月30日)",
        "步骤:动员部署(2025年11月1日—10日)、集中救助(2025年11月11日—30日)。",
        "1.动员部署:2025年11月1日至10日。\n2.集中救助:2025年11月11日至30日。",
        "时间\t内容\n2025年11月1日-10日\t动员部署\n2025年11月11日-30日\t集中救助\n2025年12月1日\t总结",
    ],
)
def test_stages_are_found_however_they_are_set(text: str) -> None:
    reading = read_document(f"白鹭区送温暖行动方案\n{text}\n".encode(), "plan.txt")
    first, second = reading.facts["phases"][:2]
    assert "动员部署" in first["name"]
    assert "集中救助" in second["name"]
    assert (first["start"], first["end"]) == ("2025-11-01", "2025-11-10")
    assert (second["start"], second["end"]) == ("2025-11-11", "2025-11-30")
    assert reading.facts["window"]["start"] == "2025-11-01"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("关于送温暖的通知\n各街道:\n现通知如下。\n白鹭区总工会\n2025年1月3日", "白鹭区总工会"),
        ("白鹭区民政局关于做好寒冬送温暖工作的通知\n", "白鹭区民政局"),
        ("发文机关:白鹭区民政局\n寒冬送温暖工作方案\n", "白鹭区民政局"),
        ("白鹭市“寒冬送温暖”行动\n近日,市救助管理站启动专项救助行动。", "白鹭市救助管理站"),
        ("白鹭镇春节慰问方案\n慰问对象为困难家庭。", "白鹭镇"),
        ("白鹭街道寒冬救助方案\n经街道党工委、办事处研究,制定本方案。", "白鹭街道"),
    ],
)
def test_the_office_that_put_it_out_is_named(text: str, name: str) -> None:
    reading = read_document(text.encode(), "plan.txt")
    assert score.overlap(reading.facts["issuer"], name) >= 0.8


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("白鹭区“寒冬送温暖”专项救助行动方案", "winter_rescue"),
        ("白鹭区民政局“夏季送清凉”专项救助行动方案", "summer_rescue"),
        ("白鹭区总工会夏季送清凉活动方案", "union_cooling"),
        ("白鹭区救助站低温雨雪应急预案", "emergency_plan"),
        ("白鹭区流浪乞讨人员救助分级响应机制", "graded_response"),
        ("白鹭区街面巡查救助工作制度", "patrol_system"),
        ("白鹭区2025年春节走访慰问方案", "festival_visit"),
        ("白鹭区2025-2026年度冬春救助方案", "winter_spring_relief"),
        ("白鹭大学冬衣捐赠活动策划书", "donation_drive"),
    ],
)
def test_the_title_tells_the_kind_of_operation(heading: str, kind: str) -> None:
    body = (
        "慰问职工和困难群众。" if "慰问" in heading or "总工会" in heading else "救助流浪乞讨人员。"
    )
    reading = read_document(f"{heading}\n{body}\n".encode(), "plan.txt")
    assert reading.facts["operation_type"] == kind
