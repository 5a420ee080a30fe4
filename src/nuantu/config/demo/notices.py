"""Tracing notices of the demo: one that stands on four channels with two leads, one that waits for the head,
one that was withdrawn because it was wrong and still hangs on a door. Everybody is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.persons.models import Case
from nuantu.stays.models import Stay
from nuantu.tracing.models import TracingNotice
from nuantu.tracing.rules.framing import Frame
from nuantu.tracing.services import notices

SITE: Final = "https://xunqin.example/notice/{}"


@dataclass(frozen=True, slots=True)
class Shown:
    """Who the notice is about, by his looks, and what it says."""

    looks: str
    days: float
    says: Mapping[str, Any]


STANDING: Final = Shown(
    "白胡子，军大衣",
    40.4,
    {
        "age_low": 62, "age_high": 72, "height_low": 165, "height_high": 168, "health": "moves_badly",
        "intellect": "slow", "mental_state": "calm", "features": "白胡子，左腿跛，会编竹器", "clothing": "军大衣，解放鞋",
        "found_place": "凯里市南桥桥洞（演示）",
    },
)  # fmt: skip
WRONG: Final = Shown(
    "跛行，拄木棍",
    14.4,
    {
        "age_low": 50, "age_high": 55, "health": "moves_badly", "features": "右腿跛，拄木棍", "clothing": "蓝布棉衣",
        "found_place": "凯里汽车站（演示）",
    },
)  # fmt: skip
WAITING: Final = Shown(
    "棉鞋破了",
    0.2,
    {
        "age_low": 50, "age_high": 60, "features": "右手背有旧烫伤疤，门牙缺一颗", "clothing": "灰棉衣，破棉鞋",
        "mental_state": "confused", "found_place": "凯里市大十字街口（演示）",
    },
)  # fmt: skip


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Draft, approve, send, withdraw in the order of time."""
    officer, head = people["tracing"], people["station"]
    _standing(officer, head, at)
    _wrong(officer, head, at)
    _drafted(officer, WAITING, at, asks=True)


def _standing(officer: Actor, head: Actor, at: datetime) -> None:
    begun = at - timedelta(days=STANDING.days)
    notice = _drafted(officer, STANDING, at, asks=True)
    _as(head, begun + timedelta(hours=2), notices.approve, notice=notice)
    for hours, channel in enumerate(
        ("tracing_website", "news_feed", "station_door", "public_pages")
    ):
        _sent(officer, notice, channel, begun + timedelta(hours=3 + hours))
    moment = at - timedelta(days=2)
    told = notices.Told(
        "phone",
        moment,
        "像镇远那边编竹器的老人，十几年没见了（演示）",
        "样来电（演示）",
        "08550000951",
    )
    lead = _as(officer, moment, notices.take_lead, notice=notice, told=told)
    said = "问过本人，会编竹器；请镇远站到村里核实（演示）"
    later = moment + timedelta(hours=3)
    _as(officer, later, notices.judge_lead, lead=lead, state="useful", words=said)
    moment = at - timedelta(hours=5)
    told = notices.Told("web", moment, "给两千元酬谢就说他是谁（演示）", is_for_reward=True)
    _as(officer, moment, notices.take_lead, notice=notice, told=told)


def _wrong(officer: Actor, head: Actor, at: datetime) -> None:
    begun = at - timedelta(days=WRONG.days)
    notice = _drafted(officer, WRONG, at, asks=True)
    _as(head, begun + timedelta(hours=1), notices.approve, notice=notice)
    rows = [
        _sent(officer, notice, channel, begun + timedelta(hours=2 + hours))
        for hours, channel in enumerate(("tracing_website", "station_door"))
    ]
    found = at - timedelta(hours=3)
    reason = "特征写反了，是左腿跛（演示）"
    case = notice.of_case
    _as(officer, found, notices.withdraw_notices, case=case, cause="mistake", reason=reason)
    proof = notices.Proof(words="网站已显示“该公告已撤下”（演示）")
    _as(officer, found + timedelta(hours=1), notices.take_down, posting=rows[0], proof=proof)


def _drafted(actor: Actor, shown: Shown, now: datetime, *, asks: bool) -> TracingNotice:
    at = now - timedelta(days=shown.days)
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        stay = Stay.objects.filter(person__looks=shown.looks, left_at=None).latest("pk")
        case = Case.objects.select_related("person__photo").get(case_id=stay.case_id)
        day = clock.local(stay.entered_at).date()
        text = notices.Text(sex=case.person.sex, found_date=day, **shown.says)
        which = "person" if case.person.photo_id else "none"
        photo = notices.Photo(which, frame=Frame(share=90, down=10))
        made = notices.draft_notice(actor=actor, at=at, case=case, text=text, photo=photo)
        if asks:
            notices.ask_approval(actor=actor, at=at + timedelta(minutes=10), notice=made)
    return made


def _sent(actor: Actor, notice: TracingNotice, channel: str, at: datetime) -> Any:
    is_site = channel in ("tracing_website", "news_feed")
    proof = notices.Proof(
        link=SITE.format(notice.number) if is_site else "",
        number="门口公告栏（演示）" if channel == "station_door" else "",
    )
    sent = notices.Sent(channel, at)
    return _as(actor, at, notices.send, notice=notice, sent=sent, proof=proof)


def _as(actor: Actor, at: datetime, act: Any, **values: Any) -> Any:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        return act(actor=actor, at=at, **values)
