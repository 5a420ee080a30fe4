"""Who may enter the pages of encounters: a contact of the station's patrol in 三棵树镇."""

from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.encounters import services
from nuantu.encounters.models import Revisit
from nuantu.encounters.services.rows import write_photos
from tests import builders
from tests.cast import Cast
from tests.encounters.conftest import photo
from tests.policy.roles import Row, Url, action

READS = (
    "operator dispatcher leader patroller reception medic station_head section_head office township "
    "auditor tracing_officer social_worker"
)
ELSEWHERE = "hospital police other_patroller outsider"
# The organisation that holds the contact writes; whoever oversees it reads.
WRITES = "dispatcher leader patroller station_head"
OTHERS = "township hospital police other_patroller outsider"
RECORDS = f"{WRITES} {OTHERS}"
REVEALS = "dispatcher leader patroller reception medic station_head section_head township"


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


def _photo(name: str, why: str = "") -> Url:
    def at(cast: Cast) -> str:
        encounter, actor = builders.an_encounter(cast), cast.patroller.actor
        with scope.enter(scope.of_actor(actor)):
            taken = write_photos(
                actor=actor, at=clock.now(), encounter=encounter, photos=[photo()]
            )[0]
            if why:
                services.hide_photo(actor=actor, at=clock.now(), photo=taken, why=why)
        return reverse(name, args=[taken.public_id])

    return at


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
    "encounters:photo": Row(READS, absent_for=ELSEWHERE, at=_photo("encounters:photo")),
    "encounters:use_photo": action(WRITES, absent_for=OTHERS, at=_photo("encounters:use_photo")),
    "encounters:photo_hide": Row(WRITES, absent_for=OTHERS, at=_photo("encounters:photo_hide")),
    "encounters:photo_show": action(
        WRITES, absent_for=OTHERS, at=_photo("encounters:photo_show", "wound")
    ),
    "encounters:photo_reveal": Row(
        REVEALS, absent_for=ELSEWHERE, at=_photo("encounters:photo_reveal", "wound")
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
