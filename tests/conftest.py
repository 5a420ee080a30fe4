"""What every test stands on: a real PostgreSQL, no network, the cast.

The database server is started (or found) before Django reads its settings; `DATABASE_URL` names
another one. Nothing but loopback can be reached. A test asks for the database by `django_db`.
"""

import atexit
import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from nuantu.config.launch import postgres
from nuantu.core import catalogues
from tests import tiers
from tests.database import Model, empty, end_other_sessions, guarded, is_throw_away

if TYPE_CHECKING:
    from tests.cast import Cast

KERNELS = Path(__file__).parents[1] / ".nuantu" / "kernels"


def _choose_environment() -> None:
    """Settings of this shell stay outside; keys and photos of a test run go with it."""
    for name in [name for name in os.environ if name.startswith("NUANTU_")]:
        if name != "NUANTU_TEST_DATA":
            del os.environ[name]
    data = tempfile.mkdtemp(prefix="nuantu-test-")
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    (Path(data) / "static").mkdir()
    # The search is compiled once for all processes and runs; its folder knows versions apart.
    KERNELS.mkdir(parents=True, exist_ok=True)
    (Path(data) / "kernels").symlink_to(KERNELS)
    os.environ["NUANTU_DATA"] = data
    os.environ["DATABASE_URL"] = postgres.for_tests()
    os.environ["DJANGO_SETTINGS_MODULE"] = "nuantu.config.settings"


_choose_environment()
# Before anything is said in any language: a process keeps the words it found at its first.
catalogues.compile_all()

# Next to nothing of what is read until the tests begin is garbage.
gc.disable()

# A busy machine is no fault of the code: examples are not timed one by one.
hypothesis_settings.register_profile("nuantu", deadline=None)
hypothesis_settings.register_profile("fast", deadline=None, max_examples=10)


def pytest_configure(config: pytest.Config) -> None:
    """Load the settings only now, when they can see the database; pytest-django then guards it.

    A process that only hands tests out to others needs none of it.
    """
    hypothesis_settings.load_profile("fast" if config.getoption("--fast") else "nuantu")
    if getattr(config.option, "numprocesses", None):
        # The others choose a folder of their own, and read the settings after that.
        del os.environ["DJANGO_SETTINGS_MODULE"]
        return
    django.setup()
    settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]
    # Each client of a test starts the site anew; listing all static files first takes most of that.
    settings.WHITENOISE_AUTOREFRESH = True
    if config.getoption("--fast"):
        counting = tiers.Counting()
        connection.execute_wrappers.append(counting.note)
        config.pluginmanager.register(counting)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out slow tests and the browser")
    parser.addoption(
        "--rewrite", action="store_true", help="write the query budgets anew instead of checking"
    )


# What takes longest begins first, so that no process is left alone with it at the end.
LONGEST = (
    "fieldwork/test_early_nights",
    "fieldwork/test_late_nights",
    "browser/test_every_page",
    "browser/test_field",
    "config/",
    "policy/test_query_budgets",
    "policy/test_lint",
    "browser/",
    "ui/test_every_page",
    "journeys/",
    "routing/",
)


def _place(item: pytest.Item) -> int:
    name = item.nodeid.removeprefix("tests/")
    return next((at for at, part in enumerate(LONGEST) if name.startswith(part)), len(LONGEST))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is slow as a whole is not even read for the fast tier."""
    return True if config.getoption("--fast") and tiers.is_left_unread(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        if hasattr(config, "workerinput"):
            items.sort(key=_place)
        return
    config.hook.pytest_deselected(items=[item for item in items if tiers.is_slow(item)])
    items[:] = [item for item in items if not tiers.is_slow(item)]


def pytest_collection_finish() -> None:
    """What is loaded by now stays; looking through it for garbage again and again is a tenth of a run."""
    profile = hypothesis_settings.get_current_profile_name()
    assert profile in ("nuantu", "fast"), f"{profile}: a test file must not load a profile for all"
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: Any
) -> Model:
    """Before pytest-django makes the database: let it be a copy of a migrated one."""
    model = Model()
    with django_db_blocker.unblock():
        model.take()
    return model


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_modify_db_settings: Model, django_db_blocker: Any
) -> Iterator[None]:
    """After it was made by migrations: keep it to copy from, and to be emptied our way."""
    with django_db_blocker.unblock():
        django_db_modify_db_settings.leave()
    with pytest.MonkeyPatch.context() as patch:
        way = type(connection.ops)
        patch.setattr(way, "sql_flush", empty if is_throw_away() else guarded(way.sql_flush))
        yield
    with django_db_blocker.unblock():
        connection.close()
        end_other_sessions()


class NetworkRefused(RuntimeError):
    """A test reached for a machine that is not this one."""


def _is_this_machine(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        return ip_address(str(name)).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection and look-up that leaves this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_this_machine(address[0]):
            raise NetworkRefused(f"a test wants to reach {address}")
        connect(self, address)

    def look_up_here(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_this_machine(host):
            raise NetworkRefused(f"a test wants to look up {host}")
        return look_up(host, *args, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect_here)
    patch.setattr(socket, "getaddrinfo", look_up_here)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _source_language() -> None:
    """A page asked for in English leaves its language behind; each test begins in Chinese."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _system_scope(request: pytest.FixtureRequest) -> Iterator[None]:
    """Test code itself arranges and looks as the system; requests and jobs enter their own scope.

    The setting belongs to the session of the connection, so that `scope.enter` hides it as it
    hides any scope around it, in tests with and without a transaction of their own.
    """
    mark = request.node.get_closest_marker("django_db")
    has_real_transactions = tiers.has_real_transactions(request.node)
    if mark is None and not has_real_transactions and "db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.system', 'on', false)")
    yield
    if has_real_transactions:
        connection.close()
    elif connection.connection is not None and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.system', '', false)")


@pytest.fixture
def cast(db: None) -> "Cast":
    """Everybody of `tests/cast.py`, signed up and ready."""
    from tests.cast import assemble
    from tests.replay import repeated

    return repeated("cast", assemble)
