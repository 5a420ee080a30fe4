"""Two warnings that want the same sweep at the same moment, on connections of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from nuantu.core import scope
from nuantu.patrols import services
from nuantu.patrols.models import Sweep
from nuantu.warnings import services as warnings
from tests import builders
from tests.builders import EVENING
from tests.cast import BUREAU, COUNTY, assemble
from tests.patrols.test_warned_sweeps import COLD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_one_warning_heard_twice_at_once_orders_one_sweep(transactional_db: None) -> None:
    cast = assemble()
    builders.a_plan("P14", BUREAU)
    warning = warnings.take_message(
        actor=cast.office.actor, at=EVENING, body=COLD.encode(), content_type="text/plain",
        received_at=EVENING,
    )  # fmt: skip
    start = threading.Barrier(3)

    def order() -> int:
        try:
            start.wait(10)
            found = services.sweep_on_warning(
                at=EVENING, warning=warning.public_id, division_code=COUNTY
            )
            return len(found)
        finally:
            connections.close_all()

    work: list[Callable[[], int]] = [order] * 3
    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(lambda act: act(), work, timeout=60)) == [0, 0, 1]
    with scope.system("a test looks"):
        assert Sweep.objects.count() == 1
