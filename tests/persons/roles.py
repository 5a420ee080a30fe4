"""Who may enter the pages of persons: a case of the station in a township of 凯里.

The station's own staff, and whoever oversees the township, the county or the prefecture, find him;
partners without a grant, the neighbour county and the other prefecture find nothing.
"""

from uuid import uuid4

from django.urls import reverse

from nuantu.core import clock
from nuantu.persons import services
from nuantu.persons.models import PersonClass
from tests.builders import a_case, a_hold
from tests.cast import Cast
from tests.policy.roles import Row, Url, action, leads_on

READS = (
    "operator dispatcher leader patroller reception carer medic tracing_officer social_worker station_head section_head office "
    "township auditor"
)
ELSEWHERE = "hospital police other_patroller outsider"
# Whoever oversees reads; the organisation that holds the case writes.
WRITES = "operator dispatcher leader patroller reception medic station_head"
READS_ONLY = "township"


def _person(name: str) -> Url:
    return lambda cast: reverse(name, args=[a_case(cast).person.public_id])


def _earlier(cast: Cast) -> str:
    address = reverse("persons:timeline", args=[a_case(cast).person.public_id])
    return f"{address}?before=2100-01-01T00:00:00%2B00:00"


def _case(name: str) -> Url:
    return lambda cast: reverse(name, args=[a_case(cast).public_id])


def _closed_case(name: str) -> Url:
    def at(cast: Cast) -> str:
        case = a_case(cast)
        services.close_case(
            actor=cast.dispatcher.actor, at=clock.now(), case=case, closing="helped_on_spot"
        )
        return reverse(name, args=[case.public_id])

    return at


def _class(cast: Cast) -> str:
    case = a_case(cast)
    services.assign_classes(
        actor=cast.patroller.actor,
        at=clock.now(),
        case=case,
        codes=["rough_sleeper"],
        source="现场",
    )
    found = PersonClass.objects.get(person=case.person)
    return reverse("persons:class_withdraw", args=[case.person.public_id, found.public_id])


def _pair(cast: Cast) -> str:
    first, second = a_case(cast).person, a_case(cast).person
    return reverse("persons:link_propose", args=[first.public_id, second.public_id])


def _no_link(name: str) -> Url:
    return lambda cast: reverse(name, args=[a_case(cast).person.public_id, uuid4()])


def _more(cast: Cast, count: int) -> None:
    for _ in range(count):
        a_case(cast)


ROLES = {
    "persons:list": Row(f"{READS} {ELSEWHERE}", more=_more),
    "persons:export": Row("leader station_head section_head outsider"),
    "persons:detail": Row(READS, absent_for=ELSEWHERE, at=_person("persons:detail")),
    "persons:timeline": Row(READS, absent_for=ELSEWHERE, at=_earlier),
    "persons:reveal": action(
        "dispatcher leader patroller reception medic station_head section_head township",
        absent_for=ELSEWHERE,
        at=_person("persons:reveal"),
    ),
    # Nobody took a photo of him.
    "persons:photo": Row("", absent_for=f"{READS} {ELSEWHERE}", at=_person("persons:photo")),
    "persons:fact_add": action(
        WRITES, absent_for=f"{ELSEWHERE} {READS_ONLY}", at=_person("persons:fact_add")
    ),
    "persons:describe": action(
        WRITES, absent_for=f"{ELSEWHERE} {READS_ONLY}", at=_person("persons:describe")
    ),
    "persons:class_add": action(
        WRITES, absent_for=f"{ELSEWHERE} {READS_ONLY}", at=_person("persons:class_add")
    ),
    "persons:class_withdraw": action(WRITES, absent_for=f"{ELSEWHERE} {READS_ONLY}", at=_class),
    "persons:restrict": action(
        "leader station_head section_head", absent_for="outsider", at=_person("persons:restrict")
    ),
    "persons:link_propose": action(
        f"{WRITES} township", absent_for="other_patroller outsider", at=_pair
    ),
    "persons:link_decide": action(
        "", absent_for="dispatcher leader station_head outsider", at=_no_link("persons:link_decide")
    ),
    "persons:link_undo": action(
        "", absent_for="dispatcher leader station_head outsider", at=_no_link("persons:link_undo")
    ),
    "persons:case": leads_on(READS, absent_for=ELSEWHERE, at=_case("persons:case")),
    "persons:case_erase": action(
        "station_head section_head", absent_for="outsider", at=_closed_case("persons:case_erase")
    ),
    "persons:hold_add": Row(
        "leader station_head section_head",
        absent_for="outsider",
        at=lambda cast: reverse("persons:hold_add", args=["case", a_case(cast).public_id]),
    ),
    "persons:hold": Row(
        "leader station_head section_head",
        absent_for="outsider",
        at=lambda cast: reverse("persons:hold", args=[a_hold(cast).public_id]),
    ),
    "persons:case_close": action(
        "dispatcher leader station_head",
        absent_for="township hospital police outsider",
        at=_case("persons:case_close"),
    ),
}
