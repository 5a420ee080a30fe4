"""What became of commands, as their phone is told."""

from collections.abc import Sequence
from uuid import UUID

from nuantu.core import scope
from nuantu.core.refused import said_to_reader
from nuantu.fieldwork.models import FieldCommand, FieldDevice, ReviewCard

State = FieldCommand.State
_TOLD = {State.WAITING: "waiting", State.APPLIED: "applied", State.REVIEW: "review"}


def states_of(device: FieldDevice, ids: Sequence[UUID]) -> dict[str, dict[str, str]]:
    """The state of each command, in words where there are any; a card that the desk decided says so."""
    with scope.system("a phone is told what became of its commands"):
        rows = FieldCommand.objects.filter(
            command_id__in=set(ids), device__user_id=device.user_id
        ).select_related("card")
        found = sorted(rows, key=lambda row: row.is_copy, reverse=True)
        return {str(row.command_id): _said(row) for row in found}


def _said(row: FieldCommand) -> dict[str, str]:
    card: ReviewCard | None = getattr(row, "card", None)
    if row.state == State.SETTLED:
        words = card.get_state_display() if card else said_to_reader(row.words)
        return {"state": "review", "words": words}
    return {"state": _TOLD[State(row.state)], "words": said_to_reader(row.words)}
