"""What the desk enters for a team, beginning with who is refused: stops by word, tracks, vehicles."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRun, PatrolTrack, PatrolVisit
from nuantu.patrols.rules import track as tracks
from nuantu.patrols.rules.gpx import Mark, gpx
from nuantu.patrols.rules.register import Fix, Limits
from nuantu.patrols.selectors.tracks import track_pages, vehicles
from nuantu.patrols.services.desk import Said
from tests import builders
from tests.builders import PATROL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast

pytestmark = pytest.mark.django_db
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><gpx><trkpt>&b;</trkpt></gpx>'


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> "Iterator[None]":
    with clock.frozen(PATROL):
        yield


TOLD = Said("nobody", "杨二，电话", PATROL, PATROL + timedelta(minutes=6))


def _later() -> datetime:
    return PATROL + timedelta(minutes=30)


def _file(marks: list[Mark] | None = None, text: str = "") -> SimpleUploadedFile:
    content = text or gpx("一队", [], [], marks or [])
    return SimpleUploadedFile("一队.gpx", content.encode())


def _track(visit: PatrolVisit, *, off: float = 0.0) -> list[Mark]:
    """To the bridge in five minutes, there for five, and five minutes back."""
    found = []
    for minute in range(16):
        away = 0.02 * (max(0, 5 - minute) / 5 + max(0, minute - 10) / 5)
        lat, lon = (visit.lat or 0) + away, (visit.lon or 0) + off
        found.append(Mark(lat, lon, PATROL + timedelta(minutes=minute)))
    return found


def _visit(run: PatrolRun) -> PatrolVisit:
    with scope.system("a test looks"):
        return PatrolVisit.objects.select_related("run").get(run=run)


def test_a_team_may_not_enter_as_the_desk_nor_another_county(cast: "Cast") -> None:
    visit = builders.a_patrol_visit(cast)
    url = reverse("patrols:visit_enter", args=[visit.public_id])
    assert cast.patroller.browser().get(url).status_code == 403
    assert cast.outsider.browser().get(url).status_code == 404


def test_the_desk_enters_a_stop_and_the_register_says_so(cast: "Cast") -> None:
    visit = _visit(builders.a_patrol_run(cast))
    browser = cast.dispatcher.browser()
    url = reverse("patrols:visit_enter", args=[visit.public_id])
    data = {"told_by": "杨二，电话 20:40", "outcome": "nobody", "count": 0, "note": "",
            "arrived_at": "2026-12-14T20:20", "left_at": "2026-12-14T20:28"}  # fmt: skip
    assert browser.post(url, {**data, "told_by": ""}).status_code == 422
    assert browser.post(url, data).status_code == 302
    found = _visit(visit.run)
    assert (found.state, found.told_by, found.recorded_by) == (
        "nobody", "杨二，电话 20:40", cast.dispatcher.actor.name,
    )  # fmt: skip
    page = browser.get(reverse("patrols:run", args=[visit.run.public_id])).content.decode()
    assert "站里代记" in page
    assert "杨二，电话 20:40" in page


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"told_by": " "}, "谁告诉"),
        ({"left_at": PATROL - timedelta(minutes=1)}, "到达在前"),
        ({"left_at": PATROL + timedelta(hours=2)}, "还没有到"),
        ({"outcome": "met"}, "几人"),
        ({"outcome": "skipped"}, "为什么不去"),
    ],
)
def test_what_cannot_be_is_not_entered_for_a_team(
    cast: "Cast", more: dict[str, Any], word: str
) -> None:
    visit, actor = _visit(builders.a_patrol_run(cast)), cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)), pytest.raises(services.RunRefused, match=word):
        services.enter_for_team(actor=actor, at=_later(), visit=visit, said=replace(TOLD, **more))


def test_what_a_team_recorded_itself_is_not_overwritten(cast: "Cast") -> None:
    visit, actor = builders.a_patrol_visit(cast), cast.dispatcher.actor
    with scope.enter(scope.of_actor(cast.patroller.actor)):
        services.nobody_here(actor=cast.patroller.actor, at=_later(), visit=visit)
    with scope.enter(scope.of_actor(actor)), pytest.raises(services.RunRefused, match="自己"):
        services.enter_for_team(actor=actor, at=_later(), visit=visit, said=TOLD)


def test_a_track_is_set_against_the_stops_and_the_way(cast: "Cast") -> None:
    visit, actor = _visit(builders.a_patrol_run(cast)), cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)):
        services.load_track(actor=actor, at=_later(), run=visit.run, upload=_file(_track(visit)))
        with pytest.raises(services.RunRefused, match="已经导入"):
            services.load_track(
                actor=actor, at=_later(), run=visit.run, upload=_file(_track(visit))
            )
        (page,) = track_pages(PatrolRun.objects.select_related("team").get(pk=visit.run.pk), PATROL)
    line = page.lines[0]
    assert line.is_near
    assert line.match.arrived_at == PATROL + timedelta(minutes=5)
    assert line.dwell_minutes == 5
    browser = cast.dispatcher.browser()
    assert (
        "轨迹到达"
        in browser.get(reverse("patrols:run", args=[visit.run.public_id])).content.decode()
    )
    lines = browser.get(reverse("patrols:run_ways", args=[visit.run.public_id])).json()["features"]
    assert [item["properties"]["mark"] for item in lines][-1] == "G"


def test_a_position_that_jumps_away_and_back_is_neither_driven_nor_drawn_nor_near_a_stop(
    cast: "Cast",
) -> None:
    visit, actor = _visit(builders.a_patrol_run(cast)), cast.dispatcher.actor
    marks = _track(visit)
    north = [replace(one, lat=one.lat + 0.05) for one in marks]
    north[3] = replace(north[3], lat=marks[8].lat)  # one point at the bridge, where nobody was
    with scope.enter(scope.of_actor(actor)):
        services.load_track(actor=actor, at=_later(), run=visit.run, upload=_file(north))
        (page,) = track_pages(PatrolRun.objects.select_related("team").get(pk=visit.run.pk), PATROL)
    assert (page.track.jump_count, page.left_out) == (2, 1)
    assert not page.lines[0].is_near
    assert page.metres == pytest.approx(4448, abs=2), "two kilometres there and two back"
    browser = cast.dispatcher.browser()
    drawn = browser.get(reverse("patrols:run_ways", args=[visit.run.public_id])).json()["features"]
    assert len(drawn[-1]["geometry"]["coordinates"]) == len(marks) - 1
    url = reverse("patrols:run", args=[visit.run.public_id])
    assert "1 个点没有算进去" in browser.get(url).content.decode()


def test_a_track_that_goes_on_where_it_jumped_to_is_left_as_it_is() -> None:
    limits = Limits(zero_dwell_min=1, far_metres=300, jump_metres=2000, most_kmh=120)
    fixes = [
        Fix(PATROL + timedelta(minutes=minute), (26.5 + (0.05 if minute > 4 else 0.0), 108.0))
        for minute in range(10)
    ]
    assert tracks.without_spikes(fixes, limits) == fixes
    assert tracks.without_spikes(fixes[:6], limits) == fixes[:6], "the last point may be right"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (BOMB.decode(), "声明"),
        ("<gpx><trk><trkseg><trkpt lat='26' lon=", "不是能读"),
        ("not xml at all", "不是能读"),
        ("<gpx/>", "没有轨迹点"),
        ("<gpx><trkpt lat='26' lon='108'/><trkpt lat='26' lon='108'/></gpx>", "没有时间"),
        ("<gpx><trkpt lat='96' lon='108'/></gpx>", "不存在"),
        ("<gpx>" + "".join(
            f"<trkpt lat='26' lon='108'><time>2026-12-14T12:{m:02}:00Z</time></trkpt>"
            for m in (30, 20)) + "</gpx>", "颠倒"),
        ("<gpx>" + "".join(
            f"<trkpt lat='26' lon='108'><time>2025-12-14T12:{m:02}:00Z</time></trkpt>"
            for m in (20, 30)) + "</gpx>", "不在这次"),
    ],
)  # fmt: skip
def test_a_track_that_cannot_be_is_refused_with_a_clear_word(
    cast: "Cast", text: str, word: str
) -> None:
    run, actor = builders.a_patrol_run(cast), cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)), pytest.raises(services.RunRefused, match=word):
        services.load_track(actor=actor, at=PATROL, run=run, upload=_file(text=text))
    with scope.system("a test looks"):
        assert not PatrolTrack.objects.exists()


def test_a_huge_track_is_refused_before_it_is_read() -> None:
    with pytest.raises(tracks.TrackUnreadable, match="huge"):
        tracks.read_track(b"x" * 11, 10, 100)
    many = gpx("x", [], [], [Mark(26, 108, PATROL)] * 4).encode()
    with pytest.raises(tracks.TrackUnreadable, match="huge"):
        tracks.read_track(many, 10_000, 3)


def test_the_vehicle_log_sums_a_vehicle_in_its_month(cast: "Cast") -> None:
    run, actor = builders.a_patrol_run(cast, km_out=100), cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        services.finish_run(
            actor=actor, at=PATROL + timedelta(hours=2), run=run, skip_reason="封路", km_in=131
        )
    with scope.system("a test looks"):
        (vehicle,) = vehicles(PatrolRun.objects.all(), PATROL.date())
        assert vehicles(PatrolRun.objects.all(), PATROL.date() + timedelta(days=40)) == []
    assert (vehicle.plate, vehicle.kilometres, vehicle.hours) == ("贵H12345", 31, 2.0)
    page = cast.leader.browser().get(f"{reverse('patrols:vehicles')}?month=2026-12")
    assert "贵H12345" in page.content.decode()
