"""Lists of any length: counted up to a number, and paged to their end."""

from datetime import date

import pytest
from django.core.paginator import InvalidPage
from django.db.models import QuerySet

from nuantu.accounts.models import Division
from nuantu.ui import pages
from nuantu.ui.pages import LongList
from tests.ui.test_components import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> QuerySet[Division]:
    """Nine rows, of which five are counted."""
    monkeypatch.setattr(pages, "MOST_COUNTED", 5)
    since = date(2000, 1, 1)
    Division.objects.bulk_create(
        Division(
            code=f"99000{number}000000", name=f"虚构{number}县", level="county", valid_from=since
        )
        for number in range(9)
    )
    return Division.objects.filter(code__startswith="99").order_by("code")


def test_a_page_that_is_not_there_is_refused(rows: QuerySet[Division]) -> None:
    for number in ("0", "-1", "6", "9" * 30, "ten"):
        with pytest.raises(InvalidPage):
            LongList(rows, 2).page(number)


def test_more_rows_than_are_counted_are_all_reached(rows: QuerySet[Division]) -> None:
    found = LongList(rows, 2)
    assert (found.count, found.count.is_more) == (5, True)
    shown, number = list[str](), 1
    while True:
        page = found.page(number)
        shown += [row.name for row in page]
        if not page.has_next():
            break
        number = page.next_page_number()
    assert shown == [f"虚构{number}县" for number in range(9)]
    assert (page.start_index(), page.end_index()) == (9, 9)
    assert "第 1–2 条，共有超过 5 条" in drawn("{% pager page %}", page=found.page(1))


def test_a_list_that_is_counted_whole_says_its_number(rows: QuerySet[Division]) -> None:
    few = LongList(rows.filter(code__lt="990003"), 2)
    assert (few.count, few.count.is_more, few.num_pages) == (3, False, 2)
    assert few.get_page("9").number == 2
    assert "第 3–3 条，共 3 条" in drawn("{% pager page %}", page=few.page(2))
