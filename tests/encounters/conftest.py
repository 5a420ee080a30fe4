"""A night with the plans in force, a team on shift, and contacts to write down."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

if TYPE_CHECKING:
    from nuantu.encounters.rules.contact import Contact
    from nuantu.encounters.services import Recorded
    from nuantu.operations.models import Operation
    from tests.cast import Cast, Player

# a Wednesday evening in the window of both plans: 9 December 2026, 20:00 in China
EVENING = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A page asked for in English leaves its language behind in the thread."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture
def evening() -> datetime:
    """The moment of the tests."""
    return EVENING


@pytest.fixture
def tonight(evening: datetime) -> Iterator[None]:
    """The pages are asked for at that moment."""
    from nuantu.core import clock

    with clock.frozen(evening):
        yield


@pytest.fixture
def sent(evening: datetime) -> "Callable[..., dict[str, Any]]":
    """A form as the phone sends it: a man of about fifty who comes along."""

    from nuantu.core import clock
    from tests.cast import STATION

    def make(**changes: Any) -> dict[str, Any]:
        return {
            "place": "南桥桥洞",
            "conditions": ["thin_clothes"],
            "sex": "male",
            "age": "50",
            "looks": "灰大衣",
            "capacity": "capable",
            "outcome": "to_station",
            "to_station": STATION,
            "happened_at": f"{clock.local(evening - timedelta(minutes=3)):%Y-%m-%dT%H:%M}",
            "idempotency_key": uuid4().hex,
            **changes,
        }

    return make


@pytest.fixture
def county_plan(cast: "Cast") -> "Operation":
    """P9 as the county's own plan below P1."""
    from tests import builders

    return builders.a_season(EVENING)


@pytest.fixture
def seen_as() -> "Callable[[Player], Any]":
    """`with seen_as(cast.police):` what this person's organisation may see tonight."""
    from nuantu.core import clock, scope

    @contextmanager
    def enter(player: "Player", at: datetime = EVENING) -> Iterator[None]:
        with clock.frozen(at), scope.enter(scope.of_actor(player.actor)):
            yield

    return enter


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    """A small real photo."""
    buffer = BytesIO()
    Image.new("RGB", (40, 30), (90, 90, 120)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


@pytest.fixture
def met() -> "Callable[..., Contact]":
    """`met(outcome=...)`: a man of about fifty under the south bridge who agrees to come."""
    from nuantu.encounters.rules.contact import Contact, Place, Who
    from nuantu.persons.rules.ages import Age
    from tests.cast import TOWN

    base = Contact(
        happened_at=EVENING - timedelta(minutes=5),
        place=Place(words="南桥桥洞", division_code=TOWN, lat=26.56, lon=108.06),
        who=Who(sex="male", age=Age(45, 55), looks="灰大衣"),
        conditions=("thin_clothes",),
        outcome="to_station",
        to_org="JZ-522601",
    )

    def make(**changes: Any) -> "Contact":
        who = changes.pop("who", None)
        place = changes.pop("place", None)
        contact = replace(base, **changes)
        if who:
            contact = replace(contact, who=replace(base.who, **who))
        return replace(contact, place=replace(base.place, **place)) if place else contact

    return make


@pytest.fixture
def refused(met: "Callable[..., Contact]") -> "Callable[..., Contact]":
    """A refusal with everything the rules ask for; one photo comes along."""

    def make(**changes: Any) -> "Contact":
        given: dict[str, Any] = {
            "outcome": "refused",
            "to_org": "",
            "is_informed": True,
            "refusal_reason": "要等老乡",
            "has_card": True,
            "handed": {"food": 1, "drink": 1, "padded_clothes": 1, "quilt": 1},
            "revisit_at": EVENING + timedelta(days=1),
        }
        return met(**{**given, **changes})

    return make


@pytest.fixture
def record(cast: "Cast", seen_as: "Callable[[Player], Any]") -> "Callable[..., Recorded]":
    """`record(contact, who=…, photos=1)`: written down by the patroller in his own scope."""
    from nuantu.encounters.services import record_encounter

    def write(
        contact: "Contact", *, who: "Player | None" = None, photos: int = 0, **more: Any
    ) -> "Recorded":
        player = who or cast.patroller
        with seen_as(player):
            return record_encounter(
                actor=player.actor,
                at=more.pop("at", EVENING),
                contact=contact,
                photos=[photo(f"{n}.jpg") for n in range(photos)],
                **more,
            )

    return write
