"""The contact book: who is refused, what comes in from a table, and what is owed once a line is old."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.rules.contacts import MOST, day_in, faults_of, said
from nuantu.homeward.services import contacts as services
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.operations.models import Duty
from tests.cast import Cast
from tests.homeward.contacts import a_contact, an_entry
from tests.homeward.returning import a_return
from tests.homeward.wearing import NOON
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = pytest.mark.django_db
BOOK, NEW = "homeward:contacts", "homeward:contact_new"
TYPED = {
    "place_code": "431224",
    "place_words": "湖南省怀化市溆浦县",
    "name": "样溪县救助管理站",
    "phones": "0745-00000001",
    "confirmed_date": "2026-11-01",
}
HEAD = "区划代码,地区,名称,电话,地址,最近核对,颜色"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.frozen(NOON):
        yield


def _rows() -> list[StationContact]:
    with scope.system("a test looks"):
        return list(StationContact.objects.order_by("pk"))


def _owed() -> int:
    with scope.system("a test counts"):
        return Duty.objects.filter(kind=services.CONFIRM, state=Duty.State.OPEN).count()


def _chosen(cast: Cast, *lines: str) -> Any:
    content = "\n".join((HEAD, *lines)).encode()
    data = {
        "file": SimpleUploadedFile("stations.csv", content),
        "confirmed_date": "2026-11-02",
    }
    return cast.reception.browser().post(reverse("homeward:contact_import"), data)


def _goes_on(cast: Cast, page: Any, name: str = "contact_confirm") -> Any:
    data = {"rows": page.context["packed"]}
    return cast.reception.browser().post(reverse(f"homeward:{name}"), data)


def test_the_kitchen_and_another_prefecture_find_no_line_and_the_bureau_reads_but_changes_none(
    cast: Cast,
) -> None:
    row = a_contact(cast)
    refused_for(cast.nobody, cast.kitchen, cast.police, url=reverse(BOOK))
    url = reverse("homeward:contact", args=[row.public_id])
    not_found_for(cast.outsider, url=url)
    refused_for(cast.section_head, url=url)
    does_not_see(page_for(cast.outsider, reverse(BOOK)), "样溪县救助管理站")
    page = page_for(cast.section_head, reverse(BOOK))
    sees(page, "样溪县救助管理站", "0745-00000001")
    assert url not in page.content.decode()
    with scope.enter(scope.of_actor(cast.outsider.actor)):
        assert not StationContact.objects.exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("place_code", "4312"),
        ("place_code", "991224"),
        ("place_words", " "),
        ("name", ""),
        ("phones", "12345"),
        ("address", "很" * 79),
    ],
)
def test_a_line_that_nobody_could_use_says_which_column_to_mend(column: str, value: str) -> None:
    told = {**TYPED, "address": "", column: value}
    assert [one for one, _fault in faults_of(told, ["43"])] == [column]
    assert faults_of(TYPED, ["43"]) == []


def test_days_are_read_as_people_write_them_and_a_station_fits_into_a_part_of_the_way() -> None:
    day = date(2026, 3, 4)
    for text in ("2026-03-04", "2026/3/4", "2026年3月4日", "20260304"):
        assert day_in(text) == day
    assert [day_in(text) for text in ("", "三月", "2026-13-04")] == [None] * 3
    longest = said(*("很" * MOST[one] for one in ("name", "address", "phones")))
    assert len(longest) == 200


def test_the_same_station_is_not_entered_twice_nor_confirmed_in_the_future(cast: Cast) -> None:
    a_contact(cast)
    browser = cast.reception.browser()
    twice = browser.post(reverse(NEW), TYPED)
    ahead = browser.post(reverse(NEW), {**TYPED, "confirmed_date": "2027-11-01"})
    assert (twice.status_code, ahead.status_code) == (422, 422)
    sees(twice, "通讯录里已经有这个站", "湖南省怀化市溆浦县")
    sees(ahead, "不能是以后的日期")
    assert len(_rows()) == 1


@pytest.mark.rule("P1-33")
def test_a_station_that_nobody_confirmed_for_a_year_is_owed_a_call_until_it_is_confirmed(
    cast: Cast,
) -> None:
    fresh, old = NOON.date() - timedelta(days=364), NOON.date() - timedelta(days=365)
    a_contact(cast, "样新县救助管理站", day=fresh)
    with scope.system("a job"):
        assert services.owe_confirming(at=NOON) == 0
    first, second = a_contact(cast, day=old), a_contact(cast, "样山县救助管理站", day=old)
    with scope.system("a job runs twice"):
        assert (services.owe_confirming(at=NOON), services.owe_confirming(at=NOON)) == (1, 0)
    page = page_for(cast.reception, reverse(BOOK) + "?state=old&province=43")
    sees(page, "样山县救助管理站", "核对已过期")
    does_not_see(page, "样新县救助管理站")
    typed = {**TYPED, "confirmed_date": "2026-11-09", "phones": "0745-00000007"}
    submits(cast.reception, reverse("homeward:contact", args=[first.public_id]), typed)
    assert _owed() == 1
    with pytest.raises(HomewardRefused, match="为什么停用"):
        services.close_contact(actor=cast.reception.actor, at=NOON, contact=second, reason=" ")
    close = reverse("homeward:contact_close", args=[second.public_id])
    cast.reception.browser().post(close, {"reason": "并入样溪县站"})
    assert _owed() == 0
    kept = {row.name: row for row in _rows()}["样溪县救助管理站"]
    assert (kept.phones, kept.confirmed_by) == ("0745-00000007", cast.reception.actor.name)
    does_not_see(page_for(cast.reception, reverse(BOOK)), "样山县救助管理站")


def test_a_table_is_looked_at_row_by_row_before_anything_comes_in(cast: Cast) -> None:
    a_contact(cast, day=date(2026, 10, 1))
    a_contact(cast, "样山县救助管理站", day=date(2026, 10, 1))
    a_contact(cast, "样湖县救助管理站", day=date(2026, 11, 5))
    where = "431224,湖南省怀化市溆浦县"
    page = _chosen(
        cast,
        f"{where},样溪县救助管理站,0745-00000008,,,",
        f"{where},样山县救助管理站,0745-00000001,,2026/10/1,",
        f"{where},样湖县救助管理站,0745-00000002,,,",
        f"{where},样新县救助管理站,0745-00000003,,,蓝",
        f"{where},样新县救助管理站,0745-00000004,,,",
        "9,,样坏县救助管理站,110,,三月,",
    )
    assert {line.number: line.state for line in page.context["lines"]} == {
        2: "changed", 3: "same", 4: "bad", 5: "new", 6: "bad", 7: "bad",
    }  # fmt: skip
    sees(
        page, "0745-00000001 → 0745-00000008", "才核对过", "与第 5 行同名", "核对日期读不懂", "颜色"
    )
    assert len(_rows()) == 3
    mended = load_workbook(BytesIO(_goes_on(cast, page, "contact_unmended").content))
    assert [row[7] for row in mended.worksheets[0].iter_rows(min_row=2, values_only=True)] == [
        4, 6, 7,
    ]  # fmt: skip
    left = _goes_on(cast, page)
    sees(left, "已导入 2 条", "样坏县救助管理站")
    kept = {row.name: row for row in _rows()}
    assert kept["样溪县救助管理站"].address == "样溪路1号"
    assert kept["样溪县救助管理站"].confirmed_date == date(2026, 11, 2)
    assert kept["样湖县救助管理站"].phones == "0745-00000001"
    with scope.system("a test looks"):
        line = JournalEntry.objects.get(verb="homeward.station_contact.import")
    assert line.changes["count"] == 2


def test_rows_of_somebody_else_or_from_a_file_that_is_no_table_do_not_come_in(cast: Cast) -> None:
    row = "431224,湖南省怀化市溆浦县,样溪县救助管理站,0745-00000001,,,"
    packed = _chosen(cast, row).context["packed"]
    confirm = reverse("homeward:contact_confirm")
    for who, text in ((cast.tracing_officer, packed), (cast.reception, packed[:-2] + "xx")):
        who.browser().post(confirm, {"rows": text})
    assert _rows() == []
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")
    data = {"file": broken, "confirmed_date": "2026-11-02"}
    answer = cast.reception.browser().post(reverse("homeward:contact_import"), data)
    assert answer.status_code == 422
    sees(answer, "读不了这个文件")


def test_what_was_exported_comes_in_again_and_changes_nothing(cast: Cast) -> None:
    a_contact(cast, day=date(2026, 10, 1))
    browser = cast.reception.browser()
    content = browser.get(reverse("homeward:contact_export")).content
    data = {"file": SimpleUploadedFile("book.xlsx", content), "confirmed_date": "2026-11-02"}
    page = browser.post(reverse("homeward:contact_import"), data)
    assert [line.state for line in page.context["lines"]] == ["same"]


def test_a_part_of_the_way_offers_stations_of_the_home_province_first_and_says_which_are_old(
    cast: Cast,
) -> None:
    a_contact(cast, "样江市救助管理站", place_code="360100", place_words="江西省")
    a_contact(cast, day=NOON.date() - timedelta(days=400))
    url = reverse("homeward:return_deed", args=[a_return(cast).public_id, "leg"])
    page = page_for(cast.reception, url)
    entry = an_entry()
    words = said(entry.name, entry.address, entry.phones)
    sees(page, f'value="{words}"', "核对已过期")
    text = page.content.decode()
    assert text.index("样溪县救助管理站") < text.index("样江市救助管理站")


def test_a_table_of_more_than_500_lines_is_refused_as_a_whole_and_500_are_read(cast: Cast) -> None:
    rows = [f"431224,湖南省怀化市溆浦县,样站{n},0745-{n:08d},," for n in range(501)]
    page = _chosen(cast, *rows)
    assert page.status_code == 422
    sees(page, "500")
    assert _rows() == []
    page = _chosen(cast, *rows[:500])
    assert (page.status_code, page.context["packed"] != "") == (200, True)
