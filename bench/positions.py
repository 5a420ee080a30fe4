"""Fixes come in: the services against plain inserts into the same partitioned table; the map of many wearers.

    python -m bench.positions [ROUNDS]

1. 500 wearers with a circle and a polygon each tell 20 fixes each, in deliveries of 500. The same rows (sealed before)
are then inserted by plain SQL, one INSERT for each row, 500 in a transaction; both run in turns. Goals: at least 500
fixes a second, at least 0.6 of the rate of the plain inserts.
2. One fix a request through Django's whole stack, as Traccar forwards.
3. The last places of 1,000 and of 100,000 wearers through Django's whole stack: the whole prefecture, and a street.
Goal: at most 1.5 times.
"""

import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bench import ground

WEARERS, EACH, STEP = 500, 20, 500
SMALL, LARGE = 1_000, 100_000
HOME = (26.58, 107.98)
VIEWS = {
    "prefecture": "/wearers/map/view/?view=25.3,107.2,27.6,109.6",
    "street": "/wearers/map/view/?view=26.575,107.975,26.585,107.985",
    "list": "/wearers/",
}


def main(rounds: int = 5) -> None:
    ground.begin(with_night=False)
    wearers, token = people(WEARERS)
    intake(wearers, rounds)
    singles(token)
    chart(rounds * 4)


def people(count: int) -> tuple[list[int], str]:
    """Wearers with wristbands and fences, made by the services once and copied; the token of a gateway."""
    from nuantu.accounts.models import User
    from nuantu.accounts.selectors import actor_for
    from nuantu.core import clock, scope
    from nuantu.homeward import services
    from nuantu.persons import services as persons

    actor = actor_for(User.objects.get(login="tracing"))
    at, found = clock.now(), []
    with scope.enter(scope.of_actor(actor)):
        for number in range(count):
            person = persons.register_person(
                actor=actor, at=at, division_code="522601000000", name=f"样{number}", sex="male"
            )
            case = persons.open_case(
                actor=actor, at=at, person=person, division_code="522601000000", place=""
            )
            agreed = services.Agreed(
                ("locate", "fence"), "guardian", "样家人", "样01", clock.today()
            )
            wearer = services.begin_wearer(
                actor=actor, at=at, case=case, ground="样例", agreed=agreed
            )
            band, _token = services.add_wristband(
                actor=actor, at=at, number=f"样{number}", device=f"bench-{number}"
            )
            services.hand_over(actor=actor, at=at, wearer=wearer, band=band)
            for drawn in fences():
                services.add_fence(actor=actor, at=at, wearer=wearer, drawn=drawn)
            found.append(wearer.pk)
        _gateway, token = services.add_gateway(actor=actor, at=at, name="样例网关")
    return found, token


def fences() -> list[Any]:
    from nuantu.homeward import services

    lat, lon = HOME
    corners = ((lat, lon), (lat + 0.01, lon), (lat + 0.01, lon + 0.01), (lat, lon + 0.01))
    return [
        services.Drawn("圆", lat, lon, 900),
        services.Drawn("多边形", corners=corners),
    ]


def told(start: datetime) -> list[Any]:
    """The fixes of all, moment by moment; most are inside."""
    from nuantu.homeward.rules.fixes import Fix

    return [
        Fix(
            f"bench-{number}",
            start + timedelta(seconds=30 * turn, microseconds=number),
            HOME[0] + (turn % 5) * 0.0004,
            HOME[1] + (number % 7) * 0.0004,
            12,
            80,
        )
        for turn in range(EACH)
        for number in range(WEARERS)
    ]


def intake(wearers: Sequence[int], rounds: int) -> None:
    from nuantu.core import clock

    begun = clock.now() + timedelta(hours=1)
    ours, plain = [], []
    for number in range(rounds):
        start = begun + timedelta(minutes=30 * number)
        fixes = told(start)
        ours.append(ground.timed(partial(tell, fixes, start + timedelta(minutes=10))))
        rows = sealed_rows(start)
        if len(rows) != len(fixes):
            raise SystemExit(f"{len(rows)} of {len(fixes)} fixes were kept")
        empty(start)
        plain.append(ground.timed(partial(insert, rows)))
    count = WEARERS * EACH
    rates = sorted(count / one for one in ours)
    plain_rates = sorted(count / one for one in plain)
    middle = len(rates) // 2
    print(
        f"intake: {rates[middle]:,.0f} fixes a second (goal at least 500), plain inserts"
        f" {plain_rates[middle]:,.0f}, ratio {rates[middle] / plain_rates[middle]:.2f}"
        f" (goal at least 0.6; median of {rounds}, {count:,} fixes each)"
    )


def tell(fixes: Sequence[Any], at: datetime) -> None:
    from nuantu.core import clock
    from nuantu.homeward import services

    with clock.frozen(at):
        for start in range(0, len(fixes), STEP):
            services.take_fixes(fixes=fixes[start : start + STEP], owner_org="JZ-522601", at=at)


def sealed_rows(start: datetime) -> list[tuple[Any, ...]]:
    from django.db import connection

    from nuantu.core import scope

    with scope.system("the benchmark reads rows"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT wearer_id, fixed_at, told_at, track_key_id, sealed FROM homeward_position"
            " WHERE fixed_at >= %s ORDER BY fixed_at",
            [start],
        )
        return [(*row[:4], bytes(row[4])) for row in cursor.fetchall()]


def empty(start: datetime) -> None:
    from django.db import connection

    from nuantu.core import scope

    with scope.system("the benchmark makes room"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM homeward_position WHERE fixed_at >= %s", [start])


def insert(rows: Sequence[tuple[Any, ...]]) -> None:
    from django.db import connection

    from nuantu.core import scope

    for start in range(0, len(rows), STEP):
        with scope.system("the benchmark inserts rows"), connection.cursor() as cursor:
            for row in rows[start : start + STEP]:
                cursor.execute(
                    "INSERT INTO homeward_position (wearer_id, fixed_at, told_at, track_key_id, sealed)"
                    " VALUES (%s, %s, %s, %s, %s)",
                    row,
                )


def singles(token: str, count: int = 300) -> None:
    from django.test import Client

    from nuantu.core import clock

    client = Client(headers={"Authorization": f"Bearer {token}"})
    begun = clock.now()

    def one(number: int) -> None:
        body = {
            "device": {"uniqueId": f"bench-{number % WEARERS}"},
            "position": {
                "fixTime": (begun + timedelta(milliseconds=number)).isoformat(),
                "valid": True,
                "latitude": HOME[0],
                "longitude": HOME[1],
                "attributes": {"batteryLevel": 70},
            },
        }
        answer = client.post(
            "/wristbands/tell/traccar/", json.dumps(body), content_type="application/json"
        )
        if answer.status_code != 200:
            raise SystemExit(f"a single fix was answered {answer.status_code}")

    one(0)
    taken = [ground.timed(partial(one, number)) for number in range(1, count)]
    print(f"one fix a request: {ground.median_ms(taken):.1f} ms (median of {count})")


def chart(rounds: int) -> None:
    from django.test import Client

    from nuantu.accounts.access import SECOND_FACTOR_PASSED
    from nuantu.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(login="tracing"))
    session = client.session
    session[SECOND_FACTOR_PASSED] = True
    session.save()
    times: dict[str, dict[int, float]] = {name: {} for name in VIEWS}
    for total in (SMALL, LARGE):
        grow(total)
        for name, address in VIEWS.items():
            ask(client, address)
            found = [ground.timed(partial(ask, client, address)) for _turn in range(rounds)]
            times[name][total] = ground.median_ms(found)
    for name, by in times.items():
        print(
            f"{name}: {by[SMALL]:.0f} ms with {SMALL:,}, {by[LARGE]:.0f} ms with {LARGE:,} wearers,"
            f" ratio {by[LARGE] / by[SMALL]:.2f} (goal at most 1.5; median of {rounds})"
        )


def ask(client: Any, address: str) -> None:
    page = client.get(address)
    if page.status_code != 200:
        raise SystemExit(f"{address} answered {page.status_code}")


_PERSONS = """
INSERT INTO persons_person (public_id, recorded_at, division_code, owner_org, called_as, name, search_text, sort_key,
  sex, is_estimated, looks, is_restricted, restricted_reason)
SELECT gen_random_uuid(), now(), '522601000000', 'JZ-522601', '样', '', '', '', 'male', true, '', false, ''
  FROM generate_series(1, %s) RETURNING id
"""
_WEARERS = """
INSERT INTO homeward_wearer (public_id, recorded_at, division_code, owner_org, case_id, number, person_id, ground,
  term_days, silent_minutes, low_battery, margin_metres, began_at, ended_reason)
SELECT gen_random_uuid(), now(), '522601000000', 'JZ-522601', gen_random_uuid(), 'bench-' || id, id, '样', 30, 120, 15,
  50, now(), '' FROM unnest(%s::bigint[]) AS id RETURNING id
"""
_LAST = """
INSERT INTO homeward_lastfix (public_id, recorded_at, division_code, owner_org, case_id, wearer_id, heard_at, fixed_at,
  battery, cell_x, cell_y, is_doubtful)
SELECT gen_random_uuid(), now(), '522601000000', 'JZ-522601', gen_random_uuid(), id, now(), now(), 80,
  10720 + id %% 240, 2530 + id / 240 %% 230, false FROM unnest(%s::bigint[]) AS id
"""
_CELLS = """
DELETE FROM homeward_cellcount;
INSERT INTO homeward_cellcount (public_id, recorded_at, division_code, owner_org, level, x, y, count)
SELECT gen_random_uuid(), now(), division_code, owner_org, level, cell_x >> level, cell_y >> level, count(*)
  FROM homeward_lastfix, unnest(ARRAY[0, 3, 6]) AS level WHERE cell_x IS NOT NULL
 GROUP BY division_code, owner_org, level, cell_x >> level, cell_y >> level;
ANALYZE homeward_lastfix; ANALYZE homeward_cellcount; ANALYZE homeward_wearer; ANALYZE persons_person
"""


def grow(total: int) -> None:
    """Wearers all over the prefecture, made with SQL; squares counted as the services count them."""
    from django.db import connection

    from nuantu.core import scope
    from nuantu.homeward.models import Wearer

    with scope.system("the benchmark makes rows"), connection.cursor() as cursor:
        cursor.execute(_PERSONS, [total - Wearer.objects.count()])
        cursor.execute(_WEARERS, [[row[0] for row in cursor.fetchall()]])
        cursor.execute(_LAST, [[row[0] for row in cursor.fetchall()]])
        cursor.execute(_CELLS)


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:2]))
