"""What can be made happen with people and their cases."""

from nuantu.persons.services.cases import (
    CaseRefused,
    close_case,
    continue_case,
    move_case,
    move_with_case,
    open_case,
    set_rescue_mode,
)
from nuantu.persons.services.classes import ClassRefused, assign_classes, withdraw_class
from nuantu.persons.services.erasing import erase
from nuantu.persons.services.facts import FactRefused, add_fact, withdraw_fact
from nuantu.persons.services.holding import (
    REVIEW,
    HoldRefused,
    end_hold,
    keep_hold,
    place_hold,
)
from nuantu.persons.services.links import (
    LinkRefused,
    decide_link,
    link_persons,
    propose_link,
    undo_link,
)
from nuantu.persons.services.people import (
    PersonRefused,
    describe_person,
    lift_restriction,
    met_again,
    register_person,
    restrict_person,
    set_photo,
    take_photo_off,
)
from nuantu.persons.services.reveals import (
    IDENTITY,
    RevealRefused,
    note_export,
    note_read,
    reveal,
)

__all__ = [
    "IDENTITY",
    "REVIEW",
    "CaseRefused",
    "ClassRefused",
    "FactRefused",
    "HoldRefused",
    "LinkRefused",
    "PersonRefused",
    "RevealRefused",
    "add_fact",
    "assign_classes",
    "close_case",
    "continue_case",
    "decide_link",
    "describe_person",
    "end_hold",
    "erase",
    "keep_hold",
    "lift_restriction",
    "link_persons",
    "met_again",
    "move_case",
    "move_with_case",
    "note_export",
    "note_read",
    "open_case",
    "place_hold",
    "propose_link",
    "register_person",
    "restrict_person",
    "reveal",
    "set_photo",
    "set_rescue_mode",
    "take_photo_off",
    "undo_link",
    "withdraw_class",
    "withdraw_fact",
]
