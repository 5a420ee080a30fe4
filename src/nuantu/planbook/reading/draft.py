"""From facts to a draft plan file: what is sure is filled in, what is open says 待定."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from nuantu.planbook.reading import placing
from nuantu.planbook.reading.grammar.headings import NUMBER
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found
from nuantu.planbook.schema import SCHEMA_ID
from nuantu.planbook.schema.parts import QUOTE_LENGTH
from nuantu.planbook.sounding import sounds_of

OPEN: Final = "待定"
_LEVELS: Final = (
    (r"街道|镇|乡", "township"),
    (r"[县区旗]", "county"),
    (r"[市州盟]", "prefecture"),
    (r"省|自治区", "province"),
)
# whom a city writes to tells whether counties lie between it and the townships
_TO_TOWNS: Final = re.compile(r"各(?:乡镇|镇|乡|街道|场镇)")
_TO_COUNTIES: Final = re.compile(r"各(?:县|区|市|旗)|县[(、]?市|区县|县区|地级市|自治州|盟")
_ROLES: Final = (
    (r"联席会议", "joint_meeting_office"),
    (r"领导小组|指挥部|专班", "leading_group"),
    (r"人社|人力资源", "hr_bureau"),
    (r"救助.{0,4}站|救助.{0,4}中心", "relief_station"),
    (r"民政", "civil_affairs"),
    (r"公安|派出所", "police"),
    (r"街道|镇|乡", "township"),
    (r"政府|党委", "government"),
)
_STAGES: Final = (
    (r"总结", "summary"),
    (r"方案|计划", "plan"),
    (r"建立|机制|制度|名单", "setup"),
    (r"案例|个案|信息", "case"),
)
_RAISED: Final = re.compile(r"预警|寒潮|极端|恶劣|高温|台风|强降温|雨雪|低温|响应|冰冻|零下|气温|℃")
_LEAD_KINDS: Final = (("专班|工作组|工作小组|专项", "working_group"), ("联席会议", "joint_meeting"))
_LEAD: Final = re.compile(NUMBER)
_YEAR: Final = 12 * 31
_PERIODS: Final = frozenset({"day", "week", "month"})
_UNITS: Final = frozenset(
    {"person", "household", "lump", "item", "point", "institution", "person_month"}
)


@dataclass(frozen=True, slots=True)
class _Source:
    """Quotes and clause numbers of the page that facts stand on."""

    page: Page

    def of(self, row: Found) -> dict[str, Any]:
        """Clause and short quote of a fact."""
        quote = re.sub(r"\s+", "", self.page.text[row.start : row.end])
        return {"clause": self.clause(row.start), "quote": quote[:QUOTE_LENGTH]}

    def clause(self, place: int) -> str:
        """The numbers of the sections around a place, such as 三(一)."""
        inside = sorted(self.page.around(place), key=lambda section: section.depth)
        numbers = [_LEAD.match(self.page.text, section.start) for section in inside[:2]]
        words = "".join(number[0].strip("、.:, -") for number in numbers if number)
        return re.sub(r"\s", "", words) or "正文"


def draft(
    page: Page, facts: Mapping[str, Any], found: Iterable[Found], code: str, year: int | None
) -> dict[str, Any]:
    """The draft as a plan file's content; ``year`` stands in where the text names none."""
    rows = list(found)
    source = _Source(page)
    season = _season(facts) or year
    place = _place(str(facts.get("issuer") or ""))
    plan: dict[str, Any] = {
        "schema": SCHEMA_ID,
        "code": code,
        "title": str(facts.get("title") or OPEN)[:120],
        "operation_type": facts.get("operation_type"),
        "status": "draft",
        "issuer": {
            "name": facts.get("issuer") or OPEN,
            "level": _level(str(facts.get("issuer") or ""), page.text),
        },
        "instance": {
            "year": season,
            "place": place,
            "issue_date": facts.get("doc_date"),
        },
        "doc_number": facts.get("doc_number") or "",
        "window": _window(facts, rows, source),
        "phases": _phases(rows, source, _turn(facts)),
        "organisation": {"lead": _lead(rows, source), "units": placing.units(rows, source.of)},
        "patrol": {"cadence": _cadence(rows, source)},
        "response": {"limits": _limits(rows, source)},
        "key_locations": _locations(rows, source),
        "reports": _reports(rows, source, _turn(facts)),
        "amounts": _amounts(rows, source),
        **placing.placed(rows, source.of, facts.get("operation_type")),
    }
    tidy: dict[str, Any] = _without_empty(plan)
    return tidy


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        tidy = {name: _without_empty(item) for name, item in value.items()}
        return {name: item for name, item in tidy.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _season(facts: Mapping[str, Any]) -> int | None:
    window = facts.get("window") or {}
    for day in (window.get("start"), facts.get("doc_date"), window.get("end")):
        if day:
            return int(str(day)[:4])
    return None


def _place(issuer: str) -> str:
    match = re.match(r"[一-鿿]{1,12}?(?:省|市|州|县|区|镇|乡|街道)", issuer)
    return match[0] if match else ""


def _level(issuer: str, text: str) -> str:
    """The rank of the issuer; a city that writes to townships and to no county ranks as a county."""
    for words, level in _LEVELS:
        if re.search(words, issuer):
            if level == "prefecture" and _TO_TOWNS.search(text) and not _TO_COUNTIES.search(text):
                return "county"
            return level
    return "organisation"


@dataclass(frozen=True, slots=True)
class _Turn:
    """Which year of the season a month and day without a year belong to.

    ``first`` and ``last`` are the window's month and day, MM-DD, as far as they are known.
    """

    first: str | None = None
    last: str | None = None

    @property
    def crosses(self) -> bool:
        """Whether the window goes over New Year."""
        return bool(self.first and self.last and self.last < self.first)

    def year(self, month_day: str) -> str:
        """``Y``, ``Y+1`` or ``Y-1``: the year that lies in the window or nearest to it."""
        first, last = self.first or self.last, self.last or self.first
        if first is None or last is None:
            return "Y"
        begin, end = _ordinal(first), _ordinal(last) + _YEAR * self.crosses
        day = _ordinal(month_day)
        off = {
            shift: max(begin - day - shift * _YEAR, day + shift * _YEAR - end, 0)
            for shift in (0, 1, -1)
        }
        shift = min(off, key=lambda years: off[years])
        return f"Y{shift:+d}" if shift else "Y"


def _ordinal(month_day: str) -> int:
    month, day = month_day.split("-")
    return int(month) * 31 + int(day)


def _turn(facts: Mapping[str, Any]) -> _Turn:
    window = facts.get("window") or {}
    first, last = (
        str(window[side])[5:] if window.get(side) else window.get(f"{side}_month_day")
        for side in ("start", "end")
    )
    if first is None and last and facts.get("operation_type") == "winter_rescue" and last < "06":
        first = "11-01"
    return _Turn(first, last)


def _date(day: Any, month_day: Any, precision: Any = "day", *, year: str = "Y") -> str:
    if day:
        text = str(day)
        if precision == "dekad" and text.endswith(("-01", "-11", "-21")):
            return text[:8] + {"01": "上旬", "11": "中旬", "21": "下旬"}[text[-2:]]
        return text
    if month_day:
        return f"{year}-{month_day}"
    return OPEN


def _window(facts: Mapping[str, Any], rows: list[Found], source: _Source) -> dict[str, Any]:
    window = facts.get("window") or {}
    row = next((row for row in rows if row.path == "window"), None)
    turn, end_month_day = _turn(facts), window.get("end_month_day")
    start = _date(window.get("start"), window.get("start_month_day"), window.get("start_precision"))
    if start == OPEN and window.get("start_raw") not in (None, "近日", "日前", "昨日"):
        start = "issue"
    return {
        "start": start,
        "end": _date(
            window.get("end"),
            end_month_day,
            window.get("end_precision"),
            year="Y+1" if turn.crosses else "Y",
        ),
        **(source.of(row) if row else {"clause": "正文", "derived": True}),
    }


def _phases(rows: list[Found], source: _Source, turn: _Turn) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        if row.path != "phases":
            continue
        value = row.value
        end, start = (
            _date(value[side], found_day, year=turn.year(found_day) if found_day else "Y")
            for side in ("end", "start")
            for found_day in (value.get(f"{side}_month_day"),)
        )
        if start == OPEN and value.get("start_raw"):
            start = "issue"
        found.append({"name": value["name"][:40], "start": start, "end": end, **source.of(row)})
    return found


def _lead(rows: list[Found], source: _Source) -> list[dict[str, Any]]:
    row = next((row for row in rows if row.path == "lead_group" and row.value), None)
    if row is None:
        return []
    words = source.page.text[row.start : row.end]
    kind = next((kind for sign, kind in _LEAD_KINDS if re.search(sign, words)), "leading_group")
    name = re.sub(
        r"^.*?(?:成立|设立|组建|建立|组成|抽调|设)(?:了|以[^,]{2,20}为[^,]{2,8}的)?", "", words
    )
    return [{"kind": kind, "name": (name or words)[-80:], **source.of(row)}]


def _cadence(rows: list[Found], source: _Source) -> list[dict[str, Any]]:
    """Figures by level and kind of place; a second figure on one point stays as its words."""
    found = []
    areas = {row.value for row in rows if row.path == "areas"}
    told: set[tuple[str, str]] = set()
    for row in rows:
        if row.path != "patrol_frequency":
            continue
        value = row.value
        level = "raised" if _RAISED.search(value["condition"]) else "normal"
        places = _code(value["places"]) if value.get("places") in areas else ""
        entry: dict[str, Any] = {"level": level, "places": places}
        if value["count"] and value["per"] in _PERIODS and (level, places) not in told:
            told.add((level, places))
            entry |= {"at_least": value["count"], "per": value["per"]}
        else:
            entry["words"] = str(value.get("raw") or source.page.text[row.start : row.end])[:20]
            entry["places"] = ""
        found.append(entry | source.of(row))
    return found


def _limits(rows: list[Found], source: _Source) -> list[dict[str, Any]]:
    limits = [row for row in rows if row.path == "response_minutes"]
    is_one = len(limits) == 1
    return [
        {
            "distance": "any" if is_one else row.value["scope"],
            "minutes": row.value["minutes"],
            **source.of(row),
        }
        for row in limits
    ]


def _locations(rows: list[Found], source: _Source) -> list[dict[str, Any]]:
    found, codes = [], set()
    for row in rows:
        if row.path != "areas":
            continue
        code = _code(str(row.value))
        if code not in codes:
            codes.add(code)
            found.append({"code": code, "label": str(row.value)[:20], **source.of(row)})
    return found


def _code(words: str) -> str:
    letters = "_".join(sounds_of(re.sub(r"[^一-鿿]", "", words)))
    return re.sub(r"[^a-z_]", "", letters)[:40] or "place"


def _reports(rows: list[Found], source: _Source, turn: _Turn) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in rows:
        if row.path != "reporting":
            continue
        value = row.value
        title = re.sub(r"\s+", "", str(value.get("what") or "情况报告"))[:60]
        month_day = value.get("month_day")
        due = _date(value.get("date"), month_day, year=turn.year(month_day) if month_day else "Y")
        entry = {
            "code": f"report.{len(found) + 1}",
            "title": title,
            "stage": next(
                (stage for words, stage in _STAGES if re.search(words, title)), "progress"
            ),
            "sender": "other",
            "addressee": _role(str(value.get("to") or "")),
            "addressee_says": str(value.get("to") or "")[:60],
            "due": due if due != OPEN else None,
            "monthly_on": _monthly_on(value) if due == OPEN else None,
            "words": _often(value) if due == OPEN and not _monthly_on(value) else "",
        }
        found.append(entry | source.of(row))
    return found


def _monthly_on(value: Mapping[str, Any]) -> int | None:
    day = value.get("day")
    is_monthly = value.get("recurring") == "monthly"
    return day if is_monthly and isinstance(day, int) and 1 <= day <= 31 else None


def _often(value: Mapping[str, Any]) -> str:
    day = f" {value['day']}" if value.get("day") else ""
    return {"per_case": "及时", "monthly": f"每月{day}", "weekly": "每周", "daily": "每日"}.get(
        str(value.get("recurring")), "及时"
    )


def _role(words: str) -> str:
    return next((role for sign, role in _ROLES if re.search(sign, words)), "superior")


def _amounts(rows: list[Found], source: _Source) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in rows:
        if row.path != "amounts" or placing.is_budget(row.value):
            continue
        value = row.value
        most, least = value.get("max"), value.get("min")
        yuan = value.get("amount", least) if most in (None, True) else most
        found.append(
            {
                "code": f"st_{len(found) + 1}",
                "category": value["category"][:60] or "慰问对象",
                "yuan": yuan,
                "yuan_from": least if least != yuan else None,
                "is_ceiling": True if most is True else None,
                "unit": value["unit"] if value["unit"] in _UNITS else None,
                "payer": placing.payers(value),
                **source.of(row),
            }
        )
    return found
