"""What comes out of a plan for a year: duties with dates by month, recurring promises, sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nuantu.planbook import sources, stipends, words
from nuantu.planbook.compiler import Compiled, season_bases
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.planned import PlannedDuty, dated_duties, undated
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Ruling
from nuantu.planbook.schema import Plan
from nuantu.planbook.text import Text

SPREADS = {
    "own": Text("本级", "own office"),
    "each_county": Text("每县", "each county"),
    "each_township": Text("每乡镇", "each township"),
}


_PROMISES: Final = (
    *(("patrol.cadence", level, "") for level in ("normal", "raised", "extreme")),
    ("response.limit", "", "near"),
    ("response.limit", "", "far"),
    *(("refusal.revisit", level, "") for level in ("normal", "raised", "extreme")),
    ("foster.inspection", "", ""),
    ("public_list.days", "", ""),
    ("event.report", "", ""),
)
_UNITS: Final = {
    "per_day": ("每天{}次", "{} a day"),
    "per_week": ("每周{}次", "{} a week"),
    "per_month": ("每月{}次", "{} a month"),
    "minute": ("{}分钟内", "within {} minutes"),
    "day": ("{}天", "{} days"),
}


@dataclass(frozen=True, slots=True)
class Sums:
    """What the plan fixes in money, in fen: lumps, and amounts times their quota.

    ``unpaid`` is the part of it that has no payer or unit yet (X31).
    """

    budget: int | None
    budget_open: int
    classes: int
    payable: int
    visit_only: int
    fixed: int
    unpaid: int
    by_payer: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Recurring:
    """A promise without a date that comes back, and how often."""

    title: Text
    every: Text
    source: Text


@dataclass(frozen=True, slots=True)
class Overview:
    """A compiled plan in figures."""

    duties: tuple[PlannedDuty, ...]
    by_month: tuple[tuple[str, int], ...]
    recurring: tuple[Recurring, ...]
    sums: Sums


def overview(compiled: Compiled) -> Overview:
    """The duties in the order of their dates, how many fall in each month, and the sums."""
    duties = tuple(sorted(compiled.duties, key=lambda duty: (duty.due_date, duty.code)))
    months = Counter(f"{duty.due_date:%Y-%m}" for duty in duties)
    return Overview(
        duties, tuple(sorted(months.items())), tuple(_recurring(compiled)), sums_of(compiled.plan)
    )


def sums_of(plan: Plan) -> Sums:
    """The sums of the plan. A total counts; its parts only where there is no total."""
    totals = [line for line in plan.budget if line.kind == "total"] or list(plan.budget)
    known = [stipends.fen(line.yuan) for line in totals if line.yuan is not None]
    payers: Counter[str] = Counter()
    fixed = unpaid = 0
    for amount in plan.amounts:
        total = stipends.known_total(amount) or 0
        if not stipends.is_payable(amount):
            unpaid += total
            continue
        fixed += total
        for part in stipends.split(total, amount.payer, plan.payment.remainder_to):
            payers[part.who] += part.fen
    return Sums(
        budget=sum(known) if known else None,
        budget_open=sum(line.yuan is None for line in plan.budget),
        classes=len(plan.amounts),
        payable=sum(stipends.is_payable(amount) for amount in plan.amounts),
        visit_only=sum(amount.is_visit_only for amount in plan.amounts),
        fixed=fixed,
        unpaid=unpaid,
        by_payer=tuple(item for item in payers.items() if item[1]),
    )


def _recurring(compiled: Compiled) -> Iterator[Recurring]:
    """Promises without a date that the plan names; where it has only a word, the national default."""
    book = RuleBook([compiled.layer], national_layer(), compiled.season.start)
    named = {rule.kind for rule in compiled.layer.rules}
    for kind, level, key in _PROMISES:
        ruling = book.find(kind, level=level, key=key) if kind in named else None
        if ruling is None or ruling.unit not in _UNITS or not isinstance(ruling.value, int | float):
            continue
        if level not in ("", "normal") and ruling.level != level:
            continue  # the lower level holds here too
        about = level or key
        suffix_zh, suffix_en = (f"（{words.said(about)}）", f" ({words.said(about, 'en')})")
        yield Recurring(
            Text(
                ruling.label.zh + suffix_zh * bool(about), ruling.label.en + suffix_en * bool(about)
            ),
            _every(ruling),
            Text(*(_source(ruling, language) for language in ("zh", "en"))),
        )


def _every(ruling: Ruling) -> Text:
    zh, en = (form.format(f"{ruling.value:g}") for form in _UNITS[ruling.unit])
    return Text(zh, en.removesuffix("s") if ruling.value == 1 else en)


def _source(ruling: Ruling, language: str) -> str:
    is_english = language == "en"
    default = ("national default" if is_english else "全国默认") if ruling.is_national else ""
    word = f"“{ruling.words}”" if ruling.words else ""
    return " ".join(part for part in (sources.said(ruling.source, language), default, word) if part)


def as_dict(compiled: Compiled) -> dict[str, object]:
    """The overview as plain values: days as ISO text, money in fen."""
    found = overview(compiled)
    season, sums = compiled.season, found.sums
    return {
        "code": compiled.plan.code,
        "year": compiled.year,
        "window": {"start": season.start.isoformat(), "end": season.end.isoformat()},
        "phases": [
            {"name": name.zh, "start": start.isoformat(), "end": end.isoformat()}
            for name, start, end in season.phases
        ],
        "duties": [
            {
                "code": duty.code,
                "title": duty.title,
                "who": duty.who,
                "where": duty.spread,
                "to": duty.addressee,
                "due": duty.due_date.isoformat(),
                "clause": duty.clause,
            }
            for duty in found.duties
        ],
        "by_month": dict(found.by_month),
        "undated": [
            {"code": duty.code, "title": duty.title, "who": duty.who, "clause": duty.clause}
            for duty in undated(compiled.plan)
        ],
        "recurring": [
            {"what": item.title.zh, "every": item.every.zh, "source": item.source.zh}
            for item in found.recurring
        ],
        "stipends": [
            {"code": rule.key, "clause": rule.source, "value": rule.value}
            for rule in compiled.layer.rules
            if rule.kind == "stipend.amount"
        ],
        "sums": {
            "budget_fen": sums.budget,
            "fixed_fen": sums.fixed,
            "without_payer_fen": sums.unpaid,
            "by_payer_fen": dict(sums.by_payer),
        },
        "rules": len(compiled.layer.rules),
    }


def lines(compiled: Compiled, language: str = "zh") -> Iterator[str]:
    """The overview as lines of text."""
    found = overview(compiled)
    is_english = language.startswith("en")
    season = compiled.season
    yield (
        f"{compiled.plan.code} {compiled.year}: {season.start} – {season.end}, "
        + (
            f"{len(compiled.layer.rules)} rules, {len(found.duties)} dated duties"
            if is_english
            else f"规则 {len(compiled.layer.rules)} 条，有日期的待办 {len(found.duties)} 件"
        )
    )
    for name, start, end in season.phases:
        yield f"  {start} – {end}  {name.said_in(language)}"
    yield from (_duty_line(duty, language) for duty in found.duties)
    if found.by_month:
        yield "  " + ", ".join(f"{month}: {count}" for month, count in found.by_month)
    yield from _undated_lines(compiled.plan, language)
    for item in found.recurring:
        said = (part.said_in(language) for part in (item.title, item.every, item.source))
        yield "  {}: {}  {}".format(*said)
    yield from _money_lines(compiled.plan, found.sums, is_english)


def draft_lines(plan: Plan, year: int | None, language: str = "zh") -> Iterator[str]:
    """A plan whose window is not decided: the dates that are, and the sums."""
    is_english = language.startswith("en")
    yield (
        f"{plan.code}: a draft until its window is decided; what is decided already:"
        if is_english
        else f"{plan.code}：行动起止日期尚未确定，方案仍是草稿；已确定的有："
    )
    duties = sorted(dated_duties(plan, season_bases(plan, year=year)), key=lambda d: d.due_date)
    yield from (_duty_line(duty, language) for duty in duties)
    yield from _undated_lines(plan, language)
    yield from _money_lines(plan, sums_of(plan), is_english)


def _undated_lines(plan: Plan, language: str) -> Iterator[str]:
    word = "no date" if language.startswith("en") else "无日期"
    yield from (_duty_line(duty, language, word) for duty in undated(plan))


def _duty_line(duty: PlannedDuty, language: str, day: str = "") -> str:
    title = (duty.title_en or duty.title) if language.startswith("en") else duty.title
    who = words.said(duty.who, language)
    to = f" → {duty.to_said(language)}" if duty.addressee else ""
    spread = SPREADS[duty.spread].said_in(language)
    rest = "" if day else _rest_said(duty, language)
    return f"  {day or duty.due_date}  {title}  [{spread} · {who}{to}] {duty.clause}{rest}"


def _rest_said(duty: PlannedDuty, language: str) -> str:
    """That a duty falls due on a day of rest, and the working day before."""
    before = duty.working_day_before()
    if before is None:
        return ""
    if language.startswith("en"):
        return f"  (a day of rest; the working day before is {before})"
    return f"  （当天休息，此前最后一个工作日是 {before}）"


def _money_lines(plan: Plan, sums: Sums, is_english: bool) -> Iterator[str]:
    for amount in plan.amounts:
        text = stipends.said(amount)
        yield f"  {text.en if is_english else text.zh}  {'、'.join(amount.clause)}"
    for line in plan.budget:
        yuan = stipends.money(stipends.fen(line.yuan)) if line.yuan is not None else "—"
        label = (line.label_en or line.label) if is_english else line.label
        yield f"  {label}: {yuan}  {'、'.join(line.clause)}"
    if plan.amounts:
        counted = (sums.classes, sums.payable, sums.visit_only, stipends.money(sums.fixed))
        form = (
            "  %d classes, %d payable, %d visit only; fixed by the plan itself: %s yuan"
            if is_english
            else "  标准 %d 类，可发 %d 类，只慰问 %d 类；方案自身定死的金额 %s 元"
        )
        yield (form % counted) + _payers(sums.by_payer, "en" if is_english else "zh")
    if sums.unpaid:
        yuan = stipends.money(sums.unpaid)
        yield (
            f"  Without a payer yet: {yuan} yuan"
            if is_english
            else f"  出资方未写的总额：{yuan} 元"
        )
    if sums.budget is not None:
        total = stipends.money(sums.budget)
        yield f"  Budget in total: {total} yuan" if is_english else f"  预算合计：{total} 元"


def _payers(parts: Sequence[tuple[str, int]], language: str) -> str:
    named = ((words.payer_said(who, language), stipends.money(fen)) for who, fen in parts)
    said = ", ".join(f"{who} {yuan}" for who, yuan in named)
    return f" ({said})" if said else ""
