"""Names in Latin letters: which syllables they may be.

A syllable without a character is written as a letter of the private area of Unicode, so that a name
heard in Latin letters goes wherever one in characters goes: `sound_letter` makes one, and its sound is known.
Pinyin with or without tones and blanks comes first, then Wade and Giles, then what overseas families write.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from nuantu.linkage.sounds import PRIVATE, SILENT, sounds, split, without_tone

FILE: Final = Path(__file__).parent / "latin.yaml"
HAN: Final = re.compile(r"[\u3400-\u9fff]")
LETTERS: Final = re.compile(r"[a-zü]")
TOKENS: Final = re.compile(r"[a-zvê]+(?:['’`ʻ‘][a-zvê]*)*")
APOSTROPHES: Final = re.compile("['’`ʻ‘]")
LONGEST: Final = 6  # letters of a syllable
MOST: Final = 4  # readings of one name
OLDER: Final = 0.15  # share of Wade and Giles where pinyin is possible too
OVERSEAS: Final = 0.4
RARER: Final = 0.15  # share of a cut into more syllables than need be


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name. `words`: syllables of each word as sound letters; shares sum to 1."""

    share: float
    words: tuple[str, ...]

    @property
    def joined(self) -> str:
        """All syllables behind each other."""
        return "".join(self.words)


def is_latin(text: str) -> bool:
    """Whether a name is in Latin letters and not in characters."""
    bare = without_tone(unicodedata.normalize("NFKC", text).lower())
    return bool(LETTERS.search(bare)) and not HAN.search(text)


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Reading, ...]:
    """How a text in Latin letters may be read, the likeliest first; empty when none of its words is Chinese."""
    bare = re.sub(r"[0-9]", "", without_tone(unicodedata.normalize("NFKC", text).lower()))
    found: dict[tuple[str, ...], float] = {(): 1.0}
    for options in filter(None, map(_options, TOKENS.findall(bare))):
        found = {
            (*words, word): share * chance
            for words, share in found.items()
            for word, chance in options.items()
        }
    found.pop((), None)
    best = sorted(found.items(), key=lambda one: -one[1])[:MOST]
    total = sum(share for _, share in best)
    return tuple(Reading(share / total, words) for words, share in best)


def place_readings(text: str) -> tuple[Reading, ...]:
    """The same of a place, without words for its kind."""
    words = [one for one in re.split(r"[\s,]+", text) if one]
    kinds = set(_file()["kinds"])
    kept = [one for one in words if without_tone(one) not in kinds] or words
    return readings(" ".join(kept))


def sound_letter(syllable: int) -> str:
    """A letter that stands for a syllable whose character is not known."""
    return chr(PRIVATE + syllable)


@cache
def _file() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def _options(token: str) -> dict[str, float]:
    """What a word may be as sound letters, with shares that need not sum to 1."""
    plain = APOSTROPHES.sub("", token)
    pinyin = _cuts(token)
    fewest = min((len(one) for one in pinyin), default=0)
    found = {one: RARER ** (len(one) - fewest) for one in pinyin}
    older = _older(token)
    if older and not (found and plain == token and older in found):
        found[older] = found.get(older, 0.0) + (OLDER if found and plain == token else 1.0)
    for written in _file()["surnames"].get(plain, ()):
        word = max(_cuts(written), key=len, default="") if written == "situ" else _letter(written)
        found[word] = found.get(word, 0.0) + (OLDER if pinyin else OVERSEAS)
    return found


def _letter(written: str) -> str:
    return sound_letter(_known().get(split(written), SILENT))


@cache
def _known() -> Mapping[tuple[str, str], int]:
    return {one: place for place, one in enumerate(sounds().syllables) if place != SILENT}


def _cuts(token: str) -> list[str]:
    """All ways to cut a word into syllables of pinyin; an apostrophe is a border."""
    found = [""]
    for piece in filter(None, APOSTROPHES.split(token)):
        found = [before + after for before in found for after in _pieces(piece)]
    return [one for one in found if one]


def _pieces(letters: str) -> list[str]:
    if not letters:
        return [""]
    found = []
    for size in range(min(LONGEST, len(letters)), 0, -1):
        syllable = _known().get(split(_usual(letters[:size])))
        if syllable is not None and _is_said(letters[:size]):
            found += [sound_letter(syllable) + rest for rest in _pieces(letters[size:])]
    return found[: 4 * MOST]


def _usual(written: str) -> str:
    """Spellings of ü, and shaan for the province."""
    return "shan" if written == "shaan" else re.sub("^([nl])yu", r"\1v", written)


def _is_said(written: str) -> bool:
    """Whether it is a syllable of names: the table has sighs such as hm too."""
    return bool(re.search("[aeiouv]", written)) and written not in {"o", "ei", "fiao", "den", "eng"}


def _older(token: str) -> str:
    """A word of Wade and Giles as sound letters; "" when it is none."""
    found = ""
    for piece in filter(None, re.split("[-]", token)):
        syllable = _known().get(split(_from_wade_giles(re.sub("[’`ʻ‘]", "'", piece))))
        if syllable is None:
            return ""
        found += sound_letter(syllable)
    return found


def _from_wade_giles(written: str) -> str:
    """One syllable of Wade and Giles in pinyin, or as it was."""
    rules = _file()
    if written.startswith("ch"):
        hard = "'" in written
        final = written[2:].lstrip("'")
        soft = final.startswith(tuple(rules["softened"])) and final != "ih"
        initial = ("q" if hard else "j") if soft else ("ch" if hard else "zh")
        return initial + _final(final)
    for old in sorted(rules["initials"], key=len, reverse=True):
        if written.startswith(old):
            return str(rules["initials"][old]) + _final(written[len(old) :])
    initial, final = split(written)
    return initial + _final(final)


def _final(final: str) -> str:
    return str(_file()["finals"].get(final, final))


def orders(surname: str, given: str) -> Sequence[tuple[float, str, str]]:
    """(share, surname, given name) of a name in Latin letters, by where its words stand.

    Both may stand in one field, and the surname may stand last, as in other countries.
    """
    if surname and given:
        return [
            (one.share * other.share, one.joined, other.joined)
            for one in readings(surname)
            for other in readings(given)
        ]
    found = []
    for one in readings(surname or given):
        if len(one.words) > 1:
            first, last = one.words[0], one.words[-1]
            found.append((one.share * 0.6, first, "".join(one.words[1:])))
            found.append((one.share * 0.4, last, "".join(one.words[:-1])))
        elif len(one.joined) > 1 and surname:
            found.append((one.share, one.joined[0], one.joined[1:]))
        else:
            found.append((one.share, *((one.joined, "") if surname else ("", one.joined))))
    return found
