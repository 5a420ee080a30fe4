"""Packages above hear what happens with a letter that hangs on something of theirs."""

from collections.abc import Callable
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.letters.models import Letter, LetterLine
from nuantu.letters.services.lines import twin

Heard = Callable[[Actor, datetime, Letter, LetterLine], None]
_hearers: dict[str, Heard] = {}


def register_heard(subject_kind: str, heard: Heard) -> None:
    """Call `heard` for each line of either side after sending, with the owner's copy, in the same transaction.

    The actor may belong to the other organisation; the scope is the system's then. What the owner's package did to the
    letter itself is heard too.
    """
    _hearers[subject_kind] = heard


def tell_owner(actor: Actor, at: datetime, letter: Letter, line: LetterLine) -> None:
    """Let whoever hangs the letter on something know."""
    heard = _hearers.get(letter.subject_kind)
    if heard is not None:
        heard(actor, at, letter, line)


def on_both(
    actor: Actor, at: datetime, letter: Letter, put: Callable[[Letter], LetterLine]
) -> None:
    """Put the same on this copy and on the other side's; whoever hangs the sender's copy on something knows."""
    _put_and_tell(actor, at, letter, put)
    with twin(letter) as other:
        if other is not None:
            _put_and_tell(actor, at, other, put)


def _put_and_tell(
    actor: Actor, at: datetime, letter: Letter, put: Callable[[Letter], LetterLine]
) -> None:
    line = put(letter)
    if letter.is_out:
        tell_owner(actor, at, letter, line)
