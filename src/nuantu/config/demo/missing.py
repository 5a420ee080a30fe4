"""Whom the demo's families, police and other stations search: thirty invented people, three of whom may
sleep in the station, and a file that waits to be looked at.

Names say that they are made up; phones begin with 000, which is no exchange.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from nuantu.config.demo.portraits import portrait
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.persons.models import Case
from nuantu.persons.services import add_fact
from nuantu.tracing import services
from nuantu.tracing.rules.said import Consent, Danger, Said

USES: Final = ("compare", "publish", "share", "contact")
PHONE: Final = "0855000{:04d}"


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who is missed: told so many days ago, lost so many days ago."""

    told: float
    lost: int
    name: str
    sex: str
    age: tuple[int, int]
    home: str
    place: str
    marks: tuple[str, ...] = ()
    words: str = ""
    source: str = "family"
    body: str = ""
    relation: str = ""
    precision: str = "day"
    more: Mapping[str, Any] = field(default_factory=dict)
    dangers: tuple[str, ...] = ()
    ends: str = ""


MISSED: Final = (
    # Alike to residents: the old woman who wants home, the boy, the lame man below; the first is a resident whose
    # papers are known.
    Missed(20, 28, "样大山（演示）", "male", (43, 45), "毕节市", "凯里火车站附近", ("missing_finger",),
           "左手缺小指，干过木工", relation="哥哥", more={"nickname": "大山", "accent": "毕节话"}),
    Missed(6, 10, "样阿婆（演示）", "female", (70, 74), "凯里市三棵树镇", "三棵树镇赶集时", ("teeth",),
           "白发，走得慢", relation="女儿", more={"health_words": "记性差，反复说要回家", "clothing": "蓝布衣"}),
    Missed(3, 6, "样小志（演示）", "male", (15, 15), "黄平县", "学校门口", (), "穿校服，瘦高",
           relation="父亲", more={"clothing": "蓝白校服"}),
    Missed(30, 420, "样国强（演示）", "male", (50, 55), "雷山县西江镇", "去广东打工途中", ("limp",), "右腿跛",
           relation="妻子"),
    Missed(12, 35, "样秋菊（演示）", "female", (33, 33), "台江县", "凯里市大十字", (), "短发，爱笑", relation="丈夫",
           dangers=("domestic_violence", "searcher_may_harm")),
    Missed(45, 5200, "样苗妹（演示）", "female", (8, 9), "黎平县", "黎平县城车站", ("mole",), "左耳后有胎记",
           relation="母亲", precision="year", dangers=("trafficking",), more={"old_places": "老街、木桥头"}),
    Missed(2, 4, "", "male", (60, 70), "", "凯里市第一人民医院门口", ("deaf",), "不说话，只会点头",
           source="police", body="凯里市公安局（演示）", more={"clothing": "灰棉袄，黄胶鞋"}),
    Missed(9, 16, "样老三（演示）", "male", (66, 66), "镇远县", "镇远古城", ("hunched_back",), "背驼", relation="儿子",
           more={"nickname": "三爷"}),
    Missed(15, 90, "樣建華（演示）", "male", (47, 49), "施秉縣", "深圳", (), "戴眼鏡", relation="姐姐"),
    Missed(8, 21, "Yang A Mei (demo)", "female", (26, 28), "从江县", "贵阳火车站", ("tattoo",), "手腕有纹身",
           relation="朋友", more={"nickname": "阿美"}),
    Missed(25, 60, "样玉莲（演示）", "female", (58, 62), "榕江县", "榕江县城", ("blind_eye",), "右眼看不见", relation="弟弟"),
    Missed(11, 13, "样发财（演示）", "male", (38, 40), "天柱县", "凯里汽车站", ("scar_face",), "左脸一道疤",
           source="station", body="怀化市救助管理站（演示）"),
    Missed(60, 800, "样石头（演示）", "male", (29, 31), "三穗县", "浙江义乌", ("stammer",), "口吃", relation="父亲",
           precision="month"),
    Missed(4, 5, "样桂英（演示）", "female", (77, 77), "丹寨县", "丹寨县城", (), "小脚，拄拐", relation="孙子",
           more={"health_words": "耳背，糖尿病"}),
    Missed(18, 31, "样春来（演示）", "male", (22, 22), "剑河县", "凯里市开怀街道", (), "染黄头发", relation="表哥"),
    Missed(33, 44, "样二妹（演示）", "female", (19, 20), "麻江县", "都匀市", ("scar_body",), "右手臂烫伤疤", relation="母亲"),
    Missed(70, 75, "样木生（演示）", "male", (55, 57), "岑巩县", "玉屏侗族自治县", ("missing_limb",), "左臂截肢",
           source="police", body="岑巩县公安局（演示）"),
    Missed(14, 19, "样和平（演示）", "male", (70, 72), "锦屏县", "锦屏县城", ("bald",), "秃顶，白胡子", relation="女婿"),
    Missed(7, 12, "样巧云（演示）", "female", (41, 43), "凯里市炉山镇", "凯里市万潮镇", (), "圆脸", relation="妹妹"),
    Missed(26, 40, "样阿旺（演示）", "male", (35, 37), "荔波县", "凯里火车站", ("mute",), "不会说话，会写名字",
           source="station", body="都匀市救助管理站（演示）"),
    Missed(90, 1500, "样金花（演示）", "female", (45, 47), "雷山县", "去江西的路上", (), "", relation="儿子", precision="month",
           more={"old_places": "大塘公社", "accent": "苗语"}),
    Missed(22, 25, "样小满（演示）", "male", (12, 12), "黄平县", "重安镇", (), "圆头，门牙缺一颗", relation="奶奶"),
    Missed(5, 9, "样老表（演示）", "male", (48, 52), "施秉县", "凯里市鸭塘街道", ("surgery_scar",), "肚子上有刀疤",
           relation="工友"),
    Missed(40, 52, "样翠翠（演示）", "female", (30, 32), "黎平县", "贵阳市", ("cleft_lip",), "", relation="嫂子"),
    Missed(16, 33, "样长贵（演示）", "male", (63, 65), "从江县", "凯里市西门街道", ("ear_damaged",), "左耳缺一块",
           source="police", body="从江县公安局（演示）"),
    Missed(50, 58, "样平安（演示）", "male", (24, 26), "台江县", "凯里市", (), "", relation="父亲", ends="found"),
    Missed(44, 47, "样喜妹（演示）", "female", (68, 70), "剑河县", "剑河县城", (), "", relation="儿子", ends="found"),
    Missed(28, 38, "样路远（演示）", "male", (51, 53), "麻江县", "麻江县城", (), "", relation="同事", ends="withdrawn"),
    Missed(760, 900, "样年久（演示）", "male", (40, 42), "三穗县", "广州", (), "", relation="母亲"),
    Missed(10, 14, "样冬梅（演示）", "female", (54, 56), "天柱县", "天柱县城", ("limp",), "", relation="丈夫",
           source="station", body="天柱县救助管理站（演示）"),
)  # fmt: skip
PICTURED: Final = (0, 1, 3, 7, 10)
FILE: Final = """姓名,性别,出生日期,年龄,身份证号,家乡,走失日期,走失地点,特征,寻亲人,联系电话
样海生（演示）,男,1969-05,,,黄平县旧州镇,2026-08-30,凯里火车站,左手缺小指,样海林（演示）,0855-000-0901
样大山（演示）,男,,44,,毕节市,2026-10-20,凯里,缺手指,样大河（演示）,0855-000-0902
樣美玲（演示）,女,1990-02-30,,,台江縣,2025-12-01,,,,
样阿宝（演示）,男,,30,4.5E+17,雷山县,2026-01-05,凯里,,,
,女,,,,,,,,样某（演示）,0855-000-0903
样海生（演示）,男,,57,,旧州,2026-08,凯里,,,
"""


# What three residents told since: looks by which they are found, how many days ago, what by kind.
TOLD: Final = (
    ("跛行，拄木棍", 9, {"alias": "国强", "origin": "雷山县西江镇", "accent": "雷山话"}),
    ("白发，反复说回家", 2, {"origin": "三棵树镇", "features": "缺两颗门牙，走得慢"}),
    (
        "校服，不肯说家在哪",
        1,
        {"alias": "小志", "origin": "黄平县", "features": "身高约172厘米，瘦高"},
    ),
)


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Take the reports in the order of time, end three of them, read a file, and let three residents tell
    what makes them alike to a report."""
    actor = people["tracing"]
    for looks, days, facts in TOLD:
        _tell(people["reception"], looks, facts, at - timedelta(days=days))
    for number, one in sorted(enumerate(MISSED), key=lambda pair: -pair[1].told):
        _take(actor, number, one, at - timedelta(days=one.told))
    with clock.frozen(at - timedelta(hours=3)), scope.enter(scope.of_actor(actor)):
        services.read_file(
            actor=actor,
            at=at - timedelta(hours=3),
            name="志愿者寻亲名单（演示）.csv",
            content=FILE.replace("2026", str(clock.local(at).year - 1)).encode(),
            source="import",
            source_name="暖风寻亲志愿者（演示）",
        )


def _tell(actor: Actor, looks: str, facts: Mapping[str, str], at: datetime) -> None:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        case = Case.objects.select_related("person").get(person__looks=looks, state="open")
        for kind, value in facts.items():
            add_fact(
                actor=actor, at=at, person=case.person, case=case, kind=kind, value=value, certainty="claimed",
                source="本人断断续续说的（演示）",
            )  # fmt: skip


def _take(actor: Actor, number: int, one: Missed, at: datetime) -> None:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        today = clock.local(at).date()
        is_family = one.source == "family"
        report = services.take_report(
            actor=actor,
            at=at,
            said=_said(number, one, today),
            consent=Consent("", today, "phone", USES) if is_family else None,
            danger=Danger(one.dangers, "邻居说常听到打骂（演示）" if one.dangers else ""),
            photo=portrait(60 + number, sex=one.sex, age=one.age[0])
            if number in PICTURED
            else None,
        )
        if one.ends == "found":
            services.close_report(
                actor=actor, at=at, report=report, state="found", reason="家属来电，人已回家"
            )
        if one.ends == "withdrawn":
            services.withdraw_consent(
                actor=actor, at=at, report=report, reason="寻亲人来电，不再寻找"
            )


def _said(number: int, one: Missed, today: date) -> Said:
    lost = today - timedelta(days=max(0, one.lost - int(one.told)))
    if one.precision != "day":
        lost = lost.replace(day=1, month=1 if one.precision == "year" else lost.month)
    said = Said(
        source=one.source,
        source_name=one.body,
        name=one.name,
        sex=one.sex,
        age_low=one.age[0],
        age_high=one.age[1],
        age_noted_date=lost if one.precision == "year" else today,
        home_words=one.home,
        lost_date=lost,
        lost_precision=one.precision,
        lost_words=one.place,
        marks=one.marks,
        marks_words=one.words,
        searcher_name=f"样家人{number:02}（演示）" if one.relation else "",
        searcher_relation=one.relation,
        searcher_phone=PHONE.format(700 + number) if one.relation else "",
    )
    return replace(said, **one.more)
