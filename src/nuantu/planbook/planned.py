"""The promises with a date that a plan makes: reports, tasks, visits, payments, events, inspections."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from nuantu.planbook import calendars, counted, dates, deadlines, words
from nuantu.planbook.dates import Bases
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.parts import Entry, Spread

TASK = "plan.task"


@dataclass(frozen=True, slots=True)
class PlannedDuty:
    """A promise with a date that the plan makes. ``due_date`` counts to its last minute."""

    kind: str
    code: str
    title: str
    title_en: str
    who: str
    spread: Spread
    addressee: str
    due_date: date
    clause: str
    quote: str = ""
    addressee_says: str = ""

    def to_said(self, language: str) -> str:
        """Whom it goes to, in Chinese as the plan words it; '' when it goes to nobody."""
        if self.addressee_says and not language.startswith("en"):
            return self.addressee_says
        return words.said(self.addressee, language)

    def working_day_before(self) -> date | None:
        """The last working day before it is due, when that day itself is a day of rest."""
        calendar, day = calendars.national(), self.due_date
        if calendar.is_working_day(day):
            return None
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day

    @property
    def due_at(self) -> datetime:
        """The moment it falls due, in UTC."""
        return deadlines.end_of(self.due_date)


def dated_duties(plan: Plan, bases: Bases) -> Iterator[PlannedDuty]:
    """Every dated promise of the plan; what has no date, or an open one, is no duty."""
    for duty, due in _promised(plan):
        span = dates.resolve(due, bases) if due else None
        if span:
            yield replace(duty, due_date=span.last)
    yield from _monthly(plan, bases)
    yield from _closing(plan, bases)


def undated(plan: Plan) -> Iterator[PlannedDuty]:
    """The promises for which the plan names no day, or leaves it open; ``due_date`` means nothing."""
    monthly = {report.code for report in plan.reports if report.monthly_on}
    for duty, due in _promised(plan):
        if duty.code not in monthly and (due is None or dates.is_placeholder(due)):
            yield duty


def _promised(plan: Plan) -> Iterator[tuple[PlannedDuty, str | None]]:
    for found in (_reports(plan), _tasks(plan), _visits(plan), _events(plan)):
        yield from found


def _monthly(plan: Plan, bases: Bases) -> Iterator[PlannedDuty]:
    """A report that is due on one day of each month of the operation; the 31st is the last day."""
    if bases.start is None or bases.end is None:
        return
    for report, (duty, _due) in zip(plan.reports, _reports(plan), strict=True):
        if report.monthly_on is None:
            continue
        for month in range(
            bases.start.year * 12 + bases.start.month - 1, bases.end.year * 12 + bases.end.month
        ):
            year, number = divmod(month, 12)
            day = min(report.monthly_on, monthrange(year, number + 1)[1])
            due = date(year, number + 1, day)
            if bases.start <= due <= bases.end:
                yield replace(duty, code=f"{duty.code}.{due:%Y-%m}", due_date=due)


def _closing(plan: Plan, bases: Bases) -> Iterator[PlannedDuty]:
    """A summary that goes up before the end is interim: a closing report follows (X05).

    Its term is counted by law: an end on a day of rest moves to the next working day.
    """
    found = [
        (duty, span.last)
        for duty, due in _reports(plan)
        if due and (span := dates.resolve(due, bases))
    ]
    stages = {report.code: report.stage for report in plan.reports}
    if bases.end is None or any(day >= bases.end for _, day in found):
        return
    early = [duty for duty, _ in found if stages[duty.code] == "summary"]
    days = next(rule.value for rule in national_layer().rules if rule.kind == "report.closing")
    if early and isinstance(days, int):
        yield replace(
            early[-1],
            code=f"{early[-1].code}.closing",
            title=f"{early[-1].title}（结束后总结）",
            title_en=f"{early[-1].title_en or early[-1].title} (closing report)",
            due_date=deadlines.last_day(bases.end, days, calendars.national()),
            quote="",
        )


def _duty(
    entry: Entry, code: str, title: str, title_en: str, who: str, spread: Spread
) -> PlannedDuty:
    return PlannedDuty(
        kind=TASK,
        code=code,
        title=title,
        title_en=title_en,
        who=who,
        spread=spread,
        addressee="",
        due_date=date.min,
        clause="、".join(entry.clause),
        quote=entry.quote,
    )


def _reports(plan: Plan) -> Iterator[tuple[PlannedDuty, str | None]]:
    for report in plan.reports:
        duty = _duty(
            report, report.code, report.title, report.title_en, report.sender, report.sender_level
        )
        yield (
            replace(
                duty,
                kind="report.submit",
                addressee=report.addressee,
                addressee_says=report.addressee_says,
            ),
            report.due,
        )


def _tasks(plan: Plan) -> Iterator[tuple[PlannedDuty, str | None]]:
    for task in plan.tasks:
        duty = _duty(task, task.code, task.title, task.title_en, task.who, task.who_level)
        yield duty, task.due
    for inspection in plan.oversight.inspections:
        duty = _duty(
            inspection,
            inspection.code,
            inspection.label,
            inspection.label_en,
            inspection.who[0],
            "own",
        )
        yield duty, inspection.before


def _visits(plan: Plan) -> Iterator[tuple[PlannedDuty, str | None]]:
    for visit in plan.visits.rounds:
        who = visit.by[0] if visit.by else "civil_affairs"
        yield (
            _duty(visit, visit.code, visit.label, visit.label_en, who, visit.level),
            visit.before,
        )
    if plan.amounts and plan.payment.by:
        duty = _duty(
            plan.window, "stipend.pay", "发放慰问金", "Pay the stipends", "civil_affairs", "own"
        )
        yield duty, plan.payment.by


def _events(plan: Plan) -> Iterator[tuple[PlannedDuty, str | None]]:
    for event in plan.events:
        who = event.who or "responsible_leader"
        name = counted.named(event)
        yield _duty(event, event.code, name.zh, name.en, who, event.level), event.before
