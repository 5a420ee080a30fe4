"""`./nuantu up`: everything from an empty folder to a page in the browser."""

from __future__ import annotations

import argparse
import http.client
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from nuantu.config.launch import creation, ports, supervise
from nuantu.config.launch import installation as place
from nuantu.config.launch.exclusive import only_supervisor
from nuantu.config.launch.installation import Database, Installation, Mode
from nuantu.config.launch.location import locate
from nuantu.config.launch.prepare import prepare
from nuantu.config.launch.trouble import Trouble, say

DEFAULT_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SITE_SECONDS = 90


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="端口 / port (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
    parser.add_argument("--data", metavar="DIR", help="数据目录 / data folder (.nuantu)")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--no-demo", action="store_true", help="正式使用 / real use, no demo data")
    choice.add_argument(
        "--demo",
        action="store_true",
        help="向 DATABASE_URL 的空库载入演示数据 / demo data on a server",
    )


def main(arguments: Sequence[str]) -> int:
    """Serve until Ctrl-C. Raises Trouble when something stands in the way of the start."""
    parser = argparse.ArgumentParser(
        prog="nuantu up", description="启动全部服务 / start everything"
    )
    add_arguments(parser)
    options = parser.parse_args(arguments)
    data = place.data_folder(options.data)
    installation = Installation(data, _wanted_mode(options, data))
    _check_host(installation.mode, options.host)
    locate(data)
    creation.demand_space(data, creation.START_NEEDS_BYTES)
    with only_supervisor(data):
        supervise.end_left_over(data)
        ports.demand_free(options.host, options.port)
        say(
            "正在启动数据库" if not place.given_url() else "正在连接数据库",
            "starting the database" if not place.given_url() else "connecting to the database",
        )
        database = place.take(installation)
        try:
            installation = _agree(installation, database, options)
            place.make_home(installation)
            prepare(installation, database)
            place.note_mode(data, installation.mode)
        except BaseException:
            if database.lease:
                database.lease.release()
            raise
        return _serve(installation, database, options)


def _wanted_mode(options: argparse.Namespace, data: Path) -> Mode:
    """A data folder that served people never turns into a demo because a word was left out."""
    if place.given_url():
        return "demo" if options.demo else "live"
    if not options.no_demo and place.noted_mode(data) == "live":
        raise Trouble(
            f"{data} 是正式系统的数据目录；请加 --no-demo，演示请用 --data 另指目录。",
            f"{data} is the data folder of a live installation; add --no-demo, or give the demo a "
            "folder of its own by --data.",
        )
    return "live" if options.no_demo else "demo"


def _check_host(mode: Mode, host: str) -> None:
    if mode == "demo" and not ports.is_loopback(host):
        raise Trouble(
            f"演示系统的口令是公开的，只能在本机打开，不能监听 {host}；正式使用请加 --no-demo。",
            f"The demo's passwords are public, so it serves this machine only and not {host}; "
            "for real use add --no-demo.",
        )


def _agree(
    installation: Installation, database: Database, options: argparse.Namespace
) -> Installation:
    """The mode the database has for ever wins over nothing said; a contradiction is refused."""
    marked = place.mode_of(database.url)
    if marked is None:
        if place.given_url() and place.is_foreign(database.url):
            raise Trouble(
                "DATABASE_URL 指定的库里有别的程序的数据表；请另建一个空库。",
                "The database of DATABASE_URL holds tables of another program; make an empty one.",
            )
        return installation
    if marked == installation.mode:
        return installation
    if marked == "demo" and not options.no_demo:
        _check_host("demo", options.host)
        return Installation(installation.data, "demo")
    raise Trouble(
        "演示库永远是演示库，正式库也不能载入演示数据；请换一个数据库或数据目录。",
        "A demo database stays demo for ever and a live one takes no demo data; "
        "use another database or data folder.",
    )


def _serve(installation: Installation, database: Database, options: argparse.Namespace) -> int:
    host, port = options.host, options.port
    address = _address(host, port)
    supervisor = supervise.Supervisor(
        installation, database, _children(installation, database, host, port)
    )
    supervisor.catch_signals()
    try:
        supervisor.start(address)
        if _await_site(supervisor, host, port):
            _welcome(installation, address)
        supervisor.run(address)
    finally:
        supervisor.stop()
    return 0


def _children(
    installation: Installation, database: Database, host: str, port: int
) -> list[supervise.Child]:
    environment = place.environment(installation, database)
    environment.setdefault("NUANTU_HOSTS", ",".join(_hosts(host)))
    environment.setdefault("NUANTU_BASE_URL", _address(host, port))
    logs = installation.home / "logs"
    python = [sys.executable, "-P", "-m"]
    site = [*python, "uvicorn", "nuantu.config.asgi:application"]
    site += ["--host", host.strip("[]"), "--port", str(port), "--lifespan", "off"]
    site += ["--timeout-graceful-shutdown", "3", "--no-access-log", "--log-level", "warning"]
    worker = [*python, "django", "procrastinate", "worker"]
    worker += ["--concurrency", "4", "--shutdown-graceful-timeout", "8"]
    return [
        supervise.Child("网站", "site", site, environment, logs / "site.log"),
        supervise.Child("后台任务", "worker", worker, environment, logs / "worker.log"),
    ]


def _address(host: str, port: int) -> str:
    is_here = ports.is_loopback(host) or ports.is_everywhere(host)
    return f"http://{'localhost' if is_here else host}:{port}"


def _hosts(host: str) -> tuple[str, ...]:
    is_named = not ports.is_loopback(host) and not ports.is_everywhere(host)
    return (*DEFAULT_HOSTS, host) if is_named else DEFAULT_HOSTS


def _await_site(supervisor: supervise.Supervisor, host: str, port: int) -> bool:
    """Wait for the first answer; False when a signal came or the site stays silent."""
    target = "localhost" if ports.is_everywhere(host) else host.strip("[]")
    deadline = time.monotonic() + SITE_SECONDS
    while time.monotonic() < deadline and not supervisor.is_stopping:
        if _answers(target, port):
            return True
        supervisor.children[0].look()
        time.sleep(0.1)
    if not supervisor.is_stopping:
        log = supervisor.children[0].log
        say(f"网站还没有应答，请看 {log}", f"the site does not answer yet, see {log}")
    return False


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _welcome(installation: Installation, address: str) -> None:
    say(f"已就绪，请用浏览器打开 {address}", f"ready, open {address} in a browser")
    if installation.mode == "live":
        say(
            "还没有账号时见 docs/how-to/install.md 第 3 步",
            "for the first account see step 3 of docs/how-to/install.md",
        )
    else:
        print((installation.home / "accounts.txt").read_text("utf-8"), flush=True)
    say("按 Ctrl-C 停止", "Ctrl-C stops it")
