"""Checking and deciding a suspected match, beginning with who and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry, RowHistory
from nuantu.encounters.selectors.papers import family_of
from nuantu.operations.models import Duty
from nuantu.persons.models import FactKind, PersonFact
from nuantu.stays.models import Stay
from nuantu.stays.rules.clocks import IDENTITY
from nuantu.stays.selectors.checks import Plan, checks_of
from nuantu.stays.selectors.known import is_identified
from nuantu.tracing import services
from nuantu.tracing.models import Match, MatchCheck, MissingReport
from nuantu.tracing.rules.said import Danger
from nuantu.tracing.rules.verifying import Checked, Facts, may_tell_where, missing_of
from tests.cast import Cast, Player
from tests.tracing import matching, missing
from tests.tracing.decided import ASKED, SHOWN, WILLING, agreed, checked, confirmed
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
PLAIN = Facts(is_minor=False, is_dead=False)
ENOUGH = [Checked("willing", "fits"), Checked("question", "fits"), Checked("photo_family", "fits")]


def _url(deed: str, match: Match) -> str:
    return reverse(f"tracing:match-{deed}", args=[match.public_id])


def _now(match: Match) -> Match:
    with scope.system("a test looks"):
        return Match.objects.select_related("person").get(pk=match.pk)


def _state(match: Match) -> str:
    return _now(match).state


def _count() -> int:
    with scope.system("a test counts"):
        return MatchCheck.objects.count() + Match.objects.exclude(state="open").count()


def _stands_against(who: Player, url: str, data: dict[str, str], *says: str) -> None:
    """Opened or sent, the form says why not and where to go; what was typed stands in it and nothing is written."""
    before = _count()
    page = who.browser().get(url)
    assert page.status_code == 409
    sees(page, *says)
    does_not_see(page, 'name="reason"', 'name="found_by"', 'name="kind"')
    page = who.browser().post(url, data)
    assert page.status_code == 409
    assert _count() == before
    sees(page, *says)
    if data.get("reason") and "check" not in url and "confirm" not in url:
        sees(page, data["reason"])


@pytest.mark.slow
def test_nobody_else_decides(cast: Cast) -> None:
    match = matching.a_match(cast)
    for deed in ("check", "propose", "confirm", "reject", "undo"):
        refused_for(
            cast.nobody,
            cast.police,
            cast.carer,
            cast.section_head,
            cast.auditor,
            url=_url(deed, match),
        )
        not_found_for(cast.outsider, url=_url(deed, match))
    page = page_for(cast.section_head, reverse("tracing:match", args=[match.public_id]))
    does_not_see(page, _url("check", match), _url("reject", match))


@pytest.mark.slow
def test_nothing_is_confirmed_before_it_is_checked_nor_by_one_account(cast: Cast) -> None:
    match = matching.a_match(cast, report=agreed(cast))
    who, head = cast.tracing_officer, cast.station_head
    reason = {"reason": "都对上了"}
    _stands_against(head, _url("confirm", match), {}, "先核对，再提出", _url("check", match))
    missing_yet = ("还不能确认，还缺", "只有家人答得出", _url("check", match))
    _stands_against(who, _url("propose", match), reason, *missing_yet)
    checked(who, match)
    submits(who, _url("propose", match), reason, to=str(match.public_id))
    found = {"found_by": "match"}
    _stands_against(who, _url("confirm", match), found, "请另一位同事确认", _url("undo", match))
    with scope.enter(scope.of_actor(who.actor)), pytest.raises(services.MatchRefused):
        services.confirm_match(actor=who.actor, at=clock.now(), match=match, found_by="match")
    submit_refused_leaving(
        head, _url("confirm", match), {"found_by": ""}, unchanged=_count, says=""
    )
    first = _now(match).proposed_by_id
    alone = {
        "state": "confirmed",
        "confirmed_by_id": first,
        "confirmed_at": clock.now(),
        "found_by": "dna",
    }
    with scope.system("a program forgets to ask"):
        rows = Match.objects.filter(pk=match.pk)
        with pytest.raises(IntegrityError, match="confirmed_by_two"), transaction.atomic():
            rows.update(**alone)
    submits(head, _url("confirm", match), found, to=str(match.public_id))
    assert _state(match) == "confirmed"
    _stands_against(head, _url("confirm", match), found, "现在是“已确认”", _url("undo", match))
    _stands_against(who, _url("reject", match), {"reason": "不像"}, "先撤销确认")


@pytest.mark.slow
def test_the_searcher_is_asked_only_where_he_agreed_and_after_the_warning(cast: Cast) -> None:
    who = cast.tracing_officer
    silent = matching.a_match(cast)
    page = submit_refused_leaving(
        who, _url("check", silent), ASKED, unchanged=_count, says="寻亲人没有同意联系"
    )
    sees(page, "家里的狗叫什么", "阿黄")
    report = agreed(cast, danger=Danger(("searcher_may_harm",), "邻居说"))
    match = matching.a_match(cast, report=report)
    page = submit_refused_leaving(
        who, _url("check", match), ASKED, unchanged=_count, says="请先看危险提示，再勾选"
    )
    sees(page, "危险提示")
    half = ASKED | {"family_said": "", "is_warned": "on"}
    submit_refused_leaving(
        who, _url("check", match), half, unchanged=_count, says="请写两边各怎么回答的"
    )
    wrong = {"kind": "dna", "result": "contradicts"}
    submit_refused_leaving(who, _url("check", match), wrong, unchanged=_count, says="请写明情况")
    submits(who, _url("check", match), ASKED | {"is_warned": "on"}, to=str(match.public_id))
    with scope.system("a test looks"):
        row = MatchCheck.objects.get()
        assert "阿黄" not in row.family_said.token
        line = JournalEntry.objects.get(verb="tracing.match.check")
        assert "狗" not in line.summary + str(line.changes)


@pytest.mark.slow
def test_a_rejected_pair_keeps_its_reason_and_is_decided_once(cast: Cast) -> None:
    match = matching.a_match(cast)
    who = cast.tracing_officer
    submit_refused_leaving(who, _url("reject", match), {"reason": " "}, unchanged=_count, says="")
    page = submits(who, _url("reject", match), {"reason": "耳朵不同"}, to=str(match.public_id))
    sees(page, "排除的原因：", "耳朵不同")
    assert _now(match).rejected_score == match.score
    for deed in ("reject", "undo", "propose", "check", "confirm"):
        _stands_against(who, _url(deed, match), {"reason": "再来"}, "现在是“已排除”")
    does_not_see(page_for(who, reverse("tracing:matches")), match.report.number)
    sees(page_for(who, f"{reverse('tracing:matches')}?state=rejected"), match.report.number)


@pytest.mark.slow
@pytest.mark.rule("P1-62")
@pytest.mark.rule("P14-07")
def test_confirmed_the_report_joins_the_case_the_name_is_known_and_the_way_home_opens(
    cast: Cast,
) -> None:
    """And taken back, everything is searched for again, with nothing rewritten."""
    match = matching.a_match(cast, report=agreed(cast))
    checked(cast.tracing_officer, match)
    confirmed(cast, match)
    with scope.system("a test looks"):
        report = MissingReport.objects.get(pk=match.report_id)
        stay = Stay.objects.get(case_id=match.case_id)
        assert (report.state, report.case_id) == ("found", match.case_id)
        assert is_identified(stay.person)
        contact = PersonFact.objects.get(person=match.person, kind=FactKind.FAMILY_CONTACT)
        assert missing.PHONE in contact.secret.open()
        owed = Duty.objects.filter(state="open", owner_org=match.owner_org)
        assert not owed.filter(kind__in=IDENTITY).exists()
        assert set(owed.filter(kind__startswith="tracing.").values_list("kind", "title")) == {
            ("tracing.home", "身份已查明：问本人意愿，安排返乡"), ("tracing.tell", "已找到：告诉寻亲人"),
        }  # fmt: skip
        finding = {
            one.code: one.finding.state for one in checks_of(stay, Plan("relatives"), clock.now())
        }
        assert finding["notices"] == "fine"
        told = owed.get(kind="tracing.tell")
        assert told.due_at - told.opened_at == timedelta(hours=24), "the family, by the next day"
    matching.compared()
    assert _state(match) == "confirmed"
    submits(
        cast.station_head, _url("undo", match), {"reason": "真人另有其人"}, to=str(match.public_id)
    )
    with scope.system("a test looks"):
        report.refresh_from_db()
        assert (report.state, report.case_id, report.closed_at) == ("open", None, None)
        assert report.searcher_phone.open() == missing.PHONE
        assert not is_identified(stay.person)
        assert missing.PHONE not in str(family_of(stay.person)), "a stranger's family is not called"
        assert owed.filter(kind="stay.notice").exists()
        assert not owed.filter(kind__in=["tracing.home", "tracing.tell"]).exists()
        assert JournalEntry.objects.filter(verb="tracing.match.confirm").exists()
        kept = RowHistory.objects.filter(table_name="tracing_match", row_id=match.public_id)
        assert [row.before["state"] for row in kept.order_by("pk")] == [
            "open", "proposed", "confirmed",
        ], "each decision, not the figures that a run of the engine writes"  # fmt: skip
        assert not any({"words", "parts"} & row.before.keys() for row in kept)
    assert _now(match).undone_reason == "真人另有其人"


@pytest.mark.slow
def test_whose_consent_was_taken_back_is_told_nothing_and_an_undo_does_not_search_for_him_again(
    cast: Cast,
) -> None:
    match = matching.a_match(cast, report=agreed(cast))
    checked(cast.tracing_officer, match)
    confirmed(cast, match)
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        report = MissingReport.objects.get(pk=match.report_id)
        services.withdraw_consent(actor=actor, at=clock.now(), report=report, reason="来电")
        services.undo_match(
            actor=cast.station_head.actor, at=clock.now(), match=_now(match), reason="真人另有其人"
        )
    with scope.system("a test looks"):
        report.refresh_from_db()
        assert report.is_withdrawn
        assert report.keep_until_date
        owed = Duty.objects.filter(subject_id=report.public_id, state=Duty.State.OPEN)
        assert not owed.exists()
        assert not is_identified(Stay.objects.get(case_id=match.case_id).person)


@pytest.mark.slow
def test_where_danger_is_marked_the_family_learns_only_that_he_is_safe(cast: Cast) -> None:
    report = agreed(cast, danger=Danger(("domestic_violence",), "邻居说"))
    match = matching.a_match(cast, report=report)
    warned = [one | {"is_warned": True} for one in (ASKED, SHOWN, WILLING)]
    checked(cast.tracing_officer, match, *warned)
    confirmed(cast, match)
    with scope.system("a test looks"):
        titles = set(
            Duty.objects.filter(kind__startswith="tracing.", state="open").values_list(
                "title", flat=True
            )
        )
        assert {
            "已找到：只告诉寻亲人平安，不说在哪里",
            "身份已查明：本人不愿或有危险，定下一步",
        } <= titles
        assert not PersonFact.objects.filter(kind=FactKind.FAMILY_CONTACT).exists()


@pytest.mark.slow
def test_a_confirmed_name_that_is_put_right_asks_for_a_second_look(cast: Cast) -> None:
    match = matching.a_match(cast, report=agreed(cast))
    checked(cast.tracing_officer, match)
    fact = confirmed(cast, match).fact
    assert fact is not None
    with scope.system("a test reads a case"):
        case = type(fact.person).objects.get(pk=fact.person_id).cases.get()
    with scope.enter(scope.of_actor(cast.reception.actor)):
        from nuantu.persons import services as persons

        persons.add_fact(
            actor=cast.reception.actor, at=clock.now(), person=case.person, case=case, kind="name", value="样另人",
            certainty="claimed", source="本人", corrects=fact,
        )  # fmt: skip
    matching.compared()
    matching.compared()
    with scope.system("a test looks"):
        assert Duty.objects.filter(kind="tracing.doubt", state="open").count() == 1
    sees(
        page_for(cast.tracing_officer, reverse("tracing:match", args=[match.public_id])),
        "确认后姓名又被更正",
    )


@pytest.mark.parametrize(
    ("checks", "facts", "missing"),
    [
        ([], PLAIN, ["willing", "question", "photo"]),
        (ENOUGH, PLAIN, []),
        ([*ENOUGH, Checked("question", "contradicts")], PLAIN, ["question", "proof"]),
        ([*ENOUGH, Checked("photo_person", "contradicts")], PLAIN, ["proof"]),
        ([*ENOUGH, Checked("photo_person", "contradicts"), Checked("dna", "fits")], PLAIN, []),
        (ENOUGH, Facts(is_minor=True, is_dead=False), ["proof"]),
        (ENOUGH[1:], Facts(is_minor=False, is_dead=True), ["proof"]),
        (
            ENOUGH,
            Facts(is_minor=False, is_dead=False, dangers=frozenset({"trafficking"})),
            ["proof"],
        ),
        ([*ENOUGH, Checked("willing", "contradicts")], PLAIN, []),
    ],
)
def test_what_is_missing_depends_on_who_he_is(
    checks: list[Checked], facts: Facts, missing: list[str]
) -> None:
    assert missing_of(checks, facts) == missing


def test_the_family_learns_where_he_is_only_when_he_is_willing_and_nobody_may_harm_him() -> None:
    assert may_tell_where(ENOUGH, PLAIN)
    assert not may_tell_where([*ENOUGH, Checked("willing", "contradicts")], PLAIN)
    assert not may_tell_where(
        ENOUGH, Facts(is_minor=False, is_dead=False, dangers=frozenset({"domestic_violence"}))
    )
