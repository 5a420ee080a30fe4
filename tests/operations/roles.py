"""Who may enter the pages of operations: duties, plans, rosters, hand-overs."""

from uuid import uuid4

from django.urls import reverse

from nuantu.core import clock
from tests import builders
from tests.cast import COUNTY, HOSPITAL, STATION, Cast
from tests.policy.roles import Row, Url, action, leads_on, program

READS_DUTIES = "staff -admin -kitchen -security"
READS_PLANS = "staff -admin -kitchen -security -hospital -police"
# A county's own plan is read in that county and above it.
COUNTY_PLAN = "staff -admin -kitchen -security -hospital -police -other_patroller -outsider"
OTHER_COUNTIES = "other_patroller outsider"
# The station's duty in 凯里市: its own people and who oversees the county; not the township below.
STATIONS = "operator dispatcher leader patroller reception carer medic tracing_officer social_worker station_head section_head office auditor"
ELSEWHERE = "township hospital police other_patroller outsider"
# Whoever oversees reads it; the organisation that owes it does it.
WORKS = "operator dispatcher leader patroller reception carer medic tracing_officer social_worker station_head"
READS_ONLY = "section_head office"


def _duty(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_duty(cast).public_id])


def _operation(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_season(clock.now()).public_id])


def _document(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_plan_document(cast).public_id])


def _more_documents(cast: Cast, count: int) -> None:
    """One document is read; the others are handed in with what came of it."""
    document = builders.a_plan_document(cast)
    for _ in range(1, count):
        document.pk, document.public_id = None, uuid4()
        document.save(force_insert=True)


def _more_plans(cast: Cast, count: int) -> None:
    for number in range(count):
        builders.a_county_plan(year=2026 + count * 10 + number)


def _note(cast: Cast) -> str:
    return reverse("operations:take_watch", args=[builders.a_watch_note(cast).public_id])


def _watch(cast: Cast) -> str:
    return reverse("operations:cancel_watch", args=[builders.a_watch(cast).public_id])


def _shift(cast: Cast) -> str:
    return reverse("operations:shift", args=[builders.a_team(cast).public_id])


def _handover(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_handover(cast, HOSPITAL).public_id])


def _more_duties(cast: Cast, count: int) -> None:
    for _ in range(count):
        builders.a_duty(cast)


def _more_teams(cast: Cast, count: int) -> None:
    for number in range(count):
        builders.a_team(cast, f"{count}-{number}队")


def _more_handovers(cast: Cast, count: int) -> None:
    for _ in range(count):
        builders.a_handover(cast, HOSPITAL)


ROLES = {
    "operations:board": Row(READS_DUTIES, more=_more_duties),
    "operations:duty_list": Row(READS_DUTIES, more=_more_duties),
    "operations:duty_export": Row("leader station_head section_head office auditor outsider"),
    "operations:duty_print": Row(READS_DUTIES, more=_more_duties),
    "operations:calendar": Row(
        "",
        absent_for="everybody",
        at=lambda cast: reverse("operations:calendar", args=["not-a-token"]),
    ),
    "operations:duty": Row(STATIONS, absent_for=ELSEWHERE, at=_duty("operations:duty")),
    "operations:duty_complete": action(
        WORKS, absent_for=f"{ELSEWHERE} {READS_ONLY}", at=_duty("operations:duty_complete")
    ),
    "operations:duty_reopen": action(
        WORKS, absent_for=f"{ELSEWHERE} {READS_ONLY}", at=_duty("operations:duty_reopen")
    ),
    "operations:duty_explain": action(
        WORKS, absent_for=f"{ELSEWHERE} {READS_ONLY}", at=_duty("operations:duty_explain")
    ),
    "operations:duty_cancel": action(
        "leader station_head",
        absent_for="section_head outsider",
        at=_duty("operations:duty_cancel"),
    ),
    "operations:operations": Row(READS_PLANS),
    "operations:start": Row("section_head office outsider"),
    "operations:operation": Row(
        COUNTY_PLAN, absent_for=OTHER_COUNTIES, at=_operation("operations:operation")
    ),
    "operations:rules": Row(
        COUNTY_PLAN, absent_for=OTHER_COUNTIES, at=_operation("operations:rules")
    ),
    "operations:plan_file": Row(
        COUNTY_PLAN, absent_for=OTHER_COUNTIES, at=_operation("operations:plan_file")
    ),
    "operations:change": Row(
        "section_head",
        absent_for="office outsider",
        at=_operation("operations:change"),
    ),
    "operations:compare": Row(
        COUNTY_PLAN, absent_for=OTHER_COUNTIES, at=_operation("operations:compare")
    ),
    "operations:follow": Row(
        "section_head",
        absent_for="office outsider",
        at=_operation("operations:follow"),
    ),
    "operations:close": Row(
        "section_head",
        absent_for="office outsider",
        at=_operation("operations:close"),
    ),
    "operations:documents": Row("section_head office outsider", more=_more_documents),
    "operations:document": Row(
        "section_head", absent_for="office outsider", at=_document("operations:document")
    ),
    "operations:progress": leads_on(
        "section_head", absent_for="office outsider", at=_document("operations:progress")
    ),
    "operations:entry": action(
        "section_head",
        absent_for="office outsider",
        at=_document("operations:entry"),
        path="title",
        value="凯里市寒冬送温暖方案",
        act="correct",
    ),
    "operations:draft": action(
        "section_head",
        absent_for="office outsider",
        at=_document("operations:draft"),
    ),
    "operations:draft_file": Row(
        "section_head", absent_for="office outsider", at=_document("operations:draft_file")
    ),
    "operations:part": action(
        "section_head", absent_for="office outsider", at=_document("operations:part")
    ),
    "operations:again": action(
        "section_head", absent_for="office outsider", at=_document("operations:again")
    ),
    "operations:drop_document": action(
        "section_head", absent_for="office outsider", at=_document("operations:drop_document")
    ),
    "operations:adopt": action(
        "section_head", absent_for="office outsider", at=_document("operations:adopt")
    ),
    "operations:library": Row(READS_PLANS, more=_more_plans),
    "operations:library_plan": Row(
        READS_PLANS, at=lambda cast: reverse("operations:library_plan", args=["P1"])
    ),
    "operations:library_file": Row(
        READS_PLANS, at=lambda cast: reverse("operations:library_file", args=["P1"])
    ),
    "operations:library_calendar": Row(
        READS_PLANS, at=lambda cast: reverse("operations:library_calendar", args=["P1"])
    ),
    "operations:area_calendar": Row(READS_PLANS, more=_more_plans),
    "operations:season_calendar": Row(
        COUNTY_PLAN, absent_for=OTHER_COUNTIES, at=_operation("operations:season_calendar")
    ),
    "operations:sheet": Row(
        COUNTY_PLAN, absent_for=OTHER_COUNTIES, at=_operation("operations:sheet")
    ),
    "operations:sheet_export": Row(
        "leader station_head section_head office auditor",
        absent_for="outsider",
        at=_operation("operations:sheet_export"),
    ),
    "operations:season_feed": Row(
        "",
        absent_for="everybody",
        at=lambda cast: reverse("operations:season_feed", args=["not-a-token"]),
    ),
    "operations:level": Row(
        COUNTY_PLAN,
        absent_for=OTHER_COUNTIES,
        at=lambda cast: reverse("operations:level", args=[COUNTY]),
    ),
    "operations:own_roster": leads_on(READS_PLANS),
    "operations:give_watch": action("operator dispatcher leader reception station_head outsider"),
    "operations:take_watch": action(
        "operator dispatcher leader reception station_head", absent_for="outsider", at=_note
    ),
    "operations:cancel_watch": action(
        "leader station_head section_head", absent_for="outsider", at=_watch
    ),
    "operations:restore_watch": action(
        "leader station_head section_head",
        absent_for="outsider",
        at=lambda cast: reverse(
            "operations:restore_watch", args=[builders.a_watch(cast).public_id]
        ),
    ),
    "operations:roster": Row(
        f"{COUNTY_PLAN} -township",
        absent_for=f"{OTHER_COUNTIES} township",
        at=lambda cast: reverse("operations:roster", args=[STATION]),
    ),
    "operations:teams": Row(READS_PLANS, more=_more_teams),
    "operations:shift": action("dispatcher leader station_head", absent_for="outsider", at=_shift),
    "operations:handovers": Row(READS_DUTIES, more=_more_handovers),
    "operations:handover": Row(
        "operator dispatcher leader patroller reception carer medic tracing_officer social_worker station_head section_head office "
        "township auditor hospital",
        absent_for="police other_patroller outsider",
        at=_handover("operations:handover"),
    ),
    # Only the receiver answers; for everybody else there is nothing to answer.
    "operations:accept": action(
        "hospital",
        absent_for="operator dispatcher leader reception station_head section_head township police outsider",
        at=_handover("operations:accept"),
    ),
    "operations:decline": action(
        "hospital",
        absent_for="operator dispatcher leader reception station_head section_head township police outsider",
        at=_handover("operations:decline"),
    ),
    "operations:withdraw": action(
        "operator dispatcher leader patroller reception station_head",
        absent_for="section_head township hospital police other_patroller outsider",
        at=_handover("operations:withdraw"),
    ),
    "api:duties_list": program(READS_DUTIES),
    "api:duties_one": program(STATIONS, absent_for=ELSEWHERE, at=_duty("api:duties_one")),
    "api:duties_complete": program(
        WORKS,
        absent_for=f"{ELSEWHERE} {READS_ONLY}",
        method="post",
        at=_duty("api:duties_complete"),
        data={"note": "车站、大桥"},
    ),
    "api:levels_one": program(
        COUNTY_PLAN,
        absent_for=OTHER_COUNTIES,
        at=lambda cast: reverse("api:levels_one", args=[COUNTY]),
    ),
    "api:rules_one": program(
        COUNTY_PLAN,
        absent_for=OTHER_COUNTIES,
        at=lambda cast: reverse("api:rules_one", args=[COUNTY, "patrol.cadence"]),
    ),
}
