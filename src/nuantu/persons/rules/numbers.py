"""Numbers that tell who somebody is, found in words where none belongs."""

import re
import unicodedata
from typing import Final, Literal

# Eleven digits from 13 to 19, in one piece or as 138 0000 0000; source: 电信网编号计划（工信部）.
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d([ -]?)\d{4}\1\d{4}(?!\d)")
# Eighteen places, the last of which may be X; source: GB 11643.
_ID_NUMBER: Final = re.compile(r"(?<!\d)[1-9]\d{5} ?\d{8} ?\d{3}[\dXx](?!\d)")


def telling_number(text: str) -> Literal["id_number", "mobile", ""]:
    """Which number stands in a text: an ID number, a mobile number, or neither."""
    plain = unicodedata.normalize("NFKC", text)
    if _ID_NUMBER.search(plain):
        return "id_number"
    return "mobile" if _MOBILE.search(plain) else ""
