"""The only door from a request to a letter; outsiders get not-found."""

from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.letters.models import Direction, Letter

READ, WRITE, EXPORT = "letters.letter.read", "letters.letter.write", "letters.letter.export"


def letter_for(actor: Actor, public_id: UUID, permission: str = READ) -> Letter:
    """A letter of the actor's organisation or of one it oversees, else not found."""
    if actor.may(permission):
        found = Letter.objects.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def letter_to_change(actor: Actor, public_id: UUID, direction: str = "") -> Letter:
    """A letter of the actor's own organisation, of this side where one is named; overseers get not-found."""
    found = letter_for(actor, public_id, WRITE)
    if found.owner_org != actor.org_code or (direction and found.direction != direction):
        raise Http404
    return found


def sent_letter(actor: Actor, public_id: UUID) -> Letter:
    """A letter that the actor's own organisation sent."""
    return letter_to_change(actor, public_id, Direction.OUT)


def received_letter(actor: Actor, public_id: UUID) -> Letter:
    """A letter that the actor's own organisation received."""
    return letter_to_change(actor, public_id, Direction.IN)
