"""Three men of the demo's station whom nobody could name for months: one compared by police, one approved, one waits.

Everybody is invented; each deed goes through the services at its own moment. They live in the house since `stays`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.homeward.models import Settlement
from nuantu.homeward.rules.settling import OF_BUREAU
from nuantu.homeward.services import settling
from nuantu.stays import services as stays
from nuantu.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Who it is, when it began (days ago), how he is named, the steps as (days ago, number of the paper)."""

    looks: str
    days: float
    named: settling.Named
    steps: tuple[tuple[float, str], ...] = ()


PEOPLE: Final = (
    Unnamed(
        "左眉有道疤，不爱说话",
        74,
        settling.Named(
            "凯安康（演示）",
            date(1974, 6, 1),
            "站务会决定，以站名首字为姓；州医院骨龄鉴定约52岁（演示）",
            "welfare",
            "凯里市社会福利院（演示）",
        ),
        (
            (40, "凯公刑比〔2026〕18号（演示）"),
            (36, "凯救函〔2026〕7号（演示）"),
            (30, "凯民审〔2026〕21号（演示）"),
            (22, "凯民报〔2026〕33号（演示）"),
            (6, "凯府函〔2026〕52号（演示）"),
        ),
    ),
    Unnamed(
        "右耳缺一块，爱唱山歌",
        13,
        settling.Named(
            "凯安平（演示）",
            date(1962, 3, 1),
            "站务会决定；州医院骨龄鉴定约64岁（演示）",
            "welfare",
            "凯里市社会福利院（演示）",
        ),
    ),
)


# Stranded for longer than the term too; nobody has begun his settlement yet.
WAITING: Final = "驼背，随身一只布袋"


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Begin both settlements and take the steps that were taken."""
    _refresh(WAITING, people["leader"], at)
    for one in PEOPLE:
        _refresh(one.looks, people["leader"], at)
        row = _begun(one, people["tracing"], at - timedelta(days=one.days))
        for days, paper in one.steps:
            who = people["section" if row.step in OF_BUREAU else "tracing"]
            row = _stepped(row, who, at - timedelta(days=days), paper)


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _refresh(looks: str, leader: Actor, now: datetime) -> None:
    """Every four weeks since he is stranded his photo and his notice were made new."""
    with _as(leader, now):
        stay = _stay(looks)
    at = stay.entered_at + timedelta(days=36)
    while at < now:
        with _as(leader, at):
            stays.keep_clock(
                actor=leader,
                at=at,
                stay=stay,
                kind="stay.refresh",
                note_text="照片和公告已更新（演示）",
            )
        at += timedelta(days=28)


def _stay(looks: str) -> Stay:
    rows = Stay.objects.select_related("person", "reception")
    return rows.get(person__looks=looks, left_at=None)


def _begun(one: Unnamed, actor: Actor, at: datetime) -> Settlement:
    with _as(actor, at):
        return settling.begin_settlement(actor=actor, at=at, stay=_stay(one.looks), named=one.named)


def _stepped(row: Settlement, actor: Actor, at: datetime, paper: str) -> Settlement:
    told = settling.Told("done", paper, clock.local(at).date())
    with _as(actor, at):
        return settling.take_step(actor=actor, at=at, row=row, told=told)
