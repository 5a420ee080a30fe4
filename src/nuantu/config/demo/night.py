"""Tonight in the demo: tips in every state, a refusal with its next visit, a hand-over that waits.

Each step is done by the person whose job it is, at its own moment, through the real services.
"""

from datetime import datetime, timedelta

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.config.demo import (
    care,
    casework,
    contacts,
    health,
    ledger,
    letters,
    missing,
    notices,
    papers,
    patrols,
    returns,
    safety,
    settling,
    stays,
    sweeps,
    unknown,
    wearers,
)
from nuantu.core import clock, scope
from nuantu.core.actors import PUBLIC, Actor
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.encounters.rules.contact import Contact, Place, Sheet, Who
from nuantu.encounters.services import record_encounter
from nuantu.operations.models import Team
from nuantu.operations.selectors import rules_at
from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.rescue import Gate

KAILI = "522601000000"
# (minutes ago, place, what was seen, flags, latitude, longitude)
WAITING = (
    (12, "凯里火车站进站口右侧", "两个人裹着纸板坐在地上", ("thin_clothes",), 26.5905, 107.9745),
    (
        4,
        "大十字地下通道东口（演示）",
        "一位老人躺在纸板上，一直咳嗽",
        ("elderly",),
        26.5866,
        107.9818,
    ),
    (
        2,
        "大十字地下通道里面",
        "有个老人躺着，没有被子",
        ("elderly", "thin_clothes"),
        26.5869,
        107.9822,
    ),
    (1, "凯里汽车站候车室门口", "一个十来岁的孩子独自坐着哭", ("minor",), 26.5791, 107.9872),
)


def load(*, at: datetime) -> None:
    """Play the evening up to this minute."""
    people = {
        user.login: actor_for(user)
        for user in User.objects.select_related("organisation__division")
    }
    teams = {team.name: team for team in Team.objects.all()}
    sweeps.load(at=at, people=people)
    stays.load(at=at, people=people)
    papers.load(at=at, actor=people["reception"])
    care.load(at=at, people=people)
    health.load(at=at, people=people)
    safety.load(at=at, people=people)
    missing.load(at=at, people=people)
    notices.load(at=at, people=people)
    unknown.load(at=at, people=people)
    casework.load(at=at, people=people)
    settling.load(at=at, people=people)
    ledger.load(at=at, people=people)
    contacts.load(at=at, people=people)
    returns.load(at=at, people=people)
    letters.load(at=at, people=people)
    patrols.load(at=at, people=people)
    wearers.load(at=at, people=people)
    _refusal(people, teams["凯里一队"], at)
    _hospital(people, teams["凯里二队"], at)
    _late(people, teams["凯里二队"], at)
    _on_the_way(people, teams["凯里一队"], at)
    for minutes, place, seen, flags, lat, lon in WAITING:
        _report(at - timedelta(minutes=minutes), place, seen, flags, (lat, lon))


def _report(
    at: datetime,
    place: str,
    seen: str,
    flags: tuple[str, ...],
    point: tuple[float, float],
    asked: str = "not_asked",
) -> Tip:
    report = Report(
        place_text=place, seen_text=seen, flags=flags, asked=asked, position=Position(*point)
    )
    with clock.frozen(at), scope.public():
        return dispatch.take_tip(actor=PUBLIC, at=at, report=report).tip


def _sent(people: dict[str, Actor], team: Team, tip: Tip, at: datetime) -> Dispatch:
    with clock.frozen(at), scope.enter(scope.of_actor(people["dispatcher"])):
        return dispatch.assign(actor=people["dispatcher"], at=at, tip=tip, team=team)


def _on_spot(actor: Actor, run: Dispatch, at: datetime, arrived: datetime) -> None:
    with clock.frozen(arrived), scope.enter(scope.of_actor(actor)):
        dispatch.accept(actor=actor, at=at + timedelta(minutes=1), run=run)
        dispatch.depart(actor=actor, at=at + timedelta(minutes=3), run=run)
        dispatch.arrive(actor=actor, at=arrived, run=run)


def _refusal(people: dict[str, Actor], team: Team, now: datetime) -> None:
    """A capable man under the south bridge refuses: informed, kit, card, next visit."""
    at = now - timedelta(minutes=150)
    tip = _report(
        at,
        "南桥桥洞（演示）",
        "一个男人睡在桥下",
        ("thin_clothes",),
        (26.5742, 107.9781),
        "refuses",
    )
    run = _sent(people, team, tip, at + timedelta(minutes=2))
    done = at + timedelta(minutes=38)
    _on_spot(people["team"], run, at + timedelta(minutes=2), at + timedelta(minutes=21))
    kit = rules_at(KAILI, done).find("refusal.kit")
    items = [item["code"] for item in kit.value] if kit and isinstance(kit.value, list) else []
    contact = Contact(
        happened_at=at + timedelta(minutes=25),
        place=Place(
            words="南桥桥洞（演示）", division_code=tip.division_code, lat=tip.lat, lon=tip.lon
        ),
        who=Who(name="老陈（自称）", sex="male", age=Age(45, 55), looks="灰大衣，左手缺一指"),
        conditions=("thin_clothes",),
        outcome="refused",
        is_informed=True,
        refusal_reason="在等老乡，不愿离开",
        has_card=True,
        handed=dict.fromkeys(items, 1),
        missing_reason="" if items else "车上暂缺",
        evidence="impossible",
        evidence_reason="光线太暗，没有拍成",
        revisit_at=done + timedelta(hours=20),
        closes_tip=True,
    )
    _record(people["team"], contact, tip, run, done)


def _hospital(people: dict[str, Actor], team: Team, now: datetime) -> None:
    """A feverish woman goes to hospital; the hand-over waits for the hospital's yes."""
    at = now - timedelta(minutes=200)
    tip = _report(
        at, "体育场看台下（演示）", "一位妇女发抖，说话不清", ("critical",), (26.5832, 107.9901)
    )
    run = _sent(people, team, tip, at + timedelta(minutes=1))
    _on_spot(people["team2"], run, at + timedelta(minutes=1), at + timedelta(minutes=17))
    done = at + timedelta(minutes=55)
    contact = Contact(
        happened_at=at + timedelta(minutes=20),
        place=Place(
            words="体育场看台下（演示）", division_code=tip.division_code, lat=tip.lat, lon=tip.lon
        ),
        who=Who(sex="female", age=Age(30, 40), looks="红色羽绒服，说苗语"),
        conditions=("feverish",),
        capacity="doubtful",
        outcome="hospital",
        to_org="YY-522601-1",
        gate=Gate(
            legal_basis="社会救助暂行办法 第五十一条",
            reason="高热寒战，答话含糊，先送医",
            is_urgent_danger=True,
        ),
        sheet=Sheet(
            escort_unit="凯里二队", health="高热，寒战", found_story="群众报告，现场测温39.6℃"
        ),
        told_by_phone="120 已到场",
        closes_tip=True,
    )
    _record(people["team2"], contact, tip, run, done)


def _late(people: dict[str, Actor], team: Team, now: datetime) -> None:
    """A team that is still on its way after its half hour."""
    at = now - timedelta(minutes=41)
    tip = _report(at, "开怀街道废弃厂房（演示）", "厂房里有火光，像有人住", (), (26.5605, 107.9702))
    run = _sent(people, team, tip, at + timedelta(minutes=9))
    with scope.enter(scope.of_actor(people["team2"])):
        dispatch.accept(actor=people["team2"], at=at + timedelta(minutes=12), run=run)
        dispatch.depart(actor=people["team2"], at=at + timedelta(minutes=15), run=run)


def _on_the_way(people: dict[str, Actor], team: Team, now: datetime) -> None:
    """A team that was sent and has not answered yet."""
    at = now - timedelta(minutes=22)
    tip = _report(
        at, "清水江路天桥（演示）", "桥上有人躺着，身边有酒瓶", ("drunk",), (26.5801, 107.9760)
    )
    _sent(people, team, tip, at + timedelta(minutes=6))


def _record(actor: Actor, contact: Contact, tip: Tip, run: Dispatch, at: datetime) -> None:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        tip.refresh_from_db()
        run.refresh_from_db()
        record_encounter(actor=actor, at=at, contact=contact, tip=tip, run=run)
