"""Photos of a contact that somebody hid for what is seen on them."""

from datetime import datetime
from typing import Final

from nuantu.core import hiding
from nuantu.core.actors import Actor
from nuantu.encounters.models import Evidence
from nuantu.persons.selectors.looks import OPEN_FOR

REVEAL: Final = "encounters.photo.reveal"


def is_opened(photo: Evidence, actor: Actor, at: datetime) -> bool:
    """Whether the actor said in the last minutes why he looks at a hidden photo."""
    return hiding.is_opened(
        photo=str(photo.public_id), verb=REVEAL, actor=actor, since=at - OPEN_FOR
    )
