"""The watched folder: taken, moved, and the reason beside what failed."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nuantu.operations.models import Duty
from nuantu.warnings import services
from nuantu.warnings.models import Channel, FeedState, Transmission, Warning
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]

TEXT = "凯里市气象台发布寒潮蓝色预警信号：预计降温8℃。"


def drop(folder: Path, name: str, content: bytes, at: datetime, seconds: int = 60) -> Path:
    """A file that another program finished some seconds ago."""
    path = folder / name
    path.write_bytes(content)
    stamp = at.timestamp() - seconds
    os.utime(path, (stamp, stamp))
    return path


@pytest.mark.slow
def test_a_file_is_taken_and_moved(cast: Cast, evening: datetime, tmp_path: Path) -> None:
    drop(tmp_path, "寒潮 1.txt", TEXT.encode("gb18030"), evening)
    assert services.take_folder(at=evening, folder=tmp_path) == (1, 0)
    assert (tmp_path / "done" / "寒潮 1.txt").exists()
    assert Warning.objects.get().event_name == "寒潮"
    assert Transmission.objects.get().channel == Channel.FOLDER
    assert FeedState.objects.get().channel == Channel.FOLDER


def test_a_file_that_cannot_be_read_lies_beside_its_reason(
    cast: Cast, evening: datetime, tmp_path: Path
) -> None:
    drop(tmp_path, "bad.xml", b"<alert><identifier>", evening)
    drop(tmp_path, "huge.txt", b"x" * 2_000_001, evening)
    assert services.take_folder(at=evening, folder=tmp_path) == (0, 2)
    assert "XML" in (tmp_path / "failed" / "bad.xml.reason.txt").read_text(encoding="utf-8")
    assert (tmp_path / "failed" / "huge.txt").exists()


def test_what_is_still_being_written_waits(cast: Cast, evening: datetime, tmp_path: Path) -> None:
    drop(tmp_path, "young.txt", TEXT.encode(), evening, seconds=0)
    drop(tmp_path, "part.txt.part", TEXT.encode(), evening)
    drop(tmp_path, ".hidden", TEXT.encode(), evening)
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    assert services.take_folder(at=evening, folder=tmp_path) == (0, 0)
    assert (tmp_path / "young.txt").exists()


@pytest.mark.slow
def test_nothing_is_overwritten(cast: Cast, evening: datetime, tmp_path: Path) -> None:
    drop(tmp_path, "a.txt", TEXT.encode(), evening)
    services.take_folder(at=evening, folder=tmp_path)
    drop(tmp_path, "a.txt", TEXT.replace("8", "9").encode(), evening)
    services.take_folder(at=evening, folder=tmp_path)
    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["a-1.txt", "a.txt"]


def test_a_folder_that_never_brought_anything_is_missed(
    cast: Cast, evening: datetime, tmp_path: Path
) -> None:
    services.take_folder(at=evening, folder=tmp_path)
    services.take_folder(at=evening + timedelta(hours=1), folder=tmp_path)
    assert FeedState.objects.get().message_count == 0
    assert services.alarm_silent_feeds(at=evening + timedelta(hours=7)) == 1


@pytest.mark.slow
def test_the_same_message_again_shows_that_the_line_is_alive(
    cast: Cast, evening: datetime, tmp_path: Path
) -> None:
    drop(tmp_path, "a.txt", TEXT.encode(), evening)
    services.take_folder(at=evening, folder=tmp_path)
    later = evening + timedelta(hours=7)
    assert services.alarm_silent_feeds(at=later) == 1
    drop(tmp_path, "a.txt", TEXT.encode(), later)
    assert services.take_folder(at=later, folder=tmp_path) == (1, 0)
    assert Warning.objects.count() == 1
    assert FeedState.objects.get().alarmed_at is None
    assert Duty.objects.get(kind="feed.check").state == Duty.State.DONE
