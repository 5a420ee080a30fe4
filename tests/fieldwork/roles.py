"""Who may enter the pages of fieldwork, and what a phone that proves nothing gets."""

from django.urls import reverse

from nuantu.core import clock
from nuantu.fieldwork import services
from tests.cast import Cast
from tests.policy.roles import Row, action

READS = "dispatcher leader patroller station_head other_patroller outsider"
ONLY_BY_TOKEN = Row("everybody", answers=frozenset({401}))


def _recovery(cast: Cast) -> str:
    device, _token = services.enrol(actor=cast.patroller.actor, at=clock.now(), label="一队手机")
    return reverse("fieldwork:recovery", args=[device.public_id])


ROLES = {
    "fieldwork:app": Row("everybody"),
    "fieldwork:app_in": Row("everybody", at=lambda _cast: "/field/app/en/"),
    "fieldwork:manifest": Row("everybody"),
    "fieldwork:worker": Row("everybody"),
    "fieldwork:whose": Row("staff"),
    "fieldwork:recovery": action(
        "patroller",
        absent_for="dispatcher leader station_head other_patroller outsider",
        at=_recovery,
    ),
    "fieldwork:devices": Row(READS),
    "fieldwork:bundle": ONLY_BY_TOKEN,
    "fieldwork:commands": Row("everybody", method="post", answers=frozenset({401})),
}
