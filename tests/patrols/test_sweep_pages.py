"""The pages of sweeps, beginning with who is refused."""

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import scope
from nuantu.patrols.models import FlowEntry, Sweep, SweepArea, SweepFind
from tests import builders
from tests.cast import COUNTY, STATION, TOWN
from tests.patrols import sweeps

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _url(name: str, *ids: object) -> str:
    return reverse(f"patrols:{name}", args=ids)


def test_a_township_opens_its_own_area_and_no_other(cast: "Cast") -> None:
    sweep = sweeps.a_sweep(cast)
    with scope.system("a test looks"):
        mine = SweepArea.objects.get(sweep=sweep, division_code=TOWN)
        other = SweepArea.objects.get(sweep=sweep, division_code="522601002000")
    browser = cast.township.browser()
    assert browser.get(_url("area", mine.public_id)).status_code == 200
    assert browser.get(_url("area", other.public_id)).status_code == 404
    page = browser.get(_url("sweep", sweep.public_id)).content.decode()
    assert "三棵树镇" in page
    assert "大十字街道" not in page.split("<main")[1]


def test_the_bureau_orders_a_sweep_by_the_plan_and_sees_the_blind_spot(cast: "Cast") -> None:
    builders.a_season()
    browser = cast.section_head.browser()
    form = browser.get(_url("sweep_order")).content.decode()
    assert "P1-19" in form
    answer = browser.post(
        _url("sweep_order"),
        {"name": "入冬大排查", "division": COUNTY, "cut_by": "town", "due_day": "2026-12-16",
         "clause": sweeps.CLAUSE, "kinds": ["bridge_culvert"]},
        follow=True,
    )  # fmt: skip
    page = answer.content.decode()
    assert "无人负责" in page
    assert "有 1 片没有人负责" in page
    assert "P1-19" in page


def test_an_order_that_rests_on_nothing_says_what_is_missing(cast: "Cast") -> None:
    answer = cast.section_head.browser().post(
        _url("sweep_order"),
        {"name": "大排查", "division": COUNTY, "cut_by": "whole", "due_day": "2026-12-16"},
    )
    assert answer.status_code == 422
    assert "为什么排查" in answer.content.decode()


def test_a_sweep_on_the_phone_from_begin_to_hand_in(cast: "Cast") -> None:
    area = sweeps.an_area(cast)
    browser = cast.township.browser()
    walk = _url("area_walk", area.public_id)
    assert "三棵树镇" in browser.get(_url("sweep_mine")).content.decode()
    assert "开始排查" in browser.get(walk).content.decode()
    browser.post(_url("area_begin", area.public_id))
    browser.post(_url("area_looks", area.public_id), {"bridge_culvert": "3", "abandoned_house": ""})
    page = browser.post(
        _url("area_find", area.public_id),
        {"what": "person", "place": "南桥桥洞", "lat": "26.5637", "lon": "108.066"},
        follow=True,
    ).content.decode()
    assert "看过 3 处，见到 1 人" in page
    assert "登记接触" in page
    refused = browser.post(_url("area_hand_in", area.public_id), {"lookers": ""})
    assert refused.status_code == 422
    page = browser.post(
        _url("area_hand_in", area.public_id), {"lookers": "陆干事"}, follow=True
    ).content.decode()
    assert "已上报" in page
    head = cast.section_head.browser()
    seen = head.get(_url("area", area.public_id)).content.decode()
    assert "看得太快" in seen
    assert "有的种类没有看" in seen
    back = head.post(_url("area_judge", area.public_id), {"verdict": "sent_back", "word": ""})
    assert back.status_code == 422
    head.post(_url("area_judge", area.public_id), {"verdict": "sent_back", "word": "老屋没有看"})
    assert "老屋没有看" in browser.get(walk).content.decode()


def test_a_township_finds_a_villages_report_and_lets_it_count(cast: "Cast") -> None:
    area = sweeps.a_waiting_village(cast, 0)
    page, check = _url("area", area.public_id), _url("area_check", area.public_id)
    assert cast.section_head.browser().post(check, {"verdict": "checked"}).status_code == 404
    told = cast.section_head.browser().get(page).content.decode()
    assert "等 三棵树镇社会事务办 查看" in told
    assert "认可" not in told
    browser = cast.township.browser()
    assert "等您单位查看的村（居）上报" in browser.get(_url("sweep_mine")).content.decode()
    shown = browser.get(page).content.decode()
    assert check in shown
    assert "没有看任何地方" in shown
    refused = browser.post(check, {"verdict": "checked", "spot": "村口老桥"})
    assert refused.status_code == 422
    assert "村口老桥" in refused.content.decode()
    assert "有疑点" in refused.content.decode()
    said = {"verdict": "checked", "word": "村里没有这类地方", "spot": "村口老桥"}
    shown = browser.post(check, said, follow=True).content.decode()
    assert "上报算数了" in shown
    assert "村口老桥" in shown
    sweep = cast.section_head.browser().get(_url("sweep", area.sweep.public_id)).content.decode()
    assert "待镇街查看" in sweep
    assert "认可" in cast.section_head.browser().get(page).content.decode()


def test_a_table_of_grids_is_pasted_and_a_wrong_line_is_named(cast: "Cast") -> None:
    sweeps.the_villages()
    area = sweeps.an_area(cast)
    browser = cast.township.browser()
    url = _url("area_cut", area.public_id)
    wrong = browser.post(url, {"lines": "村,网格,责任人\n南花村,一,龙某\n南花村,一,杨某"})
    assert wrong.status_code == 422
    assert "第 3 行" in wrong.content.decode()
    browser.post(url, {"lines": "村\t网格\t责任人\n南花村\t一\t龙某\n板溪村"})
    page = browser.get(_url("sweep_mine")).content.decode()
    assert "南花村 一" in page
    assert "板溪村" in page


def test_a_sleeping_place_becomes_a_key_location_in_one_step(cast: "Cast") -> None:
    builders.a_season()
    find = sweeps.a_find(cast, "place")
    browser = cast.township.browser()
    url = _url("find_place", find.public_id)
    page = browser.get(url).content.decode()
    assert 'value="26.5637"' in page
    assert 'value="南桥桥洞"' in page
    answer = browser.post(
        url,
        {"name": "南桥桥洞", "division_code": TOWN, "lat": "26.5637", "lon": "108.066",
         "kind": "bridge_culvert", "is_night_only": "on"},
    )  # fmt: skip
    assert answer.status_code == 302
    with scope.system("a test looks"):
        found = SweepFind.objects.select_related("key_location").get(pk=find.pk)
    assert found.key_location is not None
    assert found.key_location.is_night_only


def test_a_known_key_location_near_by_is_offered_first(cast: "Cast") -> None:
    known = builders.a_key_location(cast, "老南桥")
    find = sweeps.a_find(cast, "place")
    with scope.system("a test moves the place near the find"):
        type(known).objects.filter(pk=known.pk).update(lat=26.5638, lon=108.0661)
    browser = cast.township.browser()
    assert "老南桥" in browser.get(_url("find_place", find.public_id)).content.decode()
    browser.post(_url("find_known", find.public_id, known.public_id))
    with scope.system("a test looks"):
        assert SweepFind.objects.get(pk=find.pk).key_location_id == known.pk


def test_the_sheet_of_a_sweep_names_every_area(cast: "Cast") -> None:
    sweeps.a_reported_area(cast)
    with scope.system("a test looks"):
        sweep = Sweep.objects.get()
    answer = cast.office.browser().get(_url("sweep_export", sweep.public_id))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert [(row[0], row[7], row[10]) for row in rows[2:]] == [
        ("大十字街道", 0, None),
        ("三棵树镇", 4, "是"),
    ]


def test_the_map_of_a_sweep_shows_its_own_areas_and_no_other_sweeps(cast: "Cast") -> None:
    sweep, other = sweeps.a_sweep(cast), sweeps.a_sweep(cast)
    browser, url = cast.section_head.browser(), _url("sweep_marks", sweep.public_id)
    assert url in browser.get(_url("sweep", sweep.public_id)).content.decode()
    keys = {mark["properties"]["key"] for mark in browser.get(url).json()["features"]}
    with scope.system("a test looks"):
        own = {str(area.public_id) for area in sweep.areas.all()}
        theirs = {str(area.public_id) for area in other.areas.all()}
    assert keys
    assert keys <= own
    assert not keys & theirs


def test_the_map_shows_the_areas_of_open_sweeps(cast: "Cast") -> None:
    sweeps.a_sweep(cast)
    url = reverse("places:layer", args=["sweep_areas"])
    features = cast.section_head.browser().get(url).json()["features"]
    found = {row["properties"]["label"]: row["properties"]["state"] for row in features}
    assert found == {"三棵树镇": "", "大十字街道": "red"}


def test_an_area_is_offered_to_another_organisation_on_its_page(cast: "Cast") -> None:
    area = sweeps.an_area(cast)
    answer = cast.township.browser().post(
        _url("area_hand_over", area.public_id), {"to_org": STATION, "purpose": "在站辖区"}
    )
    assert answer.status_code == 302
    assert "排查 三棵树镇" in cast.dispatcher.browser().get("/handovers/").content.decode()


def test_somebody_away_is_put_on_the_list_corrected_revealed_and_taken_off(cast: "Cast") -> None:
    browser = cast.township.browser()
    said = {
        "direction": "out", "division": TOWN, "called_as": "杨某某（化名）", "sex": "female",
        "whereabouts": "贵阳火车站一带", "certainty": "claimed", "source": "邻居",
        "secret": "0855-0000000",
    }  # fmt: skip
    assert browser.post(_url("flow_new"), said).status_code == 302
    with scope.system("a test looks"):
        entry = FlowEntry.objects.get()
    url = _url("flow", entry.public_id)
    page = browser.get(url).content.decode()
    assert "0855-0000000" not in page
    assert browser.post(_url("flow_reveal", entry.public_id), {"purpose": "看"}).status_code == 422
    shown = browser.post(_url("flow_reveal", entry.public_id), {"purpose": "联系家属接领"})
    assert "0855-0000000" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    said |= {"whereabouts": "贵阳客车站", "secret": "", "reason": "邻居更正"}
    assert browser.post(_url("flow_correct", entry.public_id), said).status_code == 302
    assert "贵阳客车站" in browser.get(_url("flows")).content.decode()
    browser.post(_url("flow_end", entry.public_id), {"reason": "已返家"})
    assert "已返家" in browser.get(url).content.decode()
