"""Two records, one human: proposed, decided by a person, undone; nothing is ever merged."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from nuantu.persons import selectors, services
from nuantu.persons.models import Case, Person, PersonLink
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Meet = Callable[..., Case]
SeenAs = Callable[..., Any]


@pytest.fixture
def pair(meet: Meet) -> tuple[Person, Person]:
    return meet("王小明").person, meet("王小明", age=None).person


def _snapshot() -> list[Any]:
    return [
        list(Person.objects.order_by("pk").values()),
        list(Case.objects.order_by("pk").values()),
    ]


def test_likely_records_are_proposed_with_the_reason(
    pair: tuple[Person, Person], evening: datetime
) -> None:
    (found,) = selectors.likely_same(pair[0], evening)
    assert found.card.public_id == pair[1].public_id
    assert found.reasons == ("name",)


def test_somebody_of_another_sex_is_not_proposed(meet: Meet, evening: datetime) -> None:
    first = meet("王小明").person
    meet("王小明", sex="female")
    assert selectors.likely_same(first, evening) == []


def test_a_record_one_may_not_see_is_not_proposed(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """Another station's record of the same name stays unknown to this one."""
    mine = meet("王小明").person
    meet("王小明", who=cast.outsider)
    with seen_as(cast.patroller):
        assert selectors.likely_same(mine, evening) == []


def test_a_link_changes_neither_record_and_can_be_undone(
    cast: Cast, pair: tuple[Person, Person], evening: datetime
) -> None:
    before = _snapshot()
    actor = cast.dispatcher.actor
    link = services.link_persons(
        actor=actor, at=evening, first=pair[1], second=pair[0], reasons=["name"]
    )
    assert {p.pk for p in selectors.same_human(pair[0])} == {p.pk for p in pair}
    assert _snapshot() == before
    services.undo_link(actor=actor, at=evening, link=link, reason="看错了")
    assert selectors.same_human(pair[0]) == [pair[0]]
    assert _snapshot() == before
    assert PersonLink.objects.get().state == "undone"


def test_a_rejected_pair_is_not_asked_again(
    cast: Cast, pair: tuple[Person, Person], evening: datetime
) -> None:
    link = services.propose_link(
        actor=cast.patroller.actor, at=evening, first=pair[0], second=pair[1], reasons=["name"]
    )
    services.decide_link(actor=cast.dispatcher.actor, at=evening, link=link, is_same=False)
    assert selectors.likely_same(pair[0], evening) == []
    with pytest.raises(services.LinkRefused):
        services.decide_link(actor=cast.dispatcher.actor, at=evening, link=link, is_same=True)


def test_a_record_is_not_linked_to_itself(
    cast: Cast, pair: tuple[Person, Person], evening: datetime
) -> None:
    with pytest.raises(services.LinkRefused):
        services.propose_link(
            actor=cast.patroller.actor, at=evening, first=pair[0], second=pair[0], reasons=[]
        )


def test_a_link_is_seen_only_by_who_sees_both(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """Whoever sees one of the two must not learn of the other, neither by row nor by line."""
    near = meet("王小明").person
    far = meet("王小明", who=cast.outsider).person
    Case.objects.filter(person=far).update(division_code="520102000000")
    Person.objects.filter(pk=far.pk).update(division_code="520102000000")
    from nuantu.core.actors import SYSTEM

    services.link_persons(actor=SYSTEM, at=evening, first=near, second=far, reasons=["number"])
    for player in (cast.patroller, cast.outsider):
        with seen_as(player):
            assert Person.objects.count() == 1
            assert not PersonLink.objects.exists(), player.key
            said = [
                subject.subject_id
                for line in selectors_lines(Person.objects.get())
                for subject in line.subjects.filter(kind="person")
            ]
            assert len(set(said)) == 1


def selectors_lines(person: Person) -> Any:
    from nuantu.core import journal
    from nuantu.core.subjects import Subject

    return journal.timeline(Subject("person", person.public_id))
