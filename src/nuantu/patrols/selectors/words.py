"""What is not kept, and why, as sentences in the reader's language."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from nuantu.operations.models import Team
from nuantu.patrols.models import PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.planned import Change
from nuantu.places.models import KeyLocation
from nuantu.routing.checker import Breach

_WHY = {
    "no_area": gettext_noop("不在任何在班队伍的片区内，请明确由谁巡查"),
    "alone": gettext_noop("步行队人数不够，不能单独出巡，没有排入"),
    "no_base": gettext_noop("队伍没有驻地位置，没有排入"),
    "twin": gettext_noop("和另一个点位在同一处（相距不到 10 米），两处都会去；多余的请停用"),
    "too_many": gettext_noop("承诺的次数超过每天白天、夜间各一次，超出部分排不进"),
    "shut": gettext_noop("要巡查的时段都不开放，请核对开放时间"),
    "no_shift": gettext_noop("一个班次也没有，需安排班次"),
    "no_partner": gettext_noop("须会同公安，但没有带民警的队伍"),
    "no_seats": gettext_noop("没有座位足够的班次"),
    "no_team": gettext_noop("没有班次能走到并按时返回"),
    "no_window": gettext_noop("开放时间内没有班次能到"),
    "too_few_nights": gettext_noop("班次太少，放不下承诺的次数和间隔，需增加班次"),
    "opens_late": gettext_noop("队伍到得早，还没开放，途中不等候；让一个班次晚些出发"),
    "full": gettext_noop("能去的班次都排满了，需增加班次"),
    "night_full": gettext_noop("夜间时段的班次都排满了，需增加夜间班次"),
}
_BROKEN = {
    "late": gettext_noop("%(team)s %(half)s 不能按时返回"),
    "hours": gettext_noop("%(team)s 超过每周工时"),
    "seats": gettext_noop("%(team)s %(half)s 座位不够"),
    "window": gettext_noop("%(place)s 那时不在开放时间"),
    "closed": gettext_noop("%(place)s 那一班不开放"),
    "partner": gettext_noop("%(place)s 须由本片区、带民警（如要求）的队伍去"),
    "gap": gettext_noop("%(place)s 两次巡访离得太近"),
    "twice": gettext_noop("%(place)s 同一班次已经有人去"),
}
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def why(code: str) -> str:
    """A reason in words; one that is not in the table is its own text."""
    return _(_WHY[code]) if code in _WHY else code


def half_said(first_day: date, half: int) -> str:
    """A half in words: 周三夜 12-09."""
    day = halves.day_of(first_day, half)
    part = _("夜间") if halves.is_night(half) else _("白天")
    return f"{date_format(day, 'D')} {part} {day:%m-%d}"


def broken(change: Change, week: PatrolWeek) -> list[str]:
    """What a change would break, each a sentence."""
    found = [_breach(breach, week) for breach in change.breaches]
    names = names_of(item.location for item in change.lost)
    for item in change.lost:
        text = ngettext(
            "%(place)s 会少 %(n)s 次承诺的巡访", "%(place)s 会少 %(n)s 次承诺的巡访", item.missing
        )
        found.append(text % {"place": names.get(item.location, ""), "n": item.missing})
    return list(dict.fromkeys(found))


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Names of key locations by their public id, as far as the scope shows them."""
    rows = KeyLocation.objects.filter(public_id__in=set(ids)).values_list("public_id", "name")
    return {str(public_id): name for public_id, name in rows}


def teams_named(ids: Iterable[str]) -> dict[str, str]:
    """Names of teams by their public id."""
    rows = Team.objects.filter(public_id__in=set(ids)).values_list("public_id", "name")
    return {str(public_id): name for public_id, name in rows}


def _breach(breach: Breach, week: PatrolWeek) -> str:
    """A breach in words; its place says `team / half` and perhaps a location."""
    if breach.code not in _BROKEN:
        return f"{breach.chinese} / {breach.english}"
    ids = _UUID.findall(breach.where)
    half = re.search(r" / (\d+)", breach.where)
    named = {
        "team": next(iter(teams_named(ids).values()), ""),
        "place": next(iter(names_of(ids).values()), ""),
        "half": half_said(week.first_day, int(half[1])) if half else "",
    }
    return _(_BROKEN[breach.code]) % named
