"""What many tests start from is made by the services once per process, and repeated afterwards.

A repetition sends the statements that the services sent, in one message, and only where every
table they looked at holds exactly what it held then. Anywhere else the services do the work, and
it is noted for the next test on the same ground.
"""

import copy
import re
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection, transaction

from nuantu.core import reference
from nuantu.operations.selectors import rulebooks
from tests import tiers

T = TypeVar("T")

_READS = re.compile(
    r'\s*(SAVEPOINT|RELEASE|SELECT\s+("|DISTINCT|COUNT|1 AS|token|pg_advisory|set_config|coalesce))'
)
_TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?([a-z]+_[a-z_]+)"?')
# The journal is chained by its own statement; tokens are random, and renewed by triggers.
_UNSEEN = re.compile(r"core_journal\w*|nuantu_append_lines|core_referencetoken|procrastinate_\w+")
# What a test arranged before is part of what it started from; the last few such grounds are known.
GROUNDS = 4
_made: dict[Hashable, list["_Recording"]] = {}


def repeated(name: Hashable, make: Callable[[], T]) -> T:
    """What `make` returns, with the rows it writes; `name` says all that it depends on."""
    if not connection.in_atomic_block:
        with transaction.atomic():
            return repeated(name, make)
    known = _made.setdefault(name, [])
    found = next((one for one in known if one.repeat()), None) or _Recording()
    if found in known or found.record(make):
        known[:] = [found, *(one for one in known if one is not found)][:GROUNDS]
    value: T = copy.deepcopy(found.value)
    return value


class _Recording:
    """The statements of one making, what the tables held before it, and what it returned."""

    def __init__(self) -> None:
        self.value: Any = None
        self._script: list[str] = []
        self._tables: dict[str, Any] = {}
        self._sequences: dict[str, int] = {}
        self._afterwards: list[Callable[[], object]] = []
        self._is_whole = True

    def record(self, make: Callable[[], object]) -> bool:
        """Make it, and take note; False where something was undone, which cannot be repeated."""
        for memory in (reference._memory, rulebooks._books, rulebooks._layers):
            memory.clear()  # what is remembered is not asked for, and would not be seen here
        waiting = len(connection.run_on_commit)
        with tiers.uncounted(), connection.execute_wrapper(self._note):
            made = make()
        self._afterwards = [one[1] for one in connection.run_on_commit[waiting:]]
        self.value = made
        return self._is_whole

    def _note(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        for table in _TABLE.findall(text):
            if table not in self._tables and not _UNSEEN.fullmatch(table):
                self._look_at(table)
        if not _READS.match(text):
            assert not many, text
            self._is_whole &= not text.startswith("ROLLBACK")
            self._script.append(context["cursor"].mogrify(text, params))
        return execute(sql, params, many, context)

    def _look_at(self, table: str) -> None:
        with connection.connection.cursor() as raw:
            self._tables[table] = raw.execute(f"SELECT {_content(table)}").fetchone()[0]
            for sequence in connection.introspection.get_sequences(raw, table):
                last = f"SELECT {_last(sequence['name'])}"
                self._sequences[sequence["name"]] = raw.execute(last).fetchone()[0]

    def repeat(self) -> bool:
        """Send the statements again; False when the tables are not as they were."""
        looks = [*map(_content, self._tables), *map(_last, self._sequences)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(looks)}")
            found = cursor.fetchone()
            if found[: len(self._tables)] != tuple(self._tables.values()):
                return False
            now = dict(zip(self._sequences, found[len(self._tables) :], strict=True))
            cursor.execute(";\n".join([*self._rewound(), *self._script, *self._forward(now)]))
        for call in self._afterwards:
            transaction.on_commit(call)
        return True

    def _rewound(self) -> list[str]:
        return [f"SELECT setval('{name}', {at + 1}, false)" for name, at in self._sequences.items()]

    def _forward(self, now: dict[str, int]) -> list[str]:
        """No number is given out twice to rows of different content."""
        return [
            f"SELECT setval('{name}', greatest({at}, {_last(name)}) + 1, false)"
            for name, at in now.items()
        ]


def _content(table: str) -> str:
    return f"(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t)"


def _last(sequence: str) -> str:
    return f"(SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence})"
