"""Suspected matches from the tables, beginning with who sees none of them."""

from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from nuantu.core import clock, scope
from nuantu.persons.models import Case, PersonFact
from nuantu.tracing import services
from nuantu.tracing.models import Comparison, Match, MatchState, MissingReport
from nuantu.tracing.selectors import register, unknown
from nuantu.tracing.services import comparing, index
from tests.cast import Cast
from tests.stays import house
from tests.tracing import matching, missing, nobody

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gazetteer takes a second and is read by one test alone."""
    index._held.clear()
    if "with_every_village" not in request.node.name:
        monkeypatch.setattr(index, "_listed", lambda: None)


def _of(report: MissingReport) -> Match:
    with scope.system("a test looks"):
        return Match.objects.get(report=report)


def _comparison(case: Case) -> Comparison:
    with scope.system("a test looks"):
        return Comparison.objects.get(case_id=case.case_id)


def _rejected(match: Match, **more: Any) -> None:
    with scope.system("a test rejects"):
        Match.objects.filter(pk=match.pk).update(
            state=MatchState.REJECTED, rejected_by="石站长", rejected_at=clock.now(),
            rejected_reason="不是他", rejected_score=match.score, **more,
        )  # fmt: skip


def test_nobody_else_sees_a_pair_and_no_pair_stands_twice(cast: Cast) -> None:
    """The database answers, whatever a page asks."""
    match = matching.a_match(cast)
    for key in ("kitchen", "security", "police", "hospital", "other_patroller", "outsider"):
        with scope.enter(scope.of_actor(cast[key].actor)):
            assert not Match.objects.exists(), key
            assert not Comparison.objects.exists(), key
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        assert Match.objects.exists()
        match.pk, match.public_id = None, match.report.public_id
        with pytest.raises(IntegrityError, match="one_row_per_pair"), transaction.atomic():
            match.save(force_insert=True)


def test_whose_consent_is_over_or_is_for_something_else_is_not_compared(cast: Cast) -> None:
    missing.a_report(cast, agreed=missing.consent(purposes=("publish",)))
    matching.a_resident(cast, name="大山", features="左手缺一指")
    with scope.system("a test reads the register"):
        assert register.rows_of(missing.today()) == []
    assert matching.compared() == 1
    assert matching.states() == {}
    agreed = missing.a_report(cast, agreed=missing.consent(until_date=missing.today()))
    with scope.system("a test reads the register"):
        assert [row.key for row in register.rows_of(missing.today())] == [agreed.pk]
        assert register.rows_of(missing.today().replace(year=2030)) == []


def test_the_likely_report_is_found_once_whatever_happens_to_the_file(cast: Cast) -> None:
    """A second run, a damaged file, a lost file, a file of other reports: the pair is the same, and one."""
    report = matching.a_register(cast)
    case = matching.a_resident(cast, name="大山", features="左手缺一指", origin="凯里市三棵树镇")
    assert matching.compared() == 1
    assert matching.states() == {report.number: "open"}
    first = _of(report)
    assert first.posterior > 0.9
    said = first.words.open()
    assert "听到“大山”" in said
    assert "缺手指或脚趾" in said, "marks by their names"
    assert "522601" not in said, "counties by their names"
    assert matching.compared() == 0
    for content in (b"broken", None):
        index._held.clear()
        if content is None:
            index.path().unlink()
        else:
            index.path().write_bytes(content)
        with scope.system("a crash left nothing behind"):
            Comparison.objects.all().delete()
        assert matching.compared() == 1
        again = _of(report)
        assert (again.pk, again.score, again.shown_at) == (first.pk, first.score, first.shown_at)
    index._held.clear()
    missing.a_report(cast, name="样五妹", sex="female", age_low=20, age_high=21)
    assert matching.compared() == 1
    assert matching.states() == {report.number: "open"}
    assert _comparison(case).report_count == 8


def test_what_a_carer_writes_down_is_compared_at_once_and_no_more_after_it_is_taken_back(
    cast: Cast,
) -> None:
    """A name that was heard is a name, a place that he spoke of a place; each run asks once, in the transaction."""
    report = matching.a_register(cast)
    stay = house.a_stay(cast, years=44)
    case = nobody.case_of(stay)
    matching.compared()
    assert matching.states() == {}
    with scope.system("a test empties the queue"):
        ProcrastinateJob.objects.all().delete()
    told = [
        nobody.hear(cast, case, kind=kind, words=words)
        for kind, words in (
            ("own_name", "我叫样大山"),
            ("nickname", "大山娃"),
            ("place", "到过三棵树"),
        )
    ]
    asked = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert sorted(set(asked)) == ["core.deliver", "tracing.compare"]
    assert [*asked].count("tracing.compare") == 1
    with scope.system("a test looks"):
        found = unknown.found_of([case], ["样"])[case.public_id]
        facts = PersonFact.objects.filter(person=case.person, kind="alias")
        assert (found.surname, found.given, found.nickname) == ("样", "大山", "大山娃")
        assert found.places == ("三棵树",)
    matching.compared()
    assert matching.states() == {report.number: "open"}
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        for fragment in told:
            services.withdraw_fragment(
                actor=actor, at=clock.now(), fragment=fragment, reason="是别人说的"
            )
        assert [fact.corrects_id == fact.pk for fact in facts] == [True, True]
    matching.compared()
    assert matching.states() == {report.number: "faded"}
    assert _comparison(case).is_thin


def test_with_every_village_a_report_is_put_to_the_index_and_leaves_no_word_in_it(
    cast: Cast,
) -> None:
    matching.a_register(cast)
    matching.a_resident(cast, name="大山", features="左手缺一指")
    matching.compared()
    last = missing.a_report(cast, name="样归人", home_words="甲县乙镇丙丁村")
    with mock.patch.object(index, "registry_of", wraps=register.registry_of) as read:
        assert matching.compared() == 1
    assert [len(call.args[0]) for call in read.call_args_list] == [1]
    assert len(index._held[index.path()].index) == 8
    assert "丙丁".encode() in index.path().read_bytes()
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        services.withdraw_consent(actor=actor, at=clock.now(), report=last, reason="来电")
    matching.compared()
    assert len(index._held[index.path()].index) == 7
    assert "丙丁".encode() not in index.path().read_bytes()


def test_who_told_only_sex_and_age_gets_no_pair_and_says_so(cast: Cast) -> None:
    matching.a_register(cast)
    case = matching.a_resident(cast)
    assert matching.compared() == 1
    assert matching.states() == {}
    assert _comparison(case).is_thin


def test_a_rejected_pair_stays_away_until_much_more_is_known(cast: Cast) -> None:
    report = matching.a_register(cast)
    case = matching.a_resident(cast, features="左手缺一指", origin="三棵树镇")
    matching.compared()
    match = _of(report)
    _rejected(match)
    matching.tell(cast, case, clothing="灰大衣", accent="凯里话")
    matching.compared()
    assert matching.states() == {report.number: "rejected"}
    matching.tell(cast, case, name="样大山")
    matching.compared()
    again = _of(report)
    assert (again.state, again.is_again, again.rejected_reason) == ("open", True, "不是他")


def test_a_closed_report_and_a_known_person_end_the_pair(cast: Cast) -> None:
    report = matching.a_register(cast)
    case = matching.a_resident(cast, name="大山", features="左手缺一指")
    matching.compared()
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        services.withdraw_consent(actor=actor, at=clock.now(), report=report, reason="来电")
    matching.compared()
    assert matching.states() == {report.number: "ended"}
    second = missing.a_report(cast, marks=("missing_finger",))
    matching.compared()
    assert matching.states()[second.number] == "open"
    with scope.system("a test reads a case"):
        Case.objects.filter(pk=case.pk).update(
            state="closed", closed_at=clock.now(), closing="self_return"
        )
    matching.compared()
    assert matching.states()[second.number] == "ended"
    with scope.system("a test looks"):
        assert not Comparison.objects.exists()


@pytest.mark.rule("P1-66")
def test_stations_of_every_place_search_together_and_keep_what_is_theirs(cast: Cast) -> None:
    """A report of a station far away is compared; the desk sees who holds it and nothing of what it says, and
    its holder does not see the man."""
    matching.a_register(cast)
    report = missing.a_report(cast, name="样阿贵", home_words="剑河县", marks=("hunched_back",))
    far = cast.outsider.actor
    with scope.system("it was taken elsewhere"):
        MissingReport.objects.filter(pk=report.pk).update(
            owner_org=far.org_code, division_code=far.division_code
        )
    matching.a_resident(cast, name="阿贵", features="驼背", origin="剑河县")
    matching.compared()
    match = _of(report)
    assert (match.state, match.holder_org, match.words.open()) == ("open", far.org_code, "")
    with scope.enter(scope.of_actor(cast.tracing_officer.actor)):
        assert Match.objects.filter(pk=match.pk).exists()
        assert not MissingReport.objects.filter(pk=report.pk).exists()
    with scope.enter(scope.of_actor(cast.section_head.actor)):
        assert Match.objects.filter(pk=match.pk).exists(), "the bureau above sees the pair"
    with scope.enter(scope.of_actor(far)):
        assert not Match.objects.exists()


def test_the_weakest_wait_when_there_are_more_than_a_day_can_hold(cast: Cast) -> None:
    """Of twenty-two pairs the sure ones and the likeliest are shown; two wait for the next day."""
    first = matching.a_match(cast, posterior=0.95, shown_at=None)
    for number in range(21):
        report = missing.a_report(cast, name=f"样{number}")
        with scope.system("a run left it"):
            first.pk, first.public_id = None, report.public_id
            first.report, first.posterior = report, 0.1 + number / 100
            first.save(force_insert=True)
    with scope.system("a test shows"):
        comparing._show(clock.now())
        waiting = Match.objects.filter(shown_at=None).order_by("posterior")
        assert [round(one.posterior, 2) for one in waiting] == [0.1, 0.11]
        comparing._show(clock.now())
        assert waiting.count() == 2
    with missing.later(1), scope.system("a test shows"):
        comparing._show(clock.now())
        assert not Match.objects.filter(shown_at=None).exists()
