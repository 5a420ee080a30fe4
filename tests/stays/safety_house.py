"""Meals, checks, hazards and inspectors for the tests of a station's safety."""

from datetime import timedelta

from nuantu.core import clock, scope
from nuantu.stays.models import FoodSuspicion, Hazard, Inspection, KitchenMeal, SafetyCheck
from nuantu.stays.services import safety
from tests.cast import Cast, Player
from tests.stays.house import a_zone

LUNCH_HOUR = 12


def a_meal(cast: Cast, *dishes: str, days_ago: int | None = None) -> KitchenMeal:
    """Lunch was served, the last one unless told; a sample of each dish is owed."""
    actor = cast.carer.actor
    if days_ago is None:
        days_ago = 0 if clock.local(clock.now()).hour >= LUNCH_HOUR else 1
    with scope.enter(scope.of_actor(actor)):
        return safety.serve_meal(
            actor=actor,
            at=clock.now(),
            meal="lunch",
            dishes=list(dishes) or ["白菜豆腐"],
            people_count=20,
            served_date=clock.today() - timedelta(days=days_ago),
        )


def a_kept_meal(cast: Cast) -> KitchenMeal:
    """Lunch with its sample in the fridge."""
    meal, actor = a_meal(cast), cast.carer.actor
    with scope.enter(scope.of_actor(actor)):
        safety.put_in(actor=actor, at=clock.now(), meal=meal, grams={"白菜豆腐": 150})
    return meal


def a_suspicion(cast: Cast) -> FoodSuspicion:
    """Two residents feel ill after lunch."""
    actor = cast.medic.actor
    with scope.enter(scope.of_actor(actor)):
        return safety.suspect(actor=actor, at=clock.now(), ill_count=2, signs="101房两人午饭后呕吐")


def a_check(cast: Cast, kind: str = "fire") -> SafetyCheck:
    """A check that the carer begins beside the rhythm."""
    if not SafetyCheck.objects.exists():
        a_zone(cast, "男区", "male", "adult")
    actor = cast.carer.actor
    with scope.enter(scope.of_actor(actor)):
        return safety.start_check(actor=actor, at=clock.now(), kind=kind)


def a_hazard(cast: Cast, *, who: Player | None = None, is_urgent: bool = False) -> Hazard:
    """The way out is blocked."""
    actor = (who or cast.carer).actor
    found = safety.Found(what="疏散通道堆了棉被", place="二楼", is_urgent=is_urgent)
    with scope.enter(scope.of_actor(actor)):
        return safety.raise_hazard(actor=actor, at=clock.now(), found=found)


def a_repair(cast: Cast, who: Player | None = None) -> Hazard:
    """A hazard that the carer mended."""
    hazard, actor = a_hazard(cast), (who or cast.carer).actor
    with scope.enter(scope.of_actor(actor)):
        return safety.repair_hazard(
            actor=actor, at=clock.now(), hazard=hazard, note_text="棉被已移到库房"
        )


def an_inspection(cast: Cast, *findings: str) -> Inspection:
    """Two fire inspectors came by lot."""
    actor = cast.leader.actor
    visit = safety.Visit(
        authority="fire",
        mode="double_random",
        inspected_at=clock.now(),
        inspectors=("样消防甲", "样消防乙"),
        findings=findings or ("二楼应急灯不亮",),
    )
    with scope.enter(scope.of_actor(actor)):
        return safety.record_inspection(actor=actor, at=clock.now(), visit=visit)
