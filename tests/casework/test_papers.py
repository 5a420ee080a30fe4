"""The plan and the minutes on paper, beginning with who does not open them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.casework import services
from nuantu.casework.models import CasePlan, Conference
from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.papers.models import Paper
from nuantu.papers.rules.values import thawed
from tests.casework import working
from tests.cast import Cast, Player
from tests.web import does_not_see, not_found_for, page_for, sees, submit_refused_leaving, submits

pytestmark = pytest.mark.django_db

SAID = "他说怕打针"


def _issue(who: Player, plan: CasePlan) -> Paper:
    submits(who, reverse("casework:deed", args=[plan.public_id, "paper"]), {}, to="/casework/")
    return _paper("case_plan")


def _paper(kind: str) -> Paper:
    with scope.system("a test looks"):
        return Paper.objects.get(kind=kind)


def _words(paper: Paper) -> str:
    with scope.system("a test reads"):
        return str(thawed(paper.versions.get(version=paper.version).values.open()))


def _met(cast: Cast, plan: CasePlan) -> Conference:
    actor, at = cast.social_worker.actor, clock.now()
    decided = [("陪他去口腔科", cast.medic.account, clock.today() + timedelta(days=2))]
    met = services.Met(at - timedelta(hours=1), "吴社工、吴医务、本人", SAID, decided)
    with scope.enter(scope.of_actor(actor)):
        return services.confer(actor=actor, at=at, plan=plan, met=met)


@pytest.mark.slow
def test_a_neighbour_and_the_watch_open_no_paper_of_a_plan(cast: Cast) -> None:
    plan = working.a_plan(cast)
    neighbour = working.colleague()
    not_found_for(neighbour, url=reverse("casework:deed", args=[plan.public_id, "paper"]))
    url = reverse("papers:open", args=[_issue(cast.social_worker, plan).public_id])
    not_found_for(neighbour, cast.reception, cast.medic, cast.patroller, url=url)
    page_for(cast.social_worker, url)
    page_for(cast.station_head, url)


def test_the_plan_on_paper_holds_goals_and_people_and_nothing_sealed(cast: Cast) -> None:
    plan, who = working.a_plan(cast), cast.social_worker
    working.a_goal(cast, plan)
    working.a_session(cast, plan)
    working.a_mark(cast, kind="suicide", case=working.case_of(plan))
    with scope.enter(scope.of_actor(who.actor)):
        services.add_supporter(
            actor=who.actor, at=clock.now(), plan=plan, relation="姐姐", contact="0855-1234567",
            helps_with="借住几天", is_family=True,
        )  # fmt: skip
    paper = _issue(who, plan)
    words = _words(paper)
    for there in ("每周和母亲通一次电话", "连续四周", "姐姐", "借住几天", "周四再谈"):
        assert there in words
    for sealed in (working.NOTES, "0855-1234567", "愿意试试", "愿意继续谈", "轻生", "不想活"):
        assert sealed not in words
    sees(page_for(who, reverse("casework:plan", args=[plan.public_id])), paper.number)


@pytest.mark.slow
def test_a_plan_that_did_not_change_is_not_issued_twice(cast: Cast) -> None:
    plan, who = working.a_plan(cast), cast.social_worker
    url = reverse("casework:deed", args=[plan.public_id, "paper"])
    _issue(who, plan)
    submit_refused_leaving(
        who, url, {}, unchanged=lambda: _paper("case_plan").version, says="没有变化"
    )
    working.a_goal(cast, plan)
    assert _issue(who, plan).version == 2


def test_the_minutes_say_what_was_decided_and_not_what_was_said(cast: Cast) -> None:
    plan, who = working.a_plan(cast), cast.social_worker
    met = _met(cast, plan)
    url = reverse("casework:row", args=["minutes", met.public_id])
    not_found_for(working.colleague(), cast.leader, cast.auditor, url=url)
    does_not_see(submits(who, url, {}, to="/casework/"), SAID)
    words = _words(_paper("conference_minutes"))
    assert "陪他去口腔科" in words
    assert "吴医务" in words
    assert SAID not in words


def test_the_safety_plan_is_printed_with_whom_to_call_and_not_why(cast: Cast) -> None:
    plan, who = working.a_plan(cast), cast.social_worker
    url = reverse("casework:safety", args=[plan.public_id])
    not_found_for(who, url=url)
    working.a_mark(cast, working.case_of(plan))
    working.a_safety_plan(cast, plan)
    not_found_for(working.colleague(), cast.auditor, cast.section_head, url=url)
    page = page_for(who, url)
    sees(page, "姐姐 0855-1234567", "120", "听山歌", "睡不着", "药由站里保管")
    does_not_see(page, "轻生", "不想活", plan.person.name or "样阿木")
    with scope.system("a test looks"):
        looks = JournalEntry.objects.filter(verb="casework.plan.reveal")
        assert [row.actor_name for row in looks] == [who.actor.name]
