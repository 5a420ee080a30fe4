"""Who may enter the pages of the ledger: an entry of 三棵树镇, and the alert to the station of 凯里.

The township's officer keeps it; the bureau, the leader and the head oversee the county and read it. The reception
sees only whom to call. The kitchen, the police and the next prefecture find nothing.
"""

from django.urls import reverse

from tests.cast import Cast
from tests.homeward import keeping
from tests.policy.roles import Row, Url

WRITES = "township tracing_officer station_head section_head"
OVERSEES = "township station_head leader section_head"
ELSEWHERE = "tracing_officer station_head section_head outsider"
ASKS = "dispatcher leader reception tracing_officer station_head"


def _entry(name: str) -> Url:
    return lambda cast: reverse(f"homeward:{name}", args=[keeping.an_entry(cast).public_id])


def _help(cast: Cast) -> str:
    row = keeping.a_help(cast, keeping.an_entry(cast))
    return reverse("homeward:step", args=[row.public_id])


def _alert(cast: Cast) -> str:
    keeping.found_again(cast)
    return reverse("homeward:alert", args=[keeping.the_alert().public_id])


def _more(cast: Cast, count: int) -> None:
    for number in range(count):
        keeping.an_entry(cast, name=f"样阿{'甲乙丙丁戊己庚辛'[number % 8]}")


def _more_alerts(cast: Cast, count: int) -> None:
    for number in range(count):
        keeping.found_again(cast, name=f"样阿{'甲乙丙丁戊己庚辛'[number % 8]}")


def _own(name: str) -> Row:
    return Row("township", absent_for=ELSEWHERE, at=_entry(name))


ROLES = {
    "homeward:ledger": Row(f"{WRITES} leader outsider", more=_more),
    "homeward:ledger_export": Row("township station_head section_head outsider", more=_more),
    "homeward:ledger_new": Row(f"{WRITES} outsider"),
    "homeward:ledger_alerts": Row(f"{ASKS} township outsider", more=_more_alerts),
    "homeward:alert": Row(ASKS, absent_for="township outsider", at=_alert),
    "homeward:step": Row("township", absent_for=ELSEWHERE, at=_help),
    "homeward:entry": Row(OVERSEES, absent_for="tracing_officer outsider", at=_entry("entry")),
    "homeward:assess": _own("assess"),
    "homeward:visit": _own("visit"),
    "homeward:keeper": _own("keeper"),
    "homeward:aid": _own("aid"),
    "homeward:offer": _own("offer"),
    "homeward:end_entry": _own("end_entry"),
}
