"""A search as its page shows it, and the roll-calls of a house."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.operations.selectors import rules_at
from nuantu.stays.models import RollCall, Search, SearchStep, Stay
from nuantu.stays.rules.leaving import DIED, UNANNOUNCED, Finding
from nuantu.stays.rules.presence import verdict
from nuantu.stays.selectors.board import Resident, residents
from nuantu.stays.selectors.checks import FINE, Plan
from nuantu.stays.selectors.known import known_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step that the rules ask for, with its source, and what was done."""

    key: str
    words: str
    source: str
    taken: SearchStep | None


def steps_of(search: Search, at: datetime) -> list[Step]:
    """The steps that held when the alarm was raised, in their order."""
    taken = {row.step: row for row in search.steps.all()}
    name = "says_en" if (get_language() or "").startswith("en") else "says"
    return [
        Step(
            rule.key,
            str(rule.value.get(name) or rule.value["says"]),
            rule.source,
            taken.get(rule.key),
        )
        for rule in rules_at(search.division_code, search.raised_at).rules("missing.step")
        if isinstance(rule.value, dict)
    ]


def step_words(search: Search, key: str, at: datetime) -> str:
    """What a step asks for; what a search is called where there is no such step."""
    found = (one.words for one in steps_of(search, at) if one.key == key)
    return next(found, str(_("寻找")))


@dataclass(frozen=True, slots=True)
class Looked:
    """One open search with whom it is for."""

    search: Search
    resident: Resident


def open_searches(org: str, at: datetime) -> list[Looked]:
    """Who is looked for now; the latest first."""
    rows = list(
        Search.objects.filter(owner_org=org, end="")
        .select_related("stay__person__photo")
        .order_by("-raised_at")
    )
    found = residents([row.stay for row in rows], at)
    return [Looked(row, one) for row, one in zip(rows, found, strict=True)]


def last_calls(org: str) -> list[RollCall]:
    """The last roll-calls, the latest first, each with its marks."""
    return list(
        RollCall.objects.filter(owner_org=org)
        .prefetch_related("marks__stay__person")
        .order_by("-called_at", "-pk")[:5]
    )


def not_missing(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    """Whoever is looked for has not left: the search ends first, with words on where he is."""
    if plan.way == DIED:
        return None
    last = Search.objects.filter(stay=stay).order_by("-pk").first()
    if last is not None and not last.end:
        return Finding("blocks", _("正在寻找这个人：先在寻找页写明结果，再办离站"))
    is_safe = last is not None and last.end == Search.End.ELSEWHERE
    if plan.way == UNANNOUNCED and not is_safe and is_looked_for(stay, at):
        return Finding(
            "blocks",
            _("可能是未成年人或不能照顾自己的人：先报失踪、寻找，写明在哪里安置，再办离站"),
        )
    return FINE


def is_looked_for(stay: Stay, at: datetime) -> bool:
    """Whether it is an alarm, and not his own affair, when he is gone without a word."""
    known = known_of(stay, at)
    found = verdict(
        may_be_child=stay.is_minor or known.may_be_child,
        care_level=stay.care_level,
        classes=known.classes,
    )
    return found == "missing"
