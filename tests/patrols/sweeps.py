"""What tests of sweeps arrange: two villages of 三棵树镇, a sweep of the county, an area, a report, a
grid worker and the village that he reported to his township."""

from collections.abc import Sequence
from datetime import date, timedelta

from nuantu.accounts.models import Division, User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import FlowEntry, Sweep, SweepArea, SweepFind
from nuantu.patrols.rules.sweeps import Part
from nuantu.places.rules.told import Told
from tests import builders
from tests.cast import BUREAU, COUNTY, TOWN, TOWNSHIP, Cast, Player

VILLAGE, OTHER_VILLAGE = "522601100200", "522601100201"
SOUTH = Told(26.5637, 108.066, 12)
KINDS = ("bridge_culvert", "abandoned_house")
CLAUSE = "P1-19、P1-20、P1-21"


def the_villages() -> None:
    """南花村 and 板溪村, below 三棵树镇."""
    Division.objects.bulk_create(
        [
            Division(
                code=code,
                name=name,
                full_name=f"贵州省黔东南苗族侗族自治州凯里市三棵树镇{name}",
                level="village",
                parent_id=TOWN,
                valid_from=date(2020, 1, 1),
            )
            for code, name in ((VILLAGE, "南花村"), (OTHER_VILLAGE, "板溪村"))
        ],
        ignore_conflicts=True,
    )


def a_sweep(cast: Cast, *, clause: str = "", kinds: Sequence[str] = KINDS) -> Sweep:
    """A sweep of 凯里市 by the bureau: 三棵树镇 has a township office, 大十字街道 has none."""
    order = services.Order(
        division=Division.objects.get(code=COUNTY),
        name="入冬大排查",
        due_at=clock.now() + timedelta(days=7),
        cut_by="town",
        kinds=tuple(kinds),
        clause=clause,
        reason="" if clause else "入冬前摸清底数",
    )
    actor = cast.section_head.actor
    with scope.enter(scope.of_actor(actor)):
        return services.order_sweep(actor=actor, at=clock.now(), order=order)


def an_area(cast: Cast, sweep: Sweep | None = None) -> SweepArea:
    """The area of 三棵树镇, which its township office answers for."""
    found = sweep or a_sweep(cast)
    with scope.system("a test looks for an area"):
        return SweepArea.objects.select_related("sweep").get(sweep=found, division_code=TOWN)


def an_open_area(cast: Cast, sweep: Sweep | None = None) -> SweepArea:
    """The area of 三棵树镇, begun."""
    area, actor = an_area(cast, sweep), cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        services.begin_area(actor=actor, at=clock.now(), area=area)
        area.refresh_from_db()
    return area


def a_find(cast: Cast, what: str = "person") -> SweepFind:
    """Somebody found under the south bridge, or a place where somebody slept."""
    area, actor = an_open_area(cast), cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        return services.add_find(
            actor=actor,
            at=clock.now(),
            area=area,
            found=services.Found(what, "南桥桥洞", "bridge_culvert", "有被褥", SOUTH),
        )


def a_reported_area_of(cast: Cast, area: SweepArea, note: str = "未见露宿") -> SweepArea:
    """A zero report on four places, an hour after it was begun."""
    actor, at = cast.township.actor, clock.now() + timedelta(hours=1)
    with scope.enter(scope.of_actor(actor)):
        counts = dict.fromkeys(KINDS, 2)
        services.note_looks(actor=actor, at=at, area=area, counts=counts)
        services.hand_in(actor=actor, at=at, area=area, lookers="陆干事、网格员", note=note)
        area.refresh_from_db()
    return area


def a_reported_area(cast: Cast) -> SweepArea:
    """三棵树镇 with its zero report."""
    return a_reported_area_of(cast, an_open_area(cast))


def a_grid_worker() -> Player:
    """龙网格员 of the township, with an account."""
    user, _is_new = User.objects.get_or_create(
        login="grid",
        defaults={
            "name": "龙网格员",
            "organisation_id": TOWNSHIP,
            "roles": ["grid_worker"],
            "password": "!",
        },
    )
    found = User.objects.select_related("organisation__division").get(pk=user.pk)
    return Player("grid", user.name, actor_for(found), found)


def a_village(cast: Cast, sweep: Sweep | None = None) -> SweepArea:
    """南花村 of a sweep of the county, cut out by its township for 龙网格员."""
    the_villages()
    a_grid_worker()
    area, actor = an_area(cast, sweep), cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        parts = [Part("南花村", person="龙网格员"), Part("板溪村")]
        services.cut_area(actor=actor, at=clock.now(), area=area, parts=parts)
    with scope.system("a test looks for a village"):
        return SweepArea.objects.select_related("sweep").get(parent=area, division_code=VILLAGE)


def reports(player: Player, area: SweepArea, count: int = 2) -> SweepArea:
    """Somebody looks over an area for an hour and hands a zero report in."""
    actor, at = player.actor, clock.now()
    later = at + timedelta(hours=1)
    with scope.enter(scope.of_actor(actor)):
        services.begin_area(actor=actor, at=at, area=area)
        services.note_looks(actor=actor, at=later, area=area, counts=dict.fromkeys(KINDS, count))
        services.hand_in(actor=actor, at=later, area=area, lookers=player.name, note="未见露宿")
        area.refresh_from_db()
    return area


def a_waiting_village(cast: Cast, count: int = 2) -> SweepArea:
    """南花村 reported by 龙网格员; under P2 it waits for 三棵树镇."""
    builders.a_plan("P2", BUREAU)
    return reports(a_grid_worker(), a_village(cast), count)


def a_flow(cast: Cast, direction: str = "out", *, secret: str = "") -> FlowEntry:
    """A resident of 三棵树镇 who begs elsewhere, as her neighbours say."""
    said = services.Known(
        direction=direction,
        called_as="杨某某（化名）",
        whereabouts="贵阳火车站一带",
        certainty="claimed",
        source="邻居",
        years=52,
        secret=secret,
    )
    actor = cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        return services.add_flow(actor=actor, at=clock.now(), division_code=TOWN, said=said)
