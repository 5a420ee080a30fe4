"""A station whose carers walk their round with a tablet, for the tests of the inbox."""

from datetime import UTC, datetime
from typing import Any

from nuantu.stays.models import Medication, Stay
from tests.cast import Cast, Player
from tests.fieldwork.phones import Phone, enrolled
from tests.stays.house import a_medication, a_stay, a_stay_in_bed

# Five in the afternoon of a winter's day, half an hour before supper is served.
SUPPER = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)


def a_tablet(player: Player) -> Phone:
    """The tablet in the hand of a carer, enrolled on the page."""
    return enrolled(player)


def a_woman(cast: Cast) -> Stay:
    """A woman who stays here, without a bed yet."""
    return a_stay(cast, sex="female")


def in_bed(cast: Cast) -> Stay:
    """A man with the first bed of the men's zone."""
    return a_stay_in_bed(cast)


def a_medicine(cast: Cast, stay: Stay, **more: Any) -> Medication:
    """Something he takes at eight in the morning and at five in the afternoon."""
    return a_medication(cast, stay, evening=17, **more)
