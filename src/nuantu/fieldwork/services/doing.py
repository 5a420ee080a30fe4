"""The deed that a command stands for, and what becomes of the command afterwards."""

import json
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from nuantu.accounts.selectors import actor_for
from nuantu.core import late, scope, vault
from nuantu.fieldwork.models import FieldCommand
from nuantu.fieldwork.services.replay import Deed, Done, replay


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
                key=command.public_id if command.is_copy else command.command_id,
                made_at=command.made_at or command.happened_at,
                files=files_of(command),
            )
        )


def body_of(command: FieldCommand) -> dict[str, Any]:
    """What the command said, nothing once it is settled. Raises vault.KeyDestroyed after erasure."""
    body: dict[str, Any] = json.loads(command.body.open() or "{}")
    return body


def files_of(command: FieldCommand) -> "list[UploadedFile[bytes]]":
    """The photos that came with it, as a form takes them."""
    files = command.files.all() if command.file_count else ()
    return [
        SimpleUploadedFile(
            file.name or "photo",
            vault.unseal_bytes(command.case_id or command.public_id, bytes(file.content)),
            file.media_type or "application/octet-stream",
        )
        for file in files
    ]


def settle(command: FieldCommand, *, at: datetime, state: str, words: str) -> None:
    """The command is done with: what it said goes with its key, the rows it made stay."""
    command.state, command.words, command.settled_at = state, words[:300], at
    forget(command, "state", "words", "settled_at")


def forget(command: FieldCommand, *also: str) -> None:
    """What it said and its photos go, and their key with them; `also` names further changed columns."""
    if command.file_count:
        command.files.update(content=b"")
    command.body = ""
    command.save(update_fields=["body", *also])
    vault.destroy(command.public_id)
