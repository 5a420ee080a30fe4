"""A month of safety in the demo's station: checks done, samples kept, a hazard overdue, one to be looked
at again, inspectors who wait for an answer, a fridge that is locked since an hour ago.

Everything goes through the real services at its own moment.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty
from nuantu.stays.models import Hazard, SafetyCheck
from nuantu.stays.selectors.care.day import slot_at
from nuantu.stays.selectors.safety.lists import checklists_of
from nuantu.stays.services import safety
from nuantu.stays.services.safety import cupboard, incidents, video
from nuantu.stays.services.safety.hazards import user_of

# days ago; the last days are whole, before them one day a week
CHECKED = (28, 21, 14, 7, 3, 2, 1)
DISHES = (("白菜炒肉", "番茄蛋汤", "米饭"), ("萝卜烧鸡", "米饭"), ("豆腐鱼", "青菜", "米饭"))
FAULTS = {
    (21, "fire"): ("二楼东头应急灯不亮", False),
    (7, "electricity"): ("304房插座发黑", True),
    (2, "patrol"): ("二楼疏散通道堆了棉被", True),
}

# kind, name, unit, how many; the last one is being counted
CUPBOARD = (
    ("drug", "布洛芬缓释胶囊", "盒", 24),
    ("drug", "碘伏", "瓶", 12),
    ("valuable", "备用手机", "部", 3),
)


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Play the month up to this minute."""
    for days in CHECKED:
        _checks(people["carer"], at, days)
        _meals(people["carer"], at, days)
    _tonight(people["carer"], at)
    _repairs(people, at)
    _inspectors(people["leader"], at)
    _suspicion(people, at)
    _custody(people, at)


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _asked(at: datetime) -> None:
    with clock.frozen(at), scope.system("the hourly job of the demo"):
        safety.open_checks(at=at)


def _checks(carer: Actor, now: datetime, days: int) -> None:
    """Everything that was asked for that day is done half an hour later."""
    at = now - timedelta(days=days)
    _asked(at)
    done_at = at + timedelta(minutes=30)
    with _as(carer, done_at):
        lists = {one.kind: one for one in checklists_of(carer.org_code, carer.division_code, at)}
        waiting = SafetyCheck.objects.filter(owner_org=carer.org_code, done_at=None)
        for row in list(waiting.order_by("pk")):
            words, is_urgent = FAULTS.get((days, row.kind), ("", False))
            answers = [
                safety.Answer(line, is_ok=False, note=words, is_urgent=is_urgent)
                if words and not number
                else safety.Answer(line, is_ok=True)
                for number, line in enumerate(lists[row.kind].lines)
            ]
            safety.do_check(
                actor=carer, at=done_at, safety_check=row, answers=answers, mender=user_of(carer)
            )


def _meals(carer: Actor, now: datetime, days: int) -> None:
    """A meal of a day with its samples; whatever is over its time leaves the fridge before."""
    at = now - timedelta(days=days, hours=1)
    dishes = DISHES[days % len(DISHES)]
    with _as(carer, at):
        safety.take_out_due(actor=carer, at=at)
        meal = safety.serve_meal(
            actor=carer,
            at=at,
            meal=slot_at(carer.division_code, at) or "night",
            dishes=dishes,
            people_count=17 + days % 4,
            served_date=clock.local(at).date(),
        )
        light = days == CHECKED[-2]
        safety.put_in(
            actor=carer,
            at=at + timedelta(minutes=10),
            meal=meal,
            grams={
                dish: 105 if light and not number else 140 for number, dish in enumerate(dishes)
            },
            kept_in="留样冰箱二层",
            reason="那道菜分完了" if light else "",
        )


def _tonight(carer: Actor, now: datetime) -> None:
    """What is due today, and a meal of which one dish has no sample yet."""
    _asked(now)
    at = now - timedelta(minutes=25)
    with _as(carer, at):
        meal = safety.serve_meal(
            actor=carer,
            at=at,
            meal=slot_at(carer.division_code, at) or "night",
            dishes=DISHES[0],
            people_count=19,
            served_date=clock.local(at).date(),
        )
        grams = dict.fromkeys(DISHES[0][:2], 150)
        safety.put_in(actor=carer, at=now - timedelta(minutes=15), meal=meal, grams=grams)


def _repairs(people: Mapping[str, Actor], now: datetime) -> None:
    """The light was mended and seen again, the socket mended only; the bedding is still in the way."""
    carer, leader = people["carer"], people["leader"]
    for words, days, is_seen in (("应急灯", 19, True), ("插座", 6.5, False)):
        at = now - timedelta(days=days)
        with _as(carer, at):
            row = Hazard.objects.get(what__contains=words)
            safety.repair_hazard(actor=carer, at=at, hazard=row, note_text="已请电工换新")
        if is_seen:
            at += timedelta(hours=20)
            with _as(leader, at):
                safety.recheck_hazard(
                    actor=leader, at=at, hazard=row, is_mended=True, note_text="试过，亮"
                )


def _inspectors(leader: Actor, now: datetime) -> None:
    """Fire rescue came by lot a week ago; one of two findings is not mended."""
    at = now - timedelta(days=6)
    visit = safety.Visit(
        authority="fire",
        mode="double_random",
        inspected_at=at - timedelta(hours=2),
        inspectors=("样消防甲（演示）", "样消防乙（演示）"),
        document_number="凯消检〔演示〕第7号",
        findings=("灭火器箱被杂物遮挡", "应急预案没有上墙"),
    )
    with _as(leader, at):
        safety.record_inspection(actor=leader, at=at, visit=visit)


def _suspicion(people: Mapping[str, Actor], now: datetime) -> None:
    """An hour ago one resident felt ill after lunch: everything is locked, one notice is given."""
    at, medic = now - timedelta(hours=1), people["medic"]
    with _as(medic, at):
        safety.suspect(
            actor=medic, at=at, ill_count=1, signs="一人午饭后呕吐，吃过白菜炒肉（演示）"
        )
        told = Duty.objects.filter(kind="food.notice", state="open").order_by("pk").first()
        if told is not None:
            at += timedelta(minutes=20)
            complete_duty(actor=medic, at=at, duty=told, note="电话报告，接电话人样某（演示）")


def _custody(people: Mapping[str, Actor], now: datetime) -> None:
    """A cupboard that one person has begun to count, a threat that was dealt with, a held recording."""
    medic, leader, head = people["medic"], people["leader"], people["station"]
    at = now - timedelta(days=9)
    with _as(medic, at):
        for kind, name, unit, amount in CUPBOARD:
            row = cupboard.add_item(
                actor=medic, at=at, kind=kind, name=name, unit=unit, kept_in="药品柜"
            )
            cupboard.move_item(
                actor=medic, at=at, item=row, way="in", amount=amount, reason="采购入库（演示）"
            )
    at = now - timedelta(hours=2)
    with _as(medic, at):
        cupboard.count_item(actor=medic, at=at, item=row, amount=CUPBOARD[-1][3])
    at = now - timedelta(days=4)
    told = incidents.Told(
        kind="threat", occurred_at=at, story="醉酒来站者威胁值班员，劝离（演示）", place="大门口"
    )
    with _as(leader, at):
        threat = incidents.record_incident(actor=leader, at=at, told=told)
        camera = video.set_camera(
            actor=leader, at=at, name="1号 大门", place="大门口", keep_months=3
        )
        video.hold_video(
            actor=leader,
            at=at,
            camera=camera,
            from_at=at - timedelta(minutes=30),
            until_at=at,
            reason="威胁值班员",
            asked_by="本站（演示）",
        )
    at = now - timedelta(days=3)
    with _as(head, at):
        incidents.conclude_incident(
            actor=head, at=at, incident=threat, conclusion="夜间两人值班（演示）"
        )
