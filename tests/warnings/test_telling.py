"""Who is told by message that a warning came in."""

from datetime import datetime

import pytest

from nuantu.accounts.models import Delivery, Organisation
from nuantu.accounts.services import channels
from nuantu.config.jobs import tell_warning
from nuantu.core.actors import SYSTEM
from nuantu.warnings import services
from tests.cast import OFFICE, OTHER_STATION, STATION, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season"), pytest.mark.slow]
EVENT = "warnings.warning_taken"
ICE = "凯里市气象台发布道路结冰黄色预警信号：预计未来12小时内我市将出现道路结冰。"


def test_the_county_that_must_acknowledge_is_told_and_its_neighbour_is_not(
    cast: Cast, evening: datetime
) -> None:
    for code in (OFFICE, STATION, OTHER_STATION):
        channels.add_channel(
            actor=SYSTEM,
            at=evening,
            organisation=Organisation.objects.get(code=code),
            name=code,
            kind="webhook",
            address="https://example.org/hook",
            events=[EVENT],
        )
    warning = services.take_message(
        actor=cast.office.actor,
        at=evening,
        body=ICE.encode(),
        content_type="text/plain",
        received_at=evening,
    )
    for _ in range(2):
        tell_warning(str(warning.public_id))
    told = Delivery.objects.filter(event=EVENT).values_list("channel__organisation_id", flat=True)
    assert sorted(told) == sorted([OFFICE, STATION])
