"""Who may enter the pages of settlement: a stranded man of the station of 凯里.

The station's tracing officer and head work there, its leader and the bureau read; review, plan and approval are the
bureau's. The reception, the kitchen and the police find nothing.
"""

from django.urls import reverse

from tests.cast import Cast
from tests.homeward import settling
from tests.policy.roles import Row, Url

WRITES = "tracing_officer station_head"
READS = f"{WRITES} leader section_head"


def _at(name: str) -> Url:
    return lambda cast: reverse(f"homeward:{name}", args=[settling.a_settlement(cast).public_id])


def _stay(cast: Cast) -> str:
    return reverse("homeward:settle", args=[settling.stranded(cast).public_id])


def _more(cast: Cast, count: int) -> None:
    settling.stranded(cast)
    for _turn in range(count):
        settling.a_settlement(cast)


def _claim(cast: Cast) -> str:
    row = settling.a_settlement(cast)
    return reverse("homeward:claim", args=[settling.claimed(cast, row).public_id])


ROLES = {
    "homeward:settlements": Row(f"{READS} outsider", more=_more),
    "homeward:settlement_export": Row("station_head section_head outsider", more=_more),
    "homeward:settle": Row(WRITES, absent_for="outsider", at=_stay),
    "homeward:settlement": Row(READS, absent_for="outsider", at=_at("settlement")),
    "homeward:settlement_step": Row(
        WRITES, absent_for="leader section_head outsider", at=_at("settlement_step")
    ),
    "homeward:settlement_application": Row(
        WRITES, absent_for="outsider", at=_at("settlement_application")
    ),
    "homeward:settlement_halt": Row(WRITES, absent_for="outsider", at=_at("settlement_halt")),
    "homeward:settlement_claim": Row(WRITES, absent_for="outsider", at=_at("settlement_claim")),
    "homeward:claim": Row(WRITES, absent_for="outsider", at=_claim),
    "homeward:settlement_go_on": Row(WRITES, absent_for="outsider", at=_at("settlement_go_on")),
    "homeward:settlement_end": Row(WRITES, absent_for="outsider", at=_at("settlement_end")),
}
