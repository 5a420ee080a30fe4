"""What a refusal said is written down once and read in any language."""

import pytest
from django.utils import translation

from nuantu.core.refused import said_to_reader


@pytest.mark.parametrize(
    "text",
    [
        "请先按“到达”，再登记结果。",
        "“东桥桥洞”还没有登记结果，请先登记。",
        "“南桥桥洞”已由杨二登记为“没有人”，这部手机说的不一样。",
        "方案要给的物资还缺：棉被、食品。请发放，或写明为什么没给。",
        "视频超过 20 MB，请拍短一些再传；其他内容已保留。",
        "怎么结束：请选择怎么结束的。",
        "拒绝救助也要告知：说明可以随时求助、怎么求助，然后勾选。 请写下他为什么不愿意。",
        "手机已收回或到期，请核对后再登记。",
    ],
)
def test_a_refusal_is_read_in_english_as_it_is_in_chinese(text: str) -> None:
    with translation.override("en"):
        english = said_to_reader(text)
    named = ("东桥桥洞", "南桥桥洞", "杨二", "棉被", "食品")
    left = english
    for name in named:
        left = left.replace(name, "")
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in left), english
    with translation.override("zh-hans"):
        assert said_to_reader(text) == text


def test_what_nobody_translated_stays_as_it_was_written() -> None:
    with translation.override("en"):
        assert said_to_reader("老周说明天再来") == "老周说明天再来"
        assert said_to_reader("") == ""
