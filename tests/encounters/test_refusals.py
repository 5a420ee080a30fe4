"""Somebody stays where he is: what he must be given and told, who comes again, who learns of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from nuantu.encounters import services
from nuantu.encounters.models import Encounter, RefuserNotice, Revisit
from nuantu.operations.models import Duty
from nuantu.persons.models import Person
from tests.cast import STATION, Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.mark.rule("P1-07", "P1-09", "P1-10", "P9-12", "P9-11")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"is_informed": False}, "is_informed"),
        ({"refusal_reason": " "}, "refusal_reason"),
        ({"has_card": False}, "has_card"),
        ({"evidence": "declined"}, "evidence"),
        ({"revisit_at": "too late"}, "revisit_at"),
        ({"handed": {"food": 1}}, "missing_reason"),
    ],
)
def test_a_refusal_that_lacks_something_is_turned_back(
    refused: Make, record: Make, evening: datetime, changes: dict[str, Any], field: str
) -> None:
    if "revisit_at" in changes:
        changes = {"revisit_at": evening + timedelta(days=9)}
    with pytest.raises(services.EncounterRefused) as answer:
        record(refused(**changes), photos=1)
    assert answer.value.field == field
    assert not Encounter.objects.exists()


@pytest.mark.rule("P1-10")
def test_a_refusal_without_a_photo_says_why(refused: Make, record: Make) -> None:
    with pytest.raises(services.EncounterRefused) as answer:
        record(refused())
    assert answer.value.field == "evidence"
    done = record(refused(evidence="declined", evidence_reason="本人不让拍"))
    assert done.encounter.evidence == "declined"


@pytest.mark.rule("P1-08", "P9-11")
def test_a_missing_item_is_recorded_with_its_reason(refused: Make, record: Make) -> None:
    """Nothing of the kit is silent: what was not given stands as a line of zero (X16)."""
    done = record(
        refused(handed={"food": 2, "drink": 1, "quilt": 1}, missing_reason="他自己有棉衣"),
        photos=1,
    )
    lines = {line.item_code: line for line in done.encounter.goods.all()}
    assert lines["padded_clothes"].quantity == 0
    assert lines["padded_clothes"].missing_reason == "他自己有棉衣"
    assert (lines["food"].quantity, lines["food"].missing_reason) == (2, "")


def test_the_kit_is_that_of_the_countys_plan(
    county_plan: object, refused: Make, record: Make
) -> None:
    """P9 asks for padded clothes, quilt and food; its epidemic supplies are optional."""
    done = record(refused(handed={"padded_clothes": 1, "quilt": 1, "food": 1}), photos=1)
    codes = {line.item_code for line in done.encounter.goods.all()}
    assert codes == {"padded_clothes", "quilt", "food", "epidemic_supplies"}


@pytest.mark.slow
def test_an_optional_item_is_never_owed_and_keeps_what_was_said(
    county_plan: object, refused: Make, record: Make
) -> None:
    """Nobody asks why epidemic supplies were not given; whoever writes it finds it again."""
    kit = {"padded_clothes": 1, "quilt": 1, "food": 1}
    silent = record(refused(handed=kit), photos=1)
    said = record(refused(handed=kit, missing_reason="本人不要"), photos=1)
    for done, reason in ((silent, ""), (said, "本人不要")):
        line = done.encounter.goods.get(item_code="epidemic_supplies")
        assert (line.quantity, line.owed_quantity, line.missing_reason) == (0, 0, reason)
    assert not said.encounter.goods.exclude(item_code="epidemic_supplies").exclude(
        missing_reason=""
    )


@pytest.mark.rule("P9-12")
def test_a_refusal_owes_the_next_visit(
    cast: Cast, refused: Make, record: Make, evening: datetime
) -> None:
    done = record(refused(revisit_at=None), photos=1)
    revisit = Revisit.objects.get(encounter=done.encounter)
    duty = Duty.objects.get(public_id=revisit.duty_id)
    assert duty.kind == "encounter.revisit"
    assert duty.owner_org == STATION
    assert duty.due_at == evening - timedelta(minutes=5) + timedelta(days=3)
    assert duty.basis


def test_a_raised_level_asks_for_the_next_visit_sooner(
    refused: Make, record: Make, evening: datetime
) -> None:
    from nuantu.core.actors import SYSTEM
    from nuantu.operations.services import set_level

    set_level(
        actor=SYSTEM,
        at=evening,
        division_code="522601000000",
        level="raised",
        cause=None,
        reason="寒潮",
    )
    with pytest.raises(services.EncounterRefused) as answer:
        record(refused(revisit_at=evening + timedelta(days=2)), photos=1)
    assert answer.value.field == "revisit_at"
    done = record(refused(revisit_at=None), photos=1)
    assert done.encounter.revisit_at == evening - timedelta(minutes=5) + timedelta(days=1)
    assert done.encounter.level == "raised"


@pytest.mark.rule("P9-30")
def test_partners_learn_place_and_needs_and_nothing_else(
    cast: Cast, county_plan: object, refused: Make, record: Make, seen_as: Make, evening: datetime
) -> None:
    """The police of the county read where and what is needed; not who, not what he has (X60)."""
    contact = refused(
        who={"name": "王小明"},
        conditions=("thin_clothes", "unwell"),
        handed={"padded_clothes": 1, "quilt": 1, "food": 1},
        note="说自己有结核",
    )
    record(contact, photos=1)
    with seen_as(cast.police):
        notice = RefuserNotice.objects.get()
        assert notice.place == "南桥桥洞"
        assert notice.needs == ["warm_clothes", "look_in_often", "persuade"]
        assert notice.expires_at == evening + timedelta(days=7)
        assert not Encounter.objects.exists()
        assert not Person.objects.exists()
        fields = {f.name: getattr(notice, f.attname) for f in RefuserNotice._meta.fields}
        assert "王小明" not in str(fields)
        assert "结核" not in str(fields)
    with seen_as(cast.hospital):
        assert not RefuserNotice.objects.exists()


def test_without_a_plan_that_asks_for_it_no_partner_is_told(
    cast: Cast, refused: Make, record: Make
) -> None:
    record(refused(), photos=1)
    assert not RefuserNotice.objects.exists()
