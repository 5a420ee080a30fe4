"""Kill the database under load: 200 tips at once from 50 connections, no acknowledged tip missing.

    python -m bench.crash [TIPS] [CONNECTIONS]

A real site on a real socket, a partner token, and kill -9 of every database process in the middle.
Clients send again with the same Idempotency-Key until they have an answer, as the interface asks.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from bench import ground
from nuantu.config.launch import cluster

PATIENCE_SECONDS = 120
KILL_AFTER_SHARE = 0.4


def main(tips: int = 200, connections: int = 50) -> int:
    server = ground.begin()
    folder = Path(os.environ["NUANTU_DATA"]).parent
    token = a_token()
    with ground.site(server) as base:
        acknowledged = Load(base, token, tips, connections).run(
            lambda: kill_and_restart(server, folder)
        )
    missing, doubled, faults = ask_database(acknowledged)
    print(
        f"acknowledged {len(acknowledged)} of {tips}, missing {missing}, stored twice {doubled}, chain faults {faults}"
    )
    return int(bool(missing or doubled or faults or len(acknowledged) != tips))


def a_token() -> str:
    from nuantu.accounts.models import User
    from nuantu.accounts.services import issue_token
    from nuantu.core import clock, scope
    from nuantu.core.actors import SYSTEM

    with scope.system("the benchmark needs a partner"):
        user = User.objects.get(login="feed")
        return issue_token(actor=SYSTEM, at=clock.now(), name="bench", user=user)


def kill_and_restart(server: cluster.Server, folder: Path) -> None:
    """kill -9 of the postmaster and all its children at once, then start again."""
    children = subprocess.run(
        ["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    for pid in [server.pid, *map(int, children)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    start = time.perf_counter()
    cluster.start(folder, database=ground.DATABASE)
    print(f"database killed and back after {time.perf_counter() - start:.1f} s")


class Load:
    """The clients, and when the blow falls."""

    def __init__(self, base: str, token: str, tips: int, connections: int) -> None:
        self.base, self.token, self.tips, self.connections = base, token, tips, connections
        self.acknowledged: dict[str, str] = {}
        self.retries = 0
        self.lock = threading.Lock()
        self.blow = threading.Event()

    def run(self, strike: Callable[[], None]) -> dict[str, str]:
        start = time.perf_counter()
        with ThreadPoolExecutor(self.connections + 1) as pool:
            blow = pool.submit(self._strike, strike)
            list(pool.map(self._send, range(self.tips)))
            self.blow.set()
            blow.result()
        print(
            f"{self.tips} tips, {self.connections} connections: {time.perf_counter() - start:.1f} s, {self.retries} sent again"
        )
        return self.acknowledged

    def _strike(self, strike: Callable[[], None]) -> None:
        self.blow.wait()
        strike()

    def _send(self, number: int) -> None:
        key = f"crash-bench-{number:06d}"
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            try:
                answer = requests.post(
                    f"{self.base}/api/v1/tips",
                    json=a_tip(number),
                    headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": key},
                    timeout=20,
                )
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code in (200, 201):
                with self.lock:
                    self.acknowledged[key] = answer.json()["id"]
                    if len(self.acknowledged) >= self.tips * KILL_AFTER_SHARE:
                        self.blow.set()
                return
            if answer is not None and answer.status_code < 500:
                raise SystemExit(f"{answer.status_code}: {answer.text[:300]}")
            with self.lock:
                self.retries += 1
            time.sleep(random.uniform(0.1, 0.5))  # noqa: S311 - pauses of clients, no secret


def a_tip(number: int) -> dict[str, object]:
    """An invented tip near the demo's county seat."""
    return {
        "place_text": f"凯里市老街桥洞{number}号",
        "seen_text": "一人躺在纸板上",
        "lat": 26.5852 + number % 40 * 1e-4,
        "lon": 107.9802,
    }


def ask_database(acknowledged: dict[str, str]) -> tuple[int, int, int]:
    """Acknowledged tips that are missing, tips stored more than once, faults of the chain."""
    from django.db import connection

    from nuantu.core import journal, scope
    from nuantu.dispatch.models import Tip

    connection.close()
    with scope.system("the benchmark counts"):
        stored = {str(public_id) for public_id in Tip.objects.values_list("public_id", flat=True)}
        missing = len(set(acknowledged.values()) - stored)
        doubled = len(stored) - len(set(acknowledged.values()))
        faults = sum(1 for _ in journal.verify())
    return missing, doubled, faults


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
