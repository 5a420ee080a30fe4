"""Ending help takes two; a false name starts the clocks anew; readers of a stay write nothing into it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.services import accept_handover, offer_handover
from nuantu.papers.models import Paper
from nuantu.papers.rules.values import thawed
from nuantu.persons import services as persons
from nuantu.persons.models import Case, PersonFact
from nuantu.stays import services
from nuantu.stays.models import Absence, Ending, Leaving, Stay
from nuantu.stays.services.clocks import start_clocks
from tests.cast import OTHER_STATION, Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed, an_ending
from tests.web import (
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
SEARCHED = {"notices": "本地走失报案，无匹配"}


def _url(name: str, row: Any) -> str:
    return reverse(f"stays:{name}", args=[row.public_id])


@pytest.mark.slow
def test_who_receives_asks_and_only_a_leader_answers(cast: Cast) -> None:
    ending = an_ending(cast)
    refused_for(cast.carer, url=_url("ending", ending.stay))
    refused_for(cast.reception, url=_url("answer_ending", ending), data={"answer": "approved"})
    not_found_for(cast.outsider, url=_url("answer_ending", ending))


@pytest.mark.slow
def test_nobody_ends_help_alone_and_nobody_approves_his_own_request(cast: Cast, as_: As) -> None:
    stay, at = a_stay_in_bed(cast), clock.now()
    out = services.WayOut(way="ended", ground="fraud", facts="冒用他人身份")
    with as_(cast.reception):
        actor = cast.reception.actor
        with pytest.raises(services.LeavingRefused, match="提请负责人"):
            services.leave(actor=actor, at=at, stay=stay, out=out, confirmed=SEARCHED)
        for ground, facts in (("x", "y"), ("fraud", " ")):
            with pytest.raises(services.EndingRefused):
                services.ask_ending(actor=actor, at=at, stay=stay, ground=ground, facts=facts)
        ending = an_ending(cast, stay)
        with pytest.raises(services.EndingRefused, match="正在等批准"):
            an_ending(cast, stay)
        with pytest.raises(services.EndingRefused, match="不能自己批准"):
            services.answer_ending(actor=actor, at=at, ending=ending, is_approved=True)
        with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
            Ending.objects.update(state="approved", decided_at=at, decided_by=actor.name)


@pytest.mark.slow
def test_an_approved_end_is_carried_out_with_the_notice_and_its_approver(
    cast: Cast, as_: As
) -> None:
    ending = an_ending(cast)
    stay = ending.stay
    with as_(cast.leader):
        assert Duty.objects.get(kind="stay.approve_ending").state == "open"
        with pytest.raises(services.EndingRefused, match="写明原因"):
            services.answer_ending(
                actor=cast.leader.actor, at=NIGHT, ending=ending, is_approved=False
            )
        services.answer_ending(actor=cast.leader.actor, at=NIGHT, ending=ending, is_approved=True)
        assert Duty.objects.get(kind="stay.approve_ending").state == "done"
    with as_(cast.reception), clock.frozen(NIGHT + timedelta(hours=1)):
        services.leave(
            actor=cast.reception.actor,
            at=clock.now(),
            stay=stay,
            out=services.WayOut(way="ended", ground="fraud", facts="冒用他人身份"),
            confirmed=SEARCHED,
        )
        paper = Paper.objects.get(kind="termination_notice")
        said = thawed(paper.versions.get().values.open())
    assert Leaving.objects.get().approved_by == cast.leader.actor.name
    assert (said["facts"], said["approver"]) == ("冒用他人身份", cast.leader.actor.name)
    assert said["termination_cause"]


@pytest.mark.slow
def test_a_declined_request_says_why_and_help_goes_on(cast: Cast) -> None:
    ending = an_ending(cast)
    url = _url("answer_ending", ending)
    sees(page_for(cast.leader, url), "冒用他人身份", cast.reception.actor.name)
    submit_refused_leaving(
        cast.leader,
        url,
        {"answer": "declined"},
        unchanged=lambda: Ending.objects.get().state,
        says="写明原因",
    )
    submits(cast.leader, url, {"answer": "declined", "note_text": "先核实身份证"})
    sees(page_for(cast.reception, _url("detail", ending.stay)), "不批准", "先核实身份证")
    way = cast.reception.browser().post(_url("leave", ending.stay), {"way": "ended"})
    sees(way, "先提请负责人批准", _url("ending", ending.stay))
    assert Stay.objects.get().is_here


def test_a_name_that_turns_out_false_starts_the_clocks_anew(cast: Cast, as_: As) -> None:
    stay, actor = a_stay(cast), cast.reception.actor
    later = NIGHT + timedelta(days=3)
    with as_(cast.reception):
        case = Case.objects.get(case_id=stay.case_id)
        known: dict[str, Any] = {
            "actor": actor,
            "person": stay.person,
            "case": case,
            "kind": "name",
        }
        told = persons.add_fact(
            **known, at=NIGHT, value="王小明", certainty="verified", source="身份证"
        )
        start_clocks(actor=actor, at=NIGHT, stay=stay)
        with pytest.raises(services.ClockRefused, match="还标着已核实"):
            services.restart_identity_clocks(
                actor=actor, at=later, stay=stay, note_text="派出所说证件是捡的"
            )
        persons.add_fact(
            **known,
            at=later,
            value="不明",
            certainty="claimed",
            source="派出所核查",
            corrects=PersonFact.objects.get(pk=told.pk),
        )
        with pytest.raises(services.ClockRefused, match="怎么发现"):
            services.restart_identity_clocks(actor=actor, at=later, stay=stay, note_text="")
        begun = services.restart_identity_clocks(
            actor=actor, at=later, stay=stay, note_text="派出所说证件是捡的"
        )
        assert begun == 3
        notice = Duty.objects.get(kind="stay.notice", state="open")
        assert notice.due_at == later + timedelta(hours=24)
        with pytest.raises(services.ClockRefused, match="正在走"):
            services.restart_identity_clocks(actor=actor, at=later, stay=stay, note_text="再来")


@pytest.mark.slow
def test_who_only_reads_a_stay_writes_nothing_into_it(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.reception):
        handover = offer_handover(
            actor=cast.reception.actor,
            at=NIGHT,
            subject=Subject("case", stay.case_id or stay.public_id),
            case_id=stay.case_id,
            to_org=OTHER_STATION,
            purpose="转站",
            division_code=stay.division_code,
        )
    other = cast.other_patroller.actor
    with scope.enter(scope.of_actor(other)):
        accept_handover(actor=other, at=NIGHT, handover=handover)
        seen = Stay.objects.get(pk=stay.pk)
        assert seen.beds.exists()
        assert seen.beds.update(end_reason="外单位改的") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Absence.objects.create(
                stay=seen,
                reason="errand",
                left_at=NIGHT,
                due_at=NIGHT + timedelta(hours=1),
                noted_by=other.name,
            )
