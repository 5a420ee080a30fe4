"""Backup and restore: a whole round trip on a real installation, and every refusal."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nuantu.config.launch import lease
from tests.config import launching

pytestmark = pytest.mark.slow

SECRET = "NUANTU_BACKUP_PASSPHRASE"
PASSPHRASE = "第一床被子 and a kettle"
SEAL = """
from django.conf import settings
from pathlib import Path
from nuantu.core import clock, journal, scope, vault
from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
with scope.system("test"):
    case = new_id()
    journal.record(verb="core.test.seal", actor=SYSTEM, at=clock.now(),
        subjects=[Subject("case", case)], division_code="522601000000", owner_org="JZ-522601",
        case_id=case, summary="桥下有人", sealed={"phone": "13900000000"})
photo = Path(settings.NUANTU_DATA) / "files" / "ab" / "one.sealed"
photo.parent.mkdir(parents=True)
photo.write_bytes(b"photo" * 1000)
"""
OPEN = """
from nuantu.core import journal, scope
from nuantu.core.models import JournalEntry
with scope.system("test"):
    print(journal.open_sealed(JournalEntry.objects.get(verb="core.test.seal")))
"""


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A live installation with one sealed value and one photo."""
    with launching.open_folder() as folder:
        made = folder / "data"
        done = launching.command(
            "manage", "prepare_database", NUANTU_DATA=str(made), NUANTU_MODE="live"
        )
        assert done.returncode == 0, done.stderr
        (made / "installation.json").write_text('{"mode": "live"}')
        done = launching.command("manage", "shell", "-c", SEAL, NUANTU_DATA=str(made))
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture(scope="module")
def backup(data: Path) -> Path:
    file = data.parent / "夜里.backup"
    done = launching.command("backup", "--data", str(data), "-o", str(file), **{SECRET: PASSPHRASE})
    assert done.returncode == 0, done.stderr
    assert "备份完成并已核验" in done.stdout
    return file


def test_without_a_passphrase_nothing_is_written(data: Path) -> None:
    done = launching.command("backup", "--data", str(data))
    assert done.returncode == 1
    assert SECRET in done.stderr
    done = launching.command("backup", "--data", str(data), **{SECRET: "short"})
    assert "太短" in done.stderr
    assert not (data / "backups").exists() or not list((data / "backups").iterdir())


def test_nothing_readable_is_in_the_file(backup: Path) -> None:
    content = backup.read_bytes()
    assert b"PGDMP" not in content
    assert b"photo" not in content
    assert "桥下".encode() not in content


def test_a_backup_is_never_overwritten(data: Path, backup: Path) -> None:
    before = backup.read_bytes()
    done = launching.command(
        "backup", "--data", str(data), "-o", str(backup), **{SECRET: PASSPHRASE}
    )
    assert done.returncode == 1
    assert backup.read_bytes() == before


def test_a_damaged_backup_does_not_pass(data: Path, backup: Path) -> None:
    damaged = backup.with_name("damaged.backup")
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    done = launching.command(
        "backup", "--data", str(data), "--verify", str(damaged), **{SECRET: PASSPHRASE}
    )
    assert done.returncode == 1
    done = launching.command(
        "backup", "--data", str(data), "--verify", str(backup), **{SECRET: PASSPHRASE}
    )
    assert done.returncode == 0, done.stderr
    assert "备份完好" in done.stdout


def test_a_key_file_with_its_own_passphrase_is_asked_for_by_name(data: Path) -> None:
    own, other = data.parent / "key-passphrase", data.parent / "own-key.backup"
    own.write_text("第二床被子 and a stove\n", "utf-8")
    keys = ["--key-passphrase-file", str(own)]
    for arguments in (["-o", str(other)], ["--verify", str(other)]):
        done = launching.command(
            "backup", "--data", str(data), *arguments, *keys, **{SECRET: PASSPHRASE}
        )
        assert done.returncode == 0, done.stderr
    assert other.stat().st_mode & 0o077 == 0
    done = launching.command(
        "backup", "--data", str(data), "--verify", str(other), **{SECRET: PASSPHRASE}
    )
    assert done.returncode == 1
    assert "--key-passphrase-file" in done.stderr
    assert "口令不对" not in done.stderr


def test_present_data_give_way_only_to_their_typed_name(data: Path, backup: Path) -> None:
    done = launching.command(
        "restore", str(backup), "--data", str(data), given="yes\n", **{SECRET: PASSPHRASE}
    )
    assert done.returncode == 1
    assert "什么都没有改" in done.stderr


def test_a_rehearsal_proves_and_leaves_nothing(data: Path, backup: Path) -> None:
    before = _databases(data)
    done = launching.command(
        "restore", str(backup), "--rehearse", "--data", str(data), **{SECRET: PASSPHRASE}
    )
    assert done.returncode == 0, done.stderr
    assert "日志链完好" in done.stdout
    assert "演练成功" in done.stdout
    assert _databases(data) == before


def test_a_restore_replaces_and_keeps_what_was_there(data: Path, backup: Path) -> None:
    done = launching.command(
        "restore", str(backup), "--data", str(data), given="nuantu\n", **{SECRET: PASSPHRASE}
    )
    assert done.returncode == 0, done.stderr
    kept = [name for name in _databases(data) if name.startswith("nuantu_before_")]
    assert len(kept) == 1
    assert [path for path in (data / "live").iterdir() if path.name.startswith("keys.json.before-")]


def test_a_new_machine_reads_the_sealed_values_again(backup: Path) -> None:
    """Rows, photo and keys arrive; what was sealed opens; the journal verifies."""
    with launching.open_folder("新 机器") as folder:
        done = launching.command(
            "restore", str(backup), "--data", str(folder / "data"), **{SECRET: PASSPHRASE}
        )
        assert done.returncode == 0, done.stderr
        home = folder / "data" / "live"
        assert (home / "files" / "ab" / "one.sealed").read_bytes() == b"photo" * 1000
        assert (home / "keys.json").stat().st_mode & 0o077 == 0
        assert json.loads((folder / "data" / "installation.json").read_text()) == {"mode": "live"}
        opened = launching.command("manage", "shell", "-c", OPEN, NUANTU_DATA=str(folder / "data"))
        assert "13900000000" in opened.stdout, opened.stderr
        proved = launching.command("journal", "verify", NUANTU_DATA=str(folder / "data"))
        assert "日志链完好" in proved.stdout


def _databases(data: Path) -> set[str]:
    held = lease.take(data, database="nuantu")
    try:
        with psycopg.connect(held.server.url("postgres")) as connection:
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        return {str(name) for (name,) in rows}
    finally:
        held.release()
