"""What can be done with letters."""

from nuantu.letters.services.answering import Said, answer, ask_back, open_letter, tell
from nuantu.letters.services.asking import About, Asked, Recipient, ask
from nuantu.letters.services.exporting import note_export
from nuantu.letters.services.filing import Saved, save_answer, save_file
from nuantu.letters.services.following import carry, put_answer, remind, reply, withdraw
from nuantu.letters.services.hearing import register_heard
from nuantu.letters.services.keeping import sweep_letters
from nuantu.letters.services.knowing import register_book
from nuantu.letters.services.lines import LETTER, LetterRefused
from nuantu.letters.services.owing import watch
from nuantu.letters.services.reading import (
    FromFile,
    carried,
    count_answer,
    count_reading,
    read_answer,
    read_file,
    read_letter,
)

__all__ = [
    "LETTER",
    "About",
    "Asked",
    "FromFile",
    "LetterRefused",
    "Recipient",
    "Said",
    "Saved",
    "answer",
    "ask",
    "ask_back",
    "carried",
    "carry",
    "count_answer",
    "count_reading",
    "note_export",
    "open_letter",
    "put_answer",
    "read_answer",
    "read_file",
    "read_letter",
    "register_book",
    "register_heard",
    "remind",
    "reply",
    "save_answer",
    "save_file",
    "sweep_letters",
    "tell",
    "watch",
    "withdraw",
]
