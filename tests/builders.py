"""What tests arrange, made by the services that people use: a running season, a team, a tip, a case.

Each function makes one thing, asks for what it needs, and returns the row.
"""

from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from nuantu.accounts.models import Organisation
from nuantu.core import clock, scope
from nuantu.core.actors import PUBLIC, SYSTEM
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Tip, TipLink
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.encounters import services as encounters
from nuantu.encounters.models import Encounter
from nuantu.encounters.rules.contact import Contact, Who
from nuantu.encounters.rules.contact import Place as MetAt
from nuantu.operations import services as operations
from nuantu.operations.models import (
    Duty,
    Handover,
    Operation,
    PlanDocument,
    Team,
    TeamMember,
    WatchNote,
    WatchShift,
)
from nuantu.operations.services import documents
from nuantu.papers import services as papers
from nuantu.papers.models import Paper, PaperSignature, PaperTemplate
from nuantu.papers.selectors import kinds
from nuantu.patrols import services as patrols
from nuantu.patrols.models import PatrolReplan, PatrolRoute, PatrolRun, PatrolVisit, PatrolWeek
from nuantu.patrols.rules.planned import plan_of
from nuantu.patrols.rules.replanning import TEAM_LOST, Happening
from nuantu.persons import services as persons
from nuantu.persons.models import Case, EvidenceHold
from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.rescue import Gate
from nuantu.persons.services.holding import About
from nuantu.places import services as places
from nuantu.places.models import KeyLocation, ReliefPoint
from nuantu.planbook import files
from nuantu.routing.problem_json import problem_from
from tests.cast import BUREAU, COUNTY, HOSPITAL, OFFICE, STATION, TOWN, Cast, Player
from tests.replay import repeated

# A Wednesday in the window of both plans: 9 December 2026, 20:00 in China.
EVENING = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)


def a_season(at: datetime = EVENING) -> Operation:
    """The prefecture's plan P1 and below it the county's own P9, both in force; returns P9.

    They are started at the full hour, so that a process need not start the same plans twice.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    a_plan("P1", OFFICE, hour)
    return a_plan("P9", BUREAU, hour)


def a_plan(code: str, org: str, at: datetime = EVENING) -> Operation:
    """A packaged plan, started by an organisation for the season of the moment."""
    year = at.year if at.month > 6 else at.year - 1
    return repeated(
        (code, org, at),
        lambda: operations.start_plan(
            actor=SYSTEM, at=at, text=files.packaged_text(code), org_code=org, year=year
        ),
    )


def a_county_plan(year: int) -> Operation:
    """The county's plan P9 of some year."""
    return operations.start_plan(
        actor=SYSTEM, at=EVENING, text=files.packaged_text("P9"), org_code=BUREAU, year=year
    )


# invented; the names of places are those of the cast
PLAN_TEXT = """凯里市“寒冬送温暖”专项救助行动方案
为做好今冬明春救助工作，制定本方案。
一、行动时间
2026年12月1日至2027年3月15日。
二、街面巡查
每周巡查不少于3次，遇寒潮预警每天巡查。接到求助后30分钟内到达现场。
三、信息报送
各镇（街道）于2026年12月20日前将行动方案报市民政局。
四、经费
对困难家庭每户发放慰问金500元，由市财政承担。
五、其他
各单位应当确保热线电话0855-0000000全天有人接听，并于每旬末盘点一次御寒物资。
凯里市民政局
2026年11月20日
"""


def a_plan_document(
    cast: Cast, text: str = PLAN_TEXT, name: str = "寒冬送温暖方案.txt"
) -> PlanDocument:
    """A plan document of the county's bureau, handed in at the full hour and read."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)

    def read() -> PlanDocument:
        actor, content = cast.section_head.actor, text.encode()
        document = operations.take_document(
            actor=actor, at=hour, name=name, content=content, year=2026
        )
        operations.read_waiting(str(document.public_id))
        document.refresh_from_db()
        return document

    with clock.frozen(hour):
        return repeated(("a plan document", text, name, hour, documents._outside.read), read)


def a_team(cast: Cast, name: str = "甲队") -> Team:
    """A team of the station of 凯里 with the patroller in it, on shift now."""
    station = Organisation.objects.select_related("division").get(code=STATION)
    team = operations.make_team(
        actor=cast.leader.actor,
        at=clock.now(),
        name=name,
        organisation=station,
        members=[cast.patroller.account],
        lead=cast.patroller.account,
    )
    now = clock.now()
    operations.plan_shift(
        actor=cast.leader.actor,
        at=now,
        team=team,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=8),
    )
    return team


def a_duty(cast: Cast, *, kind: str = "patrol.daily", hours: float = 4) -> Duty:
    """Something the station owes within some hours."""
    return operations.open_duty(
        actor=cast.leader.actor,
        at=clock.now(),
        kind=kind,
        title="今日街面巡查",
        subject=Subject("county", new_id()),
        owner_org=STATION,
        division_code=COUNTY,
        due_at=clock.now() + timedelta(hours=hours),
        basis="P9-05",
    )


def a_case(cast: Cast, who: Player | None = None) -> Case:
    """Somebody whom the patroller met under a bridge, nameless, and his open case."""
    player = who or cast.patroller
    with scope.enter(scope.of_actor(player.actor)):
        person = persons.register_person(
            actor=player.actor,
            at=clock.now(),
            division_code=TOWN,
            sex="male",
            age=Age(45, 55),
            looks="灰大衣",
            place="南桥",
        )
        return persons.open_case(
            actor=player.actor, at=clock.now(), person=person, division_code=TOWN, place="南桥"
        )


def a_hold(cast: Cast) -> EvidenceHold:
    """The photos and videos of a case are kept because of a complaint."""
    case, actor, at = a_case(cast), cast.station_head.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        return persons.place_hold(
            actor=actor,
            at=at,
            about=About(
                Subject("case", case.public_id), case.division_code, case.owner_org, case.case_id
            ),
            cause="complaint",
            reason="信访 12 号",
            review_date=clock.local(at).date() + timedelta(days=30),
        )


def a_handover(cast: Cast, to_org: str) -> Handover:
    """A case of the station, offered to another organisation."""
    case = a_case(cast)
    return operations.offer_handover(
        actor=cast.patroller.actor,
        at=clock.now(),
        subject=Subject("case", case.public_id),
        case_id=case.public_id,
        to_org=to_org,
        purpose="就医",
        division_code=TOWN,
    )


def a_watch_note(cast: Cast) -> WatchNote:
    """What the operator's watch tells the next."""
    station = Organisation.objects.select_related("division").get(code=STATION)
    return operations.give_watch(
        actor=cast.operator.actor, at=clock.now(), organisation=station, text="车在修理厂"
    )


def a_watch(cast: Cast, at: datetime | None = None) -> WatchShift:
    """The leader is on watch for the next twelve hours."""
    now = at or clock.now()
    station = Organisation.objects.select_related("division").get(code=STATION)
    return operations.put_on_watch(
        actor=cast.leader.actor,
        at=now,
        organisation=station,
        post="leader",
        user=cast.leader.account,
        starts_at=now,
        ends_at=now + timedelta(hours=12),
    )


def _spot(name: str) -> places.Spot:
    return places.Spot(name=name, division_code=TOWN, lat=26.56, lon=108.066)


def a_tip(place: str = "三棵树镇南桥桥洞", **said: Any) -> Tip:
    """A taxi driver saw somebody under a bridge in 凯里; the station there answers for it."""
    report = Report(place_text=place, position=Position(26.5637, 108.066), **said)
    with scope.public():
        return dispatch.take_tip(actor=PUBLIC, at=clock.now(), report=report).tip


def a_receipt(**said: Any) -> str:
    """The receipt code of a fresh tip."""
    report = Report(place_text="三棵树镇南桥桥洞", position=Position(26.5637, 108.066), **said)
    with scope.public():
        return dispatch.take_tip(actor=PUBLIC, at=clock.now(), report=report).code


def a_run(cast: Cast) -> Dispatch:
    """The patroller's team, sent for a fresh tip."""
    return dispatch.assign(
        actor=cast.dispatcher.actor, at=clock.now(), tip=a_tip(), team=a_team(cast)
    )


def a_link() -> TipLink:
    """Two tips that may be about the same person."""
    a_tip(flags=("elderly",))
    later = a_tip("三棵树镇南桥下面", flags=("elderly",))
    with scope.system("a job looks for duplicates"):
        dispatch.propose_links(at=clock.now(), tip=later)
    return TipLink.objects.get(later=later)


def a_key_location(cast: Cast, name: str = "南桥桥洞") -> KeyLocation:
    """A bridge where people sleep, entered by the township."""
    return places.add_key_location(
        actor=cast.township.actor, at=clock.now(), spot=_spot(name), kind="bridge_culvert"
    )


def a_relief_point(cast: Cast, name: str = "镇政府救助点") -> ReliefPoint:
    """A relief point of the township."""
    details = places.PointDetails(
        "temporary", "三棵树镇政府", "陆某", "0855-0000001", has_sign=True
    )
    return places.add_relief_point(
        actor=cast.township.actor, at=clock.now(), spot=_spot(name), details=details
    )


def an_encounter(cast: Cast, who: Player | None = None, **changes: Any) -> Encounter:
    """The patroller met a man under the south bridge, who comes along to the station."""
    player = who or cast.patroller
    said: dict[str, Any] = {
        "happened_at": clock.now(),
        "place": MetAt(words="南桥桥洞", division_code=TOWN, lat=26.56, lon=108.06),
        "who": Who(sex="male", age=Age(45, 55), looks="灰大衣"),
        "outcome": "to_station",
        "to_org": STATION,
    }
    with scope.enter(scope.of_actor(player.actor)):
        return encounters.record_encounter(
            actor=player.actor, at=clock.now(), contact=Contact(**(said | changes))
        ).encounter


def a_refusal(cast: Cast) -> Encounter:
    """He stays under the bridge: informed, with kit and card, to be visited again tomorrow."""
    return an_encounter(
        cast,
        outcome="refused",
        to_org="",
        is_informed=True,
        refusal_reason="要等老乡",
        has_card=True,
        handed={"food": 1, "drink": 1, "padded_clothes": 1, "quilt": 1},
        evidence="declined",
        evidence_reason="本人不让拍",
        revisit_at=clock.now() + timedelta(days=1),
    )


def a_gate(cast: Cast) -> Encounter:
    """Somebody unconscious, taken to hospital in danger: the mode waits for its approval."""
    danger = Gate(legal_basis="社会救助暂行办法 第五十一条", reason="昏迷", is_urgent_danger=True)
    return an_encounter(
        cast, outcome="hospital", to_org=HOSPITAL, conditions=("unconscious",), gate=danger
    )


def a_patrol_team(cast: Cast, name: str = "夜巡一队", **more: Any) -> Team:
    """A team of the station, out every night of the week from 14 December, 20:00 to 02:00."""
    station = Organisation.objects.select_related("division").get(code=STATION)
    team = operations.make_team(
        actor=cast.leader.actor, at=EVENING, name=name, organisation=station, members=[], **more
    )
    for night in range(7):
        begins = datetime(2026, 12, 14 + night, 12, 0, tzinfo=UTC)
        operations.plan_shift(
            actor=cast.leader.actor,
            at=EVENING,
            team=team,
            starts_at=begins,
            ends_at=begins + timedelta(hours=6),
        )
    return team


def an_asked_week(cast: Cast, who: Player | None = None) -> PatrolWeek:
    """The week from 14 December 2026, put to the search but not planned yet: one team, two bridges."""
    a_season()
    player = who or cast.section_head
    with clock.frozen(EVENING):
        return repeated(("an asked week", player.key), lambda: _asked_week(cast, player))


def _asked_week(cast: Cast, player: Player) -> PatrolWeek:
    a_patrol_team(cast)
    a_key_location(cast)
    a_key_location(cast, "北桥桥洞")
    with clock.frozen(EVENING), scope.enter(scope.of_actor(player.actor)):
        return patrols.plan_week(
            actor=player.actor, at=EVENING, county=COUNTY, first_day=date(2026, 12, 14)
        )


def a_patrol_week(cast: Cast) -> PatrolWeek:
    """The same, planned by hand: the south bridge on Monday, Wednesday and Friday night."""
    a_season()
    with clock.frozen(EVENING):
        return repeated("a patrol week", lambda: _planned(_asked_week(cast, cast.section_head)))


def _planned(week: PatrolWeek) -> PatrolWeek:
    with scope.system("a test reads what was asked"):
        problem = problem_from(PatrolWeek.objects.get(pk=week.pk).search.problem)
    team, south = problem.shifts[0].team, problem.locations[1].id
    plan = plan_of(problem, {(team, half): (south,) for half in (1, 5, 9)})
    assert patrols.keep_plan(week=week, problem=problem, plan=plan, at=EVENING)
    week.refresh_from_db()
    return week


# Monday of the planned week, 20:30 in China: the team left half an hour ago.
PATROL = datetime(2026, 12, 14, 12, 30, tzinfo=UTC)


def a_patrol_route(cast: Cast) -> PatrolRoute:
    """The published route of Monday night; the patroller of the cast goes out with the team."""
    a_season()
    with clock.frozen(EVENING):
        return repeated("a patrol route", lambda: _published_route(cast))


def _published_route(cast: Cast) -> PatrolRoute:
    week = _planned(_asked_week(cast, cast.section_head))
    leader = cast.leader.actor
    with scope.enter(scope.of_actor(leader)):
        patrols.approve(actor=leader, at=EVENING, week=week)
        patrols.publish(actor=leader, at=EVENING, week=week, reason="联合单位下周到位")
        route = PatrolRoute.objects.select_related("week", "team").get(week=week, half=1)
        TeamMember.objects.create(team=route.team, user=cast.patroller.account)
        route.back_at = route.leaves_at + timedelta(hours=5)
        route.save(update_fields=["back_at"])
    return route


def a_replan(cast: Cast) -> PatrolReplan:
    """That week, adjusted because its only team was lost on Monday night; not confirmed yet."""
    route = a_patrol_route(cast)
    actor = cast.dispatcher.actor
    patrols.get_ready()
    with clock.frozen(PATROL), scope.enter(scope.of_actor(actor)):
        event = Happening(TEAM_LOST, team=str(route.team.public_id))
        return patrols.propose(actor=actor, at=PATROL, week=route.week, event=event)


def a_patrol_run(cast: Cast, at: datetime = PATROL, **more: Any) -> PatrolRun:
    """The team of that route is out."""
    route = a_patrol_route(cast)
    actor = cast.patroller.actor
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        return patrols.begin_run(
            actor=actor, at=at, route=route, crew="杨二、龙海", **{"vehicle": "贵H12345", **more}
        )


def a_patrol_visit(cast: Cast, at: datetime = PATROL) -> PatrolVisit:
    """The team stands at the south bridge."""
    run = a_patrol_run(cast, at)
    actor = cast.patroller.actor
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        visit = PatrolVisit.objects.select_related("run").get(run=run)
        return patrols.arrive(actor=actor, at=at, visit=visit)


def a_paper(cast: Cast, kind: str = "street_refusal", **typed: str) -> Paper:
    """The dispatcher issues the record of a contact that the patroller wrote down."""
    encounter, at = an_encounter(cast), clock.now()
    actor, feed = cast.dispatcher.actor, kinds.feed_of(kind)
    assert feed is not None
    with scope.enter(scope.of_actor(actor)):
        return papers.issue_paper(
            actor=actor,
            at=at,
            kind=kinds.kinds()[kind],
            subject=encounter,
            values={**feed.gather(actor, encounter, at), **typed},
        )


def a_signature(cast: Cast) -> PaperSignature:
    """The person signed that record on the dispatcher's screen."""
    paper, actor = a_paper(cast), cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)):
        return papers.sign_on_screen(
            actor=actor,
            at=clock.now(),
            paper=paper,
            slot="person_signature",
            drawn=drawn(),
            version=paper.version,
        )


def drawn() -> str:
    """A stroke on a white canvas, as a browser sends it."""
    canvas = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(canvas).line([(20, 80), (150, 20), (280, 80)], fill="black", width=6)
    stream = BytesIO()
    canvas.save(stream, "PNG")
    return "data:image/png;base64," + b64encode(stream.getvalue()).decode()


def a_paper_template(cast: Cast) -> PaperTemplate:
    """The administrator uploaded the program's own form again as the prefecture's."""
    content = kinds.builtin_template("street_refusal")
    assert content is not None
    return papers.upload_template(
        actor=cast.admin.actor,
        at=clock.now(),
        kind=kinds.kinds()["street_refusal"],
        name="街面登记表.docx",
        content=content,
        in_force_date=clock.today(),
    )
