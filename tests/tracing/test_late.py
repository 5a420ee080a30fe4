"""A form that is opened when it cannot be sent any more, and a decision that is taken back; beginning with what is
refused."""

from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty
from nuantu.tracing import services
from nuantu.tracing.models import Match, MissingReport, Posting
from nuantu.tracing.services import notices
from tests.cast import Cast, Player
from tests.tracing import matching, missing, nobody, noticed
from tests.tracing.decided import agreed, checked, confirmed
from tests.tracing.shared import a_far_match, answers, asked
from tests.web import does_not_see, page_for, sees, submits

pytestmark = pytest.mark.django_db


def _too_late(who: Player, name: str, *args: Any, says: str) -> None:
    """The form is not there; the page says why."""
    page = who.browser().get(reverse(f"tracing:{name}", args=args))
    assert page.status_code == 409, f"{name}: {page.status_code}"
    sees(page, says)
    does_not_see(page, 'type="submit"')


def _owed(kind: str, subject: Any) -> list[str]:
    with scope.system("a test looks"):
        rows = Duty.objects.filter(kind=kind, subject_id=subject.public_id, state="open")
        return list(rows.values_list("title", flat=True))


@pytest.mark.slow
def test_a_closed_report_is_neither_closed_nor_asked_about_again_and_withdrawn_once(
    cast: Cast,
) -> None:
    report, who = missing.a_report(cast), cast.tracing_officer
    with scope.enter(scope.of_actor(who.actor)):
        services.close_report(
            actor=who.actor, at=clock.now(), report=report, state="found", reason="家属来电"
        )
    for name in ("consent", "close"):
        _too_late(who, name, report.public_id, says="这条登记已经了结（已找到）")
    with scope.enter(scope.of_actor(who.actor)):
        services.withdraw_consent(actor=who.actor, at=clock.now(), report=report, reason="来电")
    _too_late(who, "withdraw", report.public_id, says="已经撤回过同意")
    _too_late(who, "share_end", report.public_id, "JZ-520100", says="已经不再提供")


@pytest.mark.slow
def test_a_report_is_asked_for_once_and_only_where_it_is_not_seen(cast: Cast) -> None:
    far, own = a_far_match(cast), matching.a_match(cast)
    asked(cast, far)
    _too_late(cast.tracing_officer, "match_ask", far.public_id, says="等对方答复")
    _too_late(cast.tracing_officer, "match_ask", own.public_id, says="已经看得到")


@pytest.mark.slow
def test_what_is_down_is_not_taken_down_and_a_withdrawn_notice_leads_to_the_next_one(
    cast: Cast,
) -> None:
    """Before it is down, the form says where it stands, because it is found by that."""
    who, notice = cast.tracing_officer, noticed.a_standing(cast)
    noticed.sent(cast, notice, "tracing_website")
    with scope.system("a test looks"):
        site = Posting.objects.get(channel="tracing_website")
    _too_late(who, "posting_again", site.public_id, says="没有撤下过")
    sees(page_for(who, reverse("tracing:posting_down", args=[site.public_id])), noticed.LINK)
    draft = f"{reverse('tracing:notice_new')}?case={notice.case_id}"
    does_not_see(page_for(who, reverse("tracing:notice", args=[notice.public_id])), draft)
    noticed.as_officer(
        cast,
        lambda actor: notices.withdraw_notices(
            actor=actor, at=clock.now(), case=notice.of_case, cause="mistake", reason="写反了"
        ),
    )
    for name in ("notice_withdraw", "notice_unchanged", "notice_send"):
        _too_late(who, name, notice.public_id, says="已经结束")
    _too_late(who, "posting_replace", site.public_id, says="没有在发布")
    gone = notices.Proof(words="网站已删")
    noticed.as_officer(
        cast,
        lambda actor: notices.take_down(actor=actor, at=clock.now(), posting=site, proof=gone),
    )
    _too_late(who, "posting_down", site.public_id, says="已经撤下")
    sees(page_for(who, reverse("tracing:notice", args=[notice.public_id])), draft)


@pytest.mark.slow
def test_a_search_that_is_over_and_a_request_that_was_answered_are_not_ended_again(
    cast: Cast,
) -> None:
    row, who = nobody.a_request(cast), cast.tracing_officer
    _too_late(who, "request_line", row.public_id, "reply", says="对方没有反问")
    with scope.enter(scope.of_actor(who.actor)):
        services.put_answer(
            actor=who.actor, at=clock.now(), request=row,
            told=services.Told("nothing", "phone", "没有", missing.today()),
        )  # fmt: skip
        services.give_up_search(actor=who.actor, at=clock.now(), search=row.search, words="不再查")
    _too_late(who, "request_line", row.public_id, "remind", says="已经了结")
    for name in ("end", "give_up"):
        _too_late(who, name, row.search.case_id, says="查询已经结束")


@pytest.mark.slow
def test_a_lead_is_judged_with_what_was_said_and_its_danger_before_the_eyes(cast: Cast) -> None:
    """Judged anew, what was found before stands there too, and it becomes a fragment once."""
    who, now, notice = cast.tracing_officer, clock.now(), noticed.a_standing(cast)
    told = notices.Told("phone", now, "不给钱就找上门", is_threat=True)
    lead = noticed.as_officer(
        cast, lambda actor: notices.take_lead(actor=actor, at=now, notice=notice, told=told)
    )
    url = reverse("tracing:lead_judge", args=[lead.public_id])
    sees(page_for(who, url), "不给钱就找上门", "先报警 110", "记成片段")
    said = {"state": "useful", "words": "口音像镇远", "fragment_kind": "accent"}
    page = submits(who, url, said | {"fragment_words": "镇远口音"}, to=str(lead.public_id))
    sees(page, "重新判断", "已记成片段")
    page = page_for(who, url)
    sees(page, "上次判断", "口音像镇远")
    does_not_see(page, "记成片段")
    submits(who, url, {"state": "useless", "words": "听错了"}, to=str(lead.public_id))


@pytest.mark.slow
def test_a_proposal_is_taken_back_without_a_word_of_confirming(cast: Cast) -> None:
    match = matching.a_match(cast, report=agreed(cast))
    who, url = cast.tracing_officer, reverse("tracing:match-undo", args=[match.public_id])
    page = who.browser().get(url)
    assert page.status_code == 409
    sees(page, "没有可以撤销的")
    checked(who, match)
    with scope.enter(scope.of_actor(who.actor)):
        services.propose_match(actor=who.actor, at=clock.now(), match=match, reason="都对上了")
    page = page_for(who, reverse("tracing:match", args=[match.public_id]))
    sees(page, "已提出，由另一位同事确认", "撤回提出")
    does_not_see(page, "撤销确认", "可以提出")
    does_not_see(page_for(who, url), "撤销确认", "登记恢复寻找")
    page = submits(who, url, {"reason": "再看看"}, to=str(match.public_id))
    sees(page, "撤回提出，回到待核对")
    with scope.system("a test looks"):
        assert Match.objects.get(pk=match.pk).state == "open"


@pytest.mark.slow
def test_taken_back_the_searcher_hears_it_where_he_was_told_and_is_asked_again_in_time(
    cast: Cast,
) -> None:
    """And a second confirmation leaves one word to tell, the right one."""
    match = matching.a_match(cast, report=agreed(cast))
    report, who, head = match.report, cast.tracing_officer, cast.station_head.actor
    assert _owed("tracing.consent", report) == ["问寻亲人是否继续寻找"]
    checked(who, match)
    confirmed(cast, match)
    assert _owed("tracing.consent", report) == []
    report_url = reverse("tracing:report", args=[report.public_id])
    sees(page_for(who, report_url), "已找到：告诉寻亲人")
    with scope.enter(scope.of_actor(head)):
        duty = Duty.objects.get(kind="tracing.tell", state="open")
        complete_duty(actor=head, at=clock.now(), duty=duty, evidence=report.public_id)
        services.undo_match(actor=head, at=clock.now(), match=match, reason="真人另有其人")
    assert _owed("tracing.tell", report) == ["确认撤销了：告诉寻亲人还没有找到"]
    assert _owed("tracing.consent", report) == ["问寻亲人是否继续寻找"]
    confirmed(cast, match)
    assert _owed("tracing.tell", report) == ["已找到：告诉寻亲人"]


@pytest.mark.slow
def test_a_report_that_is_closed_is_read_by_nobody_else_but_who_found_him(cast: Cast) -> None:
    match = a_far_match(cast)
    answers(cast, asked(cast, match))
    assert _is_read(cast, match)
    far = cast.outsider.actor
    with scope.enter(scope.of_actor(far)):
        services.close_report(
            actor=far, at=clock.now(), report=match.report, state="found", reason="家属来电"
        )
    assert not _is_read(cast, match)
    found = a_far_match(cast, agreed=missing.consent(purposes=("compare", "share", "contact")))
    answers(cast, asked(cast, found))
    checked(cast.tracing_officer, found)
    confirmed(cast, found)
    assert _is_read(cast, found)


def _is_read(cast: Cast, match: Match) -> bool:
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        return MissingReport.objects.filter(pk=match.report_id).exists()
