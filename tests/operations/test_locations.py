"""A plan may name its own types of key location."""

from datetime import UTC, datetime

import pytest

from nuantu.core.actors import SYSTEM
from nuantu.operations.services import start_plan
from nuantu.places.selectors.types import location_types
from nuantu.planbook import files
from tests.cast import Cast

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)
OWN = "  - {code: hot_spring, label: 温泉池边, label_en: hot spring, clause: P9-08}\n"


def test_a_type_named_by_no_plan_is_not_offered(cast: Cast) -> None:
    assert "hot_spring" not in location_types()


def test_a_type_of_a_plan_in_force_is_offered(cast: Cast) -> None:
    text = files.packaged_text("P9").replace("key_locations:\n", f"key_locations:\n{OWN}", 1)
    start_plan(actor=SYSTEM, at=AT, text=text, org_code="MZ-522601", year=2026)
    assert location_types()["hot_spring"].label == "温泉池边"
    assert location_types()["hot_spring"].source == "P9"
