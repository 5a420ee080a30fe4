"""Where a contact was, for the row: the town's code and a point where one is known."""

from nuantu.core.actors import Actor
from nuantu.encounters.rules.contact import Place
from nuantu.places.selectors import division_at, match_words
from nuantu.places.selectors.words import Candidate

# A place of the team's own county is taken for what the words say; another county must be named.
SURE, SURE_ELSEWHERE = 0.6, 0.9
MOST = 8


def place_of(
    actor: Actor, *, words: str, lat: float | None, lon: float | None, fallback: str = ""
) -> Place:
    """The place from the phone's point, else from known words, else the actor's own area.

    Words that name no known place are kept as words (P1-32): nobody is turned back for an address.
    """
    home = fallback or actor.division_code
    if lat is not None and lon is not None:
        return Place(words=words, division_code=division_at(lat, lon) or home, lat=lat, lon=lon)
    best = _meant(words, home) if words.strip() else None
    if best is None:
        return Place(words=words, division_code=home)
    code = best.division_code or home
    return Place(words=words, division_code=code, lat=best.lat, lon=best.lon)


def _meant(words: str, home: str) -> Candidate | None:
    """The likeliest known place near home; a namesake in another county only when surely meant.

    A wrong county hides the contact from those who answer for it.
    """
    found = match_words(words, home[:4], limit=MOST)
    county = home[:6].removesuffix("00")
    own = (one for one in found if one.division_code.startswith(county))
    near = next((one for one in own if one.confidence >= SURE), None)
    return near or next((one for one in found if one.confidence >= SURE_ELSEWHERE), None)
