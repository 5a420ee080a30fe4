"""Taking a tip in, against the same rows by plain SQL with the same durability.

    python -m bench.intake [N]

One `take_tip` is recorded statement by statement; its writes are then replayed with fresh ids as
bare SQL in one transaction. Both run in turns on one connection. Goal: at most 3 times.
"""

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
        """All of them in one transaction."""
        from django.db import connection, transaction

        seen: dict[Any, Any] = {}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.system', 'on', true)")
            for sql, params, many in self.statements:
                if many:
                    cursor.executemany(sql, [self._renewed(row, seen) for row in params])
                else:
                    cursor.execute(sql, self._renewed(params, seen))

    def _renewed(self, row: Any, seen: dict[Any, Any]) -> Any:
        if isinstance(row, dict):
            return {name: self.anew(value, seen) for name, value in row.items()}
        return [self.anew(value, seen) for value in row]

    def anew(self, value: Any, seen: dict[Any, Any]) -> Any:
        """A value with what must be unique made anew, the same way in every row of one run."""
        return _fresh(value, seen)


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
    for _ in range(20):
        take()
        replay.run()
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(ground.timed(take))
        theirs.append(ground.timed(replay.run))
    ratio = ground.median_ms(ours) / ground.median_ms(theirs)
    print(f"one tip writes by {len(replay.statements)} statements")
    print(
        f"take_tip {ground.median_ms(ours):.2f} ms, plain SQL {ground.median_ms(theirs):.2f} ms"
        f" (median of {rounds})"
    )
    print(f"ratio {ratio:.2f} (goal at most 3)")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
