"""The monthly form goes out, is opened to its people, and is owed on its day."""

from collections.abc import Iterable
from datetime import date, datetime

from nuantu.accounts.models import Organisation
from nuantu.core import clock, journal
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.planbook.deadlines import end_of
from nuantu.stays.models import Zone

MONTH = "stay.month"


def note_month(*, actor: Actor, at: datetime, stations: Iterable[str], month: date) -> None:
    """Who took the form of a month out of the system, told to each station that it counts."""
    _note(actor, at, stations, "stays.month.export", f"导出月报 {month:%Y-%m}")


def note_rows(
    *, actor: Actor, at: datetime, stations: Iterable[str], month: date, line: object
) -> None:
    """Who looked at the people behind a line of the form, told to each station whose people they are."""
    summary = f"查看月报 {month:%Y-%m} 的人员：{stored(line)}"
    _note(actor, at, stations, "stays.month.read", summary)


def _note(actor: Actor, at: datetime, stations: Iterable[str], verb: str, summary: str) -> None:
    with together():
        for station in Organisation.objects.filter(code__in=list(stations)).order_by("code"):
            journal.record(
                verb=verb,
                actor=actor,
                at=at,
                subjects=[Subject("station", station.public_id)],
                division_code=station.division_id,
                owner_org=station.code,
                summary=summary,
            )


def open_month_forms(*, at: datetime) -> int:
    """Owe the form of the month before from every station with a house; how many were opened.

    Running it twice opens nothing twice. Call it under the system scope.
    """
    codes = Zone.objects.filter(closed_at=None).values_list("owner_org", flat=True).distinct()
    stations = Organisation.objects.filter(code__in=list(codes)).order_by("code")
    return sum(_owe(station, at) for station in stations)


def _owe(station: Organisation, at: datetime) -> int:
    ruling = rules_at(station.division_id, at).need("station.month_form")
    today = clock.local(at).date()
    due_at = end_of(today.replace(day=int(ruling.number)))
    name = f"month:{station.code}:{today:%Y-%m}"
    if due_at < at or Duty.objects.filter(recurrence=name).exists():
        return 0
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=MONTH,
        title="上报上月救助统计表",
        title_en="Send the statistical form of last month",
        subject=Subject("station", station.public_id),
        owner_org=station.code,
        division_code=station.division_id,
        due_at=due_at,
        basis=ruling.source,
        recurrence=name,
    )
    return 1
