"""The door: search first, helped first, refused only on a ground, things and questions kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import Http404
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import offer_handover
from nuantu.persons import services as persons
from nuantu.persons.models import Case, PersonFact
from nuantu.persons.rules.ages import Age
from nuantu.stays import access, services
from nuantu.stays.forms.care import CareForm
from nuantu.stays.forms.leaving import LeaveForm
from nuantu.stays.forms.presence import EndSearchForm
from nuantu.stays.forms.reception import AnswerForm, ReceptionForm
from nuantu.stays.forms.safety.food import SuspicionForm
from nuantu.stays.forms.staying import OutForm
from nuantu.stays.models import Belonging, Reception, Stay
from nuantu.stays.rules import eligibility
from nuantu.stays.rules.eligibility import Asked
from nuantu.stays.selectors import beds, door
from nuantu.stays.services.inquiries import police_fetched
from tests import builders
from tests.cast import STATION, TOWN, Cast
from tests.stays.house import NIGHT, a_house
from tests.web import does_not_see, page_for, sees

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
DONE: dict[str, Any] = {"security": "passed", "telling": "tells", "is_informed": True}


def _receive(cast: Cast, **known: Any) -> Reception:
    newcomer = services.Newcomer(**{"sex": "male", "age": Age(45, 55), "looks": "灰大衣", **known})
    return services.receive(
        actor=cast.reception.actor, at=clock.now(), arrival_mode="self", newcomer=newcomer
    )


def _keep(cast: Cast, row: Reception, **values: Any) -> None:
    services.keep(actor=cast.reception.actor, at=clock.now(), reception=row, values=values)


def _decide(cast: Cast, row: Reception, decision: str, **more: Any) -> Stay | None:
    return services.decide(
        actor=cast.reception.actor, at=clock.now(), reception=row, decision=decision, **more
    )


# -- who is refused -----------------------------------------------------------------------------


def test_another_station_finds_no_reception(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        row = _receive(cast)
    with as_(cast.outsider), pytest.raises(Http404):
        access.own_reception_for(cast.outsider.actor, row.public_id)
    with as_(cast.carer), pytest.raises(Http404):
        access.own_reception_for(cast.carer.actor, row.public_id)


@pytest.mark.rule("P1-78")
@pytest.mark.parametrize(
    ("kept", "field"),
    [
        ({}, "security"),
        ({"security": "refused"}, "security"),
        ({"security": "found"}, "security"),
        ({"security": "passed"}, "is_informed"),
        ({**DONE, "is_hospital_needed": True}, "is_hospital_needed"),
    ],
)
def test_nobody_comes_in_before_security_check_and_treatment(
    cast: Cast, as_: As, kept: dict[str, Any], field: str
) -> None:
    with as_(cast.reception):
        row = _receive(cast)
        _keep(cast, row, **kept)
        with pytest.raises(services.ReceptionRefused) as refused:
            _decide(cast, row, "admitted")
    assert refused.value.field == field
    assert not Stay.objects.exists()


def test_a_woman_is_searched_by_a_woman(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        row = _receive(cast, sex="female")
        _keep(cast, row, **DONE)
        with pytest.raises(services.ReceptionRefused, match="女工作人员"):
            _decide(cast, row, "admitted")
        _keep(cast, row, is_searcher_female=True)
        assert _decide(cast, row, "admitted")


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        ({"age": Age(12, 12, is_estimated=False)}, {}),
        ({}, {"telling": "cannot"}),
        ({}, {"is_hospital_needed": True}),
    ],
)
def test_children_the_sick_and_who_cannot_tell_are_never_turned_away(
    cast: Cast, as_: As, known: dict[str, Any], kept: dict[str, Any]
) -> None:
    with as_(cast.reception):
        row = _receive(cast, **known)
        _keep(cast, row, **{"has_means": True, **kept})
        with pytest.raises(services.ReceptionRefused, match="先救助后查明"):
            _decide(cast, row, "refused", ground="has_means", note_text="有钱")
        with (
            pytest.raises(IntegrityError, match="protected_are_not_refused"),
            transaction.atomic(),
        ):
            Reception.objects.filter(pk=row.pk).update(
                state="refused", ground="x", notice_number="N", decided_at=NIGHT, decided_by="SQL"
            )


def test_a_refusal_has_a_ground_the_facts_and_a_numbered_notice(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        row = _receive(cast)
        _keep(cast, row, has_means=True, telling="tells")
        for more in ({}, {"ground": "no_such"}, {"ground": "has_means"}):
            with pytest.raises(services.ReceptionRefused):
                _decide(cast, row, "refused", **more)
        _decide(cast, row, "refused", ground="has_means", note_text="本人称已订旅馆")
        assert (row.state, row.ground, row.notice_number[:2]) == ("refused", "has_means", "不助")
        with pytest.raises(services.ReceptionRefused, match="已经办结"):
            _decide(cast, row, "admitted")


def test_nobody_is_received_twice_at_once(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        row = _receive(cast)
        again: dict[str, Any] = {"arrival_mode": "self", "person": row.person}
        with pytest.raises(services.ReceptionRefused, match="已经开始"):
            services.receive(actor=cast.reception.actor, at=NIGHT, **again)
        _keep(cast, row, **DONE)
        _decide(cast, row, "admitted")
        with pytest.raises(services.ReceptionRefused, match="已经在站"):
            services.receive(actor=cast.reception.actor, at=NIGHT, **again)


# -- from the door to a bed ---------------------------------------------------------------------


def test_who_comes_without_a_word_is_nameless_until_something_is_seen(cast: Cast, as_: As) -> None:
    """He is helped before anything is known, and no station is taken for a person."""
    actor, station = cast.reception.actor, cast.reception.actor.org_name
    with as_(cast.reception):
        row = services.receive(
            actor=actor, at=clock.now(), arrival_mode="self", newcomer=services.Newcomer()
        )
        person = row.person
        assert person.called_as == f"不知姓名 {station}"
        persons.describe_person(
            actor=actor,
            at=clock.now(),
            person=person,
            case=Case.objects.get(case_id=row.case_id),
            called_as=person.called_as,
            sex="male",
            age=Age(45, 55),
            looks="灰大衣",
        )
        assert person.called_as == f"约50岁男子 灰大衣 {station}"


@pytest.mark.slow
@pytest.mark.rule("P1-78")
def test_from_the_first_word_to_a_bed_nothing_is_asked_twice(cast: Cast, as_: As) -> None:
    house = a_house(cast)
    with as_(cast.reception):
        row = _receive(cast, name="王小明", origin="黄平新州", id_number="52262219760308123X")
        _keep(cast, row, **DONE, body="右手擦伤")
        stay = _decide(cast, row, "admitted")
        assert stay is not None
        assert stay.case_id == row.case_id
        given = beds.current(stay)
        assert given is not None
        assert given.bed.room.zone == house["men"]
        facts = PersonFact.objects.filter(person=row.person).values_list("kind", flat=True)
        assert sorted(facts) == ["id_number", "name", "origin"]
        assert [
            item.card.called for item in door.found(cast.reception.actor, "wangxiaoming", NIGHT)
        ]
        kinds = set(Duty.objects.filter(subject_id=stay.public_id).values_list("kind", flat=True))
        assert kinds == {"stay.decide"}, "who tells his name is looked for by nobody"


def test_with_a_full_house_he_is_in_and_the_page_asks_for_a_bed(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        row = _receive(cast)
        _keep(cast, row, **DONE)
        stay = _decide(cast, row, "admitted")
        assert stay is not None
        assert beds.current(stay) is None


def test_hospital_first_leaves_a_promise_to_fetch_him(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        row = _receive(cast)
        _keep(cast, row, is_hospital_needed=True)
        with pytest.raises(services.ReceptionRefused, match="写明情况"):
            _decide(cast, row, "hospital_first")
        _decide(cast, row, "hospital_first", note_text="120送凯里暖医院，李接待陪同")
        assert Duty.objects.get(kind="reception.follow_hospital").owner_org == STATION


@pytest.mark.slow
@pytest.mark.rule("P1-77")
def test_whom_the_team_hands_over_arrives_with_everything_they_wrote(cast: Cast, as_: As) -> None:
    case = builders.a_case(cast, cast.other_patroller)
    with scope.enter(scope.of_actor(cast.other_patroller.actor)):
        persons.add_fact(
            actor=cast.other_patroller.actor,
            at=NIGHT,
            person=case.person,
            case=case,
            kind="origin",
            value="贵阳",
            certainty="claimed",
            source="本人说的",
        )
        handover = offer_handover(
            actor=cast.other_patroller.actor,
            at=NIGHT,
            subject=Subject("case", case.public_id),
            case_id=case.case_id,
            to_org=STATION,
            purpose="护送入站",
            division_code=TOWN,
        )
    with as_(cast.reception):
        assert [w.handover for w in door.waiting(cast.reception.actor, NIGHT)] == [handover]
        mine = access.arrival_for(cast.reception.actor, handover.public_id)
        row = services.take_over(actor=cast.reception.actor, at=NIGHT, handover=mine)
        assert (row.case_id, row.arrival_mode) == (case.case_id, "station")
        assert Case.objects.get(pk=case.pk).owner_org == STATION
        assert PersonFact.objects.get(person=case.person).value == "贵阳"
        assert Handover.objects.get(pk=handover.pk).state == "accepted"


# -- things and questions -----------------------------------------------------------------------


def _take(cast: Cast, row: Reception, **thing: Any) -> Belonging:
    return services.take_belonging(
        actor=cast.reception.actor,
        at=NIGHT,
        reception=row,
        **{"kind": "thing", "item": "背包", **thing},
    )


def test_a_thing_goes_only_once_and_only_against_a_signature(cast: Cast, as_: As) -> None:
    actor = cast.reception.actor
    with as_(cast.reception):
        row = _receive(cast)
        with pytest.raises(services.BelongingRefused, match="金额"):
            _take(cast, row, kind="cash", item="现金")
        cash = _take(cast, row, kind="cash", item="现金", cash_fen=12050, seal_number="F001")
        knife = _take(cast, row, kind="forbidden", item="水果刀")
        with pytest.raises(services.BelongingRefused, match="签收"):
            services.end_belonging(actor=actor, at=NIGHT, belonging=cash, end="returned")
        with pytest.raises(services.BelongingRefused, match="违禁品"):
            services.end_belonging(
                actor=actor, at=NIGHT, belonging=knife, end="returned", is_signed_for=True
            )
        services.end_belonging(
            actor=actor, at=NIGHT, belonging=cash, end="returned", is_signed_for=True
        )
        with pytest.raises(services.BelongingRefused, match="已经办结"):
            services.end_belonging(
                actor=actor, at=NIGHT, belonging=cash, end="returned", is_signed_for=True
            )
        line = JournalEntry.objects.filter(verb="stays.belonging.take").first()
        assert line is not None
        assert "现金" not in str(line.changes) + line.sealed


def test_an_answer_is_owed_until_it_is_put_down(cast: Cast, as_: As) -> None:
    actor = cast.reception.actor
    with as_(cast.reception):
        row = _receive(cast)
        asked = services.ask(
            actor=actor, at=NIGHT, reception=row, kind="fingerprint", asked_of="凯里市公安局"
        )
        with pytest.raises(services.InquiryRefused, match="正在等答复"):
            services.ask(
                actor=actor, at=NIGHT, reception=row, kind="fingerprint", asked_of="派出所"
            )
        assert Duty.objects.get(kind="stay.inquiry").state == "open"
        with pytest.raises(services.InquiryRefused, match="写明是谁"):
            services.put_answer(actor=actor, at=NIGHT, inquiry=asked, answer="confirmed")
        with pytest.raises(services.InquiryRefused, match="哪个公安机关"):
            services.put_answer(actor=actor, at=NIGHT, inquiry=asked, answer="wanted")
        services.put_answer(actor=actor, at=NIGHT, inquiry=asked, answer="nothing")
        assert Duty.objects.get(kind="stay.inquiry").state == "done"


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (CareForm, "note_text"),
        (LeaveForm, "facts"),
        (OutForm, "note_text"),
        (ReceptionForm, "trouble"),
        (AnswerForm, "note_text"),
        (SuspicionForm, "signs"),
        (EndSearchForm, "note_text"),
    ],
)
def test_words_kept_in_clear_take_no_number_that_tells_who_somebody_is(
    form: type[Form], name: str
) -> None:
    """A mobile in a remark stood in clear beside the sealed one; the page of facts alone refused it."""
    field = form.base_fields[name]
    with pytest.raises(ValidationError, match="亲属联系方式"):
        field.clean("哥哥电话138 0000 0000")
    with pytest.raises(ValidationError, match="身份证号"):
        field.clean("身份证 11010519491231002x")
    assert field.clean("派出所 0855-0000110") == "派出所 0855-0000110"


def test_whom_police_look_for_is_told_to_them_and_held_by_nobody(cast: Cast, as_: As) -> None:
    """The answer stood at the edge of the page; nobody owed the police a word, and nothing said what now."""
    actor = cast.reception.actor
    with as_(cast.reception):
        row = _receive(cast)
        asked = services.ask(
            actor=actor, at=NIGHT, reception=row, kind="fingerprint", asked_of="凯里市公安局"
        )
        said = "西门派出所王警官，今晚来"
        services.put_answer(actor=actor, at=NIGHT, inquiry=asked, answer="wanted", note_text=said)
        duty = Duty.objects.get(kind="stay.wanted")
        assert (duty.state, duty.due_at) == ("open", NIGHT + timedelta(minutes=30))
        line = JournalEntry.objects.get(verb="stays.inquiry.answer")
        assert (said in str(line.changes), "涉案" in line.summary + duty.title) == (False, False)
    person = reverse("persons:detail", args=[row.person.public_id])
    does_not_see(page_for(cast.carer, person), said, "涉案")
    page = page_for(cast.reception, reverse("stays:reception", args=[row.public_id]))
    sees(page, "本站不扣留人，救助照常", said)
    with as_(cast.reception):
        police_fetched(actor=actor, at=NIGHT, reception=row)
        duty.refresh_from_db()
        assert duty.state == "done"


# -- advice -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "decision", "reason"),
    [
        (Asked(security="passed", telling="tells"), "admitted", "eligible"),
        (Asked(telling="tells"), "admitted", "security_first"),
        (Asked(security="passed", telling="cannot", has_means=True), "admitted", "help_first"),
        (Asked(is_hospital_needed=True, security="refused"), "hospital_first", "treat_first"),
        (Asked(security="refused"), "refused", "refuses_security_check"),
        (Asked(security="refused", is_protected=True), "admitted", "security_first"),
        (Asked(security="passed", telling="refuses"), "refused", "hides_details"),
    ],
)
def test_the_advice_treats_first_and_helps_first(asked: Asked, decision: str, reason: str) -> None:
    advice = eligibility.advise(asked)
    assert advice.decision == decision
    assert reason in advice.reasons


def test_every_ground_the_rules_know_is_a_parameter_with_its_source() -> None:
    codes = {code for code, _words in door.grounds(TOWN, datetime(2026, 12, 9, tzinfo=UTC))}
    all_of_them = Asked(
        security="refused",
        telling="refuses",
        has_means=True,
        is_cash_only=True,
        has_refused_deposit=True,
    )
    assert set(eligibility.grounds(all_of_them)) < codes
