"""Whom the demo's station cannot name: what they said over weeks, the steps that were taken, what police
and another county were asked.

Everybody and every answer is invented; each deed goes through the services at its own moment.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.persons.models import Case
from nuantu.persons.services import add_fact
from nuantu.stays.models import Stay
from nuantu.tracing import services
from nuantu.tracing.models import IdentityRequest, IdentitySearch


@dataclass(frozen=True, slots=True)
class Said:
    """Words heard so many days after the entry, by whom (a key of the demo's people)."""

    day: float
    kind: str
    words: str
    by: str = "carer"
    said_by: str = "self"
    where: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request sent so many days after the entry, and its answer so many days later."""

    day: float
    kind: str
    body: str
    of: str
    words: str
    answer: str = ""
    after: float = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Nobody:
    """A resident, told by his looks: what he said, what was done, who was asked; `found` is the day on which he was
    named, by what, his name and what it rests on."""

    looks: str
    said: tuple[Said, ...]
    steps: tuple[tuple[float, str, str, str], ...] = ()
    asked: tuple[Asked, ...] = ()
    found: tuple[float, str, str, str] | None = None


# days after the entry, step, what came of it, words
FIRST: Final = (
    (0.5, "documents", "nothing", "身上没有证件"),
    (0.6, "talk", "nothing", "问不出姓名和家"),
    (1.0, "records", "nothing", "没有相同的记录"),
)
PEOPLE: Final = (
    Nobody(
        "白胡子，军大衣",
        (
            Said(1, "accent", "说话带鼻音，管玉米叫“包谷”，管父亲叫“牙”", said_by="staff"),
            Said(4, "home", "老家在旧州，赶场天要走半天", where="晚饭后在活动室"),
            Said(9, "kin", "有个弟弟叫“小满”，会吹芦笙"),
            Said(15, "work", "年轻时在重安江放过木排", by="medic", where="量血压时"),
            Said(16, "place", "说去过新州", withdrawn="听错了，他说的是“新州人”，不是去过"),
            Said(30, "school", "只念过两年，学堂在庙里", by="tracing"),
            Said(37, "own_name", "别人叫他“三爷”", said_by="resident", where="同屋的人说的"),
        ),
        (
            (0.5, "documents", "nothing", "身上没有证件，军大衣内袋有一枚旧粮票"),
            (0.7, "talk", "nothing", "只点头，问不出姓名"),
            (1.2, "records", "nothing", "全国救助系统、本站接待登记和寻人登记都没有相同的人"),
            (6, "accent", "found", "口音像黄平一带，“牙”是苗语的父亲（演示）"),
            (31, "long_contact", "found", "说起旧州的桥和庙，愿意再聊"),
        ),
        (
            Asked(2, "portrait", "police", "凯里市公安局", "请用在站照片做人像比对", "nothing", 3),
            Asked(12, "home", "civil_affairs", "黄平县民政局", "请到旧州镇问有没有走失的老人",
                  "asks_back", 6, "对方问他腿脚怎样、有没有说过寨子的名字"),
        ),
    ),
    Nobody(
        "蓝头巾，背竹篓",
        (
            Said(2, "home", "反复说“三棵树”，指着东边"),
            Said(8, "kin", "女儿叫“阿妹”，嫁到台江"),
            Said(20, "other", "看见河就不肯走，说水里有东西", by="medic"),
        ),
        (
            (0.5, "documents", "nothing", "竹篓里有针线和干粮，没有证件"),
            (0.6, "talk", "found", "听得懂苗语，汉话说得少，请了会苗语的志愿者"),
            (1.0, "records", "nothing", "没有相同的记录"),
        ),
        (
            Asked(
                5, "missing", "police", "台江县公安局", "请查有没有走失五十多岁妇女的报警",
                "found", 22, "有一户报过走失，衣着、口音和银镯都对得上，家里叫她样桂香",
            ),
        ),
        (29, "police", "样桂香（演示）", "台江县公安局核实，女儿看照片认出，问家里的狗叫什么两边说的一样"),
    ),
    Nobody(
        "跛行，拄木棍",
        (
            Said(1, "work", "说在凯里北站扛过货", by="reception"),
            Said(6, "place", "睡过炉山的桥洞"),
        ),
        ((0.5, "documents", "nothing", "只有一根木棍和一个搪瓷缸"),),
        (Asked(1, "fingerprint", "police", "凯里市公安局", "请做指纹比对，只需答复是否比中"),),
    ),
    Nobody(
        "左眉有道疤，不爱说话",
        (
            Said(3, "accent", "偶尔说一两个字，像湘西口音", said_by="staff"),
            Said(60, "work", "看见砖窑的照片会点头", by="tracing"),
        ),
        (
            *FIRST,
            (6, "accent", "nothing", "话太少，分析不出"),
            *((day, "long_contact", "nothing", "写字、看图都问过，没有新线索") for day in range(30, 165, 28)),
        ),
        (
            Asked(2, "portrait", "police", "凯里市公安局", "请用在站照片做人像比对", "nothing", 5),
            Asked(5, "dna", "police", "黔东南州公安局", "请采样并比对失踪人口库", "nothing", 25),
            Asked(20, "home", "civil_affairs", "湘西州民政局", "请问有没有走失的五十多岁男子", "nothing", 12),
        ),
    ),
    Nobody(
        "驼背，随身一只布袋",
        (Said(4, "work", "比划过打铁", said_by="staff"),),
        (*FIRST, *((day, "long_contact", "nothing", "不说话，认不出图") for day in (30, 58, 86))),
        (Asked(2, "portrait", "police", "凯里市公安局", "请用在站照片做人像比对", "nothing", 5),),
    ),
    Nobody(
        "右耳缺一块，爱唱山歌",
        (Said(2, "accent", "唱的是黔东南的飞歌，词听不清", said_by="staff"),),
        (
            *FIRST,
            (6, "accent", "nothing", "飞歌的调子几个县都有，分不出"),
            *((day, "long_contact", "nothing", "请人听过三次，没有新线索") for day in range(30, 105, 28)),
        ),
        (
            Asked(2, "portrait", "police", "凯里市公安局", "请用在站照片做人像比对", "nothing", 6),
            Asked(96, "dna", "police", "黔东南州公安局", "落户前请再次比对血样和DNA"),
        ),
    ),
    Nobody(
        "校服，不肯说家在哪",
        (Said(1, "school", "校服上有“民族中学”四个字", said_by="staff"), Said(2, "kin", "怕爸爸知道")),
        ((0.3, "talk", "nothing", "不肯说家在哪，社工在陪"),),
    ),
)  # fmt: skip


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Begin the searches, let weeks pass, and leave some of it undone."""
    for one in PEOPLE:
        with _as(people["tracing"], at):
            stay = Stay.objects.filter(person__looks=one.looks, left_at=None).first()
        if stay is not None:
            _search(one, stay, at, people)
    with _as(people["tracing"], at), scope.system("the demo begins the searches that nobody began"):
        services.watch_searches(at=at)


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _search(one: Nobody, stay: Stay, at: datetime, people: Mapping[str, Actor]) -> None:
    begun = stay.entered_at + timedelta(hours=1)
    with _as(people["tracing"], begun):
        case = Case.objects.select_related("person").get(case_id=stay.case_id)
        search = services.begin_search(actor=people["tracing"], at=begun, case=case)
    for said in one.said:
        _hear(said, case, stay.entered_at + timedelta(days=said.day), at, people)
    for day, code, answer, words in one.steps:
        moment = min(stay.entered_at + timedelta(days=day), at)
        with _as(people["tracing"], moment):
            services.take_step(
                actor=people["tracing"],
                at=moment,
                search=search,
                code=code,
                answer=answer,
                words=words,
            )
    for asked in one.asked:
        _ask(asked, search, stay.entered_at, at, people["tracing"])
    if one.found is not None:
        _name(one.found, case, search, stay.entered_at, at, people["tracing"])


def _name(
    found: tuple[float, str, str, str],
    case: Case,
    search: IdentitySearch,
    entered: datetime,
    at: datetime,
    actor: Actor,
) -> None:
    day, found_by, name, words = found
    moment = min(entered + timedelta(days=day), at)
    with _as(actor, moment):
        add_fact(
            actor=actor,
            at=moment,
            person=case.person,
            case=case,
            kind="name",
            value=name,
            certainty="verified",
            source="公安核实",
        )
        services.end_search(actor=actor, at=moment, search=search, found_by=found_by, words=words)


def _hear(
    said: Said, case: Case, moment: datetime, at: datetime, people: Mapping[str, Actor]
) -> None:
    heard = services.Heard(
        kind=said.kind,
        words=said.words,
        said_by=said.said_by,
        certainty="estimated" if said.said_by == "staff" else "claimed",
        heard_at=min(moment, at),
        heard_where=said.where,
    )
    actor = people[said.by]
    with _as(actor, min(moment, at)):
        row = services.add_fragment(actor=actor, at=clock.now(), case=case, heard=heard)
    if said.withdrawn:
        with _as(people["tracing"], min(moment + timedelta(days=1), at)):
            services.withdraw_fragment(
                actor=people["tracing"], at=clock.now(), fragment=row, reason=said.withdrawn
            )


def _ask(
    asked: Asked, search: IdentitySearch, entered: datetime, at: datetime, actor: Actor
) -> None:
    moment = min(entered + timedelta(days=asked.day), at)
    with _as(actor, moment):
        row: IdentityRequest = services.send_request(
            actor=actor,
            at=moment,
            search=search,
            asked=services.Asked(asked.kind, asked.body, asked.of, asked.words, "paper"),
        )
    if asked.answer:
        moment = min(moment + timedelta(days=asked.after), at)
        told = services.Told(asked.answer, "phone", asked.told, clock.local(moment).date())
        with _as(actor, moment):
            services.put_answer(actor=actor, at=moment, request=row, told=told)
