"""How many statements a page may ask the database: numbers in a file, changed on purpose.

`pytest tests/policy/test_query_budgets.py --rewrite` writes them anew; read the difference.
What is counted is read by `audit` as well: a page of one thing is arranged once for both.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.policy.roles import Row, all_rows, members
from tests.ui.audit import faults

FILE = Path(__file__).parent / "query_budgets.json"
CEILING = 40
# A report needs no session and no cookie, so there is nothing a token could protect.
OPEN_FORMS = "/report/"
LANGUAGES = ("zh-hans", "en")
# What is wrong with each page of one thing, as far as it was visited.
_read: dict[str, list[str]] = {}


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
    return _visit(cast, row, url)[0]


def _visit(cast: Cast, row: Row, url: str) -> tuple[int, list[str]]:
    """Once in each language: the statements of the second visit, and both pages."""
    browser = cast[_reader(row)].browser()
    pages = []
    for language in LANGUAGES:
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            page = browser.get(url, headers={"Accept-Language": language})
            assert page.status_code == 200, url
            is_page = "text/html" in page.headers.get("Content-Type", "")
            pages.append(page.content.decode() if is_page else "")
    noise = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce(current_setting")
    return sum(not query["sql"].startswith(noise) for query in asked.captured_queries), pages


def _faults(url: str, pages: list[str]) -> Iterator[str]:
    """What `audit` finds on whole pages."""
    for language, page in zip(LANGUAGES, pages, strict=True):
        for fault in faults(page) if "<html" in page else ():
            if not (url.startswith(OPEN_FORMS) and "without its token" in fault):
                yield f"{url} {language}: {fault}"


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
    url = row.at(cast) if row.at else reverse(name)
    count, pages = _visit(cast, row, url)
    if row.at:
        _read[name] = list(_faults(url, pages))
    if request.config.getoption("--rewrite"):
        _write(name, count)
        return
    assert name in _budgets(), (
        f"{name} asks {count} times and has no budget: pytest tests/policy --rewrite"
    )
    assert count <= _budgets()[name], f"{name} asks {count} times, its budget is {_budgets()[name]}"


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_of_one_thing_can_be_read_by_everybody(cast: Cast) -> None:
    """Each as the table of roles arranges it, by the first who may see it, in both languages."""
    for name, row in _pages().items():
        if row.at and name not in _read:
            with transaction.atomic():
                url = row.at(cast)
                _read[name] = list(_faults(url, _visit(cast, row, url)[1]))
                transaction.set_rollback(True)
    found = [fault for name in sorted(_read) for fault in _read[name]]
    assert len(_read) > 20
    assert not found, "\n".join(found)


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
