"""The embedded database: for everybody, everywhere, and after every accident."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nuantu.config.launch import cluster, lease
from nuantu.config.launch.location import locate
from nuantu.config.launch.trouble import Trouble
from tests.config import launching

IS_ROOT = os.geteuid() == 0
pytestmark = pytest.mark.slow
START = """
import sys, psycopg
from pathlib import Path
from nuantu.config.launch import lease
held = lease.take(Path(sys.argv[1]), database="nuantu", is_throw_away=True)
with psycopg.connect(held.server.url("nuantu")) as connection:
    print(held.server.pid, connection.execute("SELECT current_user").fetchone()[0])
    print(held.server.location.folder)
if "--stay" not in sys.argv:
    held.release()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with launching.open_folder() as made:
        yield made


@pytest.fixture(scope="module")
def held() -> Iterator[lease.Lease]:
    """One server for the tests that only look at it."""
    with launching.open_folder() as made:
        taken = lease.take(made, database="nuantu", is_throw_away=True)
        yield taken
        taken.release(5)


def test_the_roles_are_held_by_row_level_security(held: lease.Lease) -> None:
    """Neither role is a superuser nor may pass the policies by; only one may sign in."""
    with psycopg.connect(held.server.url("nuantu")) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcanlogin FROM pg_roles"
            " WHERE rolname LIKE 'nuantu%' ORDER BY 1"
        ).fetchall()
    assert found == [
        ("nuantu", False, False, False, True),
        ("nuantu_app", False, False, False, False),
    ]


def test_chinese_is_seen_and_sorted_the_same_everywhere(held: lease.Lease) -> None:
    """Under another LC_CTYPE pg_trgm is blind to Chinese without an error."""
    with psycopg.connect(held.server.url("nuantu")) as connection:
        row = connection.execute(
            "SELECT show_trgm('城') <> '{}', current_setting('server_encoding'),"
            " (SELECT datlocprovider::text || datlocale FROM pg_database"
            "  WHERE datname = current_database()),"
            " current_setting('TimeZone')"
        ).fetchone()
    assert row == (True, "UTF8", "bC.UTF-8", "UTC")


def test_what_the_owner_makes_the_site_may_use_but_not_own(held: lease.Lease) -> None:
    url = held.server.url("nuantu")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE places (id int)")
    with psycopg.connect(url, options="-c role=nuantu_app") as connection:
        connection.execute("INSERT INTO places VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE places")


def test_nobody_else_can_reach_the_socket(held: lease.Lease) -> None:
    """Local connections are trusted, so the folder itself is the lock."""
    assert held.server.socket_folder.stat().st_mode & 0o077 == 0
    assert (held.server.location.data).stat().st_mode & 0o077 == 0


def test_committed_rows_survive_a_kill(folder: Path) -> None:
    """The server is killed with work in flight: what was committed is there, the rest is not."""
    held = lease.take(folder, database="nuantu")
    url = held.server.url("nuantu")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE tips AS SELECT generate_series(1, 2000) AS id")
    flight = psycopg.connect(url)
    flight.execute("INSERT INTO tips VALUES (-1)")
    os.kill(held.server.pid, signal.SIGKILL)
    assert launching.eventually(lambda: not held.is_alive())
    held.renew()
    with psycopg.connect(held.server.url("nuantu")) as connection:
        row = connection.execute("SELECT count(*), min(id) FROM tips").fetchone()
    assert row == (2000, 1)
    held.release(5)


def test_four_starters_get_one_server(folder: Path) -> None:
    starters = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", START, str(folder)],
            env=launching.clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [starter.communicate(timeout=launching.PATIENCE) for starter in starters]
    assert [starter.returncode for starter in starters] == [0] * 4, said
    assert not launching.is_alive(int(said[-1][0].split()[0])), "the last to leave stops it"


def test_a_server_that_outlived_its_starter_is_taken_over(folder: Path) -> None:
    """After a kill -9 of the supervisor the next start finds the server and uses it."""
    first = launching.python(START, str(folder), "--stay")
    assert first.returncode == 0, first.stderr
    pid = int(first.stdout.split()[0])
    assert launching.is_alive(pid)
    again = lease.take(folder, database="nuantu", is_throw_away=True)
    assert (again.server.pid, again.server.was_running) == (pid, True)
    again.release(5)
    assert not launching.is_alive(pid)


def test_an_initdb_cut_short_is_done_anew(folder: Path) -> None:
    half = folder / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    taken = lease.take(folder, database="nuantu", is_throw_away=True)
    assert taken.server.is_ready()
    assert not half.exists()
    taken.release(5)


def test_a_pid_that_came_again_does_not_block_the_start(held: lease.Lease) -> None:
    """In a container numbers come again: another process now has the dead server's number."""
    pid_file = held.server.location.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(held.server.pid, signal.SIGKILL)
    assert launching.eventually(lambda: not held.is_alive())
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    held.renew()
    assert held.server.is_ready()


def test_a_socket_that_was_swept_away_does_not_block_the_start(held: lease.Lease) -> None:
    """Cleaners of the temporary folder take the socket from under a living server."""
    before = held.server.pid
    shutil.rmtree(held.server.socket_folder)
    held.renew()
    assert held.server.is_ready()
    assert held.server.pid != before


def test_data_of_another_major_version_are_refused(folder: Path) -> None:
    data = folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")
    with pytest.raises(Trouble, match=r"PostgreSQL 15.*18"):
        cluster.start(folder)
    assert (data / "PG_VERSION").read_text() == "15\n", "nothing was touched"


def test_a_copied_folder_does_not_share_the_database(folder: Path) -> None:
    """A cluster in the system state folder belongs to one data folder; a copy is told so."""
    original, copy, state = folder / "original", folder / "copy", folder / "state"
    for made in (original, copy, state):
        made.mkdir()
    (state / "belongs-to").write_text(f"{original}\n")
    (copy / "database.json").write_text(f'{{"folder": "{state}"}}')
    with pytest.raises(Trouble, match="备份与恢复"):
        locate(copy)


def test_a_deep_folder_gets_a_short_socket(folder: Path) -> None:
    """The system allows 107 bytes for a socket; a deep checkout has more."""
    deep = folder.joinpath(*["很深的目录"] * 8)
    deep.mkdir(parents=True)
    taken = lease.take(deep, database="nuantu", is_throw_away=True)
    assert len(str(taken.server.socket_folder).encode()) < 80
    with psycopg.connect(taken.server.url("nuantu")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    taken.release(5)


@pytest.mark.skipif(not IS_ROOT, reason="changes accounts")
def test_an_ordinary_user_can_start_it(folder: Path) -> None:
    uid = launching.ordinary_uid()
    if not launching.interpreter(uid):
        pytest.skip("no Python of this version that an ordinary account can enter")
    os.chown(folder, uid, uid)
    done = launching.python(START, str(folder), uid=uid, HOME=str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[1] == "nuantu"
    assert (folder / "postgres" / "data").stat().st_uid == uid


@pytest.mark.skipif(not IS_ROOT, reason="changes accounts")
def test_an_ordinary_user_is_told_whose_folder_it_is(folder: Path) -> None:
    uid = launching.ordinary_uid()
    if not launching.interpreter(uid):
        pytest.skip("no Python of this version that an ordinary account can enter")
    done = launching.python(START, str(folder), uid=uid)
    assert "属于 root" in done.stderr
    assert "belongs to root" in done.stderr


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the database under another account")
def test_root_opens_no_folder_of_somebody_else(folder: Path) -> None:
    """Below a private folder the data live in the state folder, and no mode was changed."""
    private, state = folder / "私人", folder / "state"
    private.mkdir(mode=0o700)
    state.mkdir(mode=0o755)
    data = private / "data"
    done = launching.python(START, str(data), NUANTU_STATE_FOLDER=str(state))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].startswith(str(state))
    assert private.stat().st_mode & 0o777 == 0o700
    again = launching.python(START, str(data), NUANTU_STATE_FOLDER=str(state))
    assert again.stdout.splitlines()[1] == done.stdout.splitlines()[1]
