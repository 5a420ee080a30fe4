"""Where a tip is: words, points and counties, known, doubtful and foreign; who answers for them."""

from datetime import date

import pytest
from django.utils import translation

from nuantu.accounts.models import Division
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.reports import Position
from nuantu.dispatch.selectors.placing import PositionDoubtful, UnknownDivision, suggestions
from nuantu.dispatch.selectors.receipts import receipt_view
from nuantu.operations.models import Duty
from nuantu.places import services as places
from tests import builders
from tests.cast import COUNTY, FAR_STATION, OTHER_COUNTY, OTHER_STATION, STATION, TOWN, Cast
from tests.dispatch.reporting import take

pytestmark = pytest.mark.django_db
EVENING = builders.EVENING


def test_a_place_of_another_county_belongs_to_its_station(cast: Cast) -> None:
    tip = take("黄平汽车站", position=Position(26.91, 107.91)).tip
    assert tip.owner_org == OTHER_STATION
    assert not tip.is_outside_area


def test_a_place_outside_the_area_is_taken_and_said_to_be_outside(cast: Cast) -> None:
    """遵义 is in the province and in nobody's area: the office takes it and tells the right place."""
    tip = take("遵义", position=Position(27.70, 106.93), is_position_confirmed=True).tip
    assert tip.owner_org
    assert tip.division_code
    if tip.owner_org != FAR_STATION:
        assert tip.is_outside_area


def test_words_alone_find_the_town(cast: Cast) -> None:
    tip = take("凯里市三棵树镇政府旁的桥下").tip
    assert tip.division_code == TOWN
    assert (tip.position_source, tip.is_approximate) == ("words", True)
    assert tip.lat == pytest.approx(26.5637)


def test_words_that_nobody_knows_are_still_a_tip(cast: Cast) -> None:
    tip = take("那棵大树下面").tip
    assert (tip.lat, tip.position_source) == (None, "none")
    assert tip.owner_org
    assert tip.limit_minutes == 30


def test_a_county_named_in_unknown_words_answers(cast: Cast) -> None:
    """黄平县 in the words is enough for its station, whatever else they say."""
    tip = take("黄平县北京东路立交桥下").tip
    assert tip.owner_org == OTHER_STATION


def test_a_county_that_was_chosen_counts(cast: Cast) -> None:
    tip = take("桥下面", division_code="522622000000").tip
    assert tip.owner_org == OTHER_STATION
    assert tip.position_source == "division"
    with pytest.raises(UnknownDivision):
        take("桥下面", division_code="529999000000")


def test_typed_coordinates_are_a_point(cast: Cast) -> None:
    tip = take("26.5742, 107.9781").tip
    assert tip.position_source == "typed"
    assert tip.lat == pytest.approx(26.5742)
    assert tip.lon == pytest.approx(107.9781)


def test_a_gaode_coordinate_is_converted_and_labelled(cast: Cast) -> None:
    tip = take(position=Position(26.5742, 107.9781, "gcj02")).tip
    assert tip.datum == "gcj02"
    assert tip.lat == pytest.approx(26.5742, abs=0.01)
    assert abs((tip.lon or 0) - 107.9781) > 0.001


def test_swapped_coordinates_are_asked_about_with_the_better_point(cast: Cast) -> None:
    with pytest.raises(PositionDoubtful) as asked:
        take(position=Position(107.9781, 26.5742))
    assert asked.value.reason == "swapped"
    assert asked.value.suggestion == (26.5742, 107.9781)
    assert not asked.value.may_insist
    assert not Tip.objects.exists()


def test_a_point_in_another_province_needs_a_second_word(cast: Cast) -> None:
    beijing = Position(39.9, 116.39)
    with pytest.raises(PositionDoubtful) as asked:
        take("天安门", position=beijing)
    assert asked.value.may_insist
    tip = take("天安门", position=beijing, is_position_confirmed=True).tip
    assert tip.is_outside_area
    assert tip.position_doubt == "outside_province"


def test_a_point_far_from_everything_is_noted_not_refused(cast: Cast) -> None:
    taken = take(position=Position(26.40, 108.60))
    assert taken.tip.position_doubt == "far_from_county"
    assert taken.question


def test_an_abolished_division_is_taken_and_answered_by_who_is_there_now(cast: Cast) -> None:
    """An old form or partner may still send last year's code; the tip is not lost for it."""
    Division.objects.create(
        code="522601199000",
        name="老街乡（已撤销）",
        full_name="凯里市老街乡",
        level="town",
        parent_id=COUNTY,
        valid_from=date(2010, 1, 1),
        valid_to=date(2020, 12, 31),
    )
    tip = take("老街乡政府旁", division_code="522601199000").tip
    assert tip.owner_org == STATION
    assert tip.division_code == "522601199000"


def test_words_of_another_province_are_offered_only_when_they_name_it(cast: Cast) -> None:
    """A stand of the local stadium is no street in Shandong, unless the caller says so."""
    for code, name, level in (
        ("370303000000", "张店区", "county"),
        ("370303006000", "体育场街道", "town"),
    ):
        Division.objects.create(
            code=code,
            name=name,
            full_name=f"山东省淄博市{'' if level == 'county' else '张店区'}{name}",
            level=level,
            parent_id=None if level == "county" else "370303000000",
            lat=36.8,
            lon=118.05,
            valid_from=date(2010, 1, 1),
        )
    assert [place.division_code for place in suggestions("体育场看台", COUNTY)] == []
    named = suggestions("张店区体育场街道", COUNTY)
    assert [place.division_code for place in named] == ["370303006000"]
    assert suggestions("三棵树镇政府旁", COUNTY)[0].division_code == TOWN


class TestOnlyAPoint:
    """Coordinates tell nobody where to go: a tip without words is called by what is near it."""

    POINT = Position(26.5583, 108.066)

    def test_it_is_called_by_the_nearest_known_place(self, cast: Cast) -> None:
        tip = take("", position=self.POINT).tip
        assert tip.place_text == "三棵树镇中心南约 600 米"
        assert tip.place_text_en == "About 600 m south of the centre of 三棵树镇"
        assert Duty.objects.get(kind="dispatch.arrive").title == f"到场：{tip.place_text}"
        with translation.override("en"):
            assert tip.place == tip.place_text_en

    def test_typed_coordinates_are_called_so_too(self, cast: Cast) -> None:
        assert take("26.5583, 108.066").tip.place_text == "三棵树镇中心南约 600 米"

    def test_the_reporters_own_words_are_never_changed(self, cast: Cast) -> None:
        tip = take("桥下", position=self.POINT).tip
        assert (tip.place, tip.place_text_en) == ("桥下", "")

    def test_the_receipt_tells_no_key_location(self, cast: Cast) -> None:
        spot = places.Spot(name="大桥", division_code=TOWN, lat=26.5601, lon=108.066)
        places.add_key_location(
            actor=cast.section_head.actor, at=EVENING, spot=spot, kind="bridge_culvert"
        )
        taken = take("", position=self.POINT)
        assert taken.tip.place_text == "三棵树镇 · 大桥南约 200 米"
        assert "大桥" not in receipt_view(taken.tip).place_text

    def test_sent_twice_it_stays_one_although_a_place_is_added_between(self, cast: Cast) -> None:
        first = take("", position=self.POINT, idempotency_key="abcdefgh-1")
        spot = places.Spot(name="大桥", division_code=TOWN, lat=26.5601, lon=108.066)
        places.add_key_location(
            actor=cast.section_head.actor, at=EVENING, spot=spot, kind="bridge_culvert"
        )
        again = take("", position=self.POINT, idempotency_key="abcdefgh-1")
        assert (again.is_new, again.code) == (False, first.code)


class TestAStreetCalledAfterACounty:
    """黄平路口 is a crossing on a street of 凯里: its words place nothing, somebody is asked."""

    @pytest.mark.parametrize("words", ["黄平路口", "黄平大道红绿灯", "黄平小区后门", "黄平桥下"])
    def test_it_is_asked_about_and_not_placed(self, cast: Cast, words: str) -> None:
        taken = take(words)
        assert "哪个县" in taken.question
        assert taken.tip.lat is None
        assert (taken.tip.division_code[:6], taken.tip.position_doubt) == ("522600", "bare_name")

    def test_the_county_that_is_answered_counts(self, cast: Cast) -> None:
        tip = take("黄平路口", division_code=COUNTY).tip
        assert (tip.division_code, tip.owner_org, tip.position_doubt) == (COUNTY, STATION, "")

    @pytest.mark.parametrize(
        ("words", "county"),
        [("凯里市黄平路口", COUNTY), ("黄平县城", OTHER_COUNTY), ("黄平县黄平路", OTHER_COUNTY)],
    )
    def test_a_county_that_is_named_is_not_asked_about(
        self, cast: Cast, words: str, county: str
    ) -> None:
        taken = take(words)
        assert (taken.question, taken.tip.division_code) == ("", county)
