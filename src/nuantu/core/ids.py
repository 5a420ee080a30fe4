"""Identifiers that leave the server."""

import secrets
from uuid import UUID

from nuantu.core import clock

RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RECEIPT_LENGTH = 10


def new_id() -> UUID:
    """A time-ordered UUID (version 7, RFC 9562), so that indexes grow at one end."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= secrets.randbits(12) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)


def receipt_code() -> str:
    """A code to be read over the phone: ten letters and digits without look-alikes, 49 bits.

    It is the only key to a tip for somebody without an account, so it is never a counter.
    """
    return "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(RECEIPT_LENGTH))


def receipt_code_of(digest: str) -> str:
    """The code that belongs to a keyed hash (hex): the same request sent twice gets the same code,
    and the code itself is stored nowhere."""
    value = int(digest, 16)
    letters = []
    for _ in range(RECEIPT_LENGTH):
        value, place = divmod(value, len(RECEIPT_ALPHABET))
        letters.append(RECEIPT_ALPHABET[place])
    return "".join(letters)


def tidy_receipt(text: str) -> str:
    """What somebody typed, as the code: spaces and dashes gone, letters upper case."""
    return "".join(ch for ch in text.upper() if ch in RECEIPT_ALPHABET)
