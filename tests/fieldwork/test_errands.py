"""Revisits and escorts home told by a phone without a line, beginning with who is refused."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from nuantu.core import clock, scope
from nuantu.core.erasure import opened
from nuantu.fieldwork.models import ReviewCard
from nuantu.homeward.models import LedgerEntry, LedgerVisit
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors.sheets import SHEET, is_signed_by_both, sheet_values
from nuantu.homeward.services import on_the_way, return_route
from nuantu.papers.selectors.kinds import kinds
from nuantu.papers.services import issue_paper
from nuantu.persons import services as persons
from tests.fieldwork.phones import Phone, enrolled, states
from tests.homeward.keeping import an_entry
from tests.homeward.returning import a_return, does, escorted
from tests.stays import house

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


WAY = "errand.escort"


def on_the_train(cast: "Cast") -> ReturnPlan:
    """He is brought home by the carer and a woman from outside."""
    plan = a_return(cast, way="escorted")
    escorted(cast, plan)
    does(cast, return_route.add_escort, plan, user=cast.carer.account, name="", sex="male")
    does(cast, on_the_way.depart, plan, departed_at=clock.now())
    with scope.system("a test looks again"):
        return ReturnPlan.objects.get(pk=plan.pk)


def told(**fields: str) -> dict[str, Any]:
    return {"fields": [[name, value] for name, value in fields.items()]}


def state_of(plan: ReturnPlan) -> str:
    with scope.system("a test looks"):
        plan.refresh_from_db()
    return plan.state


def test_who_does_not_go_along_tells_nothing_of_the_way(cast: "Cast") -> None:
    plan, other = on_the_train(cast), enrolled(cast.medic)
    assert other.bundle().json()["errands"] == []
    assert states(other.send(other.make(WAY, plan.public_id, **told(what="well")))) == ["review"]
    assert state_of(plan) == "under_way"


def test_whoever_runs_away_on_the_train_is_searched_as_soon_as_the_phone_has_a_line(
    cast: "Cast",
) -> None:
    plan, phone = on_the_train(cast), enrolled(cast.carer)
    (errand,) = phone.bundle().json()["errands"]
    assert (errand["kind"], errand["lasts"]) == (WAY, True)
    lost = told(
        what="ran_away", words="在怀化站下车后走开", place="怀化站", told_police="怀化站派出所"
    )
    assert states(phone.send(phone.make(WAY, plan.public_id, **lost))) == ["applied"]
    assert state_of(plan) == "lost"
    found = told(what="found", words="派出所在候车室找到")
    assert states(phone.send(phone.make(WAY, plan.public_id, **found))) == ["applied"]
    assert state_of(plan) == "under_way"


def test_without_a_signed_sheet_he_has_arrived_and_the_sheet_still_waits(cast: "Cast") -> None:
    plan, phone = on_the_train(cast), enrolled(cast.carer)
    said = told(what="arrived", heard_of="溆浦县救助站 样站长")
    assert states(phone.send(phone.make(WAY, plan.public_id, **told(what="arrived")))) == ["review"]
    assert states(phone.send(phone.make(WAY, plan.public_id, **said))) == ["applied"]
    assert state_of(plan) == "arrived"
    assert not is_signed_by_both(plan.public_id)


def _signed(cast: "Cast", phone: Phone, plan: ReturnPlan) -> list[str]:
    """He hands him over and photographs the sheet; what became of it."""
    made = phone.make(WAY, plan.public_id, **told(what="arrived", heard_of="溆浦县救助站 样站长"))
    return states(phone.send(made, files={f"file-{made['id']}-1": house.a_photo()}))


def test_a_signed_sheet_that_was_never_issued_waits_with_its_photo(cast: "Cast") -> None:
    plan, phone = on_the_train(cast), enrolled(cast.carer)
    assert _signed(cast, phone, plan) == ["review"]
    (card,) = ReviewCard.objects.all()
    assert "还没有出具" in card.words
    assert card.command.files.count() == 1
    assert state_of(plan) == "under_way"


def test_the_photo_of_the_sheet_that_both_have_signed_closes_the_hand_over(cast: "Cast") -> None:
    plan, phone = on_the_train(cast), enrolled(cast.carer)
    actor = cast.station_head.actor
    with scope.enter(scope.of_actor(actor)):
        issue_paper(
            actor=actor,
            at=clock.now(),
            kind=kinds()[SHEET],
            subject=plan,
            values=sheet_values(actor, plan, clock.now()),
        )
    assert _signed(cast, phone, plan) == ["applied"]
    assert state_of(plan) == "arrived"
    with scope.system("a test looks"):
        assert is_signed_by_both(plan.public_id)
