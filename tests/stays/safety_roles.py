"""Who may enter the pages about the safety of a station."""

from django.urls import reverse

from nuantu.core.ids import new_id
from nuantu.stays.models import FoodSample
from tests.cast import Cast
from tests.policy.roles import Row, Url, action
from tests.stays import custody
from tests.stays import safety_house as house
from tests.stays.house import a_stay_in_bed, a_zone

STAFF_READS = "leader reception carer medic station_head section_head office auditor"
CARES = "leader reception carer medic station_head"
READS, WORKS = f"{STAFF_READS} kitchen security", f"{CARES} kitchen security"
EATS, COOKS = f"{STAFF_READS} kitchen", f"{CARES} kitchen"
INSPECTS = "leader station_head section_head"


def _hazard(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_hazard(cast).public_id])


def _repaired(cast: Cast) -> str:
    return reverse("stays:recheck", args=[house.a_repair(cast).public_id])


def _check(cast: Cast) -> str:
    return reverse("stays:safety_check", args=[house.a_check(cast).public_id])


def _meal(name: str) -> Url:
    return lambda cast: reverse(name, args=[house.a_meal(cast).public_id])


def _sample(cast: Cast) -> str:
    meal = house.a_kept_meal(cast)
    return reverse("stays:sample_out", args=[FoodSample.objects.get(meal=meal).public_id])


def _suspicion(cast: Cast) -> str:
    return reverse("stays:suspicion_end", args=[house.a_suspicion(cast).public_id])


def _suspicion_more(cast: Cast) -> str:
    return reverse("stays:suspicion_more", args=[house.a_suspicion(cast).public_id])


def _inspection(cast: Cast) -> str:
    return reverse("stays:inspection", args=[house.an_inspection(cast).public_id])


def _more_hazards(cast: Cast, count: int) -> None:
    for _ in range(count):
        house.a_hazard(cast)


def _more_meals(cast: Cast, count: int) -> None:
    for day in range(count):
        house.a_meal(cast, days_ago=day + count)


OVERSEES = "leader station_head section_head office auditor"


def _more_residents(cast: Cast, count: int) -> None:
    a_zone(cast, f"{count}号", "male", "adult", beds=count)
    for _ in range(count):
        a_stay_in_bed(cast)


USES = "leader medic station_head"
FILMS = "leader station_head"


def _item(name: str) -> Url:
    return lambda cast: reverse(name, args=[custody.an_item(cast).public_id])


def _incident(cast: Cast) -> str:
    return reverse("stays:station_incident", args=[custody.an_incident(cast).public_id])


def _hold(name: str) -> Url:
    return lambda cast: reverse(name, args=[custody.a_hold(cast).public_id])


CUSTODY = {
    "stays:cupboard": Row(f"{USES} outsider"),
    "stays:item_new": Row(f"{USES} outsider"),
    "stays:cupboard_item": Row(USES, absent_for="outsider", at=_item("stays:cupboard_item")),
    "stays:item_move": action(USES, absent_for="outsider", at=_item("stays:item_move")),
    "stays:item_withdraw": action(USES, absent_for="outsider", at=_item("stays:item_withdraw")),
    "stays:item_count": action(USES, absent_for="outsider", at=_item("stays:item_count")),
    "stays:incidents": Row(f"{STAFF_READS} security outsider"),
    "stays:incident_new": Row(f"{CARES} security outsider"),
    "stays:station_incident": Row(f"{STAFF_READS} security", absent_for="outsider", at=_incident),
    "stays:video": Row(f"{FILMS} outsider"),
    "stays:camera_new": Row(f"{FILMS} outsider"),
    "stays:hold_new": Row(f"{FILMS} outsider"),
    "stays:hold": Row(FILMS, absent_for="outsider", at=_hold("stays:hold")),
    "stays:hold_release": action(FILMS, absent_for="outsider", at=_hold("stays:hold_release")),
}
SAFETY = {
    **CUSTODY,
    "stays:head": Row(f"{OVERSEES} outsider", more=_more_residents),
    "stays:head_people": Row(
        f"{OVERSEES} outsider",
        at=lambda cast: reverse("stays:head_people", args=["tonight"]),
        more=_more_residents,
    ),
    "stays:month": Row(f"{OVERSEES} outsider", more=_more_residents),
    "stays:month_export": Row(f"{OVERSEES} outsider"),
    "stays:month_rows": Row(
        f"{OVERSEES} outsider",
        at=lambda cast: reverse("stays:month_rows", args=["helped"]),
        more=_more_residents,
    ),
    "stays:safety": Row(f"{READS} outsider", more=_more_hazards),
    "stays:safety_check": Row(READS, absent_for="outsider", at=_check),
    "stays:check_start": action(
        f"{WORKS} outsider", at=lambda cast: reverse("stays:check_start", args=["fire"])
    ),
    "stays:checklists": Row("station_head outsider"),
    "stays:checklist": Row(
        "station_head outsider", at=lambda cast: reverse("stays:checklist", args=["fire"])
    ),
    "stays:hazards": Row(f"{READS} outsider", more=_more_hazards),
    "stays:hazard_new": Row(f"{WORKS} outsider"),
    "stays:hazard": Row(READS, absent_for="outsider", at=_hazard("stays:hazard")),
    "stays:repair": action(
        WORKS, absent_for="outsider", at=_hazard("stays:repair"), note_text="已移走"
    ),
    "stays:recheck": action(WORKS, absent_for="outsider", at=_repaired, is_mended="yes"),
    "stays:assign": action("station_head", absent_for="outsider", at=_hazard("stays:assign")),
    "stays:hazard_photo": Row(
        "",
        absent_for=f"{READS} outsider",
        at=lambda cast: reverse("stays:hazard_photo", args=[new_id()]),
    ),
    "stays:inspection_new": Row(f"{INSPECTS} outsider"),
    "stays:inspection": Row(READS, absent_for="outsider", at=_inspection),
    "stays:kitchen": Row(f"{EATS} outsider", more=_more_meals),
    "stays:diets": Row(f"{COOKS} outsider", more=_more_residents),
    "stays:sample_register": Row(f"{EATS} outsider", more=_more_meals),
    "stays:meal_new": Row(f"{COOKS} outsider"),
    "stays:samples": Row(COOKS, absent_for="outsider", at=_meal("stays:samples")),
    "stays:gap": Row(COOKS, absent_for="outsider", at=_meal("stays:gap")),
    "stays:sample_out": Row(COOKS, absent_for="outsider", at=_sample),
    "stays:samples_clear": action(f"{COOKS} outsider"),
    "stays:suspicion_new": Row(f"{COOKS} outsider"),
    "stays:suspicion_more": Row(COOKS, absent_for="outsider", at=_suspicion_more),
    "stays:suspicion_end": Row("station_head", absent_for="outsider", at=_suspicion),
}
