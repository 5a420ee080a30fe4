"""Whether two reports perhaps tell of the same person: a question for a human, never an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nuantu.persons.rules.sounds import sound_of

CLOSE_YEARS: Final = 3
LONGEST_SOUND: Final = 240
ID, NAME, PHONE = "id", "name", "phone"


@dataclass(frozen=True, slots=True)
class Told:
    """What reports are compared by; `sound` is the name by sound, hashes are keyed. Births as years, both
    possible ends."""

    sound: str = ""
    id_hash: str = ""
    phone_hash: str = ""
    sex: str = "unknown"
    born_low: int | None = None
    born_high: int | None = None


def sound_key(name: str) -> str:
    """A name by its sound, without marks, brackets and spaces; 樣 and 样 sound alike."""
    return "".join(letter for letter in sound_of(name) if letter.isalnum())[:LONGEST_SOUND]


def reason_why(first: Told, second: Told) -> str:
    """`id`, `name` or `phone`, the strongest that speaks for one person; empty where nothing does.

    One searcher may miss two people: a phone counts only where one of the names is not known.
    """
    if first.id_hash and second.id_hash:
        return ID if first.id_hash == second.id_hash else ""
    if _excluded(first, second):
        return ""
    if first.sound and first.sound == second.sound:
        return NAME
    has_name_missing = not first.sound or not second.sound
    is_same_phone = bool(first.phone_hash) and first.phone_hash == second.phone_hash
    return PHONE if has_name_missing and is_same_phone else ""


def _excluded(first: Told, second: Told) -> bool:
    sexes = {first.sex, second.sex} - {"unknown"}
    if len(sexes) == 2:
        return True
    if None in (first.born_low, first.born_high, second.born_low, second.born_high):
        return False
    low = max(first.born_low or 0, second.born_low or 0)
    high = min(first.born_high or 0, second.born_high or 0)
    return low - high > CLOSE_YEARS


def twice_in(rows: Iterable[tuple[int, Told]]) -> dict[int, int]:
    """The rows that tell of somebody an earlier row of the file told of: number → number of the earlier one."""
    seen: dict[str, list[tuple[int, Told]]] = {}
    found: dict[int, int] = {}
    for number, told in rows:
        keys = [key for key in (told.id_hash, told.sound, told.phone_hash) if key]
        for key in keys:
            earlier = next(
                (one for one, other in seen.get(key, []) if reason_why(other, told)), None
            )
            if earlier is not None:
                found.setdefault(number, earlier)
        if number not in found:
            for key in keys:
                seen.setdefault(key, []).append((number, told))
    return found
