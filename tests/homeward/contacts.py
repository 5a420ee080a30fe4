"""Lines of the contact book for the tests; the stations and phones are invented."""

from datetime import date

from nuantu.core import clock, scope
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.services.contacts import Entry, put_contact
from tests.cast import Cast


def an_entry(name: str = "样溪县救助管理站", **more: str) -> Entry:
    """A station in Hunan."""
    values = {
        "place_code": "431224",
        "place_words": "湖南省怀化市溆浦县",
        "phones": "0745-00000001",
        "address": "样溪路1号",
    }
    return Entry(name=name, **values | more)


def a_contact(
    cast: Cast, name: str = "样溪县救助管理站", *, day: date | None = None, **more: str
) -> StationContact:
    """A line that the reception of the station of 凯里 entered and confirmed, today without `day`."""
    actor, at = cast.reception.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        return put_contact(
            actor=actor, at=at, entry=an_entry(name, **more),
            confirmed_date=day or clock.local(at).date(),
        )  # fmt: skip
