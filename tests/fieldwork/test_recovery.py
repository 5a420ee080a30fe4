"""A forgotten PIN: the key that only the server can make, for the person himself."""

import pytest

from nuantu.core import scope
from nuantu.core.models import JournalEntry
from nuantu.fieldwork.services import recovery_key
from tests.cast import Cast
from tests.fieldwork.phones import Phone

pytestmark = pytest.mark.django_db


def test_nobody_else_gets_the_key_to_a_phone_whatever_his_role(cast: Cast, phone: Phone) -> None:
    url = f"/field/devices/{phone.device}/recovery"
    for player in (cast.other_patroller, cast.dispatcher, cast.leader, cast.outsider):
        assert player.browser().post(url).status_code == 404


def test_the_person_gets_the_same_key_each_time_and_it_is_written_down(
    cast: Cast, phone: Phone
) -> None:
    browser = cast.patroller.browser()
    url = f"/field/devices/{phone.device}/recovery"
    told = [browser.post(url).json()["recovery"] for _time in range(2)]
    assert set(told) == {recovery_key(phone.device)}
    with scope.system("a test reads the journal"):
        lines = JournalEntry.objects.filter(verb="fieldwork.device.recover")
        assert lines.count() == 2
        assert not lines.filter(summary__contains=told[0]).exists()


@pytest.mark.slow
def test_asking_without_end_is_refused(cast: Cast, phone: Phone) -> None:
    browser = cast.patroller.browser()
    url = f"/field/devices/{phone.device}/recovery"
    statuses = [browser.post(url).status_code for _time in range(11)]
    assert statuses == [200] * 10 + [429]
