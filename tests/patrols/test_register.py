"""What a team walked and found, as it enters the register, beginning with who sees nothing."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core import clock, files, journal, scope, typed
from nuantu.core.erasure import erase_case
from nuantu.core.ids import new_id
from nuantu.core.models import JournalEntry, RowHistory
from nuantu.core.subjects import Subject
from nuantu.core.vault import KeyDestroyed
from nuantu.patrols import services
from nuantu.patrols.models import PatrolPhoto, PatrolRoute, PatrolRun, PatrolVisit, PatrolWeek
from nuantu.patrols.rules.register import Check
from nuantu.places.rules.told import Told
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import COUNTY, STATION
from tests.encounters.conftest import photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
SOON = PATROL + timedelta(minutes=6)
SOUTH = Told(26.5742, 107.9781, 10)


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> Any:
    with clock.frozen(PATROL):
        yield


def _visit(run: PatrolRun) -> PatrolVisit:
    return PatrolVisit.objects.select_related("run", "key_location").get(run=run)


def test_other_places_see_nothing_of_a_run(cast: "Cast", seen_as: "Seen") -> None:
    builders.a_patrol_visit(cast)
    for player in (cast.outsider, cast.other_patroller, cast.police):
        with seen_as(player):
            assert not PatrolRun.objects.exists()
            assert not PatrolVisit.objects.exists()
    for player in (cast.patroller, cast.section_head, cast.office):
        with seen_as(player):
            assert PatrolVisit.objects.count() == 1


def test_a_route_that_is_not_published_cannot_be_walked(cast: "Cast", seen_as: "Seen") -> None:
    route = builders.a_patrol_route(cast)
    with seen_as(cast.leader):
        services.take_back(actor=cast.leader.actor, at=EVENING, week=route.week, reason="改")
        route.refresh_from_db()
    with seen_as(cast.patroller), pytest.raises(services.RunRefused, match="没有下发"):
        services.begin_run(actor=cast.patroller.actor, at=PATROL, route=route, crew="杨二")


def test_nobody_sets_out_hours_before_the_time(cast: "Cast", seen_as: "Seen") -> None:
    route = builders.a_patrol_route(cast)
    with seen_as(cast.patroller), pytest.raises(services.RunRefused, match="还没有到"):
        services.begin_run(
            actor=cast.patroller.actor,
            at=route.leaves_at - timedelta(minutes=121),
            route=route,
            crew="杨二",
        )


def test_begin_pressed_twice_is_one_run_with_the_stops_of_its_route(
    cast: "Cast", seen_as: "Seen"
) -> None:
    run = builders.a_patrol_run(cast, km_out=51200)
    with seen_as(cast.patroller):
        route = PatrolRoute.objects.select_related("week", "team").get(half=1)
        again = services.begin_run(actor=cast.patroller.actor, at=SOON, route=route, crew="别人")
        assert (again.pk, again.crew, again.km_out) == (run.pk, "杨二、龙海", 51200)
        visit = _visit(run)
    assert visit.place == "南桥桥洞"
    assert visit.planned_at is not None
    assert visit.is_promised


def test_a_week_planned_anew_takes_nothing_out_of_the_register(
    cast: "Cast", seen_as: "Seen"
) -> None:
    run = builders.a_patrol_run(cast)
    with seen_as(cast.leader):
        week = PatrolWeek.objects.get()
        services.take_back(actor=cast.leader.actor, at=PATROL, week=week, reason="车坏了")
        PatrolRoute.objects.filter(week=week).delete()
        assert PatrolVisit.objects.filter(run=run, place="南桥桥洞").exists()


@pytest.mark.slow
def test_nobody_here_is_an_entry_with_its_times_and_who_wrote_it(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        for _twice in range(2):
            visit = services.nobody_here(
                actor=cast.patroller.actor, at=SOON, visit=visit, note="只有纸板"
            )
        (line, *_) = journal.timeline(Subject("patrol_run", visit.run.public_id))
    assert (visit.state, visit.people_count, visit.doubts) == ("nobody", 0, [])
    assert visit.dwell == timedelta(minutes=6)
    assert visit.recorded_by == "杨二"
    assert line.verb == "patrols.visit.nobody"


def test_a_zero_finding_within_a_minute_is_doubted_and_still_kept(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        visit = services.nobody_here(
            actor=cast.patroller.actor, at=PATROL + timedelta(seconds=20), visit=visit
        )
    assert (visit.state, visit.doubts) == ("nobody", ["quick"])


@pytest.mark.parametrize(
    ("told", "doubts"),
    [
        (Told(), []),
        (Told(91, 107.97), []),
        (Told(26.58, 107.99, None), ["far"]),
        (Told(26.58, 107.99, 60_000), []),
    ],
)
def test_a_phone_far_from_the_stop_is_doubted_as_far_as_it_is_exact(
    cast: "Cast", seen_as: "Seen", told: Told, doubts: list[str]
) -> None:
    run = builders.a_patrol_run(cast)
    with seen_as(cast.patroller):
        visit = _visit(run)
        visit = services.arrive(actor=cast.patroller.actor, at=PATROL, visit=visit, told=told)
    assert visit.state == "arrived"
    assert visit.doubts == doubts


@pytest.mark.slow
def test_a_position_that_jumps_two_kilometres_in_a_minute_is_flagged_and_not_built_on(
    cast: "Cast", seen_as: "Seen"
) -> None:
    run = builders.a_patrol_run(cast)
    actor = cast.patroller.actor
    places = [
        (0, Told(26.5600, 108.0600)),
        (1, Told(26.5800, 108.0600)),
        (9, Told(26.5610, 108.06)),
    ]
    found = []
    with seen_as(cast.patroller):
        services.pass_by(actor=actor, at=PATROL, visit=_visit(run), reason="封路")
        for minutes, told in places:
            at = PATROL + timedelta(minutes=minutes)
            with scope.system("a test plans a stop"):
                visit = PatrolVisit.objects.create(
                    run=run, number=10 + minutes, place="路口", planned_at=at
                )
            visit = services.arrive(actor=actor, at=at, visit=visit, told=told)
            visit = services.nobody_here(actor=actor, at=at, visit=visit)
            found.append("jump" in visit.doubts)
    assert found == [False, True, False]


def test_people_are_counted_and_a_contact_of_a_package_above_is_named(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    actor = cast.patroller.actor
    subject = Subject("encounter", new_id())
    with seen_as(cast.patroller):
        for _twice in range(2):
            services.note_contact(
                actor=actor, at=SOON, visit=visit, contact=subject, case_id=new_id()
            )
        with pytest.raises(services.RunRefused, match="不能记为没有人"):
            services.nobody_here(actor=actor, at=SOON, visit=visit)
        with pytest.raises(services.RunRefused, match="至少 1 人"):
            services.met_people(actor=actor, at=SOON, visit=visit, count=0)
        visit = services.met_people(actor=actor, at=SOON, visit=visit, count=2)
    assert (visit.state, visit.people_count, visit.contacts.count()) == ("met", 2, 1)


def test_a_stop_is_passed_by_only_for_a_reason_and_may_be_visited_later(
    cast: "Cast", seen_as: "Seen"
) -> None:
    run = builders.a_patrol_run(cast)
    actor = cast.patroller.actor
    with seen_as(cast.patroller):
        visit = _visit(run)
        with pytest.raises(services.RunRefused, match="为什么"):
            services.pass_by(actor=actor, at=PATROL, visit=visit, reason=" ")
        visit = services.pass_by(actor=actor, at=PATROL, visit=visit, reason="桥面结冰")
        assert visit.state == "skipped"
        assert services.arrive(actor=actor, at=SOON, visit=visit).state == "arrived"


def test_one_stop_at_a_time_and_a_result_only_after_arrival(cast: "Cast", seen_as: "Seen") -> None:
    run = builders.a_patrol_run(cast)
    actor = cast.patroller.actor
    with seen_as(cast.patroller):
        with pytest.raises(services.RunRefused, match="请先按“到达”"):
            services.nobody_here(actor=actor, at=SOON, visit=_visit(run))
        services.add_stop(actor=actor, at=SOON, run=run, place="车站北侧", told=SOUTH)
        with pytest.raises(services.RunRefused, match="车站北侧"):
            services.arrive(actor=actor, at=SOON, visit=_visit_of(run, 1))
        assert _visit_of(run, 2).planned_at is None


def _visit_of(run: PatrolRun, number: int) -> PatrolVisit:
    return PatrolVisit.objects.select_related("run").get(run=run, number=number)


@pytest.mark.slow
def test_the_page_of_a_team_that_is_out_says_for_how_long_a_stop_is_overdue(cast: "Cast") -> None:
    run = builders.a_patrol_run(cast)
    url = reverse("patrols:run", args=[run.public_id])
    with scope.system("a test looks when the stop was planned"):
        planned = _visit(run).planned_at
    assert planned is not None
    for minutes, said in ((-5, False), (52, True)):
        with clock.frozen(planned + timedelta(minutes=minutes)):
            page = cast.dispatcher.browser().get(url).content.decode()
        assert ("已过 52 分" in page) is said


@pytest.mark.slow
def test_a_result_pressed_by_mistake_is_taken_back_while_the_run_lasts(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    actor = cast.patroller.actor
    with seen_as(cast.patroller):
        visit = services.nobody_here(actor=actor, at=PATROL, visit=visit)
        visit = services.take_back_visit(actor=actor, at=SOON, visit=visit)
        assert (visit.state, visit.doubts) == ("arrived", [])
        visit = services.met_people(actor=actor, at=SOON, visit=visit, count=1)
        services.finish_run(actor=actor, at=SOON, run=visit.run)
        with pytest.raises(services.RunRefused, match="没有在进行"):
            services.take_back_visit(actor=actor, at=SOON, visit=visit)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "还有 1 站没有去"),
        ({"skip_reason": "下雪封路", "km_in": 9}, "不能小于出巡里程 10"),
        ({"skip_reason": "下雪封路", "checks": []}, "逐条"),
        ({"skip_reason": "下雪封路", "checks": [Check("必须穿反光衣", is_done=False)]}, "反光衣"),
    ],
)
def test_a_run_is_not_finished_with_a_gap_nobody_explained(
    cast: "Cast", seen_as: "Seen", given: dict[str, Any], words: str
) -> None:
    with seen_as(cast.section_head):
        services.load_checklist(
            actor=cast.section_head.actor, at=EVENING, name="六必须", lines=["必须穿反光衣"]
        )
    run = builders.a_patrol_run(cast, km_out=10)
    kept = {"checks": [Check("必须穿反光衣", is_done=True)]} | given
    with seen_as(cast.patroller), pytest.raises(services.RunRefused, match=words):
        services.finish_run(actor=cast.patroller.actor, at=SOON, run=run, **kept)


def test_a_finished_run_keeps_reasons_answers_and_kilometres(cast: "Cast", seen_as: "Seen") -> None:
    with seen_as(cast.section_head):
        services.load_checklist(
            actor=cast.section_head.actor,
            at=EVENING,
            name="六必须",
            lines=["必须穿反光衣", "必须两人同行"],
        )
    run = builders.a_patrol_run(cast, km_out=51200)
    checks = [Check("必须穿反光衣", is_done=True), Check("必须两人同行", False, "一人请假")]
    with seen_as(cast.patroller):
        run = services.finish_run(
            actor=cast.patroller.actor,
            at=SOON,
            run=run,
            checks=checks,
            skip_reason="下雪封路",
            km_in=51231,
        )
        assert _visit(run).reason == "下雪封路"
        answers = list(run.checks.values_list("is_done", "remark"))
    assert (run.state, run.kilometres) == ("finished", 31)
    assert answers == [(True, ""), (False, "一人请假")]


@pytest.mark.parametrize(
    "lines", [[], ["  "], ["甲", "甲"], ["字" * 201], [str(n) for n in range(31)]]
)
def test_a_checklist_that_cannot_be_answered_is_not_loaded(
    cast: "Cast", seen_as: "Seen", lines: list[str]
) -> None:
    with seen_as(cast.section_head), pytest.raises(services.CannotLoad):
        services.load_checklist(
            actor=cast.section_head.actor, at=EVENING, name="六必须", lines=lines
        )


def test_a_photo_is_kept_sealed_with_its_hash_and_the_day_it_may_go(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    actor = cast.patroller.actor
    with seen_as(cast.patroller):
        kept = services.add_photo(actor=actor, at=SOON, visit=visit, upload=photo())
        assert files.read_original(kept.file) != b""
        fake = SimpleUploadedFile("x.jpg", b"not a photo", content_type="image/jpeg")
        with pytest.raises(files.PhotoRefused):
            services.add_photo(actor=actor, at=SOON, visit=visit, upload=fake)
        assert PatrolPhoto.objects.count() == 1
    assert len(kept.file.original_digest) == 64
    assert kept.keep_until_date.year == 2029
    assert kept.file.owner_org == STATION


@pytest.mark.slow
def test_erasing_a_case_takes_the_words_of_the_stop_where_he_was_met(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    actor, case_id = cast.patroller.actor, new_id()
    subject = Subject("encounter", new_id())
    with seen_as(cast.patroller):
        services.note_contact(actor=actor, at=SOON, visit=visit, contact=subject, case_id=case_id)
        kept = services.add_photo(actor=actor, at=SOON, visit=visit, upload=photo())
        services.met_people(actor=actor, at=SOON, visit=visit, count=1, note="老陈睡在里面")
        services.take_back_visit(actor=actor, at=SOON, visit=visit)
        services.met_people(actor=actor, at=SOON, visit=visit, count=1)
        run = services.finish_run(actor=actor, at=SOON, run=visit.run, note="老陈明早再去看")
    erase_case(
        case_id=case_id,
        actor=cast.station_head.actor,
        at=SOON,
        reason="本人要求",
        division_code=COUNTY,
        owner_org=STATION,
    )
    with scope.system("a test looks"):
        assert "老陈" not in PatrolVisit.objects.get().note
        assert PatrolVisit.objects.get().place == "南桥桥洞", "a key location names no one"
        assert "老陈" not in PatrolRun.objects.get(pk=run.pk).note
        earlier = RowHistory.objects.filter(table_name__startswith="patrols_")
        assert earlier.exists()
        assert not any("老陈" in str(row.before) for row in earlier)
    with pytest.raises(KeyDestroyed):
        files.read_served(kept.file)
    assert cast.station_head.browser().get(f"/patrols/photos/{kept.public_id}/").status_code == 404


@pytest.mark.slow
def test_erasing_a_case_takes_the_place_that_a_team_typed(cast: "Cast", seen_as: "Seen") -> None:
    run = builders.a_patrol_run(cast)
    actor, case_id = cast.patroller.actor, new_id()
    with seen_as(cast.patroller):
        visit = services.add_stop(actor=actor, at=SOON, run=run, place="老陈住的桥洞", told=SOUTH)
        contact = Subject("encounter", new_id())
        services.note_contact(actor=actor, at=SOON, visit=visit, contact=contact, case_id=case_id)
    erase_case(
        case_id=case_id,
        actor=cast.station_head.actor,
        at=SOON,
        reason="本人要求",
        division_code=COUNTY,
        owner_org=STATION,
    )
    with scope.system("a test looks"):
        visit.refresh_from_db()
        assert visit.place == typed.GONE


@pytest.mark.slow
def test_a_gpx_export_after_an_erasure_tells_neither_the_person_nor_where_he_was_met(
    cast: "Cast", seen_as: "Seen"
) -> None:
    known = builders.a_patrol_visit(cast)
    actor, case_id, there = cast.patroller.actor, new_id(), Told(26.571234, 107.981234, 10)
    with seen_as(cast.patroller):
        services.met_people(actor=actor, at=SOON, visit=known, count=1)
        own = services.add_stop(
            actor=actor, at=SOON, run=known.run, place="老陈住的桥洞", told=there
        )
        for visit in (known, own):
            contact = Subject("encounter", new_id())
            services.note_contact(
                actor=actor, at=SOON, visit=visit, contact=contact, case_id=case_id
            )
        services.met_people(actor=actor, at=SOON, visit=own, count=1, note="老陈病了")
        services.add_photo(actor=actor, at=SOON, visit=own, upload=photo())
    url = reverse("patrols:run_track", args=[known.run.public_id])
    before = cast.leader.browser().get(url).content.decode()
    assert "老陈住的桥洞" in before
    assert 'lat="26.571234" lon="107.981234"' in before
    erase_case(
        case_id=case_id,
        actor=cast.station_head.actor,
        at=SOON,
        reason="本人要求",
        division_code=COUNTY,
        owner_org=STATION,
    )
    after = cast.leader.browser().get(url).content.decode()
    assert "南桥桥洞" in after, "what the list of key locations knows stays"
    assert "老陈" not in after
    assert "26.5712" not in after
    assert "<trkpt" not in after
    with scope.system("a test looks at earlier versions"):
        earlier = RowHistory.objects.filter(table_name="patrols_patrolvisit")
        assert not any("26.571234" in str(row.before) for row in earlier)


@pytest.mark.slow
def test_a_photo_goes_after_its_last_day_and_the_journal_proves_it(
    cast: "Cast", seen_as: "Seen", django_capture_on_commit_callbacks: "Callable[..., Any]"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        kept = services.add_photo(actor=cast.patroller.actor, at=SOON, visit=visit, upload=photo())
    file, last = kept.file, datetime.combine(kept.keep_until_date, time(12), tzinfo=UTC)
    with scope.system("the job of the night"):
        assert services.sweep_photos(at=last) == 0, "its last day is still its own"
        with django_capture_on_commit_callbacks(execute=True):
            assert services.sweep_photos(at=last + timedelta(days=1)) == 1
        assert services.sweep_photos(at=last + timedelta(days=1)) == 0
        assert not PatrolPhoto.objects.exists()
        line = JournalEntry.objects.get(verb="core.photo.delete")
        assert line.changes["digest"] == file.original_digest
        assert str(kept.keep_until_date) in line.basis
        assert not list(journal.verify())
    with pytest.raises(files.FileDamaged):
        files.read_served(file)


def test_a_route_whose_night_is_over_is_not_begun(cast: "Cast", seen_as: "Seen") -> None:
    route = builders.a_patrol_route(cast)
    actor = cast.patroller.actor
    with seen_as(cast.patroller), pytest.raises(services.RunRefused, match="已经过了"):
        services.begin_run(actor=actor, at=route.back_at, route=route, crew="杨二")
