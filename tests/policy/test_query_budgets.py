"""How many statements a page may ask the database: numbers in a file, changed on purpose.

`pytest tests/policy/test_query_budgets.py --rewrite` writes them anew; read the difference.
"""

import json
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.policy.roles import Row, all_rows, members

FILE = Path(__file__).parent / "query_budgets.json"
CEILING = 40


def _pages() -> dict[str, Row]:
    """Pages that somebody gets."""
    return {
        name: row
        for name, row in all_rows().items()
        if row.method == "get"
        and not row.is_program
        and 200 in row.answers
        and members(row.open_to)
    }


def _budgets() -> dict[str, int]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}


def _reader(row: Row) -> str:
    """The member of the cast whose page is counted: the first that has an account."""
    found = sorted(members(row.open_to) - {"nobody", "taxi_driver"})
    return found[0] if found else "nobody"


def _statements(cast: Cast, row: Row, url: str) -> int:
    """Statements of the second visit: what a process learns once does not count."""
    browser = cast[_reader(row)].browser()
    browser.get(url)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200, url
    noise = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    return sum(not query["sql"].startswith(noise) for query in asked.captured_queries)


def _write(name: str, count: int) -> None:
    found = _budgets() | {name: count}
    FILE.write_text(json.dumps(dict(sorted(found.items())), indent=1) + "\n", encoding="utf-8")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(_pages()))
def test_a_page_asks_no_more_than_its_budget(
    name: str, cast: Cast, request: pytest.FixtureRequest
) -> None:
    row = _pages()[name]
    count = _statements(cast, row, row.at(cast) if row.at else reverse(name))
    if request.config.getoption("--rewrite"):
        _write(name, count)
        return
    assert name in _budgets(), (
        f"{name} asks {count} times and has no budget: pytest tests/policy --rewrite"
    )
    assert count <= _budgets()[name], f"{name} asks {count} times, its budget is {_budgets()[name]}"


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name, row in _pages().items() if row.more))
def test_more_rows_ask_no_more_statements(name: str, cast: Cast) -> None:
    """A list of twelve costs what a list of one costs."""
    row = _pages()[name]
    url = row.at(cast) if row.at else reverse(name)
    assert row.more is not None
    row.more(cast, 1)
    before = _statements(cast, row, url)
    row.more(cast, 11)
    after = _statements(cast, row, url)
    assert after <= before, f"{name}: {before} statements for one row, {after} for twelve"


def test_budgets_name_only_pages_that_exist_and_stay_reasonable() -> None:
    budgets = _budgets()
    assert budgets
    assert not set(budgets) - set(_pages()), set(budgets) - set(_pages())
    assert max(budgets.values()) <= CEILING
