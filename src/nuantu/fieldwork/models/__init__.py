"""Tables of fieldwork."""

from nuantu.fieldwork.models.cards import ReviewCard
from nuantu.fieldwork.models.commands import CommandFile, FieldCommand
from nuantu.fieldwork.models.devices import FieldDevice

__all__ = ["CommandFile", "FieldCommand", "FieldDevice", "ReviewCard"]
