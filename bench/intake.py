"""Taking a tip in, against the same rows by plain SQL with the same durability.

    python -m bench.intake [N]

One `take_tip` is recorded statement by statement; its writes are then replayed with fresh ids as
bare SQL in one transaction. Both run in turns on one connection. Goal: at most 3 times.
"""

import re
import sys
from typing import Any
from uuid import UUID, uuid4

from bench import ground

WRITES = re.compile(r"^\s*(INSERT|WITH head AS|SELECT .*procrastinate_defer)", re.I | re.S)
HEX = re.compile(r"^[0-9a-f]{64}$")


def main(rounds: int = 300) -> None:
    ground.begin()
    from django.db import connection, transaction

    from nuantu.core import clock, scope
    from nuantu.core.actors import PUBLIC
    from nuantu.dispatch.rules.reports import Position, Report
    from nuantu.dispatch.services import take_tip

    count = 0

    def take() -> None:
        nonlocal count
        count += 1
        report = Report(
            place_text=f"凯里市老街桥洞{count}号",
            seen_text="一位老人，没有被子",
            flags=("elderly",) if count < 0 else (),
            position=Position(26.5852 + count % 50 * 1e-4, 107.9802),
            idempotency_key=f"bench-{count:08d}",
        )
        with scope.public():
            take_tip(actor=PUBLIC, at=clock.now(), report=report)

    recorded: list[tuple[str, Any, bool]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            recorded.append((sql, params, many))
        return execute(sql, params, many, context)

    take()
    with connection.execute_wrapper(note):
        take()

    def fresh(value: Any, seen: dict[Any, Any]) -> Any:
        if isinstance(value, UUID) or (isinstance(value, str) and HEX.match(value)):
            new = uuid4() if isinstance(value, UUID) else uuid4().hex * 2
            return seen.setdefault(value, new)
        return value

    def plain() -> None:
        seen: dict[Any, Any] = {}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.system', 'on', true)")
            for sql, params, many in recorded:
                rows = params if many else [params]
                new = [
                    {k: fresh(v, seen) for k, v in row.items()}
                    if isinstance(row, dict)
                    else [fresh(v, seen) for v in row]
                    for row in rows
                ]
                if many:
                    cursor.executemany(sql, new)
                else:
                    cursor.execute(sql, new[0])

    for _ in range(20):
        take()
        plain()
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(ground.timed(take))
        theirs.append(ground.timed(plain))
    ratio = ground.median_ms(ours) / ground.median_ms(theirs)
    print(f"rows written by one tip: {len(recorded)} statements")
    print(f"take_tip {ground.median_ms(ours):.2f} ms, plain SQL {ground.median_ms(theirs):.2f} ms (median of {rounds})")
    print(f"ratio {ratio:.2f} (goal at most 3)")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
