"""Who took the figures of the way home out, or looked at the people behind them."""

from collections.abc import Iterable
from datetime import date, datetime

from nuantu.accounts.models import Organisation
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together


def note_figures(*, actor: Actor, at: datetime, stations: Iterable[str], since: date) -> None:
    """The table went out, told to each station that it counts."""
    _note(actor, at, stations, "homeward.figures.export", f"导出返乡统计 {since:%Y-%m} 起")


def note_rows(
    *, actor: Actor, at: datetime, stations: Iterable[str], since: date, line: object
) -> None:
    """Somebody looked at the people behind a line, told to each station whose people they are."""
    summary = f"查看返乡统计 {since:%Y-%m} 起的人员：{stored(line)}"
    _note(actor, at, stations, "homeward.figures.read", summary)


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
