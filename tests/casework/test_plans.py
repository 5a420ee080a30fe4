"""Plans and sessions, beginning with who is refused and what nobody else reads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.casework import services
from nuantu.casework.models import CasePlan, CaseSession, PlanHandover
from nuantu.casework.rules.grounds import ground_gap, must_report, offers_for
from nuantu.casework.selectors.plans import Filters, plans, rows_of, sheet
from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
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


def _lines(verb: str) -> int:
    with scope.system("a test counts"):
        return JournalEntry.objects.filter(verb=verb).count()


def _open(kind: str) -> list[Duty]:
    with scope.system("a test looks"):
        return list(Duty.objects.filter(kind=kind, state="open"))


def _sessions() -> int:
    with scope.system("a test counts"):
        return CaseSession.objects.count()


def test_a_neighbours_file_stays_shut_and_the_attempt_is_kept(cast: Cast) -> None:
    plan, neighbour = working.a_plan(cast), working.colleague()
    for name in ("casework:plan", "casework:sealed"):
        not_found_for(neighbour, url=reverse(name, args=[plan.public_id]))
    assert _lines("casework.plan.refuse") == 2
    does_not_see(page_for(neighbour, reverse("casework:plans")), plan.next_step)


def test_the_head_reads_the_timeline_without_the_sealed_notes(cast: Cast) -> None:
    """Only the worker sees the notes, and each look of his is a line."""
    plan = working.a_plan(cast)
    working.a_session(cast, plan)
    url, sealed = (
        reverse(name, args=[plan.public_id]) for name in ("casework:plan", "casework:sealed")
    )
    page = page_for(cast.station_head, url)
    sees(page, "心理疏导", "愿意继续谈", "有密封记录")
    does_not_see(page, working.NOTES)
    does_not_see(page_for(cast.station_head, sealed), working.NOTES)
    not_found_for(cast.section_head, cast.auditor, url=sealed)
    does_not_see(page_for(cast.social_worker, url), working.NOTES)
    sees(page_for(cast.social_worker, sealed), working.NOTES)
    assert _lines("casework.plan.reveal") == 2


@pytest.mark.parametrize(
    ("ground", "is_minor", "classes", "gap"),
    [
        ("consent", False, (), ""),
        ("consent", True, (), "minor"),
        ("guardian", True, (), ""),
        ("guardian", True, ("domestic_violence",), "guardian"),
        ("guardian", False, (), "adult"),
        ("guardian", False, ("intellectual_disability",), ""),
        ("law", True, ("domestic_violence",), ""),
    ],
)
def test_a_child_is_not_asked_alone_and_whoever_harms_him_not_at_all(
    ground: str, is_minor: bool, classes: tuple[str, ...], gap: str
) -> None:
    assert ground_gap(ground, is_minor=is_minor, classes=classes) == gap


def test_violence_against_a_child_is_reported_and_against_a_capable_adult_he_decides() -> None:
    assert must_report("home_violence", is_minor=True, classes=())
    assert must_report("harmed", is_minor=False, classes=("intellectual_disability",))
    assert not must_report("home_violence", is_minor=False, classes=())
    assert not must_report("suicide", is_minor=True, classes=())


@pytest.mark.rule("P1-14")
def test_what_is_offered_besides_goods_follows_the_kind_of_person() -> None:
    assert offers_for([]) == ("talk",)
    assert "counselling" in offers_for(["suicide_risk"])
    assert "behaviour" in offers_for(["repeat_street_person"])
    assert "comfort" in offers_for(["elderly"])
    assert "legal" in offers_for(["domestic_violence"])


def test_a_childs_own_word_is_refused_on_the_page_with_what_was_typed(cast: Cast) -> None:
    case = working.a_case(cast, years=12)
    url = reverse("casework:open", args=[case.case_id])
    data = {
        "ground": "consent",
        "ground_words": "孩子说愿意",
        "worker": cast.social_worker.account.pk,
        "next_step": "见一次",
        "next_date": f"{clock.today() + timedelta(days=1)}",
    }

    def plans() -> int:
        with scope.system("a test counts"):
            return CasePlan.objects.count()

    page = submit_refused_leaving(
        cast.social_worker, url, data, unchanged=plans, says="未成年人不能只凭本人同意"
    )
    sees(page, "孩子说愿意")
    late = data | {"ground": "law", "next_date": f"{clock.today() + timedelta(days=999)}"}
    submit_refused_leaving(cast.social_worker, url, late, unchanged=plans, says="请核对年份")
    submits(cast.social_worker, url, data | {"ground": "law"}, to="/casework/")
    submit_refused_leaving(
        cast.social_worker, url, data | {"ground": "law"}, unchanged=plans, says="已经有进行中"
    )


@pytest.mark.rule("P14-08")
def test_he_is_met_again_within_three_days_whatever_was_agreed(cast: Cast) -> None:
    working.a_plan(cast, next_date=clock.today() + timedelta(days=20))
    (duty,) = _open("casework.next")
    assert duty.due_at <= clock.now() + timedelta(days=3)
    assert duty.assignee_id == cast.social_worker.account.pk


@pytest.mark.slow
@pytest.mark.rule("P14-03", "P14-12", "P14-13")
def test_station_and_agency_work_on_the_street_as_in_the_station_on_goods_and_on_people(
    cast: Cast,
) -> None:
    """One plan: a team of two bodies, talks and blankets, who supports him, what he changes."""
    plan, who = working.a_plan(cast), cast.social_worker
    url = reverse("casework:plan", args=[plan.public_id])

    def do(deed: str, **data: str) -> None:
        submits(who, reverse("casework:deed", args=[plan.public_id, deed]), data, to=url)

    do("member", name="陈社工", body="暖途社工中心", part="心理")
    do("supporter", relation="老工友", contact="吴大 13800000000", helps_with="介绍活干")
    day = f"{clock.today() + timedelta(days=9)}"
    do("goal", area="behaviour", words="白天不喝酒", measure="连续两周", due_date=day)
    working.a_session(cast, plan, place="street", given="棉被一床")
    working.a_session(cast, plan, kind="behaviour")
    page = page_for(who, url)
    sees(page, "暖途社工中心", "老工友", "白天不喝酒", "街面", "站内", "棉被一床", "行为矫治")
    does_not_see(page, "13800000000")


@pytest.mark.rule("P9-15")
def test_who_of_an_agency_took_part_in_talks_on_the_street_and_inside_is_shown_and_counted(
    cast: Cast,
) -> None:
    plan, url = working.a_plan(cast), reverse("casework:export")
    refused_for(cast.nobody, cast.kitchen, url=url)
    for place, partners in (
        ("street", "蓝天志愿队"),
        ("station", "暖途  社工中心"),
        ("station", "暖途 社工中心"),
        ("phone", ""),
    ):
        working.a_session(cast, plan, place=place, partners=partners)
    page = page_for(cast.social_worker, reverse("casework:plan", args=[plan.public_id]))
    sees(page, "一起参加的机构或志愿者：蓝天志愿队", "暖途 社工中心")
    with scope.enter(scope.of_actor(cast.leader.actor)):
        found = rows_of(list(plans(cast.leader.actor, Filters(), clock.now())), clock.now())
        (row,) = sheet(found)
    assert row[-1] == "蓝天志愿队（1）、暖途 社工中心（2）"


def test_who_breaks_contact_is_looked_for_sooner_each_time(cast: Cast) -> None:
    plan = working.a_plan(cast)
    terms = []
    for _ in range(3):
        working.a_session(cast, plan, is_missed=True, minutes=0, notes="", summary="没有来")
        (duty,) = _open("casework.seek")
        terms.append(duty.due_at - duty.opened_at)
    assert terms == sorted(terms, reverse=True)
    assert len(set(terms)) == 3
    working.a_session(cast, plan)
    assert not _open("casework.seek")
    assert len(_open("casework.next")) == 1


def test_a_session_is_put_down_by_its_worker_alone(cast: Cast) -> None:
    plan, actor = working.a_plan(cast), cast.station_head.actor
    with scope.enter(scope.of_actor(actor)), pytest.raises(services.CaseworkRefused):
        services.hold_session(actor=actor, at=clock.now(), plan=plan, held=working.held())
    assert _sessions() == 0


@pytest.mark.slow
def test_a_plan_changes_hands_when_both_have_signed(cast: Cast) -> None:
    """Offered with what one must know; until it is taken it stays, then the old worker reads no more."""
    plan, after = working.a_plan(cast), working.colleague()
    url = reverse("casework:deed", args=[plan.public_id, "hand-on"])
    page_url, sealed = (
        reverse(name, args=[plan.public_id]) for name in ("casework:plan", "casework:sealed")
    )
    not_found_for(after, url=url)
    page_for(cast.leader, url)
    words = "周四约了理发，别提他女儿"
    submits(cast.social_worker, url, {"worker": after.account.pk, "words": words}, to=page_url)
    sees(page_for(after, page_url), "签收交接")
    not_found_for(after, url=sealed)
    with scope.system("a test looks"):
        handover = PlanHandover.objects.get()
    take = reverse("casework:row", args=["take", handover.public_id])
    not_found_for(cast.social_worker, cast.station_head, url=take)
    submit_refused_leaving(
        after, take, {"answer": "decline"}, unchanged=_sessions, says="为什么不接"
    )
    assert len(_open("casework.take")) == 1
    submits(after, take, {"answer": "take"}, to=page_url)
    assert not _open("casework.take")
    assert [duty.assignee_id for duty in _open("casework.next")] == [after.account.pk]
    not_found_for(cast.social_worker, url=sealed)
    sees(page_for(after, sealed), words)


def test_a_plan_whose_worker_left_is_owed_a_worker(cast: Cast) -> None:
    plan = working.a_plan(cast)
    cast.social_worker.account.__class__.objects.filter(pk=cast.social_worker.account.pk).update(
        is_active=False
    )
    with scope.system("the hourly look"):
        assert services.watch_casework(at=clock.now()) == 1
        assert services.watch_casework(at=clock.now()) == 0
    (duty,) = _open("casework.assign")
    assert duty.subject_id == plan.public_id
    sees(page_for(cast.station_head, reverse("casework:plans") + "?state=alone"), "不在岗")


def test_a_plan_closes_with_results_and_an_evaluation(cast: Cast) -> None:
    goal = working.a_goal(cast)
    plan, who = goal.plan, cast.social_worker
    url = reverse("casework:deed", args=[plan.public_id, "close"])
    data = {"outcome": "reached", "evaluation": "和母亲恢复了联系，村里接着管"}

    def state() -> str:
        with scope.system("a test looks"):
            return CasePlan.objects.get(pk=plan.pk).state

    submit_refused_leaving(who, url, data, unchanged=state, says="还有目标没有结果")
    end = reverse("casework:row", args=["goal", goal.public_id])
    submits(who, end, {"state": "reached", "result": "打了四次"}, to="/casework/")
    submits(who, url, data, to="/casework/")
    assert state() == "closed"
    assert not _open("casework.next")
