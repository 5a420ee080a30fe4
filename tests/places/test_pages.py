"""Pages of places: who is refused, what is shown, what is kept."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.models import JournalEntry
from nuantu.places import services
from nuantu.places.models import KeyLocation, ReliefPoint
from nuantu.places.services import PointDetails, Spot
from tests.cast import TOWN, Cast
from tests.web import (
    does_not_see,
    fragment_for,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

AT = datetime(2025, 1, 10, 12, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FORM = {
    "name": "三棵树大桥桥洞",
    "division_code": TOWN,
    "lat": "26.56",
    "lon": "108.066",
    "datum": "wgs84",
    "kind": "bridge_culvert",
    "address": "镇政府旁",
}


@pytest.fixture
def bridge(cast: Cast) -> Any:
    return services.add_key_location(
        actor=cast.township.actor,
        at=AT,
        spot=Spot("三棵树大桥桥洞", TOWN, 26.56, 108.066),
        kind="bridge_culvert",
        note="=HYPERLINK(1)",
    )


@pytest.fixture
def point(cast: Cast) -> Any:
    return services.add_relief_point(
        actor=cast.township.actor,
        at=AT,
        spot=Spot("镇政府救助点", TOWN, 26.563, 108.065),
        details=PointDetails("temporary", "三棵树镇政府", "陆某", "0855-0000001"),
    )


def test_pages_are_closed_to_strangers_and_to_roles_without_the_right(
    cast: Cast, bridge: KeyLocation, point: ReliefPoint
) -> None:
    for name in ("map", "key_locations", "relief_points", "stations", "hospitals", "relief_board"):
        refused_for(cast.nobody, cast.admin, url=reverse(f"places:{name}"))
    refused_for(cast.nobody, cast.patroller, cast.auditor, url=reverse("places:key_location_new"))
    refused_for(cast.nobody, cast.dispatcher, url=reverse("places:relief_point_new"))
    refused_for(cast.nobody, cast.station_head, url=reverse("places:hospital_new"))
    open_url = reverse("places:relief_point_open", args=[point.public_id])
    refused_for(cast.nobody, cast.patroller, url=open_url, data={"next": "/"})


def test_other_prefecture_finds_no_key_location_and_cannot_open_a_point(
    cast: Cast, bridge: KeyLocation, point: ReliefPoint
) -> None:
    not_found_for(cast.outsider, url=reverse("places:key_location", args=[bridge.public_id]))
    not_found_for(
        cast.outsider, url=reverse("places:relief_point_open", args=[point.public_id]), data={}
    )
    does_not_see(page_for(cast.outsider, reverse("places:key_locations")), bridge.name)
    layer = cast.outsider.browser().get(reverse("places:layer", args=["key_locations"]))
    assert layer.json()["features"] == []


def test_neighbour_reads_but_does_not_change(cast: Cast, bridge: KeyLocation) -> None:
    """The dispatcher may manage his own station's places, not the township's."""
    page = page_for(cast.dispatcher, reverse("places:key_location", args=[bridge.public_id]))
    does_not_see(page, reverse("places:key_location_edit", args=[bridge.public_id]))
    not_found_for(cast.dispatcher, url=reverse("places:key_location_edit", args=[bridge.public_id]))


@pytest.mark.parametrize("language", ["", "en"])
def test_every_page_opens_empty_and_full_in_both_languages(cast: Cast, language: str) -> None:
    names = ("map", "key_locations", "relief_points", "stations", "hospitals", "relief_board")
    for name in names:
        page_for(cast.section_head, reverse(f"places:{name}"), language=language)
    for name in ("key_location_new", "relief_point_new", "station_new", "hospital_new"):
        page_for(cast.section_head, reverse(f"places:{name}"), language=language)


def test_list_searches_filters_and_answers_htmx_with_the_rows_only(
    cast: Cast, bridge: KeyLocation
) -> None:
    url = reverse("places:key_locations")
    sees(page_for(cast.operator, url), bridge.name, "三棵树镇", "桥梁涵洞")
    sees(
        fragment_for(cast.operator, f"{url}?q=大桥&county=522601&kind=bridge_culvert"), bridge.name
    )
    does_not_see(fragment_for(cast.operator, f"{url}?kind=square"), bridge.name)
    sees(page_for(cast.operator, f"{url}?kind=nonsense&page=99"), bridge.name)


def test_export_holds_the_filtered_rows_and_no_formula(cast: Cast, bridge: KeyLocation) -> None:
    url = reverse("places:key_location_export")
    refused_for(cast.operator, cast.hospital, cast.carer, url=url)
    does_not_see(page_for(cast.hospital, reverse("places:key_locations")), url)
    answer = cast.dispatcher.browser().get(f"{url}?q=大桥")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:3] == ("三棵树大桥桥洞", "凯里市", "三棵树镇")
    assert rows[1][-1] == "'=HYPERLINK(1)"
    with scope.system("a test reads the journal"):
        look = JournalEntry.objects.get(verb="places.key_location.export")
    assert look.actor_name == cast.dispatcher.actor.name


def test_new_place_is_entered_and_shown(cast: Cast) -> None:
    page = submits(cast.township, reverse("places:key_location_new"), FORM)
    sees(page, "三棵树大桥桥洞", "26.56", "桥梁涵洞")
    assert KeyLocation.objects.get().owner_org == cast.township.actor.org_code


def test_hours_nobody_can_read_come_back_and_good_ones_are_shown_and_can_be_changed(
    cast: Cast,
) -> None:
    url, typed = reverse("places:key_location_new"), {**FORM, "open_hours": "9点到25点"}
    page = submit_refused_leaving(
        cast.township, url, typed, unchanged=KeyLocation.objects.count, says="看不懂开放时间"
    )
    sees(page, 'value="9点到25点"', 'value="镇政府旁"')
    sees(submits(cast.township, url, {**typed, "open_hours": "9点到17点"}), "09:00–17:00")
    place = KeyLocation.objects.get()
    edit = reverse("places:key_location_edit", args=[place.public_id])
    sees(page_for(cast.township, edit), 'value="09:00–17:00"')


def test_numbers_pasted_into_one_field_are_understood(cast: Cast) -> None:
    pasted = {**FORM, "lat": "东经108.066，北纬26.56", "lon": ""}
    submits(cast.township, reverse("places:key_location_new"), pasted)
    place = KeyLocation.objects.get()
    assert (place.lat, place.lon) == (26.56, 108.066)


def test_swapped_numbers_come_back_with_a_button_that_mends_them(cast: Cast) -> None:
    url = reverse("places:key_location_new")
    swapped = {**FORM, "lat": "108.066", "lon": "26.56"}
    page = submit_refused_leaving(
        cast.township, url, swapped, unchanged=KeyLocation.objects.count, says="填反"
    )
    sees(page, 'name="suggested" value="26.56,108.066"', 'value="镇政府旁"')
    submits(cast.township, url, {**swapped, "suggested": "26.56,108.066"})
    assert KeyLocation.objects.get().lat == 26.56


def test_far_point_is_kept_after_the_tick(cast: Cast) -> None:
    url = reverse("places:key_location_new")
    far = {**FORM, "lat": "25.6", "lon": "107.4"}
    submit_refused_leaving(
        cast.township, url, far, unchanged=KeyLocation.objects.count, says="公里"
    )
    submits(cast.township, url, {**far, "is_confirmed": "on"})
    assert KeyLocation.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"lat": "北边"},
        {"lat": "nan"},
        {"lat": "0", "lon": "0"},
        {"name": ""},
        {"kind": "x"},
        {"division_code": "522622100000"},
    ],
)
def test_bad_form_comes_back_with_everything_that_was_typed(
    cast: Cast, bad: dict[str, str]
) -> None:
    page = submit_refused_leaving(
        cast.township,
        reverse("places:key_location_new"),
        {**FORM, **bad},
        unchanged=KeyLocation.objects.count,
    )
    sees(page, 'value="镇政府旁"')


def test_change_and_close_lead_back(cast: Cast, bridge: KeyLocation) -> None:
    edit = reverse("places:key_location_edit", args=[bridge.public_id])
    sees(page_for(cast.township, edit), 'value="26.56"')
    sees(submits(cast.township, edit, {**FORM, "name": "老桥洞"}), "老桥洞")
    close = reverse("places:key_location_close", args=[bridge.public_id])
    submit_refused_leaving(
        cast.township, close, {"reason": ""},
        unchanged=KeyLocation.objects.filter(closed_at=None).count,
    )  # fmt: skip
    submits(cast.township, close, {"reason": "桥已拆除"})
    sees(
        page_for(cast.township, reverse("places:key_location", args=[bridge.public_id])), "桥已拆除"
    )
    not_found_for(cast.township, url=edit)


def test_board_opens_confirms_and_shuts_with_a_reason(cast: Cast, point: ReliefPoint) -> None:
    sees(page_for(cast.section_head, reverse("places:relief_board")), "没有开放，也没有写明原因")

    def act(deed: str) -> Any:
        return reverse(f"places:relief_point_{deed}", args=[point.public_id])

    assert cast.township.browser().get(act("open")).status_code == 405
    board = reverse("places:relief_board")
    sees(submits(cast.township, act("open"), {"next": board}, to=board), "正在开放")
    submits(
        cast.township, act("confirm"), {"next": "https://evil.example/"}, to=str(point.public_id)
    )
    submit_refused_leaving(
        cast.township, act("shut"), {"reason": " "},
        unchanged=ReliefPoint.objects.filter(is_open=True).count,
    )  # fmt: skip
    sees(submits(cast.township, act("shut"), {"reason": "停电检修"}), "停电检修")


def test_the_board_offers_only_what_its_reader_may_do(cast: Cast, point: ReliefPoint) -> None:
    """A township reads the points of its county and opens those of its own area."""
    board = reverse("places:relief_board")
    shut = reverse("places:relief_point_open", args=[point.public_id])
    sees(page_for(cast.township, board), shut)
    elsewhere = ReliefPoint.objects.filter(pk=point.pk)
    with scope.system("a point of another town"):
        elsewhere.update(division_code="522601101000", owner_org="SS-522601101")
    sees(page_for(cast.township, board), point.name)
    does_not_see(page_for(cast.township, board), shut)
    sees(page_for(cast.section_head, board), shut)


@pytest.mark.rule("P1-43", "P1-35")
def test_point_page_shows_contact_person_phone_and_whether_there_is_a_sign(
    cast: Cast, point: ReliefPoint
) -> None:
    page = page_for(cast.patroller, reverse("places:relief_point", args=[point.public_id]))
    sees(page, "三棵树镇政府", "陆某", "0855-0000001", "没有标志")


def test_open_point_that_nobody_confirmed_is_called_late(cast: Cast, point: ReliefPoint) -> None:
    services.open_relief_point(actor=SYSTEM, at=AT, point=point)
    with clock.frozen(AT + timedelta(hours=13)):
        sees(page_for(cast.section_head, reverse("places:relief_board")), "久未确认")


def test_map_finds_words_and_what_is_near(
    cast: Cast, bridge: KeyLocation, point: ReliefPoint
) -> None:
    page = page_for(cast.operator, reverse("places:map") + "?q=三棵树镇政府旁的桥下")
    sees(page, bridge.name, "附近 3 公里", point.name)
    sees(page_for(cast.operator, reverse("places:map") + "?q=没有的地方xyz"), "没有找到这个地点")


def test_public_layers_words_and_check_tell_the_public_no_key_location(
    cast: Cast, bridge: KeyLocation, point: ReliefPoint
) -> None:
    browser = cast.nobody.browser()
    assert browser.get(reverse("places:layer", args=["key_locations"])).status_code == 404
    layer = browser.get(reverse("places:layer", args=["relief_points"])).json()
    assert layer["features"][0]["properties"]["note"] == "陆某 0855-0000001"
    found = browser.get(reverse("places:words"), {"q": "三棵树大桥桥洞"}).json()["candidates"]
    assert found
    assert all(bridge.name not in candidate["label"] for candidate in found)
    check = reverse("places:check")
    swapped = browser.get(check, {"lat": "108.066", "lon": "26.56", "division": TOWN}).json()
    assert (swapped["state"], swapped["suggestion"]) == ("ask", {"lat": 26.56, "lon": 108.066})
    for query in ("", "?lat=x&lon=1", "?lat=1&lon=1&datum=mars"):
        assert browser.get(check + query).status_code == 404


def test_background_of_the_map_is_public_and_lasts(cast: Cast) -> None:
    browser = cast.nobody.browser()
    outline = browser.get(reverse("places:outline"), {"prefix": "5226"})
    assert outline.json()["features"][0]["properties"]["code"] == "52"
    assert "max-age=86400" in outline.headers["Cache-Control"]
    towns = browser.get(reverse("places:towns"), {"prefix": "5226"}).json()
    assert {"凯里市", "三棵树镇"} <= {f["properties"]["label"] for f in towns["features"]}
    assert browser.get(reverse("places:towns"), {"prefix": "x"}).status_code == 404


def test_questions_without_end_are_slowed_down(cast: Cast) -> None:
    browser = cast.nobody.browser()
    codes = {browser.get(reverse("places:words"), {"q": ""}).status_code for _ in range(95)}
    assert codes == {200, 429}
