"""`./nuantu up`: one command to a page; every process may be killed; nothing stays behind."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from tests.config import launching

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site() -> Iterator[launching.Site]:
    """A live installation without demo data, started from an empty folder."""
    with launching.open_folder() as folder:
        started = launching.Site(folder / "data", "--no-demo")
        try:
            assert launching.eventually(started.is_ready), started.said()
            yield started
        finally:
            started.end()


def test_a_demo_serves_only_this_machine() -> None:
    """Its passwords are printed; so it refuses before anything is started."""
    with launching.open_folder() as folder:
        done = launching.command("up", "--host", "192.0.2.7", "--data", str(folder / "data"))
        assert done.returncode == 1
        assert "只能在本机打开" in done.stderr
        assert not (folder / "data").exists()


def test_a_live_folder_never_shows_the_demo_because_a_word_was_left_out() -> None:
    """Else the nightly backup would take the demo from then on."""
    with launching.open_folder() as folder:
        data = folder / "data"
        data.mkdir()
        (data / "installation.json").write_text('{"mode": "live"}')
        for choice in ([], ["--demo"]):
            done = launching.command("up", *choice, "--data", str(data))
            assert done.returncode == 1
            assert "--no-demo" in done.stderr
        assert [path.name for path in data.iterdir()] == ["installation.json"]


def test_a_busy_port_is_refused_before_anything_starts() -> None:
    with launching.open_folder() as folder, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = launching.command("up", "--port", port, "--data", str(folder / "data"))
        assert done.returncode == 1
        assert f"端口 {port} 已被" in done.stderr
        assert not (folder / "data" / "postgres" / "data").exists()


def test_a_second_start_says_where_the_first_is(site: launching.Site) -> None:
    done = launching.command("up", "--no-demo", "--data", str(site.data))
    assert done.returncode == 1
    assert f"http://localhost:{site.port}" in done.stderr
    assert f"进程 {site.process.pid}" in done.stderr


def test_a_live_database_takes_no_demo(site: launching.Site) -> None:
    """Its mark is for ever, so demo and live data never meet."""
    with launching.open_folder() as folder:
        done = launching.command(
            "up", "--demo", "--data", str(folder / "data"), DATABASE_URL=_url(site)
        )
    assert done.returncode == 1
    assert "正式库也不能载入演示数据" in done.stderr


def test_a_database_of_another_program_is_refused(site: launching.Site) -> None:
    """Neither demo nor live data go where somebody else keeps his."""
    with psycopg.connect(_url(site), autocommit=True) as connection:
        connection.execute("CREATE DATABASE foreigner")
    url = _url(site).replace("/nuantu?", "/foreigner?")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE theirs (id int)")
    with launching.open_folder() as folder:
        for choice in ("--demo", "--no-demo"):
            done = launching.command("up", choice, "--data", str(folder / "data"), DATABASE_URL=url)
            assert done.returncode == 1
            assert "别的程序" in done.stderr


def _url(site: launching.Site) -> str:
    lines = (site.data / "postgres" / "data" / "postmaster.pid").read_text().splitlines()
    return f"postgresql://nuantu@/nuantu?host={lines[4]}"


def test_keys_and_photos_are_private(site: launching.Site) -> None:
    home = site.data / "live"
    assert home.stat().st_mode & 0o077 == 0
    assert (home / "secret-key").stat().st_mode & 0o077 == 0


def test_the_site_acts_as_a_role_that_cannot_rewrite_the_journal(site: launching.Site) -> None:
    with (
        psycopg.connect(_url(site), options="-c role=nuantu_app") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("UPDATE core_journalentry SET summary = ''")


@pytest.mark.parametrize("which", ["site", "worker"])
def test_a_killed_process_comes_back(site: launching.Site, which: str) -> None:
    before = site.children()[which]
    os.kill(before, signal.SIGKILL)
    assert launching.eventually(lambda: site.children().get(which, before) != before)
    assert launching.eventually(site.answers)
    assert "SIGKILL" in site.said()


def test_a_killed_database_comes_back(site: launching.Site) -> None:
    before = site.database_pid()
    os.kill(before, signal.SIGKILL)
    assert launching.eventually(lambda: "数据库已恢复" in site.said()), site.said()
    assert site.database_pid() != before
    assert launching.eventually(site.answers)


def test_a_killed_supervisor_leaves_nothing_in_the_way(site: launching.Site) -> None:
    """Site and worker end with it; the database is taken over by the next start."""
    children, database = site.children().values(), site.database_pid()
    site.process.kill()
    site.process.wait()
    again = launching.Site(site.data, "--no-demo")
    try:
        assert launching.eventually(again.is_ready), again.said()
        assert not any(launching.is_alive(pid) for pid in children)
        assert again.database_pid() == database
        assert "正在建立数据表" not in again.said(), "the second start prepares nothing"
        everything = [*again.children().values(), again.database_pid()]
        assert again.interrupt() == 0
    finally:
        again.end()
    assert not any(launching.is_alive(pid) for pid in everything)
    assert not (site.data / "running.json").exists()
    assert again.said().rstrip().endswith("everything is saved")


def test_a_start_without_space_says_so() -> None:
    """The disk is a small one in memory, where this machine lets us mount one."""
    with launching.open_folder() as mounted:
        size = ("-t", "tmpfs", "-o", "size=20m,mode=755", "none", str(mounted))
        if os.geteuid() != 0 or _run("mount", *size) != 0:
            pytest.skip("cannot mount a small disk here")
        try:
            done = launching.command("up", "--data", str(mounted / "data"))
        finally:
            _run("umount", str(mounted))
    assert done.returncode == 1
    assert "所在磁盘只剩" in done.stderr
    assert "free some space" in done.stderr


def _run(*arguments: str) -> int:
    return subprocess.run(arguments, check=False, capture_output=True).returncode
