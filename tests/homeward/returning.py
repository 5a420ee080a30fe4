"""A return plan for the tests; everybody is invented."""

from datetime import datetime, timedelta
from typing import Any

from nuantu.core import clock, scope
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.services import on_the_way, return_route, returns
from nuantu.homeward.services.return_route import Bought, Part
from nuantu.persons.models import Case
from tests.cast import Cast, Player
from tests.stays import house


def a_return(
    cast: Cast, *, way: str = "self", case: Case | None = None, who: Player | None = None, **more: Any
) -> ReturnPlan:  # fmt: skip
    """A man of fifty whom the station of 凯里 helps home to the next province."""
    found = case or house.a_case_of(cast, name="样阿木", **more)
    actor = (who or cast.reception).actor
    with scope.enter(scope.of_actor(actor)):
        return returns.begin_return(
            actor=actor, at=clock.now(), case=found, way=way,
            destination="湖南省怀化市溆浦县桥江镇", home_division="431224",
        )  # fmt: skip


def does(cast: Cast, service: Any, plan: ReturnPlan, *, key: str = "reception", **values: Any) -> Any:  # fmt: skip
    """One deed about a plan by a member of the station, now."""
    actor = cast[key].actor
    with scope.enter(scope.of_actor(actor)):
        return service(actor=actor, at=clock.now(), plan=plan, **values)


def a_part(number: str = "K9064", start: datetime | None = None, **more: Any) -> Part:
    """A train that leaves in an hour and takes six."""
    leaves = start or clock.now() + timedelta(hours=1)
    values: dict[str, Any] = {
        "means": "train",
        "number": number,
        "origin": "凯里",
        "goal": "怀化",
        "leaves_at": leaves,
        "due_at": leaves + timedelta(hours=6),
    }
    return Part(**values | more)


def cleared(cast: Cast, plan: ReturnPlan) -> None:
    """The medic of the station said that he may travel."""
    does(cast, returns.clear_return, plan, cleared_by="站医务室 样医生", words="体温血压正常")


def ready_alone(cast: Cast, plan: ReturnPlan) -> None:
    """Cleared, with a ticket in his hand."""
    cleared(cast, plan)
    leg = does(cast, return_route.add_leg, plan, part=a_part())
    for bought in (Bought("bought", "E123456", 8850), Bought("handed")):
        does(cast, return_route.put_ticket, plan, leg=leg, bought=bought)


def escorted(cast: Cast, plan: ReturnPlan, *, start: datetime | None = None) -> None:
    """Cleared, with a way, two who go along and whoever takes him over there."""
    cleared(cast, plan)
    does(cast, return_route.add_leg, plan, part=a_part(start=start))
    for name, sex in (("吴护送", "male"), ("龙护送", "female")):
        does(cast, return_route.add_escort, plan, name=name, sex=sex)
    does(cast, returns.put_taker, plan, taker=returns.Taker("溆浦县救助站 样站长", "救助站"))


def under_way(cast: Cast, **more: Any) -> ReturnPlan:
    """Somebody who has set out alone; he is due in seven hours."""
    plan = a_return(cast, **more)
    ready_alone(cast, plan)
    does(cast, on_the_way.depart, plan, departed_at=clock.now())
    with scope.system("a test looks again"):
        return ReturnPlan.objects.get(pk=plan.pk)


def with_copy(cast: Cast) -> ReturnPlan:
    """A plan whose taker showed a document that was copied."""
    plan = a_return(cast, way="relatives")
    taker = returns.Taker("样阿芳", "女儿", "52260119700101001X", "08550000333", is_checked=True)
    does(cast, returns.put_taker, plan, taker=taker, copy=house.a_photo())
    return plan
