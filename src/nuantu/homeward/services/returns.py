"""A return plan: begun in a case, decided gate by gate, called off; the way itself stands in `on_the_way`."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, files
from nuantu.core.actors import Actor
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.core.ids import RECEIPT_ALPHABET
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.homeward.models.return_choices import Halt, State, Ticket, Way
from nuantu.homeward.models.returns import OPEN, ReturnPlan
from nuantu.homeward.rules.returning import DANGERS, GO, STAY
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.persons.models import Case, PersonClass
from nuantu.planbook import calendars
from nuantu.stays.models import Stay
from nuantu.stays.rules.clocks import ends_at

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

RETURN: Final = "return"
COPY: Final = "homeward.taker"
NOTIFY, AWAIT, ALARM, NEXT, SHEET = (
    "return.notify",
    "return.arrive",
    "return.alarm",
    "return.next",
    "return.sheet",
)
HOME: Final = "tracing.home"


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes somebody over: a relative, or a person of the station or department there."""

    name: str
    relation: str = ""
    number: str = ""
    phone: str = ""
    is_checked: bool = False


def begin_return(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    way: str,
    destination: str,
    home_division: str = "",
) -> ReturnPlan:
    """Begin the plan of somebody in care or on the street; the promise to arrange his way home is kept by it.

    Raises HomewardRefused with the field to mend, also for a case that has a plan.
    """
    where = " ".join(destination.split())
    if way not in Way.values:
        raise HomewardRefused(_("请选返乡方式。"), field="way")
    if not where:
        raise HomewardRefused(_("请写回到哪里，越具体越好。"), field="destination")
    if home_division and not (home_division.isdecimal() and len(home_division) >= 6):
        raise HomewardRefused(_("区划代码是6位以上数字。"), field="home_division")
    if not case.is_open:
        raise HomewardRefused(_("个案已经结束，不能再安排返乡。"), field="case")
    try:
        with together():
            plan = ReturnPlan.objects.create(
                division_code=case.division_code,
                owner_org=actor.org_code,
                case_id=case.case_id,
                recorded_at=at,
                number=_number(case.division_code, at),
                person=case.person,
                way=way,
                destination=where[:200],
                home_division=home_division,
            )
            said = stored(Way(way).label)
            say(plan, "begin", actor, at, f"开始安排返乡：{said}", {"way": way})
            _keep_home(actor, at, plan)
    except IntegrityError as error:
        if "homeward_returnplan_one_at_a_time" in str(error):
            raise HomewardRefused(_("这个人已经有一份返乡计划。"), field="case") from error
        raise
    return plan


def change_return(
    *, actor: Actor, at: datetime, plan: ReturnPlan, way: str, destination: str, home_division: str
) -> ReturnPlan:
    """Another way or another place, before he sets out. Raises HomewardRefused."""
    where = " ".join(destination.split())
    if way not in Way.values or not where:
        raise HomewardRefused(_("请写回到哪里，越具体越好。"), field="destination")
    with together():
        held = planned(plan)
        held.way, held.home_division = way, home_division
        vars(held)["destination"] = where[:200]
        held.save()
        said = stored(Way(way).label)
        say(held, "change", actor, at, f"返乡改为：{said}", {"way": way})
    return held


def clear_return(
    *, actor: Actor, at: datetime, plan: ReturnPlan, cleared_by: str, words: str
) -> ReturnPlan:
    """Somebody medical said that his condition is stable (P1-12): who, in which words. Raises HomewardRefused."""
    if not cleared_by.strip() or not words.strip():
        raise HomewardRefused(_("请写谁说病情稳定、可以走，依据是什么。"), field="cleared_by")
    with together():
        held = planned(plan)
        held.cleared_at, held.cleared_by = at, cleared_by.strip()[:120]
        vars(held)["cleared_words"] = words.strip()[:300]
        held.save()
        say(held, "clear", actor, at, "病情稳定，可以返乡", {"by": held.cleared_by})
    return held


def decide_safety(
    *, actor: Actor, at: datetime, plan: ReturnPlan, safety: str, words: str
) -> ReturnPlan:
    """Whether somebody with a mark of danger goes home all the same; the caller may decide. Raises HomewardRefused."""
    if safety not in (GO, STAY):
        raise HomewardRefused(_("请选可以返乡还是不可以。"), field="safety")
    if not words.strip():
        raise HomewardRefused(
            _("请写依据：单独问过本人什么、告诉了公安妇联的谁、怎么防范。"), field="words"
        )
    with together():
        held = planned(plan)
        marks = PersonClass.objects.filter(case_id=held.case_id, withdrawn_at=None)
        if not marks.filter(code__in=DANGERS).exists():
            raise HomewardRefused(_("这个人没有危险标记，不用决定。"))
        held.safety, held.safety_at, held.safety_by = safety, at, actor.name
        vars(held)["safety_words"] = words.strip()[:500]
        held.save()
        summary = "有危险标记，决定可以返乡" if safety == GO else "有危险标记，决定不返乡"
        say(held, "safety", actor, at, summary, {"safety": safety})
    return held


def put_taker(
    *,
    actor: Actor,
    at: datetime,
    plan: ReturnPlan,
    taker: Taker,
    copy: "UploadedFile[bytes] | None" = None,
) -> ReturnPlan:
    """Who takes him over, the document checked and its copy kept (LV-10). Raises HomewardRefused and PhotoRefused."""
    if not taker.name.strip():
        raise HomewardRefused(_("请写接领人姓名。"), field="name")
    if taker.is_checked and not taker.number.strip():
        raise HomewardRefused(_("核对过证件，请写证件号。"), field="number")
    with together():
        held = planned(plan)
        held.taker, held.taker_relation = taker.name.strip()[:60], taker.relation.strip()[:40]
        held.is_taker_checked = taker.is_checked
        vars(held)["taker_number"] = taker.number.strip()[:40]
        vars(held)["taker_phone"] = taker.phone.strip()[:40]
        if copy is not None:
            held.taker_copy = files.store(
                upload=copy,
                division_code=held.division_code,
                owner_org=held.owner_org,
                case_id=held.case_id,
                purpose=COPY,
                actor=actor,
                at=at,
            )
        held.save()
        keep(actor, at, held, NOTIFY)
        say(held, "taker", actor, at, "已登记接领人", {"checked": taker.is_checked})
    return held


def refuse_taking(*, actor: Actor, at: datetime, plan: ReturnPlan, words: str) -> ReturnPlan:
    """The family will not take him: what they said, and whom the law has told next (LV-11). Raises HomewardRefused."""
    if not words.strip():
        raise HomewardRefused(_("请写谁拒绝、怎么说的。"), field="words")
    with together():
        held = planned(plan)
        held.refused_at, held.taker, held.is_taker_checked = at, "", False
        vars(held)["refused_words"] = words.strip()[:300]
        vars(held)["taker_number"] = vars(held)["taker_phone"] = ""
        held.save()
        say(held, "refuse", actor, at, "亲属或流出地拒绝接领")
        if not owed(held, NOTIFY):
            _owe_notice(actor, at, held)
    return held


def _owe_notice(actor: Actor, at: datetime, plan: ReturnPlan) -> None:
    if is_across(plan):
        title = "跨省拒绝接领：报省级民政部门，由两省民政部门协商"
        english = "Refused across provinces: report to the provincial department, the two settle it"
    else:
        title = "省内拒绝接领：通知流出地民政部门接回"
        english = "Refused inside the province: notify the civil affairs department of his home"
    ruling = rules_at(plan.division_code, at).need("return.notify")
    due_at = ends_at(at, ruling.number, ruling.unit, calendars.national())
    owe(actor, at, plan, NOTIFY, (title, english), due_at, ruling.source)


def halt_return(
    *, actor: Actor, at: datetime, plan: ReturnPlan, halt: str, words: str
) -> ReturnPlan:
    """Something keeps the whole journey back (P9-34): what, and on whose word. Raises HomewardRefused."""
    if halt not in Halt.values:
        raise HomewardRefused(_("请选什么原因暂停。"), field="halt")
    if not words.strip():
        raise HomewardRefused(_("请写依据：哪里的通告、到什么时候。"), field="words")
    with together():
        held = planned(plan)
        held.halt, held.halt_words = halt, words.strip()[:200]
        held.save()
        said = stored(Halt(halt).label)
        say(held, "halt", actor, at, f"返乡暂停：{said}", {"reason": words.strip()})
    return held


def lift_halt(*, actor: Actor, at: datetime, plan: ReturnPlan, words: str) -> ReturnPlan:
    """What kept the journey back is over. Raises HomewardRefused."""
    with together():
        held = planned(plan)
        if not held.halt:
            raise HomewardRefused(_("这份返乡计划没有暂停。"))
        held.halt, held.halt_words = "", ""
        held.save()
        say(held, "lift", actor, at, "返乡暂停解除", {"reason": words.strip()})
    return held


def call_off(*, actor: Actor, at: datetime, plan: ReturnPlan, words: str) -> ReturnPlan:
    """He does not go, or not so; tickets must be given back first. Raises HomewardRefused."""
    if not words.strip():
        raise HomewardRefused(_("请写为什么取消。"), field="words")
    with together():
        held = live(plan)
        open_tickets = held.legs.filter(dropped_at=None, ticket__in=[Ticket.BOUGHT, Ticket.HANDED])
        if held.departed_at is None and open_tickets.exists():
            raise HomewardRefused(_("还有没退的车船票，先登记退票。"))
        held.state, held.ended_words = State.CALLED_OFF, words.strip()[:300]
        held.save()
        held.escorts.filter(dropped_at=None).update(dropped_at=at)
        for duty in owed(held):
            cancel_duty(actor=actor, at=at, duty=duty, reason="返乡计划已取消")
        say(held, "call_off", actor, at, "已取消返乡计划", {"reason": words.strip()})
    return held


def open_return(*, actor: Actor, at: datetime, plan: ReturnPlan, purpose: str) -> None:
    """Write who opens addresses, phones and words of a plan, and what for. Raises HomewardRefused."""
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise HomewardRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    note(plan, f"{RETURN}.open", actor=actor, at=at, summary="查看返乡计划加密内容", basis=words)


def is_across(plan: ReturnPlan) -> bool:
    """Whether he goes to another province, as far as it is known."""
    return bool(plan.home_division) and plan.home_division[:2] != plan.division_code[:2]


def live(plan: ReturnPlan) -> ReturnPlan:
    """The plan, locked, while it is open. Raises HomewardRefused."""
    held = (
        ReturnPlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    )
    if held.state not in OPEN:
        raise HomewardRefused(
            _("这份返乡计划已经了结（%(state)s）。") % {"state": held.get_state_display()}
        )
    return held


def planned(plan: ReturnPlan) -> ReturnPlan:
    """The plan, locked, before he sets out. Raises HomewardRefused."""
    held = live(plan)
    if held.state != State.PLANNED:
        raise HomewardRefused(_("人已经出发，不能再改这一项。"))
    return held


def say(
    plan: ReturnPlan,
    deed: str,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """One line about a plan."""
    note(plan, f"{RETURN}.{deed}", actor=actor, at=at, summary=summary, changes=changes)


def owe(
    actor: Actor,
    at: datetime,
    plan: ReturnPlan,
    kind: str,
    titles: tuple[str, str],
    due_at: datetime,
    basis: str,
) -> Duty:
    """A promise about a plan; it is not of the case, so a late word keeps no case from closing."""
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=f"{titles[0]}（{plan.number}）",
        title_en=f"{titles[1]} ({plan.number})",
        subject=Subject(RETURN, plan.public_id),
        owner_org=plan.owner_org,
        division_code=plan.division_code,
        due_at=max(due_at, at + timedelta(minutes=1)),
        basis=basis[:200],
    )


def owed(plan: ReturnPlan, *kinds: str) -> list[Duty]:
    found = Duty.objects.filter(
        subject_kind=RETURN, subject_id=plan.public_id, state=Duty.State.OPEN
    )
    return list(found.filter(kind__in=kinds) if kinds else found)


def keep(actor: Actor, at: datetime, plan: ReturnPlan, *kinds: str) -> None:
    for duty in owed(plan, *kinds):
        complete_duty(actor=actor, at=at, duty=duty, evidence=plan.public_id)


def _keep_home(actor: Actor, at: datetime, plan: ReturnPlan) -> None:
    """That his way home is to be arranged was owed since he was found out; now it is arranged."""
    stay = Stay.objects.filter(case_id=plan.case_id, left_at=None).first()
    if stay is None:
        return
    duties = Duty.objects.filter(
        kind=HOME, subject_id=stay.public_id, state=Duty.State.OPEN, owner_org=plan.owner_org
    )
    for duty in duties:
        complete_duty(actor=actor, at=at, duty=duty, note=plan.number, evidence=plan.public_id)


def _number(division_code: str, at: datetime) -> str:
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _turn in range(4))
    return f"R{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"
