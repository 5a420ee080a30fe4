"""Who may enter the pages of casework: a plan of the station's social worker and a risk a carer marked.

The worker works; the leader, the head, the bureau and the audit read the timeline without what lies sealed. The
head of another prefecture's station finds nothing.
"""

from django.urls import reverse

from tests.casework import working
from tests.cast import Cast
from tests.policy.roles import Row, Url

READS = "social_worker leader station_head section_head auditor"
MARKS = "social_worker leader station_head reception carer medic patroller"
FAR = "outsider"


def _plan(name: str, *more: str) -> Url:
    return lambda cast: reverse(name, args=[working.a_plan(cast).public_id, *more])


def _case(name: str) -> Url:
    return lambda cast: reverse(name, args=[working.a_case(cast).case_id])


def _risk(name: str) -> Url:
    return lambda cast: reverse(name, args=[working.a_mark(cast).public_id])


def _goal(cast: Cast) -> str:
    return reverse("casework:row", args=["goal", working.a_goal(cast).public_id])


def _lift(cast: Cast) -> str:
    return reverse("casework:lift", args=[working.asked_to_lift(cast).public_id])


def _safety(cast: Cast) -> str:
    plan = working.a_plan(cast)
    working.a_safety_plan(cast, plan)
    return reverse("casework:safety", args=[plan.public_id])


def _more(cast: Cast, count: int) -> None:
    for _ in range(count):
        working.a_plan(cast)


ROLES = {
    "casework:plans": Row(f"{READS} {FAR}", more=_more),
    "casework:export": Row(f"social_worker station_head section_head {FAR}", more=_more),
    "casework:open": Row("social_worker station_head", absent_for=FAR, at=_case("casework:open")),
    "casework:mark": Row(MARKS, absent_for=f"other_patroller {FAR}", at=_case("casework:mark")),
    "casework:plan": Row(READS, absent_for=FAR, at=_plan("casework:plan")),
    # The bureau and the audit read the timeline only.
    "casework:sealed": Row(
        "social_worker leader station_head",
        absent_for=f"section_head auditor {FAR}",
        at=_plan("casework:sealed"),
    ),
    "casework:safety": Row(
        "social_worker leader station_head",
        absent_for=f"section_head auditor {FAR}",
        at=_safety,
    ),
    "casework:deed": Row(
        "social_worker station_head",
        absent_for=f"leader section_head auditor {FAR}",
        at=_plan("casework:deed", "goal"),
    ),
    "casework:row": Row(
        "social_worker station_head",
        absent_for=f"leader section_head auditor {FAR}",
        at=_goal,
    ),
    "casework:ask": Row(MARKS, absent_for=f"other_patroller {FAR}", at=_risk("casework:ask")),
    # Nobody works on a plan with him: who leads the house looks again.
    "casework:review": Row(
        "leader station_head",
        absent_for=f"social_worker reception carer medic patroller other_patroller {FAR}",
        at=_risk("casework:review"),
    ),
    "casework:ask_to_lift": Row(
        "leader station_head",
        absent_for=f"social_worker reception carer medic patroller other_patroller {FAR}",
        at=_risk("casework:ask_to_lift"),
    ),
    "casework:lift": Row("leader station_head", absent_for=FAR, at=_lift),
}
