"""The pages of suspected matches, beginning with who is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.persons import services as persons
from nuantu.persons.models import PersonLink
from nuantu.stays.models import Stay
from nuantu.tracing.models import Comparison, Match
from nuantu.tracing.rules.bands import Bands, even_with, parts_of, plot
from nuantu.tracing.rules.said import Danger
from nuantu.tracing.services import MatchRefused, propose_match
from tests.cast import Cast
from tests.stays import house
from tests.tracing import matching, missing
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees

pytestmark = pytest.mark.django_db
LIST = "tracing:matches"


def _url(match: Match) -> str:
    return reverse("tracing:match", args=[match.public_id])


@pytest.mark.slow
def test_nobody_else_reads_the_list_or_a_pair(cast: Cast) -> None:
    url = reverse(LIST)
    refused_for(cast.nobody, cast.police, cast.carer, cast.reception, cast.dispatcher, url=url)
    match = matching.a_match(cast)
    not_found_for(cast.outsider, url=_url(match))
    does_not_see(page_for(cast.outsider, url), "93%")
    refused_for(cast.leader, cast.auditor, url=reverse("tracing:matches-export"))


def test_the_list_says_what_must_be_known_first(cast: Cast) -> None:
    """What is new, what is just as likely, what is dangerous, what waits, and of whom too little is known."""
    report = missing.a_report(cast, danger=Danger(("trafficking",)), marks=("limp",))
    match = matching.a_match(cast, report=report)
    second = missing.a_report(cast, name="样二山")
    with scope.system("a run left another one"):
        match.pk, match.public_id, match.report = None, second.public_id, second
        match.score += 0.3
        match.save(force_insert=True)
        Comparison.objects.create(
            division_code=match.division_code, owner_org=match.owner_org, case_id=match.case_id,
            person=match.person, asked_hash="x", generation=1, report_count=2, absent=0.1, is_thin=True,
            compared_at=clock.now(),
        )  # fmt: skip
    page = page_for(cast.tracing_officer, reverse(LIST))
    sees(page, "很像", "93%", "有危险提示", "还有 1 条同样可能", "知道得太少，比不出来", "样二山")
    does_not_see(page, "样大山")
    sees(page_for(cast.tracing_officer, f"{reverse(LIST)}?state=waiting"), "没有符合的疑似匹配")
    sees(page_for(cast.tracing_officer, f"{reverse(LIST)}?band=possible"), "没有符合的疑似匹配")
    sees(page_for(cast.tracing_officer, f"{reverse(LIST)}?q={second.number}"), "样二山")


@pytest.mark.slow
def test_the_report_of_his_own_earlier_stay_is_refused_and_says_where_to_link(cast: Cast) -> None:
    """A stay under another record of the same human counts; another station's report of another day does not."""
    with clock.frozen(clock.now() - timedelta(days=40)):
        before = house.a_stay(cast, years=44)
    left_at = clock.now() - timedelta(days=12)
    with scope.system("a test lets him leave"):
        Stay.objects.filter(pk=before.pk).update(left_at=left_at)
    lost = clock.local(left_at).date()
    report = missing.a_report(
        cast, source="station", source_name="样县救助站", lost_date=lost, marks=("missing_finger",)
    )
    match = matching.a_match(cast, report=report)
    who, warning = cast.tracing_officer, "可能是他自己早先的在站记录"
    propose = reverse("tracing:match-propose", args=[match.public_id])
    does_not_see(page_for(who, reverse(LIST)), warning)
    first, second = sorted((before.person_id, match.person_id))
    pair = {"first_id": first, "second_id": second, "proposed_at": clock.now(), "proposed_by": "样"}
    with scope.system("somebody asks whether they are one human"):
        link = PersonLink.objects.create(state=PersonLink.State.PROPOSED, **pair)
    page = who.browser().get(propose)
    assert page.status_code == 409
    sees(page, "先在人员页面判断两份记录是不是同一人", f"{match.person.public_id}/#same-title")
    with scope.system("a test links two records"):
        PersonLink.objects.filter(pk=link.pk).update(
            state=PersonLink.State.CONFIRMED, decided_at=clock.now(), decided_by="样"
        )
    sees(page_for(who, reverse(LIST)), warning)
    sees(page_for(who, _url(match)), "不是别人在找他")
    page = who.browser().post(propose, {"reason": "名字和手指都对得上"})
    assert page.status_code == 409
    sees(page, "不是别人在找他", "名字和手指都对得上")
    with scope.enter(scope.of_actor(who.actor)), pytest.raises(MatchRefused, match="不是别人"):
        propose_match(actor=who.actor, at=clock.now(), match=match, reason="手指")
    with scope.system("a test moves the day of the loss"):
        report.lost_date = lost - timedelta(days=90)
        report.save(update_fields=["lost_date"])
    does_not_see(page_for(who, reverse(LIST)), warning)
    sees(who.browser().get(propose), "还不能确认，还缺")


def test_an_empty_list_says_what_will_fill_it_and_how_far_the_first_run_is(cast: Cast) -> None:
    """Whoever oversees nothing here is told of nobody."""
    sees(page_for(cast.tracing_officer, reverse(LIST)), "没有要核对的疑似匹配")
    matching.a_resident(cast, name="大山")
    does_not_see(page_for(cast.outsider, reverse(LIST)), "正在比对")
    sees(page_for(cast.tracing_officer, reverse(LIST)), "1 人里比过 0 人", "比对还没有结果")


def test_both_sides_stand_beside_each_other_and_the_look_is_written_down(cast: Cast) -> None:
    match = matching.a_match(cast)
    who = cast.tracing_officer
    page = page_for(who, _url(match))
    sees(page, "左手缺一指", "缺手指或脚趾", "名：听到“大山”", "怎么算出来的", "+6.1")
    does_not_see(page, missing.PHONE, "样大河")
    page_for(who, _url(match))
    with scope.system("a test looks"):
        assert JournalEntry.objects.filter(verb="tracing.match.read").count() == 1
    sees(page_for(who, _url(match), language="en"), "given name: heard “大山”", "Side by side")


def test_a_masked_side_tells_nothing_of_itself_nor_by_the_reasons(cast: Cast) -> None:
    danger = Danger(("searcher_may_harm",), "邻居说")
    report = missing.a_report(cast, danger=danger, marks=("missing_finger",))
    match = matching.a_match(cast, report=report)
    page = page_for(cast.tracing_officer, _url(match))
    sees(page, "危险提示", "登记是受限记录", "左手缺一指")
    does_not_see(page, "样大山", "名：听到“大山”", "缺手指或脚趾")
    with scope.system("a test hides him too"):
        persons.restrict_person(
            actor=cast.station_head.actor,
            at=clock.now(),
            person=match.person,
            case=None,
            reason="保护",
        )
    does_not_see(page_for(cast.tracing_officer, _url(match)), "左手缺一指")


def test_what_another_body_holds_is_a_figure_and_its_name(cast: Cast) -> None:
    """The report lies with another station: no word of it reaches the page."""
    match = matching.a_match(cast, words="")
    with scope.system("it lies with another station"):
        type(match.report).objects.filter(pk=match.report_id).update(
            owner_org="JZ-522622", division_code="522622000000"
        )
        Match.objects.filter(pk=match.pk).update(holder_org="JZ-522622")
    page = page_for(cast.tracing_officer, _url(match))
    sees(page, "登记的内容只有登记单位看得到", "93%", "+6.1")
    does_not_see(page, "样大山", match.report.number)
    does_not_see(page_for(cast.tracing_officer, reverse(LIST)), "样大山", match.report.number)


def test_bands_ties_and_the_plot_are_plain_sums() -> None:
    bands = Bands(strong=0.9, likely=0.5)
    assert [bands.of(one) for one in (0.95, 0.9, 0.6, 0.1)] == [
        "strong",
        "strong",
        "likely",
        "possible",
    ]
    assert even_with([9.0, 8.6, 3.0], 0) == [1]
    drawn = plot(
        parts_of(["given:3.465736:same", "county:-0.693147:elsewhere", "sex:0.01:same"]),
        {},
        reports=8,
    )
    assert (drawn.start, round(drawn.total, 3)) == (-3.0, 1.0)
    assert [(bar.kind, round(bar.bits, 3)) for bar in drawn.bars] == [
        ("for", 5.0),
        ("against", -1.0),
    ]
    assert all(0 <= bar.left <= 100 and bar.left + bar.width <= 100.5 for bar in drawn.bars)
