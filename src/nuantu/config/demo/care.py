"""Daily care in the demo's station: days of meals, menus, bedding, roll-calls, medicine, complaints."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Final

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Bed
from nuantu.stays.rules.care import SLOTS, Meals
from nuantu.stays.selectors.board import residents, stays_here
from nuantu.stays.selectors.care.day import slot_at
from nuantu.stays.services import Needs, care, change_needs

MENUS: tuple[Meals, ...] = (
    ("白粥、馒头、咸菜", "白菜炖豆腐、番茄炒蛋、米饭", "酸汤面、青菜"),
    ("玉米粥、花卷、煮鸡蛋", "土豆烧肉、素炒莲花白、米饭", "菜粥、豆沙包"),
    ("豆浆、油条", "萝卜炖排骨、炒豆芽、米饭", "鸡蛋面、拌黄瓜"),
    ("白粥、肉包、腐乳", "红烧豆腐、青椒肉丝、米饭", "米粉、卤蛋"),
    ("小米粥、馒头、咸菜", "酸汤鱼、炒白菜、米饭", "疙瘩汤、馒头"),
    ("豆浆、花卷", "黄焖鸡、土豆丝、米饭", "白菜面、煎蛋"),
    ("南瓜粥、煮鸡蛋", "炖冬瓜、回锅肉、米饭", "饺子"),
)
# days ago, meals and bedding put down
DAYS = 2


# four mornings of somebody whose blood pressure comes down
VITALS: Final[tuple[dict[str, float], ...]] = (
    {"temperature": 37.6, "pulse": 96, "systolic": 168, "diastolic": 101, "saturation": 95},
    {"temperature": 37.1, "pulse": 90, "systolic": 159, "diastolic": 97, "saturation": 96},
    {"temperature": 36.8, "pulse": 84, "systolic": 152, "diastolic": 94, "saturation": 97},
    {"temperature": 36.7, "pulse": 80, "systolic": 148, "diastolic": 92, "saturation": 97},
)


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """What the carers put down in the last days; the meal of now is left for whoever tries it."""
    carer = people["carer"]
    _menus(carer, at)
    for back in range(DAYS, -1, -1):
        for slot in SLOTS:
            _meal(carer, at, at - timedelta(days=back), slot)
    _bedding(carer, at)
    _lines(carer, at)
    _medicine(people["medic"], at)
    _rolls(carer, at)
    _complaints(carer, people["station"], at)


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _menus(carer: Actor, now: datetime) -> None:
    for back in range(DAYS, -len(MENUS) + DAYS, -1):
        at = min(now, now - timedelta(days=back))
        day = clock.local(now - timedelta(days=back)).date()
        with _as(carer, at):
            care.put_menu(actor=carer, at=at, on_date=day, meals=MENUS[back + 4])


def _meal(carer: Actor, now: datetime, day: datetime, slot: str) -> None:
    """Everybody in the house gets the meal; one does not want it. What has not begun is left out."""
    minute = int(rules_at(carer.division_code, now).need(f"care.{slot}").number)
    midnight = clock.local(day).replace(hour=0, minute=0, second=0, microsecond=0)
    at = (midnight + timedelta(minutes=minute + 25)).astimezone(now.tzinfo)
    is_now = at.date() == now.date() and slot == slot_at(carer.division_code, now)
    if at >= now or is_now:
        return
    with _as(carer, at):
        here = [
            one
            for one in residents(stays_here(carer.org_code), at)
            if one.absence is None and one.stay.entered_at < at
        ]
        outcomes = {one.stay: "given" for one in here}
        if here and slot == "breakfast":
            outcomes[here[-1].stay] = "refused"
        if outcomes:
            care.log_round(actor=carer, at=at, deed=care.Deed("meal", slot), outcomes=outcomes)


def _bedding(carer: Actor, now: datetime) -> None:
    """All beds but three were changed three days ago."""
    at = now - timedelta(days=3)
    with _as(carer, at):
        beds = list(
            Bed.objects.filter(room__zone__owner_org=carer.org_code)
            .select_related("room__zone")
            .order_by("pk")
        )
        care.change_bedding(actor=carer, at=at, beds=beds[3:])


def _lines(carer: Actor, now: datetime) -> None:
    """One needs help and a diet; a few lines about others."""
    said = (
        (0, "observation", 200, "吃得少，夜里起来两次，问是不是该回家了"),
        (1, "visitor", 130, "村干部来探视，谈了半小时"),
        (2, "clothing", 95, ""),
        (5, "activity", 60, ""),
    )
    with _as(carer, now):
        stays = list(stays_here(carer.org_code))
    with _as(carer, now - timedelta(days=1)):
        needs = Needs(
            sex=stays[0].sex, has_limited_mobility=True, care_level="partly", diet="patient"
        )
        change_needs(actor=carer, at=clock.now(), stay=stays[0], needs=needs)
    for number, kind, minutes, words in said:
        at = now - timedelta(minutes=minutes)
        with _as(carer, at):
            care.note_care(
                actor=carer, at=at, stay=stays[number], deed=care.Deed(kind), note_text=words
            )


def _medicine(medic: Actor, now: datetime) -> None:
    """Two take medicine; the carer is told of one. One was measured and one was talked with."""
    at = now - timedelta(days=1)
    with _as(medic, at):
        stays = list(stays_here(medic.org_code))
        for number, what, hours, is_told in (
            (0, "降压药（演示）1片", (8, 20), True),
            (8, "止咳糖浆（演示）10毫升", (8, 12, 20), False),
        ):
            care.prescribe(
                actor=medic,
                at=at,
                stay=stays[number],
                what=what,
                times=[time(hour) for hour in hours],
                is_told=is_told,
            )
        for number, kind, words in (
            (0, "vital", "早饭前量（演示）"),
            (8, "counselling", "想家，愿意再说说小时候住的地方（演示）"),
        ):
            figures = VITALS[-1] if kind == "vital" else None
            care.note_health(
                actor=medic, at=at, stay=stays[number], kind=kind, text=words, figures=figures
            )
    for days, figures in enumerate(VITALS[:-1]):
        at = now - timedelta(days=len(VITALS) - days)
        with _as(medic, at):
            care.note_health(
                actor=medic, at=at, stay=stays[0], kind="vital", text="", figures=figures
            )


def _rolls(carer: Actor, now: datetime) -> None:
    """Yesterday's and this morning's roll-call: everybody there or put down as out."""
    for hours in (26, 14, 2):
        at = now - timedelta(hours=hours)
        with _as(carer, at):
            here = residents(stays_here(carer.org_code), at)
            found = {
                one.stay: "out" if one.absence and one.absence.left_at <= at else "present"
                for one in here
                if one.stay.entered_at < at
            }
            care.call_roll(actor=carer, at=at, found=found)


def _complaints(carer: Actor, head: Actor, now: datetime) -> None:
    """One answered, one waiting."""
    at = now - timedelta(days=4)
    with _as(carer, at):
        said = care.Said(topic="food", channel="box", text="晚饭送到时已经凉了（演示）")
        answered = care.take_complaint(actor=carer, at=at, said=said)
    with _as(head, at + timedelta(days=1)):
        care.answer_complaint(
            actor=head, at=at + timedelta(days=1), row=answered, words="改用保温桶，先送三楼"
        )
    at = now - timedelta(hours=20)
    with _as(carer, at):
        said = care.Said(topic="lodging", channel="tablet", text="302的窗户关不严（演示）")
        care.take_complaint(actor=carer, at=at, said=said)
