"""The roster of the demo: manned for the week that the page shows, with one believable hole."""

from datetime import datetime, timedelta

import pytest

from nuantu.accounts.models import Organisation
from nuantu.config import demo
from nuantu.config.demo import season
from nuantu.core import clock, scope
from nuantu.operations.models import WatchNote
from nuantu.operations.rules.roster import Gap
from nuantu.operations.selectors import gaps_ahead
from tests.builders import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def holes(org: str, at: datetime) -> list[Gap]:
    with scope.system("the test looks at every roster"):
        return gaps_ahead(Organisation.objects.select_related("division").get(code=org), at)


def test_the_demo_has_one_hole_every_day_it_is_opened() -> None:
    """The second driver is away two nights later; a bureau owes no hotline, door or vehicle."""
    with clock.frozen(EVENING):
        demo.load_ground()
        (hole,) = holes("JZ-522601", EVENING)
        assert (hole.post, hole.missing) == ("vehicle", 1)
        assert clock.local(hole.starts_at).hour == 20
        assert timedelta(days=1) < hole.starts_at - EVENING < timedelta(days=3)
        assert holes("MZ-522601", EVENING) == []
        with scope.system("the test looks at the log"):
            waiting, taken = WatchNote.objects.order_by("-given_at")
            assert not waiting.taken_at
            assert taken.taken_by not in ("", taken.given_by)
    later = EVENING + timedelta(days=4, hours=13)
    with clock.frozen(later):
        with scope.system("the hourly job"):
            season.keep_going(at=later)
        (hole,) = holes("JZ-522601", later)
        assert hole.post == "vehicle"
        assert clock.local(hole.starts_at).hour == 20
