"""Fifty clerks at once, each on a connection of his own: ten beds, ten residents in them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from nuantu.core import clock, scope
from nuantu.stays import services
from nuantu.stays.models import BedStay, Stay
from tests.cast import assemble
from tests.stays.house import NIGHT, a_stay, a_zone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLERKS, BEDS = 50, 10


def test_of_fifty_clerks_ten_get_the_last_ten_beds_and_forty_a_clear_answer() -> None:
    cast = assemble()
    actor = cast.reception.actor
    a_zone(cast, "男区", "male", "adult", beds=BEDS // 2)
    a_zone(cast, "男二区", "male", "adult", beds=BEDS // 2)
    stays = [a_stay(cast) for _number in range(CLERKS)]
    start = threading.Barrier(CLERKS)

    def press(stay: Stay) -> object:
        try:
            with clock.frozen(NIGHT), scope.enter(scope.of_actor(actor)):
                start.wait(60)
                return services.give_best_bed(actor=actor, at=clock.now(), stay=stay)
        except services.NoFreeBed as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLERKS) as pool:
        results = list(pool.map(press, stays))
    won = [result for result in results if isinstance(result, BedStay)]
    lost = [result for result in results if isinstance(result, services.NoFreeBed)]
    assert (len(won), len(lost)) == (BEDS, CLERKS - BEDS)
    assert len({row.bed_id for row in won}) == BEDS
    assert all("邻近救助站" in str(refusal) for refusal in lost)
