"""What a line of a page says in English: which duty, with what was noted; never only that there was one."""

import pytest
from django.utils.translation import override

from nuantu.core.models import JournalEntry
from nuantu.operations.templatetags.operations import line_said


@pytest.mark.parametrize(
    ("verb", "summary", "changes", "says"),
    [
        ("duty.open", "待办：复核风险", {"title_en": "Review the risk"}, "Review the risk"),
        ("duty.complete", "完成：复核风险", {"title_en": "Review the risk", "note": "已登记会谈"}, "put down"),
        ("duty.open", "待办：复核风险", {}, "Duty opened"),
    ],
)  # fmt: skip
def test_a_line_of_a_duty_says_in_english_which_duty(
    verb: str, summary: str, changes: dict[str, str], says: str
) -> None:
    line = JournalEntry(verb=f"operations.{verb}", summary=summary, changes=changes)
    with override("en"):
        said = line_said(line)
    assert says in said
    assert "复核" not in said


def test_a_line_of_another_package_keeps_its_own_words() -> None:
    line = JournalEntry(verb="casework.plan.open", summary="开始社工个案", changes={})
    with override("en"):
        assert line_said(line) != "Duty opened"
