"""Pages of a list that may be of any length."""

from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

if TYPE_CHECKING:
    AnyPage = Page[Any]
    AnyPaginator = Paginator[Any]
else:
    AnyPage, AnyPaginator = Page, Paginator

MOST_COUNTED: Final = 1000
_LAST: Final = 10_000_000  # a page number above is nobody's


class Total(int):
    """How many rows there are; `is_more` where counting stopped and there are more than that."""

    is_more = False

    @classmethod
    def above(cls, number: int) -> "Total":
        """More than so many."""
        total = cls(number)
        total.is_more = True
        return total


class LongPage(AnyPage):
    """A page that knows whether another follows though nobody counted the whole list."""

    paginator: "LongList"

    def has_next(self) -> bool:
        """Behind the counted rows the next one is asked for."""
        return self.paginator.has_page(self.number + 1)

    def end_index(self) -> int:
        """The place of the last row of the page, the first of the list being 1."""
        if self.has_next():
            return self.number * self.paginator.per_page
        total = self.paginator.count
        return self.start_index() - 1 + len(self) if total.is_more else total


class LongList(AnyPaginator):
    """Rows of a query a page at a time; up to `MOST_COUNTED` of them are counted, the pages go on behind.

    Under row-level security the database looks at every row that it counts: a hundred thousand take longer
    than all the rest of a page.
    """

    def __init__(self, rows: Any, per_page: int) -> None:
        super().__init__(rows, per_page)
        self._asked: dict[int, bool] = {}

    @cached_property
    def count(self) -> Total:
        """How many there are, or that there are more than `MOST_COUNTED`."""
        rows = self.object_list
        if not isinstance(rows, QuerySet) or rows.query.is_sliced:
            return Total(super().count)
        counted = rows.order_by()[: MOST_COUNTED + 1].count()
        return Total.above(MOST_COUNTED) if counted > MOST_COUNTED else Total(counted)

    def page(self, number: int | str) -> LongPage:
        """The page of a number; raises what Django's own raises where there is none."""
        whole = self.validate_number(number)
        first, end = (whole - 1) * self.per_page, whole * self.per_page
        if not self.count.is_more:
            end = min(end, self.count)
        return LongPage(self.object_list[first:end], whole, self)

    def has_page(self, number: int) -> bool:
        """Whether there is a page of this number; behind the counted rows the database is asked, once."""
        if number <= self.num_pages:
            return number > 0
        if not self.count.is_more or number > _LAST:
            return False
        if number not in self._asked:
            first = (number - 1) * self.per_page
            self._asked[number] = len(self.object_list[first : first + 1]) > 0
        return self._asked[number]

    def validate_number(self, number: Any) -> int:
        """The number of a page that is there; else raises what Django's own raises."""
        try:
            whole = int(number)
        except (TypeError, ValueError, OverflowError):
            return int(super().validate_number(number))
        return whole if self.has_page(whole) else int(super().validate_number(number))
