"""What the tests of dispatch stand on: the season of two plans, the station's building, two teams."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from nuantu.operations.models import Team
    from nuantu.places.models import Station
    from tests.cast import Cast


@pytest.fixture
def station(cast: "Cast") -> "Station":
    """The building in 凯里 from which help comes."""
    from nuantu.core import clock
    from nuantu.places import services as places
    from tests.cast import COUNTY, STATION

    return places.add_station(
        actor=cast.section_head.actor,
        at=clock.now(),
        spot=places.Spot(name="凯里市救助管理站", division_code=COUNTY, lat=26.5833, lon=107.9781),
        organisation_code=STATION,
        phone="0855-0000001",
    )


@pytest.fixture
def team(cast: "Cast") -> "Team":
    """The patroller's team, on shift."""
    from tests import builders

    return builders.a_team(cast)


@pytest.fixture
def second_team(cast: "Cast") -> "Team":
    """Another team of the station, on shift."""
    from tests import builders

    return builders.a_team(cast, "乙队")


@pytest.fixture
def evening() -> "Iterator[datetime]":
    """It is Wednesday, 20:00 in China, in the window of both plans."""
    from nuantu.core import clock
    from tests import builders

    with clock.frozen(builders.EVENING):
        yield builders.EVENING


@pytest.fixture(autouse=True)
def _chinese() -> "Iterator[None]":
    """A page asked for in English leaves its language in the thread; each test begins in Chinese."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield
