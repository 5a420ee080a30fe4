"""A contact is written down: who may be left, what follows, in one transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nuantu.core import journal
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.encounters import services
from nuantu.encounters.models import Encounter, ModeRequest
from nuantu.encounters.selectors import placing
from nuantu.operations.models import Duty, Handover
from nuantu.persons.models import Case, Person
from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.rescue import Gate
from nuantu.places.selectors.words import Candidate
from tests.cast import OTHER_TOWN, STATION, TOWN, Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def test_an_outsider_sees_nothing_of_a_contact(
    cast: Cast, met: Make, record: Make, seen_as: Make
) -> None:
    record(met())
    for player in (cast.outsider, cast.other_patroller, cast.hospital, cast.police, cast.nobody):
        with seen_as(player):
            assert not Encounter.objects.exists(), player.key


@pytest.mark.rule("P9-13", "P1-05")
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"who": {"age": Age(15, 17)}}, "未成年人"),
        ({"who": {"age": Age(16, 20)}}, "未成年人"),
        ({"classes": ("minor",)}, "未成年人"),
        ({"conditions": ("unconscious",)}, "危重病人"),
        ({"conditions": ("feverish",)}, "突发急病"),
        ({"conditions": ("violent",)}, "有危险"),
        ({"conditions": ("confused",)}, "疑似精神障碍"),
        ({"capacity": "incapable"}, "不能自己作主"),
    ],
)
def test_who_is_protected_is_not_closed_as_refused(
    refused: Make, record: Make, changes: dict[str, Any], says: str
) -> None:
    """The refusal is turned back with the reason and the ways that are open; nothing is written."""
    with pytest.raises(services.ProtectedPerson, match=says) as answer:
        record(refused(**changes), photos=1)
    assert answer.value.field == "outcome"
    assert "送医" in str(answer.value)
    assert not Encounter.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize("outcome", ["goods_only", "self_return"])
def test_a_child_is_not_left_alone_by_another_name(
    refused: Make, record: Make, outcome: str
) -> None:
    with pytest.raises(services.ProtectedPerson):
        record(refused(outcome=outcome, who={"age": Age(9, 11)}), photos=1)


def test_the_database_holds_the_floor_too(met: Make, record: Make) -> None:
    """Even a program that writes past the rules cannot leave a child as refused."""
    encounter = record(met()).encounter
    with pytest.raises(IntegrityError, match="protected_are_not_left_alone"), transaction.atomic():
        Encounter.objects.filter(pk=encounter.pk).update(
            outcome="goods_only", to_org="", classes=["minor"]
        )


@pytest.mark.rule("P1-11", "P1-46")
def test_the_critically_ill_go_to_the_hospital_and_nowhere_else(met: Make, record: Make) -> None:
    for outcome, to_org in (("to_station", STATION), ("helped_on_spot", "")):
        with pytest.raises(services.ProtectedPerson, match="送医"):
            record(met(outcome=outcome, to_org=to_org, conditions=("breathless",)))


def test_a_child_left_with_a_guardian_names_him(met: Make, record: Make) -> None:
    child = {"outcome": "helped_on_spot", "to_org": "", "who": {"age": Age(9, 11)}}
    with pytest.raises(services.ProtectedPerson) as answer:
        record(met(**child))
    assert answer.value.field == "guardian"
    done = record(met(**child, guardian="母亲吴某，核对身份证和户口本"))
    assert done.encounter.guardian


def test_somebody_who_comes_along_needs_no_gate(met: Make, record: Make) -> None:
    done = record(met())
    assert done.encounter.rescue_mode == "voluntary"
    assert not ModeRequest.objects.exists()
    assert Case.objects.get().is_open


CHILD_GATE = Gate(legal_basis="未成年人保护法 第九十二条", reason="独自在桥洞过夜", has_agreed=True)


@pytest.mark.slow
def test_a_child_comes_along_only_through_the_gate(
    met: Make, record: Make, evening: datetime
) -> None:
    with pytest.raises(services.EncounterRefused) as answer:
        record(met(who={"age": Age(9, 11)}))
    assert answer.value.field == "legal_basis"
    done = record(met(who={"age": Age(9, 11)}, gate=CHILD_GATE))
    request = ModeRequest.objects.get()
    assert done.encounter.rescue_mode == "protective"
    assert request.review_due_at == evening + timedelta(hours=24)
    kinds = set(Duty.objects.values_list("kind", flat=True))
    assert {"encounter.approve", "encounter.review"} <= kinds
    assert done.encounter.person.is_restricted, "a child's record is masked from the start"


def test_a_capable_adult_is_not_taken_along_against_his_will(met: Make, record: Make) -> None:
    """S1 orders compulsion for the old; the gate asks for danger or incapacity first (X01)."""
    gate = Gate(legal_basis="国务院令第381号 第五条", reason="年纪大")
    with pytest.raises(services.EncounterRefused) as answer:
        record(met(who={"age": Age(70, 80)}, mode="escorted", gate=gate))
    assert answer.value.field == "has_agreed"


@pytest.mark.slow
@pytest.mark.rule("P1-47", "P1-49")
def test_a_patient_is_screened_and_followed_by_the_station(
    cast: Cast, met: Make, record: Make
) -> None:
    gate = Gate(legal_basis="社会救助暂行办法 第五十一条", reason="昏迷", is_urgent_danger=True)
    record(met(outcome="hospital", to_org="YY-522601-1", conditions=("unconscious",), gate=gate))
    kinds = {duty.kind: duty for duty in Duty.objects.filter(owner_org=STATION)}
    assert kinds["encounter.screen_patient"].basis_rule == "P1-47"
    assert kinds["encounter.follow_patient"].basis_rule == "P1-49"


@pytest.mark.slow
@pytest.mark.rule("P12-03", "P1-46")
def test_a_critical_find_of_a_patrol_puts_120_and_110_on_the_list(
    cast: Cast, met: Make, record: Make
) -> None:
    from nuantu.dispatch.models import Notice

    gate = Gate(legal_basis="社会救助暂行办法 第五十一条", reason="昏迷", is_urgent_danger=True)
    done = record(
        met(outcome="hospital", to_org="YY-522601-1", conditions=("unconscious",), gate=gate)
    )
    assert done.encounter.tip is not None
    told = set(Notice.objects.filter(tip=done.encounter.tip).values_list("recipient", flat=True))
    assert {"120", "110"} <= told


def test_taking_somebody_to_another_house_offers_a_hand_over(
    cast: Cast, met: Make, record: Make, seen_as: Make
) -> None:
    done = record(met(outcome="police", to_org="GA-522601"))
    handover = Handover.objects.get()
    assert handover.public_id == done.encounter.handover_id
    assert (handover.to_org, handover.state) == ("GA-522601", "offered")
    with seen_as(cast.police):
        assert Encounter.objects.get().owner_org == STATION


def test_the_same_form_sent_twice_is_one_contact(met: Make, record: Make) -> None:
    first = record(met(), idempotency_key="abc")
    second = record(met(), idempotency_key="abc")
    assert (first.is_new, second.is_new) == (True, False)
    assert first.encounter == second.encounter
    assert Person.objects.count() == 1


def test_meeting_somebody_again_continues_his_case(met: Make, record: Make) -> None:
    first = record(met()).encounter
    second = record(met(), person=first.person).encounter
    assert second.case_id == first.case_id
    assert Person.objects.count() == 1


def test_a_contact_is_one_line_with_its_health_sealed(met: Make, record: Make) -> None:
    done = record(met(conditions=("unwell",), note="咳得厉害"))
    line = JournalEntry.objects.get(verb="encounters.encounter.record")
    assert "unwell" not in str(line.changes)
    assert journal.open_sealed(line)["note"] == "咳得厉害"
    assert line.happened_at == done.encounter.happened_at
    assert line.recorded_at > line.happened_at
    about = {(s.kind, s.subject_id) for s in line.subjects.all()}
    assert ("encounter", done.encounter.public_id) in about
    assert ("person", done.encounter.person.public_id) in about
    assert not list(journal.verify())


def test_what_is_refused_half_way_leaves_nothing(cast: Cast, met: Make, record: Make) -> None:
    """A photo that is no photo takes the whole contact back."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from nuantu.core.files import PhotoRefused

    with pytest.raises(PhotoRefused):
        services.record_encounter(
            actor=cast.patroller.actor,
            at=met().happened_at + timedelta(minutes=1),
            contact=met(),
            photos=[SimpleUploadedFile("x.jpg", b"not a photo")],
        )
    assert not Encounter.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": "vanished"}, "outcome"),
        ({"place": {"words": " "}}, "place"),
        ({"conditions": ("sparkling",)}, "conditions"),
        ({"to_org": ""}, "to_org"),
        ({"to_org": "GA-522601"}, "to_org"),
        ({"mode": "compulsory"}, "mode"),
    ],
)
def test_what_cannot_stand_is_turned_back_at_its_field(
    met: Make, record: Make, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(services.EncounterRefused) as answer:
        record(met(**changes))
    assert answer.value.field == field


def test_a_contact_is_not_in_the_future_nor_long_ago(
    met: Make, record: Make, evening: datetime
) -> None:
    for moment in (evening + timedelta(minutes=1), evening - timedelta(days=31)):
        with pytest.raises(services.EncounterRefused) as answer:
            record(met(happened_at=moment))
        assert answer.value.field == "happened_at"


def test_the_line_is_on_the_timeline_of_the_person(met: Make, record: Make) -> None:
    done = record(met())
    lines = journal.timeline(Subject("person", done.encounter.person.public_id))
    assert "encounters.encounter.record" in {line.verb for line in lines}


@pytest.mark.rule("P12-08", "P12-09")
def test_somebody_who_begs_as_an_occupation_is_helped_without_cash(met: Make, record: Make) -> None:
    """The class changes how one helps, not whether: voluntary, to the station, screened there (X23)."""
    from nuantu.encounters.selectors.judging import judge

    contact = met(classes=("occupational_beggar",), conditions=("begging",))
    found = judge(
        division_code=contact.place.division_code,
        at=contact.happened_at,
        seen=contact.conditions,
        classes=contact.classes,
    )
    assert found.treatment.may_refuse
    assert "不在现场给现金" in "".join(found.treatment.says)
    assert record(contact).encounter.rescue_mode == "voluntary"


def test_words_name_a_place_of_the_teams_own_county_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A namesake in another county is taken only when the words surely mean it."""

    def known(division_code: str, confidence: float) -> Candidate:
        return Candidate(
            "东门市场", 26.9, 107.9, division_code, confidence, False, "key_location", ()
        )

    def placed(*found: Candidate) -> str:
        monkeypatch.setattr(placing, "match_words", lambda *_args, **_more: list(found))
        return placing.place_of(
            cast.patroller.actor, words="东门市场", lat=None, lon=None
        ).division_code

    assert placed(known(OTHER_TOWN, 0.8), known(TOWN, 0.65)) == TOWN
    assert placed(known(OTHER_TOWN, 0.8)) == cast.patroller.actor.division_code
    assert placed(known(OTHER_TOWN, 0.95)) == OTHER_TOWN
    assert placed() == cast.patroller.actor.division_code
