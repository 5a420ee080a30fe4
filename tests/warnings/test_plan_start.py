"""A plan that is started while a warning already holds."""

from datetime import datetime, timedelta

import pytest

from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Duty
from nuantu.operations.services import start_plan
from nuantu.planbook import files
from nuantu.warnings import services
from nuantu.warnings.models import Coverage
from tests.cast import COUNTY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COLD = "黔东南州气象台发布寒潮蓝色预警信号：预计未来48小时全州最低气温下降8℃以上。"


def kinds() -> list[str]:
    """Open duties of the county about warnings."""
    found = Duty.objects.filter(division_code=COUNTY, subject_kind="warning", state=Duty.State.OPEN)
    return sorted(found.values_list("kind", flat=True))


def test_a_plan_started_under_a_warning_answers_it_once(cast: Cast, evening: datetime) -> None:
    """What the new plan prepares is owed, and nobody acknowledges the same message twice."""
    warning = services.take_message(
        actor=cast.office.actor,
        at=evening,
        body=COLD.encode(),
        content_type="text/plain",
        received_at=evening,
    )
    before = kinds()
    later = evening + timedelta(hours=1)
    start_plan(
        actor=SYSTEM, at=later, text=files.packaged_text("P1"), org_code="LX-5226", year=2026
    )
    assert services.settle_running(at=later) > 0
    assert "reliefpoint.open" not in before
    assert "reliefpoint.open" in kinds()
    assert kinds().count("warning.acknowledge") == 1
    assert Coverage.objects.get(warning=warning, division_code=COUNTY).level == "raised"
    after = kinds()
    services.settle_running(at=later)
    assert kinds() == after
