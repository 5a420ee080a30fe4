"""A plan is put in force."""

import pytest

from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import rules_at
from tests.cast import COUNTY

pytestmark = pytest.mark.django_db


def test_a_started_plan_answers(county_plan: Operation, evening) -> None:
    book = rules_at(COUNTY, evening)
    assert book.need("patrol.cadence").number == 3
    for d in Duty.objects.all():
        print(d.owner_org, d.kind, d.title, d.due_at, d.basis)
