"""The fast tier: what it leaves out, and the bound that keeps it fast.

Time depends on the machine and on who else uses it; how often a test asks the database does not.
"""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.database import is_throw_away

# A test that asks the database more often walks a whole way: it belongs to the whole suite alone.
# What a process has not read yet it asks besides, so that a test fails at twice as many.
MOST_STATEMENTS = 120
_BROWSER = Path(__file__).parent / "browser"
_SLOW_FILE = re.compile(r"^pytestmark\b(?:[^\n]|\n[ \])])*\bmark\.(?:slow|e2e)\b", re.MULTILINE)


def is_left_unread(path: Path) -> bool:
    """Whether all tests of this file or folder are slow or want the browser."""
    if path == _BROWSER:
        return True
    return path.suffix == ".py" and bool(_SLOW_FILE.search(path.read_text(encoding="utf-8")))


def has_real_transactions(item: Any) -> bool:
    """Whether what the test writes is committed, so that every table is looked at afterwards."""
    mark = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"}.intersection(item.fixturenames)
    return bool(asked) or bool(mark and mark.kwargs.get("transaction"))


def is_slow(item: pytest.Item) -> bool:
    """Marked so, or with real transactions; on a server of somebody's own these stay, because the
    whole suite does not run there."""
    is_marked = any(item.get_closest_marker(name) for name in ("slow", "e2e"))
    return is_marked or (has_real_transactions(item) and is_throw_away())


_once: list[object] = []


@contextmanager
def uncounted() -> Iterator[None]:
    """What is sent here is made once for many tests, not for the one that happens to come first."""
    mark = object()
    _once.append(mark)
    try:
        yield
    finally:
        _once.remove(mark)


class Counting:
    """Counts what a test and its fixtures send."""

    def __init__(self) -> None:
        self.sent = 0

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.sent += not _once
        return execute(sql, params, many, context)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        if fixturedef.scope == "function":
            return (yield)
        with uncounted():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Generator[None, object, object]:
        self.sent = 0
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        answer = yield
        assert self.sent <= 2 * MOST_STATEMENTS, (
            f"{self.sent} statements, and a test of the fast tier sends {MOST_STATEMENTS} at most: "
            "start with less, or mark it slow"
        )
        return answer
