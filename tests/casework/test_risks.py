"""Risks, beginning with who is refused; what must be done now, and how a mark ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.casework import services
from nuantu.casework.models import RiskMark
from nuantu.casework.selectors.outside import before_closing, before_leaving
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.operations.models import Duty
from nuantu.operations.services import cancel_duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case, PersonClass
from nuantu.stays.models import Stay
from nuantu.stays.selectors.checks import Plan
from tests.casework import working
from tests.cast import Cast
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = pytest.mark.django_db
AT_ONCE = {"casework.stay_with", "casework.call", "casework.tell", "casework.counsel"}


def _kinds(mark: RiskMark) -> set[str]:
    with scope.system("a test looks"):
        rows = Duty.objects.filter(subject_id=mark.public_id, state="open")
        return set(rows.values_list("kind", flat=True))


def _classes(mark: RiskMark) -> set[str]:
    with scope.system("a test looks"):
        rows = PersonClass.objects.filter(case_id=mark.case_id, withdrawn_at=None)
        return set(rows.values_list("code", flat=True))


@pytest.mark.rule("P14-05")
def test_who_says_he_wants_to_die_is_not_alone_from_that_minute(cast: Cast) -> None:
    """Somebody stays with him, help is called, the watch knows, he is counselled and his family offered."""
    case = working.a_case(cast)
    url = reverse("casework:mark", args=[case.case_id])
    refused_for(cast.kitchen, cast.auditor, url=url)
    not_found_for(cast.outsider, url=url)
    data = {
        "kind": "suicide",
        "urgency": "immediate",
        "signs": ["says", "means"],
        "reasons": "夜里说不想活了，手里攥着药",
    }
    page = submits(cast.carer, url, data, to="/casework/risks/")
    sees(page, "现在安排人陪着他", "120", "12356", "联系家人")
    does_not_see(page, "轻生", "不想活", "攥着药")
    with scope.system("a test looks"):
        mark = RiskMark.objects.get()
        first = Duty.objects.get(kind="casework.stay_with")
    assert first.due_at - first.opened_at <= timedelta(minutes=10)
    assert _kinds(mark) == AT_ONCE | {"casework.review"}
    assert _classes(mark) == {"suicide_risk"}


def test_a_mark_is_lifted_by_two_and_takes_its_class_along(cast: Cast) -> None:
    mark = working.asked_to_lift(cast)
    lift = reverse("casework:lift", args=[mark.public_id])
    page = cast.leader.browser().post(lift, {"answer": "lift"})
    assert page.status_code == 422
    sees(page, "要由另一个人确认")
    assert "casework.lift" in _kinds(mark)
    submits(cast.station_head, lift, {"answer": "lift"}, to="/casework/risks/")
    assert _kinds(mark) == set()
    assert _classes(mark) == set()


def test_the_database_lets_nobody_lift_alone(cast: Cast) -> None:
    mark = working.asked_to_lift(cast)
    with (
        scope.system("a test tries"),
        pytest.raises(IntegrityError, match="lifted_by_two"),
        transaction.atomic(),
    ):
        RiskMark.objects.filter(pk=mark.pk).update(
            lifted_at=clock.now(), lifted_of=cast.leader.account
        )


def test_a_second_who_says_no_keeps_the_mark(cast: Cast) -> None:
    mark = working.asked_to_lift(cast)
    lift = reverse("casework:lift", args=[mark.public_id])
    submits(cast.station_head, lift, {"answer": "keep"}, to="/casework/risks/")
    assert _classes(mark) == {"suicide_risk"}
    assert "casework.lift" not in _kinds(mark)


def test_a_risk_never_falls_silent(cast: Cast) -> None:
    """Reviewed, it asks for the next review; the hourly look puts back what was cancelled, and asks for a worker."""
    mark = working.a_mark(cast)
    url = reverse("casework:review", args=[mark.public_id])
    submits(cast.leader, url, {"urgency": "watch", "reasons": "睡着了，有人陪"}, to="/casework/")
    assert "casework.review" in _kinds(mark)
    with scope.system("a test cancels"):
        for duty in Duty.objects.filter(kind="casework.review", state="open"):
            cancel_duty(actor=SYSTEM, at=clock.now(), duty=duty, reason="误点")
        assert services.watch_casework(at=clock.now()) == 2
        assert services.watch_casework(at=clock.now()) == 0
    assert _kinds(mark) >= {"casework.review", "casework.assign"}
    with scope.system("a test looks"):
        case = Case.objects.select_related("person").get(case_id=mark.case_id)
    working.a_plan(cast, case)
    assert "casework.assign" not in _kinds(mark)


def test_the_class_given_on_the_street_begins_the_mark(cast: Cast) -> None:
    case, actor = working.a_case(cast), cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        persons.assign_classes(
            actor=actor, at=clock.now(), case=case, codes=["suicide_risk"], source="桥上的话"
        )
    with scope.system("the job"):
        assert services.follow_classes(at=clock.now(), person=case.person) == 1
        assert services.follow_classes(at=clock.now(), person=case.person) == 0
        mark = RiskMark.objects.get()
    assert _kinds(mark) >= AT_ONCE


def test_violence_against_a_child_is_reported_and_nobody_fetches_him(cast: Cast) -> None:
    case = working.a_case(cast, years=12)
    mark = working.a_mark(cast, case, kind="home_violence")
    assert _kinds(mark) == {"casework.report", "casework.review"}
    assert "domestic_violence" in _classes(mark)
    with scope.system("a test asks"):
        stay = Stay.objects.get(case_id=case.case_id)
        fetched = before_leaving(stay, Plan("relatives"), clock.now())
        alone = before_leaving(stay, Plan("self"), clock.now())
    assert fetched is not None
    assert fetched.state == "blocks"
    assert alone is not None
    assert alone.state == "ask"


def test_what_helps_at_night_is_read_by_the_carer_and_the_reasons_are_not(cast: Cast) -> None:
    plan = working.a_plan(cast)
    case = working.a_case(cast)
    with scope.system("a test looks"):
        case = type(case).objects.select_related("person").get(case_id=plan.case_id)
    mark = working.a_mark(cast, case)
    data = {
        "signs": "不吃饭，提到桥",
        "helps": "听收音机，有人坐在旁边",
        "people": "姐姐 13800000000",
        "out_of_reach": "药交给医务室",
        "is_agreed": "on",
    }
    url = reverse("casework:deed", args=[plan.public_id, "safety"])
    submits(cast.social_worker, url, data, to="/casework/")
    page = page_for(cast.carer, reverse("casework:ask", args=[mark.public_id]))
    sees(page, "听收音机", "药交给医务室", "吴社工")
    does_not_see(page, "提到桥", "13800000000", "夜里说不想活了")
    sees(
        page_for(cast.leader, reverse("casework:sealed", args=[plan.public_id])),
        "提到桥",
        "夜里说不想活了",
    )


def test_a_case_is_not_closed_over_an_open_plan_or_a_risk(cast: Cast) -> None:
    plan = working.a_plan(cast)
    case, actor = working.case_of(plan), cast.station_head.actor
    working.a_mark(cast, case)
    with scope.enter(scope.of_actor(actor)), pytest.raises(persons.CaseRefused) as refused:
        persons.close_case(actor=actor, at=clock.now(), case=case, closing="gone", note_text="走了")
    assert "先由社工结束个案" in str(refused.value)
    assert "另一人确认解除" in str(refused.value)
    with scope.system("a test looks"):
        assert before_closing(working.a_case(cast), clock.now()) == ""


def test_nobody_takes_the_class_of_a_risk_back_alone(cast: Cast) -> None:
    mark = working.a_mark(cast)
    with scope.system("a test looks"):
        given = PersonClass.objects.get(case_id=mark.case_id, code="suicide_risk")
    url = reverse("persons:class_withdraw", args=[mark.person.public_id, given.public_id])
    submit_refused_leaving(
        cast.station_head,
        url,
        {"reason": "看着还好"},
        unchanged=lambda: _classes(mark),
        says="先问社工",
    )
    asked = working.asked_to_lift(cast, mark)
    with scope.enter(scope.of_actor(cast.station_head.actor)):
        services.lift_risk(
            actor=cast.station_head.actor, at=clock.now(), mark=asked, is_agreed=True
        )
    assert "suicide_risk" not in _classes(mark)
