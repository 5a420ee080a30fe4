"""The township looks at a village's report before it counts, beginning with who may not."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nuantu.accounts.models import Division, Organisation, User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.operations import services as operations
from nuantu.operations.models import Duty
from nuantu.patrols import services
from nuantu.patrols.models import SweepArea, SweepReport
from nuantu.patrols.rules.sweeps import completion, looked_over_by, may_be_judged
from nuantu.patrols.selectors import supervision, vague
from nuantu.patrols.selectors import sweeps as selectors
from tests import builders
from tests.builders import EVENING
from tests.cast import BUREAU, COUNTY, STATION, TOWNSHIP, Player
from tests.patrols import sweeps

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OTHER_TOWN = "522601002000"


def _another_township() -> Player:
    """Somebody of the office of 大十字街道."""
    org = Organisation.objects.create(
        code="SS-522601002", kind="township", name="大十字街道社会事务办", division_id=OTHER_TOWN,
        parent_id=BUREAU,
    )  # fmt: skip
    return _of(org.code, "潘干事")


def _of(org: str, name: str) -> Player:
    user = User.objects.create(
        login=name, name=name, organisation_id=org, roles=["township"], password="!"
    )
    found = User.objects.select_related("organisation__division").get(pk=user.pk)
    return Player(name, name, actor_for(found), found)


def _duties(kind: str = "sweep.supervise") -> list[Duty]:
    with scope.system("a test reads what is owed"):
        return list(Duty.objects.filter(kind=kind).order_by("pk"))


def _state(area: SweepArea) -> str:
    with scope.system("a test looks"):
        area.refresh_from_db()
    return area.state


def _check(player: Player, area: SweepArea, **said: str) -> SweepReport:
    actor = player.actor
    with scope.enter(scope.of_actor(actor)):
        return services.check_report(actor=actor, at=clock.now() + 2 * HOUR, area=area, **said)


@pytest.mark.slow
@pytest.mark.rule("P2-26")
def test_neither_another_township_nor_the_county_nor_who_swept_passes_a_villages_report(
    cast: "Cast", seen_as: "Seen"
) -> None:
    area = sweeps.a_waiting_village(cast)
    neighbour = _another_township()
    for player, why in (
        (neighbour, "它所在的镇街"),
        (cast.section_head, "它所在的镇街"),
        (sweeps.a_grid_worker(), "自己排查"),
    ):
        with pytest.raises(services.SweepRefused, match=why):
            _check(player, area)
    with seen_as(neighbour):
        assert not SweepArea.objects.filter(pk=area.pk).exists()
    with seen_as(cast.section_head), pytest.raises(services.SweepRefused, match="镇街还在查看"):
        services.accept_report(
            actor=cast.section_head.actor, at=clock.now() + 2 * HOUR, area=area, word="看过"
        )
    assert _state(area) == "checking"


@pytest.mark.rule("P2-26")
def test_a_township_officer_who_walked_along_does_not_pass_the_report(cast: "Cast") -> None:
    builders.a_plan("P2", BUREAU)
    area, actor = sweeps.a_village(cast), sweeps.a_grid_worker().actor
    with scope.enter(scope.of_actor(actor)):
        services.begin_area(actor=actor, at=EVENING, area=area)
        services.hand_in(actor=actor, at=EVENING + HOUR, area=area, lookers="龙网格员、陆干事")
    with pytest.raises(services.SweepRefused, match="自己排查"):
        _check(cast.township, area, word="看过")
    page = cast.township.browser().get(reverse("patrols:area", args=[area.public_id]))
    assert "请同事查看" in page.content.decode()
    assert reverse("patrols:area_check", args=[area.public_id]) not in page.content.decode()
    _check(_of(TOWNSHIP, "蒙主任"), area, word="看过")


@pytest.mark.rule("P2-26")
@pytest.mark.slow
def test_a_village_report_counts_only_once_its_township_looked_at_it(cast: "Cast") -> None:
    area = sweeps.a_waiting_village(cast)
    (duty,) = _duties()
    assert (duty.owner_org, duty.escalate_to_org) == (TOWNSHIP, BUREAU)
    assert duty.due_at == EVENING + HOUR + DAY
    assert "P2-26" in duty.basis
    assert "督导村居" in duty.basis
    with scope.system("a test counts"):
        rows = SweepArea.objects.select_related("sweep").filter(parent=area.parent_id)
        done = selectors.completion_of(selectors.lines_of(rows, EVENING + HOUR))
        assert (done.checking, done.reported, done.share) == (1, 0, 0.0)
    report = _check(cast.township, area, spot="老桥下，没有人")
    assert (report.checked_by, report.spot) == ("陆干事", "老桥下，没有人")
    assert (report.verdict, _state(area)) == ("", "reported")
    assert [(one.state, one.done_by) for one in _duties()] == [("done", "陆干事")]
    with scope.system("a test counts"):
        done = selectors.completion_of(selectors.lines_of(rows.all(), EVENING + HOUR))
        assert (done.checking, done.reported, done.share) == (0, 1, 0.5)
    actor = cast.section_head.actor
    with scope.enter(scope.of_actor(actor)):
        services.accept_report(actor=actor, at=EVENING + 3 * HOUR, area=area)
    assert _state(area) == "accepted"


@pytest.mark.slow
@pytest.mark.rule("P2-26")
def test_a_village_report_sent_back_is_owed_again_and_its_words_are_kept(
    cast: "Cast", seen_as: "Seen"
) -> None:
    area, actor = sweeps.a_waiting_village(cast), cast.township.actor
    with seen_as(cast.township):
        with pytest.raises(services.SweepRefused, match="为什么"):
            services.return_report(actor=actor, at=EVENING + 2 * HOUR, area=area, word=" ")
        services.return_report(
            actor=actor, at=EVENING + 2 * HOUR, area=area, word="砖厂没有看", spot="砖厂有被褥"
        )
    assert _state(area) == "sent_back"
    assert _duties()[0].state == "done"
    assert [one.state for one in _duties("sweep.report")].count("open") == 2
    with clock.frozen(EVENING + 3 * HOUR):
        sweeps.reports(sweeps.a_grid_worker(), area, 4)
        assert [one.state for one in _duties()] == ["done", "open"]
        _check(cast.township, area, word="已补看")
    with scope.system("a test looks"):
        first, second = SweepReport.objects.filter(area=area).order_by("number")
    assert (first.verdict, first.word, first.spot) == ("sent_back", "砖厂没有看", "砖厂有被褥")
    assert (second.verdict, second.check_word, first.judged_by) == ("", "已补看", "陆干事")


@pytest.mark.rule("P2-26")
def test_a_doubtful_village_report_is_passed_only_with_a_word(cast: "Cast") -> None:
    area = sweeps.a_waiting_village(cast, 0)
    with pytest.raises(services.SweepRefused, match="疑点"):
        _check(cast.township, area)
    assert _check(cast.township, area, word="村里没有这类地方").check_word


@pytest.mark.rule("P2-26")
@pytest.mark.slow
def test_a_report_nobody_looked_at_goes_up_and_the_orderer_may_judge_it_with_a_word(
    cast: "Cast", seen_as: "Seen"
) -> None:
    area, actor = sweeps.a_waiting_village(cast), cast.section_head.actor
    late = EVENING + 2 * DAY
    with scope.system("a test lets the time pass"):
        assert operations.escalate_due(at=late) >= 2
        assert [one.name for one in supervision.waiting_late(COUNTY, late)] == [area.name]
        (measure,) = [one for one in vague.measures(COUNTY, late) if one.key == "supervise"]
    assert _duties()[0].escalation > 0
    assert measure.said_by == ("P2-26",)
    assert measure.is_broken
    assert [lack.name for lack in measure.lacks] == ["三棵树镇 南花村", "大十字街道"]
    assert (measure.figures[0].number, measure.figures[0].status) == (1440, "unverified")
    with seen_as(cast.section_head):
        with pytest.raises(services.SweepRefused, match="没有查看过"):
            services.accept_report(actor=actor, at=late, area=area)
        services.accept_report(actor=actor, at=late, area=area, word="电话问过村里")
    assert _state(area) == "accepted"
    (duty,) = _duties()
    assert (duty.state, duty.cancel_reason) == ("cancelled", "镇街没有在期限内查看，由布置单位审核")


@pytest.mark.rule("P2-26")
@pytest.mark.slow
def test_without_a_plan_that_supervises_a_village_report_counts_at_once(cast: "Cast") -> None:
    builders.a_season()
    area = sweeps.reports(sweeps.a_grid_worker(), sweeps.a_village(cast))
    assert (_state(area), area.check_org, _duties()) == ("reported", "", [])
    with scope.system("a test asks"):
        (measure,) = [one for one in vague.measures(COUNTY, EVENING) if one.key == "supervise"]
    assert measure.said_by == ()


@pytest.mark.rule("P2-26")
def test_the_town_itself_and_a_town_without_an_office_wait_for_nobody(cast: "Cast") -> None:
    builders.a_plan("P2", BUREAU)
    area = sweeps.reports(cast.township, sweeps.an_area(cast))
    assert _state(area) == "reported"
    Organisation.objects.filter(code=TOWNSHIP).update(is_active=False)
    with scope.system("a test asks"):
        village = SweepArea(division_code=sweeps.VILLAGE)
        assert supervision.supervision_of(village, EVENING) is None
        Organisation.objects.filter(code=TOWNSHIP).update(is_active=True)
        assert supervision.supervision_of(village, EVENING) is not None


@pytest.mark.rule("P2-26")
def test_a_township_that_ordered_the_sweep_accepts_with_its_look(cast: "Cast") -> None:
    builders.a_plan("P2", BUREAU)
    sweeps.the_villages()
    worker, actor = sweeps.a_grid_worker(), cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        order = services.Order(
            division=Division.objects.get(code=sweeps.VILLAGE), name="南花村回头看",
            due_at=EVENING + 3 * DAY, kinds=sweeps.KINDS, reason="回头看",
        )  # fmt: skip
        area = services.order_sweep(actor=actor, at=EVENING, order=order).areas.get()
        services.assign_area(actor=actor, at=EVENING, area=area, org_code="", looker=worker.account)
    sweeps.reports(worker, area)
    assert _duties()[0].escalate_to_org == ""
    report = _check(cast.township, area, word="与走访相符")
    assert (report.verdict, report.word, _state(area)) == ("accepted", "与走访相符", "accepted")


def test_a_sweep_that_ends_takes_back_what_a_township_still_owes(
    cast: "Cast", seen_as: "Seen"
) -> None:
    area, actor = sweeps.a_waiting_village(cast), cast.section_head.actor
    with seen_as(cast.section_head):
        services.close_sweep(actor=actor, at=EVENING + 2 * HOUR, sweep=area.sweep, reason="并入")
    assert _duties()[0].state == "cancelled"
    with pytest.raises(services.SweepRefused, match="没有等着"):
        _check(cast.township, area)


@pytest.mark.slow
def test_a_village_given_to_the_station_is_still_looked_at_by_its_township(cast: "Cast") -> None:
    builders.a_plan("P2", BUREAU)
    area, actor = sweeps.a_village(cast), cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        handover = services.hand_over_area(
            actor=actor, at=EVENING, area=area, to_org=STATION, purpose="在站辖区"
        )
    with scope.enter(scope.of_actor(cast.dispatcher.actor)):
        operations.accept_handover(actor=cast.dispatcher.actor, at=EVENING, handover=handover)
    area.refresh_from_db()
    sweeps.reports(cast.patroller, area)
    assert (area.owner_org, _duties()[0].owner_org) == (STATION, TOWNSHIP)
    _check(cast.township, area)
    assert _state(area) == "reported"


@pytest.mark.parametrize(
    ("state", "due", "may"),
    [
        ("reported", None, True),
        ("checking", HOUR, False),
        ("checking", timedelta(0), False),
        ("checking", -HOUR, True),
        ("under_way", -HOUR, False),
        ("accepted", -HOUR, False),
    ],
)
def test_an_orderer_judges_what_was_looked_at_or_what_waits_too_long(
    state: str, due: timedelta | None, *, may: bool
) -> None:
    assert may_be_judged(state, None if due is None else EVENING + due, EVENING) is may


def test_a_name_is_found_among_those_who_looked_whatever_parts_them() -> None:
    for text in ("陆干事、杨某", "杨某 陆干事", "杨某，陆干事", "杨某/陆干事;吴某"):
        assert looked_over_by("陆干事", text)
    assert not looked_over_by("陆干", "陆干事、杨某", "龙网格员")


def test_what_waits_for_a_township_is_counted_apart() -> None:
    rows = [("checking", False, True), ("reported", False, False), ("accepted", False, False)]
    done = completion(rows)
    assert (done.total, done.checking, done.reported, done.accepted) == (3, 1, 1, 1)
    assert (done.doubtful, done.is_complete) == (1, False)


@given(states=st.lists(st.sampled_from([*SweepArea.State.values]), max_size=12))
def test_a_report_that_waits_never_counts_and_always_keeps_a_sweep_from_being_complete(
    states: list[str],
) -> None:
    before = completion((state, False, False) for state in states)
    looked_at = ["reported" if state == "checking" else state for state in states]
    after = completion((state, False, False) for state in looked_at)
    assert (before.total, before.accepted) == (after.total, after.accepted)
    assert before.checking + before.reported == after.reported
    assert before.share <= after.share
    assert not (before.checking and before.is_complete)
