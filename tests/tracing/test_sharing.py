"""A report that another organisation holds is asked for by letter and opened for a term, beginning with who is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.accounts.models import Grant
from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.letters import services as letters
from nuantu.letters.models import Letter
from nuantu.persons.models import PersonClass
from nuantu.tracing import services
from nuantu.tracing.models import Match, MissingReport
from nuantu.tracing.rules.said import Danger
from tests.cast import Cast
from tests.stays.house import a_photo
from tests.tracing import matching, missing
from tests.tracing.shared import PURPOSE, a_far_match, answers, asked
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


def _letters() -> int:
    with scope.system("a test counts"):
        return Letter.objects.count()


def _is_read_by(cast: Cast, match: Match) -> bool:
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        return MissingReport.objects.filter(pk=match.report_id).exists()


@pytest.mark.slow
def test_nobody_asks_for_what_he_does_not_decide_and_the_holder_alone_closes_it(cast: Cast) -> None:
    """Not the kitchen, the neighbour or an overseer; not without a purpose, not for one's own report."""
    match, own = a_far_match(cast), matching.a_match(cast)
    url = reverse("tracing:match_ask", args=[match.public_id])
    refused_for(cast.nobody, cast.kitchen, cast.police, cast.reception, url=url, data=PURPOSE)
    not_found_for(cast.outsider, url=url, data=PURPOSE)
    who = cast.tracing_officer
    submit_refused_leaving(who, url, {"purpose": "看"}, unchanged=_letters)
    mine = reverse("tracing:match_ask", args=[own.public_id])
    sees(submit_refused_leaving(who, mine, PURPOSE, unchanged=_letters), "已经看得到")
    end = reverse("tracing:share_end", args=[own.report.public_id, "JZ-520100"])
    not_found_for(cast.outsider, url=end, data={"reason": "不再需要"})
    sees(
        submit_refused_leaving(who, end, {"reason": "不再需要"}, unchanged=_letters), "已经不再提供"
    )


@pytest.mark.slow
def test_a_report_is_asked_for_opened_for_its_term_and_closed_again(cast: Cast) -> None:
    """Refused first, then opened with its photo: exactly this one, to read, until the term is over or it is closed."""
    match, who = a_far_match(cast, photo=a_photo()), cast.tracing_officer
    page_url = reverse("tracing:match", args=[match.public_id])
    report_url = reverse("tracing:report", args=[match.report.public_id])
    photo_url = reverse("tracing:photo", args=[match.report.public_id])
    sees(page_for(who, page_url), "发函请对方提供登记")
    not_found_for(who, url=report_url)
    page = submits(who, reverse("tracing:match_ask", args=[match.public_id]), PURPOSE, to=page_url)
    sees(page, "请提供寻人登记", "贵阳市救助管理站")
    does_not_see(page, "发函请对方提供登记", "样大山")
    theirs = page_for(cast.outsider, report_url)
    sees(theirs, "提供给其他单位", "凯里市救助管理站")
    with scope.system("a test looks at the other side"):
        copy = Letter.objects.get(direction="in")
    answers(cast, copy, letters.Said("no", "先要公安的证明"))
    assert not _is_read_by(cast, match)
    sees(page_for(who, page_url), "不同意", "发函请对方提供登记")
    answers(cast, asked(cast, match))
    sees(page_for(who, page_url), "样大山", "对方同意提供，看到")
    page = page_for(who, report_url)
    sees(page, "样大山", "提供给其他单位", "看到")
    does_not_see(page, "样大河", "收回", "更正")
    assert who.browser().get(photo_url).status_code == 200
    with scope.enter(scope.of_actor(who.actor)):
        assert MissingReport.objects.count() == 1
        assert MissingReport.objects.update(nickname="改") == 0
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert not _is_read_by(cast, match)
    end = reverse("tracing:share_end", args=[match.report.public_id, who.actor.org_code])
    sees(page_for(cast.outsider, report_url), "打开寻人登记", "收回")
    submits(cast.outsider, end, {"reason": "寻亲人来电"}, to=report_url)
    assert not _is_read_by(cast, match)
    not_found_for(who, url=photo_url)
    with scope.system("a test reads"):
        lines = JournalEntry.objects.filter(subjects__subject_id=match.report.public_id)
        verbs = set(lines.values_list("verb", flat=True))
    assert {"tracing.report.share", "tracing.report.unshare", "letters.letter.line"} <= verbs


@pytest.mark.slow
def test_nothing_is_opened_where_the_family_did_not_agree_or_somebody_may_be_harmed(
    cast: Cast,
) -> None:
    """A consent without sharing, a report with a danger that nobody looked at, a man who may be harmed and was not asked."""
    match = a_far_match(cast, agreed=missing.consent())
    with pytest.raises(letters.LetterRefused, match="没有同意提供给"):
        answers(cast, asked(cast, match))
    hidden = a_far_match(cast, danger=Danger(("trafficking",)))
    copy = asked(cast, hidden)
    with pytest.raises(letters.LetterRefused, match="先到登记页面看危险提示"):
        answers(cast, copy)
    far, at = cast.outsider.actor, clock.now()
    with scope.enter(scope.of_actor(far)):
        services.reveal(
            actor=far, at=at, report=hidden.report, what="identity", purpose="答复凯里站的函",
            is_warned=True,
        )  # fmt: skip
    answers(cast, copy)
    sees(
        page_for(cast.tracing_officer, reverse("tracing:report", args=[hidden.report.public_id])),
        "已遮盖",
    )
    with scope.enter(scope.of_actor(far)):
        services.withdraw_consent(actor=far, at=at, report=hidden.report, reason="来电")
    assert not _is_read_by(cast, hidden)
    feared = a_far_match(cast)
    with scope.system("he said so"):
        PersonClass.objects.create(
            division_code=feared.division_code, owner_org=feared.owner_org, case_id=feared.case_id,
            person=feared.person, code="domestic_violence", certainty="claimed", decided_at=at, decided_by="样站员", source="本人",
        )  # fmt: skip
    with pytest.raises(services.MatchRefused, match="先单独问本人"):
        asked(cast, feared)
    assert Grant.objects.filter(ended_at=None).count() == 0
