"""The demo's sweep of 凯里市, four days before its end: accepted, zero, implausible, with finds that wait
for the township, sent back, late and in nobody's hands; and the inflow and outflow list of 三棵树镇.

Everything goes through the real services at its own moment; only the late village is dated back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from nuantu.accounts.selectors import division
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.patrols import services
from nuantu.patrols.models import Sweep, SweepArea, SweepFind
from nuantu.patrols.rules.sweeps import Part
from nuantu.patrols.selectors import ordering
from nuantu.places.rules.told import Told
from nuantu.planbook import deadlines

COUNTY, TOWN, STATION = "522601000000", "522601100000", "JZ-522601"
LEFT_ALONE, UNDER_WAY = 2, 4
PHONE = "0855-0000000（演示号码）"
LOOKERS = "村支书、网格员（演示）"


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Order it six days ago, and report since."""
    begun = at - timedelta(days=6)
    sweep = _ordered(people["section"], begun)
    villages = _cut(sweep, people["township"], begun + timedelta(hours=2))
    _give(sweep, people["section"], begun + timedelta(hours=3))
    _villages(villages, people, at)
    _towns(sweep, people, at)
    _flows(people["township"], at - timedelta(days=2))


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _ordered(section: Actor, at: datetime) -> Sweep:
    with _as(section, at):
        rules = [rule for rule in ordering.sweep_rules(COUNTY, at) if rule.words]
        order = services.Order(
            division=division(COUNTY),
            name="入冬大排查（演示）",
            due_at=deadlines.end_of(clock.local(at).date() + timedelta(days=10)),
            cut_by="town",
            kinds=tuple(ordering.kinds_named(COUNTY, at)[:6]),
            clause=rules[0].clause if rules else "",
            reason="" if rules else "入冬前摸清底数",
        )
        return services.order_sweep(actor=section, at=at, order=order)


def _cut(sweep: Sweep, township: Actor, at: datetime) -> list[SweepArea]:
    """三棵树镇 into its first six villages."""
    names = [row.name for row in ordering.divisions_below(division(TOWN), "village")[:6]]
    with _as(township, at):
        area = SweepArea.objects.select_related("sweep").get(sweep=sweep, division_code=TOWN)
        parts = [
            Part(name, person="网格员4（演示）" if number == UNDER_WAY else "龙网格员")
            for number, name in enumerate(names, 1)
        ]
        services.cut_area(actor=township, at=at, area=area, parts=parts)
        return list(SweepArea.objects.select_related("sweep").filter(parent=area).order_by("pk"))


def _give(sweep: Sweep, section: Actor, at: datetime) -> None:
    """The station takes the towns without an office, but for the last two."""
    with _as(section, at):
        loose = sweep.areas.filter(assigned_at=None).order_by("division_code")
        for area in list(loose)[:-LEFT_ALONE]:
            services.assign_area(
                actor=section, at=at, area=area, org_code=STATION, person="巡查队（演示）"
            )


def _villages(areas: list[SweepArea], people: Mapping[str, Actor], now: datetime) -> None:
    township, section, grid = people["township"], people["section"], people["grid"]
    good, doubtful, found, under_way, late = areas[:5]
    _report(good, grid, now - timedelta(days=3), 90, 5, "逐处看过，桥下、老屋都没有人住的痕迹")
    _check(
        good, township, now - timedelta(days=2, hours=20), "与走访相符", "老桥下，没有人（演示）"
    )
    with _as(section, now - timedelta(days=2)):
        services.accept_report(actor=section, at=now - timedelta(days=2), area=good)
    _report(doubtful, grid, now - timedelta(hours=20), 4, 3, "无")
    _check(doubtful, township, now - timedelta(hours=15), "电话问过村里，说都看了（演示）")
    at = now - timedelta(hours=6)
    with _as(grid, at):
        services.begin_area(actor=grid, at=at, area=found)
        for what, place, note in (
            (SweepFind.What.PERSON, "村口桥洞（演示）", "一位老人，说等儿子来接"),
            (SweepFind.What.PLACE, "老砖厂窑洞（演示）", "有被褥和火堆，当时没有人"),
        ):
            said = services.Found(what, place, "bridge_culvert", note, Told(26.5641, 108.0655, 15))
            services.add_find(actor=grid, at=at, area=found, found=said)
    _hand_in(found, grid, at + timedelta(hours=2), 4, "见到一人，已劝导")
    with _as(township, now - timedelta(minutes=40)):
        services.begin_area(actor=township, at=now - timedelta(minutes=40), area=under_way)
    due = now - timedelta(hours=20)
    SweepArea.objects.filter(pk=late.pk).update(due_at=due)
    Duty.objects.filter(subject_id=late.public_id).update(due_at=due, warn_at=due)


def _check(area: SweepArea, township: Actor, at: datetime, word: str, spot: str = "") -> None:
    with _as(township, at):
        services.check_report(actor=township, at=at, area=area, word=word, spot=spot)


def _towns(sweep: Sweep, people: Mapping[str, Actor], now: datetime) -> None:
    """Two towns of the station: one accepted, one sent back."""
    team, section = people["team"], people["section"]
    mine = sweep.areas.select_related("sweep").filter(owner_org=STATION).order_by("division_code")
    for number, area in enumerate(mine[:2]):
        at = now - timedelta(days=4 - number)
        _report(area, team, at, 120, 6, f"第{number + 1}片：街面和重点区域都看过")
        with _as(section, at + timedelta(hours=5)):
            if number:
                services.send_back(
                    actor=section,
                    at=at + timedelta(hours=5),
                    area=area,
                    word="城乡结合部没有写，请补看",
                )
            else:
                services.accept_report(
                    actor=section, at=at + timedelta(hours=5), area=area, word="与巡查登记相符"
                )


def _report(
    area: SweepArea, actor: Actor, at: datetime, minutes: int, count: int, note: str
) -> None:
    with _as(actor, at):
        services.begin_area(actor=actor, at=at, area=area)
    _hand_in(area, actor, at + timedelta(minutes=minutes), count, note)


def _hand_in(area: SweepArea, actor: Actor, at: datetime, count: int, note: str) -> None:
    counts = dict.fromkeys(area.sweep.kinds, count)
    with _as(actor, at):
        services.note_looks(actor=actor, at=at, area=area, counts=counts)
        services.hand_in(actor=actor, at=at, area=area, lookers=LOOKERS, note=note)


def _flows(township: Actor, at: datetime) -> None:
    """One who is away, one who came; both invented."""
    away = services.Known(
        direction="out",
        called_as="杨某某（演示）",
        whereabouts="贵阳火车站一带",
        certainty="claimed",
        source="邻居",
        sex="male",
        years=52,
        known="在外乞讨，逢年过节回来",
        since_date=clock.local(at).date() - timedelta(days=60),
        secret=PHONE,
    )
    came = services.Known(
        direction="in",
        called_as="戴草帽的老人（演示）",
        whereabouts="镇客运站旁",
        certainty="estimated",
        source="环卫工人",
        years=70,
    )
    with _as(township, at):
        for said in (away, came):
            services.add_flow(actor=township, at=at, division_code=TOWN, said=said)
