"""The key that signs sessions and calendar addresses is made once and outlives every restart."""

from pathlib import Path

from nuantu.config import env
from nuantu.config.launch.installation import Installation, make_home


def key_after_start(data: Path) -> str:
    """The key that the site signs with after one more start."""
    installation = Installation(data, "demo")
    make_home(installation)
    return env.read({"NUANTU_MODE": "demo", "NUANTU_DATA": str(installation.home)}).secret_key


def test_every_start_signs_with_the_same_key(tmp_path: Path) -> None:
    """An address in somebody's calendar goes on working."""
    first = key_after_start(tmp_path)
    assert len(first) >= 48
    assert key_after_start(tmp_path) == first


def test_the_key_is_private(tmp_path: Path) -> None:
    key_after_start(tmp_path)
    assert (tmp_path / "demo" / "secret-key").stat().st_mode & 0o077 == 0


def test_a_key_file_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    """An empty one would give each process a key of its own."""
    key_after_start(tmp_path)
    (tmp_path / "demo" / "secret-key").write_text("")
    made = key_after_start(tmp_path)
    assert made
    assert key_after_start(tmp_path) == made
