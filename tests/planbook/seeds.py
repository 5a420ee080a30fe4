"""Which facts of the eighteen seed plans a reader found: the right value of the right kind.

`found(output, "P9")` takes what `./nuantu plan read --json` printed for that plan. A fact with a
key of the facts format is looked for under that key only. Any other has to stand in the list
`numbers` of the output, each line `{kind, value, unit, text}`: same kind, same value, same unit,
read from a sentence that holds the word `near`. One line of `numbers` proves one fact.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "seed_facts.yaml"
SEEDS = Path(
    os.environ.get("SEED_PLANS")
    or Path(__file__).resolve().parents[3] / "shared" / "plans" / "seeds"
)
PLANS = tuple(f"P{number}" for number in range(1, 18))
HEADING = re.compile(r"方案篇[一二三四五六七八九十]+[ \t]*$", re.MULTILINE)
# the converted script of the source, for the few words that facts are searched by
SIMPLER = str.maketrans(
    "聯會議辦縣鎮鄉級問兩節準備階總結實務機構養廳號熱線電話報車輛檢組長領導倉戶貧對優"
    "撫軍隊離幹遺屬參殘員國際業齡歲學兒達傳單場開負責動懇談術賑脫標幫範評選義診贈團經"
    "費區應橋親誌願譜繼續寢數郵遞遲個種類舉濟勞綫須緊醫療處無後從護衛關點獻書記錄樣風"
    "氣預眾態發師觀東與於將讓為過還進運遠這適減職臺統資贊邊歷來當時間覽況難嚴藝採購買賣條絡圖",
    "联会议办县镇乡级问两节准备阶总结实务机构养厅号热线电话报车辆检组长领导仓户贫对优"
    "抚军队离干遗属参残员国际业龄岁学儿达传单场开负责动恳谈术赈脱标帮范评选义诊赠团经"
    "费区应桥亲志愿谱继续寝数邮递迟个种类举济劳线须紧医疗处无后从护卫关点献书记录样风"
    "气预众态发师观东与于将让为过还进运远这适减职台统资赞边历来当时间览况难严艺采购买卖条络图",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure or date of one rule."""

    rule: str
    plans: tuple[str, ...]
    kind: str
    value: Any
    says: str
    where: str
    unit: str | None = None
    near: str = ""
    name: str = ""
    category: str = ""
    to: str = ""
    payer: str = ""


@cache
def facts() -> tuple[Fact, ...]:
    """Every fact, in the order of the plans."""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["facts"]
    return tuple(
        Fact(**{**row, "plans": tuple(row["plans"]), "value": typed(row["value"])}) for row in rows
    )


def without_value() -> dict[str, str]:
    """Rules with a digit or a number word but no value, with the reason."""
    return dict(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["none"])


def of_plan(plan: str) -> list[Fact]:
    """The facts that stand in the text of one plan."""
    return [fact for fact in facts() if plan in fact.plans]


def found(output: Mapping[str, Any], plan: str) -> dict[Fact, bool]:
    """Each fact of the plan, and whether the reader's output has it."""
    answer = {}
    loose = [dict(row) for row in output.get("numbers") or [] if isinstance(row, dict)]
    for fact in of_plan(plan):
        if fact.where == "other":
            hit = next((row for row in loose if _is_number(fact, row)), None)
            if hit is not None:
                loose.remove(hit)
            answer[fact] = hit is not None
        else:
            answer[fact] = _has(fact, output.get("facts") or {})
    return answer


def recall(outputs: Mapping[str, Mapping[str, Any]]) -> tuple[int, int, list[str]]:
    """Facts found and wanted over several plans (plan id: output), and what was missed."""
    hits, wanted, missed = 0, 0, []
    for plan, output in outputs.items():
        for fact, hit in found(output, plan).items():
            wanted += 1
            hits += hit
            if not hit:
                missed.append(f"{plan} {fact.rule} {fact.kind} {fact.value} {fact.says}")
    return hits, wanted, missed


def plan_texts() -> dict[str, str]:
    """The eighteen texts as they were found, damage and all; empty when they are not here."""
    winter, summer = SEEDS / "winter-plans.txt", SEEDS / "summer-plan.txt"
    if not winter.is_file() or not summer.is_file():
        return {}
    text = winter.read_text(encoding="utf-8")
    starts = [match.end() for match in HEADING.finditer(text)]
    heads = [match.start() for match in HEADING.finditer(text)]
    ends = [*(text.rfind("\n", 0, head) for head in heads[1:]), len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return {**dict(zip(PLANS, parts, strict=True)), "S1": summer.read_text(encoding="utf-8")}


def typed(value: Any) -> Any:
    """A value as it is compared: days as ISO text, ranges as tuples, 7.0 as 7."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(typed(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def plain(text: Any) -> str:
    """Words without spaces and marks, in the simplified script."""
    return re.sub(r"[\W_]+", "", str(text or "")).translate(SIMPLER)


def _is_number(fact: Fact, row: Mapping[str, Any]) -> bool:
    if plain(fact.near) not in plain(row.get("text")):
        return False
    if fact.kind == "month_day":
        return _same_day(fact, row.get("value")) and row.get("kind") in ("month_day", "date")
    if row.get("kind") != fact.kind or (fact.unit and row.get("unit") != fact.unit):
        return False
    if fact.kind == "doc_number":
        return plain(row.get("value")) == plain(fact.value)
    return bool(typed(row.get("value")) == fact.value)


def _same_day(fact: Fact, value: Any) -> bool:
    """A day whose year the text does not give may be answered with a year."""
    text = str(typed(value) or "")
    return text == fact.value or (fact.kind == "month_day" and text[4:] == f"-{fact.value}")


def _has(fact: Fact, given: Mapping[str, Any]) -> bool:
    key, _, part = fact.where.partition(".")
    if key == "window":
        return _window(fact, given.get("window") or {}, part)
    return any(_row_has(fact, row, key, part) for row in _rows(given.get(key)))


def _window(fact: Fact, window: Mapping[str, Any], part: str) -> bool:
    return any(_same_day(fact, window.get(name)) for name in (part, f"{part}_month_day"))


def _rows(value: Any) -> Iterator[Mapping[str, Any]]:
    for row in value if isinstance(value, list) else []:
        yield row if isinstance(row, dict) else {"minutes": row}


def _row_has(fact: Fact, row: Mapping[str, Any], key: str, part: str) -> bool:
    match key:
        case "phases":
            return alike(fact.name, row.get("name")) >= 0.5 and _window(fact, row, part)
        case "reporting":
            days = (row.get("date"), row.get("month_day"))
            return any(_same_day(fact, day) for day in days) and (
                not fact.to or alike(fact.to, row.get("to")) >= 0.3
            )
        case "patrol_frequency":
            return bool((row.get("count"), row.get("per")) == fact.value)
        case "response_minutes":
            return bool(row.get("minutes") == fact.value)
        case "amounts":
            return _amount(fact, row, part)
    return False


def _amount(fact: Fact, row: Mapping[str, Any], part: str) -> bool:
    if alike(fact.category, row.get("category")) < 0.3:
        return False
    if part == "payer":
        return alike(fact.payer, row.get("payer")) >= 0.5
    return typed(row.get("amount")) == fact.value and row.get("unit") == fact.unit


def alike(first: Any, second: Any) -> float:
    """Share of common pairs of letters, as the score of the reader counts it."""
    one, two = plain(first), plain(second)
    if not one or not two:
        return 0.0
    if one in two or two in one:
        return 1.0
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} or {text} for text in (one, two)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))
