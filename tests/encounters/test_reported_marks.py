"""What a reporter took somebody for, beside what the team itself sees and ticks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.dispatch.models import Tip
from nuantu.encounters import services
from tests import builders
from tests.cast import Cast
from tests.web import does_not_see, page_for, sees

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture
def tip(cast: Cast, evening: Any) -> Tip:
    """A taxi driver saw "a child" under a bridge."""
    with clock.frozen(evening - timedelta(minutes=20)):
        return builders.a_tip(flags=("minor",))


def test_whoever_was_told_to_be_a_child_is_not_left_as_refused_while_his_age_is_unknown(
    refused: Make, record: Make, tip: Tip
) -> None:
    contact = refused()
    with pytest.raises(services.ProtectedPerson):
        record(replace(contact, who=replace(contact.who, age=None)), photos=1, tip=tip)


def test_an_adult_whom_a_reporter_took_for_a_child_is_no_child(
    met: Make, record: Make, tip: Tip
) -> None:
    encounter = record(met(), tip=tip).encounter
    assert "minor" not in encounter.classes
    tip.refresh_from_db()
    assert "minor" in tip.urgent_flags, "the reporter's mark stays the reporter's"


@pytest.mark.slow
def test_the_form_shows_the_reporter_s_mark_and_leaves_the_team_s_own_tick_open(
    cast: Cast, tip: Tip, evening: Any
) -> None:
    with clock.frozen(evening):
        page = page_for(cast.patroller, f"{reverse('encounters:new')}?tip={tip.public_id}")
    sees(page, "报告人说：", "未成年人")
    does_not_see(page, 'value="minor" checked', 'value="minor" id="id_classes_0" checked')
