"""A tip's page and the register: who is refused first, then what each shows and does."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core.models import JournalEntry
from nuantu.dispatch.models import Notice, Tip
from tests import builders
from tests.cast import Cast
from tests.dispatch.reporting import tip_url
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class TestTip:
    """One tip with everything that hangs on it."""

    def test_somebody_elses_tip_is_not_there(self, cast: Cast) -> None:
        tip = builders.a_tip()
        not_found_for(cast.outsider, cast.other_patroller, url=tip_url(tip))
        refused_for(cast.nobody, cast.admin, cast.hospital, url=tip_url(tip))

    def test_the_page_tells_everything_but_the_reporter(self, cast: Cast) -> None:
        tip = builders.a_tip(
            seen_text="老人躺在桥下",
            flags=("elderly",),
            callback="13800000000",
            reporter_name="老吴",
        )
        page = page_for(cast.auditor, tip_url(tip))
        sees(page, "老人躺在桥下", "老人", "时限", "为什么我能看到", "谁看过", "收到线索")
        does_not_see(page, "13800000000", "老吴")

    def test_the_reporter_is_shown_for_a_purpose_and_journalled(self, cast: Cast) -> None:
        tip = builders.a_tip(callback="13800000000")
        url = tip_url(tip, "reporter")
        refused_for(cast.patroller, cast.auditor, cast.section_head, url=url)
        page = page_for(cast.operator, url)
        does_not_see(page, "13800000000")
        browser = cast.operator.browser()
        assert browser.post(url, {"purpose": ""}).status_code == 422
        sees(browser.post(url, {"purpose": "找不到人，问路"}), "13800000000", "已记入日志")
        assert JournalEntry.objects.filter(verb="dispatch.reporter.reveal").count() == 1
        sees(
            page_for(cast.leader, f"/looks/tip/{tip.public_id}/"), "查看了报告人", "找不到人，问路"
        )

    def test_a_notice_is_recorded_or_its_reason(self, cast: Cast) -> None:
        tip = builders.a_tip(flags=("minor",))
        ambulance, police = Notice.objects.filter(tip=tip).order_by("pk")
        submits(
            cast.operator,
            reverse("dispatch:notice_told", args=[police.public_id]),
            {"way": "phone", "answer": "5分钟到"},
            to=tip_url(tip),
        )
        submit_refused_leaving(
            cast.operator,
            reverse("dispatch:notice_skip", args=[ambulance.public_id]),
            {"reason": ""},
            unchanged=lambda: Notice.objects.filter(state="due").count(),
        )
        submits(
            cast.operator,
            reverse("dispatch:notice_skip", args=[ambulance.public_id]),
            {"reason": "孩子健康"},
        )
        sees(page_for(cast.auditor, tip_url(tip)), "5分钟到", "孩子健康", "P12-03")

    def test_a_refused_end_comes_back_with_what_was_typed(self, cast: Cast) -> None:
        tip = builders.a_tip(flags=("minor",))
        page = submit_refused_leaving(
            cast.dispatcher,
            tip_url(tip, "tip_close"),
            {"outcome": "refused", "note": "他说不用"},
            unchanged=lambda: Tip.objects.get().state,
            says="不能按「拒绝救助」办结",
        )
        sees(page, "他说不用")

    def test_closed_reopened_marked_and_answered(self, cast: Cast) -> None:
        tip = builders.a_tip()
        submits(
            cast.dispatcher, tip_url(tip, "tip_close"), {"outcome": "not_found"}, to=tip_url(tip)
        )
        sees(page_for(cast.dispatcher, tip_url(tip)), "未找到", "重新打开")
        submits(cast.dispatcher, tip_url(tip, "tip_reopen"), {"reason": "又有人报"})
        submits(cast.operator, tip_url(tip, "tip_urgent"), {"flags": ["drunk"]})
        submits(cast.operator, tip_url(tip, "tip_mark"), {"mark": "false", "reason": "看错了"})
        submits(cast.operator, tip_url(tip, "tip_replied"), {})
        tip.refresh_from_db()
        assert (tip.reopened_count, tip.urgent_flags, tip.mark) == (1, ["drunk"], "false")
        assert tip.replied_at

    def test_a_pair_is_decided_on_the_page(self, cast: Cast) -> None:
        link = builders.a_link()
        sees(page_for(cast.operator, tip_url(link.later)), "疑似重复", "同一人，合并办理")
        submits(cast.operator, reverse("dispatch:link_same", args=[link.public_id]), {})
        sees(page_for(cast.operator, tip_url(link.later)), "是同一人，一并办理", "分开办理")
        merged = page_for(cast.dispatcher, tip_url(link.later))
        sees(merged, "去看那一条", f'href="{tip_url(link.earlier)}"', "停止计时")
        does_not_see(merged, "在调度台派队", "（重复）")
        submits(
            cast.operator,
            reverse("dispatch:link_separate", args=[link.public_id]),
            {"reason": "是两个人"},
        )
        assert Tip.objects.filter(state="new").count() == 2


class TestRegister:
    """Every tip that may be seen: search, filters, pages, export."""

    def test_search_filters_and_pages(self, cast: Cast) -> None:
        for number in range(60):
            builders.a_tip(f"三棵树镇{number}组路口")
        page = page_for(cast.auditor, "/tips/")
        sees(page, "共 60 条", "下一页")
        sees(page_for(cast.auditor, "/tips/?q=59组"), "共 1 条", "三棵树镇59组路口")
        sees(page_for(cast.auditor, "/tips/?state=closed"), "没有符合的线索")
        sees(page_for(cast.auditor, "/tips/?since=nonsense&clock=?"), "共 60 条")

    def test_the_code_on_a_receipt_finds_its_tip(self, cast: Cast) -> None:
        code = builders.a_receipt()
        builders.a_tip("三棵树镇北桥桥洞")
        typed = f"{code[:4]}-{code[4:]}".lower()
        sees(page_for(cast.operator, f"/tips/?q={typed}"), "共 1 条", "三棵树镇南桥桥洞")
        sees(page_for(cast.operator, f"/tips/?q={code[::-1]}"), "没有符合的线索")

    def test_the_export_is_safe_complete_and_journalled(self, cast: Cast) -> None:
        builders.a_tip('=HYPERLINK("http://x")', callback="13800000000")
        refused_for(cast.nobody, cast.operator, cast.patroller, url="/tips/export/")
        answer = cast.section_head.browser().get("/tips/export/")
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert len(rows) == 2
        assert "'=HYPERLINK" in str(rows[1])
        assert "13800000000" not in str(rows)
        assert JournalEntry.objects.filter(verb="dispatch.tip.export").exists()
