"""Three letters of the demo: one answered, one to be carried further, one received from the station of the prefecture."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from nuantu.accounts.models import Organisation
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors.station_letters import USUAL, facts_of
from nuantu.homeward.services.station_letters import ask_station
from nuantu.letters import services
from nuantu.letters.services import Asked, Recipient, Said

THERE = "怀化市救助管理站（演示）"


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Send and answer them, each at its own moment; who receives is one of the people of the demo."""
    clerk = people["reception"]
    with scope.enter(scope.of_actor(clerk)):
        over = ReturnPlan.objects.filter(way="escorted").exclude(home_division__startswith="52")
        late, under_way = over.order_by("recorded_at")
    _answered(clerk, under_way, at - timedelta(hours=8, minutes=30))
    _late(clerk, late, at - timedelta(days=23))
    _received(clerk, at - timedelta(hours=3))


def _answered(clerk: Actor, plan: ReturnPlan, at: datetime) -> None:
    with clock.frozen(at), scope.enter(scope.of_actor(clerk)):
        asked = Asked(
            "arrival", "请到站接人，到站后告知（演示）", facts_of(clerk, plan, list(USUAL), at)
        )
        made = ask_station(actor=clerk, at=at, plan=plan, asked=asked, to=Recipient(THERE))
    later = at + timedelta(hours=5)
    with clock.frozen(later), scope.enter(scope.of_actor(clerk)):
        said = Said("fact", "派车在出站口等，值班电话 0745-0000000（演示）", "样站长（演示），电话")
        services.put_answer(actor=clerk, at=later, letter=made, said=said)


def _late(clerk: Actor, plan: ReturnPlan, at: datetime) -> None:
    with clock.frozen(at), scope.enter(scope.of_actor(clerk)):
        asked = Asked("address", "请核实家庭住址和亲属电话（演示）")
        made = ask_station(
            actor=clerk, at=at, plan=plan, asked=asked, to=Recipient("柳州市救助管理站（演示）")
        )
    reminded = at + timedelta(days=8)
    with clock.frozen(reminded), scope.enter(scope.of_actor(clerk)):
        services.remind(actor=clerk, at=reminded, letter=made, words="请尽快答复（演示）")
    with clock.frozen(at + timedelta(days=22)), scope.system("the hourly job of the demo"):
        services.watch(at=clock.now())


def _received(clerk: Actor, at: datetime) -> None:
    """The station of the prefecture asks ours; nobody of the demo has an account there."""
    org = Organisation.objects.get(code="JZ-5226")
    sender = replace(
        clerk, name="样值班（演示）", org_code=org.code, org_name=org.name, division_code=org.division_id
    )  # fmt: skip
    with clock.frozen(at), scope.enter(scope.of_actor(sender)):
        asked = Asked("other", "请告知今晚还有几张空床，明天可能转来两人（演示）")
        services.ask(actor=sender, at=at, asked=asked, to=Recipient(org_code="JZ-522601"))
