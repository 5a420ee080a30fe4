"""Packages above hear what happens with a letter that hangs on something of theirs."""

from collections.abc import Callable
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.letters.models import Letter, LetterLine

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
