"""Four people of the demo on their way home: one escorted and under way, one whose address
nobody there has checked yet, one kept by danger at home, one arrived.

Everybody is invented; each deed goes through the services at its own moment.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.services import on_the_way, return_route, returns
from nuantu.homeward.services.return_route import Bought, Part
from nuantu.homeward.services.returns import Taker
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import Age

STATION_THERE = "怀化市救助管理站，怀化市鹤城区迎丰路（演示地址），0745-0000000"


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Play the four returns up to now."""
    clerk, medic = people["reception"], people["medic"]
    with clock.frozen(at - timedelta(hours=9)), scope.enter(scope.of_actor(clerk)):
        _escorted(clerk, medic.name, at)
    with clock.frozen(at - timedelta(days=24)), scope.enter(scope.of_actor(clerk)):
        _unsure(clerk, medic.name)
    with clock.frozen(at - timedelta(days=1)), scope.enter(scope.of_actor(clerk)):
        _kept(clerk, medic.name)
    with clock.frozen(at - timedelta(days=3)), scope.enter(scope.of_actor(clerk)):
        plan = _alone(clerk, medic.name)
    when = at - timedelta(days=2, hours=10)
    with clock.frozen(when), scope.enter(scope.of_actor(clerk)):
        on_the_way.arrive(
            actor=clerk, at=when, plan=plan, arrived_at=when - timedelta(hours=1), heard="phone",
            heard_of="样阿妹（演示），妹妹",
        )  # fmt: skip


def _case(actor: Actor, name: str, sex: str, years: int, looks: str) -> Case:
    at = clock.now()
    person = persons.register_person(
        actor=actor, at=at, division_code=actor.division_code, name=name, sex=sex,
        age=Age(years, years, is_estimated=False), looks=looks, place="凯里火车站",
    )  # fmt: skip
    return persons.open_case(
        actor=actor, at=at, person=person, division_code=actor.division_code, place="凯里火车站"
    )


def _begun(actor: Actor, medic: str, case: Case, way: str, goal: str, division: str) -> ReturnPlan:
    at = clock.now()
    plan = returns.begin_return(
        actor=actor, at=at, case=case, way=way, destination=goal, home_division=division
    )
    return returns.clear_return(
        actor=actor, at=at, plan=plan, cleared_by=medic, words="体温血压正常，药够三天（演示）"
    )


def _train(start: datetime, number: str, origin: str, goal: str, hours: int, words: str = "") -> Part:  # fmt: skip
    return Part("train", origin, goal, start, start + timedelta(hours=hours), number, words)


def _escorted(actor: Actor, medic: str, now: datetime) -> None:
    """An old woman, two go along, they should be there in three hours."""
    at = clock.now()
    case = _case(actor, "样春花（演示）", "female", 71, "蓝布衣，记不清路")
    goal = "湖南省怀化市溆浦县桥江镇（演示）"
    plan = _begun(actor, medic, case, "escorted", goal, "431224")
    first = _train(at + timedelta(hours=1), "K9064", "凯里", "怀化", 6, STATION_THERE)
    second = _train(at + timedelta(hours=8), "T8311", "怀化", "溆浦", 4)
    for part, number in ((first, "E演示0001"), (second, "E演示0002")):
        leg = return_route.add_leg(actor=actor, at=at, plan=plan, part=part)
        for bought in (Bought("bought", number, 4550), Bought("handed")):
            return_route.put_ticket(actor=actor, at=at, plan=plan, leg=leg, bought=bought)
    for name, sex in (("吴护送（演示）", "male"), ("龙护送（演示）", "female")):
        return_route.add_escort(actor=actor, at=at, plan=plan, name=name, sex=sex)
    taker = Taker("样站长（演示）", "溆浦县救助管理站", phone="07450000001")
    returns.put_taker(actor=actor, at=at, plan=plan, taker=taker)
    return_route.put_cost(
        actor=actor, at=at, plan=plan, head="meals", payer="here", fen=12000, words="三人两餐"
    )
    begin = now - timedelta(hours=8)
    with clock.frozen(begin):
        on_the_way.depart(actor=actor, at=begin, plan=plan, departed_at=begin)
    told = on_the_way.Told(
        "well", now - timedelta(hours=2), "护送人来电，已到怀化，准备换乘（演示）", "怀化站"
    )
    with clock.frozen(now):
        on_the_way.put_event(actor=actor, at=now, plan=plan, told=told)


def _kept(actor: Actor, medic: str) -> None:
    """A woman whom her husband beat: nobody sends her home before a leader has decided."""
    at = clock.now()
    case = _case(actor, "样银花（演示）", "female", 34, "手臂有旧伤")
    persons.assign_classes(
        actor=actor, at=at, case=case, codes=["domestic_violence"], source="本人说（演示）"
    )
    plan = _begun(actor, medic, case, "relatives", "贵州省黔东南州台江县台拱街道（演示）", "522630")
    returns.refuse_taking(actor=actor, at=at, plan=plan, words="公公电话里说不来接（演示）")


def _unsure(actor: Actor, medic: str) -> None:
    """A man from the next province who waits until the station there has checked his address."""
    case = _case(actor, "样大山（演示）", "male", 58, "灰夹克，说话不清")
    goal = "广西壮族自治区柳州市三江侗族自治县（演示）"
    _begun(actor, medic, case, "escorted", goal, "450226")


def _alone(actor: Actor, medic: str) -> ReturnPlan:
    """A man with a ticket who called his sister when he was there."""
    at = clock.now()
    case = _case(actor, "样水生（演示）", "male", 46, "工装，背编织袋")
    plan = _begun(actor, medic, case, "self", "贵州省遵义市播州区（演示）", "520304")
    start = at + timedelta(hours=1)
    leg = return_route.add_leg(
        actor=actor, at=at, plan=plan, part=_train(start, "K1232", "凯里", "遵义", 5)
    )
    for bought in (Bought("bought", "E演示0003", 6350), Bought("handed")):
        return_route.put_ticket(actor=actor, at=at, plan=plan, leg=leg, bought=bought)
    with clock.frozen(start):
        on_the_way.depart(actor=actor, at=start, plan=plan, departed_at=start)
    return plan
