"""What was kept is applied: one command, one transaction, in the order of its phone."""

import json
import logging
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import Http404
from django.utils.translation import gettext as _

from nuantu.accounts.selectors import actor_for
from nuantu.core import late, scope, vault
from nuantu.core.errors import Refusal
from nuantu.fieldwork.models import FieldCommand, FieldDevice, ReviewCard
from nuantu.fieldwork.rules.order import Waiting, next_of, settled_after
from nuantu.fieldwork.selectors.devices import minutes
from nuantu.fieldwork.services.cards import open_card
from nuantu.fieldwork.services.replay import Contrary, Deed, Done, replay
from nuantu.operations.selectors import rules_at

log = logging.getLogger(__name__)
State = FieldCommand.State
MOST_ATTEMPTS: Final = 5
INBOX = "the inbox applies what a phone sent; its user's own scope holds for the deed"


def apply_due(*, at: datetime, device_id: UUID) -> int:
    """Apply what this phone sent, as far as its order allows; how many commands were settled.

    Each command and what it changes commit together; whoever is stopped in between goes on where
    he was, here or in the job.
    """
    count = 0
    while _apply_next(at, device_id):
        count += 1
    return count


def _apply_next(at: datetime, device_id: UUID) -> bool:
    with scope.system(INBOX):
        rows = FieldDevice.objects.select_for_update(of=("self",))
        device = rows.select_related("user__organisation__division").get(public_id=device_id)
        command = _due(device, at)
        if command is None:
            return False
        is_settled = _apply(device, command, at)
        if is_settled and command.seq:
            device.settled_seq = settled_after(device.settled_seq, command.seq)
            device.save(update_fields=["settled_seq"])
    return is_settled


def _due(device: FieldDevice, at: datetime) -> FieldCommand | None:
    """The command whose turn it is. What lies in review is settled for the order."""
    rows = device.commands.filter(state=State.WAITING)
    first = rows.order_by("seq", "received_at", "pk").first()
    if first is None or first.seq is None:
        return first
    settled = device.settled_seq
    in_review = device.commands.filter(seq=first.seq - 1).exclude(state=State.WAITING).exists()
    waiting = Waiting(first.seq, first.received_at)
    gap = minutes(rules_at(device.division_code, at), "field.gap")
    settled = max(settled, first.seq - 1) if in_review else settled
    return first if next_of([waiting], settled=settled, at=at, gap=gap) else None


def _apply(device: FieldDevice, command: FieldCommand, at: datetime) -> bool:
    """Do what the command says, or lay it before the desk; False where it is to be tried again."""
    if device.has_ended(at):
        open_card(at=at, command=command, why=ReviewCard.Why.ENDED)
        return True
    try:
        done = do(command, at)
    except Contrary as refusal:
        open_card(at=at, command=command, why=ReviewCard.Why.CONTRARY, words=str(refusal))
    except Refusal as refusal:
        open_card(at=at, command=command, why=ReviewCard.Why.REFUSED, words=str(refusal))
    except Http404:
        words = _("找不到这条路线、这一站或这次派遣，或者它已不归这支队伍。")
        open_card(at=at, command=command, why=ReviewCard.Why.REFUSED, words=words)
    except Exception:
        log.exception("command %s of a phone could not be applied", command.command_id)
        return _failed(command, at)
    else:
        settle(command, at=at, state=State.APPLIED, words=done.words)
    return True


def do(command: FieldCommand, at: datetime) -> Done:
    """The deed itself, by its user and in his scope, at its moment. Raises what the service raises.

    What it wrote is undone where it raises.
    """
    actor = actor_for(command.device.user)
    with scope.enter(scope.of_actor(actor)), late.told(at):
        return replay(
            Deed(
                actor=actor,
                at=command.happened_at,
                kind=command.kind,
                about=command.about,
                body=body_of(command),
                key=command.command_id,
                made_at=command.made_at or command.happened_at,
                files=files_of(command),
            )
        )


def _failed(command: FieldCommand, at: datetime) -> bool:
    command.attempts += 1
    command.save(update_fields=["attempts"])
    if command.attempts < MOST_ATTEMPTS:
        return False
    open_card(at=at, command=command, why=ReviewCard.Why.FAILED)
    return True


def body_of(command: FieldCommand) -> dict[str, Any]:
    """What the command said. Raises vault.KeyDestroyed once it is settled."""
    body: dict[str, Any] = json.loads(command.body.open() or "{}")
    return body


def files_of(command: FieldCommand) -> "list[UploadedFile[bytes]]":
    """The photos that came with it, as a form takes them."""
    return [
        SimpleUploadedFile(
            file.name or "photo",
            vault.unseal_bytes(command.public_id, bytes(file.content)),
            file.media_type or "application/octet-stream",
        )
        for file in command.files.all()
    ]


def settle(command: FieldCommand, *, at: datetime, state: str, words: str) -> None:
    """The command is done with: what it said goes with its key, the rows it made stay."""
    command.files.update(content=b"")
    command.state, command.words, command.settled_at = state, words[:300], at
    command.body = ""
    command.save(update_fields=["state", "words", "settled_at", "body"])
    vault.destroy(command.public_id)
