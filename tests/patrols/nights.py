"""A night of two patrol teams, for what happens in its middle."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from nuantu.core import clock, scope
from nuantu.operations.models import Team
from nuantu.patrols import services
from nuantu.patrols.models import PatrolReplan, PatrolRoute, PatrolRun, PatrolStop
from nuantu.patrols.rules.planned import plan_of
from nuantu.patrols.rules.replanning import Happening
from nuantu.places import services as places
from nuantu.places.models import KeyLocation
from nuantu.routing.problem_json import problem_from
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import COUNTY, TOWN

if TYPE_CHECKING:
    from tests.cast import Cast

NAMES = ("东桥", "西桥", "南桥", "北桥", "中桥")


class Night:
    """The published week of two teams and five bridges, walked on its Monday night."""

    def __init__(self, cast: "Cast") -> None:
        self.cast, self.actor = cast, cast.dispatcher.actor
        services.get_ready()
        builders.a_season()
        self.one, self.two = (builders.a_patrol_team(cast, name) for name in ("一队", "二队"))
        for number, name in enumerate(NAMES):
            spot = places.Spot(name, TOWN, 26.57 + number / 100, 107.98)
            places.add_key_location(
                actor=cast.township.actor, at=EVENING, spot=spot, kind="bridge_culvert"
            )
        leader = cast.leader.actor
        with clock.frozen(EVENING), scope.enter(scope.of_actor(leader)):
            self.week = services.plan_week(
                actor=leader, at=EVENING, county=COUNTY, first_day=date(2026, 12, 14)
            )
            with scope.system("a test reads what was asked"):
                self.week.refresh_from_db()
                problem = problem_from(self.week.search.problem)
            self.ids = {row.name: str(row.public_id) for row in KeyLocation.objects.all()}
            mine, theirs = str(self.one.public_id), str(self.two.public_id)
            stops = {(mine, 1): self.of("东桥", "西桥"), (theirs, 1): self.of("南桥", "北桥"),
                     (theirs, 5): self.of("中桥")}  # fmt: skip
            assert services.keep_plan(
                week=self.week, problem=problem, plan=plan_of(problem, stops), at=EVENING
            )
            self.week.refresh_from_db()
            services.approve(actor=leader, at=EVENING, week=self.week)
            services.publish(actor=leader, at=EVENING, week=self.week, reason="联合单位下周到位")

    def of(self, *names: str) -> tuple[str, ...]:
        return tuple(self.ids[name] for name in names)

    def out(self, team: Team) -> PatrolRun:
        route = PatrolRoute.objects.select_related("week", "team").get(team=team, half=1)
        actor = self.cast.patroller.actor
        with scope.enter(scope.of_actor(actor)):
            return services.begin_run(actor=actor, at=PATROL, route=route, crew="杨二")

    def propose(self, event: Happening, at: datetime = PATROL) -> PatrolReplan:
        with scope.enter(scope.of_actor(self.actor)):
            return services.propose(actor=self.actor, at=at, week=self.week, event=event)

    def confirm(self, replan: PatrolReplan, at: datetime = PATROL) -> PatrolReplan:
        with scope.enter(scope.of_actor(self.actor)):
            return services.confirm(actor=self.actor, at=at, replan=replan)

    def stops(self, team: Team, half: int = 1) -> list[str]:
        with scope.system("a test looks"):
            rows = PatrolStop.objects.filter(route__team=team, route__half=half).order_by("number")
            return [row.name for row in rows.select_related("key_location")]
