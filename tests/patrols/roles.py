"""Who may enter the pages of patrols: the week of 凯里市, held by its station."""

from datetime import timedelta

from django.urls import reverse

from nuantu.core import scope
from nuantu.core.ids import new_id
from nuantu.patrols.models import PatrolSearch, PatrolStop, PatrolWeek
from tests import builders
from tests.cast import Cast
from tests.policy.roles import Row, Url, action

OVERSEES = "leader station_head section_head office auditor"
READS = f"dispatcher {OVERSEES}"
PLANS = "dispatcher leader station_head section_head"
DECIDES = "leader station_head section_head"
ELSEWHERE = "patroller other_patroller outsider"  # the station's own team sees it once published


def _week(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_patrol_week(cast).public_id])


def _stop(cast: Cast) -> str:
    week = builders.a_patrol_week(cast)
    with scope.system("a test looks for a stop"):
        stop = PatrolStop.objects.filter(route__week=week).order_by("arrives_at")[0]
    return reverse("patrols:move", args=[stop.public_id])


def _more(cast: Cast, count: int) -> None:
    with scope.system("a test wants more weeks"):
        last = PatrolWeek.objects.order_by("first_day").last() or builders.a_patrol_week(cast)
        for number in range(1, count + 1):
            search = PatrolSearch.objects.get(week__public_id=last.public_id)
            week = PatrolWeek.objects.get(public_id=last.public_id)
            week.pk, week.public_id = None, new_id()
            week.first_day = last.first_day + timedelta(days=7 * number)
            week.save()
            search.pk, search.public_id, search.week = None, new_id(), week
            search.save()


ROLES = {
    "patrols:weeks": Row(f"{READS} {ELSEWHERE}", more=_more),
    "patrols:plan": action(
        f"{PLANS} outsider", at=lambda _cast: reverse("patrols:plan"), first_day="2026-12-14"
    ),
    "patrols:week": Row(READS, absent_for=ELSEWHERE, at=_week("patrols:week")),
    "patrols:print": Row(READS, absent_for=ELSEWHERE, at=_week("patrols:print")),
    "patrols:export": Row(READS, absent_for=ELSEWHERE, at=_week("patrols:export")),
    "patrols:again": action(PLANS, absent_for="outsider", at=_week("patrols:again")),
    "patrols:approve": action(DECIDES, absent_for="outsider", at=_week("patrols:approve")),
    "patrols:publish": action(DECIDES, absent_for="outsider", at=_week("patrols:publish")),
    "patrols:take_back": action(
        DECIDES, absent_for="outsider", at=_week("patrols:take_back"), reason="队伍有变"
    ),
    "patrols:move": Row(PLANS, absent_for="outsider", at=_stop),
}
