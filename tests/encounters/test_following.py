"""What a contact leaves behind: approval by four eyes, visits, hand-overs, the tip, corrections."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from nuantu.accounts.models import Organisation
from nuantu.core import clock, files, scope
from nuantu.core.models import JournalEntry
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Notice, Tip
from nuantu.dispatch.rules.reports import Report
from nuantu.encounters import services
from nuantu.encounters.models import Encounter, ModeRequest, RefuserNotice, Revisit
from nuantu.operations.models import Duty, Handover, Team, TeamMember
from nuantu.operations.services import accept_handover
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import Age
from nuantu.persons.rules.rescue import Gate
from tests import builders
from tests.cast import COUNTY, HOSPITAL, STATION, TOWN, Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
CHILD = {
    "who": {"age": Age(9, 11)},
    "gate": Gate(legal_basis="未成年人保护法 第九十二条", reason="独自过夜", has_agreed=True),
}


def _open(kind: str) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind, state="open"))


# -- the legal gate -----------------------------------------------------------------------------


def test_nobody_approves_or_reviews_what_he_asked_for(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    request = record(met(**CHILD), who=cast.leader).encounter.mode_request
    with pytest.raises(services.ModeRefused):
        services.decide_mode(actor=cast.leader.actor, at=evening, request=request, is_approved=True)
    with pytest.raises(services.ModeRefused):
        services.review_mode(
            actor=cast.leader.actor, at=evening, request=request, keeps=True, note="看过"
        )
    request.refresh_from_db()
    assert request.state == "asked"


@pytest.mark.slow
def test_the_leader_approves_and_a_review_follows(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    request = record(met(**CHILD)).encounter.mode_request
    services.decide_mode(actor=cast.leader.actor, at=evening, request=request, is_approved=True)
    assert (request.state, request.decided_by) == ("approved", "潘带班")
    assert not _open("encounter.approve")
    assert _open("encounter.review")
    services.review_mode(
        actor=cast.station_head.actor,
        at=evening + timedelta(hours=5),
        request=request,
        keeps=True,
        note="孩子情绪稳定，家属正在来",
    )
    assert not _open("encounter.review")
    with pytest.raises(services.ModeRefused, match="石站长"):
        services.review_mode(
            actor=cast.leader.actor, at=evening, request=request, keeps=True, note="再看一次"
        )


@pytest.mark.slow
def test_a_mode_that_is_refused_ends_the_measure(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    """Not approved: the help is voluntary from now on and somebody owes it to the person to say so."""
    request = record(met(**CHILD)).encounter.mode_request
    with pytest.raises(services.ModeRefused):
        services.decide_mode(
            actor=cast.leader.actor, at=evening, request=request, is_approved=False, note=" "
        )
    services.decide_mode(
        actor=cast.leader.actor,
        at=evening,
        request=request,
        is_approved=False,
        note="证件显示已成年",
    )
    (duty,) = _open("encounter.end_measure")
    assert duty.due_at == evening + timedelta(minutes=30)
    assert not _open("encounter.review")
    assert Case.objects.get().rescue_mode == "voluntary"
    with pytest.raises(services.ModeRefused, match="潘带班"):
        services.decide_mode(
            actor=cast.station_head.actor, at=evening, request=request, is_approved=True
        )


@pytest.mark.slow
def test_a_review_that_ends_it_makes_the_help_voluntary(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    request = record(met(**CHILD)).encounter.mode_request
    with pytest.raises(services.ModeRefused, match="还没有批准"):
        services.review_mode(
            actor=cast.leader.actor, at=evening, request=request, keeps=False, note="看过"
        )
    services.decide_mode(actor=cast.leader.actor, at=evening, request=request, is_approved=True)
    services.review_mode(
        actor=cast.leader.actor, at=evening, request=request, keeps=False, note="监护人已到"
    )
    assert ModeRequest.objects.get().review == "end"
    assert _open("encounter.end_measure")


# -- the next visit -----------------------------------------------------------------------------


def _refusal(refused: Make, record: Make) -> Encounter:
    found: Encounter = record(refused(), photos=1).encounter
    return found


@pytest.mark.parametrize(("result", "note"), [("", "看过"), ("met", "看过"), ("not_seen", " ")])
def test_a_visit_needs_a_result_and_a_word(
    cast: Cast, refused: Make, record: Make, evening: datetime, result: str, note: str
) -> None:
    _refusal(refused, record)
    revisit = Revisit.objects.get()
    with pytest.raises(services.RevisitRefused):
        services.complete_revisit(
            actor=cast.patroller.actor, at=evening, revisit=revisit, result=result, note=note
        )
    assert _open("encounter.revisit")


@pytest.mark.rule("P9-12")
def test_not_seen_once_promises_one_more_visit(
    cast: Cast, refused: Make, record: Make, evening: datetime
) -> None:
    _refusal(refused, record)
    later = evening + timedelta(days=1)
    services.complete_revisit(
        actor=cast.patroller.actor,
        at=later,
        revisit=Revisit.objects.get(),
        result="not_seen",
        note="桥下没人，店主说早上走的",
    )
    (duty,) = _open("encounter.revisit")
    assert duty.due_at == later + timedelta(days=3)
    assert Revisit.objects.filter(result="").count() == 1


def test_somebody_back_with_his_family_is_visited_no_more(
    cast: Cast, refused: Make, record: Make, evening: datetime
) -> None:
    _refusal(refused, record)
    services.complete_revisit(
        actor=cast.patroller.actor,
        at=evening,
        revisit=Revisit.objects.get(),
        result="with_family",
        note="父亲接走",
    )
    assert not _open("encounter.revisit")


def test_meeting_again_keeps_the_promise_of_the_visit(
    cast: Cast, refused: Make, met: Make, record: Make, evening: datetime
) -> None:
    first = _refusal(refused, record)
    revisit = Revisit.objects.get()
    later = evening + timedelta(days=1)
    done = record(met(happened_at=later), person=first.person, revisit=revisit, at=later).encounter
    revisit.refresh_from_db()
    assert (revisit.result, revisit.met) == ("met", done)
    assert not _open("encounter.revisit")


@pytest.mark.slow
def test_a_refusal_does_not_close_the_case_in_a_warning(
    cast: Cast, refused: Make, record: Make, evening: datetime
) -> None:
    """X66: handled, but open while the level is raised, even when no visit is owed."""
    from nuantu.core.actors import SYSTEM
    from nuantu.operations.services import set_level

    _refusal(refused, record)
    services.complete_revisit(
        actor=cast.patroller.actor,
        at=evening,
        revisit=Revisit.objects.get(),
        result="left",
        note="坐车走了",
    )
    set_level(
        actor=SYSTEM, at=evening, division_code=COUNTY, level="raised", cause=None, reason="寒潮"
    )
    case = Case.objects.get()
    with pytest.raises(persons.CaseRefused, match="预警期间"):
        persons.close_case(
            actor=cast.dispatcher.actor, at=evening, case=case, closing="gone", note_text="走了"
        )
    set_level(
        actor=SYSTEM,
        at=evening + timedelta(hours=1),
        division_code=COUNTY,
        level="normal",
        cause=None,
        reason="解除",
    )
    persons.close_case(
        actor=cast.dispatcher.actor,
        at=evening + timedelta(hours=2),
        case=case,
        closing="gone",
        note_text="走了",
    )


# -- hand-over ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_accepting_moves_contact_and_photos_and_the_giver_reads_on(
    cast: Cast, met: Make, record: Make, seen_as: Make, evening: datetime
) -> None:
    done = record(met(outcome="police", to_org="GA-522601"), photos=1).encounter
    other = record(met(who={"looks": "黑夹克"}), photos=1).encounter
    accept_handover(actor=cast.police.actor, at=evening, handover=Handover.objects.get())
    with seen_as(cast.police):
        assert list(Encounter.objects.all()) == [done]
        photo = done.photos.get().file
        assert files.read_served(photo)
    other.refresh_from_db()
    assert other.owner_org == STATION
    with seen_as(cast.patroller):
        assert Encounter.objects.filter(pk=done.pk).exists()
    after = evening + timedelta(days=31)
    with clock.frozen(after), scope.enter(scope.of_actor(cast.patroller.actor)):
        assert list(Encounter.objects.all()) == [other]


@pytest.mark.slow
def test_the_approval_stays_with_who_acted_when_the_case_changes_hands(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    gate = Gate(legal_basis="社会救助暂行办法 第五十一条", reason="昏迷", is_urgent_danger=True)
    record(met(outcome="hospital", to_org=HOSPITAL, conditions=("unconscious",), gate=gate))
    accept_handover(actor=cast.hospital.actor, at=evening, handover=Handover.objects.get())
    assert Case.objects.get().owner_org == HOSPITAL
    assert Duty.objects.get(kind="encounter.approve").owner_org == STATION


# -- the tip ------------------------------------------------------------------------------------


@pytest.fixture
def run(cast: Cast, evening: datetime) -> Dispatch:
    """A tip from a taxi driver; the patroller's team is on its way."""
    team = Team.objects.create(
        name="一队",
        organisation=Organisation.objects.get(code=STATION),
        division_id=COUNTY,
        base_lat=26.58,
        base_lon=107.98,
    )
    assert cast.patroller.user is not None
    TeamMember.objects.create(team=team, user=cast.patroller.user)
    start = evening - timedelta(minutes=20)
    report = Report(place_text="南桥桥洞", division_code=TOWN, channel="taxi")
    tip = dispatch.take_tip(actor=cast.taxi_driver.actor, at=start, report=report).tip
    for notice in Notice.objects.filter(tip=tip, state="due"):
        dispatch.record_notice(actor=cast.operator.actor, at=start, notice=notice, way="phone")
    sent = dispatch.assign(actor=cast.dispatcher.actor, at=start, tip=tip, team=team)
    return dispatch.depart(actor=cast.patroller.actor, at=start, run=sent)


@pytest.mark.slow
def test_a_contact_arrives_finishes_and_closes_the_tip(
    cast: Cast, met: Make, record: Make, run: Dispatch
) -> None:
    """The team forgot to press arrival: meeting somebody means having arrived."""
    done = record(met(closes_tip=True), tip=run.tip, run=run)
    assert done.left_open == ""
    run.refresh_from_db()
    tip = Tip.objects.get()
    assert (run.state, tip.state, tip.outcome) == ("done", "closed", "station")
    assert done.encounter.team == run.team
    assert not Duty.objects.filter(kind="dispatch.arrive", state="open").exists()


@pytest.mark.slow
def test_the_tip_stays_open_while_somebody_must_still_be_told(
    cast: Cast, met: Make, record: Make, run: Dispatch
) -> None:
    """A child found on a tip puts 120 and 110 on the list; the contact stands, the tip waits."""
    done = record(met(**CHILD, closes_tip=True), tip=run.tip, run=run)
    assert "120" in done.left_open
    tip = Tip.objects.get()
    assert tip.state == "on_scene"
    assert "minor" in tip.urgent_flags
    assert Encounter.objects.count() == 1


@pytest.mark.slow
def test_two_people_under_one_bridge_are_two_contacts_of_one_tip(
    cast: Cast, met: Make, record: Make, run: Dispatch
) -> None:
    first = record(met(), tip=run.tip, run=run).encounter
    run.refresh_from_db()
    assert run.state == "arrived"
    second = record(met(who={"looks": "红帽子"}, closes_tip=True), tip=run.tip, run=run).encounter
    assert first.case_id != second.case_id
    assert Tip.objects.get().state == "closed"


# -- corrections --------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_mistake_is_mended_by_a_new_entry(
    cast: Cast,
    refused: Make,
    met: Make,
    record: Make,
    county_plan: object,
    seen_as: Make,
    evening: datetime,
) -> None:
    """The old entry stays; what it promised and told is taken back; the new one promises anew."""
    kit = {"handed": {"padded_clothes": 1, "quilt": 1, "food": 1}}
    wrong = record(refused(**kit), photos=1).encounter
    assert RefuserNotice.objects.filter(withdrawn_at=None).count() == 1
    with seen_as(cast.patroller):
        with pytest.raises(services.EncounterRefused):
            services.correct_encounter(
                actor=cast.patroller.actor, at=evening, encounter=wrong, contact=met(), reason=" "
            )
        done = services.correct_encounter(
            actor=cast.patroller.actor,
            at=evening,
            encounter=wrong,
            contact=met(),
            reason="点错了结果",
        )
    assert done.encounter.corrects == wrong
    assert done.encounter.case_id == wrong.case_id
    assert Encounter.objects.filter(pk=wrong.pk, outcome="refused").exists()
    assert not _open("encounter.revisit")
    assert not RefuserNotice.objects.filter(withdrawn_at=None).exists()
    assert JournalEntry.objects.filter(verb="encounters.encounter.correct").count() == 1
    with pytest.raises(services.EncounterRefused, match="已经更正过"):
        services.correct_encounter(
            actor=cast.patroller.actor, at=evening, encounter=wrong, contact=met(), reason="再改"
        )


@pytest.mark.slow
def test_a_contact_tied_to_the_wrong_person_gets_a_record_of_its_own(
    cast: Cast, met: Make, record: Make, seen_as: Make, evening: datetime
) -> None:
    wrong = record(met()).encounter
    with scope.system("a test ties the contact to a stop"):
        visit = builders.a_patrol_visit(cast)
        visit.contacts.create(
            subject_kind="encounter",
            subject_id=wrong.public_id,
            case_id=wrong.case_id,
            noted_at=evening,
        )
    with seen_as(cast.patroller):
        done = services.correct_encounter(
            actor=cast.patroller.actor,
            at=evening,
            encounter=wrong,
            contact=met(),
            reason="认错了人",
            is_other_person=True,
        )
    assert done.encounter.person_id != wrong.person_id
    assert done.encounter.case_id != wrong.case_id
    with scope.system("a test looks"):
        tied = visit.contacts.get()
    assert (tied.subject_id, tied.case_id) == (done.encounter.public_id, done.encounter.case_id)
