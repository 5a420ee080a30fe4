"""How each class of person is helped is read from the rule book, never from code."""

import pytest
from django.utils import translation

from nuantu.core.actors import SYSTEM
from nuantu.operations.services import start_plan
from nuantu.persons.models import ClassCode
from nuantu.persons.selectors import mode_rules
from nuantu.planbook import files
from nuantu.planbook.defaults import national_layer
from tests.cast import TOWN, Cast
from tests.persons.conftest import EVENING

pytestmark = pytest.mark.django_db
UNLISTED = (
    "severely_disabled_person",
    "intellectual_disability",
    "woman_alone",
    "family_with_children",
    "easily_lost_person",
    "suicide_risk",
    "drunk",
)


@pytest.mark.slow
@pytest.mark.parametrize("plans", [(), (("P1", "LX-5226"), ("P9", "MZ-522601"))])
def test_the_vulnerable_whom_no_plan_lists_are_escorted_and_never_compelled(
    cast: Cast, plans: tuple[tuple[str, str], ...]
) -> None:
    """X65 is a national default with its source and status; a plan's word for all does not end it."""
    for code, org in plans:
        text = files.packaged_text(code)
        start_plan(actor=SYSTEM, at=EVENING, text=text, org_code=org, year=2026)
    found = mode_rules([*UNLISTED, "occupational_beggar"], TOWN, EVENING)
    for code in UNLISTED:
        assert (found[code].modes, found[code].may_refuse) == (("voluntary", "escorted"), True)
        assert "X65" in found[code].source
    assert found["occupational_beggar"].modes == ("voluntary",)
    assert "X23" in found["occupational_beggar"].source


def test_every_default_way_says_where_it_comes_from_and_names_a_known_class() -> None:
    rules = [rule for rule in national_layer().rules if rule.kind == "rescue.mode"]
    assert {rule.key for rule in rules} - {"any"} <= set(ClassCode.values)
    for rule in rules:
        assert rule.source
        assert rule.status in ("verified", "unverified")
        assert rule.valid_from


def test_what_to_do_is_said_in_the_language_of_the_page(cast: Cast) -> None:
    """A national default has both languages."""
    with translation.override("en"):
        found = mode_rules(["sudden_illness", "drunk"], TOWN, EVENING)
    assert found["sudden_illness"].treatment == "call the ambulance at once"
    assert found["drunk"].treatment.startswith("escort to the station if the person wishes")
    assert mode_rules(["drunk"], TOWN, EVENING)["drunk"].treatment == "愿意的护送到站，不强制"
