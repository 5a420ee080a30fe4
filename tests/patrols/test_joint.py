"""Joint patrols and the weight on nights, beginning with who may not touch the roster."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404
from django.urls import reverse

from nuantu.core import clock, journal, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations import services as operations
from nuantu.operations.models import Team
from nuantu.patrols import access, services
from nuantu.patrols.models import JointPartner, PatrolRoute, PatrolStop, PatrolWeek, RunPartner
from nuantu.patrols.rules.joint import NightShare, Turnout, absent
from nuantu.patrols.selectors.asking import crews_of
from nuantu.patrols.selectors.joint import departments_of_week, night_shares
from nuantu.planbook import files
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import BUREAU, COUNTY, STATION, TOWN
from tests.patrols import joint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 12, 14)
TUESDAY = datetime(2026, 12, 15, 4, tzinfo=UTC)


def _approved(cast: "Cast", week: PatrolWeek) -> PatrolWeek:
    actor = cast.leader.actor
    with scope.enter(scope.of_actor(actor)):
        return services.approve(actor=actor, at=EVENING, week=week, reason="照旧")


def _published(cast: "Cast", week: PatrolWeek, reason: str = "") -> PatrolWeek:
    actor = cast.leader.actor
    with scope.enter(scope.of_actor(actor)):
        return services.publish(actor=actor, at=EVENING, week=week, reason=reason)


def _agreed(cast: "Cast", week: PatrolWeek, *departments: str) -> None:
    actor = cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)):
        for code in departments:
            services.consent(
                actor=actor, at=EVENING, week=week, department=code, person="王某某（化名）"
            )


def test_another_county_neither_sees_nor_ends_a_line_of_the_roster(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek
) -> None:
    row = joint.a_partner(cast)
    for player in (cast.outsider, cast.other_patroller):
        with seen_as(player):
            assert not JointPartner.objects.exists()
            with pytest.raises(Http404):
                access.partner_for(player.actor, row.public_id)
    with seen_as(cast.patroller):
        assert JointPartner.objects.get() == row


@pytest.mark.parametrize(
    "changes",
    [{"unit": " "}, {"person": ""}, {"until_day": date(2026, 11, 30)}, {"department": "x"}],
)
def test_a_line_without_who_comes_or_with_days_the_wrong_way_is_refused(
    cast: "Cast", week: PatrolWeek, changes: dict[str, Any]
) -> None:
    said = {"department": "police"} | changes
    with pytest.raises(services.PartnerRefused):
        joint.a_partner(cast, **said)


@pytest.mark.parametrize(
    ("turnout", "half", "is_out"),
    [
        (Turnout((), "both", MONDAY), 0, True),
        (Turnout((), "night", MONDAY), 0, False),
        (Turnout((), "night", MONDAY), 1, True),
        (Turnout((1,), "both", MONDAY), 1, False),
        (Turnout((1,), "both", MONDAY), 3, True),
        (Turnout((), "both", MONDAY + timedelta(1)), 1, False),
        (Turnout((), "both", MONDAY, MONDAY), 2, False),
    ],
)
def test_a_partner_is_out_on_his_days_and_in_his_half(
    turnout: Turnout,
    half: int,
    is_out: bool,
) -> None:
    assert turnout.is_out(MONDAY, half) is is_out


def test_civil_affairs_itself_is_nobodys_partner() -> None:
    assert absent(["civil_affairs", "police", "police"], ()) == ["police"]
    assert absent(["police"], ("police",)) == []


def test_the_schedule_of_the_season_names_who_goes_along_by_the_roster(
    cast: "Cast", week: PatrolWeek
) -> None:
    joint.a_partner(cast)
    for page in ("season", "print"):
        where = [week.public_id] if page == "print" else []
        url = reverse(f"patrols:{page}", args=where)
        assert "三棵树派出所" in cast.dispatcher.browser().get(url).content.decode(), page


def test_a_line_entered_twice_stands_once(cast: "Cast", week: PatrolWeek) -> None:
    joint.a_partner(cast)
    with pytest.raises(services.PartnerRefused):
        joint.a_partner(cast)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, True), ({"weekdays": [0]}, False), ({"part": "day"}, False), ({"department": "health"}, False)],
)  # fmt: skip
def test_a_team_that_the_police_accompanies_every_time_may_go_where_police_must_be(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek, changes: dict[str, Any], expected: bool
) -> None:
    said = {"department": "police"} | changes
    joint.a_partner(cast, **said)
    team = Team.objects.get(name="夜巡一队")
    with seen_as(cast.dispatcher):
        crews = {crew.id: crew.has_police for crew in crews_of(COUNTY, MONDAY, EVENING)}
    assert crews[str(team.public_id)] == expected


def _halves(week: PatrolWeek) -> list[int]:
    """The halves of the week in which 夜巡一队 goes out."""
    with scope.system("a test looks"):
        rows = PatrolRoute.objects.filter(week=week, team__name="夜巡一队")
        return list(rows.values_list("half", flat=True))


def _turns(week: PatrolWeek, code: str = "police") -> int:
    found = {one.code: one.turns for one in departments_of_week(week, EVENING)}
    return found[code]


@pytest.mark.slow
def test_a_line_taken_off_stays_on_the_turns_before_and_is_gone_from_those_after(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek
) -> None:
    partner, mistake = joint.a_partner(cast), joint.a_partner(cast, "city_management")
    actor, halves = cast.dispatcher.actor, _halves(week)
    with seen_as(cast.dispatcher):
        assert _turns(week) == len(halves) > 1
        services.end_partner(actor=actor, at=TUESDAY, partner=partner)
        assert _turns(week) == len([half for half in halves if half < 2]) > 0
        services.end_partner(actor=actor, at=clock.now(), partner=mistake)
        assert _turns(week, "city_management") == 0
    with clock.frozen(TUESDAY):
        page = cast.leader.browser().get(reverse("patrols:partners")).content.decode()
    assert partner.person not in page


@pytest.mark.slow
def test_a_department_that_only_a_plan_names_can_go_along_and_agree(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek
) -> None:
    text = files.packaged_text("P14").replace("{role: police, says", "{role: hospital, says")
    operations.start_plan(actor=SYSTEM, at=EVENING, text=text, org_code=BUREAU, year=2026)
    page = cast.dispatcher.browser().get(reverse("patrols:partners")).content.decode()
    assert 'value="hospital"' in page
    joint.a_partner(cast, "hospital", unit="州医院")
    _agreed(cast, week, "hospital")
    with seen_as(cast.dispatcher):
        found = {one.code: one for one in departments_of_week(week, EVENING)}
    turns, word = found["hospital"].turns, found["hospital"].consent
    assert (turns, word) == (len(_halves(week)), "王某某（化名）")


@pytest.mark.rule("P9-29", "P1-80")
def test_a_week_is_published_with_the_departments_of_the_plan_or_with_the_reason(
    cast: "Cast", week: PatrolWeek
) -> None:
    _approved(cast, week)
    with pytest.raises(Refusal) as error:
        _published(cast, week)
    assert "公安、城管" in str(error.value)
    joint.a_partner(cast)
    joint.a_partner(cast, "city_management", unit="综合行政执法局")
    _agreed(cast, week, "police", "city_management")
    assert _published(cast, week).published_word == ""


@pytest.mark.rule("P1-80")
def test_the_police_refer_whom_they_meet_to_the_station(cast: "Cast") -> None:
    actor = cast.police.actor
    case = builders.a_case(cast, cast.police)
    with scope.enter(scope.of_actor(actor)):
        offered = operations.offer_handover(
            actor=actor, at=EVENING, subject=Subject("case", case.public_id),
            case_id=case.public_id, to_org=STATION, purpose="转介救助", division_code=TOWN,
        )  # fmt: skip
    operations.accept_handover(actor=cast.dispatcher.actor, at=EVENING, handover=offered)
    with scope.system("a test looks"):
        case.refresh_from_db()
    assert case.owner_org == STATION


@pytest.mark.rule("P1-15")
def test_a_schedule_that_is_written_together_needs_the_word_of_police_and_city_management(
    cast: "Cast", week: PatrolWeek
) -> None:
    _approved(cast, week)
    joint.a_partner(cast)
    joint.a_partner(cast, "city_management", unit="综合行政执法局")
    _agreed(cast, week, "police")
    with pytest.raises(Refusal) as error:
        _published(cast, week)
    assert "公安" not in str(error.value).split("联合巡查")[1]
    assert "城管" in str(error.value)
    published = _published(cast, week, "城管周一补会签")
    assert published.published_word == "城管周一补会签"
    line = journal.timeline(Subject("patrol_week", week.public_id)).first()
    assert line is not None
    assert line.changes["missing"] == ["城管"]


def test_a_word_given_before_the_week_was_planned_anew_counts_no_more(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek
) -> None:
    _agreed(cast, week, "police")
    with scope.system("a test plans the week anew"):
        week.planned_at = EVENING + timedelta(hours=1)
        week.save()
    with seen_as(cast.dispatcher):
        found = {one.code: one for one in departments_of_week(week, EVENING)}
    assert found["police"].consented_at is None


def test_a_word_given_before_a_stop_was_moved_by_hand_counts_no_more(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek
) -> None:
    _agreed(cast, week, "police")
    later = EVENING + timedelta(minutes=1)
    with seen_as(cast.dispatcher):
        stop = PatrolStop.objects.select_related("route__team", "route__week").get(route__half=9)
        assert {one.code for one in departments_of_week(week, later) if one.consent} == {"police"}
        target = (str(stop.route.team.public_id), 11)
        services.move_stop(actor=cast.dispatcher.actor, at=later, stop=stop, target=target)
        week.refresh_from_db()
        assert not any(one.consent for one in departments_of_week(week, later))


@pytest.mark.rule("P10-14")
@pytest.mark.parametrize(("plan", "clause"), [("P10", "P10-14"), ("P14", "P14-01")])
def test_every_plan_with_joint_patrols_asks_for_police_and_city_management(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek, plan: str, clause: str
) -> None:
    builders.a_plan(plan, BUREAU)
    with seen_as(cast.dispatcher):
        found = [one.code for one in departments_of_week(week, EVENING)]
    assert found[:2] == ["police", "city_management"]
    assert clause


@pytest.mark.rule("S1-37")
@pytest.mark.parametrize(
    ("monday", "asked"),
    [
        (date(2026, 7, 20), ["police", "city_management"]),
        (date(2026, 9, 28), ["police", "city_management"]),
        (date(2026, 10, 5), []),
    ],
)
def test_the_summer_plan_sends_police_and_city_management_along_until_the_end_of_september(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek, monday: date, asked: list[str]
) -> None:
    begins = EVENING.replace(month=7)
    builders.a_plan("S1", BUREAU, begins)
    week.first_day = monday
    with seen_as(cast.dispatcher):
        found = departments_of_week(week, begins)
    assert [one.code for one in found if one.is_missing] == asked


@pytest.mark.slow
@pytest.mark.rule("P14-01")
def test_the_sheet_and_the_phone_name_who_goes_along_and_the_team_says_who_came(
    cast: "Cast",
) -> None:
    run = builders.a_patrol_run(cast)
    partner = joint.a_partner(cast)
    with scope.system("a test looks"):
        week = PatrolWeek.objects.get()
        assert PatrolRoute.objects.filter(week=week).exists()
    sheet = cast.leader.browser().get(reverse("patrols:print", args=[week.public_id]))
    assert "三棵树派出所" in sheet.content.decode()
    with clock.frozen(PATROL):
        team = cast.patroller.browser()
        assert "三棵树派出所" in team.get(reverse("patrols:mine")).content.decode()
        url = reverse("patrols:partner_came", args=[run.public_id, partner.public_id])
        assert "请选择到了还是没有来" in team.post(url, follow=True).content.decode()
        page = team.post(url, {"came": "no"}, follow=True).content.decode()
    assert "没有来" in page
    with scope.system("a test looks"):
        assert RunPartner.objects.get(run=run).has_come is False
    seen = cast.leader.browser().get(reverse("patrols:run", args=[run.public_id]))
    assert "没有来" in seen.content.decode()


@pytest.mark.parametrize(
    ("by_night", "total", "short"), [(0, 0, False), (2, 4, False), (1, 3, True)]
)
def test_the_share_of_the_night_is_short_below_what_is_asked(
    by_night: int,
    total: int,
    short: bool,
) -> None:
    assert NightShare("P9-04", "夜间", by_night, total, 0.5).is_short is short


@pytest.mark.rule("P2-14")
def test_the_night_weighs_in_every_plan_that_says_so(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek
) -> None:
    builders.a_plan("P2", BUREAU)
    with seen_as(cast.leader):
        PatrolRoute.objects.filter(week=week).exclude(half=1).delete()
        PatrolRoute.objects.filter(week=week).update(half=0)
        short = [one.source.split()[-1] for one in night_shares(week, EVENING) if one.is_short]
        assert "P2-14" in short
        with pytest.raises(Refusal):
            services.approve(actor=cast.leader.actor, at=EVENING, week=week)


@pytest.mark.rule("P9-04", "P1-17")
def test_a_week_with_too_few_visits_by_night_is_approved_for_a_reason_only(
    cast: "Cast", seen_as: "Seen", week: PatrolWeek
) -> None:
    with seen_as(cast.leader):
        assert {one.by_night for one in night_shares(week, EVENING)} == {3}
        for half, by_day in ((1, 0), (5, 4)):
            PatrolRoute.objects.filter(week=week, half=half).update(half=by_day)
        found = {one.source.split()[-1]: one for one in night_shares(week, EVENING)}
        assert {name for name, one in found.items() if one.is_short} >= {"P1-17", "P9-04"}
        with pytest.raises(Refusal) as error:
            services.approve(actor=cast.leader.actor, at=EVENING, week=week)
        assert error.value.field == "reason"
        assert "33%" in str(error.value)
        done = services.approve(
            actor=cast.leader.actor, at=EVENING, week=week, reason="夜班队员生病"
        )
        assert done.approved_word == "夜班队员生病"
