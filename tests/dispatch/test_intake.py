"""A tip comes in."""

from datetime import UTC, datetime, timedelta

import pytest

from nuantu.core import clock, journal, scope
from nuantu.core.actors import PUBLIC
from nuantu.core.subjects import Subject
from nuantu.dispatch import services
from nuantu.dispatch.models import Notice, Tip
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.operations.models import Duty
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = datetime(2025, 12, 3, 14, 5, tzinfo=UTC)


def test_smoke(cast: Cast) -> None:
    with scope.public():
        taken = services.take_tip(
            actor=PUBLIC,
            at=AT,
            report=Report(
                place_text="大十字天桥下",
                position=Position(26.58, 107.98),
                flags=("minor",),
                callback="138 0000 0000",
            ),
        )
    tip = Tip.objects.get()
    print(vars(tip))
    print(Notice.objects.values(), Duty.objects.values())
    print(taken)
