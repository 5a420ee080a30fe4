"""An infection in the house: disease control, the chain of contacts, isolation, the end of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.stays.models import CloseContact, Health, Infection, Stay
from nuantu.stays.selectors import beds
from nuantu.stays.selectors.health import contacts as reads
from nuantu.stays.services.beds import NoFreeBed, give_best_bed
from nuantu.stays.services.health.lines import drop, keep, owe
from nuantu.stays.services.health.screening import HealthRefused
from nuantu.stays.services.lines import note
from nuantu.stays.services.staying import Needs, change_needs

CDC, PLACE, REACH, RELEASE = (
    "infection.cdc",
    "infection.place",
    "infection.reach",
    "infection.release",
)
ABOUT = "infection"
# kind → Chinese title, English title, clock of the vague word, rule
PROMISES = {
    CDC: (
        "报疾控机构，按指导处置",
        "Report to disease control, act on its advice",
        "rescue",
        "P1-81",
    ),
    PLACE: (
        "隔离区没有床位：腾房、联系定点医院或邻站",
        "No bed in isolation: clear a room, ask hospital or next station",
        "rescue",
        "P10-30",
    ),
    REACH: (
        "通知已离站的密切接触者",
        "Tell the close contacts who have left",
        "rescue",
        "P10-30",
    ),
}
BASIS = "实施细则 第8条(ST-09)"


@dataclass(frozen=True, slots=True)
class Report:
    """Who is infected, how surely, with what, and since when others count as contacts."""

    kind: str
    illness: str
    since_at: datetime
    stay: Stay | None = None
    staff_name: str = ""


def report(*, actor: Actor, at: datetime, known: Report) -> Infection:
    """Put an infection down: disease control is owed a word at once, the resident is isolated, and
    whoever slept in his room since then is found from the beds.

    Raises HealthRefused for one that is put down already, or a moment after now.
    """
    if known.since_at > at:
        raise HealthRefused(_("起算时间不能晚于现在。"), field="since_at")
    if known.stay is None and not known.staff_name.strip():
        raise HealthRefused(_("请选住站人员，或写工作人员姓名。"), field="staff_name")
    row = Infection(
        division_code=actor.division_code,
        owner_org=actor.org_code,
        case_id=known.stay.case_id if known.stay else None,
        recorded_at=at,
        person=known.stay.person if known.stay else None,
        stay=known.stay,
        staff_name="" if known.stay else known.staff_name.strip()[:60],
        kind=known.kind,
        illness=known.illness.strip()[:300],
        since_at=known.since_at,
        reported_at=at,
        reported_by=actor.name,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise HealthRefused(_("这个人的感染已经登记，请在那一页继续。")) from error
    with transaction.atomic():
        _line("stays.infection.report", actor, at, row, "登记感染")
        owe(actor=actor, at=at, row=row, about=ABOUT, kind=CDC, told=PROMISES[CDC])
        if row.stay is not None and row.stay.is_here:
            _isolate(actor, at, row, row.stay)
        _find_contacts(actor, at, row)
    return row


def _line(verb: str, actor: Actor, at: datetime, row: Infection, summary: str) -> None:
    if row.person is None:
        journal.record(
            verb=verb,
            actor=actor,
            at=at,
            subjects=[Subject(ABOUT, row.public_id)],
            division_code=row.division_code,
            owner_org=row.owner_org,
            summary=summary,
            basis=BASIS,
        )
        return
    note(
        verb=verb,
        actor=actor,
        at=at,
        row=row,
        person=row.person,
        kind=ABOUT,
        summary=summary,
        basis=BASIS,
    )


def _find_contacts(actor: Actor, at: datetime, row: Infection) -> None:
    for near in reads.near(row, at):
        stay = Stay.objects.select_related("person").get(pk=near.stay)
        _add(actor, at, row, stay, CloseContact.How.SAME_ROOM, near.since, near.until)


def _add(
    actor: Actor,
    at: datetime,
    row: Infection,
    stay: Stay,
    how: str,
    since: datetime,
    until: datetime,
) -> CloseContact:
    state = CloseContact.State.FOUND if stay.is_here else CloseContact.State.GONE
    contact = CloseContact.objects.create(
        infection=row,
        stay=stay,
        how=how,
        from_at=since,
        until_at=until,
        state=state,
        changed_at=at,
        changed_by=actor.name,
    )
    if not stay.is_here and not reads.is_reach_owed(row):
        owe(actor=actor, at=at, row=row, about=ABOUT, kind=REACH, told=PROMISES[REACH])
    return contact


def add_contact(
    *,
    actor: Actor,
    at: datetime,
    infection: Infection,
    how: str,
    stay: Stay | None = None,
    staff_name: str = "",
) -> CloseContact:
    """Somebody who ate with him or stood near: a resident, or one of the staff, who stays off duty.

    Raises HealthRefused for somebody who is on the list already.
    """
    _need_open(infection)
    since, until = infection.since_at, infection.reported_at
    try:
        with transaction.atomic():
            if stay is not None:
                row = _add(actor, at, infection, stay, how, since, until)
            elif staff_name.strip():
                row = CloseContact.objects.create(
                    infection=infection,
                    staff_name=staff_name.strip()[:60],
                    how=how,
                    from_at=since,
                    until_at=until,
                    state=CloseContact.State.OFF_DUTY,
                    changed_at=at,
                    changed_by=actor.name,
                )
            else:
                raise HealthRefused(_("请选住站人员，或写工作人员姓名。"), field="staff_name")
            _line("stays.infection.contact", actor, at, infection, "补充密切接触者")
    except IntegrityError as error:
        raise HealthRefused(_("这个人已经在密接名单里。"), field="stay") from error
    return row


def _need_open(infection: Infection) -> None:
    if not infection.is_open:
        raise HealthRefused(_("这起感染已经处置完毕。"))


def isolate(*, actor: Actor, at: datetime, contact: CloseContact) -> CloseContact:
    """Into the isolation zone; where no bed is free there, that is owed at once and he stays where
    he is, apart from others as far as the house allows."""
    _need_open(contact.infection)
    if contact.stay is None or not contact.stay.is_here:
        raise HealthRefused(_("这个人不在站内，请登记通知。"))
    with transaction.atomic():
        is_placed = _isolate(actor, at, contact.infection, contact.stay)
        state = CloseContact.State.ISOLATED if is_placed else CloseContact.State.NO_BED
        return _change(actor, at, contact, state)


def _isolate(actor: Actor, at: datetime, row: Infection, stay: Stay) -> bool:
    """Whether he has a bed in the isolation zone now."""
    change_needs(actor=actor, at=at, stay=stay, needs=_needs(stay, Health.ISOLATION))
    has_bed = beds.current(stay) is not None
    if not has_bed:
        try:
            with transaction.atomic():
                give_best_bed(actor=actor, at=at, stay=stay)
            has_bed = True
        except NoFreeBed:
            has_bed = False
    if not has_bed and not reads.is_owed(row, PLACE):
        owe(actor=actor, at=at, row=row, about=ABOUT, kind=PLACE, told=PROMISES[PLACE])
    return has_bed


def _needs(stay: Stay, health: str) -> Needs:
    return Needs(
        sex=stay.sex,
        health=health,
        has_limited_mobility=stay.has_limited_mobility,
        care_level=stay.care_level,
        diet=stay.diet,
    )


def _change(
    actor: Actor, at: datetime, contact: CloseContact, state: str, **more: str
) -> CloseContact:
    contact.state, contact.changed_at, contact.changed_by = state, at, actor.name
    for name, value in more.items():
        setattr(contact, name, value)
    contact.save()
    label = stored(contact.get_state_display)
    _line("stays.infection.change", actor, at, contact.infection, f"密切接触者：{label}")
    _keep_what_is_done(actor, at, contact.infection)
    return contact


def _keep_what_is_done(actor: Actor, at: datetime, row: Infection) -> None:
    open_states = set(row.contacts.values_list("state", flat=True))
    if CloseContact.State.GONE not in open_states:
        keep(actor=actor, at=at, subject_id=row.public_id, kinds=(REACH,), note="已通知")
    ill = row.stay
    lies_apart = ill is None or not ill.is_here or beds.current(ill) is not None
    if lies_apart and CloseContact.State.NO_BED not in open_states:
        keep(actor=actor, at=at, subject_id=row.public_id, kinds=(PLACE,), note="已安排")


def tell_contact(
    *, actor: Actor, at: datetime, contact: CloseContact, told_to: str, note_text: str = ""
) -> CloseContact:
    """A contact who has left was told, or his town, or disease control where he went."""
    if not told_to.strip():
        raise HealthRefused(_("请写明通知了谁：本人、去向地社区或疾控机构。"), field="told_to")
    with transaction.atomic():
        return _change(
            actor,
            at,
            contact,
            CloseContact.State.TOLD,
            told_to=told_to.strip()[:80],
            note=note_text.strip()[:200],
        )


def release(*, actor: Actor, at: datetime, contact: CloseContact, words: str) -> CloseContact:
    """The isolation of a contact ends by a decision, never by a clock. Raises HealthRefused without
    the word it rests on."""
    if not words.strip():
        raise HealthRefused(_("请写明依据：谁说可以解除、检测结果。"), field="words")
    with transaction.atomic():
        if contact.stay is not None:
            _let_out(actor, at, contact.infection, contact.stay)
        return _change(actor, at, contact, CloseContact.State.CLEARED, note=words.strip()[:200])


def _let_out(actor: Actor, at: datetime, row: Infection, stay: Stay) -> None:
    """Out of isolation, unless he is kept apart for another infection."""
    if stay.is_here and not reads.is_kept_apart(stay, row):
        change_needs(actor=actor, at=at, stay=stay, needs=_needs(stay, Health.GENERAL))
        _new_bed(actor, at, stay)


def _new_bed(actor: Actor, at: datetime, stay: Stay) -> None:
    if beds.current(stay) is None:
        try:
            with transaction.atomic():
                give_best_bed(actor=actor, at=at, stay=stay)
        except NoFreeBed:
            return  # the board shows who has no bed


def tell_cdc(
    *, actor: Actor, at: datetime, infection: Infection, told_to: str, guidance: str
) -> Infection:
    """Disease control was told, and what it says to do (P1-81). A look at the isolation is owed
    after the days the area keeps."""
    if not told_to.strip():
        raise HealthRefused(_("请写明报给了谁。"), field="told_to")
    with transaction.atomic():
        infection.cdc_told_at, infection.cdc_told_to = at, told_to.strip()[:80]
        infection.guidance = guidance.strip()[:400]
        infection.save()
        keep(actor=actor, at=at, subject_id=infection.public_id, kinds=(CDC,), note=told_to.strip())
        _owe_release(actor, at, infection)
        _line("stays.infection.cdc", actor, at, infection, "已报疾控机构")
    return infection


def _owe_release(actor: Actor, at: datetime, row: Infection) -> None:
    if reads.is_owed(row, RELEASE):
        return
    ruling = rules_at(row.division_code, at).need("infection.observe")
    open_duty(
        actor=actor,
        at=at,
        kind=RELEASE,
        title="复核隔离，决定解除或继续",
        title_en="Look at the isolation again and decide whether it ends",
        subject=Subject(ABOUT, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=at + timedelta(days=ruling.number),
        basis=ruling.source,
        basis_rule="P10-30",
    )


def end_infection(*, actor: Actor, at: datetime, infection: Infection, end: str) -> Infection:
    """Over, once every contact is told, cleared or back on duty. Raises HealthRefused before."""
    _need_open(infection)
    waiting = reads.unfinished(infection)
    if waiting:
        raise HealthRefused(
            _("还有 %(count)s 名密切接触者没有处置完。") % {"count": waiting}, field="end"
        )
    with transaction.atomic():
        infection.end, infection.ended_at, infection.ended_by = end, at, actor.name
        infection.save()
        drop(
            actor=actor,
            at=at,
            subject_id=infection.public_id,
            kinds=(CDC, PLACE, REACH),
            reason="感染处置完毕",
        )
        keep(
            actor=actor,
            at=at,
            subject_id=infection.public_id,
            kinds=(RELEASE,),
            note="感染处置完毕",
        )
        if infection.stay is not None:
            _let_out(actor, at, infection, infection.stay)
        _line("stays.infection.end", actor, at, infection, "感染处置完毕")
    return infection
