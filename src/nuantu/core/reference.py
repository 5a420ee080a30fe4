"""Reference data remembered in the process: divisions, organisations, places, plan rules.

Each group of tables has a token in the database that a trigger renews with every change, so code
cannot forget it. `remembered` asks for the token (one small query) and loads again only when it
differs. A change that is rolled back takes its token along, so what was loaded under it is never
found again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from nuantu.core import scope

T = TypeVar("T")

_memory: dict[tuple[str, object], tuple[UUID | None, Any]] = {}
_lock = Lock()
MOST_ENTRIES = 4000


class _Tokens:
    """Every token of one moment, read when the first is asked for."""

    def __init__(self) -> None:
        self._known: dict[str, UUID] | None = None

    def get(self, group: str) -> UUID | None:
        if self._known is None:
            with connection.cursor() as cursor:
                cursor.execute('SELECT "group", token FROM core_referencetoken')
                self._known = dict(cursor.fetchall())
        return self._known.get(group)


_steady: ContextVar[_Tokens | None] = ContextVar("nuantu_steady_tokens", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Read the tokens once for the block, which must not change reference data itself.

    A page that is only read is such a block; so is a list that asks for every row.
    """
    if _steady.get() is not None:
        yield
        return
    mark = _steady.set(_Tokens())
    try:
        yield
    finally:
        _steady.reset(mark)


def token(group: str) -> UUID | None:
    """The token of a group of tables, None before its first change."""
    known = _steady.get()
    if known is not None:
        return known.get(group)
    with connection.cursor() as cursor:
        cursor.execute('SELECT token FROM core_referencetoken WHERE "group" = %s', [group])
        row = cursor.fetchone()
    return row[0] if row else None


def remembered(group: str, key: object, load: Callable[[], T]) -> T:
    """What `load` returned last for `key`, or anew when a table of the group changed since.

    `load` runs under the system scope: return plain values that any caller may hold, and let
    `access` decide what is shown. The result is shared between threads and must not be changed.
    """
    current = token(group)
    found = _memory.get((group, key))
    if found is not None and found[0] == current:
        value: T = found[1]
        return value
    with scope.system("reference data are the same for everybody"):
        value = load()
    with _lock:
        if len(_memory) >= MOST_ENTRIES:
            _memory.clear()
        _memory[group, key] = (current, value)
    return value


class RenewToken(Operation):
    """Renew the token of `group` whenever rows of `table` change."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, group: str) -> None:
        self.table = table
        self.group = group

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.table, self.group], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers live in the database only."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        schema_editor.execute(
            f"CREATE TRIGGER {self.table}_reference AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
            f" ON {self.table} FOR EACH STATEMENT EXECUTE FUNCTION nuantu_renew_token('{self.group}')"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_reference ON {self.table}")

    def describe(self) -> str:
        return f"Renew the token of {self.group} with {self.table}"
