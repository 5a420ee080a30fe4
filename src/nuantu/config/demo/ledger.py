"""Whom the demo's township keeps in its prevention ledger: four invented people, one of whom sleeps in the station.

Each deed goes through the services at its own moment; names say that they are made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from nuantu.accounts.models import User
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.homeward.models import LedgerEntry
from nuantu.homeward.services import ledger
from nuantu.persons.models import Case
from nuantu.persons.services import link_persons
from nuantu.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of so many days ago: who, why, visits (days ago, words), help steps (days ago, step, paper)."""

    days: float
    who: ledger.Newcomer
    assessed: ledger.Assessed
    visits: tuple[tuple[float, Mapping[str, Any]], ...] = ()
    help_kind: str = ""
    steps: tuple[tuple[float, str, str], ...] = ()


PEOPLE: Final = (
    Kept(
        75,
        ledger.Newcomer("样阿贵（演示）", "male", 46),
        ledger.Assessed(
            ("mental_illness", "repeat"),
            "停药后和哥哥争吵离家，两次在外省被接回",
            "按时服药，有人提醒；想在镇上做点零工",
            family="weak",
            card="missing",
            band="refused",
        ),
        visits=(
            (
                60,
                {"life": "和哥哥同住，有饭吃", "health": "服药，每月到州医院复诊", "work": "seeks"},
            ),
            (
                24,
                {
                    "life": "情绪稳定，帮家里种菜",
                    "health": "按时服药",
                    "goods": "大米10公斤、食用油一桶",
                },
            ),
        ),
        help_kind="card",
        steps=((50, "examined", "州医院诊断书"), (40, "applied", "镇便民服务中心回执")),
    ),
    Kept(
        40,
        ledger.Newcomer("样阿寿（演示）", "male", 76),
        ledger.Assessed(
            ("easily_lost", "low_income"),
            "记性差，赶集后找不到回家的路",
            "定位手环，邻居帮忙照看",
            family="none",
            card="not_needed",
        ),
        visits=(
            (20, {"life": "独居，邻居送饭", "health": "高血压，有药", "measures": ("tekun",)}),
        ),
    ),
    Kept(
        30,
        ledger.Newcomer("样小梅（演示）", "female", 12),
        ledger.Assessed(
            ("intellectual_disability", "easily_lost"),
            "父母在外打工，跟着奶奶，走失过一次",
            "复学，奶奶照看有困难",
            family="weak",
            card="missing",
        ),
        help_kind="school",
    ),
    Kept(
        200,
        ledger.Newcomer("样阿根（演示）", "male", 52),
        ledger.Assessed(
            ("street_history", "low_income"),
            "在外打工被骗后流浪，去年接回",
            "就业培训",
            family="cares",
            card="not_needed",
        ),
        visits=((110, {"life": "在砖厂做工", "health": "身体好", "work": "works"}),),
    ),
)


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Enter the four, and let the last be found in the station."""
    actor = people["township"]
    keeper = User.objects.select_related("organisation__division").get(login="township")
    entries = [_enter(kept, actor, keeper, at) for kept in PEOPLE]
    _found_again(entries[-1], people["leader"], at)


def _enter(kept: Kept, actor: Actor, keeper: User, now: datetime) -> LedgerEntry:
    at = now - timedelta(days=kept.days)
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        entry = ledger.begin_entry(
            actor=actor, at=at, who=kept.who, keeper=keeper, assessed=kept.assessed
        )
        row = (
            ledger.begin_help(
                actor=actor, at=at, entry=entry, kind=kept.help_kind, body="凯里市残联（演示）"
            )
            if kept.help_kind
            else None
        )
    for days, words in kept.visits:
        moment = now - timedelta(days=days)
        with clock.frozen(moment), scope.enter(scope.of_actor(actor)):
            seen = ledger.Seen(visited_at=moment, how="home", found="met", **words)
            ledger.record_visit(actor=actor, at=moment, entry=entry, seen=seen)
    for days, step, paper in kept.steps:
        moment = now - timedelta(days=days)
        with clock.frozen(moment), scope.enter(scope.of_actor(actor)):
            if row is not None:
                ledger.step_on(actor=actor, at=moment, row=row, step=step, paper=paper)
    return entry


def _found_again(entry: LedgerEntry, actor: Actor, at: datetime) -> None:
    """A man of the station turns out to be him: the station learns whom to call."""
    stays = Stay.objects.select_related("person").filter(
        left_at=None, person__sex="male", is_minor=False, owner_org=actor.org_code
    )
    stay = stays.exclude(person__name="").order_by("pk").first()
    if stay is None:
        return
    case = Case.objects.select_related("person").get(case_id=stay.case_id)
    with scope.system("the demo finds somebody again"):
        link_persons(
            actor=actor,
            at=at,
            first=entry.person,
            second=case.person,
            reasons=["name"],
            note="照片和口音一致（演示）",
        )
        ledger.alert(at=at, person=case.person, case=case, seen="taken_in", seen_at=stay.entered_at)
