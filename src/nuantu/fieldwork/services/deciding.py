"""The desk decides a review card: apply it after all, entered otherwise, set aside."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from nuantu.core import journal, late, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.refused import said_to_reader
from nuantu.core.subjects import Subject
from nuantu.fieldwork.models import FieldCommand, ReviewCard
from nuantu.fieldwork.rules.commands import KINDS
from nuantu.fieldwork.selectors.devices import KIND as DEVICE
from nuantu.fieldwork.services.applying import INBOX, WRITTEN, freed_by, said_of, try_again
from nuantu.fieldwork.services.cards import close_card
from nuantu.fieldwork.services.doing import do, forget, settle
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolVisit
from nuantu.patrols.services import take_back_visit

KIND = "review_card"
BATCH = 200
State = ReviewCard.State


class CardRefused(Refusal):
    """The card cannot be decided like this."""


def apply_again(*, actor: Actor, at: datetime, card: ReviewCard) -> ReviewCard:
    """Do what the command says now, in the name of who sent it, at the moment it happened.

    Where another phone of the team said something else of the stop, that result is taken back first,
    in the name of who decides. Raises CardRefused with the words of the service where it still cannot
    be done; nothing is changed then.
    """
    with scope.system(INBOX):
        held = _held(card)
        if held.command.kind not in KINDS or not held.command.body:
            raise CardRefused(_("这条指令不能照此登记，请另行登记或搁置。"))
        try:
            with transaction.atomic(), override(WRITTEN):
                if held.stands_against_another:
                    _take_back(actor, at, held.command)
                done = do(held.command, at)
        except (Refusal, Http404) as refusal:
            raise CardRefused(said_to_reader(said_of(refusal))) from refusal
        settle(held.command, at=at, state=FieldCommand.State.APPLIED, words=done.words)
        close_card(at=at, card=held, state=State.APPLIED, decided_by=actor.name)
        said = "待核卡以这部手机为准" if held.stands_against_another else "待核卡已照此登记"
        _record(held, "apply", actor, at, said)
        freed = freed_by(held.command)
    try_again(freed, at)
    return held


def _take_back(actor: Actor, at: datetime, command: FieldCommand) -> None:
    """The other phone's result of the stop goes, at the moment of this one, unless the team took it
    back itself. Raises what patrols refuse."""
    visit = PatrolVisit.objects.filter(
        public_id=command.about or command.public_id, run__owner_org=command.owner_org
    ).first()
    if visit is None:
        raise Http404
    if visit.state in (PatrolVisit.State.PLANNED, PatrolVisit.State.ARRIVED):
        return
    with late.told(at):
        take_back_visit(actor=actor, at=command.happened_at, visit=visit)


def enter_otherwise(
    *, actor: Actor, at: datetime, card: ReviewCard, reason: str, entered: Subject | None = None
) -> ReviewCard:
    """It was entered by hand: where, and what was different. Raises CardRefused without words."""
    return _decide(actor, at, card, State.ENTERED, reason, entered)


def set_aside(*, actor: Actor, at: datetime, card: ReviewCard, reason: str) -> ReviewCard:
    """It is not entered, for a reason. Raises CardRefused without one."""
    return _decide(actor, at, card, State.SET_ASIDE, reason, None)


def _decide(
    actor: Actor,
    at: datetime,
    card: ReviewCard,
    state: ReviewCard.State,
    reason: str,
    entered: Subject | None,
) -> ReviewCard:
    words = " ".join(reason.split())[:300]
    if not words:
        raise CardRefused(_("请写明原因。"), field="reason")
    with scope.system(INBOX):
        held = _held(card)
        command = held.command
        command.state, command.settled_at = FieldCommand.State.SETTLED, at
        command.save(update_fields=["state", "settled_at"])
        close_card(
            at=at, card=held, state=state, decided_by=actor.name, reason=words, entered=entered
        )
        verb = "enter" if state == State.ENTERED else "set_aside"
        said = "待核卡已另行登记" if state == State.ENTERED else "待核卡已搁置"
        _record(held, verb, actor, at, said, {"reason": words})
    return held


def forget_settled(*, at: datetime) -> int:
    """What was decided otherwise is kept for the parameter field.keep_review, then goes with its key;
    how many went. Runs every night; may run twice."""
    rows = FieldCommand.objects.filter(state=FieldCommand.State.SETTLED).exclude(body="")
    count = 0
    for command in rows.order_by("settled_at")[:BATCH]:
        days = rules_at(command.division_code, at).need("field.keep_review").number
        if command.settled_at and command.settled_at < at - timedelta(days=days):
            forget(command)
            count += 1
    return count


def _held(card: ReviewCard) -> ReviewCard:
    """The card as it stands now, locked. Raises CardRefused where somebody was first."""
    rows = ReviewCard.objects.select_for_update(of=("self",))
    held = rows.select_related("command__device__user__organisation__division").get(pk=card.pk)
    if held.state != State.OPEN:
        said = {"who": held.decided_by, "what": held.get_state_display()}
        raise CardRefused(_("%(who)s 已处理这张卡：%(what)s。") % said)
    return held


def _record(
    card: ReviewCard,
    verb: str,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: dict[str, object] | None = None,
) -> None:
    journal.record(
        verb=f"fieldwork.review.{verb}",
        actor=actor,
        at=at,
        subjects=[
            Subject(KIND, card.public_id),
            Subject(DEVICE, card.command.device.public_id),
        ],
        division_code=card.division_code,
        owner_org=card.owner_org,
        case_id=card.case_id,
        summary=summary,
        changes={"kind": card.command.kind, "why": card.why, **(changes or {})},
        happened_at=at,
    )
