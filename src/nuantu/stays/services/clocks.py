"""Clocks of a stay as duties: started, kept, followed by the next; none ends a stay."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, events
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case, ClassCode
from nuantu.persons.rules.ages import side_of
from nuantu.persons.selectors import age_lines
from nuantu.planbook import calendars, deadlines
from nuantu.stays.models import Extension, Stay
from nuantu.stays.rules import clocks
from nuantu.stays.selectors.known import known_of
from nuantu.stays.services.holding import hold_stay
from nuantu.stays.services.lines import note

# kind → Chinese title, English title
TITLES = {
    clocks.DECIDE: ("救助期满：决定去留", "Term over: decide on leaving or staying"),
    clocks.FILE: (
        "延长救助报上级民政部门备案",
        "File the longer stay with the superior department",
    ),
    clocks.NOTICE: ("身份不明：发布寻亲公告", "Unidentified: publish a tracing notice"),
    clocks.DNA: ("身份不明：申请公安采集DNA", "Unidentified: ask police for a DNA sample"),
    clocks.STRANDED: (
        "身份不明满期：转为滞留人员照料安置",
        "Still unidentified: enter as stranded",
    ),
    clocks.REFRESH: ("更新滞留人员寻亲信息", "Refresh the tracing information"),
    clocks.SETTLE: ("滞留满期：提出落户安置", "Stranded for long: ask for settlement"),
    clocks.NEXT: ("没有十日期限：定下一步", "No term of ten days: settle the next step"),
    clocks.REVIEW: (
        "延长期间：看情况有没有变、能不能走",
        "Longer stay: look whether anything has changed and he can leave",
    ),
    clocks.REVISIT: ("离站后回访", "Revisit after leaving"),
    clocks.DEATH: (
        "死亡：报公安和民政部门、通知亲属、取得证明",
        "Death: tell police, civil affairs and relatives, obtain the certificate",
    ),
}
# asked for by law without a figure
_WITHOUT_FIGURE = {clocks.FILE: "实施细则(DL-03)", clocks.DEATH: "在站死亡处置(ST-17)"}
STAY_ON = (clocks.REVISIT, clocks.DEATH)
CHILD, CONDITION = "child", "condition"
_OF_CHILD = (
    "未成年人：联系监护人、评估监护，定下一步",
    "Minor: reach the guardian, assess guardianship, settle the next step",
)
_MAYBE_CHILD = (
    "可能未成年，先查明年龄：联系监护人、评估监护，定下一步",
    "May be a minor, establish the age: reach the guardian, assess guardianship, settle the step",
)


class ClockRefused(Refusal):
    """This clock cannot be kept so."""


def owe(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    kind: str,
    start: datetime,
    soonest: datetime | None = None,
) -> Duty:
    """Start a clock of a stay, with the law it rests on; the parameter is dated."""
    book = rules_at(stay.division_code, at)
    if kind in _WITHOUT_FIGURE:
        ruling = book.need("vague.clock", key="paper")
        due_at = start + timedelta(minutes=ruling.number)
        basis = f"{_WITHOUT_FIGURE[kind]}；X56 无数字用语默认时限"
    else:
        ruling = book.need(kind)
        due_at = clocks.ends_at(start, ruling.number, ruling.unit, calendars.national())
        basis = ruling.source
    if kind == clocks.SETTLE:
        grace = book.need("stay.settle_grace")
        due_at = clocks.ends_at(due_at, grace.number, grace.unit, calendars.national())
    if kind == clocks.NOTICE:
        events.announce("stays.who_is_unknown", stay=str(stay.public_id))
    return _open(actor, at, stay, kind, TITLES[kind], max(due_at, soonest or at), basis)


def owe_next(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    start: datetime,
    soonest: datetime | None = None,
    is_again: bool = False,
) -> Duty:
    """Ask what becomes of somebody whom no term covers; once answered it is asked again monthly."""
    book = rules_at(stay.division_code, at)
    is_child = known_of(stay, at).may_be_child
    if is_again:
        ruling = book.need("stay.next_again")
    else:
        ruling = book.need(clocks.NEXT, key=CHILD if is_child else CONDITION)
    due_at = clocks.ends_at(start, ruling.number, ruling.unit, calendars.national())
    words = _words_of(stay, at) if is_child else TITLES[clocks.NEXT]
    return _open(actor, at, stay, clocks.NEXT, words, max(due_at, soonest or at), ruling.source)


def _words_of(stay: Stay, at: datetime) -> tuple[str, str]:
    age = stay.person.age_on(clock.local(at).date())
    line = age_lines(stay.division_code, at).minor
    return _OF_CHILD if age is not None and side_of(age, line) == "below" else _MAYBE_CHILD


def _open(
    actor: Actor,
    at: datetime,
    stay: Stay,
    kind: str,
    words: tuple[str, str],
    due_at: datetime,
    basis: str,
) -> Duty:
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=words[0],
        title_en=words[1],
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=None if kind in STAY_ON else stay.case_id,
        due_at=due_at,
        basis=basis[:200],
        basis_rule="P1-78",
    )


def owed(stay: Stay, *kinds: str) -> list[Duty]:
    """Open clocks of a stay."""
    return list(
        Duty.objects.filter(
            subject_kind="stay",
            subject_id=stay.public_id,
            state=Duty.State.OPEN,
            kind__in=kinds or tuple(TITLES),
        )
    )


def start_clocks(*, actor: Actor, at: datetime, stay: Stay) -> None:
    """Start what runs from the entry on."""
    for kind in clocks.at_entry(known_of(stay, at)):
        begin(actor=actor, at=at, stay=stay, kind=kind, start=stay.entered_at)


def begin(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    kind: str,
    start: datetime,
    soonest: datetime | None = None,
) -> Duty:
    """Start a clock of this kind; it is not due before `soonest`."""
    if kind == clocks.NEXT:
        return owe_next(actor=actor, at=at, stay=stay, start=start, soonest=soonest)
    return owe(actor=actor, at=at, stay=stay, kind=kind, start=start, soonest=soonest)


def keep_clock(*, actor: Actor, at: datetime, stay: Stay, kind: str, note_text: str) -> None:
    """What a clock asked for was done: say what, and start what follows.

    Raises ClockRefused without words, when the clock does not run, or for the decision, which has
    its own form.
    """
    if kind in (clocks.DECIDE, clocks.FILE) or kind not in TITLES:
        raise ClockRefused(_("去留决定和报备请用各自的表单办理。"))
    if not note_text.strip():
        raise ClockRefused(_("请写明怎么办的：渠道、编号或答复。"), field="note_text")
    with transaction.atomic():
        hold_stay(stay)
        running = owed(stay, kind)
        if not running:
            raise ClockRefused(_("这个时限已经办结。"))
        for duty in running:
            complete_duty(actor=actor, at=at, duty=duty, note=note_text.strip()[:200])
        if kind == clocks.STRANDED:
            _mark_stranded(actor, at, stay)
        if stay.is_here:
            _follow(actor, at, stay, kind)
        note(
            verb="stays.clock.keep",
            actor=actor,
            at=at,
            row=stay,
            person=stay.person,
            summary=f"办结：{TITLES[kind][0]}",
            changes={"note": note_text.strip(), "title_en": TITLES[kind][1]},
        )


def _follow(actor: Actor, at: datetime, stay: Stay, kind: str) -> None:
    longer = Extension.objects.filter(stay=stay).order_by("-pk").first()
    if kind == clocks.REVIEW and longer is not None:
        _owe_review(actor, at, stay, longer.until_date)
    for following in clocks.after(kind):
        if following == clocks.NEXT:
            owe_next(actor=actor, at=at, stay=stay, start=at, is_again=True)
        else:
            start = at if following == clocks.REFRESH else stay.entered_at
            owe(actor=actor, at=at, stay=stay, kind=following, start=start)


def _mark_stranded(actor: Actor, at: datetime, stay: Stay) -> None:
    case = Case.objects.select_related("person").get(case_id=stay.case_id)
    persons.assign_classes(
        actor=actor, at=at, case=case, codes=[ClassCode.UNIDENTIFIED], source="满期身份不明"
    )


def extend(*, actor: Actor, at: datetime, stay: Stay, reason: str, until_date: date) -> Extension:
    """Decide that somebody stays longer, why and until when; filing it upward is owed (DL-03), and
    the decision is asked for again on that day, where a term holds, and every month he is looked
    at meanwhile. Raises ClockRefused with the field to mend."""
    if not reason.strip():
        raise ClockRefused(_("请写明为什么要延长。"), field="reason")
    if until_date <= clock.local(at).date():
        raise ClockRefused(_("延长到的日期要晚于今天。"), field="until_date")
    with transaction.atomic():
        if not hold_stay(stay):
            raise ClockRefused(_("这个人已经离站。"))
        row = Extension.objects.create(
            stay=stay,
            reason=reason.strip()[:300],
            until_date=until_date,
            decided_at=at,
            decided_by=actor.name,
        )
        for duty in owed(stay, clocks.DECIDE):
            complete_duty(actor=actor, at=at, duty=duty, note=f"延长到{until_date}")
        owe(actor=actor, at=at, stay=stay, kind=clocks.FILE, start=at)
        if clocks.has_term(known_of(stay, at)):
            _ask_again(actor, at, stay, until_date)
            _owe_review(actor, at, stay, until_date)
        note(
            verb="stays.stay.extend",
            actor=actor,
            at=at,
            row=stay,
            person=stay.person,
            summary=f"延长救助到{until_date}",
            basis="实施细则(DL-03)",
            changes={"reason": row.reason},
        )
    return row


def _ask_again(actor: Actor, at: datetime, stay: Stay, until_date: date) -> None:
    kind = clocks.DECIDE
    due_at = deadlines.end_of(until_date)
    _open(actor, at, stay, kind, TITLES[kind], due_at, "实施细则(DL-03)")


def _owe_review(actor: Actor, at: datetime, stay: Stay, until_date: date) -> None:
    """While the next decision is more than a month off, somebody looks every month."""
    if owed(stay, clocks.REVIEW, clocks.REFRESH, clocks.NEXT):
        return
    ruling = rules_at(stay.division_code, at).need("stay.next_again")
    due_at = clocks.ends_at(at, ruling.number, ruling.unit, calendars.national())
    if due_at < deadlines.end_of(until_date):
        _open(actor, at, stay, clocks.REVIEW, TITLES[clocks.REVIEW], due_at, ruling.source)


def file_extension(*, actor: Actor, at: datetime, extension: Extension, filed_to: str) -> Extension:
    """Put down where and when a longer stay was filed. Raises ClockRefused when it was already."""
    if extension.filed_at is not None:
        raise ClockRefused(_("已经报备。"))
    if not filed_to.strip():
        raise ClockRefused(_("请写明报给哪个民政部门。"), field="filed_to")
    extension.filed_at, extension.filed_by = at, actor.name
    extension.filed_to = filed_to.strip()[:120]
    with transaction.atomic():
        extension.save()
        for duty in owed(extension.stay, clocks.FILE):
            complete_duty(actor=actor, at=at, duty=duty, note=extension.filed_to)
        note(
            verb="stays.stay.file",
            actor=actor,
            at=at,
            row=extension.stay,
            person=extension.stay.person,
            summary="延长救助已报备",
            changes={"filed_to": extension.filed_to},
        )
    return extension


def drop_identity_clocks(*, actor: Actor, at: datetime, stay: Stay) -> int:
    """Take back the clocks of who somebody is, once that is verified; how many.

    Raises ClockRefused while nobody verified it.
    """
    known = known_of(stay, at)
    running = owed(stay)
    ended = clocks.unfinished([d.kind for d in running], is_identified=known.is_identified)
    if not known.is_identified:
        raise ClockRefused(_("姓名或身份证号还没有核实，寻亲时限继续。"))
    with transaction.atomic():
        for duty in running:
            if duty.kind in ended:
                cancel_duty(actor=actor, at=at, duty=duty, reason="身份已核实")
    return len(ended)


def restart_identity_clocks(*, actor: Actor, at: datetime, stay: Stay, note_text: str) -> int:
    """A name turned out false: finding out who somebody is begins anew; how many clocks start.

    Raises ClockRefused while it is verified, while they run, or without a word what was found.
    """
    if not note_text.strip():
        raise ClockRefused(_("请写明怎么发现姓名不实。"), field="note_text")
    with transaction.atomic():
        if not hold_stay(stay):
            raise ClockRefused(_("这个人已经离站。"))
        known = known_of(stay, at)
        if known.is_identified:
            raise ClockRefused(_("姓名或身份证号还标着已核实，先在人员页面更正。"))
        if owed(stay, *clocks.IDENTITY):
            raise ClockRefused(_("查明身份的时限正在走。"))
        for kind in clocks.UNKNOWN:
            owe(actor=actor, at=at, stay=stay, kind=kind, start=at)
        note(
            verb="stays.clock.restart",
            actor=actor,
            at=at,
            row=stay,
            person=stay.person,
            summary="姓名不实，重新查明身份",
            changes={"note": note_text.strip()[:200]},
        )
    return len(clocks.UNKNOWN)


def stop_clocks(*, actor: Actor, at: datetime, stay: Stay) -> None:
    """The stay is over: what its clocks asked for is asked no more."""
    for duty in Duty.objects.filter(
        subject_kind="stay", subject_id=stay.public_id, state=Duty.State.OPEN
    ).exclude(kind__in=STAY_ON):
        cancel_duty(actor=actor, at=at, duty=duty, reason="已离站")
    events.announce("stays.stay_ended", stay=str(stay.public_id))
