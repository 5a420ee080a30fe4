"""What was kept is applied: one command, one transaction, in the order of its phone."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from nuantu.core import reference, scope
from nuantu.core.errors import Refusal
from nuantu.core.jobs import defer
from nuantu.core.sentences import stored
from nuantu.fieldwork.models import FieldCommand, FieldDevice, ReviewCard
from nuantu.fieldwork.rules import commands as kinds
from nuantu.fieldwork.rules.order import Waiting, next_of, settled_after, settled_on
from nuantu.fieldwork.selectors.devices import minutes
from nuantu.fieldwork.services.cards import close_card, open_card
from nuantu.fieldwork.services.doing import do, settle
from nuantu.fieldwork.services.replay import Contrary
from nuantu.operations.models import TeamMember
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolVisit

log = logging.getLogger(__name__)
State, Why = FieldCommand.State, ReviewCard.Why
MOST_ATTEMPTS: Final = 5
# What a service says is written down in one language, whatever the phone speaks, and read in any.
WRITTEN: Final = "zh-hans"
INBOX = "the inbox applies what a phone sent; its user's own scope holds for the deed"


def apply_due(*, at: datetime, device_id: UUID) -> int:
    """Apply what this phone sent, as far as its order allows; how many commands were settled.

    Each command and what it changes commit together; whoever is stopped in between goes on where
    he was, here or in the job. What a phone of the same team sent too early is tried once more
    after the command it waited for.
    """
    count = 0
    while (step := _apply_next(at, device_id)) is not None:
        count += 1
        try_again(step.freed, at)
        if step.is_last:
            break
    return count


def apply_or_later(*, at: datetime, device_id: UUID) -> None:
    """Apply what goes now; whatever else happens, what was kept stays kept and the job goes on with it.

    A fault of ours is counted, and the job that it leaves fails until it is mended: `doctor` says both.
    """
    try:
        apply_due(at=at, device_id=device_id)
    except Exception:
        log.exception("what phone %s sent is kept, but could not be applied", device_id)
        with scope.system(INBOX):
            defer("fieldwork.apply", device=str(device_id))


def go_on(*, at: datetime, device_id: UUID) -> None:
    """The job's turn. Raises what went wrong, after it was counted: in the end it is a card."""
    try:
        apply_due(at=at, device_id=device_id)
    except Exception:
        _stumbled(at, device_id)
        raise


def _stumbled(at: datetime, device_id: UUID) -> None:
    """Something failed beside the deed: count it on the command whose turn it was."""
    with scope.system(INBOX), reference.steady():
        rows = FieldCommand.objects.filter(device__public_id=device_id, state=State.WAITING)
        waiting = rows.select_related("device__user").select_for_update(of=("self",))
        command = waiting.order_by("seq", "received_at", "pk").first()
        if command is not None:
            _count(command, at)


@dataclass(frozen=True, slots=True)
class _Step:
    """A command was settled: the cards it may have freed, and whether nothing more is waiting."""

    freed: Sequence[int]
    is_last: bool


def _apply_next(at: datetime, device_id: UUID) -> _Step | None:
    """Settle the command whose turn it is; None where there is none, or it is to be tried later."""
    with scope.system(INBOX), reference.steady():
        rows = FieldDevice.objects.select_for_update(of=("self",))
        device = rows.select_related("user__organisation__division").get(public_id=device_id)
        waiting = device.commands.filter(state=State.WAITING).order_by("seq", "received_at", "pk")
        ahead = list(waiting[:2])
        command = ahead[0] if ahead and _is_due(device, ahead[0], at) else None
        if command is None:
            return None
        command.device = device
        if not _apply(device, command, at):
            return None
        if command.seq:
            device.settled_seq = settled_after(device.settled_seq, command.seq)
            device.save(update_fields=["settled_seq"])
        return _Step(freed_by(command), is_last=len(ahead) < 2)


def _is_due(device: FieldDevice, first: FieldCommand, at: datetime) -> bool:
    """Whether it is the turn of the first that waits. What lies in review is settled."""
    if first.seq is None:
        return True
    settled = device.settled_seq
    if first.seq > settled + 1:
        between = device.commands.filter(seq__gt=settled, seq__lt=first.seq)
        settled = settled_on(settled, between.values_list("seq", flat=True))
    gap = minutes(rules_at(device.division_code, at), "field.gap")
    one = Waiting(first.seq, first.received_at)
    return next_of([one], settled=settled, at=at, gap=gap) is not None


def _apply(device: FieldDevice, command: FieldCommand, at: datetime) -> bool:
    """Do what the command says, or lay it before the desk; False where it is to be tried again."""
    if device.has_ended(at):
        open_card(at=at, command=command, why=Why.ENDED)
        return True
    try:
        with override(WRITTEN):
            done = do(command, at)
    except Contrary as refusal:
        open_card(at=at, command=command, why=Why.CONTRARY, words=said_of(refusal))
    except (Refusal, Http404) as refusal:
        open_card(at=at, command=command, why=Why.REFUSED, words=said_of(refusal))
    except Exception:
        log.exception("command %s of a phone could not be applied", command.command_id)
        return _count(command, at)
    else:
        settle(command, at=at, state=State.APPLIED, words=done.words)
    return True


def said_of(refusal: Refusal | Http404) -> str:
    """Why a command could not be applied, as it is written down."""
    if isinstance(refusal, Refusal):
        return stored(refusal)
    return stored(
        _("找不到这条路线、这一站、这次派遣或这位在站人员，或者已不归这支队伍、这个单位。")
    )


def _count(command: FieldCommand, at: datetime) -> bool:
    """One more failed attempt; whether it lies before the desk now."""
    command.attempts = min(command.attempts + 1, MOST_ATTEMPTS)
    command.save(update_fields=["attempts"])
    if command.attempts < MOST_ATTEMPTS:
        return False
    try:
        with transaction.atomic():
            open_card(at=at, command=command, why=Why.FAILED)
    except Exception:  # what waits is not lost, and the next turn tries it again
        log.exception("no card could be opened for command %s of a phone", command.command_id)
        command.state = State.WAITING
        return False
    return True


def try_again(freed: Sequence[int], at: datetime) -> None:
    """Try the commands of these cards once more, and of those that they free in turn."""
    later = list(freed)
    while later:
        card = later.pop(0)
        try:
            again = _try_card(card, at)
        except Exception:  # the card stays open for the desk
            log.exception("card %s of a phone could not be closed", card)
            continue
        later += [pk for pk in again if pk not in later]


def freed_by(applied: FieldCommand) -> list[int]:
    """Cards of commands that may have been refused because this one was not here yet: those of the
    team that happened after it, and arrivals before that at a stop which stood open and is done now.
    """
    if applied.state != State.APPLIED or applied.kind == kinds.CLOCK:
        return []
    user = applied.device.user_id
    team = TeamMember.objects.filter(user_id=user).values("team_id")
    mates = TeamMember.objects.filter(team_id__in=team).values("user_id")
    freed = Q(command__happened_at__gte=applied.happened_at)
    if applied.kind in (kinds.NOBODY, kinds.MET) and applied.about:
        done = PatrolVisit.objects.filter(public_id=applied.about).values("arrived_at")[:1]
        arrivals = Q(command__kind__in=(kinds.ARRIVE, kinds.STOP_ADD))
        freed |= arrivals & Q(command__happened_at__lt=Subquery(done))
    cards = ReviewCard.objects.filter(
        freed,
        Q(command__device__user_id=user) | Q(command__device__user_id__in=mates),
        owner_org=applied.owner_org,
        state=ReviewCard.State.OPEN,
        why=Why.REFUSED,
    ).order_by("command__happened_at", "command__seq")
    return list(cards.values_list("pk", flat=True)[:50])


def _try_card(card_pk: int, at: datetime) -> list[int]:
    """Apply the command of an open card if that goes now; the cards that this frees in turn."""
    with scope.system(INBOX), reference.steady():
        rows = ReviewCard.objects.select_for_update(of=("self",))
        card = rows.select_related("command__device__user__organisation__division").get(pk=card_pk)
        command = card.command
        if card.state != ReviewCard.State.OPEN or command.device.has_ended(at):
            return []
        try:
            with override(WRITTEN):
                done = do(command, at)
        except (Refusal, Http404):
            return []
        except Exception:
            log.exception("card %s of a phone could not be applied", card.public_id)
            return []
        settle(command, at=at, state=State.APPLIED, words=done.words)
        close_card(at=at, card=card, state=ReviewCard.State.APPLIED, decided_by=stored(_("系统")))
        return freed_by(command)
