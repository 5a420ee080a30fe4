"""Dates: window, phases, report deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from nuantu.planbook import dates
from nuantu.planbook.dates import BadDateError, Bases, Span
from nuantu.planbook.findings import Finding, error, question, warning
from nuantu.planbook.schema import Plan

Path = tuple[str | int, ...]
DAY: Final = timedelta(days=1)
LONG_AFTER: Final = timedelta(days=180)


class _Days:
    """Resolves the dates of one plan, collecting what cannot be resolved."""

    def __init__(self, plan: Plan) -> None:
        self.findings: list[Finding] = []
        self.bases = Bases(plan.instance.year, plan.instance.issue_date)

    def of(self, text: str, path: Path, clause: str) -> Span | None:
        try:
            span = dates.resolve(text, self.bases)
        except BadDateError as problem:
            self.findings.append(
                error(
                    "no_such_date",
                    str(problem),
                    f"{text}: there is no such day in {self.bases.year}",
                    clause=clause,
                    path=path,
                )
            )
            return None
        if span is None:
            is_issue = text.startswith("issue") and self.bases.issue is None
            hint = "，请填 instance.issue_date（印发日）" if is_issue else ""
            hint_en = ": fill instance.issue_date" if is_issue else ""
            self.findings.append(
                warning(
                    "open_date",
                    f"日期“{text}”尚未确定{hint}；方案保持草稿（X39）",
                    f"The date “{text}” is not decided{hint_en}; the plan stays a draft (X39)",
                    clause=clause,
                    path=path,
                )
            )
        return span


def said(clauses: tuple[str, ...]) -> str:
    """Clauses as one text."""
    return "、".join(clauses)


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about dates."""
    days = _Days(plan)
    clause = said(plan.window.clause)
    start = days.of(plan.window.start, ("window", "start"), clause)
    days.bases = replace(days.bases, start=start.first if start else None)
    end = days.of(plan.window.end, ("window", "end"), clause)
    days.bases = replace(days.bases, end=end.last if end else None)
    if start and end and end.last < start.first:
        yield error(
            "window_reversed",
            f"行动结束（{end.last}）早于开始（{start.first}）",
            f"The window ends ({end.last}) before it starts ({start.first})",
            clause=clause,
            path=("window", "end"),
        )
        end = None
    yield from _effective(plan, start)
    yield from _phases(plan, days, start, end)
    yield from _reports(plan, days, start, end)
    for number, task in enumerate(plan.tasks):
        days.of(task.due, ("tasks", number, "due"), said(task.clause))
    yield from days.findings


def _effective(plan: Plan, start: Span | None) -> Iterator[Finding]:
    issued = plan.instance.issue_date
    if issued and start and start.last < issued:
        yield warning(
            "retroactive",
            f"行动{start.first}开始，早于印发日{issued}：生效日与行动开始日要分开记（X09）",
            f"The operation starts on {start.first}, before the issue date {issued} (X09)",
            clause=said(plan.window.clause),
            path=("window", "start"),
        )


def _phases(plan: Plan, days: _Days, start: Span | None, end: Span | None) -> Iterator[Finding]:
    resolved: list[tuple[str, str, date, date, int]] = []
    is_clear = True
    for number, phase in enumerate(plan.phases):
        clause = said(phase.clause)
        first = days.of(phase.start, ("phases", number, "start"), clause)
        last = days.of(phase.end, ("phases", number, "end"), clause)
        if not first or not last:
            is_clear = False
            continue
        if last.last < first.first:
            is_clear = False
            yield error(
                "phase_reversed",
                f"阶段“{phase.name}”结束早于开始",
                f"The phase “{phase.name}” ends before it starts",
                clause=clause,
                path=("phases", number, "end"),
            )
            continue
        resolved.append((phase.name, clause, first.first, last.last, number))
    if is_clear:
        yield from _covered(sorted(resolved, key=lambda item: item[2]), start, end)


def _covered(
    resolved: list[tuple[str, str, date, date, int]], start: Span | None, end: Span | None
) -> Iterator[Finding]:
    """Gaps and overlaps, once every phase has its days."""
    for before, after in pairwise(resolved):
        yield from _between(before, after)
    if resolved and start and resolved[0][2] > start.last:
        yield _uncovered(start.first, resolved[0][2] - DAY, resolved[0])
    last_day = max((item[3] for item in resolved), default=None)
    if last_day and end and last_day < end.first:
        yield _uncovered(last_day + DAY, end.last, resolved[-1])


def _between(
    before: tuple[str, str, date, date, int], after: tuple[str, str, date, date, int]
) -> Iterator[Finding]:
    if before[3] + DAY < after[2]:
        yield _uncovered(before[3] + DAY, after[2] - DAY, after)
    elif before[3] >= after[2]:
        yield warning(
            "phases_overlap",
            f"阶段“{before[0]}”与“{after[0]}”重叠（{after[2]}至{before[3]}）",
            f"The phases “{before[0]}” and “{after[0]}” overlap ({after[2]} to {before[3]})",
            clause=after[1],
            path=("phases", after[4], "start"),
        )


def _uncovered(first: date, last: date, near: tuple[str, str, date, date, int]) -> Finding:
    span = str(first) if first == last else f"{first}至{last}"
    return warning(
        "phase_gap",
        f"{span}不属于任何阶段（X06）",
        f"{first} to {last} belongs to no phase (X06)",
        clause=near[1],
        path=("phases", near[4]),
    )


def _reports(plan: Plan, days: _Days, start: Span | None, end: Span | None) -> Iterator[Finding]:
    has_closing = False
    early: tuple[str, str, date, int] | None = None
    for number, report in enumerate(plan.reports):
        if report.due is None:
            continue
        clause = said(report.clause)
        due = days.of(report.due, ("reports", number, "due"), clause)
        if due is None:
            continue
        if end and due.last >= end.last:
            has_closing = True
            if due.last > end.last + LONG_AFTER:
                yield question(
                    "report_far_after",
                    f"“{report.title}”{due.last}才报，行动{end.last}已结束半年以上，年份对吗？",
                    f"“{report.title}” is due {due.last}, half a year after the end; is the year right?",
                    clause=clause,
                    path=("reports", number, "due"),
                )
        elif report.stage == "summary":
            early = (report.title, clause, due.last, number)
        is_inferred = report.stage == "plan" and plan.window.derived  # no start to be late for
        begins = None if is_inferred else start
        yield from _against_start(report.title, report.stage, clause, due, begins, number)
        yield from _in_phase(plan, days, report.title, clause, due, number, report.stage)
    if early and end and not has_closing:
        yield warning(
            "report_before_end",
            f"“{early[0]}”{early[2]}上报，行动{end.last}才结束：按中期报告处理，缺结束后的总结（X05）",
            f"“{early[0]}” is due {early[2]}, before the end on {end.last}: "
            "treated as interim, a closing report is missing (X05)",
            clause=early[1],
            path=("reports", early[3], "due"),
        )


def _against_start(
    title: str, stage: str, clause: str, due: Span, start: Span | None, number: int
) -> Iterator[Finding]:
    if start is None:
        return
    path: Path = ("reports", number, "due")
    if stage == "plan" and due.last > start.last:
        yield question(
            "plan_due_after_start",
            f"“{title}”{due.last}才交，行动{start.first}已经开始；允许开始后补交吗？（X07）",
            f"“{title}” is due {due.last} though work starts {start.first}; may it follow? (X07)",
            clause=clause,
            path=path,
        )
    if stage in ("progress", "summary") and due.last < start.first:
        yield error(
            "report_before_start",
            f"“{title}”{due.last}上报，早于行动开始（{start.first}）",
            f"“{title}” is due {due.last}, before the operation starts ({start.first})",
            clause=clause,
            path=path,
        )


def _in_phase(
    plan: Plan, days: _Days, title: str, clause: str, due: Span, number: int, stage: str
) -> Iterator[Finding]:
    """A summary that is due while the last phase still runs (X06)."""
    if stage != "summary" or not plan.phases:
        return
    last = plan.phases[-1]
    try:
        ends = dates.resolve(last.end, days.bases)
    except BadDateError:
        return
    if ends and due.last < ends.first:
        yield warning(
            "report_inside_phase",
            f"“{title}”{due.last}上报，而阶段“{last.name}”到{ends.last}才结束（X06）",
            f"“{title}” is due {due.last} while the phase “{last.name}” runs to {ends.last} (X06)",
            clause=clause,
            path=("reports", number, "due"),
        )
