"""Whom the demo's station looks after with a wristband: five invented people of 凯里 with their fences.

One is outside, one is silent, one's battery is low, one's consent ends within a week, one has given the wristband
back. Every fix comes in through the services, at its own moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.homeward import services
from nuantu.homeward.models import Wearer, Wristband
from nuantu.homeward.rules.fixes import Fix
from nuantu.homeward.selectors.waiting import to_look_after
from nuantu.persons import services as persons
from nuantu.persons.rules.ages import Age

KAILI: Final = "522601000000"
HOME: Final = (26.5830, 107.9800)
EVERY: Final = timedelta(minutes=10)
FIRST: Final = timedelta(minutes=5)
HINT: Final = (
    "  手环 wristbands: tracing（名单 /wearers/）· dispatcher（告警 /wearers/alarms/）/"
    " log in as tracing (list) or dispatcher (alarms)\n"
)


@dataclass(frozen=True, slots=True)
class Worn:
    """Somebody with a wristband: it tells for so many hours, until so many minutes ago. `away` is since how many
    minutes he is elsewhere, and how many degrees north of the fence's centre; `consent_days` are left."""

    name: str
    sex: str
    age: int
    ground: str
    home: tuple[float, float]
    fence: str
    until_minutes: int = 3
    hours: int = 3
    battery: int = 78
    away: tuple[int, float] = (0, 0.0)
    consent_days: int = 358
    is_returned: bool = False


WORN: Final = (
    Worn("样阿公（演示）", "male", 78, "认知障碍，两次走失，低保户", (26.5812, 107.9836), "家附近（演示）",
         away=(14, 0.0170)),
    Worn("样玉珍（演示）", "female", 81, "记性差，去年在凯里站走失过一次", (26.5748, 107.9692), "西门家里（演示）",
         until_minutes=260, hours=6, battery=41),
    Worn("样福生（演示）", "male", 69, "听力残疾，走失一次，独居", (26.5901, 107.9763), "火车站宿舍（演示）", battery=9),
    Worn("样秀兰（演示）", "female", 74, "认知障碍，女儿白天上班", (26.5868, 107.9901), "大十字小区（演示）",
         consent_days=7, battery=92),
    Worn("样学文（演示）", "male", 63, "癫痫后常迷路，现由养老院照看", (26.5690, 107.9720), "养老院（演示）",
         until_minutes=1500, is_returned=True),
)  # fmt: skip


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Enter them three weeks ago, let the wristbands tell, and look for who is silent."""
    actor = people["tracing"]
    begun = at - timedelta(days=21)
    found = [_enter(actor, number, one, begun) for number, one in enumerate(WORN, start=1)]
    with clock.frozen(begun), scope.enter(scope.of_actor(actor)):
        bands = [_band(actor, number, begun) for number in range(1, len(WORN) + 4)]
    for number, (one, wearer) in enumerate(zip(WORN, found, strict=True), start=1):
        _wear(actor, wearer, bands[number - 1], at - _since(one) - FIRST)
        _tell(actor, number, one, at)
    back = at - timedelta(hours=24)
    for one, wearer in zip(WORN, found, strict=True):
        if one.is_returned:
            with clock.frozen(back), scope.enter(scope.of_actor(actor)):
                services.take_back(
                    actor=actor, at=back, wearer=wearer, reason="住进养老院，不再需要（演示）"
                )
    services.look_after(at=at, wearers=to_look_after(at))
    services.release(at=at)


def _band(actor: Actor, number: int, at: datetime) -> Wristband:
    band, _token = services.add_wristband(
        actor=actor, at=at, number=f"演示手环{number:02}", device=_device(number), made="演示型号"
    )
    return band


def _device(number: int) -> str:
    return f"demo-{number:05}"


def _enter(actor: Actor, number: int, one: Worn, at: datetime) -> Wearer:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        person = persons.register_person(
            actor=actor, at=at, division_code=KAILI, name=one.name, sex=one.sex,
            age=Age(one.age, one.age),
        )  # fmt: skip
        case = persons.open_case(
            actor=actor, at=at, person=person, division_code=KAILI, place="家中（演示）"
        )
        today = clock.local(at).date()
        agreed = services.Agreed(
            purposes=("locate", "fence", "share"),
            given_by="guardian",
            giver_name=f"样家人{number:02}（演示）",
            relation="女儿" if number % 2 else "儿子",
            giver_phone=f"0855000{800 + number:04}",
            paper=f"同意书（演示）{number:02}，档案柜一",
            given_date=today,
            until_date=today + timedelta(days=21 + one.consent_days),
        )
        wearer = services.begin_wearer(
            actor=actor, at=at, case=case, ground=one.ground, agreed=agreed
        )
        lat, lon = one.home
        services.add_fence(
            actor=actor, at=at, wearer=wearer, drawn=services.Drawn(one.fence, lat, lon, 900)
        )
    return wearer


def _wear(actor: Actor, wearer: Wearer, band: Wristband, at: datetime) -> None:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        services.hand_over(actor=actor, at=at, wearer=wearer, band=band)


def _since(one: Worn) -> timedelta:
    return timedelta(hours=one.hours, minutes=one.until_minutes)


def _tell(actor: Actor, number: int, one: Worn, at: datetime) -> None:
    """Every ten minutes, each told when it was."""
    moment, turn = at - _since(one), 0
    while moment <= at - timedelta(minutes=one.until_minutes):
        lat, lon = one.home
        minutes, north = one.away
        is_away = bool(minutes) and at - moment <= timedelta(minutes=minutes)
        fix = Fix(
            _device(number),
            moment,
            lat + (north + turn * 0.0002 if is_away else (turn % 4) * 0.0009),
            lon + (turn % 3) * 0.0007,
            14,
            one.battery,
        )
        with clock.frozen(moment):
            services.take_fixes(fixes=[fix], owner_org=actor.org_code, at=moment)
        turn, moment = turn + 1, moment + EVERY
