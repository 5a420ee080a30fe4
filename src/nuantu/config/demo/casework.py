"""Whom the demo's social workers work with: a man who drinks, a girl who is afraid of home, an old man who said at
night that he did not want to go on. Everybody is invented; each deed goes through the services at its own moment."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nuantu.accounts.models import User
from nuantu.casework import services
from nuantu.casework.models import CasePlan
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.persons.models import Case
from nuantu.stays.models import Stay

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Talk:
    """A session so many hours ago."""

    ago: float
    kind: str
    place: str
    minutes: int
    summary: str
    notes: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Casework:
    """A resident, told by his looks: on which ground, what is to be reached, what was said."""

    looks: str
    ground: str
    ground_words: str
    worker: str
    goal: tuple[str, str, str]
    talks: tuple[Talk, ...]
    risk: tuple[str, str, tuple[str, ...], str] | None = None


PEOPLE: Final = (
    Casework(
        "跛行，拄木棍",
        "consent",
        "“有人说说话也好”",
        "worker",
        ("behaviour", "白天不喝酒，去货场问一次零工", "连续两周照料员没有见他喝酒"),
        (
            Talk(50, "talk", "street", 20, "在北站广场坐了一会，愿意进站", "怕别人知道他以前是司机", "棉被一床"),
            Talk(26, "behaviour", "station", 40, "说好白天不喝酒", "说出事故那年开始喝的"),
        ),
    ),
    Casework(
        "校服，不肯说家在哪",
        "law",
        "未成年人保护法 第11条：可能在家里挨打，不问监护人",
        "worker2",
        ("mood", "能睡整夜", "连续五晚没有惊醒"),
        (Talk(4, "comfort", "station", 30, "愿意和女社工待在一起", "怕爸爸知道她在哪里"),),
        ("home_violence", "high", ("afraid", "injured"), "胳膊上有旧伤，说“怕爸爸知道”"),
    ),
    Casework(
        "白胡子，军大衣",
        "consent",
        "“你来坐坐就行”",
        "worker",
        ("network", "和村里的弟弟通上话", "通上一次电话"),
        (Talk(20, "comfort", "station", 25, "愿意听收音机、晒太阳", "夜里想起弟弟，哭过"),),
        ("suicide", "high", ("says", "alone"), "夜里对照料员说“活着没有意思”"),
    ),
)  # fmt: skip


def load(*, at: datetime, people: Mapping[str, Actor]) -> None:
    """Open the plans, let days pass, mark the risks that carers saw."""
    for one in PEOPLE:
        with _as(people["worker"], at):
            stay = Stay.objects.filter(person__looks=one.looks, left_at=None).first()
        if stay is not None:
            _work(one, stay, at, people)


@contextmanager
def _as(actor: Actor, at: datetime) -> Iterator[None]:
    with clock.frozen(at), scope.enter(scope.of_actor(actor)):
        yield


def _work(one: Casework, stay: Stay, at: datetime, people: Mapping[str, Actor]) -> None:
    begun = at - timedelta(hours=max(talk.ago for talk in one.talks)) - HOUR
    actor, users = people[one.worker], {user.login: user for user in User.objects.all()}
    other = "worker2" if one.worker == "worker" else "worker"
    with _as(actor, begun):
        case = Case.objects.select_related("person").get(case_id=stay.case_id)
        opening = services.Opening(
            ground=one.ground,
            ground_words=one.ground_words,
            worker=users[one.worker],
            stand_in=users[other],
            agency="凯里暖途社工服务中心（演示）",
            next_step="先坐下来谈一次",
            next_date=clock.local(begun).date() + timedelta(days=1),
        )
        plan = services.open_plan(actor=actor, at=begun, case=case, opening=opening)
        area, words, measure = one.goal
        services.add_goal(
            actor=actor,
            at=begun,
            plan=plan,
            area=area,
            words=words,
            measure=measure,
            due_date=clock.local(at).date() + timedelta(days=20),
        )
    for talk in one.talks:
        _talk(talk, plan, at, actor)
    if one.risk:
        _mark(one, plan, case, at, people)
    else:
        _reach(plan, at, actor, users)


def _reach(plan: CasePlan, at: datetime, actor: Actor, users: Mapping[str, User]) -> None:
    """He wants no contact yet, legal aid is asked for his wages, a conference decides."""
    moment = at - 20 * HOUR
    with _as(actor, moment):
        asked = services.Asked("own", "refuses", (), "前妻和女儿", "“等我有了活干再说”")
        services.ask_about_family(actor=actor, at=moment, plan=plan, asked=asked)
        services.refer(
            actor=actor,
            at=moment,
            plan=plan,
            kind="legal_aid",
            body="凯里市法律援助中心（演示）",
            words="货场欠两个月工钱，有工友作证，请指派律师",
        )
        today = clock.local(at).date()
        services.confer(
            actor=actor,
            at=moment,
            plan=plan,
            met=services.Met(
                moment - HOUR,
                "吴社工、熊医务、田照料、本人",
                "本人同意先戒白天的酒；医务建议查肝功能",
                (
                    ("约肝功能检查", users["medic"], today + timedelta(days=2)),
                    ("陪同到货场问零工", None, today + timedelta(days=4)),
                ),
            ),
        )


def _talk(talk: Talk, plan: CasePlan, at: datetime, actor: Actor) -> None:
    moment = at - timedelta(hours=talk.ago)
    held = services.Held(
        kind=talk.kind,
        place=talk.place,
        held_at=moment,
        minutes=talk.minutes,
        is_missed=False,
        summary=talk.summary,
        given=talk.given,
        notes=talk.notes,
        next_step="明天下午再谈一次",
        next_date=clock.local(at).date() + timedelta(days=1),
    )
    with _as(actor, moment):
        services.hold_session(actor=actor, at=moment, plan=plan, held=held)


def _mark(
    one: Casework, plan: CasePlan, case: Case, at: datetime, people: Mapping[str, Actor]
) -> None:
    if one.risk is None:
        return
    kind, urgency, signs, reasons = one.risk
    moment = at - timedelta(minutes=8)
    with _as(people["carer"], moment):
        assessed = services.Assessed(kind, urgency, signs, reasons)
        services.mark_risk(actor=people["carer"], at=moment, case=case, assessed=assessed)
    if kind == "suicide":
        with _as(people[one.worker], moment + timedelta(minutes=5)):
            services.put_safety_plan(
                actor=people[one.worker],
                at=clock.now(),
                plan=plan,
                is_agreed=True,
                signs="睡不着，一个人坐到天亮",
                helps="有人坐在旁边，开收音机听苗歌",
                people="夜里叫照料员，白天找吴社工",
                out_of_reach="药由医务室保管，皮带换成布带",
            )
