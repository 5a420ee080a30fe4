"""The rules register as a page: narrowed, counted, exported."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from nuantu.config.requirements import register
from nuantu.config.requirements.evidence import Status
from nuantu.config.requirements.register import Wanted
from nuantu.config.requirements.values import PlanValue, gathered
from tests.cast import Cast
from tests.web import page_for

pytestmark = pytest.mark.django_db


def test_who_has_nothing_to_do_with_plans_is_refused(cast: Cast) -> None:
    assert cast.nobody.browser().get("/rules/").status_code == 302
    for address in ("/rules/", "/rules/export/"):
        assert cast.police.browser().get(address).status_code == 403


@pytest.mark.slow
def test_the_page_counts_all_rules_and_shows_where_one_is_kept(cast: Cast) -> None:
    text = page_for(cast.office, "/rules/").content.decode()
    assert "474 条规则" in text
    for share in register.shares(register.everything()):
        assert f"?plan={share.plan}" in text
    one = page_for(cast.office, "/rules/?q=P9-20").content.decode()
    assert "三十分钟内到达现场" in one
    assert "nuantu.dispatch.rules.limits:choose" in one
    assert "p09.yaml:" in one
    assert 'id="P9-20"' in one
    assert 'id="P9-21"' not in one


def test_the_count_and_the_sheet_follow_the_filters(cast: Cast) -> None:
    text = page_for(cast.office, "/rules/?plan=P9&status=enforced").content.decode()
    found = register.chosen(Wanted(plan="P9", status="enforced"))
    assert f"共 {len(found)} 条" in text
    assert 'href="/rules/export/?plan=P9&amp;status=enforced"' in text


def test_whoever_reads_the_plans_finds_the_register(cast: Cast) -> None:
    for who in (cast.office, cast.township):
        assert 'href="/rules/"' in page_for(who, "/operations/").content.decode()


def test_the_page_speaks_english(cast: Cast) -> None:
    text = page_for(cast.office, "/rules/?plan=P9", language="en").content.decode()
    assert "Arrive within 30 minutes" in text
    assert "Enforced" in text
    assert "三十分钟" not in text


def test_a_copy_is_found_by_each_of_its_ids(cast: Cast) -> None:
    for words in ("P5-12", "p2-12", "P2/P5-12"):
        text = page_for(cast.office, f"/rules/?q={words}").content.decode()
        assert "P2/P5-12" in text
        assert text.count("data-row") == 1


def test_a_filter_that_makes_no_sense_is_left_out_and_nothing_found_is_said(cast: Cast) -> None:
    assert "共 474 条" in page_for(cast.office, "/rules/?plan=P99").content.decode()
    assert "没有符合条件的规则" in page_for(cast.office, "/rules/?q=zzz").content.decode()


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(plan="P1"),
        Wanted(status="later"),
        Wanted(package="stays"),
        Wanted(capability="C14"),
        Wanted(words="24 h"),
        Wanted(words="夜间 巡查", plan="P2"),
    ],
)
def test_each_filter_narrows_and_the_chart_counts_what_is_left(wanted: Wanted) -> None:
    found = register.chosen(wanted)
    assert found
    assert len(found) < 474
    assert all(wanted.takes(finding) for finding in found)
    assert sum(share.total for share in register.shares(found)) == len(found)
    assert sum(register.totals(found).values()) == len(found)


def test_the_parts_of_a_line_fill_it(cast: Cast) -> None:
    for share in register.shares(register.everything()):
        assert {name for name, _left, _width in share.spans} <= {str(status) for status in Status}
        assert sum(float(width) for _name, _left, width in share.spans) == pytest.approx(
            100, abs=0.1
        )


def test_the_sheet_holds_what_the_page_shows(cast: Cast) -> None:
    answer = cast.office.browser().get("/rules/export/?status=later")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    wanted = register.chosen(Wanted(status="later"))
    assert len(rows) == len(wanted) + 1
    assert [row[0] for row in rows[1:]] == [one.requirement.whole_id for one in wanted]
    assert all(row[-1] for row in rows[1:])


def test_values_that_follow_each_other_are_one_line() -> None:
    """Eight places of one list are read as one, a gap is kept visible."""
    values = [PlanValue("p09.yaml", f"key_locations[{n}]", 140 + n) for n in (1, 2, 3)]
    assert gathered(values) == ["p09.yaml:141 key_locations[1–3]"]
    assert gathered([values[0], values[2]]) == ["p09.yaml:141 key_locations[1, 3]"]
    other = [PlanValue("p01.yaml", "window", 3), PlanValue("p01.yaml", "reports[2]", 9)]
    assert gathered([*other, *values]) == [
        "p01.yaml:3 window",
        "p01.yaml:9 reports[2]",
        "p09.yaml:141 key_locations[1–3]",
    ]
    assert gathered([]) == []


def test_how_far_a_plan_has_come_does_not_change_with_the_status_that_is_looked_at(
    cast: Cast,
) -> None:
    """A bar of the rules still to come alone would say that nothing of the plan is done."""
    text = page_for(cast.office, "/rules/?plan=P9&status=later").content.decode()
    whole = register.chosen(Wanted(plan="P9"))
    assert f'<span class="number">{len(whole)}</span>' in text
    assert 'href="/rules/?plan=P9&amp;status=enforced"' in text
