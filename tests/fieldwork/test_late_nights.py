"""The second half of a thousand random nights over a bad line; failing seeds are named."""

import pytest

from tests.fieldwork.nights import AT_ONCE, LATE, Nights

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("first", LATE[::AT_ONCE])
def test_a_night_ends_as_it_would_have_online(nights: Nights, first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        nights.play(seed)
