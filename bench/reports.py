"""The tracing desk of a station with 100,000 missing-person reports against the same with 1,000.

    python -m bench.reports [ROUNDS]

The pages are asked for through Django's whole stack (middleware, row-level security, template) by its tracing
officer; the reports are copied with SQL from one that was taken through the services. Goal: at most 1.5 times.
"""

import sys
from functools import partial

from bench import ground
from bench.stays import _NAMED, _SOUND, _id, ask, copy, signed_in

SMALL, LARGE = 1_000, 100_000
NAMED = "zhaotiezhu"
PAGES = {
    "list": "/tracing/reports/",
    "last page that is counted": "/tracing/reports/?page=20",
    "home or loss in a county that few come from": "/tracing/reports/?place=黄平县",
    "home or loss in a city that all come from": "/tracing/reports/?place=毕节市",
    "by a name nobody shares": f"/tracing/reports/?q={NAMED}",
    "by a name that a thousandth has": "/tracing/reports/?q=wangdashan",
    "by two characters of a village": "/tracing/reports/?q=木桥",
    "by number": "/tracing/reports/?q=XR522601-260101-AAAA",
    "suspected matches, by name": f"/tracing/matches/?q={NAMED}",
}


def main(rounds: int = 20) -> None:
    ground.begin(with_night=True)
    client = signed_in("tracing")
    with_name()
    times: dict[str, dict[int, float]] = {name: {} for name in PAGES}
    have = 0
    for total in (SMALL, LARGE):
        grow(have, total)
        have = total
        for name, address in PAGES.items():
            ask(client, address)
            taken = [ground.timed(partial(ask, client, address)) for _ in range(rounds)]
            times[name][total] = ground.median_ms(taken)
    for name, taken_by in times.items():
        ratio = taken_by[LARGE] / taken_by[SMALL]
        print(f"{name:44} {taken_by[SMALL]:8.1f} ms {taken_by[LARGE]:8.1f} ms  {ratio:5.2f}")
    print("words of reports:", size())


def with_name() -> None:
    """One report carries the name that is looked for."""
    from nuantu.core import scope
    from nuantu.tracing.models import MissingReport

    with scope.system("the benchmark makes rows"):
        row = MissingReport.objects.filter(is_restricted=False, state="open").earliest("pk")
        MissingReport.objects.filter(pk=row.pk).update(
            name="赵铁柱", search_text=f"赵铁柱 {NAMED} ztz 木桥寨"
        )


def grow(have: int, total: int) -> None:
    """More reports of the same body, each with a name of its own and the words of an ordinary report."""
    from django.db import connection

    from nuantu.core import scope
    from nuantu.tracing.models import MissingReport

    told = "'毕节市 凯里火车站附近 毕节话 左手缺小指 bijieshi kailihuochezhanfujin bijiehua zuoshouquexiaozhi'"
    values = {
        "public_id": _id("r"),
        "number": "'XR' || g",
        "name": _NAMED,
        "search_text": f"{_NAMED} || ' ' || {_SOUND} || ' ' || {told}",
    }
    with scope.system("the benchmark makes rows"):
        row = MissingReport.objects.filter(name="赵铁柱").get()
        copy(MissingReport, row.pk, values, {"first": have + 1, "last": total})
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def size() -> str:
    """What the words take on the disk with their indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('tracing_reportword'))")
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
