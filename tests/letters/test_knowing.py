"""Keys of organisations elsewhere: heard first; on the entry of the contact book, else on name and place."""

from typing import Any

import pytest

from nuantu.core import clock, scope
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.services.contacts import put_contact
from nuantu.letters.models import KnownKey
from nuantu.letters.rules import envelope
from nuantu.letters.services import LetterRefused
from nuantu.letters.services.knowing import Sender, know
from tests.cast import Cast, Player
from tests.homeward.contacts import a_contact, an_entry
from tests.homeward.wearing import NOON

pytestmark = pytest.mark.django_db

NAME, RENAMED, PLACE, ELSEWHERE = "样溪县救助管理站", "样溪市救助管理站", "431224000000", "522601"
FIRST, SECOND = bytes(32), bytes([1]) * 32


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _knows(who: Player, sender: Sender, key: bytes, *, is_heard: bool = False) -> None:
    heard = envelope.fingerprint(key) if is_heard else ""
    with scope.enter(scope.of_actor(who.actor)):
        know(who.actor, clock.now(), sender, key, heard)


def _renames(cast: Cast, contact: StationContact, name: str) -> None:
    actor, at = cast.reception.actor, clock.now()
    with scope.enter(scope.of_actor(actor)):
        put_contact(
            actor=actor,
            at=at,
            entry=an_entry(name),
            confirmed_date=clock.local(at).date(),
            contact=contact,
        )


def test_two_stations_of_one_name_do_not_share_a_key(cast: Cast) -> None:
    first, second = Sender(NAME, PLACE), Sender(NAME, ELSEWHERE)
    _knows(cast.reception, first, FIRST, is_heard=True)
    for key in (FIRST, SECOND):
        with pytest.raises(LetterRefused, match="第一次收到"):
            _knows(cast.reception, second, key)
    _knows(cast.reception, second, SECOND, is_heard=True)
    for sender, key in ((first, FIRST), (second, SECOND)):
        _knows(cast.reception, sender, key)
    with pytest.raises(LetterRefused, match="签名钥匙变了"):
        _knows(cast.reception, first, SECOND)


def test_a_station_that_the_house_renames_in_its_book_keeps_its_key(cast: Cast) -> None:
    _knows(cast.reception, Sender(NAME, PLACE), FIRST, is_heard=True)
    contact = a_contact(cast)
    _knows(cast.reception, Sender(NAME, PLACE), FIRST)
    with pytest.raises(LetterRefused, match=f"用{NAME}的钥匙签的"):
        _knows(cast.reception, Sender(RENAMED, PLACE), FIRST)
    _renames(cast, contact, RENAMED)
    _knows(cast.reception, Sender(RENAMED, PLACE), FIRST)
    with pytest.raises(LetterRefused, match="签名钥匙变了"):
        _knows(cast.reception, Sender(RENAMED, PLACE), SECOND)
    with scope.system("a test counts"):
        assert KnownKey.objects.values_list("name", "entry_id").get() == (
            RENAMED,
            contact.public_id,
        )


def test_what_another_house_writes_in_its_book_moves_no_key(cast: Cast) -> None:
    contact = a_contact(cast)
    _knows(cast.outsider, Sender(NAME, PLACE), FIRST, is_heard=True)
    _renames(cast, contact, RENAMED)
    with pytest.raises(LetterRefused, match="钥匙签的"):
        _knows(cast.outsider, Sender(RENAMED, PLACE), FIRST)


def test_a_key_of_before_takes_the_place_that_its_next_file_says(cast: Cast) -> None:
    _knows(cast.reception, Sender(NAME), FIRST, is_heard=True)
    with pytest.raises(LetterRefused, match="第一次收到"):
        _knows(cast.reception, Sender(NAME, ELSEWHERE), SECOND)
    _knows(cast.reception, Sender(NAME, PLACE), FIRST)
    with pytest.raises(LetterRefused):
        _knows(cast.reception, Sender(NAME, ELSEWHERE), FIRST)
