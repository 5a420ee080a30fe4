"""A refusal under the district's plan (P2): its own kit, its contacts, its next visit, its proof."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from nuantu.encounters import services
from nuantu.encounters.models import Encounter, Revisit
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from tests.cast import COUNTY, STATION, Cast

Make = Callable[..., Any]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _district_plan(cast: Cast, evening: datetime) -> None:
    from nuantu.core.actors import SYSTEM
    from nuantu.operations.services import start_plan
    from nuantu.planbook import files

    text = files.packaged_text("P2")
    start_plan(actor=SYSTEM, at=evening, text=text, org_code="MZ-522601", year=2026)


@pytest.mark.rule("P2-15", "P2-17")
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"has_card": False}, "has_card"), ({"evidence": "declined"}, "evidence")],
)
def test_without_contacts_or_proof_a_refusal_is_not_written_down(
    refused: Make, record: Make, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(services.EncounterRefused) as answer:
        record(refused(**changes), photos=1)
    assert answer.value.field == field
    assert not Encounter.objects.exists()


@pytest.mark.rule("P2-03")
def test_the_station_is_offered_first_and_who_agrees_is_owed_the_way_there(
    met: Make, record: Make
) -> None:
    """Persuaded on the street, guided, escorted: the way ends when reception has begun."""
    done = record(met(outcome="to_station"))
    offered = [line.code for line in done.encounter.offers.order_by("position")]
    assert offered[0] == "station"
    duty = Duty.objects.get(subject_id=done.encounter.public_id, kind="encounter.bring_in")
    assert (duty.owner_org, duty.state) == (STATION, "open")


@pytest.mark.slow
@pytest.mark.rule("P2-05", "P2-15")
def test_food_drink_clothes_and_quilt_are_owed_to_who_stays_outside(
    refused: Make, record: Make, evening: datetime
) -> None:
    assert rules_at(COUNTY, evening).need("refusal.kit").source == "P2-05、P2-15"
    kit = {"food": 1, "drink": 1, "padded_clothes": 1, "quilt": 1}
    for left_out in kit:
        handed = {code: count for code, count in kit.items() if code != left_out}
        with pytest.raises(services.EncounterRefused) as answer:
            record(refused(handed=handed), photos=1)
        assert answer.value.field == "missing_reason"
    done = record(refused(handed=kit), photos=1)
    assert {line.item_code for line in done.encounter.goods.all()} == set(kit)


@pytest.mark.rule("P2-16")
def test_the_follow_up_visit_is_owed_by_the_station(
    refused: Make, record: Make, evening: datetime
) -> None:
    """Regularly (定期) names no interval, so the national figure counts and is written as such."""
    done = record(refused(revisit_at=None), photos=1)
    duty = Duty.objects.get(public_id=Revisit.objects.get(encounter=done.encounter).duty_id)
    assert (duty.kind, duty.owner_org) == ("encounter.revisit", STATION)
    assert timedelta() < duty.due_at - evening <= timedelta(days=3)
    assert duty.basis
