"""Who may enter the pages of warnings: official notices are read by the staff but the kitchen and the gate; leaders answer."""

import contextlib

from django.urls import reverse

from nuantu.core import clock
from nuantu.warnings.models import UnreadBody
from nuantu.warnings.services import MessageUnreadable, take_message
from tests.cast import Cast
from tests.policy.roles import Row, Url, action, program

READS = "staff -hospital -police -kitchen -security"
ANSWERS = "leader station_head section_head office"
TEXT = "凯里市气象台发布寒潮蓝色预警信号：预计未来48小时最低气温下降8℃以上。"


def a_warning(cast: Cast, text: str = TEXT) -> str:
    """A warning for 凯里, taken now; its public id."""
    at = clock.now()
    taken = take_message(
        actor=cast.operator.actor,
        at=at,
        body=text.encode(),
        content_type="text/plain",
        received_at=at,
    )
    return str(taken.public_id)


def an_unread_body(cast: Cast) -> str:
    """The page of a message that nobody could read."""
    with contextlib.suppress(MessageUnreadable):
        a_warning(cast, "黔东南气象台发布寒潮蓝")
    return reverse("warnings:unread", args=[UnreadBody.objects.get().public_id])


def _of_warning(name: str) -> Url:
    return lambda cast: reverse(name, args=[a_warning(cast)])


def _many(cast: Cast, count: int) -> None:
    for number in range(count):
        a_warning(cast, TEXT.replace("48", str(10 + number)))


ROLES = {
    "warnings:register": Row(READS, more=_many),
    "warnings:export": Row("leader station_head section_head office auditor outsider"),
    "warnings:enter": Row("operator dispatcher leader station_head section_head office outsider"),
    "warnings:warning": Row(READS, at=_of_warning("warnings:warning")),
    "warnings:printed": Row(READS, at=_of_warning("warnings:printed")),
    "warnings:original": Row(READS, at=_of_warning("warnings:original")),
    "warnings:covered": Row(READS, at=_of_warning("warnings:covered")),
    "warnings:unread": Row(READS, at=an_unread_body),
    "warnings:acknowledge": action(
        ANSWERS, absent_for="outsider", at=_of_warning("warnings:acknowledge")
    ),
    "warnings:confirm_end": action(
        ANSWERS, absent_for="outsider", at=_of_warning("warnings:confirm_end"), note="已电话核实"
    ),
    "api:warnings_post": program(
        "section_head office admin outsider",
        method="post",
        data={"headline": "凯里市气象台发布寒潮蓝色预警", "identifier": "t-1"},
    ),
    "api:warnings_list": program(READS),
    "api:warnings_one": program(READS, at=_of_warning("api:warnings_one")),
}
