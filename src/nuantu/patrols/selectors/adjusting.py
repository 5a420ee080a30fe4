"""A proposed change as its page shows it, and what an event of a week can be about."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.core import clock, scope
from nuantu.operations.selectors import level_of, rules_at
from nuantu.patrols.models import PatrolReplan, PatrolRoute, PatrolRun, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.replanning import (
    CADENCE,
    ROAD_CLOSED,
    ROAD_OPEN,
    TEAM_LOST,
    URGENT,
    Happening,
    is_gained,
    moves,
    tables,
)
from nuantu.patrols.selectors.situation import asked_problem, closed_ways, half_at, new_visits
from nuantu.patrols.selectors.spots import spots_of
from nuantu.patrols.selectors.words import half_said, names_of, teams_named, why

__all__ = ["new_visits"]
SAME_MINUTE: Final = 0.01  # minutes that rounding makes
BETWEEN: Final = "|"  # parts the two ends of a road where one value names both


@dataclass(frozen=True, slots=True)
class Move:
    """One visit that changes team or half, appears or goes; empty where there is none."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A promise that is missed, how often, and why."""

    place: str
    missing: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReplanPage:
    """Everything the page of a proposed change shows."""

    replan: PatrolReplan
    said: str
    where: str
    moves: tuple[Move, ...]
    gained: tuple[Move, ...]
    lost: tuple[Lost, ...]
    team_count: int
    open_way: str
    reached: str
    latest: str
    is_late: bool


def page_of(replan: PatrolReplan) -> ReplanPage:
    """A proposed change in words; five queries at most."""
    week, event = replan.week, Happening.from_json(replan.event)
    moved = moves(tables(replan.before), tables(replan.after))
    ends = [end for move in moved for end in (move["from"], move["to"]) if end]
    reached = replan.figures.get("reached")
    coming = {reached[0]} if reached else set()
    teams = teams_named({end[0] for end in ends} | coming | {event.team} - {""})
    places = names_of({move["location"] for move in moved}
                      | {item["location"] for item in replan.figures["unmet"]}
                      | {event.place, event.other} - {""})  # fmt: skip
    places |= {one.place: one.name for one in (*spots_of(week), event) if one.is_spot}

    def shown(*, is_besides: bool) -> tuple[Move, ...]:
        some = (move for move in moved if is_gained(move, event) is is_besides)
        return tuple(_move(move, week.first_day, teams, places) for move in some)

    return ReplanPage(
        replan,
        event_said(event, teams, places, week, replan.happened_at),
        f"{half_said(week.first_day, replan.half)} {clock.local(replan.happened_at):%H:%M}",
        shown(is_besides=False),
        shown(is_besides=True),
        tuple(
            Lost(places.get(item["location"], ""), item["missing"], why(item["reason"]))
            for item in replan.figures["unmet"]
        ),
        len({table["team"] for table in replan.after}),
        _open_way(replan, event),
        _reached(replan, reached, teams),
        *_latest(replan, event, reached),
    )


def _reached(replan: PatrolReplan, reached: Sequence[Any] | None, teams: Mapping[str, str]) -> str:
    """When an urgent place is reached, by whom, and how many minutes after it was asked for."""
    if not reached:
        return ""
    team, minute = reached
    moment = halves.moment_of(replan.week.first_day, replan.half, minute)
    return _("预计 %(time)s 由%(team)s到达，从提出起 %(n)s 分钟") % {
        "time": f"{clock.local(moment):%H:%M}",
        "team": teams.get(team, ""),
        "n": max(0, round((moment - replan.happened_at).total_seconds() / 60)),
    }


def _latest(
    replan: PatrolReplan, event: Happening, reached: Sequence[Any] | None
) -> tuple[str, bool]:
    """By when a caller was promised somebody, and whether that is broken."""
    due_at = event.latest_at
    if due_at is None:
        return "", False
    words = {"time": f"{clock.local(due_at):%H:%M}"}
    if not reached:
        return _("答应来电人最晚 %(time)s 到") % words, True
    moment = halves.moment_of(replan.week.first_day, replan.half, reached[1])
    late = math.ceil((moment - due_at).total_seconds() / 60 - SAME_MINUTE)
    if late <= 0:
        return _("答应来电人最晚 %(time)s 到，赶得上") % words, False
    said = _("答应来电人最晚 %(time)s 到，要晚 %(n)s 分钟：确认前请告诉来电人，或者另外派队。")
    return said % (words | {"n": late}), True


def _open_way(replan: PatrolReplan, event: Happening) -> str:
    """The road that a change closed and that is closed still, as the form to open it names it."""
    is_said = replan.is_confirmed and event.kind == ROAD_CLOSED
    return way_key(event) if is_said and event in closed_ways(replan.week) else ""


def event_said(
    event: Happening,
    teams: Mapping[str, str],
    places: Mapping[str, str],
    week: PatrolWeek,
    at: datetime,
) -> str:
    """What happened, as a sentence."""
    place, other = places.get(event.place, ""), places.get(event.other, "")
    if event.kind == TEAM_LOST:
        said = _("%(team)s这一周出不了") if event.is_for_week else _("%(team)s本班出不了")
        return said % {"team": teams.get(event.team, "")}
    if event.kind == URGENT:
        return _("紧急去%(place)s") % {"place": place}
    if event.kind == CADENCE:
        said = _("从 %(half)s 起按“%(level)s”的频次巡查")
        level = _level_said(week, event.level, at)
        return said % {"half": half_said(week.first_day, event.since), "level": level}
    if event.kind == ROAD_OPEN:
        return _("%(place)s到%(other)s已通") % {"place": place, "other": other}
    if event.minutes is None:
        return _("%(place)s到%(other)s不通") % {"place": place, "other": other}
    said = _("%(place)s到%(other)s要绕行 %(n)s 分钟")
    return said % {"place": place, "other": other, "n": f"{event.minutes:g}"}


def _level_said(week: PatrolWeek, level: str, at: datetime) -> str:
    book = rules_at(week.division_code, at)
    known = level in book.levels
    return book.level(level).label.said_in(get_language() or "") if known else level


def _move(
    move: Mapping[str, Any], first_day: date, teams: Mapping[str, str], places: Mapping[str, str]
) -> Move:
    return Move(
        places.get(move["location"], _("已停用的点位")),
        _end(move["from"], first_day, teams),
        _end(move["to"], first_day, teams),
    )


def _end(end: Sequence[Any] | None, first_day: date, teams: Mapping[str, str]) -> str:
    if end is None:
        return ""
    team, half, minute = end
    moment = clock.local(halves.moment_of(first_day, half, minute))
    return f"{teams.get(team, '')} · {half_said(first_day, half)} {moment:%H:%M}"


def teams_left(week: PatrolWeek, at: datetime) -> list[tuple[str, str]]:
    """The teams that have a route to walk from now on, or are still out on one of the half before."""
    half, _minute = half_at(week, at)
    to_come = Q(half__gte=half) | Q(half=half - 1, back_at__gt=at)
    rows = PatrolRoute.objects.filter(to_come, week=week, stops__isnull=False)
    found = rows.values_list("team__public_id", "team__name").distinct().order_by("team__name")
    return [(str(public_id), name) for public_id, name in found]


def places_of(week: PatrolWeek) -> list[tuple[str, str]]:
    """The locations of the week by name."""
    names = names_of(asked_problem(week).by_id)
    return sorted(names.items(), key=lambda pair: (pair[1], pair[0]))


def points_of(week: PatrolWeek) -> list[tuple[float, float]]:
    """Where the teams of the week go: latitude and longitude of its locations, WGS-84 degrees."""
    return [(place.y, place.x) for place in asked_problem(week).locations if place.on_globe]


def closed_choices(week: PatrolWeek) -> list[tuple[str, str]]:
    """The closed roads of the week, by their two ends."""
    closed = closed_ways(week)
    names = names_of({end for event in closed for end in event.way}) if closed else {}
    said = _("%(place)s到%(other)s")
    return [
        (
            way_key(one),
            said % {"place": names.get(one.place, ""), "other": names.get(one.other, "")},
        )
        for one in closed
    ]


def way_key(event: Happening) -> str:
    """A road as one value of a form."""
    return f"{event.place}{BETWEEN}{event.other}"


def kinds_of(week: PatrolWeek) -> list[tuple[str, Any]]:
    """What can have happened: a road opens only where one is closed."""
    has_closed = bool(closed_ways(week))
    kinds = PatrolReplan.Kind.choices
    return [choice for choice in kinds if choice[0] != ROAD_OPEN or has_closed]


def levels_of(week: PatrolWeek, at: datetime) -> list[tuple[str, str]]:
    """The levels of the plan in force."""
    book, language = rules_at(week.division_code, at), get_language() or ""
    return [(code, str(level.label.said_in(language))) for code, level in book.levels.items()]


def level_now(week: PatrolWeek, at: datetime) -> str:
    """The level that holds now, where it is not the one that the week was planned on."""
    level = level_of(week.division_code, at).level
    return level if level != week.level else ""


def tomorrow(week: PatrolWeek, at: datetime) -> int:
    """The day half of tomorrow, above the last half on a Sunday."""
    return (half_at(week, at)[0] // 2 + 1) * 2


def changed_at(run: PatrolRun) -> datetime | None:
    """When the route of a run that is under way was last changed, None where it never was."""
    rows = PatrolReplan.objects.filter(
        week__public_id=run.week_id,
        half__in=(run.half, run.half + 1),
        state=PatrolReplan.State.CONFIRMED,
    )
    with scope.system("a team learns that its route was changed"):
        found = list(rows.order_by("-decided_at").values_list("after", "decided_at"))
    team = str(run.team.public_id)
    key = (team, run.half)
    return next(
        (at for after, at in found if any((one["team"], one["half"]) == key for one in after)), None
    )


def changes_of(week: PatrolWeek) -> list[PatrolReplan]:
    """The changes of a week, the newest first."""
    rows = PatrolReplan.objects.filter(week=week).exclude(state=PatrolReplan.State.SET_ASIDE)
    return list(rows.order_by("-recorded_at", "-pk")[:20])
