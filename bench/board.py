"""The dispatch board with 100,000 tips and 2,000 open, against the same board with 100.

    python -m bench.board [ROUNDS]

The page is asked for through Django's whole stack (middleware, row-level security, template) by the
same dispatcher. Rows are copies of the demo's own tips, made with SQL. Goal: at most 1.5 times.
"""

import sys
from typing import Any

from bench import ground

SMALL = (100, 60)
LARGE = (100_000, 2_000)


def main(rounds: int = 30) -> None:
    ground.begin(with_night=True)
    from nuantu.core import scope

    client = a_dispatcher()
    times = {}
    for name, (total, still_open) in {"100 tips": SMALL, "100,000 tips": LARGE}.items():
        with scope.system("the benchmark makes rows"):
            grow(total, still_open)
        ask(client)
        times[name] = [ground.timed(lambda: ask(client)) for _ in range(rounds)]
        print(f"{name}: {ground.median_ms(times[name]):.0f} ms (median of {rounds})")
    ratio = ground.median_ms(times["100,000 tips"]) / ground.median_ms(times["100 tips"])
    print(f"ratio {ratio:.2f} (goal at most 1.5)")


def a_dispatcher() -> Any:
    from django.test import Client

    from nuantu.accounts.access import SECOND_FACTOR_PASSED
    from nuantu.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(login="dispatcher"))
    session = client.session
    session[SECOND_FACTOR_PASSED] = True
    session.save()
    return client


def ask(client: Any) -> None:
    page = client.get("/dispatch/")
    if page.status_code != 200:
        raise SystemExit(f"the board answered {page.status_code}")


def grow(total: int, still_open: int) -> None:
    """Fill the table up to `total` rows of which `still_open` are open, then let the planner look."""
    from django.db import connection

    from nuantu.dispatch.models import Tip

    closed = Tip.objects.filter(closed_at__isnull=False).latest("received_at")
    waiting = Tip.objects.filter(state="new").latest("received_at")
    have_open = Tip.objects.filter(closed_at=None).count()
    copy(waiting.pk, still_open - have_open, "1 second")
    copy(closed.pk, total - Tip.objects.count(), "10 minutes")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copy(key: int, count: int, apart: str) -> None:
    """`count` copies of one tip with ids of their own, each all of its moments earlier than the last."""
    from django.db import connection
    from django.db.models import DateTimeField

    from nuantu.dispatch.models import Tip

    fields = [field for field in Tip._meta.concrete_fields if field.column != "id"]
    fresh = {
        field.column: f"{field.column} - g * interval '{apart}'"
        for field in fields
        if isinstance(field, DateTimeField)
    } | {
        "public_id": "gen_random_uuid()",
        "receipt_hash": "md5(random()::text || g) || md5(random()::text || g)",
        "idempotency_hash": "NULL",
    }
    values = ", ".join(fresh.get(field.column, f'"{field.column}"') for field in fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dispatch_tip ({columns}) SELECT {values}"
            " FROM dispatch_tip, generate_series(1, %s) g WHERE id = %s",
            [max(count, 0), key],
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
