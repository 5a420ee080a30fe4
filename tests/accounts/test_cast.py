"""The people of the tests are who they say they are."""

import pytest

from tests.cast import MEMBERS, Cast

pytestmark = pytest.mark.django_db


def test_everybody_is_there(cast: Cast) -> None:
    assert [cast[key].key for key in MEMBERS] == list(MEMBERS)
    assert cast.nobody.actor.is_public
    assert cast.outsider.actor.prefix == "5201"
    assert cast.section_head.actor.prefix == "522601"
    assert cast.patroller.actor.prefix == ""
