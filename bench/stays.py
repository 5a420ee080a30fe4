"""A station with 200,000 past stays against the same station with 2,000, and taking somebody in.

    python -m bench.stays [ROUNDS] [past|intake]

The pages are asked for through Django's whole stack (middleware, row-level security, template) by the
clerk at the reception. Past people, cases, stays and beds are made with SQL. Goal: at most 1.5 times.

One intake (reception opened, kept, admitted with a bed) is recorded statement by statement; its rows
are then inserted again by plain SQL in one transaction, one INSERT for each row (`bench.intake` says
how), and both run in turns. Goal: at most 3 times.

At the end `bench.reception`: fields, keys and modelled time of taking somebody in by hand.
"""

import re
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from bench import ground, reception
from bench.intake import Replay

SMALL, LARGE = 2_000, 200_000
PAGES = {
    "board": "/stays/",
    "register": "/stays/register/",
    "register, by name": "/stays/register/?q=zhaotiezhu",
    "register, by stay number": "/stays/register/?q=S522601-200101-AAAA",
    "door, search before create": "/stays/door/?q=zhaotiezhu",
    "door, a name that grows with the house": "/stays/door/?q=wangdashan",
    "door, two characters": "/stays/door/?q=铁柱",
}
NUMBER = re.compile(r"^([A-Z]?)(\d{6}-\d{6})-[0-9A-Z]{4}$")
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def main(rounds: int = 30, part: str = "") -> None:
    server = ground.begin(with_night=True)
    client = a_clerk()
    if part != "intake":
        past_stays(client, rounds)
    if part != "past":
        intake(rounds * 3)
        reception.measure(server, client)


def past_stays(client: Any, rounds: int) -> None:
    from nuantu.core import scope

    times: dict[str, dict[int, float]] = {name: {} for name in PAGES}
    have = 0
    for total in (SMALL, LARGE):
        with scope.system("the benchmark makes rows"):
            grow(have, total)
        have = total
        for name, address in PAGES.items():
            ask(client, address)
            taken = [ground.timed(partial(ask, client, address)) for _ in range(rounds)]
            times[name][total] = ground.median_ms(taken)
    for name, taken_by in times.items():
        ratio = taken_by[LARGE] / taken_by[SMALL]
        print(
            f"{name}: {taken_by[SMALL]:.0f} ms with {SMALL:,}, {taken_by[LARGE]:.0f} ms with"
            f" {LARGE:,} past stays, ratio {ratio:.2f} (goal at most 1.5; median of {rounds})"
        )


def a_clerk() -> Any:
    return signed_in("reception")


def signed_in(login: str) -> Any:
    """A browser that somebody of the demo is signed in with."""
    from django.test import Client

    from nuantu.accounts.access import SECOND_FACTOR_PASSED
    from nuantu.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(login=login))
    session = client.session
    session[SECOND_FACTOR_PASSED] = True
    session.save()
    return client


def ask(client: Any, address: str) -> None:
    page = client.get(address)
    if page.status_code != 200:
        raise SystemExit(f"{address} answered {page.status_code}")


# -- past stays ---------------------------------------------------------------------------------

_NAMED = """
(ARRAY['王','李','张','刘','陈','杨','龙','吴','潘','石'])[1 + g % 10]
|| (ARRAY['大','小','阿','老','秀','德','志','玉','建','桂'])[1 + g / 10 % 10]
|| (ARRAY['山','河','英','勇','福','强','燕','国','花','兰'])[1 + g / 100 % 10]
"""
_SOUND = """
(ARRAY['wang','li','zhang','liu','chen','yang','long','wu','pan','shi'])[1 + g % 10]
|| (ARRAY['da','xiao','a','lao','xiu','de','zhi','yu','jian','gui'])[1 + g / 10 % 10]
|| (ARRAY['shan','he','ying','yong','fu','qiang','yan','guo','hua','lan'])[1 + g / 100 % 10]
"""


def grow(have: int, total: int) -> None:
    """Past stays of invented people, twelve hours each, one after the other in every bed."""
    from django.db import connection

    from nuantu.persons.models import Case, Person
    from nuantu.stays.models import Bed, BedStay, Leaving, Stay

    past = Stay.objects.filter(leaving__way="self").earliest("pk")
    zones = Bed.objects.filter(room__zone__sex=past.sex, room__zone__ages="adult")
    beds = list(zones.values_list("pk", flat=True))
    numbers = {"first": have + 1, "last": total, "beds": beds}
    back = f"interval '1 day' * 100 + (g / {len(beds)}) * interval '12 hours'"
    case = Case.objects.get(case_id=past.case_id)
    copy(Person, past.person_id, PERSON, numbers)
    copy(Case, case.pk, CASE, numbers)
    copy(Stay, past.pk, STAY | _moments("entered_at", back), numbers)
    copy(BedStay, past.beds.earliest("pk").pk, _bed(back, len(beds)), numbers)
    copy(Leaving, past.leaving.pk, LEAVING, numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _id(letter: str) -> str:
    return f"md5('{letter}' || g)::uuid"


def _of(table: str, letter: str) -> str:
    return f"(SELECT id FROM {table} WHERE public_id = {_id(letter)})"


PERSON = {"public_id": _id("p"), "name": _NAMED, "search_text": f"{_NAMED} || ' ' || {_SOUND}"}
CASE = {
    "public_id": _id("c"),
    "case_id": _id("c"),
    "person_id": _of("persons_person", "p"),
    "number": "'C' || g",
    "state": "'closed'",
    "closed_at": "opened_at",
    "closing": "'self_return'",
}
STAY = {
    "public_id": _id("s"),
    "case_id": _id("c"),
    "person_id": _of("persons_person", "p"),
    "reception_id": "NULL",
    "number": "'S' || g",
}
LEAVING = {"public_id": _id("l"), "stay_id": _of("stays_stay", "s"), "left_at": "left_at"}


def _moments(column: str, back: str) -> dict[str, str]:
    return {
        "entered_at": f"{column} - ({back})",
        "left_at": f"{column} - ({back}) + interval '11 hours'",
    }


def _bed(back: str, beds: int) -> dict[str, str]:
    begun = f"lower(period) - ({back})"
    return {
        "public_id": _id("b"),
        "stay_id": _of("stays_stay", "s"),
        "bed_id": f"(%(beds)s::bigint[])[1 + g % {beds}]",
        "period": f"tstzrange({begun}, {begun} + interval '11 hours')",
    }


def copy(model: Any, key: int, values: dict[str, str], numbers: dict[str, Any]) -> None:
    """Copies of one row, each with values of its own by its number g."""
    from django.db import connection

    table = model._meta.db_table
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.column != "id" and not field.generated
    ]
    chosen = ", ".join(
        values[name].replace("%", "%%").replace("%%(beds)s", "%(beds)s")
        if name in values
        else f'"{name}"'
        for name in columns
    )
    listed = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {chosen} FROM {table},"
            " generate_series(%(first)s, %(last)s) g WHERE id = %(key)s",
            numbers | {"key": key},
        )


# -- intake -------------------------------------------------------------------------------------


class Rows(Replay):
    """The rows of one intake, inserted again with fresh ids and numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.serial = count(1)

    def anew(self, value: Any, seen: dict[Any, Any]) -> Any:
        """As for a tip, and the numbers of case and stay."""
        if isinstance(value, str) and (found := NUMBER.match(value)):
            if value not in seen:
                number = next(self.serial)
                tail = "".join(LETTERS[number // 32**place % 32] for place in range(4))
                seen[value] = f"{found[1]}{found[2]}-{tail}"
            return seen[value]
        return super().anew(value, seen)


def intake(rounds: int) -> None:
    from django.db import connection

    take, rows = taker(), Rows()
    take()
    clear()
    with connection.execute_wrapper(rows.note):
        take()
    clear()
    works = (take, rows.run, rows.run_batched)
    times: list[list[float]] = [[] for _work in works]
    for turn in range(rounds + 5):
        for work, taken in zip(works, times, strict=True):
            seconds = ground.timed(work)
            clear()
            if turn >= 5:  # all are warm
                taken.append(seconds)
    ours, theirs, batched = (ground.median_ms(taken) for taken in times)
    print(
        f"intake: {ours:.1f} ms, the same {rows.count()} rows by plain SQL {theirs:.1f} ms,"
        f" ratio {ours / theirs:.2f} (goal at most 3; median of {rounds})"
    )
    print(f"against journal lines by one statement ({batched:.1f} ms): {ours / batched:.2f}")


def taker() -> Callable[[], None]:
    """A function that takes one more invented man in: reception, what is found out, a bed."""
    from nuantu.accounts.models import User
    from nuantu.accounts.selectors import actor_for
    from nuantu.core import clock, scope
    from nuantu.persons.rules.ages import Age
    from nuantu.stays import services

    user = User.objects.select_related("organisation__division").get(login="reception")
    actor, numbers = actor_for(user), count(1)
    found_out = {"telling": "tells", "security": "passed", "is_informed": True}

    def take() -> None:
        newcomer = services.Newcomer(
            name=f"样本{next(numbers)}号", sex="male", age=Age(40, 40, is_estimated=False)
        )
        with scope.enter(scope.of_actor(actor)):
            at = clock.now()
            row = services.receive(actor=actor, at=at, arrival_mode="self", newcomer=newcomer)
            services.keep(actor=actor, at=at, reception=row, values=found_out)
            services.decide(actor=actor, at=at, reception=row, decision="admitted")

    return take


def clear() -> None:
    """The bed is free again, outside what is measured."""
    from django.db import connection

    from nuantu.core import scope

    with scope.system("the benchmark frees beds"), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM stays_bedstay WHERE stay_id IN (SELECT s.id FROM stays_stay s"
            " JOIN persons_person p ON p.id = s.person_id"
            " WHERE p.name LIKE '样本%号')"
        )
        cursor.execute(
            "UPDATE stays_stay SET left_at = entered_at, reception_id = NULL FROM persons_person p"
            " WHERE p.id = person_id AND left_at IS NULL AND p.name LIKE '样本%号'"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 30, *sys.argv[2:3])
