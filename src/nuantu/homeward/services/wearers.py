"""Looking after somebody with a wristband: begin, hand it over, take it back, fences, thresholds, end."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, live
from nuantu.core.actors import Actor
from nuantu.core.ids import RECEIPT_ALPHABET
from nuantu.core.sentences import stored
from nuantu.homeward.models import (
    WRONG,
    Fence,
    LastFix,
    Purpose,
    Stock,
    Wearer,
    Wearing,
    Wristband,
)
from nuantu.homeward.rules.fences import FenceFault, Shape, circle, polygon, written
from nuantu.homeward.services.alarms import end_open, void
from nuantu.homeward.services.consents import Agreed, give_consent
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.homeward.services.owing import note_ended, note_returned
from nuantu.homeward.services.purging import forget_last, purge_since
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Case

FENCE_FAULTS: Final[dict[str, str | Promise]] = {
    "centre": _("圆心的经纬度不对。"),
    "missing": _("请在地图上点圆心，或填多边形的角。"),
    "radius": _("半径在50米到50公里之间。"),
    "corners": _("多边形要3到60个角，每行一个“纬度,经度”。"),
    "area": _("多边形的角在一条线上，围不住地方。"),
    "crossing": _("多边形的边交叉了，请按顺序排列各个角。"),
}
MOST_FENCES: Final = 10


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A wearer's own term and thresholds; an empty term, silence or stillness is the usual of the division, no hours
    of stillness (0) are never said."""

    term_days: int | None = None
    silent_minutes: int | None = None
    low_battery: int = 15
    still_hours: int | None = None
    margin_metres: int = 50
    quiet_from: time | None = None
    quiet_to: time | None = None


def begin_wearer(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    ground: str,
    agreed: Agreed,
    thresholds: Thresholds | None = None,
) -> Wearer:
    """Begin to look after somebody with a wristband, free of charge, on a consent to locating.

    Raises HomewardRefused without that consent or a ground, for somebody who has one, or a term that is too long.
    """
    if not ground.strip():
        raise HomewardRefused(
            _("请写为什么需要手环，例如“认知障碍，两次走失，低保户”。"), field="ground"
        )
    if Purpose.LOCATE not in agreed.purposes:
        raise HomewardRefused(_("没有“收集位置”的同意，不能佩戴手环。"), field="purposes")
    values = _settled(case.division_code, at, thresholds or Thresholds())
    try:
        with transaction.atomic():
            wearer = Wearer.objects.create(
                number=_number(case.division_code, at),
                person=case.person,
                case_id=case.case_id,
                division_code=case.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
                ground=ground.strip()[:200],
                began_at=at,
                **values,
            )
            LastFix.objects.create(
                wearer=wearer,
                case_id=wearer.case_id,
                division_code=wearer.division_code,
                owner_org=wearer.owner_org,
                recorded_at=at,
            )
            note(
                wearer,
                "wearer.begin",
                actor=actor,
                at=at,
                summary="开始手环佩戴服务",
                changes={"term_days": wearer.term_days, "reason": wearer.ground},
            )
            give_consent(actor=actor, at=at, wearer=wearer, agreed=agreed)
    except IntegrityError as error:
        if "homeward_wearer_once_at_a_time" in str(error):
            raise HomewardRefused(_("这个人已经在佩戴手环。")) from error
        raise
    return wearer


def set_thresholds(*, actor: Actor, at: datetime, wearer: Wearer, thresholds: Thresholds) -> Wearer:
    """Change the term or a threshold; a shorter term counts from the next night. Raises HomewardRefused."""
    values = _settled(wearer.division_code, at, thresholds)
    with transaction.atomic():
        held = _held(wearer)
        changed = {name: value for name, value in values.items() if getattr(held, name) != value}
        for name, value in changed.items():
            setattr(held, name, value)
        held.save(update_fields=[*changed] or ["term_days"])
        note(
            held,
            "wearer.thresholds",
            actor=actor,
            at=at,
            summary="修改手环提醒设置",
            changes={name: str(value) for name, value in changed.items()},
        )
    return held


def _settled(division_code: str, at: datetime, wanted: Thresholds) -> dict[str, object]:
    """The thresholds with what the division usually has. Raises HomewardRefused."""
    book = rules_at(division_code, at)
    longest = int(book.need("wristband.term_longest").number)
    term = wanted.term_days or int(book.need("wristband.term").number)
    silent = wanted.silent_minutes or int(book.need("wristband.silent").number)
    if not 1 <= term <= longest:
        raise HomewardRefused(
            _("轨迹最多保存 %(days)s 天。") % {"days": longest}, field="term_days"
        )
    if silent < 10:
        raise HomewardRefused(_("没有信号的时限最短10分钟。"), field="silent_minutes")
    if (wanted.quiet_from is None) != (wanted.quiet_to is None):
        raise HomewardRefused(_("安静时段要写开始和结束。"), field="quiet_to")
    still = wanted.still_hours
    if still is None:
        still = int(book.need("wristband.still").number)
    return asdict(wanted) | {
        "term_days": term,
        "silent_minutes": silent,
        "still_hours": still or None,
    }


def hand_over(*, actor: Actor, at: datetime, wearer: Wearer, band: Wristband) -> Wearing:
    """Give a wristband from the store to a wearer. Raises HomewardRefused.

    From now on its fixes are his, on his consent; nothing it told before is.
    """
    with transaction.atomic():
        held = _held(wearer)
        stored_band = Wristband.objects.select_for_update().get(pk=band.pk)
        if stored_band.state != Stock.IN_STORE:
            raise HomewardRefused(_("这只手环不在库里，不能发放。"), field="band")
        if held.wearings.filter(taken_at=None).exists():
            raise HomewardRefused(_("这个人已经有一只手环，先办归还。"), field="band")
        today = clock.local(at).date()
        if not any(
            one.is_live(today)
            for one in held.consents.filter(purpose=Purpose.LOCATE, ended_at=None)
        ):
            raise HomewardRefused(_("没有有效的“收集位置”同意，先登记同意。"), field="band")
        wearing = Wearing.objects.create(wearer=held, wristband=stored_band, given_at=at)
        stored_band.state = Stock.WORN
        stored_band.save(update_fields=["state"])
        forget_last(held)
        LastFix.objects.update_or_create(
            wearer=held,
            defaults={
                "case_id": held.case_id,
                "division_code": held.division_code,
                "owner_org": held.owner_org,
                "heard_at": at,
            },
        )
        note(
            held,
            "wearer.hand",
            actor=actor,
            at=at,
            summary=f"发放手环 {stored_band.number}",
            changes={"number": stored_band.number},
        )
    return wearing


def take_back(
    *, actor: Actor, at: datetime, wearer: Wearer, state: str = Stock.RETURNED, reason: str = ""
) -> None:
    """The wristband comes back, is lost or broken: from now on nothing it tells is his. Raises HomewardRefused."""
    if state not in (Stock.RETURNED, Stock.LOST, Stock.BROKEN):
        raise HomewardRefused(_("请选手环是归还、丢失还是损坏。"), field="state")
    with transaction.atomic():
        wearing = (
            wearer.wearings.select_for_update(of=("self",))
            .select_related("wristband")
            .filter(taken_at=None)
            .first()
        )
        if wearing is None:
            raise HomewardRefused(_("这个人现在没有手环。"))
        wearing.taken_at, wearing.ended_how = max(at, wearing.given_at), state
        wearing.save(update_fields=["taken_at", "ended_how"])
        Wristband.objects.filter(pk=wearing.wristband_id).update(state=state)
        said = stored(Stock(state).label)
        words = {"reason": reason.strip()} if reason.strip() else {}
        note(
            wearer,
            "wearer.take_back",
            actor=actor,
            at=at,
            summary=f"手环 {wearing.wristband.number}：{said}",
            changes={"state": state, **words},
        )
        end_open(wearer=wearer, at=at)
        note_returned(wearer=wearer, actor=actor, at=at)


def take_off_wrong(*, actor: Actor, at: datetime, wearer: Wearer, reason: str) -> int:
    """The wristband was on somebody else: what it told is deleted, its alarms are void, it waits to be checked.
    How many fixes. Raises HomewardRefused."""
    words = " ".join(reason.split())[:200]
    if not words:
        raise HomewardRefused(_("请写戴在了谁身上、怎样发现的。"), field="reason")
    with transaction.atomic():
        wearing = wearer.wearings.select_related("wristband").filter(taken_at=None).first()
        if wearing is None:
            raise HomewardRefused(_("这个人现在没有手环。"))
        void(wearer=wearer, since=wearing.given_at, actor=actor, at=at)
        take_back(actor=actor, at=at, wearer=wearer, reason=words)
        Wearing.objects.filter(pk=wearing.pk).update(ended_how=WRONG)
        count = purge_since(wearer=wearer, since=wearing.given_at, actor=actor, at=at)
        note(
            wearer,
            "wearer.wrong",
            actor=actor,
            at=at,
            summary=f"手环 {wearing.wristband.number} 戴错人，删除位置 {count} 个",
            changes={"number": wearing.wristband.number, "count": count, "reason": words},
        )
    return count


def end_wearer(*, actor: Actor, at: datetime, wearer: Wearer, reason: str) -> None:
    """Stop looking after somebody with a wristband; it must be back. Tracks end with their term. Raises HomewardRefused."""
    if not reason.strip():
        raise HomewardRefused(_("请写为什么结束。"), field="reason")
    with transaction.atomic():
        held = _held(wearer)
        if held.wearings.filter(taken_at=None).exists():
            raise HomewardRefused(_("手环还在他那里，先办归还。"))
        held.ended_at, held.ended_reason = at, reason.strip()[:200]
        held.save(update_fields=["ended_at", "ended_reason"])
        note_ended(wearer=held, actor=actor, at=at)
        note(
            held,
            "wearer.end",
            actor=actor,
            at=at,
            summary="结束手环佩戴服务",
            changes={"reason": reason.strip()},
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fence as it was drawn: a circle with centre and radius in metres, or the corners of a polygon."""

    name: str
    lat: float | None = None
    lon: float | None = None
    radius: int | None = None
    corners: tuple[tuple[float, float], ...] = ()
    hours_from: time | None = None
    hours_to: time | None = None


def add_fence(*, actor: Actor, at: datetime, wearer: Wearer, drawn: Drawn) -> Fence:
    """Say where somebody should be. Raises HomewardRefused with the field to mend."""
    shape = _shape(drawn)
    if not drawn.name.strip():
        raise HomewardRefused(_("请给围栏起个名字，例如“家附近”。"), field="name")
    if (drawn.hours_from is None) != (drawn.hours_to is None):
        raise HomewardRefused(_("时段要写开始和结束；全天有效就都空着。"), field="hours_to")
    with transaction.atomic():
        held = _held(wearer)
        _check_room(held)
        fence = Fence.objects.create(
            wearer=held,
            name=drawn.name.strip()[:60],
            shape=written(shape),
            hours_from=drawn.hours_from,
            hours_to=drawn.hours_to,
        )
        note(held, "wearer.fence", actor=actor, at=at, summary="已新增围栏")
    return fence


def _shape(drawn: Drawn) -> Shape:
    try:
        if drawn.corners:
            return polygon(drawn.corners)
        if drawn.lat is None or drawn.lon is None:
            raise FenceFault("missing")
        return circle(drawn.lat, drawn.lon, drawn.radius or 0)
    except FenceFault as fault:
        field = {"radius": "radius", "centre": "lat", "missing": "lat"}.get(fault.code, "corners")
        raise HomewardRefused(FENCE_FAULTS[fault.code], field=field) from fault


def end_fence(*, actor: Actor, at: datetime, fence: Fence) -> None:
    """A fence holds no longer; ending an ended one changes nothing."""
    with transaction.atomic():
        if Fence.objects.filter(pk=fence.pk, ended_at=None).update(ended_at=at):
            note(fence.wearer, "wearer.unfence", actor=actor, at=at, summary="已取消围栏")
            live.hint("wearers", fence.wearer.division_code, fence.wearer.owner_org)


def restore_fence(*, actor: Actor, at: datetime, fence: Fence) -> None:
    """A fence that was ended holds again; one that holds stays. Raises HomewardRefused."""
    with transaction.atomic():
        held = _held(fence.wearer)
        _check_room(held)
        if Fence.objects.filter(pk=fence.pk, ended_at__isnull=False).update(ended_at=None):
            note(held, "wearer.refence", actor=actor, at=at, summary="已恢复围栏")
            live.hint("wearers", held.division_code, held.owner_org)


def _check_room(wearer: Wearer) -> None:
    if wearer.fences.filter(ended_at=None).count() >= MOST_FENCES:
        raise HomewardRefused(_("一个人最多10个围栏。"))


def _held(wearer: Wearer) -> Wearer:
    """The wearer, locked; only one who is looked after. Raises HomewardRefused."""
    held = Wearer.objects.select_for_update(of=("self",)).select_related("person").get(pk=wearer.pk)
    if held.ended_at is not None:
        raise HomewardRefused(_("这项佩戴服务已经结束。"))
    return held


def _number(division_code: str, at: datetime) -> str:
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _turn in range(4))
    return f"W{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"
