"""Who may enter the pages of patrols: the week of 凯里市 and its register, held by its station; a
sweep of 凯里市 by its bureau, where 三棵树镇 answers for one area; the list of that township."""

from datetime import timedelta

from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.ids import new_id
from nuantu.operations.models import Team
from nuantu.patrols import services
from nuantu.patrols.models import (
    JointPartner,
    PatrolRun,
    PatrolSearch,
    PatrolStop,
    PatrolVisit,
    PatrolWeek,
    SweepFind,
)
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import Cast
from tests.encounters.conftest import photo
from tests.patrols import joint, sweeps
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


def _photo(cast: Cast, name: str = "patrols:photo", why: str = "") -> str:
    visit, actor = builders.a_patrol_visit(cast), cast.patroller.actor
    with clock.frozen(PATROL), scope.enter(scope.of_actor(actor)):
        kept = services.add_photo(
            actor=actor, at=PATROL, visit=visit, upload=photo(), hidden_for=why
        )
    return reverse(name, args=[kept.public_id])


def _photo_at(deed: str, why: str = "") -> Url:
    return lambda cast: _photo(cast, f"patrols:photo_{deed}", why)


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


def _partner(cast: Cast) -> str:
    builders.a_patrol_week(cast)
    return reverse("patrols:partner_end", args=[joint.a_partner(cast).public_id])


def _came(cast: Cast) -> str:
    run = builders.a_patrol_run(cast)
    return reverse("patrols:partner_came", args=[run.public_id, joint.a_partner(cast).public_id])


def _more_partners(cast: Cast, count: int) -> None:
    if not Team.objects.filter(name="夜巡一队").exists():
        builders.a_patrol_team(cast)
    with scope.system("a test counts the roster"):
        known = JointPartner.objects.count()
    for number in range(known, known + count):
        joint.a_partner(cast, unit=f"第{number}派出所")


def _sweep(name: str) -> Url:
    return lambda cast: reverse(name, args=[sweeps.a_sweep(cast).public_id])


def _area(name: str) -> Url:
    return lambda cast: reverse(name, args=[sweeps.an_area(cast).public_id])


def _open_area(name: str) -> Url:
    return lambda cast: reverse(name, args=[sweeps.an_open_area(cast).public_id])


def _reported(name: str) -> Url:
    return lambda cast: reverse(name, args=[sweeps.a_reported_area(cast).public_id])


def _waiting(cast: Cast) -> str:
    with clock.frozen(EVENING):  # in the season of the plan
        return reverse("patrols:area_check", args=[sweeps.a_waiting_village(cast).public_id])


def _a_person(cast: Cast) -> SweepFind:
    with scope.system("a test looks for a person found"):
        known = SweepFind.objects.first()
    return known or sweeps.a_find(cast)


def _person_found(cast: Cast) -> str:
    return reverse("patrols:find_same", args=[_a_person(cast).public_id])


def _find(name: str) -> Url:
    return lambda cast: reverse(name, args=[sweeps.a_find(cast, "place").public_id])


def _known(cast: Cast) -> str:
    place = builders.a_key_location(cast, "老南桥")
    return reverse(
        "patrols:find_known", args=[sweeps.a_find(cast, "place").public_id, place.public_id]
    )


def _flow(name: str) -> Url:
    return lambda cast: reverse(name, args=[sweeps.a_flow(cast, secret="暂无").public_id])


def _more_sweeps(cast: Cast, count: int) -> None:
    for _one in range(count):
        sweeps.a_reported_area(cast)


def _more_flows(cast: Cast, count: int) -> None:
    for _one in range(count):
        sweeps.a_flow(cast)


WALKS = "patroller"
BREAKS = "dispatcher leader station_head"
REGISTER = f"patroller {READS}"
HIDES = f"patroller {BREAKS}"
REVEALS = f"patroller {PLANS}"
NOT_HERE = "other_patroller outsider"
NO_HIDING = f"section_head office auditor {NOT_HERE}"
NO_REGISTER = f"reception medic township hospital police {NOT_HERE}"
SWEEPS_SEEN = "leader station_head section_head office township auditor"
NO_AREA_HERE = "dispatcher patroller hospital police other_patroller outsider"
OTHERS_REPORT = "patroller leader station_head hospital police other_patroller outsider"
FLOWS = "leader station_head section_head township"
KEEPS_FLOWS = "station_head section_head township"

ROLES = {
    "patrols:weeks": Row(f"{READS} {ELSEWHERE}", more=_more),
    "patrols:plan": action(
        f"{PLANS} outsider", at=lambda _cast: reverse("patrols:plan"), first_day="2026-12-14"
    ),
    "patrols:season": Row(f"{READS} {ELSEWHERE}"),
    "patrols:words": Row(f"{READS} {ELSEWHERE}"),
    "patrols:partners": Row(f"{READS} {ELSEWHERE}", more=_more_partners),
    "patrols:partner_end": action(PLANS, absent_for="outsider", at=_partner),
    "patrols:consent": action(
        PLANS,
        absent_for="outsider",
        at=_week("patrols:consent"),
        department="police",
        person="王队",
    ),
    "patrols:partner_came": action(WALKS, absent_for="other_patroller", at=_came, came="yes"),
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
    "patrols:photo_hide": Row(HIDES, absent_for=NO_HIDING, at=_photo_at("hide")),
    "patrols:photo_show": action(HIDES, absent_for=NO_HIDING, at=_photo_at("show", "wound")),
    "patrols:photo_reveal": Row(REVEALS, absent_for=NO_REGISTER, at=_photo_at("reveal", "wound")),
    "patrols:checklist": Row("station_head section_head outsider"),
    "patrols:coverage": Row(f"{REGISTER} {NOT_HERE}", more=_more_runs),
    "patrols:learning": Row(f"{READS} outsider", more=_more_runs),
    "patrols:sweeps": Row(f"{SWEEPS_SEEN} {NO_AREA_HERE}", more=_more_sweeps),
    "patrols:sweep_order": Row("station_head section_head township outsider"),
    "patrols:sweep": Row(SWEEPS_SEEN, absent_for=NO_AREA_HERE, at=_sweep("patrols:sweep")),
    "patrols:sweep_marks": Row(
        SWEEPS_SEEN, absent_for=NO_AREA_HERE, at=_sweep("patrols:sweep_marks")
    ),
    "patrols:sweep_export": Row(
        "station_head section_head office township auditor",
        absent_for="outsider",
        at=_sweep("patrols:sweep_export"),
    ),
    "patrols:sweep_close": action(
        "station_head section_head",
        absent_for="township outsider",
        at=_sweep("patrols:sweep_close"),
        reason="并入",
    ),
    "patrols:sweep_mine": Row(
        "patroller leader station_head township hospital police other_patroller outsider",
        more=_more_sweeps,
    ),
    "patrols:area": Row(SWEEPS_SEEN, absent_for=NO_AREA_HERE, at=_reported("patrols:area")),
    "patrols:area_assign": action(
        "station_head section_head township",
        absent_for="outsider",
        at=_area("patrols:area_assign"),
        person="陆某",
    ),
    "patrols:area_cut": action(
        "station_head section_head township",
        absent_for="outsider",
        at=_area("patrols:area_cut"),
        lines="三棵树镇,一",
    ),
    "patrols:area_judge": action(
        "leader station_head section_head",
        absent_for="township outsider",
        at=_reported("patrols:area_judge"),
        verdict="accepted",
    ),
    "patrols:area_check": action(
        "township",
        absent_for="leader station_head section_head outsider",
        at=_waiting,
        verdict="checked",
    ),
    "patrols:area_hand_over": action(
        "township", absent_for=OTHERS_REPORT, at=_area("patrols:area_hand_over"), purpose="跨界"
    ),
    "patrols:area_walk": Row(
        "township", absent_for=OTHERS_REPORT, at=_open_area("patrols:area_walk")
    ),
    **{
        name: action(
            "township", absent_for=OTHERS_REPORT, at=_open_area(name), lookers="陆某", place="桥"
        )
        for name in (
            "patrols:area_begin",
            "patrols:area_looks",
            "patrols:area_find",
            "patrols:area_hand_in",
        )
    },
    "patrols:find_drop": action(
        "township", absent_for=OTHERS_REPORT, at=_find("patrols:find_drop")
    ),
    "patrols:find_same": Row(
        "leader station_head section_head", absent_for="township outsider", at=_person_found
    ),
    "patrols:find_is_same": action(
        "leader station_head section_head",
        absent_for="township outsider",
        at=lambda cast: f"{_person_found(cast)}{_a_person(cast).public_id}/",
    ),
    "patrols:find_not_same": action(
        "leader station_head section_head",
        absent_for="township outsider",
        at=lambda cast: _person_found(cast).replace("same/", "not-same/"),
    ),
    "patrols:find_place": Row(
        "township",
        absent_for="dispatcher leader station_head section_head outsider",
        at=_find("patrols:find_place"),
    ),
    "patrols:find_known": action("township", absent_for=OTHERS_REPORT, at=_known),
    "patrols:flows": Row(f"{FLOWS} outsider", more=_more_flows),
    "patrols:flows_export": Row(f"{KEEPS_FLOWS} outsider", more=_more_flows),
    "patrols:flow_new": Row(f"{KEEPS_FLOWS} outsider"),
    "patrols:flow": Row(FLOWS, absent_for="outsider", at=_flow("patrols:flow")),
    "patrols:flow_correct": Row(
        KEEPS_FLOWS, absent_for="outsider", at=_flow("patrols:flow_correct")
    ),
    "patrols:flow_end": action(
        KEEPS_FLOWS, absent_for="outsider", at=_flow("patrols:flow_end"), reason="已返家"
    ),
    "patrols:flow_reveal": action(
        KEEPS_FLOWS, absent_for="outsider", at=_flow("patrols:flow_reveal"), purpose="联系家属"
    ),
}
