"""A night of two patrol teams, for what happens in its middle."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from nuantu.core import clock, scope
from nuantu.operations.models import Team
from nuantu.patrols import services
from nuantu.patrols.models import PatrolReplan, PatrolRoute, PatrolRun, PatrolStop, PatrolWeek
from nuantu.patrols.rules.planned import plan_of
from nuantu.patrols.rules.replanning import Happening
from nuantu.places import services as places
from nuantu.places.models import KeyLocation
from nuantu.routing.problem_json import problem_from
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import COUNTY, TOWN
from tests.replay import repeated

if TYPE_CHECKING:
    from tests.cast import Cast

NAMES = ("东桥", "西桥", "南桥", "北桥", "中桥")


class Night:
    """The published week of two teams and five bridges, walked on its Monday night."""

    def __init__(self, cast: "Cast") -> None:
        self.cast, self.actor = cast, cast.dispatcher.actor
        services.get_ready()
        builders.a_season()
        with clock.frozen(EVENING):
            made = repeated("two teams and five bridges", self._published)
        self.one, self.two, self.week, self.ids = made

    def _published(self) -> tuple[Team, Team, PatrolWeek, dict[str, str]]:
        one, two = (builders.a_patrol_team(self.cast, name) for name in ("一队", "二队"))
        for number, name in enumerate(NAMES):
            spot = places.Spot(name, TOWN, 26.57 + number / 100, 107.98)
            places.add_key_location(
                actor=self.cast.township.actor, at=EVENING, spot=spot, kind="bridge_culvert"
            )
        leader = self.cast.leader.actor
        with scope.enter(scope.of_actor(leader)):
            week = services.plan_week(
                actor=leader, at=EVENING, county=COUNTY, first_day=date(2026, 12, 14)
            )
            with scope.system("a test reads what was asked"):
                week.refresh_from_db()
                problem = problem_from(week.search.problem)
            self.ids = {row.name: str(row.public_id) for row in KeyLocation.objects.all()}
            mine, theirs = str(one.public_id), str(two.public_id)
            stops = {(mine, 1): self.of("东桥", "西桥"), (theirs, 1): self.of("南桥", "北桥"),
                     (theirs, 5): self.of("中桥")}  # fmt: skip
            assert services.keep_plan(
                week=week, problem=problem, plan=plan_of(problem, stops), at=EVENING
            )
            week.refresh_from_db()
            services.approve(actor=leader, at=EVENING, week=week)
            services.publish(actor=leader, at=EVENING, week=week, reason="联合单位下周到位")
        return one, two, week, self.ids

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
