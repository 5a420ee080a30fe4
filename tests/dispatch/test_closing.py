"""How a tip ends, and how it comes back: nothing that was promised disappears."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, journal, scope
from nuantu.core.actors import PUBLIC
from nuantu.core.errors import Refusal
from nuantu.core.models import DataKey, JournalEntry
from nuantu.core.vault import KeyDestroyed
from nuantu.dispatch import services
from nuantu.dispatch.models import Notice, StillThere, Tip, TipLink
from nuantu.dispatch.selectors.clocks import tip_clock
from nuantu.dispatch.selectors.duplicates import like_this, sighting_of
from nuantu.dispatch.selectors.receipts import receipt_view
from nuantu.operations.models import Duty, Team
from tests import builders
from tests.cast import OTHER_STATION, STATION, Cast
from tests.web import does_not_see, page_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
EVENING = builders.EVENING
SOON, LATE = EVENING + timedelta(minutes=10), EVENING + timedelta(minutes=50)


def close(
    cast: Cast, tip: Tip, outcome: str = "on_spot", *, at: datetime = SOON, **more: str
) -> Tip:
    return services.close_tip(actor=cast.dispatcher.actor, at=at, tip=tip, outcome=outcome, **more)


def test_closing_says_how_it_ended_and_what_was_true(cast: Cast, team: Team) -> None:
    tip = builders.a_tip()
    run = services.assign(actor=cast.dispatcher.actor, at=EVENING, tip=tip, team=team)
    services.arrive(actor=cast.patroller.actor, at=SOON, run=run)
    tip = close(cast, run.tip, "station", note="已接回站里")
    run.refresh_from_db()
    assert (tip.state, tip.outcome, tip.verification) == ("closed", "station", "true")
    assert (run.state, run.outcome) == ("done", "station")
    with pytest.raises(services.AlreadyClosed, match="入站"):
        close(cast, tip)


def test_a_tip_does_not_close_over_a_team_on_its_way(cast: Cast, team: Team) -> None:
    tip = builders.a_tip()
    services.assign(actor=cast.dispatcher.actor, at=EVENING, tip=tip, team=team)
    with pytest.raises(services.ClosingRefused, match="甲队"):
        close(cast, tip)


@pytest.mark.parametrize("outcome", ["", "duplicate", "gone"])
def test_a_tip_closes_only_with_an_outcome_of_the_form(cast: Cast, outcome: str) -> None:
    with pytest.raises(services.ClosingRefused) as refused:
        close(cast, builders.a_tip(), outcome)
    assert refused.value.field == "outcome"


@pytest.mark.rule("P9-20")
def test_a_breach_is_explained_before_the_end_and_stays_after_it(cast: Cast) -> None:
    tip = builders.a_tip()
    with pytest.raises(services.ClosingRefused) as refused:
        close(cast, tip, "not_found", at=LATE)
    assert refused.value.field == "breach_reason"
    close(cast, tip, "not_found", at=LATE, breach_reason="两车都在外，路面结冰")
    duty = Duty.objects.get(kind="dispatch.arrive")
    assert (duty.state, duty.breach_reason) == ("cancelled", "两车都在外，路面结冰")
    services.reopen_tip(actor=cast.dispatcher.actor, at=LATE, tip=tip, reason="又有人报")
    duty.refresh_from_db()
    assert duty.breach_reason, "a new round does not wipe the old breach"


def test_a_late_arrival_asks_for_its_reason_too(cast: Cast, team: Team) -> None:
    tip = builders.a_tip()
    run = services.assign(actor=cast.dispatcher.actor, at=EVENING, tip=tip, team=team)
    services.arrive(actor=cast.patroller.actor, at=LATE, run=run)
    with pytest.raises(services.ClosingRefused, match="超时原因"):
        close(cast, tip, at=LATE)
    services.explain_breach(actor=cast.dispatcher.actor, at=LATE, tip=tip, reason="修路绕行")
    assert close(cast, tip, at=LATE).state == "closed"
    with pytest.raises(Refusal):
        services.explain_breach(actor=cast.dispatcher.actor, at=LATE, tip=tip, reason="再写一次")


@pytest.mark.slow
def test_the_page_asks_for_the_reason_as_soon_as_the_limit_is_over(cast: Cast) -> None:
    """Whoever may close is asked and answers on the spot; readers are not asked."""
    tip = builders.a_tip()
    url = reverse("dispatch:tip", args=[tip.public_id])
    asked = "已超过时限还没有人到场，请写明原因"
    does_not_see(page_for(cast.dispatcher, url), asked)
    with clock.frozen(LATE):
        does_not_see(page_for(cast.auditor, url), asked)
        sees(page_for(cast.dispatcher, url), asked)
        explain = reverse("dispatch:tip_explain", args=[tip.public_id])
        page = submits(cast.dispatcher, explain, {"reason": "两队都在别处"}, to=url)
        sees(page, "两队都在别处")
        does_not_see(page, asked)


@pytest.mark.rule("P12-03")
def test_nobody_on_the_list_is_skipped(cast: Cast) -> None:
    tip = builders.a_tip(flags=("minor",))
    with pytest.raises(services.ClosingRefused, match="120"):
        close(cast, tip, "police")
    ambulance, police = Notice.objects.filter(tip=tip).order_by("pk")
    operator = cast.operator.actor
    services.record_notice(actor=operator, at=SOON, notice=police, way="phone", answer="马上到")
    with pytest.raises(services.NoticeRefused) as refused:
        services.skip_notice(actor=operator, at=SOON, notice=ambulance, reason="")
    assert refused.value.field == "reason"
    services.skip_notice(actor=operator, at=SOON, notice=ambulance, reason="孩子健康，只通知公安")
    assert close(cast, tip, "police").state == "closed"
    police.refresh_from_db()
    assert (police.by, police.way, police.told_at) == (operator.name, "phone", SOON)
    with pytest.raises(services.NoticeRefused):
        services.record_notice(actor=operator, at=SOON, notice=police, way="phone")


def test_a_notice_is_not_from_the_future(cast: Cast) -> None:
    notice = Notice.objects.filter(tip=builders.a_tip(flags=("danger",))).first()
    assert notice is not None
    with pytest.raises(services.NoticeRefused):
        services.record_notice(
            actor=cast.operator.actor, at=EVENING, notice=notice, way="phone", told_at=LATE
        )


def test_marking_urgent_later_puts_120_and_110_on_the_list(cast: Cast) -> None:
    tip = builders.a_tip()
    assert not Notice.objects.filter(tip=tip, state="due").exists()
    operator = cast.operator.actor
    tip = services.mark_urgent(actor=operator, at=SOON, tip=tip, flags=["critical"])
    due = set(Notice.objects.filter(tip=tip, state="due").values_list("recipient", flat=True))
    assert {"120", "110"} <= due
    with pytest.raises(services.NoticeRefused) as refused:
        services.mark_urgent(actor=operator, at=SOON, tip=tip, flags=[])
    assert refused.value.field == "reason"
    tip = services.mark_urgent(actor=operator, at=SOON, tip=tip, flags=[], reason="只是睡着了")
    assert tip.urgent_flags == []
    assert Notice.objects.filter(tip=tip, state="due").exists(), "who stood on the list stays on it"


@pytest.mark.parametrize("flag", ["minor", "critical", "injured", "mental"])
def test_a_protected_person_is_not_closed_as_refused(cast: Cast, flag: str) -> None:
    """A refusal ends nothing for a minor or somebody ill (PA-07)."""
    with pytest.raises(services.ClosingRefused) as refused:
        close(cast, builders.a_tip(flags=(flag,)), "refused")
    assert refused.value.field == "outcome"


def test_false_and_malicious_are_said_with_a_reason(cast: Cast) -> None:
    tip = builders.a_tip()
    with pytest.raises(services.ClosingRefused):
        services.mark_false(actor=cast.leader.actor, at=SOON, tip=tip, mark="malicious", reason="")
    tip = services.mark_false(
        actor=cast.leader.actor, at=SOON, tip=tip, mark="malicious", reason="同一号码三次报假"
    )
    assert (tip.mark, tip.marked_by) == ("malicious", cast.leader.name)
    tip = services.mark_false(actor=cast.leader.actor, at=SOON, tip=tip, mark="", reason="核实有误")
    assert (tip.mark, tip.mark_reason) == ("", "")


@pytest.mark.rule("P9-22")
def test_still_there_opens_a_closed_tip_with_a_new_clock(cast: Cast) -> None:
    tip = close(cast, builders.a_tip(), "not_found")
    with scope.public():
        said = services.say_still_there(actor=PUBLIC, at=LATE, tip=tip, note="还在桥下")
    tip.refresh_from_db()
    assert said.has_reopened
    assert (tip.state, tip.reopened_count, tip.outcome) == ("new", 1, "")
    assert (tip.clock_started_at, tip.due_at) == (LATE, LATE + timedelta(minutes=tip.limit_minutes))
    assert tip.received_at == EVENING
    duties = Duty.objects.filter(kind="dispatch.arrive").order_by("opened_at")
    assert [duty.state for duty in duties] == ["cancelled", "open"]


def test_still_there_on_an_open_tip_is_a_word_for_the_desk(cast: Cast) -> None:
    tip = builders.a_tip()
    with scope.public():
        said = services.say_still_there(actor=PUBLIC, at=SOON, tip=tip)
    assert not said.has_reopened
    assert StillThere.objects.get().tip == tip


def test_a_tip_marked_malicious_is_not_reopened_by_its_sender(cast: Cast) -> None:
    tip = close(cast, builders.a_tip(), "invalid")
    services.mark_false(
        actor=cast.leader.actor, at=SOON, tip=tip, mark="malicious", reason="恶作剧"
    )
    with scope.public():
        said = services.say_still_there(actor=PUBLIC, at=LATE, tip=tip)
    tip.refresh_from_db()
    assert (said.has_reopened, tip.state) == (False, "closed")


class TestDuplicates:
    """Two tips about one person are linked, never deleted."""

    def test_a_job_proposes_and_a_second_run_proposes_nothing_more(self, cast: Cast) -> None:
        link = builders.a_link()
        assert (link.state, link.score >= 0.5) == ("proposed", True)
        with scope.system("the job may run twice"):
            assert services.propose_links(at=SOON, tip=link.later) == 0
        assert TipLink.objects.count() == 1

    def test_the_later_follows_the_earlier_and_nothing_is_lost(self, cast: Cast) -> None:
        link = services.confirm_same(actor=cast.operator.actor, at=SOON, link=builders.a_link())
        earlier, later = Tip.objects.order_by("pk")
        assert (later.state, later.outcome, later.follows) == ("closed", "duplicate", earlier)
        assert earlier.state == "new"
        states = dict(Duty.objects.values_list("subject_id", "state"))
        assert states == {earlier.public_id: "open", later.public_id: "cancelled"}
        assert receipt_view(later).state == "new", "his receipt shows how the first one stands"
        assert tip_clock(later, SOON).state == "ended", "nobody was there for it"
        with pytest.raises(services.LinkRefused, match=cast.operator.name):
            services.confirm_same(actor=cast.dispatcher.actor, at=SOON, link=link)

    def test_who_must_be_told_is_told_about_the_tip_that_is_worked_on(self, cast: Cast) -> None:
        first = builders.a_tip()
        second = builders.a_tip("三棵树镇南桥下面", flags=("minor",))
        with scope.system("a job looks for duplicates"):
            services.propose_links(at=SOON, tip=second)
        services.confirm_same(actor=cast.operator.actor, at=SOON, link=TipLink.objects.get())
        first.refresh_from_db()
        assert first.urgent_flags == ["minor"]
        due = Notice.objects.filter(state="due").values_list("tip", "recipient")
        assert set(due) == {(first.pk, "120"), (first.pk, "110")}

    def test_not_a_duplicate_is_remembered(self, cast: Cast) -> None:
        link = services.decide_different(actor=cast.operator.actor, at=SOON, link=builders.a_link())
        with scope.system("the job runs again"):
            services.propose_links(at=SOON, tip=link.later)
        link.refresh_from_db()
        assert (TipLink.objects.count(), link.state) == (1, "different")
        assert Tip.objects.filter(state="new").count() == 2

    @pytest.mark.slow
    def test_a_join_can_be_taken_back(self, cast: Cast) -> None:
        link = services.confirm_same(actor=cast.operator.actor, at=SOON, link=builders.a_link())
        link.refresh_from_db()
        services.separate(actor=cast.operator.actor, at=LATE, link=link, reason="是两个人")
        later = Tip.objects.get(pk=link.later_id)
        assert (later.state, later.follows, later.clock_started_at) == ("new", None, LATE)

    def test_an_open_tip_leads_a_closed_one(self, cast: Cast) -> None:
        link = builders.a_link()
        close(cast, link.earlier, "not_found")
        link.refresh_from_db()
        services.confirm_same(actor=cast.operator.actor, at=SOON, link=link)
        assert Tip.objects.get(pk=link.later_id).state == "new"

    def test_alike_tips_are_shown_while_somebody_types(self, cast: Cast) -> None:
        tip = builders.a_tip(callback="13800000000")
        alike = like_this(sighting_of(tip), division_code=tip.division_code)
        assert [found for found, _like in alike] == [tip]


class TestReporter:
    """Who reported is sealed, shown for a purpose, forgotten in time."""

    def test_a_look_needs_a_purpose_and_is_written_down(self, cast: Cast) -> None:
        tip = builders.a_tip(callback="13800000000", reporter_name="老吴")
        operator = cast.operator.actor
        with pytest.raises(services.PurposeMissing):
            services.reveal_reporter(actor=operator, at=SOON, tip=tip, purpose=" ")
        shown = services.reveal_reporter(actor=operator, at=SOON, tip=tip, purpose="找不到人，问路")
        assert (shown.name, shown.callback) == ("老吴", "13800000000")
        line = JournalEntry.objects.get(verb="dispatch.reporter.reveal")
        assert (journal.basis_of(line), line.actor_name) == ("找不到人，问路", cast.operator.name)
        assert "13800000000" not in str(vars(line))

    def test_a_reporter_is_forgotten_when_the_receipt_ends(self, cast: Cast) -> None:
        tip = close(cast, builders.a_tip(callback="13800000000"), "not_found")
        sealed = tip.callback
        assert services.forget_reporters(at=EVENING + timedelta(days=89)) == 0
        assert services.forget_reporters(at=EVENING + timedelta(days=91)) == 1
        tip.refresh_from_db()
        assert (str(tip.callback), tip.callback_hash) == ("", "")
        assert DataKey.objects.get(key_ref=tip.public_id).destroyed_at
        with pytest.raises(KeyDestroyed):
            sealed.open()


def test_a_handed_over_tip_takes_its_promise_along(cast: Cast) -> None:
    tip = builders.a_tip()
    services.move_tips(tip.public_id, None, OTHER_STATION)
    tip.refresh_from_db()
    assert tip.owner_org == OTHER_STATION != STATION
    assert Duty.objects.get(kind="dispatch.arrive").owner_org == OTHER_STATION


@pytest.mark.slow
def test_the_page_asks_why_it_was_late_only_while_nobody_has_said_it(cast: Cast) -> None:
    """On time nothing is asked; late it must be filled in; once said it is not asked again."""
    tip = builders.a_tip()
    url = reverse("dispatch:tip", args=[tip.public_id])
    does_not_see(page_for(cast.dispatcher, url), 'name="breach_reason"')
    with clock.frozen(clock.now() + timedelta(hours=2)):
        page = page_for(cast.dispatcher, url)
        sees(page, 'name="breach_reason"')
        assert page.context["forms"]["close"].fields["breach_reason"].required
        services.explain_breach(
            actor=cast.dispatcher.actor, at=clock.now(), tip=tip, reason="两车都在外"
        )
        does_not_see(page_for(cast.dispatcher, url), 'name="breach_reason"')
