"""What of a return a station there may be told in a letter, and which stations there are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.homeward.models.return_choices import Way
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.selectors.sheets import RETURN, SHEET, sheet_values
from nuantu.letters.models import Answer, Kind
from nuantu.letters.rules.facts import Fact
from nuantu.letters.selectors.letters import answers_about
from nuantu.papers.rules.kinds import Field
from nuantu.papers.selectors.kinds import kinds, word

# Fields of the hand-over sheet that a letter may tell; never an ID number, belongings or costs.
TOLD: Final = (
    "name", "sex", "age", "difficulty", "health", "medicines", "documents", "escort_staff",
    "medical_staff", "transport", "departed_at",
)  # fmt: skip
GOAL: Final = "destination"
# Told unless somebody takes it out: who comes, when, by what, with whom.
USUAL: Final = ("name", "sex", "age", "transport", "escort_staff")
MOST_STATIONS: Final = 500


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be told: its code and what it is called on the page; its value stays closed."""

    code: str
    label: str


def _fields() -> dict[str, Field]:
    return {one.code: one for one in kinds()[SHEET].fields if one.code in TOLD}


def offers(goal_label: str) -> list[Offer]:
    """What the form lets one choose."""
    fields = _fields()
    return [
        *(Offer(code, word(fields[code])) for code in TOLD if code in fields),
        Offer(GOAL, goal_label),
    ]


def facts_of(actor: Actor, plan: ReturnPlan, codes: list[str], at: datetime) -> tuple[Fact, ...]:
    """The chosen facts in Chinese, as the letter tells them; what is not known is left out."""
    values, fields = sheet_values(actor, plan, at), _fields()
    found = []
    for code in (one for one in TOLD if one in codes and one in fields):
        value, field = values.get(code, ""), fields[code]
        said = {choice.code: choice.zh for choice in field.choices}
        text = said.get(value, value) if isinstance(value, str) else ""
        found.append(Fact(field.zh, text))
    if GOAL in codes:
        found.append(Fact("回到哪里", opened(plan.destination)))
    return tuple(one for one in found if one.value)


def stations_of(plan: ReturnPlan) -> list[StationContact]:
    """Stations of the contact book, those of the home province first."""
    rows = StationContact.objects.filter(closed_at=None).order_by("place_code", "name", "pk")
    home = plan.home_division[:2]
    return sorted(rows[:MOST_STATIONS], key=lambda one: one.place_code[:2] != home)


def phones_of(name: str) -> str:
    """The phones of a station as the contact book has them; empty for a name that is not in it."""
    rows = StationContact.objects.filter(closed_at=None, name=" ".join(name.split()))
    return rows.order_by("-confirmed_date").values_list("phones", flat=True).first() or ""


def entries_of(org_code: str, name: str, place_code: str) -> list[UUID]:
    """The entries of a house's own contact book that carry a name at a place; zeros that fill a division code up do not
    count (GB/T 2260)."""
    rows = StationContact.objects.filter(owner_org=org_code, closed_at=None, name=name)
    found = rows.order_by("pk").values_list("public_id", "place_code")
    return [entry for entry, code in found if _short(code) == _short(place_code)]


def _short(place_code: str) -> str:
    while place_code.endswith("00"):
        place_code = place_code.removesuffix("00")
    return place_code


def has_agreed(plan: ReturnPlan) -> bool:
    """Whether a station said by letter that it takes him over; asked where the way needs it."""
    if plan.way not in (Way.STATION, Way.FETCHED):
        return True
    return Answer.YES in answers_about(RETURN, plan.public_id, Kind.TAKE)
