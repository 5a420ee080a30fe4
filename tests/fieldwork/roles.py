"""Who may enter the pages of fieldwork, and what a phone that proves nothing gets."""

from uuid import uuid4

from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.fieldwork import services
from nuantu.fieldwork.models import FieldDevice, ReviewCard
from tests.cast import Cast
from tests.policy.roles import Row, Url, action

READS = (
    "dispatcher leader patroller reception carer medic township tracing_officer station_head"
    " other_patroller outsider"
)
ONLY_BY_TOKEN = Row("everybody", answers=frozenset({401}))


DECIDES = "dispatcher leader station_head"


def _enrolled(cast: Cast) -> FieldDevice:
    return services.enrol(actor=cast.patroller.actor, at=clock.now(), label="一队手机")[0]


def _device(name: str) -> Url:
    return lambda cast: reverse(name, args=[_enrolled(cast).public_id])


def _more_devices(cast: Cast, count: int) -> None:
    for _one in range(count):
        _enrolled(cast)


def _more_cards(cast: Cast, count: int) -> None:
    made = [{"id": str(uuid4()), "kind": "house.burn"} for _one in range(count)]
    services.keep(at=clock.now(), device=_enrolled(cast), delivery=services.Delivery(made))


def _card(name: str) -> Url:
    def url(cast: Cast) -> str:
        _more_cards(cast, 1)
        with scope.system("a test looks for a card"):
            return reverse(name, args=[ReviewCard.objects.order_by("-pk")[0].public_id])

    return url


ROLES = {
    "fieldwork:app": Row("everybody"),
    "fieldwork:app_in": Row("everybody", at=lambda _cast: "/field/app/en/"),
    "fieldwork:manifest": Row("everybody"),
    "fieldwork:worker": Row("everybody"),
    "fieldwork:spot": Row(
        "everybody", at=lambda _cast: f"/field/at/stay/{uuid4()}/", answers=frozenset({302})
    ),
    "fieldwork:whose": Row("staff"),
    "fieldwork:recovery": action(
        "patroller",
        absent_for="dispatcher leader reception carer medic township tracing_officer station_head"
        " other_patroller outsider",
        at=_device("fieldwork:recovery"),
    ),
    "fieldwork:devices": Row(READS, more=_more_devices),
    "fieldwork:device_revoke": action(
        "patroller dispatcher leader station_head",
        absent_for="reception carer medic township tracing_officer other_patroller outsider",
        at=_device("fieldwork:device_revoke"),
        reason="丢了",
    ),
    "fieldwork:reviews": Row(f"{DECIDES} medic outsider", more=_more_cards),
    "fieldwork:review": Row(DECIDES, absent_for="medic outsider", at=_card("fieldwork:review")),
    **{
        name: action(DECIDES, absent_for="medic outsider", at=_card(name), reason="重复")
        for name in (
            "fieldwork:review_apply",
            "fieldwork:review_enter",
            "fieldwork:review_set_aside",
        )
    },
    "fieldwork:bundle": ONLY_BY_TOKEN,
    "fieldwork:commands": Row("everybody", method="post", answers=frozenset({401})),
}
