"""What is remembered is never older than the last change."""

from datetime import date

import pytest
from django.db import transaction

from nuantu.accounts.models import Division
from nuantu.core.reference import remembered
from tests.cast import COUNTY, Cast

pytestmark = pytest.mark.django_db


def county() -> str:
    return remembered("divisions", COUNTY, lambda: Division.objects.get(code=COUNTY).name)


def test_a_change_by_plain_sql_is_seen_at_the_next_question(cast: Cast) -> None:
    assert county() == "凯里市"
    Division.objects.filter(code=COUNTY).update(name="凯里新区")
    assert county() == "凯里新区"


def test_nothing_is_loaded_twice_without_a_change(cast: Cast) -> None:
    loads = []
    for _ in range(3):
        remembered("divisions", "count", lambda: loads.append(1))
    assert len(loads) == 1


def test_a_change_rolled_back_is_forgotten(cast: Cast) -> None:
    county()
    with transaction.atomic():
        Division.objects.create(
            code="522699000000",
            name="新县",
            full_name="新县",
            level="county",
            valid_from=date(2026, 1, 1),
        )
        Division.objects.filter(code=COUNTY).update(name="凯里新区")
        assert county() == "凯里新区"
        transaction.set_rollback(True)
    assert county() == "凯里市"
