"""Two rules on one point, levels that do not exist, and figures that run the wrong way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pydantic import BaseModel

from nuantu.planbook.checks.dating import said
from nuantu.planbook.findings import Finding, error, warning
from nuantu.planbook.levels import DEFAULT_LEVELS
from nuantu.planbook.plan_rules import levels_of
from nuantu.planbook.rules import PER_WEEK
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.fieldwork import Cadence
from nuantu.planbook.schema.parts import Entry
from nuantu.planbook.words import said as word_said

Path = tuple[str | int, ...]
Point = tuple[str, str, tuple[str, ...], object, Path]


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about rules that clash inside one plan."""
    yield from _same_point((*_points(plan), *_class_points(plan), *_coded_points(plan)))
    yield from _levels(plan)
    yield from _rising(plan)
    yield from _far_before_near(plan)


def _points(plan: Plan) -> Iterator[Point]:
    """Figures: (what, point, clauses, value, path) of each."""
    for number, cadence in enumerate(plan.patrol.cadence):
        if cadence.at_least is not None:
            yield (
                "巡查频次",
                f"{cadence.level} {cadence.places}".strip(),
                cadence.clause,
                (cadence.at_least, cadence.per),
                ("patrol", "cadence", number),
            )
    for number, limit in enumerate(plan.response.limits):
        if limit.minutes is not None:
            path: Path = ("response", "limits", number)
            yield "到场时限", limit.distance, limit.clause, limit.minutes, path
    for number, revisit in enumerate(plan.refusal.revisit):
        if revisit.every_days is not None:
            path = ("refusal", "revisit", number)
            yield "回访间隔", revisit.level, revisit.clause, revisit.every_days, path


def _class_points(plan: Plan) -> Iterator[Point]:
    """Rescue modes, one point per class of person."""
    for number, mode in enumerate(plan.rescue_modes):
        for person_class in mode.classes:
            path: Path = ("rescue_modes", number)
            yield "救助方式", person_class, mode.clause, (mode.modes, mode.may_refuse), path


def _coded_points(node: BaseModel, path: Path = ()) -> Iterator[Point]:
    """Entries of any list that are told apart by their code."""
    for name, info in type(node).model_fields.items():
        value = getattr(node, name)
        place = (*path, info.alias or name)
        if isinstance(value, BaseModel):
            yield from _coded_points(value, place)
        for number, entry in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(entry, BaseModel):
                yield from _coded_points(entry, (*place, number))
            if isinstance(entry, Entry) and hasattr(entry, "code"):
                said_of_it = entry.model_dump(exclude={"clause", "quote", "derived"})
                title = str(type(entry).model_config.get("title") or "")
                yield title, entry.code, entry.clause, said_of_it, (*place, number)


def _in_words(where: str, language: str) -> str:
    """A point as people call it: its codes said in words, a plan's own codes as they stand."""
    return " ".join(word_said(code, language) for code in where.split())


def _same_point(points: Iterable[Point]) -> Iterator[Finding]:
    seen: dict[tuple[str, str, Path], Point] = {}
    for point in points:
        what, where, clauses, value, path = point
        before = seen.setdefault((what, where, path[:-1]), point)
        if before is point:
            continue
        both = "、".join(dict.fromkeys((*before[2], *clauses)))
        zh, en = (_in_words(where, language) for language in ("zh", "en"))
        if before[3] == value:
            yield warning(
                "said_twice",
                f"{what}“{zh}”写了两次，内容相同",
                f"“{en}” is said twice with the same content",
                clause=both,
                path=path,
            )
        else:
            yield error(
                "two_rules",
                f"{what}“{zh}”有两条不同的规定，请留一条",
                f"Two different rules on one point (“{en}”); keep one",
                clause=both,
                path=path,
            )


def _levels(plan: Plan) -> Iterator[Finding]:
    known = {level.code for level in (*DEFAULT_LEVELS, *levels_of(plan))}
    used = [
        *((c.level, c.clause, ("patrol", "cadence", n)) for n, c in enumerate(plan.patrol.cadence)),
        *(
            (w.level, w.clause, ("warnings", "levels", n))
            for n, w in enumerate(plan.warnings.levels)
        ),
        *(
            (r.level, r.clause, ("refusal", "revisit", n))
            for n, r in enumerate(plan.refusal.revisit)
        ),
        *(
            (p.from_level, p.clause, ("warnings", "on_warning", n))
            for n, p in enumerate(plan.warnings.on_warning)
        ),
    ]
    for level, clauses, path in used:
        if level not in known:
            yield error(
                "unknown_level",
                f"没有“{level}”这个级别，可用：{'、'.join(sorted(known))}；或在 levels 里写明",
                f"There is no level “{level}”; known: {', '.join(sorted(known))}",
                clause=said(clauses),
                path=path,
            )


def _rising(plan: Plan) -> Iterator[Finding]:
    """A higher level must not patrol less often than a lower one."""
    ranks = {level.code: level.rank for level in (*DEFAULT_LEVELS, *levels_of(plan))}
    by_place: dict[str, list[tuple[int, int, Cadence]]] = {}
    for number, cadence in enumerate(plan.patrol.cadence):
        if cadence.at_least is not None:
            rank = ranks.get(cadence.level, 0)
            by_place.setdefault(cadence.places, []).append((rank, number, cadence))
    for cadences in by_place.values():
        ordered = sorted(cadences, key=lambda item: item[0])
        for (low, _, before), (high, number, after) in pairwise(ordered):
            if low < high and _per_week(after) < _per_week(before):
                yield warning(
                    "looser_when_higher",
                    f"“{word_said(after.level)}”级的巡查比“{word_said(before.level)}”级还少",
                    f"Level “{word_said(after.level, 'en')}” patrols less often than"
                    f" “{word_said(before.level, 'en')}”",
                    clause=said(after.clause),
                    path=("patrol", "cadence", number),
                )


def _per_week(cadence: Cadence) -> float:
    return (cadence.at_least or 0) * PER_WEEK[f"per_{cadence.per or 'week'}"]


def _far_before_near(plan: Plan) -> Iterator[Finding]:
    minutes = {limit.distance: limit for limit in plan.response.limits if limit.minutes}
    near, far = minutes.get("near"), minutes.get("far")
    if near and far and (far.minutes or 0) < (near.minutes or 0):
        yield error(
            "far_before_near",
            f"路远的时限（{far.minutes}分钟）比近的（{near.minutes}分钟）还短",
            f"The limit for far places ({far.minutes} min) is shorter than for near ({near.minutes} min)",
            clause="、".join((*near.clause, *far.clause)),
            path=("response", "limits"),
        )
