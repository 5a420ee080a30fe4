"""No backup holds a track or its key."""

from pathlib import Path

from nuantu.config.launch.backups import make, programs
from nuantu.homeward.models import CellCount, LastFix, Position


def test_keys_of_tracks_and_their_rows_are_left_out_of_every_backup(tmp_path: Path) -> None:
    for name in ("brief-keys/ab/key", "files/ab/photo"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
    assert set(make._files(tmp_path)) == {"files/files/ab/photo"}
    assert {model._meta.db_table for model in (Position, LastFix, CellCount)} == set(
        programs.NOT_KEPT
    )
