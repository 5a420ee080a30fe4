"""A social worker, a resident and what they set out to reach; everybody is invented."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.casework import services
from nuantu.casework.models import CaseGoal, CasePlan, RiskMark, SafetyPlan
from nuantu.core import clock, scope
from nuantu.persons.models import Case
from tests.cast import STATION, Cast, Player
from tests.stays import house

NOTES = "他说想跟妹妹说声对不起，别告诉别人"


def colleague(login: str = "worker2") -> Player:
    """Another social worker of the station, who works on nothing yet."""
    user = User.objects.filter(login=login).first()
    if user is None:
        user = User.objects.create(
            login=login,
            name="罗社工",
            organisation_id=STATION,
            roles=["social_worker"],
            password=UNUSABLE_PASSWORD_PREFIX,
        )
    user = User.objects.select_related("organisation__division").get(pk=user.pk)
    return Player(login, user.name, actor_for(user), user)


def a_case(cast: Cast, **more: Any) -> Case:
    """The open case of somebody who stays at the station."""
    stay = house.a_stay(cast, **more)
    with scope.system("a test looks"):
        return Case.objects.select_related("person").get(case_id=stay.case_id)


def case_of(plan: CasePlan) -> Case:
    """The case that a plan belongs to."""
    with scope.system("a test looks"):
        return Case.objects.select_related("person").get(case_id=plan.case_id)


def opening(cast: Cast, **more: Any) -> services.Opening:
    """By his own word, by the social worker of the station."""
    values: dict[str, Any] = {
        "ground": "consent",
        "ground_words": "愿意试试",
        "worker": cast.social_worker.account,
        "stand_in": None,
        "agency": "暖途社工中心",
        "next_step": "在活动室谈一次",
        "next_date": clock.today() + timedelta(days=1),
    }
    return services.Opening(**values | more)


def a_plan(cast: Cast, case: Case | None = None, **more: Any) -> CasePlan:
    """A plan of the social worker for a resident."""
    case = case or a_case(cast)
    actor = cast.social_worker.actor
    with scope.enter(scope.of_actor(actor)):
        return services.open_plan(
            actor=actor, at=clock.now(), case=case, opening=opening(cast, **more)
        )


def held(**more: Any) -> services.Held:
    """Half an hour of counselling in the station, just now."""
    values: dict[str, Any] = {
        "kind": "counselling",
        "place": "station",
        "held_at": clock.now() - timedelta(hours=1),
        "minutes": 30,
        "is_missed": False,
        "summary": "愿意继续谈",
        "given": "",
        "notes": NOTES,
        "next_step": "周四再谈",
        "next_date": clock.today() + timedelta(days=3),
    }
    return services.Held(**values | more)


def a_session(cast: Cast, plan: CasePlan, **more: Any) -> None:
    """The worker puts a session down."""
    actor = cast.social_worker.actor
    with scope.enter(scope.of_actor(actor)):
        services.hold_session(actor=actor, at=clock.now(), plan=plan, held=held(**more))


def a_goal(cast: Cast, plan: CasePlan | None = None) -> CaseGoal:
    """To call his mother every week."""
    plan, actor = plan or a_plan(cast), cast.social_worker.actor
    with scope.enter(scope.of_actor(actor)):
        return services.add_goal(
            actor=actor,
            at=clock.now(),
            plan=plan,
            area="network",
            words="每周和母亲通一次电话",
            measure="连续四周",
            due_date=clock.today() + timedelta(days=30),
        )


def a_mark(
    cast: Cast, case: Case | None = None, *, kind: str = "suicide", who: Player | None = None
) -> RiskMark:
    """The carer heard what somebody said at night."""
    case, actor = case or a_case(cast), (who or cast.carer).actor
    assessed = services.Assessed(kind, "high", ("says", "alone"), "夜里说不想活了")
    with scope.enter(scope.of_actor(actor)):
        return services.mark_risk(actor=actor, at=clock.now(), case=case, assessed=assessed)


def a_safety_plan(cast: Cast, plan: CasePlan) -> SafetyPlan:
    """What he and his worker wrote down for bad hours."""
    actor = cast.social_worker.actor
    with scope.enter(scope.of_actor(actor)):
        return services.put_safety_plan(
            actor=actor, at=clock.now(), plan=plan, is_agreed=True, signs="睡不着、想喝酒",
            helps="听山歌，去院子走一圈", people="姐姐 0855-1234567\n老工友 0855-7654321",
            out_of_reach="药由站里保管",
        )  # fmt: skip


def asked_to_lift(cast: Cast, mark: RiskMark | None = None) -> RiskMark:
    """The leader proposes to lift it."""
    mark, actor = mark or a_mark(cast), cast.leader.actor
    with scope.enter(scope.of_actor(actor)):
        return services.ask_to_lift(
            actor=actor, at=clock.now(), mark=mark, reason="两周没有再说，睡得好"
        )
