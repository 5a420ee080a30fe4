"""Who may enter the pages of encounters: a contact of the station's patrol in 三棵树镇."""

from uuid import uuid4

from django.urls import reverse

from nuantu.encounters.models import Revisit
from tests import builders
from tests.cast import Cast
from tests.policy.roles import Row, Url, action

READS = (
    "operator dispatcher leader patroller reception medic station_head section_head office township "
    "auditor"
)
ELSEWHERE = "hospital police other_patroller outsider"
# The organisation that holds the contact writes; whoever oversees it reads.
WRITES = "dispatcher leader patroller station_head"
RECORDS = f"{WRITES} township hospital police other_patroller outsider"


def _met(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.an_encounter(cast).public_id])


def _gate(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_gate(cast).public_id])


def _visit(cast: Cast) -> str:
    revisit = Revisit.objects.get(encounter=builders.a_refusal(cast))
    return reverse("encounters:visit", args=[revisit.public_id])


def _more(cast: Cast, count: int) -> None:
    for _ in range(count):
        builders.an_encounter(cast)


ROLES = {
    "encounters:list": Row(f"{READS} {ELSEWHERE}", more=_more),
    "encounters:export": Row("leader station_head section_head office auditor outsider"),
    "encounters:new": Row(RECORDS),
    "encounters:advice": Row(RECORDS),
    "encounters:visits": Row(f"{READS} {ELSEWHERE}"),
    "encounters:visit": action(
        WRITES, absent_for="township hospital police other_patroller outsider", at=_visit
    ),
    "encounters:notices": Row("hospital police leader station_head section_head outsider"),
    "encounters:card": Row(RECORDS),
    "encounters:photo": Row(
        "",
        absent_for=f"{READS} {ELSEWHERE}",
        at=lambda cast: reverse("encounters:photo", args=[uuid4()]),
    ),
    "encounters:use_photo": action(
        "", absent_for=RECORDS, at=lambda cast: reverse("encounters:use_photo", args=[uuid4()])
    ),
    "encounters:detail": Row(READS, absent_for=ELSEWHERE, at=_met("encounters:detail")),
    "encounters:correct": Row(
        WRITES,
        absent_for="township hospital police other_patroller outsider",
        at=_met("encounters:correct"),
    ),
    "encounters:put_back": action(
        WRITES,
        absent_for="township hospital police other_patroller outsider",
        at=_met("encounters:put_back"),
    ),
    "encounters:decide": action(
        "leader station_head", absent_for="outsider", at=_gate("encounters:decide")
    ),
    "encounters:review": action(
        "leader station_head", absent_for="outsider", at=_gate("encounters:review")
    ),
    # A sheet goes along with a hand-over; who is only offered the case does not open what is sealed.
    "encounters:reveal_sheet": action(
        "dispatcher leader patroller reception medic station_head section_head township",
        absent_for="hospital police other_patroller outsider",
        at=_gate("encounters:reveal_sheet"),
    ),
}
