"""Numbers without gaps or doubles, values frozen and sealed, versions that stay."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from nuantu.core import clock, scope
from nuantu.papers import access, services
from nuantu.papers.models import Paper, PaperCounter, PaperVersion
from nuantu.papers.rules.values import thawed
from nuantu.papers.selectors import kinds

if TYPE_CHECKING:
    from nuantu.encounters.models import Encounter
    from tests.cast import Cast, Player

pytestmark = pytest.mark.django_db

Issue = Callable[..., Paper]


@pytest.mark.parametrize("who", ["police", "other_patroller", "outsider", "admin", "operator"])
def test_an_outsider_does_not_find_the_paper(
    cast: "Cast", issue: Issue, seen_as: "Callable[[Player], Any]", who: str
) -> None:
    paper = issue()
    with seen_as(cast[who]), pytest.raises(Http404):
        access.paper_for(cast[who].actor, paper.public_id)


def test_whoever_oversees_reads_but_does_not_issue(
    cast: "Cast", issue: Issue, seen_as: "Callable[[Player], Any]"
) -> None:
    paper = issue()
    actor = cast.township.actor
    with seen_as(cast.township):
        assert access.paper_for(actor, paper.public_id) == paper
        with pytest.raises(Http404):
            access.paper_to_change(actor, paper.public_id, clock.now())


def test_the_content_is_closed_until_a_purpose_is_given(cast: "Cast", issue: Issue) -> None:
    paper, actor, at = issue(), cast.station_head.actor, clock.now()
    with pytest.raises(Http404):
        access.opened_version(actor, paper.public_id, 1, at)
    with pytest.raises(services.OpeningRefused):
        services.open_paper(actor=actor, at=at, paper=paper, purpose=" ")
    services.open_paper(actor=actor, at=at, paper=paper, purpose="打印签字")
    assert access.opened_version(actor, paper.public_id, 1, clock.now()).paper == paper


def test_a_paper_is_numbered_by_office_kind_and_year(issue: Issue) -> None:
    assert [issue().number for _turn in range(3)] == [
        f"街登〔{clock.today().year}〕000{n}号" for n in (1, 2, 3)
    ]


def test_a_number_that_was_rolled_back_is_given_to_the_next(issue: Issue) -> None:
    with transaction.atomic():
        issue()
        transaction.set_rollback(True)
    assert issue().serial == 1


def test_the_database_refuses_a_number_twice(issue: Issue) -> None:
    first, second = issue(), issue()
    with pytest.raises(DatabaseError, match="number_once"), transaction.atomic():
        Paper.objects.filter(pk=second.pk).update(serial=first.serial)
    assert PaperCounter.objects.get().last == 2


def test_what_stands_in_a_paper_lies_sealed(issue: Issue) -> None:
    version = issue(remark="怕生").versions.get()
    assert "怕生" not in version.values.token
    assert str(version.values) == "••••••"
    assert thawed(version.values.open())["remark"] == "怕生"


def test_a_feed_cannot_put_in_what_the_kind_does_not_declare(issue: Issue) -> None:
    version = issue(smuggled="不该在这里").versions.get()
    assert "smuggled" not in thawed(version.values.open())


def test_a_paper_issued_again_keeps_its_number_and_the_old_version(
    cast: "Cast", issue: Issue
) -> None:
    paper = issue(remark="怕生")
    values = thawed(paper.versions.get().values.open()) | {"remark": "愿意说话"}
    made = services.reissue_paper(
        actor=cast.dispatcher.actor, at=clock.now(), paper=paper, values=values, reason="情况变了"
    )
    assert (paper.number, made.version, made.changed) == (paper.number, 2, ["remark"])
    assert thawed(paper.versions.get(version=1).values.open())["remark"] == "怕生"


def test_a_paper_is_not_issued_again_when_nothing_changed(cast: "Cast", issue: Issue) -> None:
    paper = issue()
    values = thawed(paper.versions.get().values.open())
    with pytest.raises(services.IssueRefused, match="没有变化"):
        services.reissue_paper(
            actor=cast.dispatcher.actor, at=clock.now(), paper=paper, values=values, reason="再打"
        )


def test_of_two_who_issue_again_at_once_the_second_is_told(cast: "Cast", issue: Issue) -> None:
    paper = issue()
    values = thawed(paper.versions.get().values.open())
    late = Paper.objects.get(pk=paper.pk)

    def again(of: Paper, remark: str) -> PaperVersion:
        return services.reissue_paper(
            actor=cast.dispatcher.actor,
            at=clock.now(),
            paper=of,
            values=values | {"remark": remark},
            reason="更正",
        )

    again(paper, "先")
    with pytest.raises(services.IssueRefused, match="刚被别人"):
        again(late, "后")
    assert paper.versions.count() == 2


def test_a_void_paper_says_why_and_keeps_its_number(cast: "Cast", issue: Issue) -> None:
    paper, actor = issue(), cast.leader.actor
    with pytest.raises(services.VoidingRefused, match="原因"):
        services.void_paper(actor=actor, at=clock.now(), paper=paper, reason=" ")
    services.void_paper(actor=actor, at=clock.now(), paper=paper, reason="填错了人")
    assert paper.is_void
    assert issue().serial == 2
    with pytest.raises(services.VoidingRefused, match="已经作废"):
        services.void_paper(actor=actor, at=clock.now(), paper=paper, reason="再来")


def test_a_kind_asks_for_what_it_may_not_lack(cast: "Cast", encounter: "Encounter") -> None:
    kind = kinds.kinds()["refusal_notice"]
    with pytest.raises(services.IssueRefused, match="原因说明") as refused:
        services.issue_paper(
            actor=cast.dispatcher.actor,
            at=clock.now(),
            kind=kind,
            subject=encounter,
            values={"name": "某人"},
        )
    assert refused.value.field == "reason"


@pytest.mark.slow
def test_an_erased_case_leaves_the_number_and_nothing_else(cast: "Cast", issue: Issue) -> None:
    from nuantu.core import erasure, vault

    paper = issue(remark="怕生")
    with scope.system("the test erases"):
        erasure.erase_case(
            case_id=paper.case_id or paper.public_id,
            actor=cast.station_head.actor,
            at=clock.now(),
            reason="本人要求",
            division_code=paper.division_code,
            owner_org=paper.owner_org,
        )
    with pytest.raises(vault.KeyDestroyed):
        paper.versions.get().values.open()
    assert Paper.objects.get(pk=paper.pk).number == paper.number


def test_papers_follow_their_case_and_keep_their_number(
    cast: "Cast", issue: Issue, seen_as: "Callable[[Player], Any]"
) -> None:
    paper = issue()
    services.move_with_case(paper.public_id, paper.case_id, "GA-522601")
    moved = Paper.objects.get(pk=paper.pk)
    assert (moved.owner_org, moved.numbered_by) == ("GA-522601", "JZ-522601")
