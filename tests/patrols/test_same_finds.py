"""One person found by two grids of a sweep, or again in another area, beginning with who may not say so."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from nuantu.core import scope
from nuantu.patrols import services
from nuantu.patrols.models import Sweep, SweepArea, SweepFind
from nuantu.patrols.rules.sweeps import Part
from nuantu.patrols.selectors.sweeps import lines_of
from nuantu.places.rules.told import Told
from tests.builders import EVENING
from tests.patrols import sweeps
from tests.web import not_found_for

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NORTH = Told(26.5646, 108.067, 12)


class Grids:
    """A sweep of 三棵树镇 in two villages, where both met the man with the grey coat."""

    def __init__(self, cast: "Cast") -> None:
        self.cast = cast
        sweeps.the_villages()
        whole = sweeps.an_area(cast)
        actor = cast.township.actor
        self.sweep: Sweep = whole.sweep
        with scope.enter(scope.of_actor(actor)):
            parts = [Part(sweeps.VILLAGE, "", ""), Part(sweeps.OTHER_VILLAGE, "", "")]
            services.cut_area(actor=actor, at=EVENING, area=whole, parts=parts)
        self.one = self.found(sweeps.VILLAGE, "南桥桥洞", sweeps.SOUTH, EVENING)
        self.two = self.found(
            sweeps.OTHER_VILLAGE, "村口烤烟房", NORTH, EVENING + timedelta(hours=3)
        )

    def found(self, code: str, place: str, told: Told, at: datetime) -> SweepFind:
        actor = self.cast.township.actor
        with scope.enter(scope.of_actor(actor)):
            area = SweepArea.objects.select_related("sweep").get(division_code=code)
            if area.state != "under_way":
                services.begin_area(actor=actor, at=EVENING, area=area)
            return services.add_find(
                actor=actor,
                at=at,
                area=area,
                found=services.Found("person", place, "bridge_culvert", "灰大衣男子", told),
            )

    def people(self) -> int:
        with scope.system("a test counts"):
            return sum(line.people for line in lines_of(SweepArea.objects.all(), EVENING))

    def url(self, name: str, *more: SweepFind) -> str:
        return reverse(f"patrols:{name}", args=[self.one.public_id, *(m.public_id for m in more)])


@pytest.fixture
def grids(cast: "Cast") -> Grids:
    return Grids(cast)


def test_neither_who_looked_nor_another_county_says_that_two_are_one(grids: Grids) -> None:
    for url in (grids.url("find_is_same", grids.two), grids.url("find_not_same")):
        not_found_for(grids.cast.outsider, url=url, data={})
        assert grids.cast.township.browser().post(url).status_code in (403, 404)
    assert grids.people() == 2


def test_a_person_found_twice_counts_once_until_that_is_undone(grids: Grids) -> None:
    browser = grids.cast.section_head.browser()
    page = browser.get(grids.url("find_same")).content.decode()
    assert "村口烤烟房" in page
    assert "相隔 3.0 小时" in page
    assert "村口烤烟房" not in browser.get(grids.url("find_same") + "?q=别处").content.decode()
    answer = browser.post(grids.url("find_is_same", grids.two), follow=True)
    assert "板溪村 村口烤烟房 是同一人" in answer.content.decode()
    assert grids.people() == 1
    with scope.system("a test looks"):
        first = SweepFind.objects.get(pk=grids.one.pk)
        assert first.is_followed
        assert not SweepFind.objects.get(pk=grids.two.pk).is_followed
    answer = browser.post(grids.url("find_not_same"), follow=True)
    assert "和别处是同一人" in answer.content.decode()
    assert grids.people() == 2


def test_whoever_was_found_three_times_is_one_and_no_row_is_the_same_as_itself(
    grids: Grids,
) -> None:
    actor, at = grids.cast.section_head.actor, EVENING + timedelta(hours=5)
    third = grids.found(sweeps.VILLAGE, "老粮站", sweeps.SOUTH, at)
    with scope.enter(scope.of_actor(actor)):
        with pytest.raises(services.SweepRefused, match="已经认定"):
            services.say_same(actor=actor, at=at, find=third, other=third)
        services.say_same(actor=actor, at=at, find=grids.one, other=grids.two)
        services.say_same(actor=actor, at=at, find=third, other=grids.one)
        with pytest.raises(services.SweepRefused, match="已经认定"):
            services.say_same(actor=actor, at=at, find=third, other=grids.two)
        with pytest.raises(services.SweepRefused, match="没有认定"):
            services.take_same_back(actor=actor, at=at, find=grids.two)
    assert grids.people() == 1
    with scope.system("a test looks"):
        assert set(SweepFind.objects.exclude(same_as=None).values_list("same_as", flat=True)) == {
            grids.two.pk
        }


def test_a_place_is_nobody_and_a_report_with_a_double_only_is_no_zero_report(grids: Grids) -> None:
    actor, at = grids.cast.section_head.actor, EVENING + timedelta(hours=5)
    with scope.enter(scope.of_actor(grids.cast.township.actor)):
        area = SweepArea.objects.select_related("sweep").get(division_code=sweeps.VILLAGE)
        spot = services.add_find(actor=grids.cast.township.actor, at=at, area=area,
                                 found=services.Found("place", "桥洞里的被褥"))  # fmt: skip
    with scope.enter(scope.of_actor(actor)):
        with pytest.raises(services.SweepRefused, match="见到的另一个人"):
            services.say_same(actor=actor, at=at, find=grids.one, other=spot)
        services.say_same(actor=actor, at=at, find=grids.two, other=grids.one)
    township = grids.cast.township.actor
    with scope.enter(scope.of_actor(township)):
        other = SweepArea.objects.select_related("sweep").get(division_code=sweeps.OTHER_VILLAGE)
        services.hand_in(actor=township, at=at, area=other, lookers="网格员")
    with scope.system("a test looks"):
        (line,) = lines_of(SweepArea.objects.filter(pk=other.pk), at)
    assert (line.people, line.spots, line.loose, line.is_zero) == (0, 0, 0, False)
