"""Clerks who issue at the same moment: every number once, none left out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.papers import services
from nuantu.papers.models import Paper, PaperCounter, PaperTemplate
from nuantu.papers.selectors import kinds
from tests import builders
from tests.cast import assemble

CLERKS, EACH = 8, 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_clerks_at_once_get_each_number_once_and_leave_none_out() -> None:
    cast = assemble()
    encounter, actor = builders.an_encounter(cast), cast.dispatcher.actor
    start = Barrier(CLERKS)

    def clerk(who: Actor) -> list[int]:
        start.wait(10)
        try:
            with scope.enter(scope.of_actor(who)):
                return [
                    services.issue_paper(
                        actor=who,
                        at=clock.now(),
                        kind=kinds.kinds()["street_refusal"],
                        subject=encounter,
                        values={"name": "某人"},
                    ).serial
                    for _turn in range(EACH)
                ]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLERKS) as pool:
        given = [serial for some in pool.map(clerk, [actor] * CLERKS) for serial in some]
    assert sorted(given) == list(range(1, CLERKS * EACH + 1))
    with scope.system("the test counts"):
        assert Paper.objects.count() == CLERKS * EACH
        assert PaperCounter.objects.get().last == CLERKS * EACH
        assert PaperTemplate.objects.filter(is_builtin=True).count() == 1
