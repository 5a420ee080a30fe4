"""The rate of POST /api/v1/tips against a bare one-row insert endpoint on the same server.

    python -m bench.endpoint [REQUESTS] [CONNECTIONS]

Reported, not promised: the ratio says what place, limit, duty, journal and receipt cost a tip.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import requests

from bench import crash, ground


def main(count: int = 400, connections: int = 8) -> None:
    server = ground.begin()
    token = crash.a_token()
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, body text)")
    rates: dict[str, list[float]] = {"bare": [], "tips": []}
    for turn in range(3):
        with ground.site(server, "bench.bare:application") as base:
            rates["bare"].append(rate(f"{base}/", token, count, connections, f"bare{turn}"))
        with ground.site(server) as base:
            rates["tips"].append(
                rate(f"{base}/api/v1/tips", token, count, connections, f"tips{turn}")
            )
    best = {name: max(values) for name, values in rates.items()}
    for name, values in rates.items():
        print(f"{name}: " + ", ".join(f"{value:.0f}" for value in values) + " requests a second")
    print(f"ratio bare to tips {best['bare'] / best['tips']:.1f}")


def rate(url: str, token: str, count: int, connections: int, name: str) -> float:
    """Requests a second over kept connections, after a short warm-up."""
    sessions = [requests.Session() for _ in range(connections)]

    def send(number: int) -> None:
        answer = sessions[number % connections].post(
            url,
            json=crash.a_tip(number),
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"{name}-{number:08d}"},
            timeout=60,
        )
        if answer.status_code not in (200, 201):
            raise SystemExit(f"{answer.status_code}: {answer.text[:300]}")

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(send, range(connections * 2)))
        start = time.perf_counter()
        list(pool.map(send, range(100, 100 + count)))
        return count / (time.perf_counter() - start)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
