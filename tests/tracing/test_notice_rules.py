"""What a notice may say and show, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.tracing.rules.framing import HIGH, WIDE, Frame, box
from nuantu.tracing.rules.wording import faults

LINE = "0855-0000110"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("得过肺结核", "illness"),
        ("HIV阳性", "illness"),
        ("羊癫疯", "illness"),
        ("胃癌", "illness"),
        ("打 138 0000 0000", "number"),
        ("微信一三八零零零零零零零零", "number"),
        ("５２２６０１１９６９０５０１００１１", "number"),
        ("现在福利院", "place"),
        ("住3楼12床", "place"),
        ("家属重谢", "money"),
        ("转账到支付宝", "money"),
    ],
)
def test_what_may_not_be_published_is_named(words: str, found: str) -> None:
    assert found in faults("features", words, LINE)


@pytest.mark.parametrize(
    "words",
    [
        "左手缺小指，右腿跛", "穿病号服", "有毛病改不掉：爱眨眼", "炎热天也戴棉帽", "身高一米六八", "2026年11月23日穿蓝布衣",
        "来电 0855-0000110", "说“老街、木桥头”", "",
    ],
)  # fmt: skip
def test_what_a_family_knows_him_by_passes(words: str) -> None:
    assert faults("features", words, LINE) == ()


def test_the_door_of_a_hospital_is_a_place_where_somebody_was_found() -> None:
    assert faults("found_place", "凯里市第一人民医院门口", LINE) == ()
    assert faults("features", "凯里市第一人民医院门口", LINE) == ("place",)
    assert faults("found_place", "现住第一人民医院", LINE) == ("place",)


@given(
    st.integers(1, 4000),
    st.integers(1, 4000),
    st.builds(Frame, st.integers(-9, 200), st.integers(-9, 200), st.integers(-9, 200)),
)
def test_a_frame_lies_inside_the_photo_and_keeps_its_shape(
    width: int, height: int, frame: Frame
) -> None:
    left, upper, right, lower = box(width, height, frame)
    assert 0 <= left < right <= width
    assert 0 <= upper < lower <= height
    assert abs((right - left) * HIGH - (lower - upper) * WIDE) <= HIGH + WIDE
