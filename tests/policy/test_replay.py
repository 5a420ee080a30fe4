"""What is repeated is what the services would have written, and nothing is repeated elsewhere."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from nuantu.accounts.models import Division, Organisation
from nuantu.core import journal
from nuantu.core.actors import SYSTEM
from nuantu.core.models import JournalEntry
from nuantu.operations import services as operations
from nuantu.operations.models import Duty, Operation, PlanRule
from nuantu.planbook import files
from tests import builders
from tests.cast import BUREAU, OFFICE, PREFECTURE, Cast
from tests.replay import repeated

pytestmark = pytest.mark.django_db


def _rows() -> list[Any]:
    """Every row of a season, without the numbers that are drawn anew."""
    found: list[Any] = [
        Operation.objects.order_by("id").values_list(
            "plan_code", "title", "digest", "parent_version"
        ),
        PlanRule.objects.order_by("operation_id", "position").values_list(
            "operation__plan_code", "kind", "value", "level", "key", "words", "quote"
        ),
        Duty.objects.order_by("kind", "owner_org", "due_at", "title").values_list(
            "kind", "owner_org", "due_at", "warn_at", "title", "basis", "state"
        ),
        JournalEntry.objects.order_by("chain", "seq").values_list(
            "chain", "seq", "verb", "summary"
        ),
    ]
    return [list(rows) for rows in found]


def _started() -> list[Any]:
    with transaction.atomic():
        for code, org in (("P1", OFFICE), ("P9", BUREAU)):
            text = files.packaged_text(code)
            operations.start_plan(
                actor=SYSTEM, at=builders.EVENING, text=text, org_code=org, year=2026
            )
        rows = _rows()
        transaction.set_rollback(True)
    return rows


def _built() -> list[Any]:
    with transaction.atomic():
        builders.a_season()
        assert not list(journal.verify())
        rows = _rows()
        transaction.set_rollback(True)
    return rows


@pytest.mark.slow
def test_a_season_is_the_same_started_noted_and_repeated(cast: Cast) -> None:
    started = _started()
    assert all(started)
    assert _built() == _built() == started


@pytest.mark.slow
def test_a_season_that_finds_another_county_is_started(cast: Cast) -> None:
    """The new bureau owes what every county owes, although the season was noted without it."""
    known = _built()
    county = Division.objects.create(
        code="522623000000",
        name="施秉县",
        full_name="贵州省黔东南苗族侗族自治州施秉县",
        level="county",
        parent_id=PREFECTURE,
        valid_from=date(2020, 1, 1),
    )
    Organisation.objects.create(code="MZ-522623", kind="bureau", name="民政局", division=county)
    assert _built() == _started() != known


def test_a_ground_that_was_met_before_is_known_again_after_another(cast: Cast) -> None:
    """A test on other ground never makes all that come after it start their season anew."""
    counted: list[str] = []

    def made(name: str) -> str:
        def make() -> str:
            counted.append(name)
            Division.objects.filter(code=PREFECTURE).update(name=name)
            return name

        with transaction.atomic():
            found = repeated("a ground", make)
            transaction.set_rollback(True)
        return found

    with transaction.atomic():
        Division.objects.filter(code=PREFECTURE).update(full_name="别处")
        made("there")
        transaction.set_rollback(True)
    assert [made("here"), made("again")] == ["here", "here"]
    assert counted == ["there", "here"]
