"""Hand something over: offer, accept, decline, withdraw. The first receiver owns until accepted."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.accounts.services import end_grants, give_grant
from nuantu.core import events, journal, live, scope, subjects
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Handover
from nuantu.operations.models.handovers import GIVER_READS, PREVIEW
from nuantu.operations.selectors import rules_at
from nuantu.operations.services.duties import cancel_duty, complete_duty, open_duty

PREVIEW_DAYS = 30
ANSWER = "handover.answer"


class HandoverRefused(Refusal):
    """The hand-over cannot be offered, or somebody has answered it already."""


def offer_handover(
    *,
    actor: Actor,
    at: datetime,
    subject: Subject,
    case_id: UUID | None,
    to_org: str,
    purpose: str,
    note: str = "",
    division_code: str = "",
) -> Handover:
    """Offer a subject and its case to another organisation; nothing changes hands yet.

    The receiver may read the case while the offer stands, and owes an answer. The giver owns
    everything until somebody there accepts.

    Raises HandoverRefused: unknown receiver, to oneself, offered already.
    """
    receiver = Organisation.objects.filter(code=to_org, is_active=True).first()
    if receiver is None:
        raise HandoverRefused(_("没有这个接收单位，请重新选择。"), field="to_org")
    if to_org == actor.org_code:
        raise HandoverRefused(_("不能移交给自己的单位。"), field="to_org")
    place = division_code or actor.division_code or receiver.division_id
    with transaction.atomic(), scope.system("the receiver is told and may read the case"):
        try:
            with transaction.atomic():
                handover = Handover.objects.create(
                    subject_kind=subject.kind,
                    subject_id=subject.public_id,
                    case_id=case_id,
                    division_code=place,
                    owner_org=actor.org_code,
                    to_org=to_org,
                    purpose=purpose,
                    note=note,
                    offered_at=at,
                    offered_by=actor.name,
                )
        except IntegrityError as problem:
            raise HandoverRefused(_("已经有一个移交在等对方答复，请先撤回。")) from problem
        if case_id:
            give_grant(
                actor=actor,
                at=at,
                org_code=to_org,
                case_id=case_id,
                purpose=PREVIEW,
                until=at + timedelta(days=PREVIEW_DAYS),
                division_code=place,
            )
        _open_answer(actor, at, handover)
        _record(handover, "offer", actor, at, f"提出移交给{receiver.name}：{purpose}")
        events.announce("operations.handover_offered", handover=str(handover.public_id))
    return handover


def accept_handover(*, actor: Actor, at: datetime, handover: Handover, note: str = "") -> Handover:
    """Take over: the subject, the rows of its case and its open duties move to the receiver.

    The giver keeps read access for a set term. Raises HandoverRefused when the offer is gone or
    belongs to another organisation.
    """
    with transaction.atomic(), scope.system("accepting moves the rows of the giver"):
        _line_up(handover)
        _answer(handover, actor, at, Handover.State.ACCEPTED, note)
        subject = Subject(handover.subject_kind, handover.subject_id)
        subjects.move(subject, case_id=handover.case_id, new_owner=handover.to_org)
        if handover.case_id:
            _swap_grants(actor, at, handover)
            _end_other_offers(actor, at, handover)
        _close_answer(actor, at, handover)
        _record(handover, "accept", actor, at, f"接收移交：{handover.purpose}")
        events.announce("operations.handover_accepted", handover=str(handover.public_id))
    return handover


def decline_handover(*, actor: Actor, at: datetime, handover: Handover, reason: str) -> Handover:
    """Give an offer back with the reason; the giver goes on owning everything.

    Raises HandoverRefused without a reason, or when the offer is gone.
    """
    if not reason.strip():
        raise HandoverRefused(_("请写明不能接收的原因，移交方才知道怎么办。"), field="reason")
    with transaction.atomic(), scope.system("declining ends the preview of the receiver"):
        _line_up(handover)
        _answer(handover, actor, at, Handover.State.DECLINED, reason)
        _end_preview(actor, at, handover)
        _close_answer(actor, at, handover)
        _record(handover, "decline", actor, at, f"退回移交：{reason}")
        events.announce("operations.handover_declined", handover=str(handover.public_id))
    return handover


def withdraw_handover(*, actor: Actor, at: datetime, handover: Handover) -> Handover:
    """Take one's own offer back. Raises HandoverRefused when it was answered."""
    if handover.owner_org != actor.org_code:
        raise HandoverRefused(_("只有移交方可以撤回。"))
    with transaction.atomic(), scope.system("withdrawing ends the preview of the receiver"):
        _line_up(handover)
        _withdraw(actor, at, handover, "移交方撤回")
    return handover


def _withdraw(actor: Actor, at: datetime, handover: Handover, why: str) -> None:
    _close(handover, actor, at, Handover.State.WITHDRAWN, "")
    _end_preview(actor, at, handover)
    for duty in _answers(handover):
        cancel_duty(actor=actor, at=at, duty=duty, reason=why)
    _record(handover, "withdraw", actor, at, "撤回移交")


def _end_other_offers(actor: Actor, at: datetime, taken: Handover) -> None:
    """Who offered the case to several cannot give it twice: the first to accept holds it."""
    others = Handover.objects.filter(case_id=taken.case_id, state=Handover.State.OFFERED)
    for handover in others.exclude(pk=taken.pk):
        _withdraw(actor, at, handover, "个案已由其他单位接收")


def _answer(handover: Handover, actor: Actor, at: datetime, state: str, note: str) -> None:
    if handover.to_org != actor.org_code:
        raise HandoverRefused(_("这个移交不是给你单位的。"))
    _close(handover, actor, at, state, note)


def _line_up(handover: Handover) -> None:
    """Lock every offer of the case in one order: who answers second waits, then reads the answer.

    Without it two receivers of one case each hold the row that the other needs.
    """
    same = Q(pk=handover.pk)
    if handover.case_id:
        same |= Q(case_id=handover.case_id)
    list(Handover.objects.select_for_update().filter(same).order_by("pk").values_list("pk"))


def _close(handover: Handover, actor: Actor, at: datetime, state: str, note: str) -> None:
    """Answer an open offer once; whoever comes second is refused."""
    changed = Handover.objects.filter(pk=handover.pk, state=Handover.State.OFFERED).update(
        state=state, answered_at=at, answered_by=actor.name, answer_note=note[:500]
    )
    handover.refresh_from_db()
    if not changed:
        if handover.state == Handover.State.WITHDRAWN and _is_taken(handover):
            raise HandoverRefused(_("这个个案已由其他单位接收，不用再答复。"))
        raise HandoverRefused(
            _("%(name)s 已经处理了这个移交（%(state)s）。")
            % {"name": handover.answered_by, "state": handover.get_state_display()}
        )


def _is_taken(handover: Handover) -> bool:
    """Whether the case went to somebody else who answered first."""
    accepted = Handover.objects.filter(case_id=handover.case_id, state=Handover.State.ACCEPTED)
    return accepted.filter(answered_at=handover.answered_at).exists()


def _open_answer(actor: Actor, at: datetime, handover: Handover) -> None:
    term = rules_at(handover.division_code, at).need("handover.answer")
    open_duty(
        actor=actor,
        at=at,
        kind=ANSWER,
        title=f"答复移交：{handover.purpose}"[:200],
        title_en="Answer the hand-over",
        subject=Subject("handover", handover.public_id),
        owner_org=handover.to_org,
        division_code=handover.division_code,
        due_at=at + timedelta(minutes=term.number),
        basis=f"首接负责制 {term.source}",
        basis_rule="S1-27",
        case_id=handover.case_id,
    )


def _answers(handover: Handover) -> list[Duty]:
    return list(
        Duty.objects.filter(kind=ANSWER, subject_id=handover.public_id, state=Duty.State.OPEN)
    )


def _close_answer(actor: Actor, at: datetime, handover: Handover) -> None:
    for duty in _answers(handover):
        complete_duty(actor=actor, at=at, duty=duty)


def _end_preview(actor: Actor, at: datetime, handover: Handover) -> None:
    if handover.case_id:
        end_grants(
            actor=actor,
            at=at,
            org_code=handover.to_org,
            case_id=handover.case_id,
            purpose=PREVIEW,
            division_code=handover.division_code,
        )


def _swap_grants(actor: Actor, at: datetime, handover: Handover) -> None:
    """The receiver owns the case now and needs no preview; the giver reads on for a set term."""
    _end_preview(actor, at, handover)
    days = rules_at(handover.division_code, at).need("handover.giver_reads").number
    until = at + timedelta(days=days)
    Handover.objects.filter(pk=handover.pk).update(giver_reads_until=until)
    handover.giver_reads_until = until
    if handover.case_id:
        give_grant(
            actor=actor,
            at=at,
            org_code=handover.owner_org,
            case_id=handover.case_id,
            purpose=GIVER_READS,
            until=until,
            division_code=handover.division_code,
        )


def _record(handover: Handover, verb: str, actor: Actor, at: datetime, summary: str) -> None:
    named = [
        Subject("handover", handover.public_id),
        Subject(handover.subject_kind, handover.subject_id),
    ]
    if handover.case_id:
        named.append(Subject("case", handover.case_id))
    journal.record(
        verb=f"operations.handover.{verb}",
        actor=actor,
        at=at,
        subjects=named,
        division_code=handover.division_code,
        owner_org=handover.owner_org,
        case_id=handover.case_id,
        summary=summary,
        changes={"from": handover.owner_org, "to": handover.to_org, "state": handover.state},
    )
    live.hint("duties", handover.division_code, handover.owner_org)
    live.hint("duties", handover.division_code, handover.to_org)
