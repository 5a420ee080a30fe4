"""The pages on which a running plan is compared, changed, followed and closed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.operations.models import Operation
from nuantu.operations.selectors import still_open
from nuantu.planbook import files
from tests import builders
from tests.cast import Cast
from tests.operations.changing import change
from tests.web import does_not_see, not_found_for, page_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
P1, P9 = files.packaged_text("P1"), files.packaged_text("P9")
THREE_A_WEEK, FOUR_A_WEEK = "at_least: 3", "at_least: 4"


def test_the_section_head_compares_before_he_changes(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    url = reverse("operations:change", args=[operation.public_id])
    not_found_for(cast.office, url=url)
    sees(page_for(cast.section_head, url), "比较", "schema: nuantu.plan/1")
    text = P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1)
    browser = cast.section_head.browser()
    page = browser.post(url, {"text": text, "from_version": 1, "step": "preview"})
    sees(page, "不同之处", "第 2 版生效", "P9-03")
    operation.refresh_from_db()
    assert operation.version == 1
    refused = browser.post(url, {"text": text, "from_version": 1, "step": "apply", "reason": ""})
    assert refused.status_code == 422
    sees(refused, "请写明变更的原因")
    done = {"text": text, "from_version": 1, "step": "apply", "reason": "补充通知"}
    sees(submits(cast.section_head, url, done, to="/operations/"), "新版本已生效", "第 2 版")


def test_a_file_that_cannot_be_read_keeps_what_was_typed(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    url = reverse("operations:change", args=[operation.public_id])
    page = cast.section_head.browser().post(
        url, {"text": P9.replace("patrol:", "patroll:", 1), "from_version": 1, "step": "preview"}
    )
    assert page.status_code == 422
    sees(page, "patroll", "是不是“patrol”")


def test_versions_and_the_parent_are_compared_side_by_side(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    change(operation, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), clock.now())
    url = reverse("operations:compare", args=[operation.public_id])
    not_found_for(cast.other_patroller, url=url)
    sees(page_for(cast.operator, f"{url}?with=1"), "不同之处", "P9-03", "收到补充通知")
    sees(page_for(cast.operator, f"{url}?with=parent", language="en"), "Differences", "P9-02")
    for unknown in ("7", "²", "9" * 5000):
        not_found_for(cast.operator, url=f"{url}?with={unknown}")


def test_a_comparison_says_days_and_words_as_people_do(cast: Cast) -> None:
    operation = builders.a_season(datetime(2026, 12, 9, 12, tzinfo=UTC))
    parent = Operation.objects.get(plan_code="P1")
    text = P1.replace("end: Y+1-03-30", "end: Y+1-03-31", 1)
    change(parent, text.replace("due: Y-12-20", "due: Y-12-25", 1), clock.now())
    url = reverse("operations:follow", args=[operation.public_id])
    page = page_for(cast.section_head, url)
    sees(page, "2027年3月30日", "2027年3月31日", "上报材料 › 当地行动方案", "2026年12月25日")
    does_not_see(page, "Y-12", "report.plan")
    sees(page_for(cast.section_head, url, language="en"), "31 Mar 2027", "County action plan")


def test_the_close_page_lists_what_is_still_open(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    above = reverse("operations:close", args=[Operation.objects.get(plan_code="P1").public_id])
    page = page_for(cast.office, above)
    sees(page, "还不能办结：", "份材料没有报", "没有报的材料", "没有办结的下级方案")
    text = page.content.decode()
    assert text.index("还不能办结") < text.index("没有报的材料"), (
        "the answer stands above the lists"
    )
    assert text.count("<strong>当地行动方案</strong>") == 1, "a report owed by many is said once"
    sees(page_for(cast.office, above, language="en"), "The plan cannot be closed yet:")
    url = reverse("operations:close", args=[operation.public_id])
    sees(page_for(cast.section_head, url), "街面巡查", "随方案结束收回", "行动期到")
    kinds = {f"dropped-{group.kind}": "不再办" for group in still_open(operation).tasks}
    wrong = cast.section_head.browser().post(url, {"note": "完成", "code": "P1", **kinds})
    assert wrong.status_code == 422
    sees(wrong, "与方案编号不一致", "完成")
    page = submits(
        cast.section_head, url, {"note": "完成", "code": "p9", **kinds}, to="/operations/"
    )
    sees(page, "方案已办结", "已结束")


def test_a_changed_parent_is_confirmed_on_a_page(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    parent = Operation.objects.get(plan_code="P1")
    change(parent, P1.replace("every_days: 15", "every_days: 10", 1), clock.now())
    url = reverse("operations:follow", args=[operation.public_id])
    sees(
        page_for(cast.section_head, reverse("operations:operation", args=[operation.public_id])),
        "上级方案有新版本",
    )
    sees(page_for(cast.section_head, url), "P1-59", "确认执行新版本")
    older = submits(cast.section_head, url, {"note": "", "to_version": 1}, to=url)
    sees(older, "请重新比较", "确认执行新版本")
    now = {"note": "", "to_version": parent.version + 1}
    sees(submits(cast.section_head, url, now, to="/operations/"), "已确认")
    sees(page_for(cast.section_head, url), "没有待确认的变更")
