"""What can be done with letters."""

from nuantu.letters.services.answering import Said, answer, ask_back, open_letter, tell
from nuantu.letters.services.asking import About, Asked, Recipient, ask
from nuantu.letters.services.exporting import note_export
from nuantu.letters.services.following import carry, put_answer, remind, reply, withdraw
from nuantu.letters.services.hearing import register_heard
from nuantu.letters.services.lines import LETTER, LetterRefused
from nuantu.letters.services.owing import watch

__all__ = [
    "LETTER",
    "About",
    "Asked",
    "LetterRefused",
    "Recipient",
    "Said",
    "answer",
    "ask",
    "ask_back",
    "carry",
    "note_export",
    "open_letter",
    "put_answer",
    "register_heard",
    "remind",
    "reply",
    "tell",
    "watch",
    "withdraw",
]
