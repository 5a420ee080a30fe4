"""`DATABASE_URL`: a wrong one gets a sentence, a bare database gets what it lacks."""

from pathlib import Path

import psycopg
import pytest

from nuantu.config import env
from nuantu.config.launch import installation, lease
from nuantu.config.launch.roles import EXTENSIONS
from nuantu.config.launch.trouble import Trouble
from tests.config import launching


@pytest.mark.parametrize(
    "address", ["mysql://nuantu@/nuantu", "a word", "postgresql://[/x", "postgresql://h/n?nope=1"]
)
def test_what_is_no_address_is_told_how_to_write_one(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(Trouble, match="DATABASE_URL"):
        installation.take(installation.Installation(tmp_path, "live"))


def test_a_server_that_is_not_there_is_named_with_the_cause(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nuantu@127.0.0.1:1/nuantu")
    with pytest.raises(Trouble, match=r"port 1 failed: Connection refused"):
        installation.take(installation.Installation(tmp_path, "live"))


@pytest.mark.parametrize("content", [None, " \n"])
def test_a_lost_or_empty_address_file_starts_no_database_of_its_own(
    content: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "address"
    if content is not None:
        file.write_text(content, "utf-8")
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    with pytest.raises(Trouble, match="DATABASE_URL_FILE"):
        installation.take(installation.Installation(tmp_path, "live"))
    assert not (tmp_path / "database.json").exists()


@pytest.mark.slow
def test_a_database_without_the_extensions_gets_them_from_its_owner() -> None:
    with launching.open_folder() as folder:
        held = lease.take(folder / "data", database="nuantu", is_throw_away=True)
        try:
            with psycopg.connect(held.server.url("postgres", "postgres"), autocommit=True) as root:
                root.execute("CREATE DATABASE bare OWNER nuantu TEMPLATE template0")
            url = held.server.url("bare")
            installation.make_extensions(url)
            with psycopg.connect(url) as owner:
                found = {name for (name,) in owner.execute("SELECT extname FROM pg_extension")}
            assert set(EXTENSIONS) <= found
        finally:
            held.release(10)


def test_how_to_trust_the_server_reaches_every_connection() -> None:
    """Whoever writes sslmode=verify-full gets no connection without it."""
    url = "postgresql://nuantu@db.example:5433/nuantu?sslmode=verify-full&options=-c%20jit%3Doff"
    found = env.database(url, "nuantu_app")
    assert (found.host, found.port) == ("db.example", "5433")
    assert found.parameters == {
        "sslmode": "verify-full",
        "options": "-c jit=off -c role=nuantu_app",
    }
    assert env.database("postgresql://nuantu@/nuantu?host=/run/x", "").parameters == {}


def test_a_user_named_in_the_query_is_the_user_and_no_second_one() -> None:
    """libpq reads both ways; a user told twice would end the stream of live updates."""
    found = env.database("postgresql:///?host=/run/x&user=bureau&password=p%40ss&dbname=relief", "")
    assert (found.name, found.user, found.password) == ("relief", "bureau", "p@ss")
    assert (found.host, found.parameters) == ("/run/x", {})
