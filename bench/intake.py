"""Taking a tip in, against the same rows by plain SQL with the same durability.

    python -m bench.intake [N]

One `take_tip` is recorded statement by statement; the rows it inserted are then inserted again with
fresh ids in one transaction, as a script of psycopg sends them: one INSERT for each row, parameters
bound by the driver, all constraints, indexes and triggers in place, no row-level check (the system
scope), no savepoint, nothing read or updated but the head of a journal chain once for each piece of
work, and nothing sealed, digested or rendered. Both run in turns on one connection. Goal: at most 3
times. The second figure is kinder to the script: its journal lines by one statement, as ours.
"""

import json
import re
import sys
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from bench import ground

WRITES = re.compile(r"^\s*(INSERT|SELECT .*(procrastinate_defer|nuantu_append_lines))", re.I | re.S)
HEX = re.compile(r"^[0-9a-f]{64}$")
LINK = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{64}\b")

_COLUMNS = [
    "public_id",
    "chain",
    "seq",
    "digest",
    "verb",
    "summary",
    "basis",
    "actor_id",
    "actor_name",
    "actor_org",
    "happened_at",
    "recorded_at",
    "division_code",
    "owner_org",
    "case_id",
    "changes",
    "sealed",
]


def _insert(table: str, columns: list[str]) -> str:
    values = ", ".join(f"%({name})s" for name in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"


LINE = _insert("core_journalentry", _COLUMNS)
SUBJECT = _insert("core_journalsubject", ["entry_id", "kind", "subject_id", "public_id"])


class Replay:
    """The writes of one tip, to be run again as bare SQL with fresh ids."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any, bool]] = []

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """An execute wrapper of Django's that keeps what writes."""
        if WRITES.match(sql):
            self.statements.append((sql, params, many))
        return execute(sql, params, many, context)

    def run(self) -> None:
        """All rows in one transaction, each by an INSERT of its own."""
        self._run(by_row=True)

    def run_batched(self) -> None:
        """All rows in one transaction, the journal lines of a piece of work by one statement."""
        self._run(by_row=False)

    def count(self) -> int:
        """How many rows are inserted."""
        return sum(
            len(_rows_of(json.loads(params[0]))) if _is_append(sql) else 1
            for sql, params, _many in self.statements
        )

    def _run(self, *, by_row: bool) -> None:
        from django.db import connection, transaction

        seen: dict[Any, Any] = {}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.system', 'on', true)")
            for sql, params, many in self.statements:
                if many:
                    cursor.executemany(sql, [self._renewed(row, seen) for row in params])
                elif by_row and _is_append(sql):
                    _insert_lines(cursor, json.loads(self._renewed(params, seen)[0]))
                else:
                    cursor.execute(sql, self._renewed(params, seen))

    def _renewed(self, row: Any, seen: dict[Any, Any]) -> Any:
        if isinstance(row, dict):
            return {name: self.anew(value, seen) for name, value in row.items()}
        return [self.anew(value, seen) for value in row]

    def anew(self, value: Any, seen: dict[Any, Any]) -> Any:
        """A value with what must be unique made anew, the same way in every row of one run."""
        return _fresh(value, seen)


def _is_append(sql: str) -> bool:
    return "nuantu_append_lines" in sql


def _rows_of(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of lines of the journal: each line, and each thing it is about."""
    return [row for line in lines for row in (line, *line["subjects"])]


def _insert_lines(cursor: Any, lines: list[dict[str, Any]]) -> None:
    """Lines of one chain row by row; the digests are any text of the right length."""
    chain, digest = lines[0]["chain"], lines[-1]["payload"]
    cursor.execute("SELECT seq FROM core_journalchain WHERE chain = %s FOR UPDATE", [chain])
    (head,) = cursor.fetchone()
    for place, line in enumerate(lines, head + 1):
        texts = line | {"changes": json.dumps(line["changes"]), "digest": line["payload"]}
        cursor.execute(LINE, texts | {"seq": place})
        for subject in line["subjects"]:
            cursor.execute(SUBJECT, subject | {"entry_id": line["public_id"]})
    cursor.execute(
        "UPDATE core_journalchain SET seq = %s, digest = %s WHERE chain = %s",
        [head + len(lines), digest, chain],
    )


def _fresh(value: Any, seen: dict[Any, Any]) -> Any:
    if isinstance(value, str) and value.startswith("["):
        return LINK.sub(lambda found: _link(found[0], seen), value)
    if isinstance(value, UUID):
        return seen.setdefault(value, uuid4())
    if isinstance(value, str) and HEX.match(value):
        return seen.setdefault(value, uuid4().hex * 2)
    return value


def _link(text: str, seen: dict[Any, Any]) -> str:
    """An id or a digest within the journal lines of one statement."""
    return str(_fresh(UUID(text), seen) if "-" in text else _fresh(text, seen))


def taker() -> Callable[[], None]:
    """A function that takes one more invented tip in, as the public."""
    from nuantu.core import clock, scope
    from nuantu.core.actors import PUBLIC
    from nuantu.dispatch.rules.reports import Position, Report
    from nuantu.dispatch.services import take_tip

    numbers = count()

    def take() -> None:
        number = next(numbers)
        report = Report(
            place_text=f"凯里市老街桥洞{number}号",
            seen_text="一位老人，没有被子",
            position=Position(26.5852 + number % 50 * 1e-4, 107.9802),
            idempotency_key=f"bench-{number:08d}",
        )
        with scope.public():
            take_tip(actor=PUBLIC, at=clock.now(), report=report)

    return take


def main(rounds: int = 300) -> None:
    ground.begin()
    from django.db import connection

    take, replay = taker(), Replay()
    take()
    with connection.execute_wrapper(replay.note):
        take()
    works = (take, replay.run, replay.run_batched)
    times: list[list[float]] = [[] for _work in works]
    for turn in range(rounds + 20):
        for work, taken in zip(works, times, strict=True):
            seconds = ground.timed(work)
            if turn >= 20:  # all are warm
                taken.append(seconds)
    ours, theirs, batched = (ground.median_ms(taken) for taken in times)
    print(
        f"take_tip {ours:.2f} ms, the same {replay.count()} rows by plain SQL {theirs:.2f} ms"
        f" (median of {rounds})"
    )
    print(f"ratio {ours / theirs:.2f} (goal at most 3)")
    print(f"against journal lines by one statement ({batched:.2f} ms): {ours / batched:.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
