"""The ground of the benchmarks: a database of their own that syncs every commit, with a small demo."""

import atexit
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from nuantu.config.launch import cluster

DATABASE = "nuantu_bench"


def begin(*, with_night: bool = False) -> cluster.Server:
    """Start the server, set the environment, migrate, load organisations and plans of the demo.

    Unlike the server of the tests this one keeps `fsync` on: durability is part of what is measured.
    """
    folder = Path(tempfile.mkdtemp(prefix="nuantu-bench-"))
    folder.chmod(0o711)
    server = cluster.start(folder, database=DATABASE)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.url(DATABASE)
    os.environ["NUANTU_DATA"] = str(folder / "data")
    os.environ["NUANTU_MODE"] = "demo"
    # A session made here must hold in the site that is started beside.
    os.environ["NUANTU_SECRET_KEY"] = secrets.token_urlsafe(48)
    os.environ["DJANGO_SETTINGS_MODULE"] = "nuantu.config.settings"
    os.environ["NUANTU_HOSTS"] = "*"
    prepare(with_night=with_night)
    return server


def prepare(*, with_night: bool) -> None:
    """Tables and the demo, with or without tonight's events."""
    import django

    django.setup()
    from django.core.management import call_command

    from nuantu.config import demo
    from nuantu.core import catalogues

    catalogues.compile_all()
    call_command("migrate", verbosity=0)
    demo.load() if with_night else demo.load_ground()


def median_ms(times: list[float]) -> float:
    """Median of seconds, in milliseconds."""
    return statistics.median(times) * 1000


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def site(
    server: cluster.Server, application: str = "nuantu.config.asgi:application"
) -> Iterator[str]:
    """A real site on a free port, as `./nuantu up` starts it; yields its address."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "uvicorn",
            application,
            "--port",
            str(port),
            "--lifespan",
            "off",
            "--log-level",
            "error",
            "--no-access-log",
        ],
        env=os.environ | {"PYTHONPATH": "src:."},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(address: str) -> None:
    for _ in range(300):
        try:
            requests.get(f"{address}/healthz", timeout=5)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the site did not come up")
