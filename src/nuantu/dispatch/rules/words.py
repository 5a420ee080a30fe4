"""What people type, made safe to store and show without losing what they meant."""

import re
import unicodedata

PLACE_LENGTH = 200
SEEN_LENGTH = 2000

# Marks that turn the reading direction round can make a text look like another one.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])
_KEPT = {"\n", "\t"}
_EMPTY_LINES = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_NOT_A_DIGIT = re.compile(r"[\s\-()（）.]+")
_PHONE = re.compile(r"\+?\d{5,15}")


def tidy(text: str) -> str:
    """The same words without control characters, half surrogates and turned reading direction.

    Emoji, their joiners and line ends stay; the composed Unicode form is taken; at most one empty
    line in a row.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(
        ch
        for ch in plain.translate(_TURNING)
        if ch in _KEPT or unicodedata.category(ch) not in ("Cc", "Cs")
    )
    return _EMPTY_LINES.sub("\n\n", _TRAILING.sub("", kept)).strip()


def one_line(text: str) -> str:
    """Tidy words on one line, for places and names."""
    return re.sub(r"\s+", " ", tidy(text))


def phone_number(text: str) -> str | None:
    """The digits of a phone number (5 to 15, a plus may lead), or None for what is no number.

    Full-width digits, blanks, dashes and brackets are what people type on phones.
    """
    digits = _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", tidy(text)))
    return digits if _PHONE.fullmatch(digits) else None
