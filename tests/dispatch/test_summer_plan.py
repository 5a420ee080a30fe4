"""Tips under the district's summer plan (S1)."""

from datetime import UTC, datetime

import pytest

from nuantu.core import scope
from nuantu.core.actors import PUBLIC, SYSTEM
from nuantu.dispatch import services
from nuantu.dispatch.models import Notice
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.operations.services import start_plan
from nuantu.planbook import files
from tests.cast import BUREAU, Cast

pytestmark = pytest.mark.django_db
BRIDGE = Position(26.5742, 107.9781)
NOON = datetime(2026, 7, 8, 4, tzinfo=UTC)


@pytest.mark.rule("S1-09")
@pytest.mark.parametrize("flag", ["critical", "mental"])
def test_a_township_that_finds_somebody_ill_owes_the_hospital_a_call(cast: Cast, flag: str) -> None:
    """The station knows at once, because the tip is its own; who is well asks for no hospital."""
    text = files.packaged_text("S1")
    start_plan(actor=SYSTEM, at=NOON, text=text, org_code=BUREAU, year=2026)
    for flags, wanted in (((flag,), True), (("elderly",), False)):
        report = Report(place_text="南桥桥洞", position=BRIDGE, channel="community", flags=flags)
        with scope.public():
            tip = services.take_tip(actor=PUBLIC, at=NOON, report=report).tip
        notices = Notice.objects.filter(tip=tip)
        owed = {notice.recipient: notice for notice in notices if "S1-09" in notice.basis}
        assert set(owed) == ({"hospital", "relief_station"} if wanted else set())
        if wanted:
            assert owed["hospital"].state == Notice.State.DUE
            assert owed["relief_station"].state == Notice.State.TOLD
