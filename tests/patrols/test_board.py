"""The week on map and time axis, and what a move would do, beginning with who is refused."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.operations.selectors import operations_at
from nuantu.patrols import services
from nuantu.patrols.models import PatrolStop, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors import ways
from tests.builders import EVENING
from tests.cast import FAR_COUNTY, OTHER_COUNTY

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _stop(week: PatrolWeek, half: int) -> PatrolStop:
    with scope.system("a test looks"):
        return PatrolStop.objects.select_related("route__team").get(
            route__week=week, route__half=half
        )


def _try(cast: "Cast", stop: PatrolStop, half: int) -> dict[str, Any]:
    target = f"{stop.route.team.public_id}|{half}"
    url = reverse("patrols:try_move", args=[stop.public_id])
    found: dict[str, Any] = cast.dispatcher.browser().get(url, {"target": target}).json()
    return found


def test_who_may_not_plan_asks_nothing_of_a_stop(cast: "Cast", week: PatrolWeek) -> None:
    url = reverse("patrols:try_move", args=[_stop(week, 9).public_id])
    assert cast.patroller.browser().get(url).status_code == 403
    assert cast.outsider.browser().get(url).status_code == 404


def test_a_stop_over_another_shift_is_judged_and_stays_where_it_is(
    cast: "Cast", week: PatrolWeek
) -> None:
    stop = _stop(week, 9)
    near, fine, none = (_try(cast, stop, half) for half in (7, 11, 0))
    assert not near["is_allowed"]
    assert "离得太近" in near["words"]
    assert fine == {"is_allowed": True, "words": "可以移动。排不进的承诺：3 → 3"}
    assert not none["is_allowed"]
    assert _stop(week, 9).pk == stop.pk


def test_a_map_gets_one_line_for_each_route_of_the_half_asked_for(
    cast: "Cast", week: PatrolWeek
) -> None:
    browser, url = cast.dispatcher.browser(), reverse("patrols:routes", args=[week.public_id])
    counts = {}
    for half in ("1", "all", "nonsense"):
        found = browser.get(url, {"half": half}).json()["features"]
        counts[half] = [item["geometry"]["type"] for item in found].count("LineString")
    assert counts == {"1": 1, "all": 3, "nonsense": 3}


def test_twenty_four_teams_look_different_from_each_other() -> None:
    assert len({(look.style, look.dash) for look in map(ways.look, range(24))}) == 24
    assert len({ways.look(number).mark for number in range(60)}) == 60


def test_the_page_shows_the_half_that_was_asked_for_on_the_axis(
    cast: "Cast", week: PatrolWeek
) -> None:
    url = reverse("patrols:week", args=[week.public_id])
    page = cast.dispatcher.browser().get(url, {"half": "5"}).content.decode()
    assert page.count("patrol-axis__off") == 2
    assert 'data-target="' in page
    assert 'draggable="true"' in page


@pytest.mark.rule("P1-16")
def test_the_schedule_of_the_season_says_content_measures_and_who_is_responsible(
    cast: "Cast", week: PatrolWeek
) -> None:
    with scope.system("a test loads what a team answers for"):
        services.load_checklist(
            actor=cast.section_head.actor, at=EVENING, name="六必须", lines=["必须两人同行"]
        )
    text = cast.dispatcher.browser().get(reverse("patrols:season")).content.decode()
    assert "<b>3</b> × 2 = 6" in text
    assert "<b>7</b> × 2 = 14" in text
    assert "必须两人同行" in text
    assert "夜巡一队" in text
    assert "P9" in text
    plan = operations_at(week.division_code, EVENING)[0]
    assert f"{plan.start_date} – {plan.end_date} {plan.title}" in text
    assert "级别：常态" in text
    assert text.count('data-label="加强"') == 2, "narrow screens stack the columns"


@pytest.mark.slow
def test_who_reads_a_prefecture_chooses_the_county_of_the_schedule(
    cast: "Cast", week: PatrolWeek
) -> None:
    url, reader = reverse("patrols:season"), cast.office.browser()
    own = reader.get(url).content.decode()
    other = reader.get(url, {"county": OTHER_COUNTY}).content.decode()
    outside = reader.get(url, {"county": FAR_COUNTY}).content.decode()
    at_county = cast.dispatcher.browser().get(url, {"county": OTHER_COUNTY}).content.decode()
    for text, has_places in ((own, True), (other, False), (outside, True), (at_county, True)):
        assert ("<b>3</b> × 2 = 6" in text, "还没有重点区域" in text) == (
            has_places,
            not has_places,
        )
    assert "黄平县<br>" in other
    assert "看哪个县" not in at_county


@pytest.mark.slow
def test_the_axis_names_its_days_and_shows_the_present_moment_in_its_week_only(
    cast: "Cast", week: PatrolWeek
) -> None:
    url = reverse("patrols:week", args=[week.public_id])
    page = cast.dispatcher.browser("en").get(url).content.decode()
    assert page.count("patrol-axis__now") == 0
    assert page.index(">Mon <span>") < page.index(">Sun <span>")
    with clock.frozen(halves.week_begins(week.first_day) + timedelta(days=3.5)):
        page = cast.dispatcher.browser().get(url).content.decode()
    assert page.count('class="patrol-axis__now" x1="500.0"') == 1


@pytest.mark.slow
def test_the_list_says_which_week_is_walked_now_until_six_on_monday(
    cast: "Cast", week: PatrolWeek
) -> None:
    begins, said = halves.week_begins(week.first_day), {}
    for minutes in (-1, 0):
        with clock.frozen(begins + timedelta(minutes=minutes)):
            page = cast.dispatcher.browser().get(reverse("patrols:weeks")).content.decode()
        said[minutes] = [word for word in ("本周", "下周") if f">{word}</span>" in page]
    assert said == {-1: ["下周"], 0: ["本周"]}
