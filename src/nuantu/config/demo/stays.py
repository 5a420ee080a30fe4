"""The demo's station of 凯里市: a house with beds, some thirty invented residents since last winter's
first days, things kept, questions asked, somebody out, somebody late, and two at the door.

Everything goes through the real services at its own moment.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from nuantu.accounts.models import User
from nuantu.config.demo.portraits import portrait
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import Age, around
from nuantu.stays import services
from nuantu.stays.models import Bed, Belonging, Inquiry, Reception, Stay, Zone
from nuantu.stays.selectors import beds

# name, sex, ages, health, one family a room, rooms as (name, beds, barrier-free)
ZONES = (
    (
        "男成年区",
        "male",
        "adult",
        "general",
        False,
        (("101", 6, False), ("102", 4, True), ("103", 4, False)),
    ),
    ("女成年区", "female", "adult", "general", False, (("201", 4, False), ("202", 2, True))),
    ("未成年男区", "male", "minor", "general", False, (("301", 2, False),)),
    ("未成年女区", "female", "minor", "general", False, (("302", 2, False),)),
    ("家庭区", "any", "any", "general", True, (("303", 3, False), ("304", 3, True))),
    ("观察区", "any", "any", "observation", False, (("401", 1, False), ("402", 1, False))),
    ("隔离区", "any", "any", "isolation", False, (("501", 1, False),)),
)


@dataclass(frozen=True, slots=True)
class Guest:
    """One invented resident: entered so many days ago, perhaps left so many days ago."""

    days: float
    sex: str
    age: int
    looks: str
    name: str = ""
    origin: str = ""
    mode: str = "self"
    left: float | None = None
    way: str = "self"
    health: str = "general"
    is_lame: bool = False


GUESTS = (
    Guest(41, "male", 67, "白胡子，军大衣", mode="team", is_lame=True),
    Guest(33, "female", 58, "蓝头巾，背竹篓", mode="police"),
    Guest(24, "male", 44, "左手缺一指", "样大山（演示）", "毕节"),
    Guest(19, "male", 36, "高个，戴眼镜", "样小河（演示）", "铜仁", left=12),
    Guest(17, "female", 31, "短发，红羽绒服", "样秀英（演示）", "榕江", left=10, way="relatives"),
    Guest(15, "male", 52, "跛行，拄木棍", mode="urban", is_lame=True),
    Guest(13, "male", 29, "瘦，缝补的牛仔衣", "样阿勇（演示）", "遵义", left=4),
    Guest(11, "male", 61, "耳背，说话大声", "样老五（演示）", "台江"),
    Guest(9, "female", 72, "白发，反复说回家", mode="police"),
    Guest(8, "male", 40, "工地安全帽", "样建国（演示）", "黄平", left=5),
    Guest(7, "male", 23, "长发，吉他", "样小龙（演示）", "都匀", left=6),
    Guest(6, "female", 45, "绣花围裙", "样桂花（演示）", "雷山"),
    Guest(5, "male", 15, "校服，不肯说家在哪", mode="team"),
    Guest(4, "male", 48, "花白头发，咳嗽", "样德福（演示）", "岑巩", health="observation"),
    Guest(3, "male", 33, "找工地被骗", "样志强（演示）", "威宁"),
    Guest(2.2, "female", 27, "行李箱，手机丢了", "样小燕（演示）", "黎平"),
    Guest(1.6, "male", 55, "棉鞋破了", mode="public"),
    Guest(1.2, "male", 38, "等老乡来接", "样二黑（演示）", "安顺"),
    Guest(0.4, "female", 66, "提一袋药", "样玉兰（演示）", "镇远", mode="hospital"),
    Guest(0.3, "male", 26, "外套湿透", "样海子（演示）", "贵阳"),
    Guest(170, "male", 52, "左眉有道疤，不爱说话", mode="police"),
    Guest(110, "male", 64, "右耳缺一块，爱唱山歌", mode="team"),
    Guest(97, "male", 57, "驼背，随身一只布袋", mode="police"),
)
SETTLED = (20, 21, 22)  # stranded for longer than the term
HOUSE = timedelta(days=180)
FAMILIES = 2.0
ADULT = 18
# days after the entry, which clock (none: the fingerprints), what was done
ANSWERS = (
    (0.8, "stay.notice", "全国救助寻亲网已发布（演示）"),
    (0.9, "", "比对无结果（演示）"),
    (6.0, "stay.dna", "已送市公安局采样（演示）"),
)
THINGS = (("thing", "双肩包", 0), ("cash", "现金", 18650), ("paper", "居民身份证", 0))


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Set the house up half a year ago and let the winter's guests come, stay and leave."""
    _house(people["station"], at - HOUSE)
    _womens_carers(people["station"], at - HOUSE)
    stays = _winter(people["reception"], at)
    _answered(people["reception"], stays, at)
    _long_stays(people["leader"], stays, at)
    _out(people["carer"], stays, at)
    _at_the_door(people["reception"], at)


def _winter(actor: Actor, at: datetime) -> list[Stay]:
    """Everybody comes and leaves in the order of time, so that each finds the beds of his day."""
    stays: dict[int, Stay] = {}
    days = [(guest.days, number, True) for number, guest in enumerate(GUESTS)]
    days += [
        (guest.left, number, False) for number, guest in enumerate(GUESTS) if guest.left is not None
    ]
    for day, number, is_coming in sorted([*days, (FAMILIES, -1, True)], reverse=True):
        if number < 0:
            _family(actor, at - timedelta(days=day))
        elif is_coming:
            stays[number] = _comes(actor, GUESTS[number], at)
        else:
            _leaves(actor, stays[number], GUESTS[number], at - timedelta(days=day))
    return [stays[number] for number in range(len(GUESTS))]


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _house(head: Actor, at: datetime) -> None:
    with _as(head, at):
        for name, sex, ages, health, is_family, rooms in ZONES:
            zone = services.add_zone(
                actor=head,
                at=at,
                name=name,
                sex=sex,
                ages=ages,
                health=health,
                is_family=is_family,
            )
            for room, count, is_barrier_free in rooms:
                services.add_room(
                    actor=head,
                    at=at,
                    zone=zone,
                    name=room,
                    beds=count,
                    is_barrier_free=is_barrier_free,
                )
        broken = Bed.objects.filter(room__zone__in=Zone.objects.filter(name="女成年区")).last()
        if broken is not None:
            services.close_bed(actor=head, at=at, bed=broken, reason="床架松动，待修")


def _womens_carers(head: Actor, at: datetime) -> None:
    """The two on watch at the reception, by day and by night."""
    with _as(head, at):
        for user in User.objects.filter(login__in=("reception1", "reception2")):
            services.add_womens_carer(actor=head, at=at, user=user)


def _age(years: int, *, is_told: bool) -> Age:
    return Age(years, years, is_estimated=False) if is_told else around(years)


def _receive(actor: Actor, guest: Guest, at: datetime) -> Reception:
    return services.receive(
        actor=actor,
        at=at,
        arrival_mode=guest.mode,
        newcomer=services.Newcomer(
            name=guest.name,
            sex=guest.sex,
            age=_age(guest.age, is_told=bool(guest.name)),
            looks=guest.looks,
            origin=guest.origin,
        ),
    )


def _comes(actor: Actor, guest: Guest, now: datetime) -> Stay:
    at = now - timedelta(days=guest.days)
    with _as(actor, at):
        row = _receive(actor, guest, at)
        if guest.name:
            _proves_his_name(actor, row, guest.name, at)
        _found_out(actor, row, guest, at)
        if len(guest.looks) % 2:
            kind, item, fen = THINGS[len(guest.looks) % 3]
            services.take_belonging(
                actor=actor,
                at=at,
                reception=row,
                kind=kind,
                item=item,
                cash_fen=fen,
                seal_number=f"F{guest.age:03}",
                kept_in="寄存柜3排",
            )
        if not guest.name:
            services.ask(
                actor=actor, at=at, reception=row, kind="fingerprint", asked_of="凯里市公安局"
            )
        _takes_a_picture(actor, row, guest, at)
        services.decide(actor=actor, at=at, reception=row, decision="admitted")
        return Stay.objects.select_related("person").get(reception=row)


def _takes_a_picture(actor: Actor, row: Reception, guest: Guest, at: datetime) -> None:
    """A drawn one; of a child none."""
    if guest.age >= ADULT:
        services.take_portrait(
            actor=actor,
            at=at,
            reception=row,
            photo=portrait(GUESTS.index(guest), sex=guest.sex, age=guest.age),
            ground="agreed" if guest.name else "duty",
        )


def _proves_his_name(actor: Actor, row: Reception, name: str, at: datetime) -> None:
    """He shows a paper; the clocks of finding out who he is never start."""
    persons.add_fact(
        actor=actor,
        at=at,
        person=row.person,
        case=Case.objects.get(case_id=row.case_id),
        kind="name",
        value=name,
        certainty="verified",
        source="出示证件（演示）",
    )


def _found_out(actor: Actor, row: Reception, guest: Guest, at: datetime) -> None:
    services.keep(
        actor=actor,
        at=at,
        reception=row,
        values={
            "telling": "tells" if guest.name else "cannot",
            "is_informed": True,
            "security": "passed",
            "is_searcher_female": guest.sex == "female",
            "health": guest.health,
            "has_limited_mobility": guest.is_lame,
        },
    )


def _family(actor: Actor, at: datetime) -> None:
    """A mother with a son of nine in a room of their own; another one with a child of four."""
    for guest, child in (
        (Guest(0, "female", 34, "灰棉衣，带男孩", "样素芬（演示）"), ("male", 9)),
        (Guest(0, "female", 26, "抱着孩子", "样阿妹（演示）"), ("female", 4)),
    ):
        with _as(actor, at):
            mother = _admit(actor, guest, at, None)
            _admit(
                actor,
                Guest(0, child[0], child[1], f"跟着{guest.name}", f"样小宝{child[1]}（演示）"),
                at,
                mother,
            )
            _same_room(actor, mother, at + timedelta(minutes=5))


def _admit(actor: Actor, guest: Guest, at: datetime, with_stay: Stay | None) -> Stay:
    row = _receive(actor, guest, at)
    _proves_his_name(actor, row, guest.name, at)
    _found_out(actor, row, guest, at)
    services.decide(actor=actor, at=at, reception=row, decision="admitted", with_stay=with_stay)
    return Stay.objects.select_related("person").get(reception=row)


def _same_room(actor: Actor, mother: Stay, at: datetime) -> None:
    """Both into the first free family room."""
    with clock.frozen(at):
        for stay in (mother, *Stay.objects.filter(with_stay=mother)):
            families = [o for o in beds.offers(stay) if o.bed.room.zone.is_family]
            if families:
                services.give_bed(
                    actor=actor, at=at, stay=stay, bed=families[0].bed, reason="母子同屋"
                )


def _leaves(actor: Actor, stay: Stay, guest: Guest, at: datetime) -> None:
    with _as(actor, at):
        found = Stay.objects.select_related("person").get(pk=stay.pk)
        for thing in Belonging.objects.filter(reception__stay=found, end=""):
            services.end_belonging(
                actor=actor, at=at, belonging=thing, end="returned", is_signed_for=True
            )
        is_fetched = guest.way == "relatives"
        services.leave(
            actor=actor,
            at=at,
            stay=found,
            out=services.WayOut(
                way=guest.way,
                destination=guest.origin,
                is_declared=not is_fetched,
                collector="样家兄（演示）" if is_fetched else "",
                collector_relation="哥哥" if is_fetched else "",
                is_collector_checked=is_fetched,
                cash_fen=0 if is_fetched else 1500,
                is_cash_signed=not is_fetched,
            ),
            confirmed={
                "notices": "查全国救助寻亲网和本地走失报案，无匹配",
                "collector": "居民身份证，户口簿同户",
            },
        )


def _answered(actor: Actor, stays: list[Stay], now: datetime) -> None:
    """What was asked and owed about those nobody knows was done in time; the last ones still wait."""
    for stay, guest in zip(stays, GUESTS, strict=True):
        if guest.name:
            continue
        for days, kind, words in ANSWERS:
            at = now - timedelta(days=guest.days - days)
            if at < now - timedelta(hours=2):
                _answer(actor, stay, kind, words, at)


def _answer(actor: Actor, stay: Stay, kind: str, words: str, at: datetime) -> None:
    with _as(actor, at):
        found = Stay.objects.select_related("person", "reception").get(pk=stay.pk)
        if kind:
            services.keep_clock(actor=actor, at=at, stay=found, kind=kind, note_text=words)
            return
        for inquiry in Inquiry.objects.filter(reception__stay=found, answer=""):
            services.put_answer(
                actor=actor, at=at, inquiry=inquiry, answer="nothing", note_text=words
            )


def _long_stays(leader: Actor, stays: list[Stay], now: datetime) -> None:
    """Those who stayed longer than the term: stranded, prolonged and filed, prolonged and not filed."""
    for number, after in ((0, 10.2), (1, 9.5), (5, 9.8), *((number, 9.6) for number in SETTLED)):
        at = now - timedelta(days=GUESTS[number].days - after)
        with _as(leader, at):
            found = Stay.objects.select_related("person").get(pk=stays[number].pk)
            services.keep_clock(
                actor=leader, at=at, stay=found, kind="stay.stranded", note_text="转入照料安置"
            )
    _answer(leader, stays[0], "stay.refresh", "照片已更新（演示）", now - timedelta(days=1.5))
    for number, reason, is_filed in (
        (0, "身份不明，照料安置中", True),
        (1, "身份不明，照料安置中", True),
        (5, "身份不明，照料安置中", True),
        *((number, "身份不明，照料安置中", True) for number in SETTLED),
        (2, "等毕节救助站来接", False),
    ):
        at = now - timedelta(days=GUESTS[number].days - 9.9)
        with _as(leader, at):
            found = Stay.objects.select_related("person").get(pk=stays[number].pk)
            row = services.extend(
                actor=leader,
                at=at,
                stay=found,
                reason=reason,
                until_date=clock.local(now + timedelta(days=5 + number)).date(),
            )
            if is_filed:
                services.file_extension(actor=leader, at=at, extension=row, filed_to="凯里市民政局")


def _out(carer: Actor, stays: list[Stay], now: datetime) -> None:
    """One is at the hospital, one should have been back an hour ago."""
    for number, reason, hours, due in ((7, "hospital", 20, 30), (14, "errand", 6, -1)):
        at = now - timedelta(hours=hours)
        with _as(carer, at):
            found = Stay.objects.select_related("person").get(pk=stays[number].pk)
            services.go_out(
                actor=carer,
                at=at,
                stay=found,
                reason=reason,
                due_at=now + timedelta(hours=due),
                with_whom="熊医务（演示）" if reason == "hospital" else "",
            )


def _at_the_door(actor: Actor, now: datetime) -> None:
    """Two who are being received right now."""
    for minutes, guest in (
        (18, Guest(0, "male", 50, "醉酒，说不清", mode="police")),
        (6, Guest(0, "female", 39, "带两个编织袋", "样翠莲（演示）", "从江")),
    ):
        at = now - timedelta(minutes=minutes)
        with _as(actor, at):
            _receive(actor, guest, at)
