"""The examination: each thing that can be wrong is named, with what to do."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection as django_connection

from nuantu.config.launch.doctor import database, machine
from nuantu.config.launch.doctor.findings import Finding, Grade
from nuantu.config.launch.installation import Installation
from nuantu.config.launch.roles import grant_runtime
from nuantu.core import clock
from tests.config import launching


def texts(finding: Finding) -> tuple[str, str]:
    return finding.line("zh"), finding.line("en")


@pytest.fixture
def live(tmp_path: Path) -> Installation:
    installation = Installation(tmp_path, "live")
    installation.home.mkdir(mode=0o700)
    return installation


@pytest.fixture
def plain(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection of our own to the tests' database; what it makes is rolled back."""
    django_connection.ensure_connection()
    assert django_connection.connection is not None
    with psycopg.connect(**django_connection.get_connection_params()) as made:
        yield made
        made.rollback()


def test_a_key_file_others_can_read_is_bad(live: Installation) -> None:
    (live.home / "keys.json").write_text("{}")
    (live.home / "keys.json").chmod(0o644)
    found = {finding.grade for finding in machine.private_files(live.home)}
    assert found == {Grade.GOOD, Grade.BAD}
    (live.home / "keys.json").chmod(0o600)
    assert {finding.grade for finding in machine.private_files(live.home)} == {Grade.GOOD}


def test_an_old_backup_is_bad_and_none_is_too(live: Installation) -> None:
    assert machine.backups(live).grade is Grade.BAD
    for days, grade in ((8, Grade.BAD), (6, Grade.GOOD)):
        made = clock.now() - timedelta(days=days)
        (live.home / "last-backup.json").write_text(json.dumps({"made_at": made.isoformat()}))
        assert machine.backups(live).grade is grade
    assert machine.backups(Installation(live.data, "demo")).grade is Grade.GOOD


def test_every_finding_that_is_not_good_says_what_to_do(live: Installation) -> None:
    chinese, english = texts(machine.backups(live))
    assert "→ ./nuantu backup" in chinese
    assert "→ ./nuantu backup" in english


def test_an_open_table_is_found(plain: psycopg.Connection) -> None:
    """A table with an owner and no forced policy lets everybody read everything."""
    assert database.row_security(plain).grade is Grade.GOOD
    plain.execute("CREATE TABLE loose (id int, owner_org text)")
    found = database.row_security(plain)
    assert found.grade is Grade.BAD
    assert "loose" in found.chinese
    plain.execute("ALTER TABLE loose ENABLE ROW LEVEL SECURITY")
    assert database.row_security(plain).grade is Grade.BAD, "enabled is not forced"
    plain.execute("ALTER TABLE loose FORCE ROW LEVEL SECURITY")
    assert database.row_security(plain).grade is Grade.GOOD


def test_a_role_that_may_rewrite_the_journal_is_found(plain: psycopg.Connection) -> None:
    if plain.execute("SELECT 1 FROM pg_roles WHERE rolname = 'nuantu_app'").fetchone() is None:
        pytest.skip("this server has no run-time role")
    grant_runtime(plain.cursor())
    assert database.journal_rights(plain).grade is Grade.GOOD
    plain.execute("GRANT UPDATE ON core_journalentry TO nuantu_app")
    assert database.journal_rights(plain).grade is Grade.BAD


def test_lost_keys_are_found(plain: psycopg.Connection, live: Installation) -> None:
    assert database.keys(plain, live).grade is Grade.GOOD
    plain.execute(
        "INSERT INTO core_datakey (key_ref, wrapped, master) VALUES (gen_random_uuid(), 'x', 'm1')"
    )
    assert database.keys(plain, live).grade is Grade.BAD
    (live.home / "keys.json").write_text("{}")
    assert database.keys(plain, live).grade is Grade.GOOD


def test_a_database_of_the_other_kind_is_found(
    plain: psycopg.Connection, live: Installation
) -> None:
    plain.execute("INSERT INTO core_installation (id, mode, made_at) VALUES (1, 'demo', now())")
    found = database.mark(plain, live)
    assert found.grade is Grade.BAD
    assert database.mark(plain, Installation(live.data, "demo")).grade is Grade.GOOD


def test_chinese_search_and_clock_are_good_here(plain: psycopg.Connection) -> None:
    assert database.chinese_search(plain).grade is Grade.GOOD
    assert database.clock_skew(plain).grade is Grade.GOOD


def test_a_silent_worker_and_given_up_jobs_are_doubtful(plain: psycopg.Connection) -> None:
    grades = [finding.grade for finding in database.jobs(plain)]
    assert grades == [Grade.DOUBTFUL]
    plain.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    plain.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('q', 't', 'failed')"
    )
    assert [finding.grade for finding in database.jobs(plain)] == [Grade.GOOD, Grade.DOUBTFUL]


def test_a_folder_never_started_makes_no_database(tmp_path: Path) -> None:
    done = launching.command("doctor", "--data", str(tmp_path / "new"), "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "there is no database yet" in done.stdout
    assert not (tmp_path / "new").exists()
