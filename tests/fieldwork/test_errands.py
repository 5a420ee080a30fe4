"""Revisits that a keeper puts down on a phone without a line, beginning with who is refused."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from nuantu.core import clock, scope
from nuantu.core.erasure import opened
from nuantu.fieldwork.models import ReviewCard
from nuantu.homeward.models import LedgerEntry, LedgerVisit
from nuantu.persons import services as persons
from tests.fieldwork.phones import Phone, enrolled, states
from tests.homeward.keeping import an_entry

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KIND = "errand.revisit"
MET = {
    "how": "home", "found": "met", "life": "一个人住，邻居送饭", "health": "按时服药",
    "work": "unknown", "goods": "大米10公斤",
}  # fmt: skip


def said(**more: str) -> dict[str, Any]:
    return {"fields": [[name, value] for name, value in (MET | more).items()]}


def due(entry: LedgerEntry, days: int = 0) -> LedgerEntry:
    """His visit is due in so many days."""
    with scope.system("a test moves a day"):
        entry.next_date = clock.local(clock.now()).date() + timedelta(days=days)
        entry.save(update_fields=["next_date"])
    return entry


@pytest.fixture
def phone(cast: "Cast") -> Phone:
    """The phone of the officer of the township."""
    return enrolled(cast.township)


def test_a_patroller_gets_no_revisit_and_puts_none_down(cast: "Cast") -> None:
    entry, other = due(an_entry(cast)), enrolled(cast.patroller)
    bundle = other.bundle().json()
    assert bundle["errands"] == []
    assert KIND not in bundle["forms"]
    assert states(other.send(other.make(KIND, entry.public_id, **said()))) == ["review"]
    assert not LedgerVisit.objects.exists()


def test_the_phone_holds_whom_to_visit_and_no_word_of_why(cast: "Cast", phone: Phone) -> None:
    entry = due(an_entry(cast), 3)
    due(an_entry(cast, name="样阿远"), 30)
    answer = phone.bundle()
    (errand,) = answer.json()["errands"]
    assert (errand["id"], errand["kind"], errand["is_late"]) == (str(entry.public_id), KIND, False)
    assert "样阿贵" in errand["title"]
    for word in ("争吵", "按时服药", "mental_illness"):
        assert word not in answer.content.decode()


def test_a_restricted_person_is_masked_on_the_phone(cast: "Cast", phone: Phone) -> None:
    entry = due(an_entry(cast))
    with scope.enter(scope.of_actor(cast.leader.actor)):
        persons.restrict_person(
            actor=cast.leader.actor, at=clock.now(), person=entry.person, case=None, reason="亲属"
        )
    (errand,) = phone.bundle().json()["errands"]
    assert "样阿贵" not in errand["title"]


def test_what_the_form_lacks_lies_before_the_desk_and_nothing_is_lost(
    cast: "Cast", phone: Phone
) -> None:
    entry = due(an_entry(cast))
    assert states(phone.send(phone.make(KIND, entry.public_id, **said(life="")))) == ["review"]
    (card,) = ReviewCard.objects.all()
    assert "生活情况" in card.words


def test_a_visit_told_hours_later_counts_from_when_it_was_made_and_only_once(
    cast: "Cast", phone: Phone
) -> None:
    entry = due(an_entry(cast), -2)
    assert phone.bundle().json()["errands"][0]["is_late"]
    at = clock.now()
    made = phone.make(KIND, entry.public_id, **said())
    with clock.frozen(at + timedelta(hours=5)):
        assert states(phone.send(made, made)) == ["applied"]
        assert states(phone.send(made)) == ["applied"]
        assert phone.bundle().json()["errands"] == []
    with scope.system("a test reads"):
        (visit,) = LedgerVisit.objects.all()
        entry.refresh_from_db()
        assert opened(visit.life) == MET["life"]
    assert abs(visit.visited_at - at) < timedelta(minutes=1)
    assert entry.next_date is not None
    assert entry.next_date > clock.local(at).date()
