"""The family, other bodies and police, beginning with who is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.casework import services
from nuantu.casework.models import CasePlan, CaseSession, Disclosure, FamilyConsent, Referral
from nuantu.casework.rules.reaching import consent_gap
from nuantu.casework.selectors.outside import (
    before_leaving,
    may_reach_family,
    speaks_against_family,
)
from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.papers.models import Paper
from nuantu.stays.models import Stay
from nuantu.stays.selectors.checks import Plan
from tests.casework import working
from tests.cast import Cast
from tests.web import does_not_see, not_found_for, page_for, sees, submit_refused_leaving, submits

pytestmark = pytest.mark.django_db

AGREES = {
    "relation": "母亲",
    "basis": "own",
    "answer": "agrees",
    "reaches": ["safe", "talk"],
    "words": "跟我妈说一声就行",
}


def _deed(plan: CasePlan, name: str) -> str:
    return reverse("casework:deed", args=[plan.public_id, name])


def _count(model: type[CaseSession | FamilyConsent]) -> int:
    with scope.system("a test counts"):
        return model.objects.count()


def _open(kind: str) -> int:
    with scope.system("a test counts"):
        return Duty.objects.filter(kind=kind, state="open").count()


@pytest.mark.parametrize(
    ("basis", "answer", "is_minor", "classes", "is_stopped", "gap"),
    [
        ("own", "agrees", False, (), False, ""),
        ("own", "agrees", False, (), True, "stopped"),
        ("own", "refuses", False, (), True, ""),
        ("own", "agrees", True, (), False, "guardian"),
        ("guardian", "agrees", True, (), False, ""),
        ("guardian", "agrees", True, (), True, "stopped"),
        ("guardian", "agrees", False, (), False, "own"),
        ("danger", "agrees", False, (), False, "danger"),
        ("danger", "agrees", False, ("suicide_risk",), False, ""),
        ("danger", "agrees", False, ("suicide_risk",), True, "stopped"),
    ],
)
def test_a_capable_adult_decides_and_whoever_may_harm_him_is_not_called(
    basis: str, answer: str, is_minor: bool, classes: tuple[str, ...], is_stopped: bool, gap: str
) -> None:
    known = {"is_minor": is_minor, "is_stopped": is_stopped}
    assert consent_gap(basis, answer, classes=classes, **known) == gap


@pytest.mark.slow
def test_the_family_is_called_with_his_word_only_and_not_after_he_took_it_back(
    cast: Cast,
) -> None:
    plan, who = working.a_plan(cast), cast.social_worker
    call = working.held(kind="family", place="phone")

    def sessions() -> int:
        return _count(CaseSession)

    data = {
        "kind": "family", "place": "phone", "minutes": 10, "summary": "通了电话",
        "held_at": f"{clock.local(call.held_at):%Y-%m-%dT%H:%M}", "next_step": "再谈",
        "next_date": f"{clock.today() + timedelta(days=1)}",
    }  # fmt: skip
    url = _deed(plan, "session")
    submit_refused_leaving(who, url, data, unchanged=sessions, says="没有本人")
    page = submits(who, _deed(plan, "family"), AGREES, to="/casework/")
    does_not_see(page, "跟我妈说一声")
    submits(who, url, data, to="/casework/")
    with scope.system("a test looks"):
        consent = FamilyConsent.objects.get()
        assert may_reach_family(plan.case_id, "talk")
        assert not may_reach_family(plan.case_id, "where")
    submits(who, reverse("casework:row", args=["consent", consent.public_id]), {}, to="/casework/")
    submit_refused_leaving(who, url, data, unchanged=sessions, says="没有本人")
    with scope.system("a test asks"):
        stay = Stay.objects.get(case_id=plan.case_id)
        fetched = before_leaving(stay, Plan("relatives"), clock.now())
        assert speaks_against_family(plan.case_id)
    assert fetched is not None
    assert fetched.state == "blocks"


def test_violence_at_home_stops_contact_that_he_had_agreed_to(cast: Cast) -> None:
    plan = working.a_plan(cast)
    submits(cast.social_worker, _deed(plan, "family"), AGREES, to="/casework/")
    working.a_mark(cast, working.case_of(plan), kind="home_violence")
    with scope.system("a test asks"):
        assert not may_reach_family(plan.case_id, "talk")
        assert speaks_against_family(plan.case_id)
    submit_refused_leaving(
        cast.social_worker,
        _deed(plan, "family"),
        AGREES,
        unchanged=lambda: _count(FamilyConsent),
        says="家里人可能伤害他",
    )


@pytest.mark.slow
def test_legal_aid_is_asked_by_a_numbered_paper_and_its_answer_awaited(cast: Cast) -> None:
    plan, who = working.a_plan(cast), cast.social_worker
    data = {"kind": "legal_aid", "body": "凯里市法律援助中心", "words": "讨要欠薪，请指派律师"}
    page = submits(who, _deed(plan, "refer"), data, to="/casework/")
    sees(page, "凯里市法律援助中心", "法援")
    does_not_see(page, "讨要欠薪")
    with scope.system("a test looks"):
        referral = Referral.objects.get()
        assert referral.paper_id is not None
        assert Paper.objects.get(public_id=referral.paper_id).number == referral.number
    assert _open("casework.referral") == 1
    url = reverse("casework:row", args=["referral", referral.public_id])
    not_found_for(cast.leader, working.colleague(), url=url)
    submits(who, url, {"state": "taken", "answer": "吴律师，周五来"}, to="/casework/")
    assert _open("casework.referral") == 0
    submit_refused_leaving(
        who, url, {"state": "declined", "answer": "不办"}, unchanged=lambda: 0, says="答复已经登记"
    )


@pytest.mark.slow
def test_police_get_what_their_letter_asks_and_another_person_decides(cast: Cast) -> None:
    plan, actor = working.a_plan(cast), cast.station_head.actor
    working.a_session(cast, plan)
    data = {"body": "凯里市公安局", "letter": "凯公调证〔2026〕7号", "asked": "十一月的会谈次数"}
    with scope.enter(scope.of_actor(actor)):
        row = services.ask_disclosure(actor=actor, at=clock.now(), plan=plan, **data)
    assert _open("casework.disclosure") == 1
    url = reverse("casework:row", args=["disclosure", row.public_id])
    not_found_for(cast.social_worker, cast.auditor, cast.section_head, url=url)
    decided = {"state": "given", "reason": "刑事诉讼法 第54条", "given": "十一月会谈一次"}

    def state() -> str:
        with scope.system("a test looks"):
            return Disclosure.objects.get(pk=row.pk).state

    submit_refused_leaving(cast.station_head, url, decided, unchanged=state, says="另一个人决定")
    submit_refused_leaving(
        cast.leader, url, decided | {"given": ""}, unchanged=state, says="逐字写明"
    )
    submits(cast.leader, url, decided, to="/casework/")
    assert (state(), _open("casework.disclosure")) == ("given", 0)
    page = page_for(cast.auditor, reverse("casework:plan", args=[plan.public_id]))
    sees(page, row.number, "凯公调证〔2026〕7号", "已提供")
    does_not_see(page, "十一月会谈一次", working.NOTES)


def test_what_a_conference_decides_is_owed_by_whoever_was_named(cast: Cast) -> None:
    plan, who = working.a_plan(cast), cast.social_worker
    data = {
        "held_at": f"{clock.local(clock.now()) - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "people": "吴社工、吴医务、本人",
        "minutes": "他说怕打针",
        "what_1": "陪他去口腔科",
        "who_1": cast.medic.account.pk,
        "day_1": f"{clock.today() + timedelta(days=2)}",
    }
    page = submits(who, _deed(plan, "conference"), data, to="/casework/")
    sees(page, "陪他去口腔科", "吴医务")
    does_not_see(page, "怕打针")
    with scope.system("a test looks"):
        duty = Duty.objects.get(kind="casework.decision")
    assert duty.assignee_id == cast.medic.account.pk
    assert "口腔科" not in duty.title
    assert "吴社工" in duty.title
