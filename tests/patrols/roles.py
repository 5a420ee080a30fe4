"""Who may enter the pages of patrols: the week of 凯里市 and its register, held by its station."""

from datetime import timedelta

from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.ids import new_id
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRun, PatrolSearch, PatrolStop, PatrolVisit, PatrolWeek
from tests import builders
from tests.builders import PATROL
from tests.cast import Cast
from tests.encounters.conftest import photo
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


def _run(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_patrol_run(cast).public_id])


def _visit(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_patrol_visit(cast).public_id])


def _photo(cast: Cast) -> str:
    visit, actor = builders.a_patrol_visit(cast), cast.patroller.actor
    with clock.frozen(PATROL), scope.enter(scope.of_actor(actor)):
        kept = services.add_photo(actor=actor, at=PATROL, visit=visit, upload=photo())
    return reverse("patrols:photo", args=[kept.public_id])


def _more_runs(cast: Cast, count: int) -> None:
    with scope.system("a test wants more runs"):
        run = PatrolRun.objects.order_by("first_day").last() or builders.a_patrol_run(cast)
        for _one in range(count):
            visit = PatrolVisit.objects.filter(run__public_id=run.public_id)[0]
            run.pk, run.public_id = None, new_id()
            run.first_day += timedelta(days=7)
            run.save()
            visit.pk, visit.public_id, visit.run = None, new_id(), run
            visit.save()


def _replan(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_replan(cast).public_id])


WALKS = "patroller"
BREAKS = "dispatcher leader station_head"
REGISTER = f"patroller {READS}"
NOT_HERE = "other_patroller outsider"

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
    "patrols:routes": Row(READS, absent_for=ELSEWHERE, at=_week("patrols:routes")),
    "patrols:try_move": Row(
        PLANS, absent_for="outsider", at=lambda cast: _stop(cast).replace("/move/", "/try/")
    ),
    "patrols:move": Row(PLANS, absent_for="outsider", at=_stop),
    "patrols:adjust": Row(PLANS, absent_for="outsider", at=_week("patrols:adjust")),
    "patrols:replan": Row(PLANS, absent_for="outsider", at=_replan("patrols:replan")),
    **{
        name: action(PLANS, absent_for="outsider", at=_replan(name))
        for name in (
            "patrols:replan_search",
            "patrols:replan_confirm",
            "patrols:replan_set_aside",
            "patrols:replan_undo",
        )
    },
    "patrols:mine": Row("patroller other_patroller", more=_more_runs),
    "patrols:begin": action(
        WALKS,
        absent_for="other_patroller",
        at=lambda cast: reverse("patrols:begin", args=[builders.a_patrol_route(cast).public_id]),
        crew="杨二",
    ),
    **{
        name: action(WALKS, absent_for="other_patroller", at=_visit(name), reason="封路", count=1)
        for name in (
            "patrols:visit_arrive",
            "patrols:visit_nobody",
            "patrols:visit_met",
            "patrols:visit_pass_by",
            "patrols:visit_take_back",
            "patrols:visit_photo",
        )
    },
    **{
        name: action(WALKS, absent_for="other_patroller", at=_run(name), place="路口")
        for name in ("patrols:run_stop", "patrols:run_all_well", "patrols:run_finish")
    },
    "patrols:register": Row(f"{REGISTER} {NOT_HERE}", more=_more_runs),
    "patrols:register_export": Row(f"{READS} outsider", more=_more_runs),
    "patrols:run": Row(REGISTER, absent_for=NOT_HERE, at=_run("patrols:run")),
    "patrols:run_track": Row(READS, absent_for="outsider", at=_run("patrols:run_track")),
    "patrols:run_break_off": action(
        BREAKS, absent_for="outsider", at=_run("patrols:run_break_off"), reason="车坏了"
    ),
    "patrols:visit_enter": Row(BREAKS, absent_for="outsider", at=_visit("patrols:visit_enter")),
    "patrols:run_load_track": action(
        BREAKS, absent_for="outsider", at=_run("patrols:run_load_track")
    ),
    "patrols:run_ways": Row(REGISTER, absent_for=NOT_HERE, at=_run("patrols:run_ways")),
    "patrols:vehicles": Row(f"{REGISTER} {NOT_HERE}", more=_more_runs),
    "patrols:vehicles_export": Row(f"{READS} outsider", more=_more_runs),
    "patrols:photo": Row(REGISTER, absent_for=NOT_HERE, at=_photo),
    "patrols:checklist": Row("station_head section_head outsider"),
    "patrols:coverage": Row(f"{REGISTER} {NOT_HERE}", more=_more_runs),
    "patrols:learning": Row(f"{READS} outsider", more=_more_runs),
}
