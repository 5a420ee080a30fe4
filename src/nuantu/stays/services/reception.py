"""At the door: open a reception, keep what is entered, decide."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.encounters.services import owing
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import accept_handover, cancel_duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case, Certainty, ClassCode, FactKind, Person, PersonClass, Sex
from nuantu.persons.rules.ages import Age, is_treated_as_minor
from nuantu.persons.rules.naming import NAMELESS
from nuantu.persons.selectors import age_lines
from nuantu.persons.selectors.same import same_human
from nuantu.stays.models import Reception, Stay
from nuantu.stays.rules import eligibility
from nuantu.stays.selectors import door
from nuantu.stays.selectors.health import packs
from nuantu.stays.services import after_door
from nuantu.stays.services.beds import NoFreeBed, give_best_bed, owe_bed
from nuantu.stays.services.clocks import start_clocks
from nuantu.stays.services.holding import hold_reception
from nuantu.stays.services.lines import note
from nuantu.stays.services.notices import issue_notice
from nuantu.stays.services.staying import Needs, enter

MINOR_REASON = "可能未成年"
KEPT = (
    "arrival_mode",
    "brought_by",
    "body",
    "is_hospital_needed",
    "health",
    "has_limited_mobility",
    "telling",
    "has_means",
    "is_cash_only",
    "has_refused_deposit",
    "is_informed",
    "security",
    "searched_by",
    "is_searcher_female",
    "trouble",
)


DECIDED = ("state", "decided_at", "decided_by", "decision_note", "ground", "notice_number")


class ReceptionRefused(Refusal):
    """This cannot be entered or decided as it stands."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is known of somebody nobody has met before; each of it may be empty (EL-07)."""

    name: str = ""
    sex: str = Sex.UNKNOWN
    age: Age | None = None
    looks: str = ""
    origin: str = ""
    is_from_elsewhere: bool = False
    id_number: str = ""


def receive(
    *,
    actor: Actor,
    at: datetime,
    arrival_mode: str,
    brought_by: str = "",
    person: Person | None = None,
    newcomer: Newcomer | None = None,
) -> Reception:
    """Open a reception of a known or new person in the case the station holds, or a new one.

    Raises ReceptionRefused while one is open already, PersonRefused without anything to call him by.
    """
    with together():
        is_new = person is None
        if person is None:
            person = _enter_person(actor, at, newcomer or Newcomer())
        case, _is_new = persons.continue_case(
            actor=actor,
            at=at,
            person=person,
            division_code=actor.division_code,
            source="来站求助",
            place=actor.org_name,
            is_new_person=is_new,
        )
        persons.met_again(person=person, at=at)
        if newcomer is not None:
            _put_down(actor, at, case, newcomer)
        known = [person] if is_new else same_human(person)
        if not is_new:
            _check_not_here(actor, known)
        row = _open(actor, at, case, arrival_mode, brought_by)
        if not is_new:
            _came(actor, at, known)
        return row


def _enter_person(actor: Actor, at: datetime, newcomer: Newcomer) -> Person:
    lines = age_lines(actor.division_code, at)
    is_bare = not (newcomer.name or newcomer.looks or newcomer.age)
    is_nobody = is_bare and newcomer.sex == Sex.UNKNOWN
    is_minor = is_treated_as_minor(newcomer.age, lines)
    return persons.register_person(
        actor=actor,
        at=at,
        division_code=actor.division_code,
        name=newcomer.name,
        sex=newcomer.sex,
        age=newcomer.age,
        looks=newcomer.looks,
        place=actor.org_name if is_bare else "",
        called_as=f"{NAMELESS} {actor.org_name}" if is_nobody else "",
        minor_line=lines.minor,
        restricted_reason=MINOR_REASON if is_minor else "",
    )


def _put_down(actor: Actor, at: datetime, case: Case, newcomer: Newcomer) -> None:
    lines = age_lines(actor.division_code, at)
    codes = ["minor"] if is_treated_as_minor(newcomer.age, lines) else []
    if newcomer.is_from_elsewhere:
        codes.append(ClassCode.NON_LOCAL)
    if codes:
        persons.assign_classes(actor=actor, at=at, case=case, codes=codes, source="入站接待")
    said = (
        (FactKind.NAME, newcomer.name),
        (FactKind.ORIGIN, newcomer.origin),
        (FactKind.ID_NUMBER, newcomer.id_number),
    )
    for kind, value in said:
        if value.strip():
            persons.add_fact(
                actor=actor,
                at=at,
                person=case.person,
                case=case,
                kind=kind,
                value=value,
                certainty=Certainty.CLAIMED,
                source="本人说的",
                is_as_heard=kind == FactKind.ID_NUMBER,
            )


def take_over(*, actor: Actor, at: datetime, handover: Handover) -> Reception:
    """Accept what a team, police, a hospital or another station hands over: the reception begins
    with everything they wrote. Raises HandoverRefused when the offer is gone."""
    with transaction.atomic():
        accept_handover(actor=actor, at=at, handover=handover)
        case = Case.objects.select_related("person").get(case_id=handover.case_id)
        mode = door.mode_of_giver(handover.owner_org)
        giver = door.giver_name(handover.owner_org)
        known = same_human(case.person)
        _check_not_here(actor, known)
        row = _open(actor, at, case, mode, giver, handover)
        _came(actor, at, known)
        return row


def _check_not_here(actor: Actor, known: list[Person]) -> None:
    here = Stay.objects.filter(owner_org=actor.org_code, person__in=known, left_at=None)
    if here.exists():
        raise ReceptionRefused(_("这个人已经在站，请打开他的在站登记。"))


def _open(
    actor: Actor,
    at: datetime,
    case: Case,
    mode: str,
    brought_by: str,
    handover: Handover | None = None,
) -> Reception:
    person = case.person
    row = Reception(
        division_code=actor.division_code,
        owner_org=actor.org_code,
        case_id=case.case_id,
        recorded_at=at,
        person=person,
        asked_at=at,
        arrival_mode=mode,
        brought_by=brought_by.strip()[:120],
        handover_id=handover.public_id if handover else None,
        is_protected=_is_protected(person, case, at),
        recorded_by=actor.name,
    )
    try:
        with together():
            row.save()
    except IntegrityError as error:
        raise ReceptionRefused(_("这个人的接待已经开始，请在那一页继续。")) from error
    note(
        verb="stays.reception.open",
        actor=actor,
        at=at,
        row=row,
        person=person,
        summary=f"接待：{stored(row.get_arrival_mode_display)}",
        changes={"arrival_mode": mode},
    )
    after_door.owe_decision(actor=actor, at=at, row=row)
    return row


def _came(actor: Actor, at: datetime, known: list[Person]) -> None:
    for contact in door.bringing(actor.org_code, known):
        owing.keep(actor=actor, at=at, encounter=contact, kind=owing.BRING, note="已到站，开始接待")
    after_door.keep_what_awaited(actor=actor, at=at, org=actor.org_code, people=known)


def _is_protected(person: Person, case: Case | Reception, at: datetime) -> bool:
    age = person.age_on(clock.local(at).date())
    if is_treated_as_minor(age, age_lines(case.division_code, at)):
        return True
    codes = PersonClass.objects.filter(case_id=case.case_id, withdrawn_at=None)
    return eligibility.is_protected(codes.values_list("code", flat=True), is_minor=False)


def keep(
    *,
    actor: Actor,
    at: datetime,
    reception: Reception,
    values: Mapping[str, Any],
    unseen: Collection[str] = ("body",),
) -> None:
    """Save what is entered so far; a draft writes no line of its own, the decision does.

    What the clerk does not see (`unseen`) is replaced by what he enters and never emptied.
    Raises ReceptionRefused once it is decided.
    """
    with together():
        _hold_open(reception)
        for name in KEPT:
            if name in values and (values[name] or name not in unseen):
                setattr(reception, name, values[name])
        reception.is_protected = _is_protected(reception.person, reception, at)
        reception.save(update_fields=[*KEPT, "is_protected"])


def _hold_open(reception: Reception) -> None:
    if not hold_reception(reception):
        raise ReceptionRefused(_("这次接待已经办结。"))


def decide(
    *,
    actor: Actor,
    at: datetime,
    reception: Reception,
    decision: str,
    ground: str = "",
    note_text: str = "",
    with_stay: Stay | None = None,
) -> Stay | None:
    """End a reception: admitted (the stay begins, with the best free bed), refused on a ground,
    hospital first, police, or the person left. Returns the stay of an admitted person.

    Raises ReceptionRefused with the field to mend.
    """
    checks = {
        Reception.State.ADMITTED: _check_admission,
        Reception.State.REFUSED: _check_refusal,
    }
    check = checks.get(Reception.State(decision))
    with together():
        _hold_open(reception)
        if check is not None:
            check(reception, ground, note_text, at)
        elif not note_text.strip():
            raise ReceptionRefused(_("请写明情况：去了哪里、通知了谁。"), field="note_text")
        _close(actor, at, reception, decision, ground, note_text)
        if decision == Reception.State.ADMITTED:
            return _admit(actor, at, reception, with_stay)
        _owe_after(actor, at, reception)
    return None


def _owe_after(actor: Actor, at: datetime, row: Reception) -> None:
    """What is owed about somebody who goes from the door elsewhere than into the house."""
    after_door.owe_things(actor=actor, at=at, row=row)
    if row.state == Reception.State.HOSPITAL:
        after_door.owe_hospital(actor=actor, at=at, row=row)
    elif row.state == Reception.State.WITHDRAWN:
        case = Case.objects.select_related("person").get(case_id=row.case_id)
        cannot = row.telling == Reception.Telling.CANNOT
        if cannot or row.is_hospital_needed or _is_protected(case.person, case, at):
            after_door.owe_look(actor=actor, at=at, row=row)


def end_by_death(*, actor: Actor, at: datetime, case: Case, note_text: str) -> None:
    """Somebody died at the door or on the way to hospital: nothing is to be decided any more, and
    nobody is to be followed. Nothing happens where no reception is open."""
    rows = Reception.objects.filter(case_id=case.case_id, owner_org=actor.org_code)
    for row in rows.filter(state=Reception.State.OPEN):
        if hold_reception(row):
            _close(actor, at, row, Reception.State.DIED, "", note_text)
    about = {"subject_kind": "reception", "subject_id__in": rows.values_list("public_id")}
    kinds = (after_door.FOLLOW, after_door.LOOK)
    for duty in Duty.objects.filter(kind__in=kinds, state=Duty.State.OPEN, **about):
        cancel_duty(actor=actor, at=at, duty=duty, reason=note_text)


def _check_admission(reception: Reception, ground: str, note_text: str, at: datetime) -> None:
    if reception.is_hospital_needed:
        raise ReceptionRefused(
            _("已标明需要送医：先救治，治疗稳定后再办入站。"), field="is_hospital_needed"
        )
    if reception.security != Reception.Security.PASSED:
        forbidden = reception.security == Reception.Security.FOUND
        raise ReceptionRefused(
            _("查出的违禁品登记并移交或保管后，把安检改为“通过”再办入站。")
            if forbidden
            else _("安检通过后才能入站。"),
            field="security",
        )
    if reception.person.sex == Sex.FEMALE and not reception.is_searcher_female:
        raise ReceptionRefused(_("女性由女工作人员安检，请确认。"), field="is_searcher_female")
    if not reception.is_informed:
        raise ReceptionRefused(_("请先告知救助政策和入站须知。"), field="is_informed")


def _check_refusal(reception: Reception, ground: str, note_text: str, at: datetime) -> None:
    if (
        reception.is_protected
        or reception.is_hospital_needed
        or reception.telling == Reception.Telling.CANNOT
    ):
        raise ReceptionRefused(
            _("未成年人、病人、说不清情况的人先救助后查明，不能不予救助。"), field="decision"
        )
    known = {code for code, _words in door.grounds(reception.division_code, at)}
    if ground not in known:
        raise ReceptionRefused(_("请选择不予救助的原因。"), field="ground")
    if not note_text.strip():
        raise ReceptionRefused(_("请写明事实，通知书上要写。"), field="note_text")


def _close(
    actor: Actor, at: datetime, row: Reception, decision: str, ground: str, note_text: str
) -> None:
    row.state, row.decided_at, row.decided_by = decision, at, actor.name
    row.decision_note = note_text.strip()[:400]
    if decision == Reception.State.REFUSED:
        row.ground = ground
        notice = issue_notice(actor=actor, at=at, code="refusal_notice", about=row)
        row.notice_number = notice.number
    row.save(update_fields=DECIDED)
    said = stored(row.get_state_display)
    after_door.keep_decision(actor=actor, at=at, row=row, said=said)
    note(
        verb="stays.reception.decide",
        actor=actor,
        at=at,
        row=row,
        person=row.person,
        summary=f"接待结果：{said}",
        changes={"decision": decision, "ground": row.ground, "note": row.decision_note},
    )


def _admit(actor: Actor, at: datetime, row: Reception, with_stay: Stay | None) -> Stay:
    stay = enter(
        actor=actor,
        at=at,
        case=row,
        reception=row,
        with_stay=with_stay,
        needs=Needs(
            sex=row.person.sex,
            health=packs.zone_at_entry(row, at),
            has_limited_mobility=row.has_limited_mobility,
        ),
    )
    start_clocks(actor=actor, at=at, stay=stay)
    try:
        give_best_bed(actor=actor, at=at, stay=stay, is_new=True)
    except NoFreeBed:  # the page of the stay says what else can be done
        owe_bed(actor=actor, at=at, stay=stay)
    return stay
