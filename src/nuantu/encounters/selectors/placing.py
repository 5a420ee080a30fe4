"""Where a contact was, for the row: the town's code and a point where one is known."""

from nuantu.core.actors import Actor
from nuantu.encounters.rules.contact import Place
from nuantu.places.selectors import division_at, match_words

SURE = 0.6


def place_of(
    actor: Actor, *, words: str, lat: float | None, lon: float | None, fallback: str = ""
) -> Place:
    """The place from the phone's point, else from known words, else the actor's own area.

    Words that name no known place are kept as words (P1-32): nobody is turned back for an address.
    """
    home = fallback or actor.division_code
    if lat is not None and lon is not None:
        return Place(words=words, division_code=division_at(lat, lon) or home, lat=lat, lon=lon)
    found = match_words(words, home[:4], limit=1) if words.strip() else []
    if found and found[0].confidence >= SURE:
        best = found[0]
        code = best.division_code or home
        return Place(words=words, division_code=code, lat=best.lat, lon=best.lon)
    return Place(words=words, division_code=home)
