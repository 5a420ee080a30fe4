"""Words: time without a figure, masked text, goals that count heads, warnings nobody issues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from nuantu.planbook.checks.catalogue import Path, found
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan

TIME_WORDS: Final = (
    "第一时间", "不定期", "及时", "立即", "立刻", "马上", "迅速", "尽快", "随时", "定期", "近期", "按时", "按期",
)  # fmt: skip
# Signals of the China Meteorological Administration beside those the defaults raise the level for.
SIGNALS: Final = (
    "台风", "暴雨", "暴雪", "寒潮", "大风", "沙尘", "高温", "干旱", "雷电", "冰雹", "霜冻", "大雾", "霾",
    "道路结冰", "雷雨大风", "强对流", "山洪", "地质灾害", "洪水", "森林火险",
)  # fmt: skip
MASK: Final = re.compile(r"(?<![A-Za-z])[xX×]{2,}(?![A-Za-z])|_{2,}|[□○*]{2,}")
OPEN_KEYS: Final = ("quote", "start", "end", "due", "before", "until", "by", "effective_from")


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about words."""
    yield from _vague(plan)
    yield from _masked(plan)
    for number, goal in enumerate(plan.oversight.goals):
        if goal.measured_by == "headcount":
            yield found(
                "goal_by_headcount",
                f"“{goal.label}”以街上人数衡量，会变成往外赶人；改按接触、回访和结果衡量",
                f"“{goal.label_en or goal.label}” counts heads and rewards pushing people away",
                clause=goal.clause,
                path=("oversight", "goals", number),
            )
    yield from _warnings(plan)


def _vague(plan: Plan) -> Iterator[Finding]:
    known = [item.word for item in plan.vague_words]
    told: set[str] = set()
    for path, entry in _entries(plan.model_dump(exclude={"vague_words"}), ()):
        words = str(entry.get("words") or "")
        for word in (word for word in TIME_WORDS if word in words):
            words = words.replace(word, "")
            if word in told or any(word in other for other in known):
                continue
            told.add(word)
            yield found(
                "vague_without_clock",
                f"“{word}”没有数字，也没登记在 vague_words：说的是救人、材料、检查、走访还是物资？",
                f"“{word}” has no figure and is not in vague_words: what is it about?",
                clause=tuple(entry.get("clause") or ()),
                path=path,
            )


def _masked(plan: Plan) -> Iterator[Finding]:
    for path, entry in _entries(plan.model_dump(exclude={"vague_words"}), ()):
        for key, value in entry.items():
            if key in OPEN_KEYS or not isinstance(value, str) or not MASK.search(value):
                continue
            yield found(
                "masked_text",
                f"“{value}”里有遮住的内容，请补上或删去",
                f"“{value}” holds masked text; fill it in or take it out",
                clause=tuple(entry.get("clause") or ()),
                path=(*path, key),
            )


def _entries(node: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _entries(value, (*path, "register" if key == "register_" else key))
    elif isinstance(node, list | tuple):
        for number, item in enumerate(node):
            yield from _entries(item, (*path, number))


def _warnings(plan: Plan) -> Iterator[Finding]:
    named = [
        word
        for rule in national_layer().rules
        if rule.kind == "warning.level"
        for word in rule.selectors
    ]
    for number, line in enumerate(plan.warnings.levels):
        strange = [
            word for word in line.types if not any(known in word for known in (*named, *SIGNALS))
        ]
        if strange:
            yield found(
                "unknown_warning",
                f"气象部门不发布“{'、'.join(strange)}”预警，对应哪一种？",
                f"Nobody issues a warning called “{', '.join(strange)}”; which one is meant?",
                clause=line.clause,
                path=("warnings", "levels", number),
            )
