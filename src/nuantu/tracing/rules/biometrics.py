"""What looks like a template of somebody's body: never kept, whatever it is called (PIPL Art. 28, ID-08).

Requests and answers of police checks are written down in words. A fingerprint, a face vector or a DNA
profile that somebody pastes is refused here; `core.files` takes pictures, papers and recordings only.
"""

import re
from typing import Final, Literal

Template = Literal["", "fingerprint", "face", "dna"]

# Names of the loci that DNA profiles list; two of them with their numbers are a profile.
_LOCUS: Final = re.compile(
    r"\b(?:D\d{1,2}S\d{2,4}|FGA|TH01|TPOX|CSF1PO|vWA|Penta ?[DE]|AMEL|DYS\d{3})\b\D{0,4}"
    r"(?:\d{1,2}(?:\.\d)?|[XY])\b",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"(?:[-+]?\d*\.\d+(?:e[-+]?\d+)?[\s,;，；]+){24,}", re.IGNORECASE)
_CODE: Final = re.compile(r"[A-Za-z0-9+/]{120,}={0,2}|(?:[0-9a-fA-F]{2}[ :]?){80,}")
_FINGER: Final = re.compile("指纹|finger|minutiae|细节点", re.IGNORECASE)
_DNA: Final = re.compile("DNA|STR|基因", re.IGNORECASE)


def template_in(text: str) -> Template:
    """Which template stands in the words; empty for plain words, also those that only speak of one."""
    if len(_LOCUS.findall(text)) >= 2:
        return "dna"
    if _NUMBERS.search(f"{text} ") or _CODE.search(text):
        if _DNA.search(text):
            return "dna"
        return "fingerprint" if _FINGER.search(text) else "face"
    return ""
